//! Calls that fail for good (E3): open until somebody acts, and only for the question they were about.

use super::*;
use crate::gate::{Reason, Subject};
use crate::item::{State, Trouble};

fn ask(question: &Question) -> Errand {
    Errand::Ask { item: question.item, question: question.name }
}

fn note(errand: Errand, trouble: Trouble) -> Command {
    Command::NoteTrouble(errand, trouble)
}

fn reason(assignment: &Lead, item: Item) -> Option<Reason> {
    open_for_signing(assignment.body()).into_iter().find(|one| one.subject == Subject::Item(item)).map(|one| one.reason)
}

#[test]
fn a_question_that_does_not_get_through_is_open_until_it_is_asked_again() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    for (trouble, why) in [(Trouble::Refused, Reason::CallRefused), (Trouble::Stuck, Reason::Stuck)] {
        assignment.done(note(ask(&vt), trouble), &service(Kind::Rvdk));
        assert_eq!(reason(&assignment, Item::VeiligThuis), Some(why));
        assert_eq!(assignment.done(note(ask(&vt), trouble), &service(Kind::Rvdk)), [], "once is enough");
    }
    let events = assignment.done(Command::Retry(Item::VeiligThuis), &rvdk());
    assert!(events.iter().flat_map(react).any(|errand| errand == ask(&vt)));
    assert_eq!(reason(&assignment, Item::VeiligThuis), Some(Reason::Queued));
}

#[test]
fn what_still_runs_was_answered_or_was_never_asked_is_not_retried() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let refused = |assignment: &Lead, item| assignment.refusal(Command::Retry(item), &rvdk());
    let not_in_trouble = Some(Refusal::NotNow(NotNow::NotInTrouble));
    assert_eq!(refused(&assignment, Item::VeiligThuis), not_in_trouble);
    assert_eq!(refused(&assignment, Item::EigenOnderzoek), not_in_trouble);
    assert_eq!(refused(&assignment, Item::Kindcheck), Some(Refusal::NotNow(NotNow::NotRequired)));
    deliver(&mut assignment, Item::VeiligThuis, 1, known);
    assignment.done(note(ask(&vt), Trouble::Stuck), &service(Kind::Rvdk));
    assert_eq!(refused(&assignment, Item::VeiligThuis), not_in_trouble);
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Answered, "an answer that is in stays in");
    assert_eq!(assignment.refusal(Command::Retry(Item::Oudercheck), &service(Kind::Rvdk)), OTHER_ROLE);
    assert_eq!(assignment.refusal(Command::Retry(Item::Oudercheck), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
}

#[test]
fn news_from_the_source_ends_the_trouble() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(note(ask(&vt), Trouble::Stuck), &service(Kind::Rvdk));
    assignment.done(Command::NoteReceived { question: vt.name }, &source(&vt));
    assert_eq!(reason(&assignment, Item::VeiligThuis), Some(Reason::Asked));
    assignment.done(note(ask(&vt), Trouble::Stuck), &service(Kind::Rvdk));
    deliver(&mut assignment, Item::VeiligThuis, 1, known);
    assert_eq!(reason(&assignment, Item::VeiligThuis), Some(Reason::NotWeighed));
}

#[test]
fn a_first_answer_that_went_lost_with_an_ask_that_was_given_up_is_fetched_when_a_second_comes() {
    // D21: what the register answered travels in the reply to the ask alone.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(note(ask(&vt), Trouble::Stuck), &service(Kind::Rvdk));
    let mut without_trouble = flow_a();
    let events = deliver(&mut assignment, Item::VeiligThuis, 2, known);
    assert_eq!(events[1..], [Event::Retried { item: Item::VeiligThuis, question: vt.name }]);
    assert!(events.iter().flat_map(react).any(|errand| errand == ask(&vt)));
    assert_eq!(deliver(&mut without_trouble, Item::VeiligThuis, 2, known).len(), 1, "the ask is still on its way");
    let reply = Reply::Answered(1, Box::new(not_known(&vt)));
    let heard = assignment.done(Command::NoteReply(vt.name, reply), &service(Kind::Rvdk));
    assert!(matches!(heard[..], [Event::Answered { version: 1, .. }]));
    assert_eq!(assignment.body().tracks[&Item::VeiligThuis].standing().latest, 2, "and changes nothing");
    assert_eq!(deliver(&mut assignment, Item::VeiligThuis, 3, known).len(), 1);
}

#[test]
fn trouble_with_a_question_of_an_earlier_round_is_no_trouble_of_the_new_one() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, Item::VeiligThuis);
    let brief = briefed_again(&assignment, |household| drop(household.persons.pop()));
    assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(assignment.done(note(ask(&first), Trouble::Refused), &service(Kind::Rvdk)), []);
    assert_eq!(reason(&assignment, Item::VeiligThuis), Some(Reason::Queued));
}

#[test]
fn a_report_or_advice_that_does_not_reach_om_is_kept_as_trouble() {
    let mut assignment = flow_a();
    let errand = Errand::Submit { version: 1 };
    assert_eq!(assignment.done(note(errand, Trouble::Stuck), &service(Kind::Rvdk)).len(), 1);
    assert_eq!(assignment.done(note(errand, Trouble::Stuck), &service(Kind::Rvdk)), []);
    assert!(assignment.body().troubles.contains(&(errand, Trouble::Stuck)));
}

#[test]
fn every_change_that_om_must_know_is_reported_and_what_it_cannot_hear_is_not() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    complete(&mut assignment);
    sign(&mut assignment);
    assignment.done(note(ask(&vt), Trouble::Stuck), &service(Kind::Rvdk));
    for event in &assignment.events {
        let told = react(event).iter().any(|errand| matches!(errand, Errand::Report | Errand::Submit { .. }));
        assert_eq!(told, !matches!(event, Event::Created { .. }), "{event:?}");
    }
    let silent = Event::Troubled { errand: Errand::Report, trouble: Trouble::Stuck };
    assert_eq!(react(&silent), []);
}

#[test]
fn events_in_any_order_never_break_the_assignment() {
    // Totality: every event fits every state; here each one fits each prefix of another history.
    let mut story = flow_a();
    complete(&mut story);
    sign(&mut story);
    story.done(Command::Withdraw, &om());
    for start in 0..story.events.len() {
        let mut state = evolve(None, &story.events[0], now());
        for event in story.events.iter().cycle().skip(start).take(story.events.len() * 2) {
            state = evolve(state, event, now());
        }
        let assignment = state.expect("it exists");
        let _ = (assignment.snapshot(1), assignment.is_stale(), open_for_signing(&assignment));
    }
    assert_eq!(evolve(None, &story.events[1], now()), None);
}
