//! A source takes an answer back (D12): nothing that rested on it stands, whenever it comes.

use super::*;
use crate::household::Relation;
use crate::item::{Code, State};
use crate::organisation::Role;
use crate::personal::Sensitive;
use crate::retraction::Retraction;
use std::collections::{BTreeMap, BTreeSet};

fn retraction(of: u32) -> Retraction {
    Retraction { of, reason: text("een ander") }
}

fn taken_back(question: &Question, version: u32, of: u32) -> Command {
    Command::DeliverRetraction { question: question.name, version, retraction: retraction(of) }
}

fn signed() -> (Lead, Question) {
    let mut assignment = flow_a();
    complete(&mut assignment);
    sign(&mut assignment);
    let vt = question_of(&assignment, Item::VeiligThuis);
    (assignment, vt)
}

fn retracted(assignment: &Lead) -> BTreeMap<Item, BTreeSet<u32>> {
    assignment.body().snapshot(1).retracted
}

#[test]
fn a_retraction_is_a_version_that_does_not_count_and_makes_the_advice_stale() {
    let (mut assignment, vt) = signed();
    let events = assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Report]);
    let standing = assignment.body().tracks[&Item::VeiligThuis].standing();
    assert_eq!((standing.state, standing.latest, standing.weighed), (State::Incomplete(Code::NogNietVolledig), 2, 1));
    assert!(assignment.body().is_stale());
    assert_eq!(retracted(&assignment), BTreeMap::from([(Item::VeiligThuis, BTreeSet::from([1]))]));
    assert!(
        weighing(assignment.body(), Item::VeiligThuis)
            .is_some_and(|weigh| { assignment.refusal(weigh, &rvdk()) == Some(Refusal::NotNow(NotNow::NotWeighable)) })
    );
}

#[test]
fn a_new_answer_counts_again_and_what_rested_on_the_old_one_stays_found() {
    let (mut assignment, vt) = signed();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assignment.done(deliver_command(&vt, 3, not_known(&vt)), &source(&vt));
    let standing = assignment.body().tracks[&Item::VeiligThuis].standing();
    assert_eq!((standing.state, standing.latest), (State::Answered, 3));
    assert_eq!(retracted(&assignment), BTreeMap::from([(Item::VeiligThuis, BTreeSet::from([1]))]));
    let rests_on = &assignment.body().advices[0].rests_on;
    assert_eq!(retraction::rests_on(&retracted(&assignment), rests_on), BTreeSet::from([Item::VeiligThuis]));
}

#[test]
fn a_retraction_and_its_answer_mean_the_same_in_any_order() {
    let mut in_order = flow_a();
    let vt = question_of(&in_order, Item::VeiligThuis);
    let mut crossed = in_order.clone();
    in_order.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    in_order.done(taken_back(&vt, 2, 1), &source(&vt));
    crossed.done(taken_back(&vt, 2, 1), &source(&vt));
    crossed.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    let standing = |assignment: &Lead| assignment.body().tracks[&Item::VeiligThuis].standing();
    assert_eq!(standing(&in_order), standing(&crossed));
}

#[test]
fn the_same_retraction_again_is_no_news_and_another_under_its_number_is_a_fault() {
    // E4.
    let (mut assignment, vt) = signed();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(assignment.done(taken_back(&vt, 2, 1), &source(&vt)), []);
    let other = Retraction { of: 1, reason: text("anders") };
    let other = Command::DeliverRetraction { question: vt.name, version: 2, retraction: other };
    let duplicate = malformed("version", Problem::Duplicate);
    assert_eq!(assignment.refusal(other, &source(&vt)), duplicate);
    assert_eq!(assignment.refusal(deliver_command(&vt, 2, not_known(&vt)), &source(&vt)), duplicate);
}

#[test]
fn a_retraction_is_about_an_earlier_version_and_says_why() {
    let (assignment, vt) = signed();
    for (version, of) in [(2, 2), (2, 0), (2, 9), (0, 0)] {
        let refusal = assignment.refusal(taken_back(&vt, version, of), &source(&vt));
        assert_eq!(refusal, malformed("retraction.of", Problem::NoSuchVersion), "{version} of {of}");
    }
    let silent = Retraction { of: 1, reason: Sensitive::case(String::new()) };
    let silent = Command::DeliverRetraction { question: vt.name, version: 2, retraction: silent };
    assert_eq!(assignment.refusal(silent, &source(&vt)), malformed("retraction.reason", Problem::Missing));
}

