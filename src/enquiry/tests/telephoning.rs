//! The lead noted what this office said by telephone, and its desk confirms it (D20).

use super::*;
use crate::outcome::Substance;
use crate::telephone::{Call, Note};

fn call() -> Call {
    Call { spoken_with: text("Piket"), number: text("030-0000000"), at: now() }
}

fn note(question: &Question, followed: u32) -> Note {
    let mut answer = Box::new(answer_to(question, |_| Outcome::NotKnown));
    answer.searched.by.clear();
    Note { number: 1, followed, call: call(), answer, at: now() }
}

fn told(note: &Note) -> Command {
    Command::NoteTelephoneAnswer(Box::new(note.clone()))
}

const CONFIRM: Command = Command::ConfirmTelephoneAnswer { number: 1 };
const ANSWERED_ITSELF: Option<Refusal> = Some(Refusal::NotNow(NotNow::AnsweredItself));

/// A question of which the lead told what was noted by telephone.
fn noted() -> (Story<EnquiryLaw>, Question) {
    let question = oudercheck();
    let mut enquiry = received(&question);
    enquiry.done(told(&note(&question, 0)), &service(Kind::Rvdk));
    (enquiry, question)
}

#[test]
fn what_was_noted_is_no_answer_of_this_office() {
    let (enquiry, question) = noted();
    assert_eq!(enquiry.body().telephoned(1).map(|one| &one.note), Some(&note(&question, 0)));
    assert_eq!((enquiry.body().stage(), enquiry.body().latest_version()), (Stage::Received, 0));
    assert!(enquiry.body().is_open());
    assert_eq!(confirm(&enquiry.state, 0, &service(Kind::Om)), Ok(Finding::Current));
}

#[test]
fn the_desk_confirms_it_with_one_act_and_it_travels_as_its_own_answer() {
    let (mut enquiry, question) = noted();
    let by = desk(Kind::Reclassering);
    let events = enquiry.done(CONFIRM, &by);
    let mut own = answer_to(&question, |_| Outcome::NotKnown);
    own.searched.by.clone_from(&by.person);
    let confirmed = Event::TelephoneAnswerConfirmed { number: 1, by: by.clone() };
    assert_eq!(
        events,
        [confirmed, Event::Answered { version: 1, answer: Box::new(own), by: Some(by.clone()), same_as: None }]
    );
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Deliver { version: 1 }]);
    assert_eq!(enquiry.body().telephoned(1).and_then(|one| one.confirmed_by.as_ref()), Some(&by));
    assert!(!enquiry.body().is_open());
}

#[test]
fn confirmed_twice_is_confirmed_once() {
    let (mut enquiry, _) = noted();
    enquiry.done(CONFIRM, &desk(Kind::Reclassering));
    assert_eq!(enquiry.done(CONFIRM, &desk(Kind::Reclassering)), []);
}

#[test]
fn after_this_office_said_anything_itself_it_is_not_confirmed_any_more() {
    let (mut enquiry, question) = noted();
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!(enquiry.refusal(CONFIRM, &desk(Kind::Reclassering)), ANSWERED_ITSELF);
    let reason = text("een ander");
    enquiry.done(Command::Retract { version: 1, reason }, &desk(Kind::Reclassering));
    assert_eq!(enquiry.refusal(CONFIRM, &desk(Kind::Reclassering)), ANSWERED_ITSELF);
    // A call of after that can be confirmed.
    enquiry.done(told(&Note { number: 2, ..note(&question, 2) }), &service(Kind::Rvdk));
    let events = enquiry.done(Command::ConfirmTelephoneAnswer { number: 2 }, &desk(Kind::Reclassering));
    assert!(matches!(&events[..], [_, Event::Answered { version: 3, .. }]), "{events:?}");
}

#[test]
fn what_was_noted_is_not_read_any_more_once_this_office_took_it_back() {
    // D12.
    let (mut enquiry, question) = noted();
    let readable = |enquiry: &Story<EnquiryLaw>, number| {
        let body = enquiry.body();
        body.telephoned(number).is_some_and(|noted| !body.is_note_retracted(&noted.note))
    };
    enquiry.done(CONFIRM, &desk(Kind::Reclassering));
    assert!(readable(&enquiry, 1));
    enquiry.done(Command::Retract { version: 1, reason: text("een ander") }, &desk(Kind::Reclassering));
    assert!(!readable(&enquiry, 1));
    enquiry.done(told(&Note { number: 2, ..note(&question, 2) }), &service(Kind::Rvdk));
    enquiry.done(told(&Note { number: 3, ..note(&question, 1) }), &service(Kind::Rvdk));
    assert!(readable(&enquiry, 2), "the same again, of a later call");
    assert!(!readable(&enquiry, 3), "it followed what was taken back");
}

