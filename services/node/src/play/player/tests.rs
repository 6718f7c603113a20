//! What the player adds, and how it ends when a step cannot be played. Real offices play elsewhere.

use jiff::SignedDuration;
use serde_json::json;
use tonic::transport::{Channel, Endpoint};

use super::Player;
use crate::contract::Contract;
use crate::contract::request;
use crate::play::{Scenario, Verdict, World};

/// Offices that nobody can reach.
struct Silence;

impl World for Silence {
    fn channel(&self, office: &str) -> Option<Channel> {
        (office == "om").then(|| Endpoint::from_static("http://127.0.0.1:1").connect_lazy())
    }

    fn token(&self, caller: &str) -> Result<String, String> {
        if caller.contains('/') { Ok("t".to_owned()) } else { Err(format!("`{caller}` is geen beller")) }
    }

    async fn settle(&self) -> Result<(), String> {
        Ok(())
    }

    async fn advance(&self, _by: SignedDuration) -> Result<(), String> {
        Ok(())
    }

    async fn stop(&self, office: &str) -> Result<(), String> {
        if office == "om" { Ok(()) } else { Err(format!("er is geen kantoor `{office}`")) }
    }

    async fn start(&self, _office: &str) -> Result<(), String> {
        Ok(())
    }
}

async fn play(steps: &str) -> Vec<Verdict> {
    let text = format!("title: x\nstart: 2026-03-02T09:00:00Z\nsteps:\n{steps}");
    let scenario = Scenario::parse("proef", &text).unwrap();
    let outcome = Player::new().unwrap().play(&Silence, &scenario, &mut Vec::new()).await.unwrap();
    outcome.steps.into_iter().map(|step| step.verdict).collect()
}

async fn broken(step: &str) -> String {
    match play(step).await.remove(0) {
        Verdict::Broken(sentence) => sentence,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_id_is_derived_from_its_place() {
    assert_eq!(request::id("proef/1"), request::id("proef/1"));
    assert_ne!(request::id("proef/1"), request::id("proef/2"));
}

#[test]
fn an_absent_id_is_filled_in_and_a_given_one_stays() {
    let message = Contract::load().unwrap().method("CaseService/DecideCase").unwrap().input();
    let filled = |mut with| {
        request::fill_id(&mut with, &message, "new".to_owned());
        with
    };
    assert_eq!(filled(json!({})), json!({"request_id": "new"}));
    assert_eq!(filled(json!({"requestId": "old"})), json!({"requestId": "old"}));
    assert_eq!(filled(json!({"request_id": null})), json!({"request_id": null}));
}

#[test]
fn the_etag_comes_from_the_getter_of_what_is_named() {
    let source = |method: &str, with| {
        let method = Contract::load().unwrap().method(method).unwrap();
        request::etag_source(&with, &method).map(|(getter, asked)| (getter.name().to_owned(), asked))
    };
    let found = |getter: &str, name: &str| Some((getter.to_owned(), json!({"name": name})));
    assert_eq!(source("CaseService/DecideCase", json!({"name": "cases/1"})), found("GetCase", "cases/1"));
    assert_eq!(
        source("AdviserService/SignAdvice", json!({"name": "assignments/1"})),
        found("GetAssignment", "assignments/1")
    );
    assert_eq!(
        source("SourceService/AnswerQuestion", json!({"name": "questions/1"})),
        found("GetQuestion", "questions/1")
    );
    assert_eq!(source("CaseService/DecideCase", json!({"name": "cases/1", "etag": ""})), None);
    assert_eq!(source("CaseService/DecideCase", json!({})), None);
    assert_eq!(source("CaseService/DecideCase", json!({"name": "questions/1"})), None);
    assert_eq!(source("CaseService/GetCase", json!({"name": "cases/1"})), None);
}

#[tokio::test]
async fn after_a_step_that_is_not_good_nothing_is_played() {
    let verdicts = play("- advance: 1h\n- stop: om\n- stop: halt\n- start: om\n").await;
    let sentence = "proef, stap 3: er is geen kantoor `halt`".to_owned();
    assert_eq!(verdicts, [Verdict::Ok, Verdict::Ok, Verdict::Broken(sentence), Verdict::NotPlayed]);
}

#[tokio::test]
async fn what_cannot_be_called_is_told() {
    let call = |at: &str, caller: &str, call: &str, with: &str| {
        format!("- {{at: {at}, as: {caller}, call: {call}, with: {with}}}")
    };
    let get = "CaseService/GetCase";
    assert!(broken(&call("halt", "om/x", get, "{}")).await.contains("geen kantoor `halt`"));
    assert!(broken(&call("om", "iemand", get, "{}")).await.contains("geen beller"));
    assert!(broken(&call("om", "om/x", "CaseService/Get", "{}")).await.contains("GetCase"));
    assert!(broken(&call("om", "om/x", get, "{name: $zaak}")).await.contains("`$zaak` is niet bewaard"));
    assert!(broken(&call("om", "om/x", get, "{nam: x}")).await.contains("nam: GetCaseRequest kent dit veld niet"));
}

#[tokio::test]
async fn a_silent_office_is_a_refusal_that_can_be_expected() {
    let step = "as: om/x, call: CaseService/DecideCase, with: {name: cases/1}";
    let refused = "expect: {refused: {code: UNAVAILABLE}}";
    let verdicts = play(&format!(
        "- {{at: om, {step}, {refused}}}\n- until: {{at: om, {step}, {refused}, within: 1s}}\n\
         - until: {{at: om, {step}, within: 50ms}}"
    ))
    .await;
    let unavailable = Verdict::RefusedAsExpected("UNAVAILABLE".to_owned());
    assert_eq!(verdicts, [unavailable.clone(), unavailable, Verdict::Different]);
}