#[test]
fn only_the_asked_organisation_of_the_asked_region_takes_back() {
    // D19, invariant 12.
    let (assignment, vt) = signed();
    for stranger in [elsewhere(Kind::VeiligThuis, Role::Dienst), service(Kind::Reclassering), om()] {
        assert_eq!(assignment.refusal(taken_back(&vt, 2, 1), &stranger), OTHER_ORGANISATION);
    }
}

#[test]
fn a_retraction_to_a_closed_question_closes_off_and_changes_nothing_else() {
    // D21: the question of the first round was withdrawn, and asked anew about one person more.
    let (mut assignment, vt) = signed();
    let brief = briefed_again(&assignment, |household| household.persons.push(person(4, Relation::BroerZus, FIFTEEN)));
    assignment.done(Command::Update(Box::new(brief)), &om());
    let before = assignment.body().tracks[&Item::VeiligThuis].standing();
    let events = assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert!(matches!(&events[..], [Event::AnswerRetracted { .. }, Event::QuestionWithdrawn { .. }]), "{events:?}");
    assert_eq!(assignment.body().tracks[&Item::VeiligThuis].standing(), before);
    assert_eq!(retracted(&assignment), BTreeMap::from([(Item::VeiligThuis, BTreeSet::from([1]))]));
    assert_eq!(assignment.done(taken_back(&vt, 2, 1), &source(&vt)), []);
}

#[test]
fn a_retraction_after_the_end_is_recorded_and_told() {
    // D21.
    let (mut assignment, vt) = signed();
    assignment.done(Command::Withdraw, &om());
    let events = assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Report]);
    assert_eq!(retracted(&assignment), BTreeMap::from([(Item::VeiligThuis, BTreeSet::from([1]))]));
}

#[test]
fn whom_only_a_retracted_answer_named_need_not_be_listed() {
    // D10.
    let mut assignment = flow_a();
    let (vt, oudercheck) = (question_of(&assignment, Item::VeiligThuis), question_of(&assignment, Item::Oudercheck));
    let named = |question: &Question, number| {
        let identity = Sensitive::case(identity(number, ADULT));
        let further_persons = vec![FurtherPerson { identity, remark: text("ook in huis") }];
        deliver_command(question, 1, Answer { further_persons, ..not_known(question) })
    };
    assignment.done(named(&vt, 20), &source(&vt));
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
    let mut twice = assignment.clone();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(assignment.body().snapshot(1).further_persons, []);
    // Whom another source names as well stays named.
    twice.done(named(&oudercheck, 20), &source(&oudercheck));
    twice.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(twice.body().snapshot(1).further_persons.len(), 1);
}

fn remarks(assignment: &Lead) -> Vec<Sensitive<String>> {
    assignment.body().named().map(|named| named.person.remark).collect()
}

#[test]
fn a_remark_of_a_retracted_answer_is_not_read_where_another_answer_names_the_same_person() {
    // D10, D12.
    let mut assignment = flow_a();
    let (vt, oudercheck) = (question_of(&assignment, Item::VeiligThuis), question_of(&assignment, Item::Oudercheck));
    let named = |question: &Question, remark: &str| {
        let further_persons =
            vec![FurtherPerson { identity: Sensitive::case(identity(20, ADULT)), remark: text(remark) }];
        deliver_command(question, 1, Answer { further_persons, ..not_known(question) })
    };
    assignment.done(named(&vt, "over een ander"), &source(&vt));
    let reference = assignment.body().snapshot(1).further_persons;
    assignment.done(named(&oudercheck, "oom"), &source(&oudercheck));
    assert_eq!(remarks(&assignment), [text("over een ander")], "as it was named first");
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(remarks(&assignment), [text("oom")]);
    assert_eq!(assignment.body().snapshot(1).further_persons, reference, "OM knows this person already");
}

#[test]
fn somebody_unknown_whom_a_retracted_answer_named_is_not_the_unknown_of_a_later_one() {
    // D10, D12: where nothing says who it is, the remark does.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let named = |version, remark: &str| {
        let identity = Sensitive::case(crate::identity::Identity::unknown());
        let further_persons = vec![FurtherPerson { identity, remark: text(remark) }];
        deliver_command(&vt, version, Answer { further_persons, ..not_known(&vt) })
    };
    assignment.done(named(1, "de buurman"), &source(&vt));
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assignment.done(named(3, "oma"), &source(&vt));
    assert_eq!(remarks(&assignment), [text("oma")]);
}

