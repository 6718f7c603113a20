//! A question at the office that answers it.

mod alike;
mod looking;
mod retracting;
mod signals;
mod telephoning;

use super::*;
use crate::answer::Answer;
use crate::decision::Route;
use crate::fault::{Faults, Problem};
use crate::identity::Identity;
use crate::item::Item;
use crate::judgement::Judgement;
use crate::look::Finding;
use crate::organisation::{Kind, Role};
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::register::{Found, Lookup};
use crate::term::Terms;
use crate::testing::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn oudercheck() -> Question {
    question_of(&flow_a(), Item::Oudercheck)
}

fn receive(question: &Question, lookup: Option<Lookup>) -> Command {
    Command::Receive(Box::new(question.clone()), question.addressee.kind, lookup, Terms::default())
}

fn received(question: &Question) -> Story<EnquiryLaw> {
    let mut enquiry = Story::new();
    enquiry.done(receive(question, None), &service(question.asked_by.kind));
    enquiry
}

fn answer(question: &Question) -> Command {
    Command::Answer(Box::new(answer_to(question, known)))
}

fn nobody_found(question: &Question) -> Lookup {
    let not_found = |person| Found { person, known: None, judgement: None, safety_conditions: None };
    let found = question.answer_about().into_iter().map(not_found).collect();
    Lookup {
        register: "register".into(),
        as_of: hours(-1),
        found,
        in_doubt: BTreeSet::new(),
        children_of_reference: Some(false),
    }
}

fn malformed(field: &str, problem: Problem) -> Option<Refusal> {
    Some(Refusal::Malformed(Faults::one(field, problem)))
}

const OTHER_ORGANISATION: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Organisation));
const OTHER_ROLE: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Role));

#[test]
fn a_question_from_a_clock_that_is_past_midnight_already_is_taken_in() {
    // A16, D8: the day of the question is that of the lead.
    let question = oudercheck();
    let receive_at = |at: &str| {
        let by = service(question.asked_by.kind);
        decide(&None, receive(&question, None), &by, at.parse().unwrap()).err()
    };
    assert_eq!(receive_at("2026-05-31T21:58:00Z"), None, "two minutes to midnight here");
    assert_eq!(receive_at("2026-05-31T12:00:00Z"), malformed("question.asked_on", Problem::InFuture));
}

#[test]
fn the_same_question_again_is_nothing_and_another_under_its_name_is_refused() {
    // E4, scenario 20.
    let question = oudercheck();
    let mut enquiry = received(&question);
    assert_eq!(enquiry.done(receive(&question, Some(nobody_found(&question))), &service(Kind::Rvdk)), []);
    let other = Question { arrested: !question.arrested, ..question };
    assert_eq!(enquiry.refusal(receive(&other, None), &service(Kind::Rvdk)), malformed("question", Problem::Duplicate));
}

#[test]
fn only_who_asks_brings_and_withdraws_a_question() {
    let question = oudercheck();
    let nothing: Story<EnquiryLaw> = Story::new();
    let enquiry = received(&question);
    for stranger in [elsewhere(Kind::Rvdk, Role::Dienst), service(Kind::Reclassering), service(Kind::Om)] {
        assert_eq!(nothing.refusal(receive(&question, None), &stranger), OTHER_ORGANISATION);
        assert_eq!(enquiry.refusal(receive(&question, None), &stranger), OTHER_ORGANISATION);
        assert_eq!(enquiry.refusal(Command::Withdraw, &stranger), OTHER_ORGANISATION);
    }
    assert_eq!(nothing.refusal(Command::TakeUp, &desk(Kind::Reclassering)), Some(Refusal::NotFound));
}

#[test]
fn each_check_is_asked_by_its_own_lead_and_veilig_thuis_by_either() {
    // §3.8.2.
    let asked_by = |mut question: Question, kind| {
        question.asked_by.kind = kind;
        Story::<EnquiryLaw>::new().refusal(receive(&question, None), &service(kind))
    };
    let wrong = malformed("question.asked_by.kind", Problem::NotForThisOffice);
    let kindcheck = question_of(&flow_b(), Item::Kindcheck);
    let vt = question_of(&flow_a(), Item::VeiligThuis);
    assert_eq!(asked_by(oudercheck(), Kind::Rvdk), None);
    assert_eq!(asked_by(oudercheck(), Kind::Reclassering), wrong);
    assert_eq!(asked_by(kindcheck.clone(), Kind::Reclassering), None);
    assert_eq!(asked_by(kindcheck, Kind::Rvdk), wrong);
    assert_eq!((asked_by(vt.clone(), Kind::Rvdk), asked_by(vt.clone(), Kind::Reclassering)), (None, None));
    assert_eq!(asked_by(vt, Kind::Om), wrong);
}

