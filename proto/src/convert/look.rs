//! The last look before a decision.

use super::Read;
use super::place::Place;
use crate::pb::{adviser::v1 as adviser, model::v1 as model, source::v1 as source};
use zsm::look::{Finding, Phoned};
use zsm::name::{AssignmentName, QuestionName};
use zsm::{Faults, Problem};

impl From<Finding> for model::Finding {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Current => Self::Actueel,
            Finding::Newer => Self::Nieuwer,
            Finding::InProgress => Self::InBewerking,
            Finding::UnknownQuestion => Self::OnbekendeVraag,
            // Of itself no office can say so.
            Finding::Unreachable => Self::Unspecified,
        }
    }
}

impl Place<'_> {
    fn finding(&mut self, number: i32) -> Option<Finding> {
        match model::Finding::try_from(number) {
            Ok(model::Finding::Actueel) => Some(Finding::Current),
            Ok(model::Finding::Nieuwer) => Some(Finding::Newer),
            Ok(model::Finding::InBewerking) => Some(Finding::InProgress),
            Ok(model::Finding::OnbekendeVraag) => Some(Finding::UnknownQuestion),
            Ok(model::Finding::Unspecified) => self.refuse("finding", Problem::Missing),
            Err(_) => self.refuse("finding", Problem::Unknown),
        }
    }
}

/// The assignment, the version of the advice, and that of the assignment.
impl Read<(AssignmentName, u32, u32)> for adviser::ConfirmAdviceCurrentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, u32, u32)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let advice_version = place.counted("advice_version", self.advice_version);
        let assignment_version = place.counted("assignment_version", self.assignment_version);
        Some((name?, advice_version?, assignment_version?))
    }
}

impl Read<Finding> for adviser::ConfirmAdviceCurrentResponse {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Finding> {
        Place::at(path, faults).finding(self.finding)
    }
}

impl Read<(QuestionName, u32)> for source::ConfirmAnswerCurrentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, u32)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let version = place.counted("version", self.version);
        Some((name?, version?))
    }
}

impl Read<Finding> for source::ConfirmAnswerCurrentResponse {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Finding> {
        Place::at(path, faults).finding(self.finding)
    }
}

impl From<&Phoned> for model::PhonedOffice {
    fn from(phoned: &Phoned) -> Self {
        Self { office: Some((&phoned.office).into()), call: Some((&phoned.call).into()) }
    }
}

impl Read<Phoned> for model::PhonedOffice {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Phoned> {
        let mut place = Place::at(path, faults);
        let office = place.required("office", self.office);
        let call = place.required("call", self.call);
        Some(Phoned { office: office?, call: call? })
    }
}
