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

/// Invariant 10. Out of scope is earned: somebody established that it is no HG/KM.
pub(super) fn out_of_scope_is_earned(world: &World) -> Option<String> {
    let case = world.case();
    let earned = !matches!(case.flow(), Flow::Outside(_)) || matches!(case.facts.hg_km, HgKm::Nee { .. });
    let recorded = happened_at_om(world)
        .any(|event| matches!(event, Event::Closed(closing) if closing.reason == CloseReason::OutsideScope));
    (!earned || (recorded && !case.is_outside_scope())).then(|| "it is out of scope and nobody established so".into())
}
