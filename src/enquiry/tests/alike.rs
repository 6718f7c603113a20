//! The same answer to another question of the same incident (A12): a person at the desk says so, and the law checks it.

use super::*;
use crate::household::PersonNumber;
use crate::name::{AssignmentName, IncidentName, QuestionName};
use crate::organisation::Region;
use crate::question::{ReferencePerson, Subject};

fn incident(bvh_number: &str) -> Option<IncidentName> {
    Some(IncidentName::derive(&Region::midden(), bvh_number))
}

/// The oudercheck of one suspect of an incident.
fn first() -> Question {
    Question { incident: incident("1"), ..oudercheck() }
}

/// The oudercheck of the brother: the same parent, under another number on another list.
fn second() -> Question {
    let (assignment, mut question) = (AssignmentName::derive(case_name(), 2), first());
    question.name = QuestionName::derive(assignment, question.item, question.round);
    question.assignment = assignment;
    for subject in &mut question.subjects {
        let identity = subject.identity.reveal().unwrap().clone();
        subject.person += 10;
        subject.identity = Sensitive::about(subject.person, identity);
    }
    question
}

fn answered(question: &Question) -> Enquiry {
    let mut enquiry = received(question);
    enquiry.done(answer(question), &desk(question.addressee.kind));
    enquiry.body().clone()
}

fn alike(other: Enquiry) -> Command {
    Command::AnswerAlike(Some(Box::new(other)))
}

fn refused(problem: Problem) -> Option<Refusal> {
    malformed("same_as", problem)
}

