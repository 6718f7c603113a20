//! The gate before the decision: all information available and weighed (R-3.8-3).
//!
//! One function, run at the lead on signing and at OM on deciding (D7). It sees states, never outcomes (D29), and it
//! names all that is open at once. It never opens over nothing, never by time, and a new version never opens it.

use crate::item::{Item, Standing, State, Trouble};
use crate::required::Required;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the gate looks at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What must be in; nothing while the flow or the household is not settled.
    pub required: Option<&'a Required>,
    /// How far each item is.
    pub standings: &'a BTreeMap<Item, Standing>,
    /// The advice; at the lead the one being signed.
    pub advice: Advised<'a>,
    /// What OM itself must settle; empty at the lead (D7).
    pub office: &'a [Open],
}

/// The advice, as the gate sees it.
#[derive(Clone, Copy, Debug)]
pub enum Advised<'a> {
    /// There is none.
    None,
    /// It was withdrawn.
    Withdrawn,
    /// There is one, which rests on these versions; it has three degrees and VT's judgement, or it could not exist.
    Signed {
        /// Version of the advice.
        version: u32,
        /// On which version of each item it rests.
        rests_on: &'a BTreeMap<Item, u32>,
        /// It was written for the current version of the assignment.
        current: bool,
    },
}

/// One thing that keeps the gate shut: what it is about, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Open {
    /// What it is about.
    pub subject: Subject,
    /// Why.
    pub reason: Reason,
}

/// What an open point is about; never a name or a value (D30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A required item.
    Item(Item),
    /// The flow.
    Flow,
    /// The person list.
    Household,
    /// Whether it is HG/KM.
    HgKm,
    /// The report to Veilig Thuis.
    ReportToVt,
    /// The zorgmelding.
    Zorgmelding,
    /// The lead's assignment.
    Assignment,
    /// The advice.
    Advice,
    /// An acute signal: it holds nothing back, and an alert is about it (D27).
    Signal,
    /// The act and the offences: they hold nothing back, and an alert is about them (D21).
    Act,
}

/// Why something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// It is not there.
    Missing,
    /// It is not known yet.
    Unknown,
    /// The flow cannot be told.
    Undecided,
    /// Outside the agreements, or under twelve: no gated decision (D2).
    OutsideScope,
    /// The person list was not confirmed.
    NotConfirmed,
    /// An answer named a person who is not on the list (D10).
    FurtherPerson,
    /// The lead has not worked with the latest version yet.
    NotProcessed,
    /// Nobody was asked.
    NotAsked,
    /// Not delivered to the source yet.
    Queued,
    /// Asked.
    Asked,
    /// Taken up.
    TakenUp,
    /// The answer does not count.
    Incomplete(crate::item::Code),
    /// Answered but not weighed at its latest version.
    NotWeighed,
    /// The other office refused the call (E3).
    CallRefused,
    /// Tried until the ceiling (E3).
    Stuck,
    /// The advice rests on something that was replaced (A14).
    Stale,
    /// The advice was withdrawn.
    Withdrawn,
    /// At the last look, the office has something newer (D28).
    NewerElsewhere,
    /// At the last look, someone there works on something newer (D28).
    BeingSupplemented,
    /// At the last look, the office does not know it (D28).
    UnknownElsewhere,
    /// At the last look, the office could not be reached (D28).
    Unreachable,
    /// It changed while the last look was taken (D28).
    NotLookedAt,
}

/// Proof that the gate was passed: only [`pass`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    advice_version: u32,
    rests_on: BTreeMap<Item, u32>,
}

/// All that is open; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete(Vec<Open>);

impl Complete {
    /// The advice that was passed.
    pub fn advice_version(&self) -> u32 {
        self.advice_version
    }

    /// The versions on which it rests.
    pub fn rests_on(&self) -> &BTreeMap<Item, u32> {
        &self.rests_on
    }
}

impl Incomplete {
    /// One thing, because of which there is nothing else to look at.
    pub(crate) fn because(open: Open) -> Self {
        Self(vec![open])
    }

    /// Nothing open is no reason to stay shut.
    pub(crate) fn unless_empty(open: Vec<Open>) -> Result<(), Self> {
        if open.is_empty() { Ok(()) } else { Err(Self(open)) }
    }

    /// All that is open.
    pub fn open(&self) -> &[Open] {
        &self.0
    }
}

