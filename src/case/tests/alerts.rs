//! News after the end is answered by a person, with a reason (D21, A14, R-rk-12).

use super::*;
use crate::assignment::FurtherAsk;
use crate::household::Relation;
use crate::item::Item;
use crate::organisation::Role;

fn lead() -> Actor {
    service(Kind::Rvdk)
}

/// A decided case on which Veilig Thuis answered again.
fn with_news() -> Story<CaseLaw> {
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    case.done(submission(&assignment), &lead());
    case
}

fn answer(number: u32) -> Command {
    Command::AnswerAlert(number, text("verandert niets"))
}

#[test]
fn an_alert_waits_until_the_prosecutor_stands_by_the_decision_with_a_reason() {
    let mut case = with_news();
    assert_eq!(waiting(case.body()), Some(Waiting::Alert));
    let without = case.refusal(Command::AnswerAlert(1, empty()), &prosecutor());
    assert_eq!(without, malformed("reason", Problem::Missing));
    case.done(answer(1), &prosecutor());
    assert_eq!(waiting(case.body()), None);
    let given = &case.body().alert_answers[&1];
    assert_eq!((given.exit, given.by.clone(), given.at), (Exit::Stands, prosecutor(), now()));
    assert_eq!(case.body().alerts.len(), 1, "it stays readable");
}

#[test]
fn the_same_answer_again_is_so_already_and_another_is_refused() {
    let mut case = with_news();
    case.done(answer(1), &prosecutor());
    assert_eq!(case.done(answer(1), &prosecutor()), []);
    let other = Command::AnswerAlert(1, text("toch wel"));
    assert_eq!(case.refusal(other, &prosecutor()), Some(Refusal::NotNow(NotNow::AlertAnswered)));
    for unknown in [0, 2] {
        assert_eq!(case.refusal(answer(unknown), &prosecutor()), Some(Refusal::NotFound));
    }
}

#[test]
fn only_the_prosecutor_answers_and_at_the_table_of_the_case() {
    // D31.
    let case = with_news();
    for by in [secretary(), operator(), police(), adviser(Kind::Rvdk)] {
        assert_eq!(case.refusal(answer(1), &by), OTHER_ROLE);
    }
    assert_eq!(case.refusal(answer(1), &elsewhere(Kind::Om, Role::Officier)), OTHER_ORGANISATION);
}

#[test]
fn an_answer_to_what_was_first_asked_after_the_decision_is_an_alert() {
    // A14: the decision does not rest on it at any version.
    let brother = family(FIFTEEN, &[(Relation::GeenFamilie, ADULT)]);
    let (mut case, mut assignment) = ready(registration(brother, HgKm::Ja));
    case.done(decide_it(&case, 1), &prosecutor());
    assert!(!case.body().decision().unwrap().rests_on.contains_key(&Item::Oudercheck), "nobody to ask about");
    let ask = FurtherAsk { item: Item::Oudercheck, persons: vec![2], text: text("Kent u hem?"), region: None };
    assignment.done(crate::assignment::Command::AskFurther(ask), &adviser(Kind::Rvdk));
    case.done(submission(&assignment), &lead());
    assert_eq!(case.body().alerts, [], "a question is no news");
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    case.done(submission(&assignment), &lead());
    let [alert] = case.body().alerts[..] else { panic!("one alert") };
    assert_eq!((alert.subject, alert.version), (Subject::Item(Item::Oudercheck), 1));
}

#[test]
fn later_news_is_an_alert_of_its_own() {
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    for version in [2, 3] {
        deliver(&mut assignment, Item::VeiligThuis, version, known);
        case.done(submission(&assignment), &lead());
    }
    case.done(answer(1), &prosecutor());
    assert_eq!(case.body().unanswered().collect::<Vec<_>>(), [2]);
    assert_eq!(waiting(case.body()), Some(Waiting::Alert));
}