#[test]
fn a_question_for_another_office_or_about_the_wrong_age_is_malformed() {
    let mut question = oudercheck();
    let at_vt = Command::Receive(Box::new(question.clone()), Kind::VeiligThuis, None, Terms::default());
    let nothing: Story<EnquiryLaw> = Story::new();
    let refusal = nothing.refusal(at_vt, &service(Kind::Rvdk));
    assert_eq!(refusal, malformed("question.addressee.kind", Problem::NotForThisOffice));
    question.subjects[0].identity = Sensitive::about(2, identity(2, FIFTEEN));
    let refusal = nothing.refusal(receive(&question, None), &service(Kind::Rvdk));
    assert_eq!(refusal, malformed("question.subjects[0]", Problem::WrongAge));
}

#[test]
fn what_the_register_is_sure_of_is_answered_at_once_and_travels_in_the_reply() {
    let question = oudercheck();
    let mut enquiry: Story<EnquiryLaw> = Story::new();
    let events = enquiry.done(receive(&question, Some(nobody_found(&question))), &service(Kind::Rvdk));
    assert!(matches!(&events[..], [Event::Received { .. }, Event::Answered { version: 1, by: None, .. }]));
    assert!(events.iter().flat_map(react).next().is_none());
    assert!(!enquiry.body().is_open());
}

#[test]
fn what_the_register_is_not_sure_of_waits_at_the_desk() {
    let mut question = oudercheck();
    let lookup = nobody_found(&question);
    question.subjects[0].identity = Sensitive::about(2, Identity { bsn: None, ..identity(2, ADULT) });
    let mut enquiry: Story<EnquiryLaw> = Story::new();
    let events = enquiry.done(receive(&question, Some(lookup)), &service(Kind::Rvdk));
    assert!(matches!(&events[..], [Event::Received { .. }]));
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Received, true));
}

#[test]
fn only_the_desk_of_the_asked_region_takes_up_and_answers() {
    // D19, D32.
    let question = oudercheck();
    let enquiry = received(&question);
    for command in [Command::TakeUp, answer(&question)] {
        assert_eq!(enquiry.refusal(command.clone(), &desk(Kind::Reclassering)), None);
        for stranger in [elsewhere(Kind::Reclassering, Role::Balie), desk(Kind::VeiligThuis), desk(Kind::Rvdk)] {
            assert_eq!(enquiry.refusal(command.clone(), &stranger), OTHER_ORGANISATION);
        }
        for other in [service(Kind::Reclassering), adviser(Kind::Reclassering), prosecutor()] {
            assert_eq!(enquiry.refusal(command.clone(), &other), OTHER_ROLE, "{other:?}");
        }
    }
}

#[test]
fn a_colleague_at_the_desk_takes_a_question_over_in_the_open() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    let one = desk(Kind::Reclassering);
    let colleague = Actor { person: "ambtenaar-2".into(), ..one.clone() };
    enquiry.done(Command::TakeUp, &one);
    assert_eq!(enquiry.done(Command::TakeUp, &colleague), [Event::TakenUp { by: colleague.clone() }]);
    assert_eq!(enquiry.body().taken_up_by, Some(colleague));
    let elsewhere = elsewhere(Kind::Reclassering, Role::Balie);
    let refused = enquiry.refusal(Command::TakeUp, &elsewhere);
    assert_eq!(refused, Some(Refusal::Forbidden(Forbidden::Organisation)));
}

#[test]
fn each_answer_is_a_version_more_and_earlier_ones_stay_readable() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    assert_eq!(react(&enquiry.done(Command::TakeUp, &desk(Kind::Reclassering))[0]), [Errand::ReportTakenUp]);
    assert_eq!(enquiry.body().stage(), Stage::TakenUp);
    assert_eq!(enquiry.done(Command::TakeUp, &desk(Kind::Reclassering)), []);
    for version in 1..=3 {
        let events = enquiry.done(answer(&question), &desk(Kind::Reclassering));
        assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Deliver { version }]);
        assert_eq!(enquiry.body().latest().unwrap().version, version);
    }
    assert_eq!(enquiry.body().answers.len(), 3);
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Answered, false));
}

#[test]
fn an_answer_names_the_official_who_gave_it_and_not_who_it_says() {
    // D13.
    let question = oudercheck();
    let mut enquiry = received(&question);
    let mut forged = answer_to(&question, |_| Outcome::NotKnown);
    forged.searched.by = "iemand-anders".into();
    enquiry.done(Command::Answer(Box::new(forged)), &desk(Kind::Reclassering));
    let given = enquiry.body().latest().unwrap();
    assert_eq!((given.answer.searched.by.as_str(), &given.by), ("ambtenaar-1", &Some(desk(Kind::Reclassering))));
}

