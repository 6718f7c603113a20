//! An adviser lets go of what he asked further (D7): by himself, with a reason, and never of an answer.

use super::*;
use crate::item::{State, Trouble};
use crate::organisation::{Region, Role};
use crate::retraction::Retraction;

const VT: Item = Item::VeiligThuis;

fn ask(assignment: &mut Lead, item: Item, persons: &[u32], region: &str) -> Question {
    let ask = FurtherAsk {
        item,
        persons: persons.to_vec(),
        text: text("Is het kind nu veilig?"),
        region: Region::parse(region),
    };
    assignment.done(Command::AskFurther(ask), &rvdk());
    question_of(assignment, item)
}

fn let_go(question: &Question) -> Command {
    Command::LetGo { question: question.name, reason: text("verkeerde partner") }
}

fn complete_but_for(region: &str) -> (Lead, Question) {
    let mut assignment = flow_a();
    complete(&mut assignment);
    let own = ask(&mut assignment, VT, &[3], region);
    (assignment, own)
}

fn say(assignment: &mut Lead, question: &Question, version: u32, outcome: impl Fn(u32) -> Outcome) -> Vec<Event> {
    let command = deliver_command(question, version, answer_to(question, outcome));
    assignment.done(command, &of(&question.addressee, Role::Dienst))
}

fn to_north(_: u32) -> Outcome {
    Outcome::WrongRegion { region: "noord".into() }
}

#[test]
fn a_further_question_that_nobody_will_answer_is_let_go_with_a_reason_and_its_source_is_told() {
    // D7, E3: refused for good, and otherwise the case could never be decided.
    let (mut assignment, own) = complete_but_for("nergens");
    let ask = Errand::Ask { item: VT, question: own.name };
    assignment.done(Command::NoteTrouble(ask, Trouble::Refused), &service(Kind::Rvdk));
    let events = assignment.done(let_go(&own), &rvdk());
    let withdraw = Errand::Withdraw { question: own.name, addressee: Kind::VeiligThuis };
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [withdraw, Errand::Report]);
    assert_eq!((state(&assignment, VT), open_for_signing(assignment.body())), (State::Weighed, Vec::new()));
    let strand = assignment.body().asked(own.name).unwrap().1;
    let dismissed = strand.dismissed.as_ref().unwrap();
    assert_eq!(
        (&dismissed.dismissal.by, dismissed.dismissal.reason.text()),
        (&rvdk(), text("verkeerde partner").text())
    );
    assert_eq!(assignment.done(let_go(&own), &rvdk()), [], "it is so already");
}

#[test]
fn what_still_comes_to_a_question_that_was_let_go_is_kept_and_not_counted() {
    // D19.
    let (mut assignment, own) = complete_but_for("noord");
    assignment.done(let_go(&own), &rvdk());
    let events = say(&mut assignment, &own, 1, known);
    assert!(matches!(events[0], Event::NotCounted { question, .. } if question == own.name));
    assert_eq!(state(&assignment, VT), State::Weighed);
}

#[test]
fn what_is_required_or_was_sent_on_or_was_never_asked_is_not_let_go() {
    let mut assignment = flow_a();
    let required = question_of(&assignment, VT);
    let refused = |assignment: &Lead, question: &Question| assignment.refusal(let_go(question), &rvdk());
    let not_own = malformed("question", Problem::NotAskedFurther);
    assert_eq!(refused(&assignment, &required), not_own);
    say(&mut assignment, &required, 1, |person| if person == 3 { to_north(person) } else { known(person) });
    let sent_on = question_of(&assignment, VT);
    assert_eq!(refused(&assignment, &sent_on), not_own);
    let own = ask(&mut assignment, VT, &[2], "midden");
    say(&mut assignment, &own, 1, to_north);
    let own_sent_on = question_of(&assignment, VT);
    assert!(own_sent_on.text.is_some());
    assert_eq!(refused(&assignment, &own_sent_on), not_own, "it goes with the question that the adviser asked");
    let nowhere = Question { name: QuestionName::new(uuid::Uuid::from_u128(1)), ..own };
    assert_eq!(refused(&assignment, &nowhere), malformed("question", Problem::Unknown));
}

#[test]
fn a_reason_must_be_given() {
    let (assignment, own) = complete_but_for("noord");
    let silent = Command::LetGo { question: own.name, reason: Sensitive::case(" ".into()) };
    assert_eq!(assignment.refusal(silent, &rvdk()), malformed("reason", Problem::Missing));
}

#[test]
fn an_answer_is_weighed_and_never_let_go_of() {
    let (mut assignment, own) = complete_but_for("noord");
    say(&mut assignment, &own, 1, known);
    assert_eq!(assignment.refusal(let_go(&own), &rvdk()), Some(Refusal::NotNow(NotNow::Answered)));
    // One that was taken back is none any more.
    let retraction = Retraction { of: 1, reason: text("een ander") };
    let command = Command::DeliverRetraction { question: own.name, version: 2, retraction };
    assignment.done(command, &of(&own.addressee, Role::Dienst));
    assignment.done(let_go(&own), &rvdk());
    assert_eq!(state(&assignment, VT), State::Answered, "what is left was never weighed as such");
}

