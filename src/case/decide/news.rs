//! News from the lead: counted, recorded, or an alert; never refused for being late (E1, D21, A14).

use super::own;
use crate::advice::{Advice, Grounds};
use crate::case::{Alert, Assigned, Case, End, Event};
use crate::decision::Decision;
use crate::degree::SCALE;
use crate::fault::{Faults, Problem};
use crate::gate::Subject;
use crate::item::Item;
use crate::organisation::{Actor, Role};
use crate::progress::{AdviceState, Snapshot};
use crate::refusal::{Forbidden, Refusal};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// How far the clocks of two offices may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// News from the lead is never refused for being late (E1, D21); it counts when it is of the current assignment.
pub(super) fn progress(
    case: &Case,
    snapshot: Snapshot,
    advice: Option<Box<Advice>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let assigned = case.assignment.as_ref().ok_or(Forbidden::Organisation)?;
    own(by.is_of(&assigned.lead))?;
    let mut faults = Faults::new();
    faults.require(snapshot.assignment == assigned.name, "snapshot.assignment", Problem::Form);
    if let Some(advice) = &advice {
        let known = case.advices.get(&advice.version);
        faults.require(known.is_none_or(|known| known == &**advice), "advice.version", Problem::Duplicate);
        faults.merge(advice_faults(case, assigned, advice, at).under("advice"));
    }
    faults.or(())?;
    let advice = advice.filter(|advice| !case.advices.contains_key(&advice.version));
    let newer = case.progress.as_ref().is_none_or(|known| known.sequence < snapshot.sequence);
    let sequence = snapshot.sequence;
    let seen =
        case.not_counted.contains(&sequence) || case.progress.as_ref().is_some_and(|known| known.sequence == sequence);
    let mut events = Vec::new();
    match &case.end {
        Some(End::Closed(_)) if !seen => {
            // The lead works on what it should never have got: the end of the case overtook it.
            let version = snapshot.assignment_version;
            if assigned.delivered < version {
                events.push(Event::BriefDeliveredLate { version });
            }
            events.push(Event::NotCounted { sequence, advice });
        }
        Some(End::Closed(_)) => {}
        end => {
            if let Some(End::Decided(decision)) = end
                && newer
            {
                events.extend(alerts(case, decision, &snapshot, at).into_iter().map(Event::AlertRaised));
            }
            events.extend(advice.map(|advice| Event::AdviceReceived { advice }));
            // Also when it tells the same: of two snapshots the one with the higher sequence counts (D22).
            if newer {
                events.push(Event::Progressed { snapshot });
            } else if !seen {
                // Superseded on its way: recorded, and not counted (D21).
                events.push(Event::NotCounted { sequence, advice: None });
            }
        }
    }
    Ok(events)
}

/// What OM can see for itself of an advice: that an adviser of the lead signed it, and that it holds together (P9). What
/// it was written for may have changed since: that makes it late, not wrong.
fn advice_faults(case: &Case, assigned: &Assigned, advice: &Advice, at: Timestamp) -> Faults {
    let mut faults = Faults::new();
    let signer = &advice.signed_by;
    let by_adviser = signer.is_of(&assigned.lead) && signer.role == Role::Adviseur;
    faults.require(by_adviser, "signed_by", Problem::NotForThisOffice);
    faults.require(advice.signed_at <= at.saturating_add(CLOCKS_DIFFER).unwrap_or(at), "signed_at", Problem::InFuture);
    faults.require(advice.scale <= SCALE, "scale", Problem::Unknown);
    let vt = advice.rests_on.get(&Item::VeiligThuis).copied();
    faults.require(vt.is_some(), "rests_on", Problem::LeftOut);
    let grounds = Grounds {
        flow: &case.flow(),
        items: advice.rests_on.keys().copied().collect(),
        known_in: BTreeSet::new(),
        judgement: vt.map(|version| (version, &advice.judgement)),
    };
    faults.merge(advice.content.faults(&grounds));
    faults
}

/// What is new to someone who decided on older versions (A14).
fn alerts(case: &Case, decision: &Decision, snapshot: &Snapshot, at: Timestamp) -> Vec<Alert> {
    let mut news = Vec::new();
    for (item, progress) in &snapshot.items {
        let latest = progress.standing.latest;
        if decision.rests_on.get(item).is_some_and(|rested| *rested != latest) {
            news.push((Subject::Item(*item), latest));
        }
    }
    match snapshot.advice {
        AdviceState::Signed(version) if version == decision.advice_version => {}
        AdviceState::Signed(version) | AdviceState::Withdrawn(version) => news.push((Subject::Advice, version)),
        AdviceState::None => news.push((Subject::Advice, 0)),
    }
    let further = u32::try_from(snapshot.further_persons.len()).unwrap_or(u32::MAX);
    let before = case.progress.as_ref().map_or(0, |known| known.further_persons.len());
    if snapshot.further_persons.len() > before {
        news.push((Subject::Household, further));
    }
    news.retain(|(subject, version)| !case.alerts.iter().any(|old| (old.subject, old.version) == (*subject, *version)));
    news.into_iter().map(|(subject, version)| Alert { subject, version, at }).collect()
}
