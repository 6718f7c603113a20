//! Nothing opens the gate, and nothing leads past it, but what is so (invariants 1 and 10).

use super::super::ledger;
use super::super::world::World;
use super::happened_at_om;
use crate::case::{self, CloseReason, Event};
use crate::flow::Flow;
use crate::offence::HgKm;

/// Invariant 1. No decision without a passed gate, and the gate opens exactly when the histories say so.
pub(super) fn the_gate_opens_exactly_when_all_is_in(world: &World) -> Option<String> {
    if world.has_ended() {
        return None;
    }
    let (gate, ready) = (case::gate(world.case()), ledger::ready(world));
    match gate {
        Ok(_) if !ready => Some("the gate is open, and by the histories something is missing".into()),
        Err(incomplete) if ready => Some(format!("by the histories all is ready, and open is {:?}", incomplete.open())),
        Ok(_) | Err(_) => {
            // Everybody is asked once more whether all is still so (D28).
            let possible = ready && ledger::current(world);
            (world.may_decide() != possible).then(|| format!("a decision is possible: {}", !possible))
        }
    }
}

/// Invariant 1. Whoever decided did so on all that was in, at its latest version: also in a case that was opened again.
pub(super) fn a_decision_rests_on_all_that_was_in(world: &World) -> Option<String> {
    let decided = |event: &&Event| matches!(event, Event::Decided(_));
    let Some(Event::Decided(decision)) = happened_at_om(world).find(decided) else { return None };
    if !ledger::ready(world) {
        return Some("it was decided, and by the histories something is missing".into());
    }
    let latest = ledger::latest(&ledger::told(world));
    let older = decision.rests_on.iter().find(|(item, version)| latest.get(item) != Some(version))?;
    Some(format!("the decision rests on {older:?}, and that is not the latest"))
}

/// Invariant 10. Out of scope is earned: somebody established that it is no HG/KM.
pub(super) fn out_of_scope_is_earned(world: &World) -> Option<String> {
    let case = world.case();
    let earned = !matches!(case.flow(), Flow::Outside(_)) || matches!(case.facts.hg_km, HgKm::Nee { .. });
    let recorded = happened_at_om(world)
        .any(|event| matches!(event, Event::Closed(closing) if closing.reason == CloseReason::OutsideScope));
    (!earned || (recorded && !case.is_outside_scope())).then(|| "it is out of scope and nobody established so".into())
}
