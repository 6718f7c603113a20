//! An open case waits for someone, and can end (invariants 7 and 15).

use super::super::people::REASONS;
use super::super::world::World;
use crate::case::{self, CloseReason, End, Waiting};
use crate::testing::*;

/// Invariant 7. An open case waits for something, and for the decision exactly when nothing else is open; one that ended waits
/// for whoever must see its news. A warning that nobody looked at comes first (D27).
pub(super) fn an_open_case_waits_for_someone(world: &World) -> Option<String> {
    let case = world.case();
    let waiting = case::waiting(case);
    let wrong = match (&case.end, waiting) {
        (_, Some(Waiting::Signal)) => case.signals.is_empty(),
        (None, None | Some(Waiting::Alert)) => true,
        // A call beside the gate: to a lead of before, or about a decision that no longer stands.
        (None, Some(Waiting::Trouble)) if case.is_troubled() => false,
        (None, Some(waiting)) => (waiting == Waiting::Decision) != case::gate(case).is_ok(),
        (Some(_), None) => case.unanswered().next().is_some(),
        (Some(_), Some(Waiting::Alert | Waiting::Trouble)) => false,
        (Some(_), Some(_)) => true,
    };
    wrong.then(|| format!("it waits for {waiting:?}"))
}

/// Invariant 15. Every case can end: whoever may close one is never held back, for any reason but one that the facts
/// exclude.
pub(super) fn every_open_case_can_be_closed(world: &World) -> Option<String> {
    let case = world.case();
    let lawful = |reason: &CloseReason| *reason != CloseReason::OutsideScope || case.is_outside_scope();
    let refused = |reason: CloseReason| {
        let close = case::Command::Close(reason, text("reden"), None);
        let refusal = world.om.refusal(close, &prosecutor(), world.now)?;
        Some(format!("it cannot be closed ({reason:?}): {refusal:?}"))
    };
    REASONS.into_iter().filter(lawful).find_map(refused).filter(|_| case.end.is_none())
}

/// Invariant 15. Nobody works for a case that was closed.
pub(super) fn nobody_works_for_a_closed_case(world: &World) -> Option<String> {
    let Some(End::Closed(_)) = &world.case().end else { return None };
    let works = world.leads.values().filter_map(|one| one.body()).any(|one| !one.withdrawn);
    works.then(|| "the lead still works on it".into())
}
