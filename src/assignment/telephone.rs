//! What someone at a source said by telephone (D20): an adviser notes it, and it counts once a second one confirmed it,
//! until the source says anything itself.

use super::strand::Given;
use crate::organisation::Actor;
use crate::telephone::{Call, Note};
use jiff::Timestamp;

/// An answer by telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephoned {
    /// From one, for each question.
    pub number: u32,
    /// The call.
    pub call: Call,
    /// What was said, when it was noted, and the latest version at the source that the lead had then.
    pub given: Given,
    /// Who noted it.
    pub by: Actor,
    /// Who confirmed it; nobody while it is "onbevestigd".
    pub confirmed: Option<Confirmation>,
}

/// A second adviser stands for it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Telephoned {
    /// What the office that was phoned is told. Which adviser noted it stays with the lead: that office sees who asks.
    pub fn told(&self) -> Note {
        let mut answer = Box::new((*self.given.answer).clone());
        answer.searched.by.clear();
        Note { number: self.number, followed: self.given.version, call: self.call.clone(), answer, at: self.given.at }
    }
}
