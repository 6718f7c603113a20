//! Why the facts of a case are what they are: corrections, settlements, and a person list that was changed for a reason.
//!
//! Whoever must say what news means, or answers for the decision, reads what was there before, what took its place, by
//! whom and why (D3, D7, D21).

use super::{Amendment, Settlement};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;

/// A correction of the police.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What took the place of it, and why.
    pub amendment: Amendment,
    /// The same parts as they stood before; a person who joined the list stood nowhere.
    pub before: Amendment,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// What the facts left open was settled (D3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// How, and why.
    pub settlement: Settlement,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// The person list was confirmed with a reason: less is asked than before (D7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduced {
    /// Version of the list.
    pub household_version: u32,
    /// Why.
    pub reason: Sensitive<String>,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}
