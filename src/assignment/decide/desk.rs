//! Colleagues at one desk: a draft on which several write, and an assignment that goes from one to the other.

use crate::assignment::{Assignment, Event};
use crate::draft::{Draft, SavedDraft};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::refusal::Refusal;
use jiff::Timestamp;

/// Keeps the draft as the next version, unless someone saved another since it was read: then nothing happens, and both
/// are shown.
pub(super) fn save_draft(
    assignment: &Assignment,
    based_on: u32,
    draft: Draft,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if based_on > assignment.drafts {
        return Err(Faults::one("based_on", Problem::NoSuchVersion).into());
    }
    if assignment.draft.as_ref().is_some_and(|saved| saved.version != based_on || saved.draft == draft) {
        return Ok(Vec::new());
    }
    let saved = SavedDraft { version: assignment.drafts + 1, draft, by: by.clone(), at };
    Ok(vec![Event::DraftSaved { draft: Box::new(saved) }])
}

pub(super) fn take_over(assignment: &Assignment, by: &Actor) -> Vec<Event> {
    let from = assignment.handler.as_ref().map(|handler| handler.by.clone());
    if from.as_ref() == Some(by) { Vec::new() } else { vec![Event::TakenOver { by: by.clone(), from }] }
}
