//! How a case ends: with a decision over a passed gate (D34), or without one (D25).

use super::running;
use crate::case::{Case, CloseReason, Closing, Event, gate};
use crate::decision::{Decision, Proposed};
use crate::fault::{Faults, Problem};
use crate::gate::Complete;
use crate::organisation::{Actor, Role};
use crate::personal::Sensitive;
use crate::refusal::{Forbidden, NotNow, Refusal};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(super) fn take_decision(
    case: &Case,
    proposed: Proposed,
    mandate: Option<String>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if by.role == Role::Parketsecretaris && mandate.is_none() {
        return Err(Forbidden::Mandate.into());
    }
    running(case)?;
    if case.is_outside_scope() {
        return Err(NotNow::OutsideScope.into());
    }
    proposed.faults(None).or(())?;
    let complete = gate(case)?;
    let advice = case.advices.get(&complete.advice_version());
    let advised = advice.map(|advice| (advice.version, advice.content.proposal.route));
    proposed.faults(advised).or(())?;
    let mandate = mandate.filter(|_| by.role == Role::Parketsecretaris);
    Ok(vec![Event::Decided(Box::new(decision(&complete, proposed, mandate, by, at)))])
}

/// A decision needs proof that the gate was passed: without a [`Complete`] it cannot be written down.
fn decision(complete: &Complete, proposed: Proposed, mandate: Option<String>, by: &Actor, at: Timestamp) -> Decision {
    let rests_on: BTreeMap<_, _> = complete.rests_on().clone();
    Decision {
        route: proposed.route,
        motivation: proposed.motivation,
        advice_version: complete.advice_version(),
        stance: proposed.stance,
        rests_on,
        by: by.clone(),
        mandate,
        at,
    }
}

pub(super) fn close(
    case: &Case,
    reason: CloseReason,
    explanation: Sensitive<String>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if reason == CloseReason::DecidedElsewhere && by.role != Role::Officier {
        return Err(Forbidden::Role.into());
    }
    // Out of scope is earned: an undecided case has not earned it yet (D1, D2).
    if reason == CloseReason::OutsideScope && !case.is_outside_scope() {
        return Err(Faults::one("reason", Problem::ExcludedByFacts).into());
    }
    Ok(vec![Event::Closed(Closing { reason, explanation, by: by.clone(), at })])
}
