//! The decision: only over a passed gate, by the prosecutor or with a mandate, and once.

use super::*;
use crate::decision::{Proposed, Route, Stance};
use crate::item::{Item, State};
use crate::progress::AdviceState;

#[test]
fn the_prosecutor_decides_over_a_passed_gate() {
    // Invariant 1, in both flows.
    for (facts, items) in [(minor(), 4), (adult(), 4)] {
        let (mut case, assignment) = ready(facts);
        assert_eq!(open(&case), []);
        let events = case.done(decide_it(&case, 1), &prosecutor());
        let [Event::Decided(decision)] = &events[..] else { panic!("no decision: {events:?}") };
        assert_eq!(decision.rests_on, assignment.body().advices[0].rests_on);
        assert_eq!((decision.rests_on.len(), decision.advice_version), (items, 1));
        assert_eq!((&decision.by, &decision.mandate), (&prosecutor(), &None));
    }
}

#[test]
fn while_anything_is_open_a_decision_is_refused_with_all_that_is_open() {
    let case = confirmed(minor());
    let Some(Refusal::Incomplete(incomplete)) = case.refusal(decide_it(&case, 1), &prosecutor()) else {
        panic!("decided")
    };
    let subjects: Vec<Subject> = incomplete.open().iter().map(|one| one.subject).collect();
    let item = Subject::Item;
    assert_eq!(
        subjects,
        [
            Subject::Assignment,
            item(Item::VeiligThuis),
            item(Item::EigenOnderzoek),
            item(Item::Politiedossier),
            item(Item::Oudercheck),
            Subject::Advice,
        ]
    );
}

#[test]
fn no_single_missing_piece_lets_the_gate_open() {
    // Each item at less than weighed, each older version, each older sequence of events.
    let (case, assignment) = ready(minor());
    let full = assignment.body().snapshot(1000);
    let shut = |snapshot| {
        let mut case = case.clone();
        case.done(Command::ReportProgress(snapshot), &service(Kind::Rvdk));
        assert!(gate(case.body()).is_err());
        assert!(case.act(decide_it(&case, 1), &prosecutor()).is_err());
    };
    for item in full.items.keys() {
        let mut without = full.clone();
        without.items.remove(item);
        shut(without);
        let mut unweighed = full.clone();
        unweighed.items.get_mut(item).unwrap().standing.state = State::Answered;
        shut(unweighed);
        let mut newer = full.clone();
        let standing = &mut newer.items.get_mut(item).unwrap().standing;
        (standing.latest, standing.weighed) = (2, 2);
        shut(newer);
    }
    for advice in [AdviceState::None, AdviceState::Withdrawn(1), AdviceState::Signed(2)] {
        shut(Snapshot { advice, ..full.clone() });
    }
    for assignment_version in [0, 2] {
        shut(Snapshot { assignment_version, ..full.clone() });
    }
}

#[test]
fn an_advice_for_an_earlier_version_of_the_assignment_is_stale() {
    let (mut case, assignment) = ready(minor());
    let mut household = case.body().facts.household.clone();
    household.persons[1].at_address = false;
    case.done(Command::ConfirmHousehold(household, None), &operator());
    let snapshot = Snapshot { assignment_version: 2, ..assignment.body().snapshot(1000) };
    case.done(Command::ReportProgress(snapshot), &service(Kind::Rvdk));
    assert_eq!(open(&case), [(Subject::Advice, Reason::Stale)]);
}

#[test]
fn outside_the_agreements_no_decision_is_recorded() {
    // D2, A7, A8.
    for facts in [outside(), under_twelve()] {
        let case = registered(facts);
        let refusal = case.refusal(decide_it(&case, 1), &prosecutor()).unwrap();
        assert_eq!((&refusal, refusal.code()), (&Refusal::NotNow(NotNow::OutsideScope), "BUITEN_REIKWIJDTE"));
    }
}

#[test]
fn a_second_decision_is_refused() {
    let (mut case, _) = ready(adult());
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(case.refusal(decide_it(&case, 1), &prosecutor()), Some(Refusal::NotNow(NotNow::Decided)));
}

#[test]
fn a_parketsecretaris_decides_only_with_a_mandate_and_it_is_shown() {
    // D31.
    let (mut case, _) = ready(minor());
    assert_eq!(case.refusal(decide_it(&case, 1), &secretary()), Some(Refusal::Forbidden(Forbidden::Mandate)));
    let with_mandate = deciding(&case, proposed(1), Some("m-1"));
    let by_prosecutor = decide(&case.state, with_mandate.clone(), &prosecutor(), now()).unwrap();
    assert!(matches!(&by_prosecutor[..], [Event::Decided(decision)] if decision.mandate.is_none()));
    case.done(with_mandate, &secretary());
    assert!(matches!(&case.body().end, Some(End::Decided(decision)) if decision.mandate.as_deref() == Some("m-1")));
}

#[test]
fn whatever_a_parketsecretaris_does_in_place_of_the_prosecutor_takes_a_mandate() {
    // D31.
    let mandate = || Some("m-1".to_owned());
    let settlement = Settlement { age: Some(SettledAge::Adult), hg_km: None, reason: text("reden") };
    let settle = |mandate| Command::Settle(settlement.clone(), mandate);
    let close = |mandate| Command::Close(CloseReason::Duplicate, text("toelichting"), mandate);
    let reopen = |mandate| Command::Reopen(text("te vroeg"), mandate);
    let mut ended = registered(minor());
    ended.done(close(None), &prosecutor());
    let undecided = confirmed(registration(parent_and_child(AROUND_EIGHTEEN), HgKm::Ja));
    let without = Some(Refusal::Forbidden(Forbidden::Mandate));
    assert_eq!(undecided.refusal(settle(None), &secretary()), without);
    assert_eq!(undecided.refusal(settle(mandate()), &secretary()), None);
    assert_eq!(undecided.refusal(close(None), &secretary()), without);
    assert_eq!(undecided.refusal(close(mandate()), &secretary()), None);
    assert_eq!(ended.refusal(reopen(None), &secretary()), without);
    assert_eq!(ended.refusal(reopen(mandate()), &secretary()), None);
    assert_eq!(ended.refusal(reopen(mandate()), &operator()), OTHER_ROLE, "a mandate makes no role");
}

#[test]
fn a_decision_names_the_advice_that_was_read_and_follows_it_or_says_why_not() {
    // D34.
    let (mut case, _) = ready(minor());
    let refused = |proposed| case.refusal(deciding(&case, proposed, None), &prosecutor());
    assert_eq!(refused(proposed(2)), malformed("advice_version", Problem::NoSuchVersion));
    assert_eq!(refused(Proposed { motivation: empty(), ..proposed(1) }), malformed("motivation", Problem::Missing));
    assert_eq!(
        refused(Proposed { route: Route::Halt, ..proposed(1) }),
        malformed("route", Problem::NotTheAdvisedRoute)
    );
    let stance = Stance::Deviates { because: text("want") };
    let deviating = Proposed { route: Route::Halt, stance, ..proposed(1) };
    case.done(deciding(&case, deviating, None), &prosecutor());
}

#[test]
fn each_suspect_has_a_decision_of_his_own() {
    // A12, scenario 11: a closed gate beside it changes nothing.
    let (mut ready, _) = ready(minor());
    let waiting = confirmed(adult());
    ready.done(decide_it(&ready, 1), &prosecutor());
    assert!(waiting.body().end.is_none());
}
