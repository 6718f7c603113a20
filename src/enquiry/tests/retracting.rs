//! "This was another person" (D12): the desk takes an answer back, and says anew what holds.

use super::*;

fn retract(version: u32) -> Command {
    Command::Retract { version, reason: text("een andere J. de Vries") }
}

fn answered(question: &Question) -> Story<EnquiryLaw> {
    let mut enquiry = received(question);
    enquiry.done(answer(question), &desk(Kind::Reclassering));
    enquiry
}

#[test]
fn an_answer_that_was_taken_back_is_a_version_and_leaves_the_question_open() {
    let question = oudercheck();
    let mut enquiry = answered(&question);
    let events = enquiry.done(retract(1), &desk(Kind::Reclassering));
    assert!(matches!(&events[..], [Event::Retracted { version: 2, .. }]), "{events:?}");
    assert_eq!(react(&events[0]), [Errand::Deliver { version: 2 }, Errand::TakeBackCopies]);
    let body = enquiry.body();
    assert_eq!((body.stage(), body.is_open(), body.latest(), body.latest_version()), (Stage::Retracted, true, None, 2));
    assert!(body.is_retracted(1) && body.answers.len() == 1);
    // Someone takes it up anew, and the next answer is the next version.
    assert_eq!(enquiry.done(Command::TakeUp, &desk(Kind::Reclassering)).len(), 1);
    let events = enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert!(matches!(&events[..], [Event::Answered { version: 3, .. }]));
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Answered, false));
}

#[test]
fn the_same_answer_is_taken_back_once() {
    let question = oudercheck();
    let mut enquiry = answered(&question);
    enquiry.done(retract(1), &desk(Kind::Reclassering));
    assert_eq!(enquiry.done(retract(1), &desk(Kind::Reclassering)), []);
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!(enquiry.done(retract(1), &desk(Kind::Reclassering)), []);
    assert_eq!(enquiry.body().stage(), Stage::Answered);
}

#[test]
fn only_an_answer_can_be_taken_back_and_not_without_a_reason() {
    let question = oudercheck();
    let mut enquiry = answered(&question);
    enquiry.done(retract(1), &desk(Kind::Reclassering));
    for version in [0, 2, 7] {
        let refusal = enquiry.refusal(retract(version), &desk(Kind::Reclassering));
        assert_eq!(refusal, malformed("version", Problem::NoSuchVersion), "{version}");
    }
    let silent = Command::Retract { version: 1, reason: Sensitive::case(" ".into()) };
    assert_eq!(answered(&question).refusal(silent, &desk(Kind::Reclassering)), malformed("reason", Problem::Missing));
}

#[test]
fn an_answer_that_was_supplemented_can_be_taken_back_too() {
    let question = oudercheck();
    let mut enquiry = answered(&question);
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    enquiry.done(retract(1), &desk(Kind::Reclassering));
    let body = enquiry.body();
    assert!(body.is_retracted(1) && !body.is_retracted(2) && body.is_open());
}

#[test]
fn only_the_desk_of_the_asked_region_takes_back() {
    // D19, D32.
    let enquiry = answered(&oudercheck());
    for stranger in [elsewhere(Kind::Reclassering, Role::Balie), desk(Kind::VeiligThuis), desk(Kind::Rvdk)] {
        assert_eq!(enquiry.refusal(retract(1), &stranger), OTHER_ORGANISATION);
    }
    for other in [service(Kind::Reclassering), adviser(Kind::Reclassering), prosecutor()] {
        assert_eq!(enquiry.refusal(retract(1), &other), OTHER_ROLE);
    }
}

#[test]
fn what_is_about_someone_else_is_taken_back_also_when_nobody_waits_for_it() {
    // D21.
    let mut enquiry = answered(&oudercheck());
    enquiry.done(Command::Withdraw, &service(Kind::Rvdk));
    let events = enquiry.done(retract(1), &desk(Kind::Reclassering));
    assert_eq!(
        events.iter().flat_map(react).collect::<Vec<_>>(),
        [Errand::Deliver { version: 2 }, Errand::TakeBackCopies]
    );
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Withdrawn, false));
}
