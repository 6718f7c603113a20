//! What OM does with answers that were taken back (D12, A14): it finds what rested on them, whenever it hears of it.

use super::*;
use crate::item::Item;
use crate::progress::Snapshot;
use std::collections::BTreeSet;

fn lead() -> Actor {
    service(Kind::Rvdk)
}

/// The lead's snapshot once an item's first version was taken back.
fn taken_back(assignment: &Story<AssignmentLaw>, item: Item) -> Snapshot {
    let mut snapshot = assignment.body().snapshot(1000);
    snapshot.retracted.insert(item, BTreeSet::from([1]));
    snapshot
}

fn rested(case: &Story<CaseLaw>) -> BTreeSet<Item> {
    let advice = case.body().latest_advice().expect("there is an advice");
    crate::retraction::rests_on(&case.body().retracted(assignment_name()), &advice.rests_on)
}

#[test]
fn an_advice_that_rested_on_a_retracted_answer_is_found_and_heard_of_once() {
    let (mut case, assignment) = ready(minor());
    assert_eq!(rested(&case), BTreeSet::new());
    let report = Command::ReportProgress(taken_back(&assignment, Item::VeiligThuis));
    let events = case.done(report.clone(), &lead());
    assert!(matches!(&events[..], [Event::Progressed { .. }, Event::AnswersRetracted { .. }]), "{events:?}");
    assert_eq!(rested(&case), BTreeSet::from([Item::VeiligThuis]));
    assert_eq!(case.done(report, &lead()), []);
}

#[test]
fn after_the_decision_a_retraction_of_what_it_rested_on_is_an_alert() {
    let (mut case, assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let snapshot = taken_back(&assignment, Item::Oudercheck);
    case.done(Command::ReportProgress(snapshot), &lead());
    let alerts: Vec<_> = case.body().alerts.iter().map(|alert| (alert.subject, alert.version)).collect();
    assert_eq!(alerts, [(Subject::Item(Item::Oudercheck), 1)]);
}

#[test]
fn one_piece_of_news_is_one_alert() {
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let vt = question_of(&assignment, Item::VeiligThuis);
    let retraction = crate::retraction::Retraction { of: 1, reason: text("een ander") };
    let command = crate::assignment::Command::DeliverRetraction { question: vt.name, version: 2, retraction };
    assignment.done(command, &service(Kind::VeiligThuis));
    case.done(Command::ReportProgress(assignment.body().snapshot(1000)), &lead());
    let alerts: Vec<_> = case.body().alerts.iter().map(|alert| (alert.subject, alert.version)).collect();
    assert_eq!(alerts, [(Subject::Item(Item::VeiligThuis), 2)]);
}

#[test]
fn after_the_end_and_out_of_order_it_is_still_heard() {
    // D21.
    let (mut case, assignment) = ready(minor());
    case.done(Command::Close(CloseReason::Transferred, text("overgedragen"), None), &prosecutor());
    let late = Snapshot { sequence: 1, ..taken_back(&assignment, Item::VeiligThuis) };
    let events = case.done(Command::ReportProgress(late), &lead());
    assert!(matches!(events.last(), Some(Event::AnswersRetracted { .. })), "{events:?}");
    assert_eq!(rested(&case), BTreeSet::from([Item::VeiligThuis]));
}