/// Is everything available and weighed?
///
/// # Errors
/// Everything that is open.
pub fn pass(view: View<'_>) -> Result<Complete, Incomplete> {
    let mut open: Vec<Open> = view.office.to_vec();
    match view.required {
        None if open.is_empty() => open.push(Open { subject: Subject::Household, reason: Reason::Missing }),
        None => {}
        Some(required) => {
            for item in items(required, view.standings) {
                let standing = view.standings.get(&item).copied().unwrap_or_else(Standing::untouched);
                if let Some(reason) = holds_back(item, standing) {
                    open.push(Open { subject: Subject::Item(item), reason });
                }
            }
        }
    }
    let advice = match (view.advice, view.required) {
        (Advised::Signed { version, rests_on, current }, Some(required)) => {
            let fits = current && rests_on_the_latest(rests_on, required, view.standings);
            if fits { Ok(Complete { advice_version: version, rests_on: rests_on.clone() }) } else { Err(Reason::Stale) }
        }
        (Advised::Signed { .. }, None) => Err(Reason::Stale),
        (Advised::Withdrawn, _) => Err(Reason::Withdrawn),
        (Advised::None, _) => Err(Reason::Missing),
    };
    match advice {
        Ok(complete) if open.is_empty() => Ok(complete),
        Ok(_) => Err(Incomplete(open)),
        Err(reason) => {
            open.push(Open { subject: Subject::Advice, reason });
            Err(Incomplete(open))
        }
    }
}

/// Whether an advice rests on the latest version of everything that must be in (A14).
pub(crate) fn rests_on_the_latest(
    rests_on: &BTreeMap<Item, u32>,
    required: &Required,
    standings: &BTreeMap<Item, Standing>,
) -> bool {
    let latest = |item: Item| standings.get(&item).map_or(0, |standing| standing.latest);
    items(required, standings).all(|item| rests_on.get(&item) == Some(&latest(item)))
}

/// What must be in: the required set, and what the lead added to it. The lead never takes away (D7).
fn items<'a>(required: &'a Required, told: &'a BTreeMap<Item, Standing>) -> impl Iterator<Item = Item> + 'a {
    let added = told.keys().copied().filter(|item| required.of(*item).is_none());
    required.items().iter().map(|one| one.item).chain(added)
}

/// Why an item keeps the gate shut; nothing when it is complete.
pub fn holds_back(item: Item, standing: Standing) -> Option<Reason> {
    match standing.trouble {
        Some(Trouble::Refused) => return Some(Reason::CallRefused),
        Some(Trouble::Stuck) => return Some(Reason::Stuck),
        None => {}
    }
    match standing.state {
        // What the lead or OM provides itself is not asked of anyone.
        State::NotAsked if item.source().is_none() => Some(Reason::Missing),
        State::NotAsked => Some(Reason::NotAsked),
        State::Queued => Some(Reason::Queued),
        State::Asked => Some(Reason::Asked),
        State::TakenUp => Some(Reason::TakenUp),
        State::Incomplete(code) => Some(Reason::Incomplete(code)),
        State::Answered => Some(Reason::NotWeighed),
        State::Weighed if standing.is_complete() => None,
        State::Weighed => Some(Reason::NotWeighed),
    }
}

impl Subject {
    /// Every subject that is no item.
    const OTHERS: [Subject; 9] = [
        Subject::Flow,
        Subject::Household,
        Subject::HgKm,
        Subject::ReportToVt,
        Subject::Zorgmelding,
        Subject::Assignment,
        Subject::Advice,
        Subject::Signal,
        Subject::Act,
    ];

    /// Last segments of the resource name.
    pub fn slug(self) -> &'static str {
        match self {
            Subject::Item(item) => item.slug(),
            Subject::Flow => "stroom",
            Subject::Household => "gezin",
            Subject::HgKm => "hg-km",
            Subject::ReportToVt => "melding-veilig-thuis",
            Subject::Zorgmelding => "zorgmelding",
            Subject::Assignment => "adviesopdracht",
            Subject::Advice => "advies",
            Subject::Signal => "acuut-signaal",
            Subject::Act => "feit",
        }
    }

    /// The subject with this last segment.
    pub fn parse(slug: &str) -> Option<Subject> {
        let items = Item::ALL.map(Subject::Item);
        items.into_iter().chain(Subject::OTHERS).find(|subject| subject.slug() == slug)
    }

    /// The words an official reads.
    pub fn title(self) -> &'static str {
        match self {
            Subject::Item(item) => item.title(),
            Subject::Flow => "De stroom",
            Subject::Household => "Het gezin",
            Subject::HgKm => "Huiselijk geweld of kindermishandeling",
            Subject::ReportToVt => "De melding bij Veilig Thuis",
            Subject::Zorgmelding => "De zorgmelding",
            Subject::Assignment => "De adviesopdracht",
            Subject::Advice => "Het advies",
            Subject::Signal => "Het acute signaal",
            Subject::Act => "Het strafbare feit",
        }
    }
}

