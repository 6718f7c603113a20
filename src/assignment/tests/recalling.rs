//! The facts turned out otherwise: nothing of it need have been asked (A36, D23).

use super::*;
use std::collections::BTreeSet;

/// Veilig Thuis answered, the oudercheck did not.
fn under_way() -> Lead {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::VeiligThuis, 1, known);
    assignment
}

#[test]
fn every_source_hears_that_it_was_asked_for_nothing_also_where_it_answered() {
    let mut assignment = under_way();
    let asked = [Item::VeiligThuis, Item::Oudercheck].map(|item| question_of(&assignment, item));
    let events = assignment.done(Command::Recall, &om());
    let told = asked.map(|Question { name: question, addressee, .. }| Event::QuestionWithdrawn { question, addressee });
    assert_eq!(events[0], Event::Recalled);
    assert_eq!(events.len(), 3);
    assert!(told.iter().all(|one| events.contains(one)), "{events:?}");
    assert!(
        events.iter().flat_map(react).any(|errand| errand == Errand::Report),
        "OM hears what was asked for nothing"
    );
}

#[test]
fn what_was_asked_stands_as_excess_and_what_came_of_it_is_read_no_more() {
    let mut assignment = under_way();
    assert!(assignment.body().is_readable(Item::VeiligThuis, 1));
    assignment.done(Command::Recall, &om());
    let body = assignment.body();
    let excess: BTreeSet<Item> = body.snapshot(1).excess.iter().map(|excess| excess.item).collect();
    assert_eq!(excess, BTreeSet::from([Item::VeiligThuis, Item::Oudercheck]), "nobody searched the own files yet");
    assert!(!body.is_readable(Item::VeiligThuis, 1) && !body.is_question_readable(Item::VeiligThuis, 0));
    assert!(body.withdrawn && body.recalled);
}

#[test]
fn it_is_recalled_once_also_when_it_had_ended_and_nothing_follows_it() {
    let mut assignment = under_way();
    assignment.done(Command::Withdraw, &om());
    assert!(!assignment.done(Command::Recall, &om()).is_empty(), "an end of another kind does not close it off");
    assert_eq!(assignment.done(Command::Recall, &om()), []);
    assert_eq!(assignment.done(Command::Withdraw, &om()), []);
    let brief = next(assignment.body().brief.as_ref().unwrap());
    assert_eq!(assignment.done(Command::Update(Box::new(brief)), &om()), []);
    let weigh = Command::Weigh { item: Item::VeiligThuis, version: 1, reason: text("reden"), lines: Vec::new() };
    assert_eq!(assignment.refusal(weigh, &rvdk()), Some(Refusal::NotNow(NotNow::Withdrawn)));
}

#[test]
fn an_answer_that_still_comes_is_kept_and_never_counted() {
    // D21: news is never refused.
    let mut assignment = under_way();
    let question = question_of(&assignment, Item::Oudercheck);
    assignment.done(Command::Recall, &om());
    let events = assignment.done(deliver_command(&question, 1, not_known(&question)), &source(&question));
    assert!(
        matches!(events[..], [Event::NotCounted { version: 1, .. }, Event::QuestionWithdrawn { .. }]),
        "{events:?}"
    );
}

#[test]
fn only_om_at_its_table_recalls() {
    let assignment = under_way();
    for stranger in [service(Kind::Rvdk), elsewhere(Kind::Om, crate::organisation::Role::Dienst), rvdk()] {
        assert_eq!(assignment.refusal(Command::Recall, &stranger), OTHER_ORGANISATION);
    }
}
