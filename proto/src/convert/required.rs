//! The required set.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use crate::pb::model::v1 as model;
use zsm::household::PERSON_LIMIT;
use zsm::required::{Asked, Reference, Required, Requirement};
use zsm::{Faults, Problem};

impl From<&Asked> for model::AskedPerson {
    fn from(asked: &Asked) -> Self {
        Self { person: asked.person, age_uncertain: asked.age_uncertain }
    }
}

impl From<&Requirement> for model::Requirement {
    fn from(requirement: &Requirement) -> Self {
        Self {
            item: model::ItemKind::from(requirement.item).into(),
            subjects: requirement.subjects.iter().map(Into::into).collect(),
            reference_person: requirement.reference.map_or(0, |reference| reference.person),
            unborn: requirement.reference.is_some_and(|reference| reference.unborn),
        }
    }
}

impl Read<Requirement> for model::Requirement {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Requirement> {
        let mut place = Place::at(path, faults);
        let item = place.choice("item", self.item);
        let mut seen = Vec::new();
        let subjects = place.each("subjects", PERSON_LIMIT, self.subjects, |place, element, asked| {
            let mut place = place.inside(element);
            let person = place.counted("person", asked.person)?;
            if seen.contains(&person) {
                return place.refuse("person", Problem::Duplicate);
            }
            seen.push(person);
            Some(Asked { person, age_uncertain: asked.age_uncertain })
        });
        if self.unborn && self.reference_person == 0 {
            place.fault("reference_person", Problem::Missing);
        }
        let reference =
            (self.reference_person != 0).then_some(Reference { person: self.reference_person, unborn: self.unborn });
        Some(Requirement { item: item?, subjects: subjects?, reference })
    }
}

impl From<&Required> for model::RequiredSet {
    fn from(required: &Required) -> Self {
        Self {
            items: required.items().iter().map(Into::into).collect(),
            rule_set: required.rule_set,
            day: required.day.to_string(),
        }
    }
}

impl Read<Required> for model::RequiredSet {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Required> {
        let mut place = Place::at(path, faults);
        if self.items.is_empty() {
            place.fault("items", Problem::Missing);
        }
        let mut seen = Vec::new();
        let items = place.each("items", LIST_LIMIT, self.items, |place, element, requirement| {
            let requirement: Requirement = place.required(element, Some(requirement))?;
            if seen.contains(&requirement.item) {
                return place.inside(element).refuse("item", Problem::Duplicate);
            }
            seen.push(requirement.item);
            Some(requirement)
        });
        let rule_set = place.counted("rule_set", self.rule_set);
        let day = place.day("day", &self.day);
        Required::try_new(items?, rule_set?, day?).ok()
    }
}
