//! Whom answers name, and who stands on the list because of it (D10).

use super::telephone::noted;
use crate::answer::Answer;
use crate::assignment::Event as Lead;
use crate::household::Household;
use crate::name::QuestionName;
use std::collections::BTreeSet;

/// Whom the list holds because an answer named them.
pub(super) fn on_the_list(household: &Household) -> BTreeSet<String> {
    let further = household.persons.iter().filter_map(|person| person.further.as_ref());
    further.map(|further| further.reference.clone()).collect()
}

/// Whom an answer names that was not taken back.
pub(super) fn further<'a>(events: &[&'a Lead]) -> BTreeSet<String> {
    let taken_back = |name: &QuestionName, version: u32| {
        let of = |event: &&Lead| matches!(event, Lead::AnswerRetracted { question, retraction, .. } if question == name && retraction.of == version);
        events.iter().any(of)
    };
    let naming = |event: &&Lead| match event {
        Lead::Answered { question: Some(question), version, answer, .. } if !taken_back(question, *version) => {
            answer.further_persons.clone()
        }
        Lead::OwnFileRecorded { answer } => answer.further_persons.clone(),
        Lead::TelephoneAnswerConfirmed { question, number, .. } => {
            let (followed, answer) = noted(events, *question, *number).expect("it was noted");
            let since = |event: &&'a Lead| match event {
                Lead::Answered { question: Some(of), version, answer, .. } if of == question && *version > followed => {
                    Some((*version, Some(&**answer)))
                }
                Lead::AnswerRetracted { question: of, retraction, .. }
                    if of == question && retraction.of > followed =>
                {
                    Some((retraction.of, None))
                }
                _ => None,
            };
            let mut own = events.iter().filter_map(since);
            let first = own.clone().map(|(version, _)| version).min();
            let same = |own: Option<&Answer>| own.is_some_and(|own| own.says_the_same_as(answer));
            let gone = taken_back(question, followed)
                || own.any(|(version, own)| (Some(version) == first || same(own)) && taken_back(question, version));
            if gone { Vec::new() } else { answer.further_persons.clone() }
        }
        _ => Vec::new(),
    };
    let standing: Vec<_> = events.iter().flat_map(naming).collect();
    let named = |event: &&Lead| match event {
        Lead::FurtherPersonNamed { further, person, .. } => {
            let still = standing.iter().any(|other| other.identity == person.identity);
            still.then(|| further.reference.clone())
        }
        _ => None,
    };
    events.iter().filter_map(named).collect()
}
