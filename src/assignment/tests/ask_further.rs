//! What an adviser asks beside what is required: it closes the gate until it is answered and weighed (D7).

use super::*;
use crate::gate::{Open, Reason, Subject};
use crate::household::Relation;
use crate::item::State;
use crate::organisation::Region;

fn ask(item: Item, persons: &[u32]) -> Command {
    let text = text("Is het kind nu veilig?");
    Command::AskFurther(FurtherAsk { item, persons: persons.to_vec(), text, region: None })
}

fn signed() -> Lead {
    let mut assignment = flow_a();
    complete(&mut assignment);
    sign(&mut assignment);
    assignment
}

fn answer_all(assignment: &mut Lead, item: Item) {
    deliver(assignment, item, 1, |_| Outcome::NotKnown);
    assignment.done(weighing(assignment.body(), item).unwrap(), &rvdk());
}

fn open(assignment: &Lead) -> Vec<Open> {
    open_for_signing(assignment.body())
}

#[test]
fn a_further_question_has_its_own_round_and_shuts_the_gate_until_it_is_answered_and_weighed() {
    let mut assignment = signed();
    let first = question_of(&assignment, Item::VeiligThuis);
    let events = assignment.done(ask(Item::VeiligThuis, &[3]), &rvdk());
    let further = question_of(&assignment, Item::VeiligThuis);
    assert_eq!((further.round, further.answer_about(), further.addressee.clone()), (2, vec![3], first.addressee));
    assert!(further.text.is_some() && further.faults("question", now()).is_empty());
    let errand = Errand::Ask { item: Item::VeiligThuis, question: further.name };
    assert!(events.iter().flat_map(react).any(|one| one == errand));
    let waits = |reason| vec![Open { subject: Subject::Item(Item::VeiligThuis), reason }];
    assert_eq!(open(&assignment), waits(Reason::Queued));
    deliver(&mut assignment, Item::VeiligThuis, 1, known);
    assert_eq!(open(&assignment), waits(Reason::NotWeighed));
    assert!(assignment.body().is_stale());
    assignment.done(weighing(assignment.body(), Item::VeiligThuis).unwrap(), &rvdk());
    sign(&mut assignment);
    assert!(open(&assignment).is_empty() && !assignment.body().is_stale());
}

