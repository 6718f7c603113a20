//! A telephone call: with whom, at which number, and when (A16, D20). It is noted, and is nobody's answer by itself.

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