/// A further person, number 4, whom Veilig Thuis named and OM listed.
fn listed() -> (Lead, Question) {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(names_uncle(&vt, 1), &source(&vt));
    let brief = listing(&assignment);
    assignment.done(Command::Update(Box::new(brief)), &om());
    (assignment, vt)
}

fn names_uncle(question: &Question, version: u32) -> Command {
    let uncle = FurtherPerson { identity: Sensitive::case(identity(20, ADULT)), remark: text("oom") };
    deliver_command(question, version, Answer { further_persons: vec![uncle], ..not_known(question) })
}

/// OM's next brief, in which everyone is listed whom an answer named; of them OM knows no more.
fn listing(assignment: &Lead) -> Brief {
    let named: Vec<_> = assignment.body().further.iter().map(|named| named.further.clone()).collect();
    briefed_again(assignment, |household| {
        household.persons.retain(|person| person.further.is_none());
        for (number, further) in (4..).zip(named) {
            let identity = Sensitive::forgotten(number);
            let uncle = person(number, Relation::OverigGezin, ADULT);
            household.persons.push(crate::household::Person { identity, further: Some(further), ..uncle });
        }
    })
}

/// Who the further person on the list is, as the adviser reads it, and whether the lead says that nobody names him.
fn uncle(assignment: &Lead) -> (bool, bool) {
    let brief = assignment.body().readable_brief().unwrap();
    let who = brief.household.person(4).unwrap().identity.reveal().unwrap().clone();
    let gone = assignment.body().no_longer_named(&brief.household);
    (who == identity(20, ADULT), gone == BTreeSet::from([4]))
}

#[test]
fn who_is_on_the_list_by_an_answer_that_was_taken_back_is_read_no_more_and_stays_asked_about() {
    // D10, D12: OM must confirm a list without him.
    let (mut assignment, vt) = listed();
    let check = question_of(&assignment, Item::Oudercheck);
    assert!(check.answer_about().contains(&4));
    assert_eq!(uncle(&assignment), (true, false));
    // Veilig Thuis was asked about him too; its first answer is taken back all the same.
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(uncle(&assignment), (false, true));
    let again = listing(&assignment);
    assignment.done(Command::Update(Box::new(again)), &om());
    assert_eq!(uncle(&assignment), (false, true), "a new version does not fill it in again");
    assert_eq!(question_of(&assignment, Item::Oudercheck), check, "he stays asked about, and nobody hears of him anew");
    let brief = briefed_again(&assignment, |household| household.persons.retain(|person| person.number != 4));
    assignment.done(Command::Update(Box::new(brief)), &om());
    assert!(!question_of(&assignment, Item::Oudercheck).answer_about().contains(&4));
}

#[test]
fn who_is_listed_after_the_answer_was_taken_back_is_nobody_that_is_known() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(names_uncle(&vt, 1), &source(&vt));
    let brief = listing(&assignment);
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(uncle(&assignment), (false, true));
    let asked = question_of(&assignment, Item::Oudercheck);
    let who = asked.subjects.iter().find(|subject| subject.person == 4).unwrap().identity.reveal();
    assert_eq!(who, Some(&crate::identity::Identity::unknown()));
}

#[test]
fn what_is_asked_further_or_sent_on_does_not_say_who_he_was_either() {
    let (mut assignment, vt) = listed();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    let who = |assignment: &Lead, item| {
        let asked = question_of(assignment, item);
        asked.subjects.iter().find(|one| one.person == 4).unwrap().identity.reveal().cloned()
    };
    let check = question_of(&assignment, Item::Oudercheck);
    let sent_on = |person| if person == 4 { Outcome::WrongRegion { region: "noord".into() } } else { known(person) };
    assignment.done(deliver_command(&check, 1, answer_to(&check, sent_on)), &source(&check));
    assert_eq!(who(&assignment, Item::Oudercheck), Some(crate::identity::Identity::unknown()));
    let ask = FurtherAsk { item: Item::VeiligThuis, persons: vec![4], text: text("Kent u hem?"), region: None };
    assignment.done(Command::AskFurther(ask), &rvdk());
    assert_eq!(who(&assignment, Item::VeiligThuis), Some(crate::identity::Identity::unknown()));
}

#[test]
fn whom_another_answer_names_again_is_read_again() {
    let (mut assignment, vt) = listed();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    let now = question_of(&assignment, Item::VeiligThuis);
    assignment.done(names_uncle(&now, 1), &source(&now));
    assert_eq!(uncle(&assignment), (true, false));
}
