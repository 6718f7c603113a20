//! A question at the office that answers it: from its register, or by a person at its desk.

mod alike;
mod decide;
mod evolve;
mod look;
mod react;
mod telephone;

pub use alike::Origin;
pub use decide::{Command, decide};
pub use evolve::evolve;
pub use look::confirm;
pub use react::{Errand, react};
pub use telephone::Telephoned;

use crate::answer::Answer;
use crate::decision::Notice;
use crate::item::{Code, Trouble};
use crate::organisation::{Actor, Kind, Organisation};
use crate::question::Question;
use crate::retraction::Retraction;
use crate::signal::Signal;
use crate::telephone::Note;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The enquiry, or nothing before the question arrived.
pub type State = Option<Box<Enquiry>>;

/// What happened to a question here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// It arrived.
    Received {
        /// The question.
        question: Box<Question>,
    },
    /// Someone at the desk works on it.
    TakenUp {
        /// Who.
        by: Actor,
    },
    /// It was answered; versions count from one.
    Answered {
        /// Version.
        version: u32,
        /// The answer.
        answer: Box<Answer>,
        /// Who answered at the desk; nobody when the register did.
        by: Option<Actor>,
        /// The answer to another question of which the desk said that this one is the same (A12); none for an answer of its
        /// own, and not told in older facts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        same_as: Option<Origin>,
    },
    /// OM decided on the case that it was asked for (D34).
    DecisionHeard(Notice),
    /// An answer was taken back: it was about someone else (D12). This makes a version too.
    Retracted {
        /// Version.
        version: u32,
        /// Which answer, and why.
        retraction: Retraction,
        /// Who took it back.
        by: Actor,
    },
    /// The lead no longer needs it.
    Withdrawn,
    /// Someone at the desk works on a supplement to an answer that was given (D28).
    SupplementTakenUp {
        /// Who.
        by: Actor,
    },
    /// There is nothing to add after all.
    SupplementPutDown {
        /// Who said so.
        by: Actor,
    },
    /// The lead told what was noted of a call with this office (D20).
    TelephoneAnswerNoted {
        /// What.
        note: Note,
    },
    /// The desk stands for what was noted: the same stands as its own answer in the next event (D20).
    TelephoneAnswerConfirmed {
        /// Which.
        number: u32,
        /// Who.
        by: Actor,
    },
    /// The desk raised an acute signal (D27).
    SignalRaised(Box<Signal>),
    /// A call to the lead was refused or is stuck (E3).
    Troubled {
        /// What was to be done.
        errand: Errand,
        /// Which.
        trouble: Trouble,
    },
    /// A call that stood out as trouble came through after all.
    Recovered {
        /// What was done.
        errand: Errand,
    },
}

/// The question as it stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enquiry {
    /// The question.
    pub question: Question,
    /// When it arrived; terms count from then (A24).
    pub received_at: Timestamp,
    /// Who works on it.
    pub taken_up_by: Option<Actor>,
    /// Every answer, in order.
    pub answers: Vec<Given>,
    /// Every retraction, in order; versions are counted on over both.
    pub retractions: Vec<TakenBack>,
    /// What was noted of calls with this office, in the order in which it was told (D20).
    pub telephoned: Vec<Telephoned>,
    /// Who works on a supplement to the latest answer.
    pub supplement_by: Option<Actor>,
    /// The acute signals that were raised, in order.
    pub signals: Vec<Signal>,
    /// What OM decided, in the order in which it was heard.
    pub decisions: Vec<Notice>,
    /// The lead no longer needs it.
    pub withdrawn: bool,
    /// Calls that failed for good.
    pub troubles: BTreeSet<(Errand, Trouble)>,
    /// Rises with everything that a person may have to look at again.
    pub revision: u64,
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Version, from one.
    pub version: u32,
    /// The answer.
    pub answer: Answer,
    /// Who answered at the desk; nobody when the register did.
    pub by: Option<Actor>,
    /// The answer of which the desk said that this one is the same (A12).
    pub same_as: Option<Origin>,
    /// When.
    pub at: Timestamp,
}

/// A retraction that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Version, counted on from the answers.
    pub version: u32,
    /// Which answer, and why.
    pub retraction: Retraction,
    /// Who took it back.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// How far a question is (D12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// It arrived.
    Received,
    /// Someone works on it.
    TakenUp,
    /// It was answered.
    Answered,
    /// Its answer was taken back, and there is no other yet.
    Retracted,
    /// It was withdrawn.
    Withdrawn,
}

impl Enquiry {
    /// The answer that stands: the latest, unless one was taken back since.
    pub fn latest(&self) -> Option<&Given> {
        self.answers.last().filter(|given| given.version == self.latest_version())
    }

    /// The latest version, of an answer or of a retraction; zero before the first.
    pub fn latest_version(&self) -> u32 {
        let answered = self.answers.last().map_or(0, |given| given.version);
        self.retractions.last().map_or(0, |taken_back| taken_back.version).max(answered)
    }

    /// The answer at a version.
    pub fn answer_at(&self, version: u32) -> Option<&Given> {
        self.answers.iter().find(|given| given.version == version)
    }

    /// The retraction at a version.
    pub fn retraction_at(&self, version: u32) -> Option<&TakenBack> {
        self.retractions.iter().find(|taken_back| taken_back.version == version)
    }

    /// Whether the answer at a version was taken back: it is not read or sent any more.
    pub fn is_retracted(&self, version: u32) -> bool {
        self.retractions.iter().any(|taken_back| taken_back.retraction.of == version)
    }

    /// The decision that stands, as far as was heard.
    pub fn decision(&self) -> Option<&Notice> {
        Notice::standing(&self.decisions)
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        match () {
            () if self.withdrawn => Stage::Withdrawn,
            () if self.latest().is_some() => Stage::Answered,
            () if !self.retractions.is_empty() => Stage::Retracted,
            () if self.taken_up_by.is_some() => Stage::TakenUp,
            () => Stage::Received,
        }
    }

    /// Whether an organisation is OM at the table that the lead advises. Who leads works in the region of that table.
    pub fn is_table(&self, organisation: &Organisation) -> bool {
        organisation.kind == Kind::Om && organisation.region == self.question.asked_by.region
    }

    /// Whether somebody at the desk works on it: on an answer, on what an answer in part still lacks, or on a supplement.
    pub fn is_worked_on(&self) -> bool {
        let in_part = |given: &Given| given.answer.incomplete() == Some(Code::NogNietVolledig);
        self.supplement_by.is_some() || self.taken_up_by.is_some() && self.latest().is_none_or(in_part)
    }

    /// Whether the desk still has work on it: no answer yet, one that more must follow, or a supplement under way. Whoever belongs to another
    /// region is that region's work.
    pub fn is_open(&self) -> bool {
        let outcomes = self.latest().into_iter().flat_map(|given| &given.answer.outcomes);
        let mut open = outcomes.filter_map(|one| one.outcome.incomplete());
        let unanswered = self.latest().is_none() || open.any(|code| code != Code::Regio);
        !self.withdrawn && (unanswered || self.supplement_by.is_some())
    }
}

#[cfg(test)]
mod tests;