#[test]
fn an_answer_that_does_not_count_leaves_the_question_open_at_the_desk() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    let refused = answer_to(&question, |_| Outcome::Refused { ground: text("grond") });
    enquiry.done(Command::Answer(Box::new(refused)), &desk(Kind::Reclassering));
    assert!(enquiry.body().is_open());
}

#[test]
fn a_faulty_answer_is_refused() {
    let question = oudercheck();
    let silence = Answer { outcomes: Vec::new(), ..answer_to(&question, known) };
    let refusal = received(&question).refusal(Command::Answer(Box::new(silence)), &desk(Kind::Reclassering));
    assert_eq!(refusal, malformed("answer.outcomes", Problem::LeftOut));
}

#[test]
fn a_triage_that_should_have_been_done_is_no_answer() {
    // D11.
    let question = question_of(&flow_a(), Item::VeiligThuis);
    let running = |expected| {
        let outcome = Outcome::TriageRunning { substance: substance(), expected };
        Command::Answer(Box::new(answer_to(&question, |_| outcome.clone())))
    };
    let mut enquiry: Story<EnquiryLaw> = Story::new();
    enquiry.done(receive(&question, None), &service(Kind::Rvdk));
    let refusal = enquiry.refusal(running(hours(-1)), &desk(Kind::VeiligThuis));
    let Some(Refusal::Malformed(faults)) = refusal else { panic!("{refusal:?}") };
    assert!(faults.iter().all(|fault| fault.problem == Problem::InPast && fault.field.ends_with(".expected")));
    assert_eq!(enquiry.refusal(running(hours(1)), &desk(Kind::VeiligThuis)), None);
}

#[test]
fn the_acute_part_leaves_the_rest_to_be_done_at_the_desk() {
    // D15: what was agreed for the question is written down by the office, not by who answers.
    let question = Question { acute_part_suffices: true, ..question_of(&flow_a(), Item::VeiligThuis) };
    let running = Outcome::TriageRunning { substance: substance(), expected: hours(24) };
    let judgement = Some(Judgement::AcutePart(acute_part(false)));
    let answer = Answer { judgement, ..answer_to(&question, |_| running.clone()) };
    let mut enquiry: Story<EnquiryLaw> = Story::new();
    enquiry.done(receive(&question, None), &service(Kind::Rvdk));
    enquiry.done(Command::Answer(Box::new(answer)), &desk(Kind::VeiligThuis));
    let given = &enquiry.body().latest().unwrap().answer;
    assert_eq!((given.incomplete(), enquiry.body().is_open()), (None, true));
}

#[test]
fn a_withdrawn_question_is_not_worked_on() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    assert_eq!(enquiry.done(Command::Withdraw, &service(Kind::Rvdk)).len(), 1);
    assert_eq!(enquiry.done(Command::Withdraw, &service(Kind::Rvdk)), []);
    for command in [Command::TakeUp, answer(&question)] {
        assert_eq!(enquiry.refusal(command, &desk(Kind::Reclassering)), Some(Refusal::NotNow(NotNow::Withdrawn)));
    }
    assert_eq!((enquiry.body().stage(), enquiry.body().is_open()), (Stage::Withdrawn, false));
    assert_eq!(enquiry.done(receive(&question, None), &service(Kind::Rvdk)), []);
}

