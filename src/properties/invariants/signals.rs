//! No warning waits behind the gate, and every one lands (invariant 14).

use super::super::office::Office;
use super::super::world::World;
use crate::gate::Subject;
use crate::organisation::Role;
use crate::testing::*;
use crate::{assignment, enquiry};

/// Invariant 14. No warning waits behind the gate.
pub(super) fn no_warning_waits(world: &World) -> Option<String> {
    let lead = world.leads.values().find_map(|office| {
        let raise = assignment::Command::RaiseSignal(warning());
        office.refusal(raise, &adviser(office.body()?.lead.kind), world.now)
    });
    let desk = world.desks.values().find_map(|office| {
        let raise = enquiry::Command::RaiseSignal(warning());
        office.refusal(raise, &of(&office.body()?.question.addressee, Role::Balie), world.now)
    });
    lead.or(desk).map(|refusal| format!("a warning is refused: {refusal:?}"))
}

/// Invariant 14. Every warning that was raised reached OM, once, and it is an alert (D27).
pub(super) fn every_warning_landed(world: &World) -> Option<String> {
    let leads = world.leads.values().filter_map(Office::body).flat_map(|lead| &lead.signals);
    let desks = world.desks.values().filter_map(Office::body).flat_map(|desk| &desk.signals);
    let heard = &world.case().signals;
    let lost = leads.chain(desks).find(|raised| heard.iter().filter(|one| one == raised).count() != 1);
    let alerts = world.case().alerts.iter().filter(|alert| alert.subject == Subject::Signal).count();
    lost.map(|lost| format!("the warning of {} did not land once", lost.by.organisation))
        .or_else(|| (alerts != heard.len()).then(|| "a warning is no alert".into()))
}