#[test]
fn only_an_adviser_of_the_lead_asks_and_not_after_the_end() {
    let mut assignment = signed();
    let command = ask(Item::VeiligThuis, &[3]);
    assert_eq!(assignment.refusal(command.clone(), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
    assert_eq!(assignment.refusal(command.clone(), &service(Kind::Rvdk)), OTHER_ROLE);
    assignment.done(Command::Withdraw, &om());
    assert_eq!(assignment.refusal(command, &rvdk()), Some(Refusal::NotNow(NotNow::Withdrawn)));
}

#[test]
fn what_is_asked_is_told_and_about_people_on_the_list_whom_the_item_is_about() {
    let assignment = signed();
    let refused = |command| assignment.refusal(command, &rvdk());
    assert_eq!(refused(ask(Item::VeiligThuis, &[9])), malformed("persons[0]", Problem::UnknownPerson));
    assert_eq!(refused(ask(Item::VeiligThuis, &[])), malformed("persons", Problem::Missing));
    assert_eq!(refused(ask(Item::VeiligThuis, &[2, 2])), malformed("persons[1]", Problem::Duplicate));
    assert_eq!(refused(ask(Item::Oudercheck, &[3])), malformed("persons[0]", Problem::WrongAge));
    assert_eq!(refused(ask(Item::Kindcheck, &[3])), malformed("item", Problem::NotForThisOffice));
    assert_eq!(refused(ask(Item::Politiedossier, &[1])), malformed("item", Problem::NotForThisOffice));
    let nothing = FurtherAsk { item: Item::VeiligThuis, persons: vec![3], text: empty(), region: None };
    assert_eq!(refused(Command::AskFurther(nothing)), malformed("text", Problem::Missing));
    let in_b = flow_b().refusal(ask(Item::Kindcheck, &[2]), &adviser(Kind::Reclassering));
    assert_eq!(in_b, malformed("persons[0]", Problem::WrongAge));
}

#[test]
fn the_way_out_of_a_region_that_nobody_could_name_is_to_ask_in_the_right_one() {
    // D32.
    let mut assignment = flow_a();
    let first = question_of(&assignment, Item::VeiligThuis);
    let nowhere = |person| if person == 3 { Outcome::WrongRegion { region: String::new() } } else { known(person) };
    assignment.done(deliver_command(&first, 1, answer_to(&first, nowhere)), &source(&first));
    let region = Region::parse("noord");
    let ask = FurtherAsk { item: Item::VeiligThuis, persons: vec![3], text: text("Kent u haar?"), region };
    assignment.done(Command::AskFurther(ask), &rvdk());
    let further = question_of(&assignment, Item::VeiligThuis);
    assert_eq!(further.addressee.to_string(), "veilig-thuis@noord");
    assert_eq!(further.reported_in, Some(first.addressee.region));
    let command = deliver_command(&further, 1, answer_to(&further, known));
    assignment.done(command, &of(&further.addressee, crate::organisation::Role::Dienst));
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Answered);
}

#[test]
fn the_lead_may_add_an_item_that_om_does_not_require_and_then_it_counts() {
    // D7: at the lead and at OM.
    let case = confirmed(registration(family(FIFTEEN, &[(Relation::BroerZus, ADULT)]), crate::offence::HgKm::Ja));
    let mut assignment = assigned(&case);
    let alone = briefed_again(&assignment, |household| household.persons[1].relation = Relation::GeenFamilie);
    assignment.done(Command::Update(Box::new(alone)), &om());
    assert!(!assignment.body().snapshot(1).items.contains_key(&Item::Oudercheck));
    assignment.done(ask(Item::Oudercheck, &[2]), &rvdk());
    assert_eq!(assignment.body().snapshot(1).items[&Item::Oudercheck].standing.state, State::Queued);
    let waits = Open { subject: Subject::Item(Item::Oudercheck), reason: Reason::Queued };
    assert!(open(&assignment).contains(&waits));
    answer_all(&mut assignment, Item::Oudercheck);
    assert!(!open(&assignment).iter().any(|one| one.subject == waits.subject));
}

#[test]
fn a_new_brief_keeps_what_the_adviser_asked_as_long_as_it_is_about_somebody() {
    // D7, D23: the lead's addition is not lost, and nothing is asked twice.
    let mut assignment = flow_a();
    assignment.done(ask(Item::VeiligThuis, &[3]), &rvdk());
    let further = question_of(&assignment, Item::VeiligThuis);
    let same = Box::new(next(assignment.body().brief.as_ref().unwrap()));
    assignment.done(Command::Update(same), &om());
    assert_eq!(question_of(&assignment, Item::VeiligThuis), further);
    let brother = person(4, Relation::BroerZus, FIFTEEN);
    let more = briefed_again(&assignment, |household| household.persons.push(brother));
    assignment.done(Command::Update(Box::new(more)), &om());
    let running: Vec<u32> =
        assignment.body().tracks[&Item::VeiligThuis].running().map(|strand| strand.question.round).collect();
    assert_eq!(running, [further.round, 3], "what is required changed, and the adviser's question did not");
    let born_earlier = person(3, Relation::Kind, "2018-01-01").identity;
    let corrected = briefed_again(&assignment, |household| household.persons[2].identity = born_earlier);
    let events = assignment.done(Command::Update(Box::new(corrected)), &om());
    let anew = events.iter().find_map(|event| match event {
        Event::AlsoAsked { question, .. } => Some((question.answer_about(), question.text.clone())),
        _ => None,
    });
    assert_eq!(anew, Some((vec![3], further.text)), "she changed");
    let fewer = briefed_again(&assignment, |household| household.persons.retain(|person| person.number != 3));
    assignment.done(Command::Update(Box::new(fewer)), &om());
    assert_eq!(question_of(&assignment, Item::VeiligThuis).text, None, "it was about nobody any more");
}

#[test]
fn who_asks_further_first_handles_it_and_stands_with_the_question() {
    // ADR 0025: an act like any other.
    let mut assignment = flow_a();
    assignment.done(ask(Item::VeiligThuis, &[3]), &rvdk());
    assert_eq!(assignment.body().handler.as_ref().map(|handler| &handler.by), Some(&rvdk()));
    let strand = assignment.body().tracks[&Item::VeiligThuis].running().last().unwrap();
    assert_eq!(strand.occasion, Some(Occasion::AskedBy(rvdk())));
}
