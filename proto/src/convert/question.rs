//! A question to a source.

use super::Read;
use super::place::Place;
use crate::pb::model::v1 as model;
use zsm::household::PERSON_LIMIT;
use zsm::question::{Question, ReferencePerson, Subject};
use zsm::{Faults, Region, Sensitive};

impl From<&Subject> for model::Subject {
    fn from(subject: &Subject) -> Self {
        Self {
            person: subject.person,
            identity: subject.identity.reveal().map(Into::into),
            roles: subject.roles.iter().map(|role| model::PersonRole::from(*role).into()).collect(),
            relation: model::Relation::from(subject.relation).into(),
            age_uncertain: subject.age_uncertain,
        }
    }
}

impl Read<Subject> for model::Subject {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Subject> {
        let mut place = Place::at(path, faults);
        let person = place.counted("person", self.person);
        let identity = place.required("identity", self.identity);
        let roles = place.choices("roles", self.roles);
        let relation = place.choice("relation", self.relation);
        let person = person?;
        Some(Subject {
            person,
            identity: Sensitive::about(person, identity?),
            roles: roles?,
            relation: relation?,
            age_uncertain: self.age_uncertain,
        })
    }
}

impl From<&ReferencePerson> for model::ReferencePerson {
    fn from(reference: &ReferencePerson) -> Self {
        Self {
            person: reference.person,
            identity: reference.identity.reveal().map(Into::into),
            unborn: reference.unborn,
        }
    }
}

impl Read<ReferencePerson> for model::ReferencePerson {
    fn read(self, path: &str, faults: &mut Faults) -> Option<ReferencePerson> {
        let mut place = Place::at(path, faults);
        let person = place.counted("person", self.person);
        let identity = place.required("identity", self.identity);
        let person = person?;
        Some(ReferencePerson { person, identity: Sensitive::about(person, identity?), unborn: self.unborn })
    }
}

impl From<&Question> for model::Question {
    fn from(question: &Question) -> Self {
        Self {
            name: question.name.to_string(),
            assignment: question.assignment.to_string(),
            item: model::ItemKind::from(question.item).into(),
            round: question.round,
            asked_by: Some((&question.asked_by).into()),
            addressee: Some((&question.addressee).into()),
            subjects: question.subjects.iter().map(Into::into).collect(),
            reference_person: question.reference.as_ref().map(Into::into),
            hg_km: question.hg_km,
            report: question.report.clone().unwrap_or_default(),
            zorgmelding: question.zorgmelding.clone().unwrap_or_default(),
            arrested: question.arrested,
            asked_on: question.asked_on.to_string(),
            case: question.case.map(|case| case.to_string()).unwrap_or_default(),
            incident: question.incident.map(|incident| incident.to_string()).unwrap_or_default(),
            acute_part_suffices: question.acute_part_suffices,
            reported_in: question.reported_in.as_ref().map(Region::as_str).unwrap_or_default().to_owned(),
            text: question.text.as_ref().map(Sensitive::text).unwrap_or_default().to_owned(),
        }
    }
}

impl Read<Question> for model::Question {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Question> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let assignment = place.name("assignment", &self.assignment);
        let item = place.choice("item", self.item);
        let round = place.counted("round", self.round);
        let asked_by = place.required("asked_by", self.asked_by);
        let addressee = place.required("addressee", self.addressee);
        let subjects = place.list("subjects", PERSON_LIMIT, self.subjects);
        let reference = place.optional("reference_person", self.reference_person);
        let report = place.optional_short("report", self.report);
        let zorgmelding = place.optional_short("zorgmelding", self.zorgmelding);
        let asked_on = place.day("asked_on", &self.asked_on);
        let reported_in = place.optional_region("reported_in", &self.reported_in);
        let text = place.optional_case_text("text", self.text);
        let case = place.optional_name("case", &self.case);
        let incident = place.optional_name("incident", &self.incident);
        Some(Question {
            name: name?,
            assignment: assignment?,
            item: item?,
            round: round?,
            asked_by: asked_by?,
            addressee: addressee?,
            subjects: subjects?,
            reference: reference?,
            hg_km: self.hg_km,
            report: report?,
            zorgmelding: zorgmelding?,
            arrested: self.arrested,
            asked_on: asked_on?,
            case: case?,
            incident: incident?,
            acute_part_suffices: self.acute_part_suffices,
            reported_in: reported_in?,
            text: text?,
        })
    }
}
