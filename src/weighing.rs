//! The weighing: a person's explicit act per item and version, with a reason and a line per known person (A22, D11).

use crate::fault::{Faults, Problem};
use crate::household::PersonNumber;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the adviser wrote when weighing one version of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighing {
    /// The version weighed.
    pub version: u32,
    /// Why it does or does not matter.
    pub reason: Sensitive<String>,
    /// A line for every person who is known.
    pub lines: Vec<Line>,
    /// Who weighed.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// What an answer about one person means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Number on the person list.
    pub person: PersonNumber,
    /// What it means.
    pub text: Sensitive<String>,
}

/// What is wrong with a weighing of a version in which these persons are known.
pub fn faults(reason: &Sensitive<String>, lines: &[Line], known: &[PersonNumber]) -> Faults {
    let mut faults = Faults::new();
    faults.require(!reason.text().is_empty(), "reason", Problem::Missing);
    for (index, line) in lines.iter().enumerate() {
        faults.require(known.contains(&line.person), format!("lines[{index}].person"), Problem::NotAsked);
        faults.require(!line.text.text().is_empty(), format!("lines[{index}].text"), Problem::Missing);
        let twice = lines[..index].iter().any(|other| other.person == line.person);
        faults.require(!twice, format!("lines[{index}].person"), Problem::Duplicate);
    }
    let left_out = known.iter().any(|person| lines.iter().all(|line| line.person != *person));
    faults.require(!left_out, "lines", Problem::LeftOut);
    faults
}

#[cfg(test)]
mod tests;
