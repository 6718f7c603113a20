//! An office is away for a day, tries run into the ceiling, and still no news is lost (invariant 5, ADR 0011).
//!
//! The stories are scenarios with one step more than a scenario has: a long day, in which every try fails.

use zsm_node::Stage;
use zsm_node::play::{Player, Scenario};

/// Seventy times twenty minutes: more tries than the ceiling, and longer than the longest pause between two of them.
const TRIES: usize = 70;

#[tokio::test(flavor = "multi_thread")]
async fn om_does_not_decide_on_what_it_heard_before_it_was_away() {
    play(include_str!("outage/om.yaml")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_arrives_seconds_after_om_is_back() {
    play(include_str!("outage/signal.yaml")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_desk_works_on_a_case_that_was_closed_while_the_lead_was_away() {
    play(include_str!("outage/reclassering.yaml")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_an_administrator_stops_stays_undelivered_until_it_is_retried() {
    play(include_str!("outage/stopped.yaml")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_gave_up_stands_in_the_list_until_it_is_asked_again() {
    play(include_str!("outage/given-up.yaml")).await;
}

async fn play(story: &str) {
    let long_day = "  - advance: 20m\n".repeat(TRIES);
    let text = story.replace("  - advance: een lange dag\n", &long_day);
    assert_ne!(text, story, "there is a long day in the story");
    let scenario = Scenario::parse("outage", &text).unwrap_or_else(|problem| panic!("{problem}"));
    let stage = Stage::set(&scenario).await.unwrap_or_else(|sentence| panic!("{sentence}"));
    let mut told = Vec::new();
    let outcome = Player::new().unwrap().play(&stage, &scenario, &mut told).await.unwrap();
    stage.strike().await;
    assert!(outcome.passed, "{}", String::from_utf8(told).unwrap());
}
