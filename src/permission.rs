//! OM's permission to give the police dossier on to the lead (R-1.4f-2, R-1.4f-3, A34).
//!
//! OM tests for the interest of the investigation (opsporingsbelang). Without an act the dossier travels; where OM refuses,
//! it is withheld: the lead learns that there is one, and nothing of what it holds.

use crate::fault::{Faults, Problem};
use crate::personal::Sensitive;
use serde::{Deserialize, Serialize};

/// What OM decided about the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Permission {
    /// No interest of the investigation stands against it.
    Granted,
    /// The interest of the investigation stands against it.
    Refused {
        /// Why; stays at OM.
        because: Sensitive<String>,
    },
}

impl Permission {
    /// What is wrong with it: who refuses says why.
    pub fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        if let Permission::Refused { because } = self {
            faults.require(!because.text().is_empty(), "refused.because", Problem::Missing);
        }
        faults
    }

    /// Whether the dossier stays at OM.
    pub fn withholds(&self) -> bool {
        matches!(self, Permission::Refused { .. })
    }
}