#[test]
fn the_desk_gives_the_same_answer_to_the_same_question_about_the_brother() {
    let mut enquiry = received(&second());
    let events = enquiry.done(alike(answered(&first())), &desk(Kind::Reclassering));
    let [Event::Answered { version: 1, answer, by: Some(by), .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!(by, &desk(Kind::Reclassering));
    let persons: Vec<u32> = answer.outcomes.iter().map(|one| one.person).collect();
    assert_eq!(persons, second().answer_about());
    for one in &answer.outcomes {
        let Outcome::Known(substance) = &one.outcome else { panic!("known there, known here") };
        assert_eq!(substance.for_advice.subject(), one.person);
    }
}

#[test]
fn every_text_of_the_same_answer_is_about_the_person_on_this_list() {
    // Who is forgotten is forgotten by the number on the list of the case.
    let subjects = |outcome: &Outcome| match outcome {
        Outcome::Known(substance) => vec![substance.for_advice.subject(), substance.for_adviser.subject()],
        Outcome::Partly { substance, still_to_come } => {
            vec![substance.for_advice.subject(), substance.for_adviser.subject(), still_to_come.subject()]
        }
        Outcome::Refused { ground } => vec![ground.subject()],
        _ => panic!("no text"),
    };
    let substance = |person| match known(person) {
        Outcome::Known(substance) => substance,
        _ => panic!("known"),
    };
    let part = |person| Outcome::Partly {
        substance: substance(person),
        still_to_come: Sensitive::about(person, "de rest".to_owned()),
    };
    let refusal = |person| Outcome::Refused { ground: Sensitive::about(person, "grond".to_owned()) };
    let kinds: [&dyn Fn(u32) -> Outcome; 3] = [&known, &part, &refusal];
    for kind in kinds {
        let mut other = received(&first());
        other.done(Command::Answer(Box::new(answer_to(&first(), kind))), &desk(Kind::Reclassering));
        let events = received(&second()).done(alike(other.body().clone()), &desk(Kind::Reclassering));
        let [Event::Answered { answer, .. }] = &events[..] else { panic!("{events:?}") };
        for one in &answer.outcomes {
            assert!(subjects(&one.outcome).iter().all(|subject| *subject == one.person));
        }
    }
}

#[test]
fn nothing_is_shared_beyond_the_incident_the_item_and_the_persons() {
    let told = |other: Enquiry| received(&second()).refusal(alike(other), &desk(Kind::Reclassering));
    let elsewhere = Question { incident: incident("2"), ..first() };
    assert_eq!(told(answered(&elsewhere)), refused(Problem::OtherIncident));
    let untold = Question { incident: None, ..first() };
    assert_eq!(told(answered(&untold)), refused(Problem::OtherIncident));
    let mut other_item = answered(&first());
    other_item.question.item = Item::Kindcheck;
    assert_eq!(told(other_item), refused(Problem::OtherItem));
    let further = Question { text: Some(text("hoe gaat het nu?")), ..first() };
    assert_eq!(told(answered(&further)), refused(Problem::OtherItem));
    let mut someone_else = answered(&first());
    someone_else.question.subjects[0].identity = Sensitive::about(2, identity(77, ADULT));
    assert_eq!(told(someone_else), refused(Problem::OtherPersons));
    assert_eq!(told(received(&first()).body().clone()), refused(Problem::NotAnswered));
}

/// A kindcheck about the same child in the case of one of its parents, under whom the children were sought.
fn kindcheck(assignment: u32, parent: PersonNumber) -> Question {
    let mut question = Question { incident: incident("1"), ..question_of(&flow_b(), Item::Kindcheck) };
    question.assignment = AssignmentName::derive(case_name(), assignment);
    question.name = QuestionName::derive(question.assignment, question.item, question.round);
    let identity = Sensitive::about(1, identity(parent, ADULT));
    question.reference = Some(ReferencePerson { person: 1, identity, unborn: false });
    question
}

#[test]
fn a_kindcheck_is_not_answered_by_a_search_under_the_other_parent() {
    // D9, A12: the same child is asked about in the case of the father and in that of the mother; who has another child
    // is found under that parent only.
    let mother = kindcheck(2, 8);
    let told = |there: Question| received(&mother).refusal(alike(answered(&there)), &desk(Kind::Rvdk));
    assert_eq!(told(kindcheck(1, 8)), None);
    assert_eq!(told(kindcheck(1, 9)), refused(Problem::OtherPersons));
    let mut unborn = kindcheck(1, 8);
    unborn.reference.as_mut().unwrap().unborn = true;
    assert_eq!(told(unborn), refused(Problem::OtherPersons));
}

#[test]
fn what_was_answered_about_more_persons_is_not_the_same() {
    // P6: its words on the others would come along.
    let mut larger = first();
    let one_more =
        Subject { person: 9, identity: Sensitive::about(9, identity(9, ADULT)), ..larger.subjects[0].clone() };
    larger.subjects.push(one_more);
    let told = received(&second()).refusal(alike(answered(&larger)), &desk(Kind::Reclassering));
    assert_eq!(told, refused(Problem::OtherPersons));
}

#[test]
fn every_reason_is_named_at_once_and_what_is_not_of_the_desk_does_not_exist() {
    let enquiry = received(&second());
    let mut nothing_fits = received(&first()).body().clone();
    nothing_fits.question.incident = incident("2");
    nothing_fits.question.item = Item::Kindcheck;
    let Some(Refusal::Malformed(faults)) = enquiry.refusal(alike(nothing_fits), &desk(Kind::Reclassering)) else {
        panic!("it is refused")
    };
    let problems: Vec<Problem> = faults.iter().map(|fault| fault.problem).collect();
    assert_eq!(problems, [Problem::OtherIncident, Problem::OtherItem, Problem::NotAnswered]);
    let mut foreign = answered(&first());
    foreign.question.addressee.region = Region::parse("noord").unwrap();
    assert_eq!(enquiry.refusal(alike(foreign), &desk(Kind::Reclassering)), refused(Problem::Unknown));
    assert_eq!(enquiry.refusal(Command::AnswerAlike(None), &desk(Kind::Reclassering)), refused(Problem::Unknown));
    let itself = answered(&second());
    assert_eq!(enquiry.refusal(alike(itself), &desk(Kind::Reclassering)), refused(Problem::OtherIncident));
}

#[test]
fn the_register_answers_no_sooner_for_it() {
    // D13: that another question was answered lets nothing be answered by itself.
    let events = received(&second()).events;
    assert_eq!(events.len(), 1, "it waits for the desk");
}

fn retract(version: u32) -> Command {
    Command::Retract { version, reason: text("een andere J. de Vries") }
}

/// An answer to the first question that the second was given too.
fn shared() -> (Story<EnquiryLaw>, Story<EnquiryLaw>) {
    let mut original = received(&first());
    original.done(answer(&first()), &desk(Kind::Reclassering));
    let mut copy = received(&second());
    copy.done(alike(original.body().clone()), &desk(Kind::Reclassering));
    (original, copy)
}

fn follow(original: &Story<EnquiryLaw>) -> Command {
    Command::FollowOrigin(Box::new(original.body().clone()))
}

#[test]
fn the_same_answer_says_of_which_it_is_the_same_and_its_own_answer_does_not() {
    let (mut original, mut copy) = shared();
    let origin = Origin { question: first().name, version: 1 };
    assert_eq!(copy.body().answers[0].same_as, Some(origin));
    assert_eq!(react(&copy.events[1]), [Errand::Deliver { version: 1 }, Errand::FollowOrigin { origin: first().name }]);
    copy.done(answer(&second()), &desk(Kind::Reclassering));
    assert_eq!(copy.body().answers[1].same_as, None);
    // The original stands: nothing follows from it.
    assert_eq!(copy.done(follow(&original), &service(Kind::Reclassering)), []);
    let events = original.done(retract(1), &desk(Kind::Reclassering));
    assert_eq!(react(&events[0]), [Errand::Deliver { version: 2 }, Errand::TakeBackCopies]);
}

#[test]
fn what_is_taken_back_is_taken_back_wherever_it_was_given_as_the_same() {
    // D12, A12: the lead of the brother hears it as any retraction, by the same official and for the same reason.
    let (mut original, mut copy) = shared();
    original.done(retract(1), &desk(Kind::Reclassering));
    let events = copy.done(follow(&original), &service(Kind::Reclassering));
    let [Event::Retracted { version: 2, retraction, by }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((retraction.of, retraction.reason.text()), (1, text("een andere J. de Vries").text()));
    assert_eq!(by, &desk(Kind::Reclassering));
    assert_eq!((copy.body().stage(), copy.body().is_open()), (Stage::Retracted, true));
    assert_eq!(copy.done(follow(&original), &service(Kind::Reclassering)), [], "once");
}

#[test]
fn a_copy_that_was_supplemented_or_withdrawn_since_is_taken_back_too() {
    let (mut original, mut copy) = shared();
    copy.done(answer(&second()), &desk(Kind::Reclassering));
    copy.done(Command::Withdraw, &service(Kind::Rvdk));
    original.done(answer(&first()), &desk(Kind::Reclassering));
    original.done(retract(1), &desk(Kind::Reclassering));
    copy.done(follow(&original), &service(Kind::Reclassering));
    let body = copy.body();
    assert!(body.is_retracted(1) && !body.is_retracted(2));
}

#[test]
fn only_the_version_that_was_given_as_the_same_goes_with_it() {
    let (mut original, mut copy) = shared();
    original.done(answer(&first()), &desk(Kind::Reclassering));
    original.done(retract(2), &desk(Kind::Reclassering));
    assert_eq!(copy.done(follow(&original), &service(Kind::Reclassering)), []);
    assert_eq!(copy.body().stage(), Stage::Answered);
    // Nor does what another question took back.
    original.done(retract(1), &desk(Kind::Reclassering));
    let mut other = original.body().clone();
    other.question.name = QuestionName::derive(AssignmentName::derive(case_name(), 3), Item::Oudercheck, 1);
    let stranger = Command::FollowOrigin(Box::new(other));
    assert_eq!(copy.done(stranger, &service(Kind::Reclassering)), []);
}

#[test]
fn a_copy_does_not_stand_while_its_original_is_open_again() {
    // D12: what was taken back there stood in the answer that was copied, until the desk says anew what holds.
    let mut original = received(&first());
    original.done(answer(&first()), &desk(Kind::Reclassering));
    original.done(answer(&first()), &desk(Kind::Reclassering));
    let mut copy = received(&second());
    copy.done(alike(original.body().clone()), &desk(Kind::Reclassering));
    original.done(retract(1), &desk(Kind::Reclassering));
    copy.done(follow(&original), &service(Kind::Reclassering));
    assert_eq!((original.body().is_open(), copy.body().is_open()), (true, true));
    // What it says anew is not touched by what came before it.
    original.done(answer(&first()), &desk(Kind::Reclassering));
    copy.done(alike(original.body().clone()), &desk(Kind::Reclassering));
    assert_eq!(copy.done(follow(&original), &service(Kind::Reclassering)), []);
    assert!(!copy.body().is_open());
}

#[test]
fn a_copy_of_a_copy_goes_with_the_first() {
    let (mut original, mut copy) = shared();
    let mut third = second();
    third.assignment = AssignmentName::derive(case_name(), 3);
    third.name = QuestionName::derive(third.assignment, third.item, third.round);
    let mut last = received(&third);
    last.done(alike(copy.body().clone()), &desk(Kind::Reclassering));
    original.done(retract(1), &desk(Kind::Reclassering));
    let events = copy.done(follow(&original), &service(Kind::Reclassering));
    assert!(react(&events[0]).contains(&Errand::TakeBackCopies));
    last.done(follow(&copy), &service(Kind::Reclassering));
    assert!(last.body().is_retracted(1));
}

#[test]
fn no_other_office_has_an_answer_taken_back() {
    // D19.
    let (mut original, copy) = shared();
    original.done(retract(1), &desk(Kind::Reclassering));
    for stranger in [service(Kind::Rvdk), elsewhere(Kind::Reclassering, Role::Dienst)] {
        assert_eq!(copy.refusal(follow(&original), &stranger), OTHER_ORGANISATION);
    }
}
