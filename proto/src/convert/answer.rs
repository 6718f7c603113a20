//! An answer, with an outcome for every person.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use super::time::instant;
use crate::pb::model::v1::{self as model, person_outcome};
use zsm::answer::{Answer, FurtherPerson, PersonOutcome, Searched};
use zsm::household::{PERSON_LIMIT, PersonNumber};
use zsm::outcome::{Outcome, Substance};
use zsm::{Faults, Problem, Sensitive};

impl From<&Substance> for model::Substance {
    fn from(substance: &Substance) -> Self {
        Self {
            for_advice: substance.for_advice.text().to_owned(),
            for_adviser: substance.for_adviser.text().to_owned(),
        }
    }
}

impl From<&PersonOutcome> for model::PersonOutcome {
    fn from(one: &PersonOutcome) -> Self {
        use person_outcome::Outcome as Wire;
        let outcome = match &one.outcome {
            Outcome::Known(substance) => Wire::Known(substance.into()),
            Outcome::NotKnown => Wire::NotKnown(model::NotKnown {}),
            Outcome::Partly { substance, still_to_come } => Wire::Partly(model::Partly {
                substance: Some(substance.into()),
                still_to_come: still_to_come.text().to_owned(),
            }),
            Outcome::TriageRunning { substance, expected } => Wire::TriageRunning(model::TriageRunning {
                substance: Some(substance.into()),
                expected: Some(instant(*expected)),
            }),
            Outcome::Ambiguous { candidates } => Wire::Ambiguous(model::Ambiguous { candidates: *candidates }),
            Outcome::Refused { ground } => Wire::Refused(model::Refused { ground: ground.text().to_owned() }),
            Outcome::WrongRegion { region } => Wire::WrongRegion(model::WrongRegion { region: region.clone() }),
        };
        Self { person: one.person, outcome: Some(outcome) }
    }
}

impl Read<PersonOutcome> for model::PersonOutcome {
    fn read(self, path: &str, faults: &mut Faults) -> Option<PersonOutcome> {
        let mut place = Place::at(path, faults);
        let person = place.counted("person", self.person);
        let outcome = match self.outcome {
            // Silence is an error, never "nothing known" (D11).
            None => place.refuse("outcome", Problem::Missing),
            Some(outcome) => place.outcome(self.person, outcome),
        };
        Some(PersonOutcome { person: person?, outcome: outcome? })
    }
}

impl Place<'_> {
    fn outcome(&mut self, person: PersonNumber, outcome: person_outcome::Outcome) -> Option<Outcome> {
        use person_outcome::Outcome as Wire;
        match outcome {
            Wire::NotKnown(_) => Some(Outcome::NotKnown),
            Wire::Known(substance) => self.substance("known", person, Some(substance)).map(Outcome::Known),
            Wire::Partly(partly) => {
                let mut place = self.inside("partly");
                let substance = place.substance("substance", person, partly.substance);
                let still_to_come = place.required_text("still_to_come", partly.still_to_come);
                Some(Outcome::Partly { substance: substance?, still_to_come: Sensitive::about(person, still_to_come?) })
            }
            Wire::TriageRunning(running) => {
                let mut place = self.inside("triage_running");
                let substance = place.substance("substance", person, running.substance);
                let expected = place.required("expected", running.expected);
                Some(Outcome::TriageRunning { substance: substance?, expected: expected? })
            }
            Wire::Ambiguous(ambiguous) if ambiguous.candidates < 1 => {
                self.inside("ambiguous").refuse("candidates", Problem::Form)
            }
            Wire::Ambiguous(ambiguous) => Some(Outcome::Ambiguous { candidates: ambiguous.candidates }),
            Wire::Refused(refused) => {
                let ground = self.inside("refused").required_text("ground", refused.ground);
                Some(Outcome::Refused { ground: Sensitive::about(person, ground?) })
            }
            Wire::WrongRegion(wrong) => {
                let region = self.inside("wrong_region").short("region", wrong.region);
                Some(Outcome::WrongRegion { region: region? })
            }
        }
    }

    fn substance(
        &mut self,
        field: &str,
        person: PersonNumber,
        substance: Option<model::Substance>,
    ) -> Option<Substance> {
        let Some(substance) = substance else {
            return self.refuse(field, Problem::Missing);
        };
        let mut place = self.inside(field);
        let for_advice = place.text("for_advice", substance.for_advice);
        let for_adviser = place.text("for_adviser", substance.for_adviser);
        Some(Substance {
            for_advice: Sensitive::about(person, for_advice?),
            for_adviser: Sensitive::about(person, for_adviser?),
        })
    }
}

impl From<&Searched> for model::Searched {
    fn from(searched: &Searched) -> Self {
        let number = |identifier| model::IdentifierKind::from(identifier).into();
        Self {
            identifiers: searched.identifiers.iter().copied().map(number).collect(),
            register: searched.register.clone(),
            as_of: Some(instant(searched.as_of)),
            by: searched.by.clone(),
        }
    }
}

impl Read<Searched> for model::Searched {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Searched> {
        let mut place = Place::at(path, faults);
        let identifiers = place.choices("identifiers", self.identifiers);
        let register = place.short("register", self.register);
        let as_of = place.required("as_of", self.as_of);
        let by = place.short("by", self.by);
        Some(Searched { identifiers: identifiers?, register: register?, as_of: as_of?, by: by? })
    }
}

impl From<&FurtherPerson> for model::FurtherPerson {
    fn from(person: &FurtherPerson) -> Self {
        Self { identity: person.identity.reveal().map(Into::into), remark: person.remark.text().to_owned() }
    }
}

impl Read<FurtherPerson> for model::FurtherPerson {
    fn read(self, path: &str, faults: &mut Faults) -> Option<FurtherPerson> {
        let mut place = Place::at(path, faults);
        let identity = place.required("identity", self.identity);
        let remark = place.text("remark", self.remark);
        // Nobody gave this person a number yet: kept with the case.
        Some(FurtherPerson { identity: Sensitive::case(identity?), remark: Sensitive::case(remark?) })
    }
}

impl From<&Answer> for model::Answer {
    fn from(answer: &Answer) -> Self {
        Self {
            outcomes: answer.outcomes.iter().map(Into::into).collect(),
            searched: Some((&answer.searched).into()),
            judgement: answer.judgement.as_ref().map(Into::into),
            safety_conditions: answer.safety_conditions.as_ref().map(Into::into),
            further_persons: answer.further_persons.iter().map(Into::into).collect(),
            opinion: answer.opinion.as_ref().map(Into::into),
        }
    }
}

impl Read<Answer> for model::Answer {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Answer> {
        let mut place = Place::at(path, faults);
        let outcomes = place.list("outcomes", PERSON_LIMIT, self.outcomes);
        let searched = place.required("searched", self.searched);
        let judgement = place.optional("judgement", self.judgement);
        let safety_conditions = place.optional("safety_conditions", self.safety_conditions);
        let further_persons = place.list("further_persons", LIST_LIMIT, self.further_persons);
        let opinion = place.optional("opinion", self.opinion);
        Some(Answer {
            outcomes: outcomes?,
            searched: searched?,
            judgement: judgement?,
            safety_conditions: safety_conditions?,
            further_persons: further_persons?,
            opinion: opinion?,
        })
    }
}
