//! The answer that was given to another question, of the same incident, for the same item and about the same persons (A12).
//! A person at the desk says that it is the same: it is the source that shares, and never by itself.

use super::Enquiry;
use crate::answer::{Answer, PersonOutcome};
use crate::fault::{Faults, Problem};
use crate::household::PersonNumber;
use crate::identity::Identity;
use crate::name::QuestionName;
use crate::outcome::{Outcome, Substance};
use crate::question::Question;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An answer to another question, that was given here as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The question.
    pub question: QuestionName,
    /// The version of its answer.
    pub version: u32,
}

/// The latest answer to another question, as an answer to this one, and which it is.
///
/// # Errors
/// Why it cannot be the same, one fault for each reason.
pub(super) fn answer(question: &Question, other: &Enquiry) -> Result<(Answer, Origin), Faults> {
    let (mut faults, field) = (Faults::new(), "same_as");
    let theirs = &other.question;
    let itself = question.name == theirs.name;
    let within = question.incident.is_some() && question.incident == theirs.incident && !itself;
    faults.require(within, field, Problem::OtherIncident);
    // What the adviser asks beside the usual is a purpose of its own.
    let purpose = (question.item, &question.text) == (theirs.item, &theirs.text);
    faults.require(purpose, field, Problem::OtherItem);
    let given = other.latest().filter(|_| !other.withdrawn);
    faults.require(given.is_some(), field, Problem::NotAnswered);
    let twins: Vec<_> =
        question.answer_about().into_iter().map(|person| (person, twin(question, person, theirs))).collect();
    let alike = are_all_persons(&twins, theirs) && is_same_search(question, theirs);
    faults.require(alike, field, Problem::OtherPersons);
    let Some(given) = given else { return Err(faults) };
    let retold = twins.into_iter().filter_map(|(person, twin)| {
        let outcome = given.answer.outcomes.iter().find(|one| Some(one.person) == twin)?;
        Some(PersonOutcome { person, outcome: about(&outcome.outcome, person) })
    });
    let outcomes = retold.collect();
    let origin = Origin { question: theirs.name, version: given.version };
    faults.or((Answer { outcomes, ..given.answer.clone() }, origin))
}

/// The number in another question of a person who is asked about here; nothing unless it surely is the same person.
fn twin(question: &Question, person: PersonNumber, other: &Question) -> Option<PersonNumber> {
    let who = identity(question, person)?;
    let mut same = other
        .answer_about()
        .into_iter()
        .filter(|one| identity(other, *one).is_some_and(|identity| identity.is_same_as(who)));
    same.next().filter(|_| same.next().is_none())
}

/// Everyone here is somebody there, and nobody there is left over: an answer says no more than is asked here.
fn are_all_persons(twins: &[(PersonNumber, Option<PersonNumber>)], other: &Question) -> bool {
    let found: BTreeSet<_> = twins.iter().filter_map(|(_, twin)| *twin).collect();
    twins.iter().all(|(_, twin)| twin.is_some()) && found == other.answer_about().into_iter().collect()
}

/// Children were sought there under the same person as here, or under nobody in both (D9).
fn is_same_search(question: &Question, other: &Question) -> bool {
    match (&question.reference, &other.reference) {
        (None, None) => true,
        (Some(here), Some(there)) => {
            let same =
                here.identity.reveal().zip(there.identity.reveal()).is_some_and(|(one, two)| one.is_same_as(two));
            same && here.unborn == there.unborn
        }
        _ => false,
    }
}

fn identity(question: &Question, person: PersonNumber) -> Option<&Identity> {
    let subjects = question.subjects.iter().map(|one| (one.person, &one.identity));
    let reference = question.reference.iter().map(|one| (one.person, &one.identity));
    let mut named = subjects.chain(reference).filter(|(number, _)| *number == person);
    named.next()?.1.reveal()
}

/// The same outcome, about the person with this number.
fn about(outcome: &Outcome, person: PersonNumber) -> Outcome {
    let retold = |substance: &Substance| Substance {
        for_advice: substance.for_advice.retold_about(person),
        for_adviser: substance.for_adviser.retold_about(person),
    };
    match outcome {
        Outcome::Known(substance) => Outcome::Known(retold(substance)),
        Outcome::Partly { substance, still_to_come } => {
            Outcome::Partly { substance: retold(substance), still_to_come: still_to_come.retold_about(person) }
        }
        Outcome::TriageRunning { substance, expected } => {
            Outcome::TriageRunning { substance: retold(substance), expected: *expected }
        }
        Outcome::Refused { ground } => Outcome::Refused { ground: ground.retold_about(person) },
        Outcome::NotKnown | Outcome::Ambiguous { .. } | Outcome::WrongRegion { .. } => outcome.clone(),
    }
}
