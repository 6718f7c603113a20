//! What the shipped scenarios name, and what is told of it.

use super::{Coverage, known};
use crate::play::{Scenario, scenario_files};
use std::path::Path;

fn shipped() -> Coverage {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let files = scenario_files(&[folder]).unwrap();
    let scenarios: Vec<Scenario> = files.iter().map(|file| Scenario::read_file(file).unwrap()).collect();
    Coverage::of(&scenarios)
}

fn scenario(file: &str, rules: &str) -> Scenario {
    let text = format!("title: x\nrules: [{rules}]\nstart: 2026-03-02T09:00:00Z\nsteps:\n  - advance: 1h\n");
    Scenario::parse(file, &text).unwrap()
}

#[test]
fn the_first_scenario_shows_that_everything_is_weighed() {
    let coverage = shipped();
    assert!(coverage.scenarios("R-3.8-3").contains(&"01-minderjarige-winkeldiefstal".to_owned()));
    assert!(!coverage.without().contains(&"R-3.8-3".to_owned()));
    assert_eq!(coverage.strays(), [""; 0]);
}

#[test]
fn the_list_holds_ninety_five_rules_each_once() {
    let list: std::collections::BTreeSet<String> = known().collect();
    assert_eq!((list.len(), known().count()), (95, 95));
}

#[test]
fn a_number_that_is_no_rule_is_told_with_who_names_it() {
    let coverage =
        Coverage::of(&[scenario("01-een", "A2, A43, A02, X1, R-3.8-6, R-3.8-1, R-rk-12, R-, R-3..8, D, T10, P10")]);
    assert_eq!(coverage.strays(), ["A02", "A43", "D", "R-", "R-3..8", "R-3.8-6", "T10", "X1"]);
    let mut out = Vec::new();
    coverage.write(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("A43 is geen regel, in 01-een") && !text.contains("\nA43  "), "{text}");
}

#[test]
fn a_rule_without_a_scenario_is_told_and_one_outside_the_list_too() {
    let coverage = Coverage::of(&[scenario("01-een", "A2, T4, A2"), scenario("02-twee", "A2")]);
    assert_eq!(coverage.scenarios("A2"), ["01-een", "02-twee"]);
    let mut out = Vec::new();
    coverage.write(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..3], ["regel         scenario's", "A2            01-een, 02-twee", "T4            01-een"]);
    assert!(lines[4].starts_with("Zonder scenario (94 van 95): R-3.2.5-1, R-3.2.5-2, R-3.8-2,"), "{}", lines[4]);
}
