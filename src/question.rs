//! A question to a source: the smallest that serves, identified by assignment, item and round (D9, E4).

use crate::answer::Identifier;
use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::household::{Household, PersonNumber, PersonRole, Relation};
use crate::identity::{Identity, Normal};
use crate::item::Item;
use crate::name::{AssignmentName, CaseName, IncidentName, QuestionName};
use crate::organisation::{Organisation, Region};
use crate::personal::Sensitive;
use crate::required::Requirement;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A person asked about, with what the source needs to search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Number on the person list of the case.
    pub person: PersonNumber,
    /// Who it is.
    pub identity: Sensitive<Identity>,
    /// Parts in the case.
    pub roles: BTreeSet<PersonRole>,
    /// Relation to the suspect.
    pub relation: Relation,
    /// May be a minor or an adult (D8).
    pub age_uncertain: bool,
}

/// The search key of a kindcheck (D9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferencePerson {
    /// Number on the person list of the case.
    pub person: PersonNumber,
    /// Who it is.
    pub identity: Sensitive<Identity>,
    /// The question is about an unborn child.
    pub unborn: bool,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Derived from assignment, item and round.
    pub name: QuestionName,
    /// The assignment it serves.
    pub assignment: AssignmentName,
    /// Which item it is for: Veilig Thuis, oudercheck or kindcheck.
    pub item: Item,
    /// Changed content raises the round (E4).
    pub round: u32,
    /// Who asks: the lead.
    pub asked_by: Organisation,
    /// Who must answer; only this organisation may (D19).
    pub addressee: Organisation,
    /// Whom it is about.
    pub subjects: Vec<Subject>,
    /// In a kindcheck: the search key.
    pub reference: Option<ReferencePerson>,
    /// HG/KM binds: "not known" is never automatic at VT (D13).
    pub hg_km: bool,
    /// Reference of this case's report at VT, to check against the inbox (A40).
    pub report: Option<String>,
    /// Reference of the zorgmelding.
    pub zorgmelding: Option<String>,
    /// The suspect was arrested: the short term holds.
    pub arrested: bool,
    /// The day of the question, on which ages were taken (D8): who comes of age later is still asked about.
    pub asked_on: Date,
    /// The incident that it is about: only within it can an answer be the same as another (A12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentName>,
    /// The case that it is asked for, by an opaque name: there goes an acute signal (D27). Not told in older questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseName>,
    /// It was agreed where this question was asked that the acute part of VT's triage suffices for now (D15).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acute_part_suffices: bool,
    /// Where this case's report was made, when that is another region than the one asked: that one judges on what it
    /// knows itself, and may know of no report (A30, D14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_in: Option<Region>,
    /// What the adviser asks beside the usual. A person must answer it, never the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive<String>>,
}

impl Question {
    /// Everyone about whom an outcome must come back (D9, D11).
    pub fn answer_about(&self) -> Vec<PersonNumber> {
        let mut persons: Vec<PersonNumber> = self.subjects.iter().map(|subject| subject.person).collect();
        if let Some(reference) = &self.reference
            && (persons.is_empty() || reference.unborn)
            && !persons.contains(&reference.person)
        {
            persons.push(reference.person);
        }
        persons
    }

    /// By which identifiers someone can be sought with certainty: a BSN, or else all four others (A33); nothing when that
    /// cannot be.
    pub fn identifiers_of(&self, person: PersonNumber) -> Option<BTreeSet<Identifier>> {
        let subjects = self.subjects.iter().map(|one| (one.person, &one.identity));
        let reference = self.reference.iter().map(|one| (one.person, &one.identity));
        let named = subjects.chain(reference).filter(|(named, _)| *named == person);
        let sought = named.map(|(_, identity)| match identity.reveal()? {
            Identity { bsn: Some(_), .. } => Some(BTreeSet::from([Identifier::Bsn])),
            other => {
                Normal::of(other).is_whole().then(|| BTreeSet::from([Identifier::NameAndBirth, Identifier::Address]))
            }
        });
        let sought = sought.collect::<Option<Vec<_>>>()?;
        (!sought.is_empty()).then(|| sought.into_iter().flatten().collect())
    }

