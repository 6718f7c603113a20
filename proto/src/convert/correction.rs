//! Corrections, alerts that are answered, cases that are opened again.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use super::time::instant;
use crate::pb::{model::v1 as model, om::v1 as om};
use zsm::case::{AlertAnswer, Amendment, Correction, Former, Reduced, Settled};
use zsm::household::{PERSON_LIMIT, SUSPECT};
use zsm::identity::Identity;
use zsm::name::{AlertName, CaseName};
use zsm::{Faults, Problem, Sensitive};

impl Read<(CaseName, Amendment)> for om::AmendCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Amendment)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.case_text("reason", self.reason);
        let amendment: Option<Amendment> = place.required("amendment", self.amendment);
        Some((name?, Amendment { reason: reason?, ..amendment? }))
    }
}

/// The reason stands beside it.
impl Read<Amendment> for om::Amendment {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Amendment> {
        let mut place = Place::at(path, faults);
        let suspect: Option<Option<Identity>> = place.optional("suspect", self.suspect);
        let act = place.optional("act", self.act);
        let offences = place.each("offences", LIST_LIMIT, self.offences, |place, element, offence| {
            place.required_short(element, offence)
        });
        let hg_km = place.optional("hg_km", self.hg_km);
        for (index, person) in self.persons.iter().enumerate().take(PERSON_LIMIT) {
            // Who the lead found is not for the police to name (D10).
            if person.further_person.is_some() {
                place.fault(&format!("persons[{index}].further_person"), Problem::Superfluous);
            }
        }
        let persons = place.list("persons", PERSON_LIMIT, self.persons);
        Some(Amendment {
            suspect: suspect?.map(|identity| Sensitive::about(SUSPECT, identity)),
            act: act?,
            offences: offences?,
            hg_km: hg_km?,
            persons: persons?,
            reason: Sensitive::case(String::new()),
        })
    }
}

impl From<&Amendment> for om::Amendment {
    fn from(amendment: &Amendment) -> Self {
        Self {
            suspect: amendment.suspect.as_ref().and_then(|identity| identity.reveal()).map(Into::into),
            act: amendment.act.as_ref().map(Into::into),
            offences: amendment.offences.clone(),
            hg_km: amendment.hg_km.as_ref().map(Into::into),
            persons: amendment.persons.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Correction> for om::Correction {
    fn from(correction: &Correction) -> Self {
        Self {
            amendment: Some((&correction.amendment).into()),
            before: Some((&correction.before).into()),
            reason: correction.amendment.reason.text().to_owned(),
            by: Some((&correction.by).into()),
            at: Some(instant(correction.at)),
        }
    }
}

impl From<&Settled> for om::Settlement {
    fn from(settled: &Settled) -> Self {
        let settlement = &settled.settlement;
        Self {
            age: settlement.age.map_or(model::SettledAge::Unspecified, Into::into).into(),
            hg_km: settlement.hg_km.as_ref().map(Into::into),
            reason: settlement.reason.text().to_owned(),
            by: Some((&settled.by).into()),
            at: Some(instant(settled.at)),
        }
    }
}

impl From<&Reduced> for om::ReducedHousehold {
    fn from(reduced: &Reduced) -> Self {
        Self {
            household_version: reduced.household_version,
            reason: reduced.reason.text().to_owned(),
            by: Some((&reduced.by).into()),
            at: Some(instant(reduced.at)),
        }
    }
}

impl Read<(AlertName, Sensitive<String>)> for om::AnswerAlertRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AlertName, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.case_text("reason", self.reason);
        Some((name?, reason?))
    }
}

impl Read<(CaseName, Sensitive<String>)> for om::ReopenCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.case_text("reason", self.reason);
        Some((name?, reason?))
    }
}

impl From<&AlertAnswer> for om::AlertAnswer {
    fn from(answer: &AlertAnswer) -> Self {
        Self {
            exit: om::AlertExit::from(answer.exit).into(),
            reason: answer.reason.text().to_owned(),
            by: Some((&answer.by).into()),
            at: Some(instant(answer.at)),
        }
    }
}

impl From<&Former> for om::FormerAssignment {
    fn from(former: &Former) -> Self {
        Self {
            name: former.assigned.name.to_string(),
            lead: Some((&former.assigned.lead).into()),
            number: former.assigned.number(),
            corrected: former.corrected,
            advices: former.advices.values().map(Into::into).collect(),
        }
    }
}
