//! What a scenario file may hold, and how a mistake in it is told.

use std::fs;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use super::{Action, Scenario, scenario_files};

const HEAD: &str = "title: Proef\nrules: [R-3.8-3, A2]\nstart: 2026-03-02T09:00:00Z\n";

const STEP: &str = "at: om, as: om/operator, call: CaseService/GetCase";

fn with_steps(steps: &str) -> Result<Scenario, String> {
    Scenario::parse("proef", &format!("{HEAD}steps:\n{steps}")).map_err(|problem| problem.to_string())
}

fn problem(steps: &str) -> String {
    with_steps(steps).unwrap_err()
}

#[test]
fn a_scenario_is_read_whole() {
    let scenario = Scenario::parse(
        "01-proef",
        &format!(
            "{HEAD}registers:\n  veilig-thuis: {{as_of: 2026-03-01T00:00:00Z, records: []}}\nsteps:\n\
             - note: De politie meldt zich.\n  at: om\n  as: politie@oost/politie:p1\n  \
             call: CaseService/RegisterCase\n  with: {{bvh_number: '1', hg_km: {{answer: NO}}, parketnummer: 012}}\n  \
             expect: {{ok: {{flow: A}}}}\n  keep: {{zaak: name}}\n\
             - advance: 2h30m\n- stop: rvdk\n- start: rvdk\n\
             - until: {{{STEP}, with: {{name: $zaak}}, within: 500ms}}\n"
        ),
    )
    .unwrap();
    assert_eq!((scenario.file.as_str(), scenario.title.as_str()), ("01-proef", "Proef"));
    assert_eq!(scenario.rules, ["R-3.8-3", "A2"]);
    assert_eq!(scenario.start.map(|start| start.to_string()).as_deref(), Some("2026-03-02T09:00:00Z"));
    assert_eq!(scenario.registers["veilig-thuis"]["records"], json!([]));
    assert_eq!(scenario.steps[0].note.as_deref(), Some("De politie meldt zich."));
    let Action::Call(call) = &scenario.steps[0].action else { panic!("no call") };
    assert_eq!(call.caller, "politie@oost/politie:p1");
    assert_eq!(call.with, json!({"bvh_number": "1", "hg_km": {"answer": "NO"}, "parketnummer": "012"}));
    assert_eq!(call.keep["zaak"].to_string(), "name");
    assert!(matches!(scenario.steps[1].action, Action::Advance(by) if by == SignedDuration::from_mins(150)));
    assert!(matches!(&scenario.steps[2].action, Action::Stop(office) if office == "rvdk"));
    assert!(matches!(&scenario.steps[3].action, Action::Start(office) if office == "rvdk"));
    let Action::Until(until) = &scenario.steps[4].action else { panic!("no until") };
    assert_eq!(until.within, Duration::from_millis(500));
}

#[test]
fn json_is_read_too() {
    let text = json!({"title": "x", "start": "2026-03-02T09:00:00+01:00", "steps": [{"advance": "3d"}]});
    let scenario = Scenario::parse("x", &serde_json::to_string_pretty(&text).unwrap()).unwrap();
    assert!(matches!(scenario.steps[0].action, Action::Advance(by) if by == SignedDuration::from_hours(72)));
}

#[test]
fn durations_are_read_as_people_write_them() {
    for (text, minutes) in [("25h", 1500), ("90m", 90), ("3d", 4320), ("2h30m", 150), ("1w", 10080)] {
        let scenario = with_steps(&format!("- advance: {text}")).unwrap();
        let Action::Advance(by) = scenario.steps[0].action else { panic!("no advance") };
        assert_eq!(by, SignedDuration::from_mins(minutes), "{text}");
    }
    for text in ["later", "-1h", "0h", "1 month", "''"] {
        assert!(problem(&format!("- advance: {text}")).contains("een duur zoals"), "{text}");
    }
}

#[test]
fn an_unknown_key_is_told_with_file_step_and_key() {
    let known = problem(&format!("- advance: 1h\n- {{{STEP}, verwacht: x}}"));
    assert!(known.starts_with("proef, stap 2: onbekende sleutel `verwacht`"), "{known}");
    let expect = problem(&format!("- {{{STEP}, expect: {{refused: {{open_contains: []}}}}}}"));
    assert!(expect.starts_with("proef, stap 1: onbekende sleutel `open_contains`"), "{expect}");
    let until = problem(&format!("- until: {{{STEP}, for: 5s}}"));
    assert!(until.starts_with("proef, stap 1, until: onbekende sleutel `for`"), "{until}");
    assert!(problem("- {advance: 1h, within: 5s}").contains("`within`"));
    assert!(problem("- {advance: 1h, at: om}").contains("`at` naast `advance`"));
    let top = Scenario::parse("proef", &format!("{HEAD}step: []")).unwrap_err().to_string();
    assert!(top.starts_with("proef: onbekende sleutel `step`"), "{top}");
}

#[test]
fn a_step_does_one_thing() {
    assert!(problem("- note: x").contains("precies een van"));
    assert!(problem("- {advance: 1h, stop: om}").contains("precies een van"));
    assert!(problem("- volgende").contains("horen sleutels"));
}

#[test]
fn what_must_be_there_is_asked_for() {
    assert!(problem("- {at: om, call: CaseService/GetCase}").contains("`as` ontbreekt"));
    assert!(problem("").contains("`steps`"));
    let parse = |text: &str| Scenario::parse("proef", text).unwrap_err().to_string();
    assert!(parse("title: x\nstart: morgen\nsteps: []").contains("tijdstip"));
    assert!(parse("- x").contains("horen sleutels"));
    assert!(parse("title: 7\nstart: x").contains("`title` hoort tekst"));
}

#[test]
fn crooked_values_are_refused() {
    assert!(problem(&format!("- {{{STEP}, with: [1]}}")).contains("`with`"));
    assert!(problem(&format!("- {{{STEP}, keep: {{zaak: 'a..b'}}}}")).contains("is geen pad"));
    assert!(problem(&format!("- {{{STEP}, keep: {{'de zaak': name}}}}")).contains("is geen naam"));
    assert!(problem(&format!("- {{{STEP}, expect: {{refused: {{}}}}, keep: {{a: b}}}}")).contains("weigering"));
}

#[test]
fn what_is_no_yaml_or_says_a_key_twice_is_refused() {
    let parse = |text: &str| Scenario::parse("proef", text).unwrap_err().to_string();
    assert!(parse("title: [").starts_with("proef is geen geldige YAML: "));
    assert!(parse("title: a\ntitle: b").starts_with("proef is geen geldige YAML: "));
}

#[test]
fn a_folder_means_its_scenarios_sorted() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["02.yml", "01.yaml", "03.json", "README.md"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let single = folder.path().join("README.md");
    let files = scenario_files(&[single, folder.path().to_owned()]).unwrap();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["README.md", "01.yaml", "02.yml", "03.json"]);
    let empty = tempfile::tempdir().unwrap();
    assert!(scenario_files(&[empty.path().to_owned()]).unwrap_err().to_string().contains("geen scenario's"));
}

#[test]
fn a_missing_file_is_named() {
    let problem = Scenario::read_file("er-niet.yaml".as_ref()).unwrap_err().to_string();
    assert_eq!(problem, "er-niet.yaml is niet te lezen");
}
