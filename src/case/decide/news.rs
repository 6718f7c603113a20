//! News from the lead: counted, recorded, or an alert; never refused for being late (E1, D21, A14).

use super::own;
use crate::advice::{Advice, Grounds};
use crate::case::{Alert, Assigned, Case, End, Event, Former};
use crate::date;
use crate::decision::Decision;
use crate::degree::SCALE;
use crate::fault::{Faults, Problem};
use crate::flow::Flow;
use crate::gate::Subject;
use crate::household::Further;
use crate::item::Item;
use crate::organisation::{Actor, Kind, Role};
use crate::progress::{AdviceState, Snapshot};
use crate::refusal::Refusal;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// News from the lead is never refused for being late (E1, D21); it counts when it is of the current assignment.
pub(super) fn progress(
    case: &Case,
    snapshot: Snapshot,
    advice: Option<Box<Advice>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let assigned = match of_whom(case, &snapshot, by)? {
        OfWhom::Current(assigned) => assigned,
        OfWhom::Former(former) => return of_before(former, &snapshot, advice, at),
    };
    if let Some(advice) = &advice {
        advice_faults(assigned, &case.advices, advice, at).or(())?;
    }
    let advice = advice.filter(|advice| !case.advices.contains_key(&advice.version));
    let newer = case.progress.as_ref().is_none_or(|known| known.sequence < snapshot.sequence);
    let sequence = snapshot.sequence;
    let seen =
        case.not_counted.contains(&sequence) || case.progress.as_ref().is_some_and(|known| known.sequence == sequence);
    let mut events = Vec::new();
    match &case.end {
        Some(End::Closed(_)) => {
            // An advice may come after the snapshot that it goes with; it is recorded once (E1).
            let advice = advice.filter(|advice| !case.advices_not_counted.contains_key(&advice.version));
            if seen && advice.is_none() {
                return Ok(events);
            }
            // The lead works on what it should never have got: the end of the case overtook it.
            let version = snapshot.assignment_version;
            if assigned.delivered < version {
                events.push(Event::BriefDeliveredLate { version });
            }
            events.push(Event::NotCounted { sequence, advice });
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
            } else if !seen {
                // Superseded on its way: recorded, and not counted (D21).
                events.push(Event::NotCounted { sequence, advice: None });
            }
        }
    }
    Ok(events)
}

/// The assignment that news is of.
enum OfWhom<'a> {
    Current(&'a Assigned),
    Former(&'a Former),
}

/// Only an organisation that holds or held an assignment of this case speaks, and only of its own (D19).
fn of_whom<'a>(case: &'a Case, snapshot: &Snapshot, by: &Actor) -> Result<OfWhom<'a>, Refusal> {
    let former = case.former.iter().map(|former| (&former.assigned, OfWhom::Former(former)));
    let all: Vec<_> = former.chain(case.assignment.iter().map(|current| (current, OfWhom::Current(current)))).collect();
    own(all.iter().any(|(assigned, _)| by.is_of(&assigned.lead)))?;
    let named = all.into_iter().find(|(assigned, _)| assigned.name == snapshot.assignment);
    let (assigned, whose) = named.ok_or_else(|| Faults::one("snapshot.assignment", Problem::Form))?;
    own(by.is_of(&assigned.lead))?;
    Ok(whose)
}

/// News of an assignment that ended: recorded once, never counted.
fn of_before(
    former: &Former,
    snapshot: &Snapshot,
    advice: Option<Box<Advice>>,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if let Some(advice) = &advice {
        advice_faults(&former.assigned, &former.advices, advice, at).or(())?;
    }
    let number = former.assigned.number();
    let version = snapshot.assignment_version;
    let mut events = Vec::new();
    // It works on what it should never have got: the end overtook it.
    if former.assigned.delivered < version {
        events.push(Event::FormerBriefed { number, version });
    }
    let advice = advice.filter(|advice| !former.advices.contains_key(&advice.version));
    if advice.is_some() || !former.heard.contains(&snapshot.sequence) {
        let excess = snapshot.excess.clone();
        events.push(Event::FormerReported { number, sequence: snapshot.sequence, advice, excess });
    }
    Ok(events)
}