    /// Whether another question asks the same of the same source: then it need not be asked again (D23).
    pub fn asks_the_same_as(&self, other: &Question) -> bool {
        let bare = |question: &Question| Question {
            name: other.name,
            round: 0,
            asked_on: other.asked_on,
            acute_part_suffices: other.acute_part_suffices,
            incident: other.incident,
            case: other.case,
            ..question.clone()
        };
        bare(self) == bare(other)
    }

    /// The same question, without who these persons are.
    #[must_use]
    pub fn without_identity_of(&self, persons: &BTreeSet<PersonNumber>) -> Question {
        let mut question = self.clone();
        let subjects = question.subjects.iter_mut().map(|subject| (subject.person, &mut subject.identity));
        let reference = question.reference.iter_mut().map(|reference| (reference.person, &mut reference.identity));
        for (person, identity) in subjects.chain(reference).filter(|(person, _)| persons.contains(person)) {
            *identity = Sensitive::about(person, Identity::unknown());
        }
        question
    }

    /// What is wrong with it, as seen at an instant: no certain adult in a kindcheck, no certain minor in an
    /// oudercheck on the day of the question, nobody twice (A10, D8, D9).
    pub fn faults(&self, path: &str, at: Timestamp) -> Faults {
        let mut faults = Faults::new();
        faults.require(self.asked_on <= day_of(at), format!("{path}.asked_on"), Problem::InFuture);
        faults.require(
            self.item.source() == Some(self.addressee.kind),
            format!("{path}.item"),
            Problem::NotForThisOffice,
        );
        let derived = QuestionName::derive(self.assignment, self.item, self.round);
        faults.require(self.name == derived, format!("{path}.name"), Problem::Form);
        faults.require(
            (self.item == Item::Kindcheck) == self.reference.is_some(),
            format!("{path}.reference_person"),
            if self.reference.is_some() { Problem::Superfluous } else { Problem::Missing },
        );
        let nobody = self.subjects.is_empty() && self.reference.is_none();
        faults.require(!nobody, format!("{path}.subjects"), Problem::Missing);
        for (index, subject) in self.subjects.iter().enumerate() {
            let here = format!("{path}.subjects[{index}]");
            let age = subject.identity.reveal().map(|identity| identity.birth.age_on(self.asked_on));
            let wrong = match self.item {
                Item::Kindcheck => age.is_some_and(|age| age.reached(18)),
                Item::Oudercheck => age.is_some_and(|age| age.under(18)),
                _ => false,
            };
            faults.require(!wrong, here.clone(), Problem::WrongAge);
            let twice = self.subjects[..index].iter().any(|other| other.person == subject.person);
            faults.require(!twice, here, Problem::Duplicate);
        }
        faults
    }

    /// The subjects of a requirement, with their identities from the person list.
    pub fn subjects_of(requirement: &Requirement, household: &Household) -> Vec<Subject> {
        let subject = |asked: &crate::required::Asked| {
            household.person(asked.person).map(|person| Subject {
                person: person.number,
                identity: person.identity.clone(),
                roles: person.roles.clone(),
                relation: person.relation,
                age_uncertain: asked.age_uncertain,
            })
        };
        requirement.subjects.iter().filter_map(subject).collect()
    }

    /// The reference person of a requirement, with the identity from the person list.
    pub fn reference_of(requirement: &Requirement, household: &Household) -> Option<ReferencePerson> {
        let reference = requirement.reference?;
        let person = household.person(reference.person)?;
        Some(ReferencePerson { person: person.number, identity: person.identity.clone(), unborn: reference.unborn })
    }
}

#[cfg(test)]
mod tests;