#[test]
fn an_answer_in_part_that_says_something_is_not_let_go_of_either() {
    // R-3.8-3: what is known would reach nobody.
    let (mut assignment, own) = complete_but_for("noord");
    let in_part = |person| match known(person) {
        Outcome::Known(substance) => Outcome::Partly { substance, still_to_come: text("de rest") },
        _ => panic!("known"),
    };
    say(&mut assignment, &own, 1, in_part);
    assert_eq!(assignment.refusal(let_go(&own), &rvdk()), Some(Refusal::NotNow(NotNow::Answered)));
    say(&mut assignment, &own, 2, |_| Outcome::Ambiguous { candidates: 2 });
    assignment.done(let_go(&own), &rvdk());
}

#[test]
fn what_was_sent_on_from_it_goes_with_it() {
    // D32.
    let (mut assignment, own) = complete_but_for("midden");
    say(&mut assignment, &own, 1, |_| Outcome::WrongRegion { region: "nergens".into() });
    let sent_on = question_of(&assignment, VT);
    assert_eq!(assignment.body().strand(sent_on.name).unwrap().sent_on_from(), Some(own.name));
    let events = assignment.done(let_go(&own), &rvdk());
    let gone = events.iter().filter(|event| matches!(event, Event::LetGo { .. })).count();
    assert_eq!((gone, assignment.body().strand(sent_on.name)), (2, None));
}

#[test]
fn an_item_that_om_does_not_require_is_gone_with_the_last_question() {
    let case = confirmed(registration(
        family(FIFTEEN, &[(crate::household::Relation::BroerZus, ADULT)]),
        crate::offence::HgKm::Ja,
    ));
    let mut assignment = assigned(&case);
    let alone = briefed_again(&assignment, |household| {
        household.persons[1].relation = crate::household::Relation::GeenFamilie;
    });
    assignment.done(Command::Update(Box::new(alone)), &om());
    let own = ask(&mut assignment, Item::Oudercheck, &[2], "");
    let second = ask(&mut assignment, Item::Oudercheck, &[2], "");
    assignment.done(let_go(&own), &rvdk());
    assert!(assignment.body().snapshot(1).items.contains_key(&Item::Oudercheck));
    let closed_off = assignment.body().closed_off.len();
    assignment.done(let_go(&second), &rvdk());
    assert!(!assignment.body().snapshot(1).items.contains_key(&Item::Oudercheck));
    assert_eq!(assignment.body().closed_off.len(), closed_off, "nothing was found, and nothing was too much");
}

#[test]
fn only_who_handles_it_lets_go_and_not_after_the_end_or_of_what_ended() {
    // D31, D25.
    let (mut assignment, own) = complete_but_for("noord");
    let colleague = Actor { person: "ambtenaar-2".into(), ..rvdk() };
    let with_colleague = Some(Refusal::NotNow(NotNow::WithColleague));
    assert_eq!(assignment.refusal(let_go(&own), &colleague), with_colleague);
    assert_eq!(assignment.refusal(let_go(&own), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
    assert_eq!(assignment.refusal(let_go(&own), &service(Kind::Rvdk)), OTHER_ROLE);
    let withdrawn = Some(Refusal::NotNow(NotNow::Withdrawn));
    let mut fewer = assignment.clone();
    let brief = briefed_again(&fewer, |household| household.persons.retain(|person| person.number != 3));
    fewer.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(fewer.refusal(let_go(&own), &rvdk()), withdrawn, "about nobody any more");
    assignment.done(Command::Withdraw, &om());
    assert_eq!(assignment.refusal(let_go(&own), &rvdk()), withdrawn);
}

#[test]
fn a_question_asked_anew_for_a_new_brief_is_still_the_advisers_own() {
    // D23.
    let (mut assignment, own) = complete_but_for("midden");
    say(&mut assignment, &own, 1, to_north);
    let corrected = person(3, crate::household::Relation::Kind, "2018-01-01").identity;
    let brief = briefed_again(&assignment, |household| household.persons[2].identity = corrected);
    assignment.done(Command::Update(Box::new(brief)), &om());
    let running: Vec<_> = assignment.body().tracks[&VT].running().collect();
    let [_, anew, sent_on] = &running[..] else { panic!("{}", running.len()) };
    assert_eq!(anew.occasion, Some(Occasion::AskedBy(rvdk())));
    assert_eq!(sent_on.sent_on_from(), Some(anew.question.name));
    let (anew, sent_on) = (Question::clone(&anew.question), Question::clone(&sent_on.question));
    assert_eq!(assignment.refusal(let_go(&sent_on), &rvdk()), malformed("question", Problem::NotAskedFurther));
    assignment.done(let_go(&anew), &rvdk());
    assert_eq!(assignment.body().strand(sent_on.name), None);
}
