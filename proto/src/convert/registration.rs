//! The registration of a case.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use crate::pb::{
    model::v1 as model,
    om::v1::{self as om, register_case_request},
};
use zsm::case::{Registration, suspect_alone};
use zsm::flow::SuspectKind;
use zsm::household::{Household, SUSPECT};
use zsm::identity::Identity;
use zsm::{Faults, Problem, Sensitive};

/// Who is suspected, as the police say it.
enum Suspect {
    Person(Identity),
    LegalPerson(String),
    Unknown(String),
}

impl Read<Registration> for om::RegisterCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Registration> {
        let mut place = Place::at(path, faults);
        let bvh_number = place.required_short("bvh_number", self.bvh_number);
        let parketnummer = place.optional_short("parketnummer", self.parketnummer);
        if self.arrested.is_none() {
            place.fault("arrested", Problem::Missing);
        }
        let arrived_at = place.optional("arrived_at", self.arrived_at);
        let entry_route = place.choice("entry_route", self.entry_route);
        let region = place.region("region", &self.region);
        let act = place.required("act", self.act);
        if self.offences.is_empty() {
            place.fault("offences", Problem::Missing);
        }
        let offences = place.each("offences", LIST_LIMIT, self.offences, |place, element, offence| {
            place.required_short(element, offence)
        });
        let hg_km = place.required("hg_km", self.hg_km);
        let by_person = matches!(self.suspect, Some(register_case_request::Suspect::Person(_)));
        let suspect = place.suspect(self.suspect);
        let listed = self.household.unwrap_or_default();
        place.listed(&listed, by_person);
        let household: Option<Household> = place.required("household", Some(listed));
        let police = place.optional("police", self.police);
        let (kind, label, household) = with_suspect(suspect?, household?);
        Some(Registration {
            bvh_number: bvh_number?,
            parketnummer: parketnummer?,
            arrested: self.arrested?,
            arrived_at: arrived_at?,
            entry_route: entry_route?,
            region: region?,
            act: act?,
            offences: offences?,
            hg_km: hg_km?,
            suspect: kind,
            suspect_label: Sensitive::case(label),
            household,
            police: police?.unwrap_or_default(),
        })
    }
}

impl Place<'_> {
    fn suspect(&mut self, suspect: Option<register_case_request::Suspect>) -> Option<Suspect> {
        use register_case_request::Suspect as Wire;
        match suspect {
            None => self.refuse("suspect", Problem::Missing),
            Some(Wire::Person(identity)) => self.required("person", Some(identity)).map(Suspect::Person),
            Some(Wire::LegalPerson(legal)) => {
                self.inside("legal_person").required_short("number", legal.number).map(Suspect::LegalPerson)
            }
            Some(Wire::Unknown(unknown)) => {
                self.inside("unknown").required_short("label", unknown.label).map(Suspect::Unknown)
            }
        }
    }

    /// The suspect's identity stands in one place only; a suspect who is no person stands on no list; and no lead
    /// named anybody yet.
    fn listed(&mut self, household: &model::Household, suspect_is_person: bool) {
        for (index, person) in household.persons.iter().enumerate().take(LIST_LIMIT) {
            let here = format!("household.persons[{index}]");
            if person.number == SUSPECT && !suspect_is_person {
                self.fault(&here, Problem::Superfluous);
            } else if person.number == SUSPECT && person.identity.is_some() {
                self.fault(&format!("{here}.identity"), Problem::Superfluous);
            }
            if person.further_person.is_some() {
                self.fault(&format!("{here}.further_person"), Problem::Superfluous);
            }
        }
    }
}

/// The kind of suspect, the label, and the list with the suspect on it.
fn with_suspect(suspect: Suspect, mut household: Household) -> (SuspectKind, String, Household) {
    match suspect {
        Suspect::LegalPerson(number) => (SuspectKind::LegalPerson, number, household),
        Suspect::Unknown(label) => (SuspectKind::Unknown, label, household),
        Suspect::Person(identity) => {
            let identity = Sensitive::about(SUSPECT, identity);
            match household.persons.iter_mut().find(|person| person.number == SUSPECT) {
                Some(listed) => listed.identity = identity,
                None => household.persons.push(suspect_alone(identity)),
            }
            (SuspectKind::Person, String::new(), household)
        }
    }
}
