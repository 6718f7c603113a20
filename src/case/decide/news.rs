//! News from the lead: counted, recorded, or an alert; never refused for being late (E1, D21, A14).

use super::own;
use crate::advice::Advice;
use crate::case::{Alert, Case, End, Event};
use crate::decision::Decision;
use crate::fault::{Faults, Problem};
use crate::gate::Subject;
use crate::organisation::Actor;
use crate::progress::{AdviceState, Snapshot};
use crate::refusal::{Forbidden, Refusal};
use jiff::Timestamp;

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
        faults.require(advice.signed_by.is_of(&assigned.lead), "advice.signed_by", Problem::NotForThisOffice);
    }
    faults.or(())?;
    let advice = advice.filter(|advice| !case.advices.contains_key(&advice.version));
    let newer = case.progress.as_ref().is_none_or(|known| known.sequence < snapshot.sequence);
    let mut events = Vec::new();
    match &case.end {
        Some(End::Closed(_)) => {
            if newer || advice.is_some() {
                events.push(Event::NotCounted { sequence: snapshot.sequence, advice });
            }
        }
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
            }
        }
    }
    Ok(events)
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
