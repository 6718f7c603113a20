//! What OM asks of the lead, at one version (D7, D23).

use crate::flow::Flow;
use crate::household::Household;
use crate::name::IncidentName;
use crate::police::PoliceRecord;
use crate::required::Required;
use serde::{Deserialize, Serialize};

/// The brief: household, required set, and what the police brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Version of the assignment; rises with every change.
    pub version: u32,
    /// Version of the person list.
    pub household_version: u32,
    /// Flow a or b.
    pub flow: Flow,
    /// The confirmed person list.
    pub household: Household,
    /// The required set, computed by OM.
    pub required: Required,
    /// HG/KM binds (JA, or ONBEKEND as JA).
    pub hg_km: bool,
    /// The suspect was arrested.
    pub arrested: bool,
    /// What the police brought.
    pub police: PoliceRecord,
    /// Version of the dossier in it; zero while dossier or LIJ is not there yet.
    pub dossier_version: u32,
    /// As agreed in the region of this lead: the acute part of VT's triage suffices for now (D15). OM does not say so; it is
    /// laid down when a version is taken in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acute_part_suffices: bool,
    /// The incident, of which other suspects may have cases of their own (A12, A13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentName>,
}
