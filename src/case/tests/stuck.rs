//! A case without a live next step shows up by itself (invariant 7): every way in which a case can wait, once nothing came.

use super::waiting::complete_but;
use super::*;
use crate::item::Item;
use crate::outcome::Outcome;
use crate::term::Terms;
use std::collections::BTreeSet;

/// Why the case stands still so many hours after the present of the tests.
fn after(case: &Story<CaseLaw>, later: i64) -> Option<Why> {
    stuck(case.body(), hours(later), Terms::default()).map(|stuck| stuck.why)
}

/// It moves within its term of 24 hours, and stands still from then on.
#[track_caller]
fn late(case: &Story<CaseLaw>, waits: Waiting) {
    assert_eq!(waiting(case.body()), Some(waits));
    assert_eq!(after(case, 23), None, "{waits} moves");
    assert_eq!(after(case, 25), Some(Why::Waits(waits)));
}

/// It stands still at once.
#[track_caller]
fn still(case: &Story<CaseLaw>, waits: Waiting) {
    assert_eq!(after(case, 0), Some(Why::Waits(waits)));
}

fn told(case: &mut Story<CaseLaw>, assignment: &Story<AssignmentLaw>) {
    case.done(submission(assignment), &service(Kind::Rvdk));
}

#[test]
fn a_case_shows_up_once_nothing_came_of_what_it_waits_for_within_the_term() {
    late(&registered(outside()), Waiting::Closing);
    late(&registered(registration(parent_and_child(ADULT), HgKm::Onbekend)), Waiting::Flow);
    late(&registered(minor()), Waiting::Household);
    let mut without = minor();
    without.police.report_to_vt = None;
    late(&confirmed(without), Waiting::Police);

    let mut case = confirmed(minor());
    let version = version(&case);
    case.done(Command::NoteDelivered(version), &service(Kind::Om));
    late(&case, Waiting::Lead);
    let mut assignment = assigned(&case);
    told(&mut case, &assignment);
    late(&case, Waiting::Answer(Item::VeiligThuis));
    deliver(&mut assignment, Item::VeiligThuis, 1, |_| Outcome::NotKnown);
    complete_but(&mut assignment, Item::Oudercheck);
    told(&mut case, &assignment);
    late(&case, Waiting::Completion(Item::Oudercheck));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    told(&mut case, &assignment);
    late(&case, Waiting::Weighing(Item::Oudercheck));
    weigh_all(&mut assignment);
    told(&mut case, &assignment);
    late(&case, Waiting::Signature);
    sign(&mut assignment);
    told(&mut case, &assignment);
    late(&case, Waiting::Decision);
}

#[test]
fn who_was_summoned_has_the_longer_term() {
    let mut facts = minor();
    (facts.arrested, facts.arrived_at) = (false, None);
    let case = registered(facts);
    assert_eq!(after(&case, 71), None);
    assert_eq!(after(&case, 73), Some(Why::Waits(Waiting::Household)));
}

#[test]
fn trouble_and_news_that_nobody_answered_stand_still_at_once_also_after_the_end() {
    let mut troubled = confirmed(minor());
    troubled.done(Command::NoteTrouble(Errand::Brief { version: 1 }, Trouble::Stuck), &service(Kind::Om));
    still(&troubled, Waiting::Trouble);

    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(after(&case, 1000), None, "a decided case waits for nothing");
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    told(&mut case, &assignment);
    still(&case, Waiting::Alert);
}

#[test]
fn an_assignment_that_never_arrived_shows_up_after_an_hour() {
    let case = confirmed(minor());
    assert_eq!(after(&case, 0), None);
    assert_eq!(after(&case, 1), Some(Why::Undelivered));
}

#[test]
fn a_late_answer_is_late_since_it_was_asked_and_a_note_beside_the_gate_moves_nothing() {
    let mut case = confirmed(minor());
    let assignment = assigned(&case);
    told(&mut case, &assignment);
    case.now = hours(20);
    case.done(Command::RecordCustody(crate::custody::Step::Invrijheidstelling, hours(19)), &police());
    let found = stuck(case.body(), hours(25), Terms::default()).unwrap();
    assert_eq!(found.since, now());
}

#[test]
fn each_reason_has_a_sentence_and_a_name_of_its_own() {
    let items = Item::ALL.into_iter();
    let by_item = items.flat_map(|item| [Waiting::Answer(item), Waiting::Completion(item), Waiting::Weighing(item)]);
    let others = [
        Waiting::Trouble,
        Waiting::Alert,
        Waiting::Closing,
        Waiting::Flow,
        Waiting::Household,
        Waiting::Police,
        Waiting::Lead,
        Waiting::Signature,
        Waiting::Decision,
    ];
    let reasons: Vec<Why> = by_item.chain(others).map(Why::Waits).chain([Why::Undelivered, Why::Nothing]).collect();
    let sentences: BTreeSet<String> = reasons.iter().map(|why| why.sentence()).collect();
    let codes: BTreeSet<String> = reasons.iter().map(|why| why.code()).collect();
    assert_eq!((sentences.len(), codes.len()), (reasons.len(), reasons.len()));
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
}

#[test]
fn who_was_summoned_and_is_held_since_has_the_short_terms() {
    // T4, D26. Custody itself changes nothing of the assignment; its next version says so.
    use crate::custody::Step;
    let mut case = confirmed(Registration { arrested: false, arrived_at: None, ..minor() });
    let version = version(&case);
    case.done(Command::NoteDelivered(version), &service(Kind::Om));
    assert_eq!(after(&case, 25), None);
    for step in [Step::Aankomst, Step::Inverzekeringstelling] {
        let events = case.done(Command::RecordCustody(step, now()), &operator());
        assert!(matches!(&events[..], [Event::CustodyRecorded(_)]));
    }
    late(&case, Waiting::Lead);
    assert!(!case.body().brief().unwrap().arrested, "a version says the same whenever it is sent");
    let household = case.body().facts.household.clone();
    case.done(Command::ConfirmHousehold(household, None), &operator());
    assert!(case.body().brief().unwrap().arrested);
    case.done(Command::NoteDelivered(version + 1), &service(Kind::Om));
    case.done(Command::RecordCustody(Step::Invrijheidstelling, now()), &operator());
    assert_eq!(after(&case, 25), None, "released: the long terms again");
}
