//! Answers that were taken back, as OM hears of it: which versions of which items, and no more (D12, D29).
//!
//! It counts whenever it comes, also of a lead of before, out of order and after the end: who reads what rested on such an
//! answer must see that, and a decision that rested on it is an alert (A14).

use crate::case::{Alert, Case, End, Event};
use crate::gate::Subject;
use crate::item::Item;
use crate::progress::Snapshot;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a snapshot says of it that OM had not heard, beside what else it says.
pub(super) fn heard(case: &Case, snapshot: &Snapshot, beside: &[Event], at: Timestamp) -> Vec<Event> {
    let known = case.retracted.get(&snapshot.assignment);
    let known = |item: &Item| known.and_then(|known| known.get(item)).cloned().unwrap_or_default();
    let unheard = |(item, versions): (&Item, &BTreeSet<u32>)| {
        let versions: BTreeSet<u32> = versions.difference(&known(item)).copied().collect();
        (!versions.is_empty()).then_some((*item, versions))
    };
    let versions: BTreeMap<Item, BTreeSet<u32>> = snapshot.retracted.iter().filter_map(unheard).collect();
    if versions.is_empty() {
        return Vec::new();
    }
    let alerts = alerts(case, snapshot, &versions, beside, at);
    let mut events = vec![Event::AnswersRetracted { assignment: snapshot.assignment, versions }];
    events.extend(alerts.into_iter().map(Event::AlertRaised));
    events
}

/// A decision rested on it. Where the same news brings a newer version of the item, that is the alert.
fn alerts(
    case: &Case,
    snapshot: &Snapshot,
    versions: &BTreeMap<Item, BTreeSet<u32>>,
    beside: &[Event],
    at: Timestamp,
) -> Vec<Alert> {
    let Some(End::Decided(decision)) = &case.end else { return Vec::new() };
    let current = case.assignment.as_ref().is_some_and(|assigned| assigned.name == snapshot.assignment);
    let rested = crate::retraction::rests_on(versions, &decision.rests_on);
    let raised = |item: Item| {
        let same = |event: &Event| matches!(event, Event::AlertRaised(alert) if alert.subject == Subject::Item(item));
        beside.iter().any(same)
    };
    let alert = |item: &Item| Alert { subject: Subject::Item(*item), version: decision.rests_on[item], at };
    rested.iter().filter(|item| current && !raised(**item)).map(alert).collect()
}
