//! A desk warns of acute danger, at any moment (D27).

use super::*;
use crate::signal::Warning;

fn raise() -> Command {
    Command::RaiseSignal(warning())
}

fn vt() -> Question {
    question_of(&flow_a(), Item::VeiligThuis)
}

fn by_vt() -> Actor {
    desk(Kind::VeiligThuis)
}

#[test]
fn a_warning_goes_to_om_before_there_is_an_answer() {
    let mut enquiry = received(&vt());
    let events = enquiry.done(raise(), &by_vt());
    let [Event::SignalRaised(signal)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(react(&events[0]), [Errand::Signal { signal: signal.name }]);
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Received, true));
    events.iter().for_each(assert_kept);
    assert_clean(enquiry.body());
}

#[test]
fn a_warning_goes_when_the_question_was_withdrawn_too() {
    let mut enquiry = received(&vt());
    enquiry.done(Command::Withdraw, &service(Kind::Rvdk));
    assert_eq!(enquiry.done(raise(), &by_vt()).iter().flat_map(react).count(), 1);
}

#[test]
fn an_older_question_does_not_tell_where_a_warning_must_go() {
    let enquiry = received(&Question { case: None, ..vt() });
    assert_eq!(enquiry.refusal(raise(), &by_vt()), Some(Refusal::NotNow(NotNow::CaseNotTold)));
}

#[test]
fn only_the_asked_desk_warns() {
    // D19, D31.
    let enquiry = received(&vt());
    for stranger in [elsewhere(Kind::VeiligThuis, Role::Balie), desk(Kind::Rvdk)] {
        assert_eq!(enquiry.refusal(raise(), &stranger), OTHER_ORGANISATION);
    }
    for other in [service(Kind::VeiligThuis), adviser(Kind::Rvdk), police()] {
        assert_eq!(enquiry.refusal(raise(), &other), OTHER_ROLE);
    }
}

#[test]
fn a_warning_without_words_is_refused() {
    let silent = Warning { situation: Sensitive::case(" ".into()), ..warning() };
    let refusal = received(&vt()).refusal(Command::RaiseSignal(silent), &by_vt());
    assert_eq!(refusal, malformed("warning.situation", Problem::Missing));
}