#[test]
fn only_the_asked_desk_confirms_and_only_what_was_noted() {
    // D19, D31.
    let (enquiry, _) = noted();
    for other in [service(Kind::Reclassering), adviser(Kind::Reclassering), adviser(Kind::Rvdk), operator()] {
        assert_eq!(enquiry.refusal(CONFIRM, &other), OTHER_ROLE, "{other:?}");
    }
    for stranger in [elsewhere(Kind::Reclassering, Role::Balie), desk(Kind::VeiligThuis)] {
        assert_eq!(enquiry.refusal(CONFIRM, &stranger), OTHER_ORGANISATION, "{stranger:?}");
    }
    let other = Command::ConfirmTelephoneAnswer { number: 2 };
    assert_eq!(enquiry.refusal(other, &desk(Kind::Reclassering)), malformed("number", Problem::NoSuchVersion));
}

#[test]
fn only_who_asks_tells_what_was_noted() {
    // D19.
    let question = oudercheck();
    let enquiry = received(&question);
    for stranger in [elsewhere(Kind::Rvdk, Role::Dienst), service(Kind::Om), service(Kind::VeiligThuis)] {
        assert_eq!(enquiry.refusal(told(&note(&question, 0)), &stranger), OTHER_ORGANISATION, "{stranger:?}");
    }
    let nothing: Story<EnquiryLaw> = Story::new();
    assert_eq!(nothing.refusal(told(&note(&question, 0)), &service(Kind::Rvdk)), Some(Refusal::NotFound));
}

#[test]
fn the_same_note_again_is_nothing_and_another_under_its_number_is_refused() {
    // E4.
    let (mut enquiry, question) = noted();
    assert_eq!(enquiry.done(told(&note(&question, 0)), &service(Kind::Rvdk)), []);
    let other = Note { followed: 1, ..note(&question, 0) };
    assert_eq!(enquiry.refusal(told(&other), &service(Kind::Rvdk)), malformed("note.number", Problem::Duplicate));
}

#[test]
fn a_note_is_an_answer_to_this_question_of_a_call_that_was_made() {
    // D11, D13.
    let question = oudercheck();
    let mut wrong = note(&question, 0);
    wrong.answer.outcomes.clear();
    wrong.answer.searched.register.clear();
    wrong.call.spoken_with = Sensitive::case(String::new());
    let refusal = received(&question).refusal(told(&wrong), &service(Kind::Rvdk));
    let Some(Refusal::Malformed(faults)) = refusal else { panic!("it is wrong") };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["note.answer.outcomes", "note.answer.searched.register", "note.call.spoken_with"]);
}

#[test]
fn a_call_that_was_made_by_a_clock_a_little_ahead_is_heard() {
    // E1: the clocks of two offices differ.
    let question = oudercheck();
    let mut early = note(&question, 0);
    early.call.at = now() + jiff::SignedDuration::from_secs(30);
    assert_eq!(received(&question).refusal(told(&early), &service(Kind::Rvdk)), None);
}

#[test]
fn of_a_question_that_was_withdrawn_it_is_heard_and_not_confirmed() {
    // E1.
    let question = oudercheck();
    let mut enquiry = received(&question);
    enquiry.done(Command::Withdraw, &service(Kind::Rvdk));
    assert_eq!(enquiry.done(told(&note(&question, 0)), &service(Kind::Rvdk)).len(), 1);
    let withdrawn = Some(Refusal::NotNow(NotNow::Withdrawn));
    assert_eq!(enquiry.refusal(CONFIRM, &desk(Kind::Reclassering)), withdrawn);
}

#[test]
fn what_this_office_said_before_it_was_told_counts_and_what_was_noted_does_not() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    enquiry.done(told(&note(&question, 0)), &service(Kind::Rvdk));
    assert_eq!(enquiry.refusal(CONFIRM, &desk(Kind::Reclassering)), ANSWERED_ITSELF);
}

#[test]
fn a_triage_that_was_expected_by_now_is_not_confirmed_as_running() {
    // D11: it is checked as any answer of a desk.
    let question = question_of(&flow_a(), Item::VeiligThuis);
    let mut enquiry = received(&question);
    let mut running = note(&question, 0);
    for one in &mut running.answer.outcomes {
        let substance = Substance { for_advice: text("loopt"), for_adviser: text("loopt") };
        one.outcome = Outcome::TriageRunning { substance, expected: hours(1) };
    }
    running.answer.judgement = None;
    enquiry.done(told(&running), &service(Kind::Rvdk));
    assert_eq!(enquiry.refusal(CONFIRM, &desk(Kind::VeiligThuis)), None);
    enquiry.now = hours(2);
    let Some(Refusal::Malformed(faults)) = enquiry.refusal(CONFIRM, &desk(Kind::VeiligThuis)) else { panic!() };
    assert!(faults.iter().all(|fault| fault.problem == Problem::InPast));
}

#[test]
fn what_this_office_wrote_after_the_call_and_took_back_closes_the_note_in_whatever_words() {
    // D12.
    let (mut enquiry, question) = noted();
    let other_words = answer_to(&question, known);
    enquiry.done(Command::Answer(Box::new(other_words)), &desk(Kind::Reclassering));
    let is_closed = |enquiry: &Story<EnquiryLaw>| enquiry.body().is_note_retracted(&note(&question, 0));
    assert!(!is_closed(&enquiry));
    enquiry.done(Command::Retract { version: 1, reason: text("een ander") }, &desk(Kind::Reclassering));
    assert!(is_closed(&enquiry));
}