impl Reason {
    /// A stable code for machines.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Missing => "ONTBREEKT",
            Reason::Unknown => "ONBEKEND",
            Reason::Undecided => "ONBESLIST",
            Reason::OutsideScope => "BUITEN_REIKWIJDTE",
            Reason::NotConfirmed => "NIET_BEVESTIGD",
            Reason::FurtherPerson => "NIEUWE_PERSOON",
            Reason::NotProcessed => "NOG_NIET_VERWERKT",
            Reason::NotAsked => "NIET_GEVRAAGD",
            Reason::Queued => "NOG_NIET_BEZORGD",
            Reason::Asked => "GEVRAAGD",
            Reason::TakenUp => "OPGEPAKT",
            Reason::Incomplete(code) => code.code(),
            Reason::NotWeighed => "NIET_GEWOGEN",
            Reason::CallRefused => "VRAAG_GEWEIGERD",
            Reason::Stuck => "VRAAG_VASTGELOPEN",
            Reason::Stale => "ACHTERHAALD",
            Reason::Withdrawn => "INGETROKKEN",
            Reason::NewerElsewhere => "NIEUWER",
            Reason::BeingSupplemented => "IN_BEWERKING",
            Reason::UnknownElsewhere => "DAAR_ONBEKEND",
            Reason::Unreachable => "ONBEREIKBAAR",
            Reason::NotLookedAt => "NIET_NAGEKEKEN",
        }
    }

    /// In words, for an official (Dutch, B1).
    pub fn words(self) -> &'static str {
        use crate::item::Code;
        match self {
            Reason::Missing => "ontbreekt nog",
            Reason::Unknown => "is nog niet bekend",
            Reason::Undecided => "is nog niet vast te stellen; neem hierover een besluit",
            Reason::OutsideScope => "valt buiten de afspraken voor ZSM; sluit de zaak af",
            Reason::NotConfirmed => "is nog niet bevestigd",
            Reason::FurtherPerson => "moet opnieuw worden bevestigd: er is een nieuwe persoon genoemd",
            Reason::NotProcessed => "is nog niet bijgewerkt bij de adviseur",
            Reason::NotAsked => "nog niet gevraagd",
            Reason::Queued => "de vraag is nog niet bezorgd",
            Reason::Asked => "gevraagd, nog geen antwoord",
            Reason::TakenUp => "opgepakt, nog geen antwoord",
            Reason::Incomplete(Code::NogNietVolledig) => "het antwoord is nog niet volledig",
            Reason::Incomplete(Code::Identiteit) => "het is niet zeker om wie het gaat",
            Reason::Incomplete(Code::Geweigerd) => "het antwoord is geweigerd; overleg met de bron",
            Reason::Incomplete(Code::Regio) => "een andere regio moet antwoorden",
            Reason::NotWeighed => "nog niet gewogen in de laatste versie",
            Reason::CallRefused => "de vraag is niet aangenomen; iemand moet ernaar kijken",
            Reason::Stuck => "de vraag komt niet aan; iemand moet ernaar kijken",
            Reason::Stale => "is achterhaald door nieuwe informatie; weeg en teken opnieuw",
            Reason::Withdrawn => "is ingetrokken",
            Reason::NewerElsewhere => "is intussen gewijzigd; wacht op het nieuwe bericht",
            Reason::BeingSupplemented => "wordt op dit moment aangevuld; wacht op het nieuwe bericht",
            Reason::UnknownElsewhere => "is daar niet of niet meer bekend; neem contact op",
            Reason::Unreachable => {
                "kon niet worden nagekeken: geen verbinding; probeer opnieuw, of bel en noem dat gesprek"
            }
            Reason::NotLookedAt => "wijzigde tijdens het nakijken; probeer opnieuw",
        }
    }
}

impl Open {
    /// A sentence for an official (Dutch, B1).
    pub fn sentence(self) -> String {
        match self.subject {
            Subject::Item(_) => format!("{}: {}.", self.subject.title(), self.reason.words()),
            _ => format!("{} {}.", self.subject.title(), self.reason.words()),
        }
    }
}

#[cfg(test)]
mod tests;
