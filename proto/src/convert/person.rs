//! Persons and the person list.

use super::Read;
use super::place::Place;
use crate::pb::model::v1 as model;
use zsm::date::PartialDate;
use zsm::household::{Further, Household, PERSON_LIMIT, Person, SUSPECT};
use zsm::identity::{Bsn, Identity};
use zsm::{Faults, Problem, Sensitive};

impl From<&Identity> for model::Identity {
    fn from(identity: &Identity) -> Self {
        Self {
            bsn: identity.bsn.as_ref().map(|bsn| bsn.digits().to_owned()).unwrap_or_default(),
            surname: identity.surname.clone(),
            first_names: identity.first_names.clone(),
            birth_date: identity.birth.text(),
            postcode: identity.postcode.clone(),
            house_number: identity.house_number.clone(),
        }
    }
}

impl Read<Identity> for model::Identity {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Identity> {
        let mut place = Place::at(path, faults);
        let bsn = place.bsn("bsn", &self.bsn);
        let surname = place.short("surname", self.surname);
        let first_names = place.short("first_names", self.first_names);
        let birth = match PartialDate::parse(&self.birth_date) {
            Some(birth) => Some(birth),
            None => {
                place.fault("birth_date", Problem::Form);
                Some(PartialDate::Unknown)
            }
        };
        let postcode = place.short("postcode", self.postcode);
        let house_number = place.short("house_number", self.house_number);
        Some(Identity {
            bsn: bsn?,
            surname: surname?,
            first_names: first_names?,
            birth: birth?,
            postcode: postcode?,
            house_number: house_number?,
        })
    }
}

impl From<&Further> for model::FurtherReference {
    fn from(further: &Further) -> Self {
        Self { reference: further.reference.clone(), age_class: model::AgeClass::from(further.age).into() }
    }
}

impl Read<Further> for model::FurtherReference {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Further> {
        let mut place = Place::at(path, faults);
        let reference = place.required_short("reference", self.reference);
        let age = place.choice("age_class", self.age_class);
        Some(Further { reference: reference?, age: age? })
    }
}

impl From<&Person> for model::Person {
    fn from(person: &Person) -> Self {
        Self {
            number: person.number,
            identity: person.identity.reveal().map(Into::into),
            roles: person.roles.iter().map(|role| model::PersonRole::from(*role).into()).collect(),
            relation: model::Relation::from(person.relation).into(),
            at_address: person.at_address,
            vt_region: person.vt_region.as_ref().map(|region| region.as_str().to_owned()).unwrap_or_default(),
            municipality: String::new(),
            further_person: person.further.as_ref().map(Into::into),
        }
    }
}

impl Read<Person> for model::Person {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Person> {
        let mut place = Place::at(path, faults);
        match (self.number == SUSPECT, &self.identity, &self.further_person) {
            (_, Some(_), Some(_)) | (true, None, Some(_)) => place.fault("further_person", Problem::Superfluous),
            (false, None, None) => place.fault("identity", Problem::Missing),
            (_, Some(_), None) | (true, None, None) | (false, None, Some(_)) => {}
        }
        let number = place.counted("number", self.number);
        let identity = place.optional("identity", self.identity);
        let roles = place.choices("roles", self.roles);
        let relation = place.choice("relation", self.relation);
        let further = place.optional("further_person", self.further_person);
        let vt_region = place.optional_region("vt_region", &self.vt_region);
        let number = number?;
        Some(Person {
            number,
            // Without an identity: a further person, or the suspect as known already.
            identity: identity?
                .map_or_else(|| Sensitive::forgotten(number), |identity| Sensitive::about(number, identity)),
            roles: roles?,
            relation: relation?,
            at_address: self.at_address,
            vt_region: vt_region?,
            further: further?,
        })
    }
}

impl From<&Household> for model::Household {
    fn from(household: &Household) -> Self {
        Self {
            persons: household.persons.iter().map(Into::into).collect(),
            unborn_of: household.unborn_of.iter().copied().collect(),
        }
    }
}

impl Read<Household> for model::Household {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Household> {
        let mut place = Place::at(path, faults);
        let persons = place.list("persons", PERSON_LIMIT, self.persons);
        let unborn_of = place.set("unborn_of", self.unborn_of, |place, element, number| place.counted(element, number));
        Some(Household { persons: persons?, unborn_of: unborn_of? })
    }
}

impl Place<'_> {
    /// A BSN that may be left out.
    fn bsn(&mut self, field: &str, digits: &str) -> Option<Option<Bsn>> {
        if digits.is_empty() {
            return Some(None);
        }
        let nine = digits.len() == 9 && digits.bytes().all(|digit| digit.is_ascii_digit());
        match Bsn::parse(digits) {
            Some(bsn) => Some(Some(bsn)),
            None => {
                self.fault(field, if nine { Problem::Elfproef } else { Problem::Form });
                Some(None)
            }
        }
    }
}
