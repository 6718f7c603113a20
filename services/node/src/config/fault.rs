//! What is wrong with a configuration, and who said it.

use std::fmt;
use std::path::PathBuf;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Nobody said anything.
    Default,
    /// A file, from this line on.
    File(PathBuf, usize),
    /// An environment variable.
    Variable(String),
    /// A flag on the command line.
    Flag(&'static str),
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) source: Source,
    /// What is wrong, in a sentence that names the setting and never its value where that may be secret.
    pub(crate) problem: String,
}

/// All that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) struct Faults(pub(crate) Vec<Fault>);

impl Fault {
    /// What is wrong with a setting.
    pub(super) fn of(key: &str, source: Source, problem: impl fmt::Display) -> Self {
        Self { source, problem: format!("{key}: {problem}") }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(path, line) => write!(f, "{} line {line}", path.display()),
            Source::Variable(name) => write!(f, "environment {name}"),
            Source::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is wrong")?;
        if let [Fault { source, problem }] = self.0.as_slice() {
            return write!(f, "; {source}: {problem}");
        }
        self.0.iter().try_for_each(|Fault { source, problem }| write!(f, "\n  {source}: {problem}"))
    }
}
