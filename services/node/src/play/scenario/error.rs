//! Why there is no scenario to play.

use std::io;
use std::path::PathBuf;

/// A sentence that names the file, and the step where there is one.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// A file or folder cannot be read.
    #[error("{path} is niet te lezen", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder holds no scenarios.
    #[error("in {path} staan geen scenario's (*.yaml, *.yml of *.json)", path = .0.display())]
    NothingIn(PathBuf),
    /// The text of a file is not YAML.
    #[error("{file} is geen geldige YAML: {problem}")]
    NotYaml {
        /// Which.
        file: String,
        /// What the reader of YAML said.
        problem: String,
    },
    /// Something in a file is not as a scenario should be.
    #[error("{place}: {problem}")]
    Wrong {
        /// The file and, within it, the step.
        place: String,
        /// What is wrong.
        problem: String,
    },
}
