//! What the suspect is held for: the act in time, and whether it is domestic violence or child abuse (HG/KM).

use crate::fault::{Faults, Problem};
use crate::personal::Sensitive;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When and where the act was done. One day, or a period of which both days belong to it (A4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// First day.
    pub from: Date,
    /// Last day; the same as the first for a single day.
    pub until: Date,
    /// Place; a place can point at a family.
    pub place: Sensitive<String>,
}

/// Are there victims of domestic violence or child abuse? Out of scope is earned, like "not known" (D1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HgKm {
    /// Yes.
    Ja,
    /// No: established by someone, with an explicit answer on minors who witnessed.
    Nee {
        /// Who established it: an official or a service, by name or number.
        established_by: Sensitive<String>,
        /// When.
        established_at: Timestamp,
        /// Whether minors witnessed; `true` contradicts NEE (footnote 2 of the model: a witness counts as KM).
        minors_witnessed: bool,
    },
    /// Not known yet.
    Onbekend,
}

impl Act {
    /// What is wrong with it, as seen on a day.
    pub fn faults(&self, path: &str, today: Date) -> Faults {
        let mut faults = Faults::new();
        faults.require(self.from <= self.until, format!("{path}.until"), Problem::EndBeforeStart);
        faults.require(self.from <= today, format!("{path}.from"), Problem::InFuture);
        faults.require(self.until <= today, format!("{path}.until"), Problem::InFuture);
        faults
    }
}

impl HgKm {
    /// What is wrong with it, as seen at an instant.
    pub fn faults(&self, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        if let HgKm::Nee { established_by, established_at, minors_witnessed } = self {
            faults.require(
                established_by.reveal().is_none_or(|by| !by.is_empty()),
                format!("{path}.established_by"),
                Problem::Missing,
            );
            faults.require(*established_at <= now, format!("{path}.established_at"), Problem::InFuture);
            faults.require(!minors_witnessed, format!("{path}.minors_witnessed"), Problem::WitnessCountsAsKm);
        }
        faults
    }

    /// Whether the stricter rules for HG/KM hold: JA, and ONBEKEND as if it were JA (D1).
    pub fn binds(&self) -> bool {
        !matches!(self, HgKm::Nee { .. })
    }
}

#[cfg(test)]
mod tests;
