//! Why a question was asked beside the required one, and why an adviser let go of it.

use crate::name::QuestionName;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a question was asked beside the required one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Occasion {
    /// This adviser asked it of his own accord (D7).
    AskedBy(Actor),
    /// The answer to this question named another region (D32).
    SentOnFrom(QuestionName),
}

/// An adviser needs his own question no more (D7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// Why.
    pub reason: Sensitive<String>,
    /// Who.
    pub by: Actor,
}

/// A question of which an adviser let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissed {
    /// By whom, and why.
    pub dismissal: Dismissal,
    /// When.
    pub at: Timestamp,
}
