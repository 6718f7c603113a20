//! Who must be asked about whom: the required set, by rule, never empty, never from what happens to run (D7-D9).

use crate::date::day_of;
use crate::flow::{Flow, SettledAge, age_at_act, suspect_may_be_adult};
use crate::household::{AgeClass, Household, Person, PersonNumber, SUSPECT};
use crate::item::Item;
use crate::offence::{Act, HgKm};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Version of the rules in this module; a required set says by which it was made (D7).
pub const RULE_SET: u32 = 1;

/// A person asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Asked {
    /// Number on the person list.
    pub person: PersonNumber,
    /// May be a minor or an adult: asked in both checks (D8).
    pub age_uncertain: bool,
}

/// The person by whom a kindcheck searches; no content about that person is asked (D9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The suspect, or the mother of an unborn child.
    pub person: PersonNumber,
    /// The question is about an unborn child.
    pub unborn: bool,
}

/// One required item and whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The item.
    pub item: Item,
    /// The persons it is about; empty in a kindcheck for a family without known children.
    pub subjects: Vec<Asked>,
    /// In a kindcheck: the search key.
    pub reference: Option<Reference>,
}

/// The required set. Not empty: there is no way to make an empty one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Required {
    items: Vec<Requirement>,
    /// By which version of the rules.
    pub rule_set: u32,
    /// The day of the question, on which ages were taken (D8).
    pub day: Date,
}

#[derive(Clone, Serialize, Deserialize)]
struct Parts {
    items: Vec<Requirement>,
    rule_set: u32,
    day: Date,
}

/// An empty required set was met: over nothing no gate can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a required set holds at least one item")]
pub struct Empty(());

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The act.
    pub act: &'a Act,
    /// HG/KM.
    pub hg_km: &'a HgKm,
    /// How the age was settled, if it was.
    pub settled: Option<SettledAge>,
    /// The confirmed person list.
    pub household: &'a Household,
}

impl TryFrom<Parts> for Required {
    type Error = Empty;
    fn try_from(parts: Parts) -> Result<Self, Empty> {
        Required::try_new(parts.items, parts.rule_set, parts.day)
    }
}

impl From<Required> for Parts {
    fn from(required: Required) -> Self {
        Parts { items: required.items, rule_set: required.rule_set, day: required.day }
    }
}

impl Required {
    /// A set of at least one item.
    ///
    /// # Errors
    /// [`Empty`] when there is none.
    pub fn try_new(items: Vec<Requirement>, rule_set: u32, day: Date) -> Result<Self, Empty> {
        if items.is_empty() { Err(Empty(())) } else { Ok(Self { items, rule_set, day }) }
    }

    /// The requirements.
    pub fn items(&self) -> &[Requirement] {
        &self.items
    }

    /// The requirement of an item, if it is required.
    pub fn of(&self, item: Item) -> Option<&Requirement> {
        self.items.iter().find(|requirement| requirement.item == item)
    }
}

impl Requirement {
    /// Everyone about whom an outcome must come back: the subjects, and the reference person where the question is
    /// about children nobody named yet (D9, D11).
    pub fn answer_about(&self) -> Vec<PersonNumber> {
        let mut persons: Vec<PersonNumber> = self.subjects.iter().map(|asked| asked.person).collect();
        if let Some(reference) = self.reference
            && (persons.is_empty() || reference.unborn)
            && !persons.contains(&reference.person)
        {
            persons.push(reference.person);
        }
        persons
    }
}

/// The required set of a case, on the day of the question (D8); nothing outside flows a and b.
pub fn compute(facts: Facts<'_>, at: Timestamp) -> Option<Required> {
    let day = day_of(at);
    let items = match facts.flow {
        Flow::A => flow_a(facts, day),
        Flow::B => flow_b(facts, day),
        Flow::Outside(_) | Flow::Under12 | Flow::Undecided(_) => return None,
    };
    Required::try_new(items, RULE_SET, day).ok()
}

fn flow_a(facts: Facts<'_>, day: Date) -> Vec<Requirement> {
    let household = facts.household;
    let either = suspect_may_be_adult(age_at_act(household, facts.act), facts.hg_km, facts.settled);
    let adults = household.persons.iter().filter(|person| match person.number {
        SUSPECT => either,
        _ => person.is_family() && person.age_class(day) != AgeClass::Minor,
    });
    let adults: Vec<Asked> = adults
        .map(|person| Asked {
            age_uncertain: person.number == SUSPECT || uncertain(person, day),
            person: person.number,
        })
        .collect();
    let minors = household.persons.iter().filter(|person| {
        person.number == SUSPECT || (is_concerned(person) && person.age_class(day) != AgeClass::Adult)
    });
    let own = minors.map(|person| asked(person, day)).collect();
    let mut items = vec![everyone_at_vt(household, day), requirement(Item::EigenOnderzoek, own), dossier()];
    // "Not applicable" is computed, for a confirmed household without adult family members (D9, A29).
    if !adults.is_empty() {
        items.push(requirement(Item::Oudercheck, adults));
    }
    items
}

fn flow_b(facts: Facts<'_>, day: Date) -> Vec<Requirement> {
    let household = facts.household;
    let own = household
        .persons
        .iter()
        .filter(|person| person.number == SUSPECT || (person.is_family() && person.age_class(day) != AgeClass::Minor));
    let own = own.map(|person| asked(person, day)).collect();
    let children = household
        .persons
        .iter()
        .filter(|person| person.number != SUSPECT && is_concerned(person) && person.age_class(day) != AgeClass::Adult);
    let children = children.map(|person| asked(person, day)).collect();
    let reference = match household.unborn_of.first() {
        Some(mother) => Reference { person: *mother, unborn: true },
        None => Reference { person: SUSPECT, unborn: false },
    };
    let kindcheck = Requirement { item: Item::Kindcheck, subjects: children, reference: Some(reference) };
    vec![everyone_at_vt(household, day), kindcheck, requirement(Item::EigenOnderzoek, own), dossier()]
}

/// Veilig Thuis is asked about all family: the suspect and the victims on the list are part of it (D8).
fn everyone_at_vt(household: &Household, day: Date) -> Requirement {
    let everyone = household.persons.iter().filter(|person| person.number == SUSPECT || is_concerned(person));
    requirement(Item::VeiligThuis, everyone.map(|person| asked(person, day)).collect())
}

fn is_concerned(person: &Person) -> bool {
    person.is_family() || person.is_victim()
}

fn dossier() -> Requirement {
    requirement(Item::Politiedossier, vec![Asked { person: SUSPECT, age_uncertain: false }])
}

fn requirement(item: Item, subjects: Vec<Asked>) -> Requirement {
    Requirement { item, subjects, reference: None }
}

fn asked(person: &Person, day: Date) -> Asked {
    Asked { person: person.number, age_uncertain: uncertain(person, day) }
}

fn uncertain(person: &Person, day: Date) -> bool {
    person.age_class(day) == AgeClass::Uncertain
}

#[cfg(test)]
mod tests;
