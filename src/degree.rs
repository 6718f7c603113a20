//! The degree of acuut gevaar, structurele onveiligheid and complexiteit (R-3.2.5-2, D17).
//!
//! Three degrees are never added up.

use crate::item::Item;
use crate::personal::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Version of the scale; every signed advice carries it.
pub const SCALE: u32 = 1;

/// The three dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// Acuut gevaar.
    Acute,
    /// Structurele onveiligheid.
    Structural,
    /// Complexiteit van de achterliggende problematiek.
    Complexity,
}

/// How far something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// None.
    Geen,
    /// There are signs.
    Aanwijzingen,
    /// Established.
    Vastgesteld,
}

/// The degree of one dimension in the advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Degree {
    /// A level, with the words on its severity and what it rests on.
    Known {
        /// The level.
        level: Level,
        /// It may be more: something on which it rests has a hole.
        at_least: bool,
        /// The severity in words; obligatory.
        severity: Sensitive<String>,
        /// The items it rests on; at least one.
        rests_on: BTreeSet<Item>,
    },
    /// Not known, with the reason (A19). It has no place in the order of levels.
    Onbekend {
        /// Why.
        because: Sensitive<String>,
    },
}

impl Dimension {
    /// All three.
    pub const ALL: [Dimension; 3] = [Dimension::Acute, Dimension::Structural, Dimension::Complexity];

    /// The words an official reads.
    pub fn title(self) -> &'static str {
        match self {
            Dimension::Acute => "Acuut gevaar",
            Dimension::Structural => "Structurele onveiligheid",
            Dimension::Complexity => "Complexiteit",
        }
    }

    /// Name of the field in the contract.
    pub fn field(self) -> &'static str {
        match self {
            Dimension::Acute => "acute",
            Dimension::Structural => "structural",
            Dimension::Complexity => "complexity",
        }
    }
}

impl Degree {
    /// The level, when there is one.
    pub fn level(&self) -> Option<Level> {
        match self {
            Degree::Known { level, .. } => Some(*level),
            Degree::Onbekend { .. } => None,
        }
    }
}
