//! A warning never waits behind the gate (D27, R-rk-10).

use super::*;
use crate::item::Item;
use crate::name::SignalName;
use crate::organisation::Role;
use crate::signal::{Receiver, Signal};
use crate::view::of_case;
use std::collections::BTreeSet;

/// The signal with this number of the desk of Veilig Thuis.
pub(super) fn signal(number: usize) -> Signal {
    let name = SignalName::derive("questions/1", number);
    Signal { name, warning: warning(), by: desk(Kind::VeiligThuis), at: now() }
}

pub(super) fn receive(signal: &Signal) -> Command {
    Command::ReceiveSignal(Box::new(signal.clone()))
}

fn vt() -> Actor {
    service(Kind::VeiligThuis)
}

#[test]
fn a_signal_arrives_while_the_gate_is_shut_and_leaves_it_as_it_is() {
    let mut case = confirmed(minor());
    let before = open(&case);
    assert!(!before.is_empty());
    let events = case.done(receive(&signal(1)), &vt());
    assert!(matches!(&events[..], [Event::SignalReceived(_), Event::AlertRaised(_)]), "{events:?}");
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), []);
    assert_eq!((open(&case), &case.body().signals), (before, &vec![signal(1)]));
    events.iter().for_each(assert_kept);
    assert_clean(case.body());
}

#[test]
fn a_signal_does_not_shut_the_gate_either() {
    let (mut case, _) = ready(minor());
    case.done(receive(&signal(1)), &vt());
    assert!(gate(case.body()).is_ok());
    case.done(decide_it(&case, 1), &prosecutor());
}

#[test]
fn a_case_waits_for_nothing_before_its_signal_until_the_prosecutor_looked_at_it() {
    let mut case = confirmed(minor());
    let waited = waiting(case.body());
    case.done(Command::NoteTrouble(Errand::Brief { version: 1 }, Trouble::Stuck), &service(Kind::Om));
    case.done(receive(&signal(1)), &vt());
    assert_eq!(waiting(case.body()), Some(Waiting::Signal));
    let still = stuck(case.body(), now(), crate::term::Terms::default());
    assert_eq!(still, Some(Stuck { why: Why::Waits(Waiting::Signal), since: now() }), "at once");
    case.done(Command::AnswerAlert(1, text("politie is erheen")), &prosecutor());
    assert_eq!((waited, waiting(case.body())), (Some(Waiting::Lead), Some(Waiting::Trouble)));
}

#[test]
fn after_a_decision_and_after_a_close_it_is_an_alert() {
    let (mut decided, _) = ready(minor());
    decided.done(decide_it(&decided, 1), &prosecutor());
    let mut closed = confirmed(minor());
    closed.done(close(CloseReason::Transferred), &prosecutor());
    for case in [&mut decided, &mut closed] {
        case.done(receive(&signal(1)), &vt());
        let alerts: Vec<Subject> = case.body().alerts.iter().map(|alert| alert.subject).collect();
        assert_eq!((alerts, waiting(case.body())), (vec![Subject::Signal], Some(Waiting::Signal)));
    }
}

#[test]
fn opening_a_case_again_is_no_answer_to_a_signal() {
    // D27, D31: a secretary may open a case again, and may not answer an alert.
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    case.done(receive(&signal(1)), &vt());
    case.done(Command::Reopen(text("nieuw antwoord"), Some("m-1".into())), &secretary());
    assert_eq!(case.body().unanswered().collect::<Vec<_>>(), [2], "the news is answered, the danger is not");
    assert_eq!(waiting(case.body()), Some(Waiting::Signal));
    assert_eq!(case.refusal(Command::AnswerAlert(2, text("politie is erheen")), &secretary()), OTHER_ROLE);
    case.done(Command::AnswerAlert(2, text("politie is erheen")), &prosecutor());
    assert_ne!(waiting(case.body()), Some(Waiting::Signal));
}

#[test]
fn a_signal_of_a_lead_of_before_arrives() {
    let mut case = confirmed(minor());
    case.done(close(CloseReason::Transferred), &prosecutor());
    case.done(Command::Reopen(text("toch door"), None), &prosecutor());
    let of_lead = Signal { by: adviser(Kind::Rvdk), ..signal(1) };
    assert_eq!(case.done(receive(&of_lead), &service(Kind::Rvdk)).len(), 2);
}

#[test]
fn the_same_signal_twice_is_one_and_another_under_its_name_is_refused() {
    let mut case = confirmed(minor());
    case.done(receive(&signal(1)), &vt());
    assert_eq!(case.done(receive(&signal(1)), &vt()), []);
    assert_eq!(case.done(receive(&signal(2)), &vt()).len(), 2, "the same words again are a warning again");
    let other = Signal { at: hours(1), ..signal(1) };
    assert_eq!(case.refusal(receive(&other), &vt()), malformed("signal.name", Problem::Duplicate));
}

#[test]
fn only_an_office_that_can_have_been_asked_warns_and_only_in_its_own_name() {
    // D19.
    let case = confirmed(minor());
    for other in [police(), operator(), prosecutor(), service(Kind::Om), desk(Kind::VeiligThuis), adviser(Kind::Rvdk)] {
        assert_eq!(case.refusal(receive(&signal(1)), &other), OTHER_ROLE);
    }
    for stranger in [service(Kind::Rvdk), elsewhere(Kind::VeiligThuis, Role::Dienst)] {
        assert_eq!(case.refusal(receive(&signal(1)), &stranger), OTHER_ORGANISATION);
    }
    let nobody_asked = registered(minor());
    assert_eq!(nobody_asked.refusal(receive(&signal(1)), &vt()), OTHER_ORGANISATION);
    let by_rule = Signal { by: vt(), ..signal(1) };
    assert_eq!(case.refusal(receive(&by_rule), &vt()), malformed("signal.by", Problem::NotForThisOffice));
}

#[test]
fn each_reads_what_is_released_to_it_and_the_table_always_learns_what_must_be_done() {
    let to = |receivers: &[Receiver]| crate::signal::Warning {
        released_to: receivers.iter().copied().collect::<BTreeSet<_>>(),
        ..warning()
    };
    let sees = |role, receivers: &[Receiver]| {
        let sight = of_case(role);
        (sight.learns_of(&to(receivers)), sight.reads(&to(receivers)))
    };
    for role in [Role::Officier, Role::Parketsecretaris] {
        assert_eq!(sees(role, &[Receiver::Om]), (true, true));
        assert_eq!(sees(role, &[Receiver::Politie]), (true, false));
    }
    assert_eq!(sees(Role::Operator, &[Receiver::Om, Receiver::Politie]), (true, false));
    assert_eq!(sees(Role::Politie, &[Receiver::Politie]), (true, true));
    assert_eq!(sees(Role::Politie, &[Receiver::Om]), (false, false));
    assert_eq!(sees(Role::Adviseur, &[Receiver::Om, Receiver::Politie]), (false, false));
}
