//! How a case ends: with a decision over a passed gate (D34), or without one (D25).

use super::running;
use crate::case::look::matters;
use crate::case::{Case, CloseReason, Closing, Event, gate};
use crate::decision::{Decision, Proposed};
use crate::fault::{Faults, Problem};
use crate::gate::Complete;
use crate::look::{self, Confirmed, Look, Matter};
use crate::organisation::{Actor, Role};
use crate::personal::Sensitive;
use crate::refusal::{Forbidden, NotNow, Refusal};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(super) fn take_decision(
    case: &Case,
    proposed: Proposed,
    mandate: Option<String>,
    look: &Look,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (complete, matters) = decidable(case, &proposed, at)?;
    let confirmed = look.pass(matters, &proposed.phoned)?;
    let mandate = mandate.filter(|_| by.role == Role::Parketsecretaris);
    Ok(vec![Event::Decided(Box::new(decision(&complete, confirmed, proposed, mandate, by, at)))])
}

/// What must be looked at before this decision can be taken, when nothing else stands in its way.
pub(super) fn decidable(case: &Case, proposed: &Proposed, at: Timestamp) -> Result<(Complete, Vec<Matter>), Refusal> {
    running(case)?;
    if case.is_outside_scope() {
        return Err(NotNow::OutsideScope.into());
    }
    proposed.faults(None, at).or(())?;
    let complete = gate(case)?;
    let matters = matters(case, &complete)?;
    let advice = case.advices.get(&complete.advice_version());
    let advised = advice.map(|advice| (advice.version, advice.content.proposal.route));
    let mut faults = proposed.faults(advised, at);
    faults.merge(look::faults_of_offices(&proposed.phoned, &matters, "phoned"));
    faults.or(())?;
    Ok((complete, matters))
}

/// A decision needs proof that the gate was passed and that all was looked at: without a [`Complete`] and a
/// [`Confirmed`] it cannot be written down.
fn decision(
    complete: &Complete,
    confirmed: Confirmed,
    proposed: Proposed,
    mandate: Option<String>,
    by: &Actor,
    at: Timestamp,
) -> Decision {
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
        look: confirmed.into_seen(),
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
