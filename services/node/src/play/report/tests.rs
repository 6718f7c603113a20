//! The text that the reader sees.

use super::{Outcome, StepResult, Verdict, write_footing, write_heading, write_step};
use crate::play::Scenario;
use crate::play::expectation::Difference;

const TEXT: &str = "
title: Winkeldiefstal
rules: [R-3.8-3, A2]
start: 2026-03-02T09:00:00Z
steps:
  - {at: om, as: politie@oost/politie:p1, call: CaseService/RegisterCase, note: De politie meldt.}
  - {at: om, as: om@oost/officier-van-justitie, call: CaseService/DecideCase}
  - advance: 25h
  - {stop: veilig-thuis}
  - until: {at: rvdk, as: rvdk/adviseur, call: AdviserService/GetAssignment}
  - {at: rvdk, as: rvdk/adviseur, call: AdviserService/SignAdvice}
";

fn played(verdicts: Vec<(Verdict, Vec<Difference>)>) -> (String, Outcome) {
    let scenario = Scenario::parse("01-proef", TEXT).unwrap();
    let results = scenario
        .steps
        .iter()
        .zip(verdicts)
        .map(|(step, (verdict, differences))| StepResult::new(step, verdict, differences))
        .collect();
    let outcome = Outcome::new(&scenario, results);
    let mut text = Vec::new();
    write_heading(&scenario, &mut text).unwrap();
    for step in outcome.steps.iter().filter(|step| step.verdict != Verdict::NotPlayed) {
        write_step(step, &mut text).unwrap();
    }
    write_footing(&outcome, &mut text).unwrap();
    (String::from_utf8(text).unwrap(), outcome)
}

#[test]
fn a_good_scenario_is_a_line_per_step() {
    let ok = || (Verdict::Ok, Vec::new());
    let refused = (Verdict::RefusedAsExpected("POORT_DICHT".to_owned()), Vec::new());
    let (text, outcome) = played(vec![ok(), refused, ok(), ok(), ok(), ok()]);
    assert!(outcome.passed);
    assert_eq!(
        text,
        "\
01-proef — Winkeldiefstal (R-3.8-3, A2)
     De politie meldt.
  1  politie       CaseService/RegisterCase ........................ ok
  2  om            CaseService/DecideCase .......................... geweigerd POORT_DICHT, zoals verwacht
  3  tijd          25h verder ...................................... ok
  4  veilig-thuis  valt stil ....................................... ok
  5  rvdk          AdviserService/GetAssignment (tot het klopt) .... ok
  6  rvdk          AdviserService/SignAdvice ....................... ok
6 stappen, goed
"
    );
}

#[test]
fn a_difference_is_told_and_ends_the_scenario() {
    let difference = Difference {
        path: "ok.version".to_owned(),
        expected: "1".to_owned(),
        got: "geweigerd: FAILED_PRECONDITION POORT_DICHT".to_owned(),
    };
    let rest = || (Verdict::NotPlayed, Vec::new());
    let (text, outcome) = played(vec![(Verdict::Different, vec![difference]), rest(), rest(), rest(), rest(), rest()]);
    assert!(!outcome.passed);
    assert!(
        text.ends_with(
            "................ ANDERS
       verwacht  ok.version = 1
       kreeg     geweigerd: FAILED_PRECONDITION POORT_DICHT
stap 1 van 6 is niet goed; de 5 stappen daarna zijn niet gespeeld, want die bouwen hierop voort
"
        ),
        "{text}"
    );
}

#[test]
fn a_step_that_cannot_be_played_says_why() {
    let broken = Verdict::Broken("01-proef, stap 1: `$zaak` is niet bewaard".to_owned());
    let (text, _) = played(vec![(broken, Vec::new())]);
    assert!(text.contains("FOUT\n       01-proef, stap 1: `$zaak` is niet bewaard\n"), "{text}");
    assert!(text.ends_with("stap 1 van 1 is niet goed\n"), "{text}");
}

#[test]
fn an_outcome_is_data_too() {
    let (_, outcome) = played(vec![(Verdict::RefusedAsExpected("X".to_owned()), Vec::new())]);
    let json = serde_json::to_value(outcome).unwrap();
    assert_eq!(json["passed"], true);
    assert_eq!(json["steps"][0]["verdict"]["refused_as_expected"], "X");
    assert_eq!(json["steps"][0]["actor"], "politie");
}
