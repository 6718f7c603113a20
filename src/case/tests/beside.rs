//! What is recorded beside the gate: calls (A16) and custody (A18, D26).

use super::*;
use crate::custody::{Standing, Step};
use crate::item::Item;
use crate::telephone::Call;

fn call(spoken_with: &str) -> LoggedCall {
    LoggedCall {
        whom: organisation(Kind::VeiligThuis),
        item: Some(Item::VeiligThuis),
        call: Call { spoken_with: text(spoken_with), number: text("0800-2000"), at: hours(-1) },
        outcome: text("zegt dat er niets bekend is"),
    }
}

fn log(call: LoggedCall) -> Command {
    Command::LogCall(Box::new(call))
}

fn custody(step: Step, at: Timestamp) -> Command {
    Command::RecordCustody(step, at)
}

#[test]
fn a_call_is_noted_and_opens_nothing() {
    // A16: what somebody says by telephone to the table is no answer.
    let mut case = confirmed(minor());
    let before = open(&case);
    case.done(log(call("J. de Boer")), &operator());
    assert_eq!(case.body().calls.len(), 1);
    assert_eq!(open(&case), before);
    assert_eq!(case.refusal(decide_it(&case, 1), &prosecutor()), gate(case.body()).err().map(Refusal::Incomplete));
    assert_eq!(case.done(log(call("J. de Boer")), &operator()), [], "told once");
}

#[test]
fn a_call_is_noted_with_what_came_of_it_and_by_the_operator() {
    let case = confirmed(minor());
    let mute = LoggedCall { outcome: empty(), ..call("J. de Boer") };
    assert_eq!(case.refusal(log(mute), &operator()), malformed("call.outcome", Problem::Missing));
    let mut early = call("J. de Boer");
    early.call.at = hours(1);
    assert_eq!(case.refusal(log(early), &operator()), malformed("call.call.at", Problem::InFuture));
    assert_eq!(case.refusal(log(call("J. de Boer")), &prosecutor()), OTHER_ROLE);
    assert_eq!(case.refusal(log(call("J. de Boer")), &elsewhere(Kind::Om, crate::Role::Operator)), OTHER_ORGANISATION);
}

#[test]
fn a_call_is_noted_after_the_end_too() {
    let mut closed = confirmed(minor());
    closed.done(close(CloseReason::Duplicate), &prosecutor());
    assert_eq!(closed.done(log(call("J. de Boer")), &operator()).len(), 1);
    let (mut decided, _) = ready(minor());
    decided.done(decide_it(&decided, 1), &prosecutor());
    assert_eq!(decided.done(log(call("J. de Boer")), &operator()).len(), 1);
}

#[test]
fn custody_is_recorded_while_the_gate_is_shut_and_opens_nothing() {
    // A18, D26: held since the arrival at nine in the morning; nine hours make six in the evening.
    let mut case = confirmed(minor());
    let before = open(&case);
    case.done(custody(Step::Ophouden { voorlopige_hechtenis: true }, hours(-2)), &police());
    assert_eq!(case.body().custody().standing, Standing::Opgehouden { voorlopige_hechtenis: true });
    assert_eq!(case.body().custody().term_ends(), Some(hours(6)));
    case.done(custody(Step::Inverzekeringstelling, hours(-1)), &operator());
    assert_eq!(case.body().custody().term_ends(), Some(hours(71)));
    assert_eq!(open(&case), before);
    assert!(case.body().is_held_back());
}

#[test]
fn a_term_that_ended_opens_nothing_and_voorgeleiding_decides_nothing() {
    let mut case = confirmed(minor());
    case.done(custody(Step::Ophouden { voorlopige_hechtenis: false }, hours(-2)), &police());
    case.now = hours(48);
    assert!(case.body().custody().term_ends() < Some(case.now));
    assert!(matches!(case.refusal(decide_it(&case, 1), &prosecutor()), Some(Refusal::Incomplete(_))));
    case.done(custody(Step::Voorgeleiding, hours(47)), &police());
    assert!(case.body().end.is_none() && case.body().is_held_back());
}

#[test]
fn custody_is_recorded_in_an_order_that_can_be_and_once() {
    let mut case = confirmed(minor());
    assert_eq!(case.refusal(custody(Step::Verlenging, hours(-1)), &police()), malformed("step", Problem::OutOfOrder));
    let release = custody(Step::Invrijheidstelling, hours(-1));
    case.done(release.clone(), &police());
    assert_eq!(case.done(release, &police()), [], "it is so already");
    assert_eq!(case.refusal(custody(Step::Aankomst, hours(-2)), &police()), malformed("at", Problem::OutOfOrder));
    assert_eq!(case.refusal(custody(Step::Aankomst, hours(0)), &prosecutor()), OTHER_ROLE);
    let stranger = elsewhere(Kind::Politie, crate::Role::Politie);
    assert_eq!(case.refusal(custody(Step::Aankomst, hours(0)), &stranger), OTHER_ORGANISATION);
}

#[test]
fn custody_is_recorded_after_the_end_and_a_decided_case_is_not_held_back() {
    let (mut case, _) = ready(minor());
    assert!(!case.body().is_held_back(), "the gate is open");
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(case.done(custody(Step::Invrijheidstelling, hours(0)), &police()).len(), 1);
    assert!(!case.body().is_held_back());
    assert!(!registered(outside()).body().is_held_back(), "there is no decision to hold back");
}

#[test]
fn an_act_of_custody_that_was_recorded_wrongly_is_struck_out_with_a_reason_and_stays_readable() {
    // D26.
    let mut case = registered(minor());
    let strike = |number| Command::StrikeCustody(number, text("hij bleef op het bureau"));
    case.done(custody(Step::Ophouden { voorlopige_hechtenis: true }, hours(-2)), &police());
    case.done(custody(Step::Inverzekeringstelling, hours(-1)), &police());
    case.done(custody(Step::Verlenging, hours(0)), &operator());
    assert_eq!(
        case.refusal(strike(2), &police()),
        malformed("number", Problem::OutOfOrder),
        "the extension rests on it"
    );
    for number in [0, 4] {
        assert_eq!(case.refusal(strike(number), &police()), malformed("number", Problem::Unknown));
    }
    assert_eq!(case.refusal(Command::StrikeCustody(3, empty()), &police()), malformed("reason", Problem::Missing));
    assert_eq!(case.refusal(strike(3), &prosecutor()), OTHER_ROLE);
    assert_eq!(case.refusal(strike(3), &elsewhere(Kind::Politie, crate::Role::Politie)), OTHER_ORGANISATION);
    let waited = case.body().moved_at;
    case.now = hours(1);
    assert_eq!(case.done(strike(3), &police()).len(), 1);
    assert_eq!(case.done(strike(3), &police()), [], "once");
    assert_eq!((case.body().custody().standing, case.body().moved_at), (Standing::InVerzekering, waited));
    assert_eq!((case.body().custody.len(), &case.body().custody_struck[&3].by), (3, &police()), "the fact stays");
    case.done(strike(2), &operator());
    assert_eq!(case.body().custody().standing, Standing::Opgehouden { voorlopige_hechtenis: true });
    case.done(custody(Step::Inverzekeringstelling, hours(-1)), &police());
    assert_eq!(case.body().custody().standing, Standing::InVerzekering, "what was done is recorded anew");
    let told = crate::case::timeline::timeline(case.events.iter().map(|event| (event, now())));
    let words = "Doorgehaald, want het klopte niet: De inverzekeringstelling is verlengd (op ".to_lowercase();
    assert!(told.iter().any(|moment| moment.what.words().to_lowercase().starts_with(&words)), "{told:?}");
}
