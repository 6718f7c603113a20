//! A question at the office that answers it: from its register, or by a person at its desk.

mod alike;
mod decide;
mod evolve;
mod react;

pub use decide::{Command, decide};
pub use evolve::evolve;
pub use react::{Errand, react};

use crate::answer::Answer;
use crate::item::{Code, Trouble};
use crate::organisation::Actor;
use crate::question::Question;
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
    },
    /// The lead no longer needs it.
    Withdrawn,
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
    /// Every version of the answer, in order.
    pub answers: Vec<Given>,
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
    /// It was withdrawn.
    Withdrawn,
}

impl Enquiry {
    /// The latest version of the answer.
    pub fn latest(&self) -> Option<&Given> {
        self.answers.last()
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        match () {
            () if self.withdrawn => Stage::Withdrawn,
            () if !self.answers.is_empty() => Stage::Answered,
            () if self.taken_up_by.is_some() => Stage::TakenUp,
            () => Stage::Received,
        }
    }

    /// Whether the desk still has work on it: no answer yet, or one that more must follow. Whoever belongs to another
    /// region is that region's work.
    pub fn is_open(&self) -> bool {
        let outcomes = self.latest().into_iter().flat_map(|given| &given.answer.outcomes);
        let mut open = outcomes.filter_map(|one| one.outcome.incomplete());
        !self.withdrawn && (self.answers.is_empty() || open.any(|code| code != Code::Regio))
    }
}

#[cfg(test)]
mod tests;
