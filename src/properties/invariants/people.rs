//! A person weighs and decides, and only the owner speaks (invariants 8 and 12).

use super::super::world::{Events, World};
use crate::assignment::Event as Lead;
use crate::case::Event as Om;
use crate::enquiry::Event as Desk;
use crate::organisation::Role;

/// Invariant 8. A person weighs and decides: no office does so by itself.
pub(super) fn a_person_weighs_and_decides(world: &World) -> Option<String> {
    let by_service = world.happened.iter().filter(|one| one.by.role == Role::Dienst);
    by_service.into_iter().find_map(|one| {
        let human = match &one.events {
            Events::Om(events) => events.iter().any(|event| {
                matches!(event, Om::Decided(_) | Om::Closed(_) | Om::HouseholdConfirmed { .. } | Om::FlowSettled { .. })
            }),
            Events::Lead(_, events) => events.iter().any(|event| {
                matches!(
                    event,
                    Lead::Weighed { .. }
                        | Lead::AdviceSigned { .. }
                        | Lead::AdviceWithdrawn(_)
                        | Lead::OwnFileRecorded { .. }
                        | Lead::TelephoneAnswerRecorded { .. }
                        | Lead::TelephoneAnswerConfirmed { .. }
                        | Lead::LetGo { dismissal: Some(_), .. }
                        | Lead::DraftSaved { .. }
                        | Lead::TakenOver { .. }
                )
            }),
            Events::Desk(_, events) => events.iter().any(|event| {
                matches!(
                    event,
                    Desk::Answered { by: Some(_), .. }
                        | Desk::TelephoneAnswerConfirmed { .. }
                        | Desk::TakenUp { .. }
                        | Desk::Retracted { .. }
                )
            }),
        };
        human.then(|| "an office did by itself what a person must do".into())
    })
}

/// Invariant 12. Only the owner speaks: what OM counts stems from the current lead.
pub(super) fn a_lead_that_does_not_lead_changes_nothing(world: &World) -> Option<String> {
    let case = world.case();
    let (progress, assigned) = (case.progress.as_ref()?, case.assignment.as_ref()?);
    (progress.assignment == assigned.name && gone_beyond(world)).then(|| "OM heard more than its lead knows".into())
}

/// Whether OM has a snapshot that its lead cannot have sent.
fn gone_beyond(world: &World) -> bool {
    let heard = world.case().progress.as_ref().map_or(0, |progress| progress.sequence);
    world.lead().is_none_or(|lead| lead.version() < heard)
}
