//! What the police bring: the dossier with the LIJ outcome, the report to Veilig Thuis and the zorgmelding (D6, A40).

use crate::fault::{Faults, Problem};
use crate::household::{Household, PersonNumber};
use crate::personal::Sensitive;
use serde::{Deserialize, Serialize};

/// A document of the police: here it is, or why it is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Document {
    /// The document.
    Present {
        /// Number in the police system.
        reference: String,
        /// Summary for the adviser.
        summary: Sensitive<String>,
    },
    /// It is absent, with the reason; counts once weighed (D8).
    Absent {
        /// Why.
        because: Sensitive<String>,
    },
    /// OM holds it and does not give it on: the interest of the investigation (A34). Counts once weighed.
    Withheld,
}

/// A notice to Veilig Thuis: made, or why it is not due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Made, under this reference.
    Made {
        /// Reference of the notice, which VT checks against its inbox (A40).
        reference: String,
        /// Under whose name it was recorded; the mother for an unborn child (R-b2-2).
        under: Option<PersonNumber>,
    },
    /// Not due.
    NotDue {
        /// Why.
        because: Sensitive<String>,
        /// VT's own reference, on the entry route via VT.
        vt_reference: Option<String>,
    },
}

/// The police's part of the case. What is missing is an open item until it is recorded (D6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliceRecord {
    /// The police dossier.
    pub dossier: Option<Document>,
    /// The LIJ outcome; asked for in the flow of minors.
    pub lij: Option<Document>,
    /// The report to Veilig Thuis; due in HG/KM cases.
    pub report_to_vt: Option<Notice>,
    /// The zorgmelding.
    pub zorgmelding: Option<Notice>,
}

/// How the case came to the table (R-3.8-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EntryRoute {
    /// The police brought it straight to ZSM.
    Police,
    /// The report reached Veilig Thuis first.
    VeiligThuis,
}

impl Notice {
    /// The reference under which VT finds this case's report, if there is one.
    pub fn at_vt(&self) -> Option<&str> {
        match self {
            Notice::Made { reference, .. } => Some(reference),
            Notice::NotDue { vt_reference, .. } => vt_reference.as_deref(),
        }
    }
}

impl PoliceRecord {
    /// This record with the parts of a later one laid over it.
    pub fn updated(&self, later: &PoliceRecord) -> PoliceRecord {
        PoliceRecord {
            dossier: later.dossier.clone().or_else(|| self.dossier.clone()),
            lij: later.lij.clone().or_else(|| self.lij.clone()),
            report_to_vt: later.report_to_vt.clone().or_else(|| self.report_to_vt.clone()),
            zorgmelding: later.zorgmelding.clone().or_else(|| self.zorgmelding.clone()),
        }
    }

    /// This record with the dossier withheld, if there is one (A34, P2).
    pub fn without_dossier(&self) -> PoliceRecord {
        PoliceRecord { dossier: self.dossier.as_ref().map(|_| Document::Withheld), ..self.clone() }
    }

    /// Whether OM withholds the dossier.
    pub fn is_withheld(&self) -> bool {
        self.dossier == Some(Document::Withheld)
    }

    /// What is wrong with it: in HG/KM "not due" exists only on the route via VT, with VT's reference (D6).
    pub fn faults(&self, path: &str, route: EntryRoute, hg_km_binds: bool, household: &Household) -> Faults {
        let mut faults = Faults::new();
        if let Some(Notice::NotDue { vt_reference, .. }) = &self.report_to_vt
            && hg_km_binds
        {
            match (route, vt_reference) {
                (EntryRoute::VeiligThuis, Some(_)) => {}
                (EntryRoute::VeiligThuis, None) => {
                    faults.add(format!("{path}.report_to_vt.not_due.vt_reference"), Problem::Missing);
                }
                (EntryRoute::Police, _) => faults.add(format!("{path}.report_to_vt.not_due"), Problem::NotInHgKm),
            }
        }
        for (name, document) in [("dossier", &self.dossier), ("lij", &self.lij)] {
            // To withhold is OM's decision, not the police's.
            let withheld = *document == Some(Document::Withheld);
            faults.require(!withheld, format!("{path}.{name}.withheld"), Problem::NotForThisOffice);
        }
        for (name, notice) in [("report_to_vt", &self.report_to_vt), ("zorgmelding", &self.zorgmelding)] {
            if let Some(Notice::Made { under: Some(person), .. }) = notice
                && household.person(*person).is_none()
            {
                faults.add(format!("{path}.{name}.made.person"), Problem::UnknownPerson);
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests;
