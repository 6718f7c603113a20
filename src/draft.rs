//! An advice that is not finished: any part may be missing, and nothing follows from it.
//!
//! Colleagues write on one draft. Each save says on which version it was based; where a newer one exists nothing is
//! overwritten, and both texts are shown.

use crate::advice::InstrumentUse;
use crate::decision::Route;
use crate::degree::Level;
use crate::disagreement::Explained;
use crate::item::Item;
use crate::judgement::SafetyConditions;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is written so far; the parts are those of [`crate::advice::Content`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Degree of acuut gevaar.
    pub acute: Option<DraftDegree>,
    /// Degree of structurele onveiligheid.
    pub structural: Option<DraftDegree>,
    /// Degree of complexiteit.
    pub complexity: Option<DraftDegree>,
    /// The triage-instrument used, or why none; its texts may be empty.
    pub instrument: Option<InstrumentUse>,
    /// The version of VT's answer to be quoted; zero while none is chosen.
    pub judgement_version: u32,
    /// Lines on differences with Veilig Thuis.
    pub disagreements: Vec<Explained>,
    /// The substance of what each partner said.
    pub substance: BTreeMap<Item, Sensitive<String>>,
    /// Veiligheidsvoorwaarden.
    pub safety_conditions: Option<SafetyConditions>,
    /// The adviser's own proposal.
    pub proposal: Option<DraftProposal>,
}

/// A degree that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftDegree {
    /// A level, perhaps not chosen yet.
    Known {
        /// The level.
        level: Option<Level>,
        /// It may be more.
        at_least: bool,
        /// The severity in words; may be empty.
        severity: Sensitive<String>,
        /// The items it rests on; may be none.
        rests_on: BTreeSet<Item>,
    },
    /// Not known.
    Onbekend {
        /// Why; may be empty.
        because: Sensitive<String>,
    },
}

/// A proposal that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftProposal {
    /// The route, perhaps not chosen yet.
    pub route: Option<Route>,
    /// The reason; may be empty.
    pub reason: Sensitive<String>,
}

/// A draft as it was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraft {
    /// Version, from one; counted on after the draft was signed.
    pub version: u32,
    /// What is written so far.
    pub draft: Draft,
    /// Who saved it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}
