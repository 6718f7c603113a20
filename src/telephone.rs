//! A telephone call: with whom, at which number, and when (A16, D20). It is noted, and is nobody's answer by itself.

use crate::answer::Answer;
use crate::fault::{Faults, Problem};
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A call that someone made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Who was spoken with.
    pub spoken_with: Sensitive<String>,
    /// The number at which they were reached, to call back.
    pub number: Sensitive<String>,
    /// When.
    pub at: Timestamp,
}

/// What was said by telephone about a question, as who asked it tells the office that was phoned (D20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// From one, for each question.
    pub number: u32,
    /// The latest version of that office that was known then; zero when there was none.
    pub followed: u32,
    /// The call.
    pub call: Call,
    /// What was said.
    pub answer: Box<Answer>,
    /// When it was noted.
    pub at: Timestamp,
}

impl Call {
    /// What is wrong with it, as seen at an instant: all of it must be said, and it was made already.
    pub fn faults(&self, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        faults.require(!self.spoken_with.text().is_empty(), format!("{path}.spoken_with"), Problem::Missing);
        faults.require(!self.number.text().is_empty(), format!("{path}.number"), Problem::Missing);
        faults.require(self.at <= now, format!("{path}.at"), Problem::InFuture);
        faults
    }
}

#[cfg(test)]
mod tests;