/// What OM can see for itself of an advice: that an adviser of the lead signed it, and that it holds together (P9). What
/// it was written for may have changed since: that makes it late, not wrong.
fn advice_faults(assigned: &Assigned, known: &BTreeMap<u32, Advice>, advice: &Advice, at: Timestamp) -> Faults {
    let mut faults = Faults::new();
    let same = known.get(&advice.version).is_none_or(|known| known == advice);
    faults.require(same, "version", Problem::Duplicate);
    let signer = &advice.signed_by;
    let by_adviser = signer.is_of(&assigned.lead) && signer.role == Role::Adviseur;
    faults.require(by_adviser, "signed_by", Problem::NotForThisOffice);
    faults.require(advice.signed_at <= date::elsewhere(at), "signed_at", Problem::InFuture);
    faults.require(advice.scale <= SCALE, "scale", Problem::Unknown);
    let vt = advice.rests_on.get(&Item::VeiligThuis).copied();
    faults.require(vt.is_some(), "rests_on", Problem::LeftOut);
    let grounds = Grounds {
        flow: if assigned.lead.kind == Kind::Reclassering { &Flow::B } else { &Flow::A },
        items: advice.rests_on.keys().copied().collect(),
        known_in: BTreeSet::new(),
        judgements: vt.map(|version| (version, advice.judgements().collect())),
        opinions: advice.opinions.clone(),
        holes: advice.holes.clone(),
    };
    faults.merge(advice.content.faults(&grounds));
    // One that was signed before each difference had its own line explains them together.
    if advice.content.deviation.is_none() {
        faults.merge(advice.content.disagreement_faults(&grounds));
    }
    faults.under("advice")
}

/// What is new to someone who decided on older versions, or on nothing of an item that was asked later (A14).
fn alerts(case: &Case, decision: &Decision, snapshot: &Snapshot, at: Timestamp) -> Vec<Alert> {
    let mut news = Vec::new();
    let told = case.progress.as_ref();
    for (item, progress) in &snapshot.items {
        let latest = progress.standing.latest;
        let known = told.and_then(|told| told.items.get(item)).is_some_and(|known| known.standing.latest == latest);
        // One of a phoned office has no version, and stands for what was known when it was answered.
        let raised =
            |old: &Alert| old.subject == Subject::Item(*item) && (old.version == latest || (old.version == 0 && known));
        let newer = decision.rests_on.get(item).copied().unwrap_or(0) != latest;
        if newer && !case.latest_alerts().iter().any(raised) {
            news.push((Subject::Item(*item), latest));
        }
    }
    match snapshot.advice {
        state if told.is_some_and(|told| told.advice == state) => {}
        AdviceState::Signed(version) if version == decision.advice_version => {}
        AdviceState::Signed(version) | AdviceState::Withdrawn(version) => news.push((Subject::Advice, version)),
        AdviceState::None => news.push((Subject::Advice, 0)),
    }
    let further = u32::try_from(snapshot.further_persons.len()).unwrap_or(u32::MAX);
    let known = |person: &Further| {
        told.is_some_and(|told| told.further_persons.iter().any(|known| known.reference == person.reference))
    };
    if !snapshot.further_persons.iter().all(known) {
        news.push((Subject::Household, further));
    }
    // Somebody must look at it already, because a phoned office said so (D28).
    let looked_at = |subject| case.latest_unanswered().any(|alert| (alert.subject, alert.version) == (subject, 0));
    news.retain(|(subject, _)| !looked_at(*subject));
    news.into_iter().map(|(subject, version)| Alert { subject, version, at }).collect()
}
