//! The person list of a case: who belongs to it, in which roles, in what relation to the suspect (A28).

use crate::date::Age;
use crate::fault::{Faults, Problem};
use crate::identity::Identity;
use crate::organisation::Region;
use crate::personal::Sensitive;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Number of a person on the list of a case; 1 is the suspect. Numbers are never given to someone else.
pub type PersonNumber = u32;

/// The suspect's number.
pub const SUSPECT: PersonNumber = 1;

/// Most persons on one list.
pub const PERSON_LIMIT: usize = 50;

/// A person's part in the case; one person can have several (A37).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonRole {
    /// The suspect of this case.
    Verdachte,
    /// A victim.
    Slachtoffer,
    /// A witness.
    Getuige,
    /// Otherwise involved.
    Betrokkene,
}

/// What a person is to the suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// The suspect.
    Zelf,
    /// Parent or step-parent.
    Ouder,
    /// Partner.
    Partner,
    /// Former partner.
    ExPartner,
    /// Child or stepchild.
    Kind,
    /// Brother or sister.
    BroerZus,
    /// Other family or member of the household.
    OverigGezin,
    /// No family.
    GeenFamilie,
}

/// One person on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Number within the case.
    pub number: PersonNumber,
    /// Who it is. OM does not learn it when the lead found the person (D10).
    pub identity: Sensitive<Identity>,
    /// Parts in the case.
    pub roles: BTreeSet<PersonRole>,
    /// Relation to the suspect.
    pub relation: Relation,
    /// Lives at the address.
    pub at_address: bool,
    /// The region of the Veilig Thuis where this person lives; that of the case's table when nothing is said (A30, D32).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vt_region: Option<Region>,
    /// The opaque reference under which the lead named this further person (D10), and what it told of the age.
    pub further: Option<Further>,
}

/// A further person that an answer named: all that OM learns of it (D10).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Further {
    /// Opaque reference, given by the lead.
    pub reference: String,
    /// Minor, adult, or either.
    pub age: AgeClass,
}

/// On which side of 18 a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgeClass {
    /// Certainly under 18.
    Minor,
    /// Certainly 18 or over.
    Adult,
    /// May be either (A33).
    Uncertain,
}

/// The list, as it stands at one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Everyone, the suspect first.
    pub persons: Vec<Person>,
    /// Numbers of women whose unborn child is concerned (A11). No person is made for the child.
    pub unborn_of: BTreeSet<PersonNumber>,
}

impl Person {
    /// Minor or adult on a day.
    pub fn age_class(&self, day: Date) -> AgeClass {
        if let Some(further) = &self.further {
            return further.age;
        }
        match self.identity.reveal().map(|identity| identity.birth.age_on(day)) {
            Some(Age { most, .. }) if most < 18 => AgeClass::Minor,
            Some(Age { least, .. }) if least >= 18 => AgeClass::Adult,
            _ => AgeClass::Uncertain,
        }
    }

    /// Certainly someone else: another further person, or an identity that cannot be the same one corrected.
    pub fn is_surely_not(&self, other: &Person) -> bool {
        match (&self.further, &other.further, self.identity.reveal(), other.identity.reveal()) {
            (Some(mine), Some(theirs), _, _) => mine.reference != theirs.reference,
            (None, None, Some(mine), Some(theirs)) => mine.is_surely_not(theirs),
            _ => false,
        }
    }

    /// Belongs to the family; the suspect does not count as a member of it here.
    pub fn is_family(&self) -> bool {
        !matches!(self.relation, Relation::Zelf | Relation::GeenFamilie)
    }

    /// Is a victim.
    pub fn is_victim(&self) -> bool {
        self.roles.contains(&PersonRole::Slachtoffer)
    }
}

impl Household {
    /// The person with a number.
    pub fn person(&self, number: PersonNumber) -> Option<&Person> {
        self.persons.iter().find(|person| person.number == number)
    }

    /// Everything that is wrong with the list, as seen on a day.
    pub fn faults(&self, path: &str, today: Date) -> Faults {
        let mut faults = Faults::new();
        faults.require(self.persons.len() <= PERSON_LIMIT, format!("{path}.persons"), Problem::TooMany);
        faults.require(self.person(SUSPECT).is_some(), format!("{path}.persons"), Problem::Missing);
        for (index, person) in self.persons.iter().enumerate() {
            let here = format!("{path}.persons[{index}]");
            let suspect = person.number == SUSPECT;
            faults.require(person.number != 0, format!("{here}.number"), Problem::Missing);
            faults.require(
                suspect == person.roles.contains(&PersonRole::Verdachte),
                format!("{here}.roles"),
                if suspect { Problem::Missing } else { Problem::Superfluous },
            );
            faults.require(suspect == (person.relation == Relation::Zelf), format!("{here}.relation"), Problem::Form);
            if let Some(identity) = person.identity.reveal()
                && person.further.is_none()
            {
                faults.merge(identity.faults(&format!("{here}.identity"), today));
            }
            let earlier = &self.persons[..index];
            if earlier.iter().any(|other| other.number == person.number) {
                faults.add(format!("{here}.number"), Problem::Duplicate);
            }
            if let Some(twin) = earlier.iter().position(|other| same_person(other, person)) {
                // The suspect is who the police arrested; the other entry is the one too many.
                let one_too_many = if suspect { twin } else { index };
                faults.add(format!("{path}.persons[{one_too_many}].identity"), Problem::Duplicate);
            }
        }
        for (index, mother) in self.unborn_of.iter().enumerate() {
            let known = self.person(*mother).is_some();
            faults.require(known, format!("{path}.unborn_of[{index}]"), Problem::UnknownPerson);
        }
        faults
    }
}

fn same_person(one: &Person, other: &Person) -> bool {
    if let (Some(one), Some(other)) = (&one.further, &other.further) {
        return one.reference == other.reference;
    }
    match (one.identity.reveal(), other.identity.reveal()) {
        (Some(one), Some(other)) => one.is_same_as(other),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
