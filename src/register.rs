//! An answer straight from the register: only when it is certain; everything else goes to the desk (D13, D14).

use crate::answer::{Answer, Identifier, PersonOutcome, Searched};
use crate::household::PersonNumber;
use crate::item::Item;
use crate::judgement::{Judgement, SafetyConditions};
use crate::outcome::{Outcome, Substance};
use crate::question::Question;
use crate::term::Terms;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The rule under which a register answers by itself; stands in an answer as who searched.
pub const RULE: &str = "regel:register-1";

/// What the register holds on the persons of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Name of the register.
    pub register: String,
    /// Up to date until then.
    pub as_of: Timestamp,
    /// What was found for each person looked up by an exact BSN, and each who was found by all four other identifiers.
    /// Who is missing here was not looked up.
    pub found: Vec<Found>,
    /// For whom the register holds somebody who may be meant, or cannot rule that out: a person at the desk decides (A33).
    pub in_doubt: BTreeSet<PersonNumber>,
    /// Whether the register holds children of the reference person who were not asked about by number, or cannot rule that
    /// out; nothing when no search for children was made.
    pub children_of_reference: Option<bool>,
}

/// What the register holds on one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Number on the person list.
    pub person: PersonNumber,
    /// What is known; nothing when the person is not in the register.
    pub known: Option<Substance>,
    /// A judgement of Veilig Thuis.
    pub judgement: Option<Judgement>,
    /// Veiligheidsvoorwaarden.
    pub safety_conditions: Option<SafetyConditions>,
}

/// The answer that the register gives by itself, or nothing: then the question goes to the desk.
///
/// "Not known" must be earned: an exact BSN, a fresh register, and never for Veilig Thuis where HG/KM binds (D13). Without
/// a BSN a person can be known by all four other identifiers, and never not known. While one person is in doubt there is
/// no answer about anybody.
pub fn answer(question: &Question, lookup: &Lookup, terms: Terms, received: Timestamp) -> Option<Answer> {
    let unborn = question.reference.as_ref().is_some_and(|reference| reference.unborn);
    let unnamed_children = question.reference.is_some() && lookup.children_of_reference != Some(false);
    let doubt = unborn || unnamed_children || !lookup.in_doubt.is_empty();
    if !terms.is_fresh(lookup.as_of, received) || doubt {
        return None;
    }
    // No content about a reference person is asked: what the register holds on him is no answer (D9).
    let by_reference = question.subjects.is_empty().then_some(question.reference.as_ref()).flatten();
    if by_reference.and_then(|one| lookup.of(one.person)).is_some_and(|found| found.known.is_some()) {
        return None;
    }
    let found = question.answer_about().into_iter().map(|person| lookup.of(person)).collect::<Option<Vec<_>>>()?;
    let identifiers = found.iter().map(|one| one.sought_by(question)).collect::<Option<Vec<_>>>()?;
    let searched = lookup.searched(identifiers.into_iter().flatten().collect());
    let answer = match question.item {
        Item::VeiligThuis => from_vt(question, searched, &found, terms.triage_due(received))?,
        _ => answered(searched, found.iter().map(|one| one.outcome()).collect(), None, None),
    };
    answer.faults(question, "answer", received).is_empty().then_some(answer)
}

fn from_vt(question: &Question, searched: Searched, found: &[&Found], triage_due: Timestamp) -> Option<Answer> {
    if question.hg_km && found.iter().any(|one| one.known.is_none()) {
        return None;
    }
    let mut judgements: Vec<&Judgement> = found.iter().filter_map(|one| one.judgement.as_ref()).collect();
    judgements.dedup();
    let known = found.iter().any(|one| one.known.is_some());
    let judgement = match judgements.as_slice() {
        [] if known => return None,
        [] => Judgement::NoReportKnown,
        [one] => (*one).clone(),
        // Judgements that differ are for a person to sort out: one VtOordeel per question (D14).
        [_, _, ..] => return None,
    };
    let covered = judgement.covers(question.report.as_deref());
    let outcome = |one: &&Found| match (&one.known, covered) {
        (Some(substance), false) => PersonOutcome {
            person: one.person,
            outcome: Outcome::TriageRunning { substance: substance.clone(), expected: triage_due },
        },
        _ => one.outcome(),
    };
    let outcomes = found.iter().map(outcome).collect();
    let mut conditions = found.iter().filter_map(|one| one.safety_conditions.clone());
    let safety = match (conditions.next(), conditions.next()) {
        (Some(only), None) => only,
        (None, _) if !known => SafetyConditions::None,
        (None, _) => SafetyConditions::NotYetJudged,
        (Some(first), Some(second)) if first == second && conditions.all(|other| other == first) => first,
        (Some(_), Some(_)) => return None,
    };
    Some(answered(searched, outcomes, Some(judgement), Some(safety)))
}

impl Lookup {
    fn of(&self, person: PersonNumber) -> Option<&Found> {
        self.found.iter().find(|found| found.person == person)
    }

    fn searched(&self, identifiers: BTreeSet<Identifier>) -> Searched {
        Searched { identifiers, register: self.register.clone(), as_of: self.as_of, by: RULE.into() }
    }
}

impl Found {
    fn outcome(&self) -> PersonOutcome {
        let outcome = self.known.clone().map_or(Outcome::NotKnown, Outcome::Known);
        PersonOutcome { person: self.person, outcome }
    }

    /// By which identifiers this person could be sought; nothing when the register cannot be sure (A33, D13).
    fn sought_by(&self, question: &Question) -> Option<BTreeSet<Identifier>> {
        let by_bsn = BTreeSet::from([Identifier::Bsn]);
        let identifiers = question.identifiers_of(self.person)?;
        (self.known.is_some() || identifiers == by_bsn).then_some(identifiers)
    }
}

fn answered(
    searched: Searched,
    outcomes: Vec<PersonOutcome>,
    judgement: Option<Judgement>,
    safety_conditions: Option<SafetyConditions>,
) -> Answer {
    Answer { outcomes, searched, judgement, safety_conditions, further_persons: Vec::new(), opinion: None }
}

#[cfg(test)]
mod tests;
