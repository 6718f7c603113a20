//! A correction of what the police registered (A36, D2, D3, D23).

use super::Case;
use crate::flow::{SuspectKind, age_at_act, possible};
use crate::household::{Household, Person, PersonRole, Relation, SUSPECT};
use crate::identity::Identity;
use crate::offence::{Act, HgKm};
use crate::personal::Sensitive;
use crate::police::Notice;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What turned out otherwise than it was registered. What is left out stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Who the suspect is. For a suspect who was unknown: he is known now.
    pub suspect: Option<Sensitive<Identity>>,
    /// The act.
    pub act: Option<Act>,
    /// The offences; none when they stay as they were.
    pub offences: Vec<String>,
    /// HG/KM.
    pub hg_km: Option<HgKm>,
    /// Others on the person list: a number on it is corrected, a new number joins. Nobody drops from it here.
    pub persons: Vec<Person>,
    /// Why.
    pub reason: Sensitive<String>,
}

impl Amendment {
    /// Whether it corrects nothing.
    pub fn is_empty(&self) -> bool {
        let Self { suspect, act, offences, hg_km, persons, reason: _ } = self;
        suspect.is_none() && act.is_none() && offences.is_empty() && hg_km.is_none() && persons.is_empty()
    }

    /// Without what the case says already.
    pub(super) fn new_to(self, case: &Case) -> Self {
        let list = case.list_of_police();
        let suspect = list.person(SUSPECT).map(|person| &person.identity);
        Self {
            suspect: self.suspect.filter(|identity| suspect != Some(identity)),
            act: self.act.filter(|act| *act != case.facts.act),
            offences: if self.offences == case.facts.offences { Vec::new() } else { self.offences },
            hg_km: self.hg_km.filter(|hg_km| *hg_km != case.facts.hg_km),
            persons: self.persons.into_iter().filter(|person| list.person(person.number) != Some(person)).collect(),
            reason: self.reason,
        }
    }

    /// What it takes the place of: the same parts, as the case has them.
    pub(super) fn replaced_in(&self, case: &Case) -> Self {
        let list = case.list_of_police();
        let suspect = list.person(SUSPECT).filter(|_| self.suspect.is_some());
        Self {
            suspect: suspect.map(|person| person.identity.clone()),
            act: self.act.is_some().then(|| case.facts.act.clone()),
            offences: if self.offences.is_empty() { Vec::new() } else { case.facts.offences.clone() },
            hg_km: self.hg_km.is_some().then(|| case.facts.hg_km.clone()),
            persons: self.persons.iter().filter_map(|person| list.person(person.number)).cloned().collect(),
            reason: self.reason.clone(),
        }
    }
}

impl Case {
    /// The person list with every correction of the police, confirmed or not.
    pub fn list_of_police(&self) -> &Household {
        self.corrected.as_ref().unwrap_or(&self.facts.household)
    }

    /// Whether the person list stands as it was confirmed. It does not when the police corrected it since, nor when it
    /// lists someone whom only a lead of before knows (D10).
    pub fn is_confirmed(&self) -> bool {
        let known = self.progress.as_ref().map_or(&[][..], |snapshot| &snapshot.further_persons);
        let mut further = self.facts.household.persons.iter().filter_map(|person| person.further.as_ref());
        self.household_version > 0 && self.corrected.is_none() && further.all(|further| known.contains(further))
    }

    /// The case with a correction.
    pub(super) fn amend(&mut self, amendment: &Amendment, at: Timestamp) {
        if let Some(identity) = &amendment.suspect {
            self.facts.suspect = SuspectKind::Person;
            self.facts.suspect_label = Sensitive::case(String::new());
            let lists = [Some(&mut self.facts.household), self.corrected.as_mut()];
            lists.into_iter().flatten().for_each(|list| put_suspect(list, identity));
            // Who the suspect is the police say: the confirmed list takes it over, and is another version of it.
            self.household_version += u32::from(self.household_version > 0);
        }
        if let Some(act) = &amendment.act {
            self.facts.act = act.clone();
        }
        if !amendment.offences.is_empty() {
            self.facts.offences.clone_from(&amendment.offences);
        }
        if let Some(hg_km) = &amendment.hg_km {
            self.facts.hg_km = hg_km.clone();
        }
        if !amendment.persons.is_empty() {
            let mut list = self.list_of_police().clone();
            amendment.persons.iter().for_each(|person| put(&mut list, person));
            if self.household_version > 0 { self.corrected = Some(list) } else { self.facts.household = list }
        }
        for person in &self.list_of_police().persons.clone() {
            self.numbers.insert(person.number, person.clone());
        }
        // What the corrected facts exclude was never settled (D3), and "not due" must be lawful still (D6).
        let age = age_at_act(&self.facts.household, &self.facts.act);
        self.settled = self.settled.filter(|settled| possible(age, *settled));
        let facts = &mut self.facts;
        let faults = facts.police.faults("", facts.entry_route, facts.hg_km.binds(), &facts.household);
        if !faults.is_empty() && matches!(facts.police.report_to_vt, Some(Notice::NotDue { .. })) {
            facts.police.report_to_vt = None;
        }
        self.confirmed_at = at;
    }
}

fn put(list: &mut Household, person: &Person) {
    match list.persons.iter_mut().find(|listed| listed.number == person.number) {
        Some(listed) => *listed = person.clone(),
        None => list.persons.push(person.clone()),
    }
}

fn put_suspect(list: &mut Household, identity: &Sensitive<Identity>) {
    match list.persons.iter_mut().find(|person| person.number == SUSPECT) {
        Some(suspect) => suspect.identity = identity.clone(),
        None => list.persons.insert(0, suspect_alone(identity.clone())),
    }
}

/// A suspect of whom the police say nothing but who it is.
pub fn suspect_alone(identity: Sensitive<Identity>) -> Person {
    Person {
        number: SUSPECT,
        identity,
        roles: BTreeSet::from([PersonRole::Verdachte]),
        relation: Relation::Zelf,
        at_address: true,
        vt_region: None,
        further: None,
    }
}
