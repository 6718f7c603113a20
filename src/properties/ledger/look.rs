//! Whether everybody would say, if they were asked now, that nothing changed (D28).

use super::super::office::Office;
use super::super::world::World;
use crate::assignment::Event as Lead;
use crate::enquiry::Event as Source;
use crate::name::QuestionName;
use std::collections::BTreeSet;

/// The lead has every answer to this question that its source gave, and nobody there adds to it.
pub(super) fn answered(world: &World, told: &[&Lead], asked: QuestionName) -> bool {
    let heard = told.iter().filter_map(|event| match event {
        Lead::Answered { question, version, .. } if *question == Some(asked) => Some(*version),
        Lead::AnswerRetracted { question, version, .. } if *question == asked => Some(*version),
        _ => None,
    });
    let Some(source) = world.desks.get(&asked).map(Office::events) else { return false };
    let given =
        source.iter().filter(|event| matches!(event, Source::Answered { .. } | Source::Retracted { .. })).count();
    let adding = source.iter().rev().find_map(|event| match event {
        Source::TakenUp { .. } | Source::SupplementTakenUp { .. } => Some(true),
        Source::SupplementPutDown { .. } | Source::Answered { .. } | Source::Retracted { .. } => Some(false),
        _ => None,
    });
    let withdrawn = source.iter().any(|event| matches!(event, Source::Withdrawn));
    heard.max().unwrap_or(0) == u32::try_from(given).expect("few") && adding != Some(true) && !withdrawn
}

/// Every question that was asked and is still wanted.
pub(super) fn wanted(events: &[&Lead]) -> BTreeSet<QuestionName> {
    let mut wanted = BTreeSet::new();
    for event in events {
        match event {
            Lead::Asked { question: Some(question), .. } | Lead::AlsoAsked { question, .. } => {
                wanted.insert(question.name);
            }
            Lead::QuestionWithdrawn { question, .. } | Lead::LetGo { question, .. } => drop(wanted.remove(question)),
            _ => {}
        }
    }
    wanted
}
