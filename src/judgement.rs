//! The judgement of Veilig Thuis (VtOordeel): quoted, never recomputed, never overwritten (D14, A20).

use crate::degree::{Dimension, Level};
use crate::personal::Sensitive;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What Veilig Thuis judged. One for a whole question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement {
    /// The veiligheidsbeoordeling (triage).
    Judged(Judged),
    /// Veilig Thuis knows of no report. Not possible in HG/KM cases.
    NoReportKnown,
    /// The acute part of a triage that still runs (D15).
    AcutePart(AcutePart),
}

/// A veiligheidsbeoordeling as VT gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Acuut gevaar.
    pub acute: Level,
    /// Structurele onveiligheid.
    pub structural: Level,
    /// Complexiteit; VT may leave it out when the structural part is positive.
    pub complexity: Option<Level>,
    /// VT's own words on it.
    pub text: Sensitive<String>,
    /// The instrument used.
    pub instrument: Instrument,
    /// The day of the judgement.
    pub date: Date,
    /// References of the reports it covers.
    pub covers: BTreeSet<String>,
}

/// What Veilig Thuis says when it has judged acuut gevaar and the rest of its triage still runs (D15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcutePart {
    /// Acuut gevaar.
    pub acute: Level,
    /// VT's own words on it.
    pub text: Sensitive<String>,
    /// The instrument used.
    pub instrument: Instrument,
    /// The day of the judgement.
    pub date: Date,
    /// References of the reports it covers.
    pub covers: BTreeSet<String>,
    /// It was agreed for this question that this part suffices; stays as it was when the agreement changes.
    pub suffices: bool,
}

/// A triage-instrument and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// What must be so for direct safety, according to who speaks (D16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SafetyConditions {
    /// None needed.
    None,
    /// These.
    List(Vec<Sensitive<String>>),
    /// Not judged yet.
    NotYetJudged,
}

impl Judgement {
    /// Whether it answers for a report; where the case has none, any judgement does (D14).
    pub fn covers(&self, report: Option<&str>) -> bool {
        match (self, report) {
            (Judgement::Judged(judged), Some(report)) => judged.covers.contains(report),
            (Judgement::AcutePart(part), Some(report)) => part.covers.contains(report),
            (Judgement::NoReportKnown, Some(_)) => false,
            (_, None) => true,
        }
    }

    /// What was judged of a dimension, where anything was.
    pub fn level(&self, dimension: Dimension) -> Option<Level> {
        match (self, dimension) {
            (Judgement::Judged(judged), Dimension::Acute) => Some(judged.acute),
            (Judgement::Judged(judged), Dimension::Structural) => Some(judged.structural),
            (Judgement::Judged(judged), Dimension::Complexity) => judged.complexity,
            (Judgement::AcutePart(part), Dimension::Acute) => Some(part.acute),
            (Judgement::AcutePart(_), Dimension::Structural | Dimension::Complexity) => None,
            (Judgement::NoReportKnown, _) => None,
        }
    }

    /// The acute part, if that is all there is.
    pub fn acute_part(&self) -> Option<&AcutePart> {
        match self {
            Judgement::AcutePart(part) => Some(part),
            Judgement::Judged(_) | Judgement::NoReportKnown => None,
        }
    }
}
