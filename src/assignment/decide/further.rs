//! Further persons: whom an answer names beside those who were asked about (D10).

use crate::answer::{Answer, FurtherPerson};
use crate::assignment::{Assignment, Brief, Event};
use crate::date::day_of;
use crate::household::{AgeClass, Further, Person};
use crate::organisation::Organisation;
use jiff::Timestamp;

/// Each person who was not named before gets an opaque reference; OM learns that and minor or adult, no more (D10). The
/// reference rests on the place in the answer and on nothing of the person: nobody can guess who it is.
pub(super) fn named(
    assignment: &Assignment,
    by: &Organisation,
    source: &str,
    answer: &Answer,
    at: Timestamp,
) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, person) in answer.further_persons.iter().enumerate() {
        let earlier = &answer.further_persons[..index];
        if is_surely_known(assignment, person, earlier) || was_named_by(assignment, by, person, earlier) {
            continue;
        }
        let id = crate::name::derive(&format!("{source}/{index}"));
        let age = person.identity.reveal().map(|identity| identity.birth.age_on(day_of(at)));
        let age = match age {
            Some(age) if age.under(18) => AgeClass::Minor,
            Some(age) if age.reached(18) => AgeClass::Adult,
            _ => AgeClass::Uncertain,
        };
        let further = Further { reference: format!("{}/further/{id}", assignment.name), age };
        events.push(Event::FurtherPersonNamed { further, person: person.clone(), by: Some(by.clone()) });
    }
    events
}

/// Someone who is asked about already, or named before by whomever: surely the same person. Who is on the list only as a
/// witness is asked about by nobody, and is named.
fn is_surely_known(assignment: &Assignment, person: &FurtherPerson, earlier: &[FurtherPerson]) -> bool {
    let Some(identity) = person.identity.reveal() else { return false };
    let listed = assignment.brief.iter().flat_map(|brief| asked_about(brief)).map(|person| &person.identity);
    let named = assignment.further.iter().map(|named| &named.person.identity);
    let mut known = listed.chain(named).chain(earlier.iter().map(|other| &other.identity));
    known.any(|other| other.reveal().is_some_and(|other| other.is_same_as(identity)))
}

/// Who of the list some required item is about.
fn asked_about(brief: &Brief) -> impl Iterator<Item = &Person> {
    let is_asked = |person: &&Person| {
        brief.required.items().iter().any(|requirement| {
            requirement.subjects.iter().any(|asked| asked.person == person.number)
                || requirement.reference.is_some_and(|reference| reference.person == person.number)
        })
    };
    brief.household.persons.iter().filter(is_asked)
}

/// The same office named this person before, in the same words. Too little may be known to be sure that another office
/// means the same person; one office that says it again does. Who stands in an answer twice in the same words is two
/// persons, also the next time.
fn was_named_by(assignment: &Assignment, by: &Organisation, person: &FurtherPerson, earlier: &[FurtherPerson]) -> bool {
    let same = |other: &&FurtherPerson| other.is_same_entry(person);
    let before = assignment.further.iter().filter(|named| named.by.as_ref() == Some(by));
    let before = before.map(|named| &named.person).filter(same).count();
    before > earlier.iter().filter(same).count()
}
