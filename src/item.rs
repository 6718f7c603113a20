//! The items of a case: what must be in before the decision, and how far each is (D7, D8, D29).

use crate::organisation::Kind;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that must be available and weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// What Veilig Thuis knows, with its judgement.
    VeiligThuis,
    /// 3RO on adult family members (flow a).
    Oudercheck,
    /// RvdK on minor children (flow b).
    Kindcheck,
    /// The lead's search of its own files.
    EigenOnderzoek,
    /// The police dossier, in flow a with the LIJ outcome.
    Politiedossier,
}

/// How far an item is, as far as OM may know before the advice is signed: known and not known are one (D29).
/// In order: of several questions, the least counts for their item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Nobody has been asked.
    NotAsked,
    /// Written down to be asked, not delivered yet.
    Queued,
    /// Delivered to the source.
    Asked,
    /// Someone at the source works on it.
    TakenUp,
    /// There is an answer that does not count (D11).
    Incomplete(Code),
    /// Every asked person's outcome counts.
    Answered,
    /// Answered, and weighed at its latest version.
    Weighed,
}

/// Why an answer does not count, without saying what it holds (D29).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// Partly answered, triage running, or retracted.
    NogNietVolledig,
    /// It is not sure who is meant.
    Identiteit,
    /// Refused, with a ground.
    Geweigerd,
    /// Another region must answer.
    Regio,
}

/// An item's state with the versions it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Standing {
    /// How far it is.
    pub state: State,
    /// Latest version that arrived; zero when there is none.
    pub latest: u32,
    /// Latest version that was weighed; zero when there is none.
    pub weighed: u32,
    /// A rule of the machinery stands in the way: the ask was refused or is stuck (E3).
    pub trouble: Option<Trouble>,
}

/// Why a question does not get through (E3). Somebody must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trouble {
    /// The other office refused the call.
    Refused,
    /// It was tried until the ceiling.
    Stuck,
}

impl Item {
    /// Every item.
    pub const ALL: [Item; 5] =
        [Item::VeiligThuis, Item::Oudercheck, Item::Kindcheck, Item::EigenOnderzoek, Item::Politiedossier];

    /// Last segment of the resource name (D30).
    pub fn slug(self) -> &'static str {
        match self {
            Item::VeiligThuis => "veilig-thuis",
            Item::Oudercheck => "oudercheck",
            Item::Kindcheck => "kindcheck",
            Item::EigenOnderzoek => "eigen-onderzoek",
            Item::Politiedossier => "politiedossier",
        }
    }

    /// The item with this last segment.
    pub fn parse(slug: &str) -> Option<Item> {
        Item::ALL.into_iter().find(|item| item.slug() == slug)
    }

    /// The words an official reads.
    pub fn title(self) -> &'static str {
        match self {
            Item::VeiligThuis => "Veilig Thuis",
            Item::Oudercheck => "Oudercheck (3RO)",
            Item::Kindcheck => "Kindcheck (ZSM, RvdK)",
            Item::EigenOnderzoek => "Eigen onderzoek",
            Item::Politiedossier => "Politiedossier",
        }
    }

    /// The other organisation that is asked; nothing when the lead or OM provides it itself.
    pub fn source(self) -> Option<Kind> {
        match self {
            Item::VeiligThuis => Some(Kind::VeiligThuis),
            Item::Oudercheck => Some(Kind::Reclassering),
            Item::Kindcheck => Some(Kind::Rvdk),
            Item::EigenOnderzoek | Item::Politiedossier => None,
        }
    }
}

impl Standing {
    /// Nothing has been done about it.
    pub fn untouched() -> Self {
        Self { state: State::NotAsked, latest: 0, weighed: 0, trouble: None }
    }

    /// Whether this item holds nothing back: answered, and weighed at its latest version (R-3.8-3).
    pub fn is_complete(&self) -> bool {
        self.state == State::Weighed && self.latest > 0 && self.weighed == self.latest
    }
}

impl Code {
    /// A stable code for machines.
    pub fn code(self) -> &'static str {
        match self {
            Code::NogNietVolledig => "NOG_NIET_VOLLEDIG",
            Code::Identiteit => "IDENTITEIT",
            Code::Geweigerd => "GEWEIGERD",
            Code::Regio => "REGIO",
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}
