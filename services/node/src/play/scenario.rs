//! A scenario: what it starts from and its steps.

mod block;
mod error;
mod files;
mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as FilePath;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use zsm::Region;

pub use error::ScenarioError;
pub use files::scenario_files;

use super::values::Path;

/// A scenario as one file tells it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name of the file, without its ending.
    pub file: String,
    /// What it shows, in a line.
    pub title: String,
    /// The rules and decisions it shows, as in `R-3.8-3` or `A15`.
    pub rules: Vec<String>,
    /// The instant at which it starts; nothing when it holds at any time.
    pub start: Option<Timestamp>,
    /// What is in the register of each office.
    pub registers: BTreeMap<String, Value>,
    /// The regions in which the acute part of a running triage suffices for now.
    pub acute_part_suffices: BTreeSet<Region>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// From one.
    pub number: usize,
    /// A sentence for the reader.
    pub note: Option<String>,
    /// What is done.
    pub action: Action,
}

/// What is done in a step.
#[derive(Clone, Debug)]
pub enum Action {
    /// A call, once.
    Call(Call),
    /// A call that is repeated until its expectation holds.
    Until(Until),
    /// Time passes.
    Advance(SignedDuration),
    /// An office falls silent.
    Stop(String),
    /// An office is there again.
    Start(String),
}

/// A call on an office.
#[derive(Clone, Debug)]
pub struct Call {
    /// The office that is called.
    pub at: String,
    /// Who calls: `ORG[@REGION]/ROLE[:PERSON]`.
    pub caller: String,
    /// `Service/Method`.
    pub method: String,
    /// The request, before kept values are filled in.
    pub with: Value,
    /// What is expected, before kept values are filled in; it was found sound.
    pub expect: Option<Value>,
    /// Names for values in the reply.
    pub keep: BTreeMap<String, Path>,
}

/// A call that is repeated until its expectation holds.
#[derive(Clone, Debug)]
pub struct Until {
    /// The call.
    pub call: Call,
    /// For how long, in real time.
    pub within: Duration,
}

impl Scenario {
    /// Reads a file.
    pub fn read_file(path: &FilePath) -> Result<Self, ScenarioError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ScenarioError::Unreadable { path: path.to_owned(), source })?;
        let file = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Self::parse(&file, &text)
    }

    /// Reads the text of a file that is called `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self, ScenarioError> {
        reading::scenario(file, text)
    }
}
