//! What an answer can say about one asked person: a closed set, in which silence has no place (D11-D13).

use crate::fault::{Faults, Problem};
use crate::item::Code;
use crate::organisation::Region;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The outcome for one asked person. There is no default and no "nothing".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Known, with what may reach OM and what is for the adviser only (D16).
    Known(Substance),
    /// Searched and not known. Earned (D13).
    NotKnown,
    /// Something is known; the rest is still to come.
    Partly {
        /// What is known so far.
        substance: Substance,
        /// What is still to come.
        still_to_come: Sensitive<String>,
    },
    /// VT only: known, and the triage still runs.
    TriageRunning {
        /// What is known so far.
        substance: Substance,
        /// When the triage is expected.
        expected: Timestamp,
    },
    /// It is not sure who is meant: several persons fit, or one comes near (A33).
    Ambiguous {
        /// How many may be meant.
        candidates: u32,
    },
    /// Refused or limited, with the legal ground (A35).
    Refused {
        /// The ground.
        ground: Sensitive<String>,
    },
    /// Another region must be asked (D32).
    WrongRegion {
        /// Which, if the source knows; else empty.
        region: String,
    },
}

/// What is known about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substance {
    /// May be used in the advice to OM.
    pub for_advice: Sensitive<String>,
    /// For the adviser's eyes only: melder identity and secret addresses stay here (D16).
    pub for_adviser: Sensitive<String>,
}

impl Outcome {
    /// Why it does not count; nothing when it does. Only known and not known count (D11).
    pub fn incomplete(&self) -> Option<Code> {
        match self {
            Outcome::Known(_) | Outcome::NotKnown => None,
            Outcome::Partly { .. } | Outcome::TriageRunning { .. } => Some(Code::NogNietVolledig),
            Outcome::Ambiguous { .. } => Some(Code::Identiteit),
            Outcome::Refused { .. } => Some(Code::Geweigerd),
            Outcome::WrongRegion { .. } => Some(Code::Regio),
        }
    }

    /// What is known, if anything.
    pub fn substance(&self) -> Option<&Substance> {
        match self {
            Outcome::Known(substance)
            | Outcome::Partly { substance, .. }
            | Outcome::TriageRunning { substance, .. } => Some(substance),
            Outcome::NotKnown | Outcome::Ambiguous { .. } | Outcome::Refused { .. } | Outcome::WrongRegion { .. } => {
                None
            }
        }
    }

    /// What it leaves unsaid: known needs words, a part what is still to come, a refusal its ground, and several who fit
    /// are two at least (D11, A35). A region that it names has the form of one (D32).
    pub fn faults(&self, path: &str) -> Faults {
        let mut faults = Faults::new();
        let silent = |text: &Sensitive<String>| text.reveal().is_some_and(|text| text.trim().is_empty());
        if self.substance().is_some_and(|substance| silent(&substance.for_advice) && silent(&substance.for_adviser)) {
            faults.add(format!("{path}.substance.for_advice"), Problem::Missing);
        }
        match self {
            Outcome::Partly { still_to_come, .. } => {
                faults.require(!silent(still_to_come), format!("{path}.partly.still_to_come"), Problem::Missing);
            }
            Outcome::Refused { ground } => {
                faults.require(!silent(ground), format!("{path}.refused.ground"), Problem::Missing);
            }
            Outcome::Ambiguous { candidates } => {
                faults.require(*candidates >= 1, format!("{path}.ambiguous.candidates"), Problem::Form);
            }
            // The name of a region and no free text: it is stored in plain.
            Outcome::WrongRegion { region } => {
                let named = region.is_empty() || Region::parse(region).is_some();
                faults.require(named, format!("{path}.wrong_region.region"), Problem::Form);
            }
            Outcome::Known(_) | Outcome::NotKnown | Outcome::TriageRunning { .. } => {}
        }
        faults
    }

    /// The triage still runs.
    pub fn is_triage_running(&self) -> bool {
        matches!(self, Outcome::TriageRunning { .. })
    }

    /// Known in full.
    pub fn is_known(&self) -> bool {
        matches!(self, Outcome::Known(_))
    }
}