#[test]
fn a_call_that_fails_is_noted_once() {
    let mut enquiry = received(&oudercheck());
    let note = Command::NoteTrouble(Errand::ReportTakenUp, Trouble::Stuck);
    assert_eq!(enquiry.done(note.clone(), &service(Kind::Reclassering)).len(), 1);
    assert_eq!(enquiry.done(note, &service(Kind::Reclassering)), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_lawful_question_and_its_answers_survive_the_journal_and_leave_no_trace(
        (question, answers) in crate::arbitrary::question().prop_flat_map(|question| {
            let answers = proptest::collection::vec(crate::arbitrary::answer_to(&question), 0..4);
            (Just(question), answers)
        }),
    ) {
        let mut enquiry: Story<EnquiryLaw> = Story::new();
        enquiry.now = crate::arbitrary::later();
        let official = |organisation: &Organisation, role| {
            Actor { organisation: organisation.clone(), role, person: "ambtenaar-2".into() }
        };
        enquiry.done(receive(&question, None), &official(&question.asked_by, Role::Dienst));
        let desk = official(&question.addressee, Role::Balie);
        let count = answers.len();
        for answer in answers {
            enquiry.done(Command::Answer(Box::new(answer)), &desk);
        }
        prop_assert_eq!(enquiry.body().answers.len(), count);
    }
}

#[test]
fn at_the_last_look_only_the_latest_answer_on_which_nobody_works_is_current() {
    // D28.
    let question = oudercheck();
    let om = service(Kind::Om);
    let mut enquiry = received(&question);
    let says = |enquiry: &Story<EnquiryLaw>, version| confirm(&enquiry.state, version, &om).unwrap();
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!((says(&enquiry, 1), says(&enquiry, 2)), (Finding::Current, Finding::Newer));
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!((says(&enquiry, 1), says(&enquiry, 2)), (Finding::Newer, Finding::Current));
    enquiry.done(Command::TakeUp, &desk(Kind::Reclassering));
    assert_eq!((says(&enquiry, 1), says(&enquiry, 2)), (Finding::Newer, Finding::InProgress));
    enquiry.done(Command::Withdraw, &service(Kind::Rvdk));
    assert_eq!(says(&enquiry, 2), Finding::UnknownQuestion);
    assert_eq!(confirm(&None, 1, &om), Ok(Finding::UnknownQuestion));
}

#[test]
fn a_supplement_is_under_way_until_it_is_there_or_put_down() {
    let question = oudercheck();
    let by = desk(Kind::Reclassering);
    let colleague = Actor { person: "collega".into(), ..by.clone() };
    let mut enquiry = received(&question);
    assert_eq!(enquiry.done(Command::PutDown, &by), [], "nothing to put down");
    enquiry.done(answer(&question), &by);
    assert!(!enquiry.body().is_open());
    let events = enquiry.done(Command::TakeUp, &by);
    assert_eq!(events, [Event::SupplementTakenUp { by: by.clone() }]);
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [], "the lead hears of it when it is there");
    assert!(enquiry.body().is_open(), "the desk still has work on it");
    assert_eq!(enquiry.done(Command::TakeUp, &by), []);
    assert_eq!(enquiry.done(Command::TakeUp, &colleague).len(), 1, "a colleague takes it over");
    assert_eq!(enquiry.done(Command::PutDown, &by), [Event::SupplementPutDown { by: by.clone() }]);
    assert_eq!((enquiry.done(Command::PutDown, &by), enquiry.body().is_open()), (vec![], false));
    enquiry.done(Command::TakeUp, &by);
    enquiry.done(answer(&question), &by);
    assert_eq!(enquiry.body().supplement_by, None);
    assert_eq!(enquiry.refusal(Command::PutDown, &service(Kind::Rvdk)), OTHER_ROLE);
    assert_eq!(enquiry.refusal(Command::PutDown, &elsewhere(Kind::Reclassering, Role::Balie)), OTHER_ORGANISATION);
}

#[test]
fn only_om_at_the_table_of_the_lead_takes_a_last_look_and_tells_what_it_decided() {
    // D19, D32.
    let question = oudercheck();
    let mut enquiry = received(&question);
    let notice = Notice { route: Route::Dagvaarding, stance: None, at: now(), reopened_at: None };
    let told = Command::NoteDecision(notice.clone());
    for stranger in [elsewhere(Kind::Om, Role::Dienst), service(Kind::Rvdk), service(Kind::VeiligThuis)] {
        assert_eq!(confirm(&enquiry.state, 1, &stranger).err(), OTHER_ORGANISATION, "{stranger:?}");
        assert_eq!(enquiry.refusal(told.clone(), &stranger), OTHER_ORGANISATION, "{stranger:?}");
    }
    enquiry.done(Command::Withdraw, &service(Kind::Rvdk));
    assert_eq!(enquiry.done(told.clone(), &service(Kind::Om)), [Event::DecisionHeard(notice.clone())], "however late");
    assert_eq!((enquiry.done(told, &service(Kind::Om)), enquiry.body().decision()), (vec![], Some(&notice)));
}

#[test]
fn what_an_adviser_asks_in_words_a_person_answers_and_never_the_register() {
    let usual = oudercheck();
    let further = Question { text: Some(text("Houdt hij zich aan de afspraken?")), ..usual.clone() };
    for (question, by_itself) in [(usual, true), (further, false)] {
        let mut enquiry: Story<EnquiryLaw> = Story::new();
        enquiry.done(receive(&question, Some(nobody_found(&question))), &service(Kind::Rvdk));
        assert_eq!(!enquiry.body().answers.is_empty(), by_itself);
    }
}
