//! What OM asks of the lead.

use super::Read;
use super::place::Place;
use crate::pb::{adviser::v1 as adviser, model::v1 as model};
use zsm::Faults;
use zsm::assignment::Brief;

impl From<&Brief> for adviser::Brief {
    fn from(brief: &Brief) -> Self {
        Self {
            version: brief.version,
            household_version: brief.household_version,
            flow: model::Flow::from(&brief.flow).into(),
            household: Some((&brief.household).into()),
            required: Some((&brief.required).into()),
            hg_km: brief.hg_km,
            arrested: brief.arrested,
            police: Some((&brief.police).into()),
            dossier_version: brief.dossier_version,
            incident: brief.incident.map(|incident| incident.to_string()).unwrap_or_default(),
        }
    }
}

impl Read<Brief> for adviser::Brief {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Brief> {
        let mut place = Place::at(path, faults);
        let version = place.counted("version", self.version);
        let household_version = place.counted("household_version", self.household_version);
        let flow = place.choice("flow", self.flow);
        let household = place.required("household", self.household);
        let required = place.required("required", self.required);
        let police = place.required("police", self.police);
        let incident = place.optional_name("incident", &self.incident);
        Some(Brief {
            version: version?,
            household_version: household_version?,
            flow: flow?,
            household: household?,
            required: required?,
            hg_km: self.hg_km,
            arrested: self.arrested,
            police: police?,
            dossier_version: self.dossier_version,
            incident: incident?,
            acute_part_suffices: false,
        })
    }
}
