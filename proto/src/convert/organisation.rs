//! Organisations and officials.

use super::Read;
use super::place::Place;
use crate::pb::model::v1 as model;
use zsm::{Actor, Faults, Organisation, Problem, Region};

impl From<&Organisation> for model::Organisation {
    fn from(organisation: &Organisation) -> Self {
        Self {
            kind: model::OrganisationKind::from(organisation.kind).into(),
            region: organisation.region.as_str().to_owned(),
        }
    }
}

impl Read<Organisation> for model::Organisation {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Organisation> {
        let mut place = Place::at(path, faults);
        let kind = place.choice("kind", self.kind);
        let region = place.region("region", &self.region);
        Some(Organisation { kind: kind?, region: region? })
    }
}

impl From<&Actor> for model::Official {
    fn from(actor: &Actor) -> Self {
        Self {
            organisation: Some((&actor.organisation).into()),
            role: model::OfficialRole::from(actor.role).into(),
            person: actor.person.clone(),
        }
    }
}

impl Read<Actor> for model::Official {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Actor> {
        let mut place = Place::at(path, faults);
        let organisation = place.required("organisation", self.organisation);
        let role = place.choice("role", self.role);
        let person = place.required_short("person", self.person);
        Some(Actor { organisation: organisation?, role: role?, person: person? })
    }
}

impl Place<'_> {
    /// A region that may be left out.
    pub(super) fn optional_region(&mut self, field: &str, text: &str) -> Option<Option<Region>> {
        if text.is_empty() { Some(None) } else { self.region(field, text).map(Some) }
    }

    /// A region that must be there.
    pub(super) fn region(&mut self, field: &str, text: &str) -> Option<Region> {
        if text.is_empty() {
            return self.refuse(field, Problem::Missing);
        }
        match Region::parse(text) {
            Some(region) => Some(region),
            None => self.refuse(field, Problem::Form),
        }
    }
}
