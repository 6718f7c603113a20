//! Which layer wins, and that everything that is wrong is named at once with where it was said.

use super::fault::Fault;
use super::keys::{leaves, table, variable};
use super::layer::{environment, file};
use super::*;
use std::path::Path;
use toml::Table;

const EXAMPLE: &str = include_str!("../../../../deploy/zsm.example.toml");

/// A file in which nobody lies in any region.
const MUNICIPALITIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/municipalities/nobody.csv");

fn shape() -> Table {
    table(&Config::complete()).unwrap()
}

fn variables(of: &[(&str, &str)]) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    of.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

/// What holds after a file, the environment and a first port on the command line.
fn laid(text: &str, around: &[(&str, &str)], first_port: Option<i64>) -> Result<Effective, Faults> {
    let mut faults = Vec::new();
    let mut entries = file(Path::new("zsm.toml"), text, &mut faults);
    entries.extend(environment(variables(around), &["ZSM_CONFIG".to_owned()].into(), &shape(), &mut faults));
    entries.extend(first_port.map(|port| Entry {
        key: "first_port".into(),
        value: port.into(),
        source: Source::Flag("--first-port"),
    }));
    effective::settle(entries, &shape(), faults)
}

fn config(text: &str) -> Config {
    laid(text, &[], None).unwrap().config
}

/// What is wrong, as told, a line each.
fn wrong(text: &str, around: &[(&str, &str)]) -> Vec<String> {
    let Faults(faults) = laid(text, around, None).unwrap_err();
    faults.into_iter().map(|Fault { source, problem }| format!("{source}: {problem}")).collect()
}

#[track_caller]
fn only(text: &str, told: &str) {
    let wrong = wrong(text, &[]);
    assert!(matches!(wrong.as_slice(), [one] if one.contains(told)), "{told}: {wrong:#?}");
}

#[test]
fn without_any_layer_every_policy_is_the_default_one() {
    let config = config("");
    assert_eq!((config.policy(), &config.mandates), (Policy::default(), &Mandates::example()));
    let ports: Vec<_> = config.places().into_values().collect();
    let at = |port: u16| Place::Socket(([127, 0, 0, 1], port).into());
    for port in 7401..=7404 {
        assert!(ports.contains(&at(port)), "{port}: {ports:?}");
    }
}

#[test]
fn the_example_names_every_setting_and_changes_nothing() {
    assert_eq!(config(EXAMPLE), config(""));
    let said = EXAMPLE.parse::<Table>().unwrap();
    let said: BTreeSet<String> = leaves(&said).into_iter().map(|(key, _)| key).collect();
    let known = shape();
    // Of these nothing is said by default.
    let silent = |key: &String| key.ends_with(".address") || key == "telemetry.otlp" || key == "municipalities";
    let known = leaves(&known).into_iter().map(|(key, _)| key).filter(|key| !silent(key));
    assert_eq!(said, known.collect());
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let text = "first_port = 1001\nfolder = 'a'\n[errands]\nceiling = 1\n";
    let around = [("ZSM_FIRST_PORT", "1002"), ("ZSM_FOLDER", "b"), ("ZSM_CONFIG", "elsewhere"), ("PATH", "x")];
    let laid = laid(text, &around, Some(1003)).unwrap();
    let Config { first_port, folder, errands, .. } = &laid.config;
    assert_eq!((*first_port, folder.as_path(), errands.ceiling.get()), (1003, Path::new("b"), 1));
    let mut told = Vec::new();
    laid.write(&mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    for line in [
        "first_port = 1003  # flag --first-port",
        "folder = \"b\"  # environment ZSM_FOLDER",
        "ceiling = 1  # zsm.toml line 4",
        "longest_pause = \"15m\"  # default",
        "listen = \"127.0.0.1:1006\"  # flag --first-port",
        "[[mandates]]  # default",
    ] {
        assert!(told.contains(line), "{line}:\n{told}");
    }
}

#[test]
fn what_is_printed_says_the_same_when_it_is_read_again() {
    let text =
        "regions = ['oost']\nmandates = []\n[offices.rvdk]\naddress = 'http://127.0.0.1:9'\n[terms]\ntriage = '7d'";
    let before = laid(text, &[], Some(3000)).unwrap();
    let mut told = Vec::new();
    before.write(&mut told).unwrap();
    assert_eq!(config(&String::from_utf8(told).unwrap()), before.config);
}

#[test]
fn every_setting_can_be_said_in_the_environment() {
    let value = |key: &str| match key {
        "folder" => "elders".to_owned(),
        "first_port" => "1234".to_owned(),
        "regions" | "agreements.acute_part_suffices" => "[\"oost\"]".to_owned(),
        "municipalities" => MUNICIPALITIES.to_owned(),
        "mandates" => "[{reference = \"R\", from = 2026-02-03}]".to_owned(),
        "calls.deadline" => "3s".to_owned(),
        "errands.ceiling" | "errands.side_by_side" => "3".to_owned(),
        "telemetry.metrics" => "none".to_owned(),
        "telemetry.otlp" => "http://127.0.0.1:4317".to_owned(),
        "telemetry.log_format" => "json".to_owned(),
        "offices.om.listen" => "127.0.0.1:9".to_owned(),
        key if key.starts_with("offices.") => "http://127.0.0.1:10".to_owned(),
        _ => "3h".to_owned(),
    };
    let shape = shape();
    let keys = leaves(&shape).into_iter().map(|(key, _)| key);
    // One office is served here, the others elsewhere.
    let keys: Vec<String> = keys
        .filter(|key| key == "offices.om.listen" || !key.ends_with("listen") && key != "offices.om.address")
        .collect();
    let around: Vec<(String, String)> = keys.iter().map(|key| (variable(key), value(key))).collect();
    let around: Vec<(&str, &str)> = around.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let laid = laid("", &around, None).unwrap();
    for key in keys {
        assert_eq!(laid.source(&key), Source::Variable(variable(&key)), "{key}");
    }
    for (kind, place) in laid.config.places() {
        assert_eq!(matches!(place, Place::Elsewhere(_)), kind != Kind::Om, "{place:?}");
    }
    assert_eq!(laid.config.policy().errands.ceiling, 3);
    assert_eq!(variable("offices.veilig-thuis.address"), "ZSM_OFFICES__VEILIG_THUIS__ADDRESS");
}

#[test]
fn all_that_is_wrong_is_named_at_once_with_where_it_was_said() {
    let text = "folder = 'a'\nfrist_port = 1\n\n[errands]\nceeling = 2\nside_by_side = 0\n[[mandates]]\nreference = 'R'\n\
                from = 2026-01-01\nuntill = 2026-02-01\n[posts]\n";
    let around = [("ZSM_ERRANDS__CEILLING", "3"), ("ZSM_FIRST_PORT", "many"), ("ZSM_CONFG", "x")];
    let told = wrong(text, &around);
    for (number, line) in [
        "zsm.toml line 2: frist_port: there is no such setting; did you mean first_port?",
        "zsm.toml line 5: errands.ceeling: there is no such setting; did you mean errands.ceiling?",
        "zsm.toml line 6: errands.side_by_side: invalid value: integer `0`",
        "zsm.toml line 7: mandates, number 1: there is no `untill`; did you mean until?",
        "zsm.toml line 11: posts: there is no such setting",
        "environment ZSM_ERRANDS__CEILLING: there is no such setting; did you mean ZSM_ERRANDS__CEILING?",
        "environment ZSM_FIRST_PORT: first_port: this is no value; write it as in 7401",
        "environment ZSM_CONFG: there is no such setting; did you mean ZSM_CONFIG?",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(told.iter().any(|one| one.starts_with(line)), "{number}, {line}: {told:#?}");
    }
    assert_eq!(told.len(), 8, "{told:#?}");
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_the_reason() {
    only(
        "first_port = 65533",
        "line 1: first_port: the first port must leave room for four: choose one from 1 to 65532",
    );
    only("first_port = 70000", "first_port: invalid value");
    only("folder = 7", "folder: invalid type: integer `7`, expected path");
    only("regions = []", "at least one");
    only("regions = ['oost', 'oost']", "each once");
    only("regions = ['Midden']", "small letters");
    only("[agreements]\nacute_part_suffices = ['oost']", "oost is not one of the regions that are known here");
    only("terms = 3", "terms: this is a section and no setting; it holds answer, answer_arrested");
    only("[terms]\ntriage = 'soon'", "line 2: terms.triage: this is no length of time");
    only("[terms]\nanswer = '-1h'", "this is no length of time");
    only("[errands]\nceiling = 0", "errands.ceiling: invalid value");
    only("[calls]\ndeadline = '11s'", "calls.deadline: an office gives up on a call after 10s itself");
    only("[offices.om]\nlisten = '0.0.0.0:1'", "reachable from other machines");
    only("[offices.om]\nlisten = '127.0.0.1:0'", "port 0");
    only("[offices.politie]\nlisten = '127.0.0.1:1'", "there is no such setting; did you mean offices.");
    only("[offices.om]\nlisten = '127.0.0.1:1'\naddress = 'http://127.0.0.1:2'", "not both");
    only(
        "'errands.ceiling' = 5",
        "line 1: \"errands.ceiling\": there is no such setting; did you mean errands.ceiling?",
    );
    only("[errands]\n'ceiling.x' = 5", "line 2: errands.\"ceiling.x\": there is no such setting");
    only("[[mandates]]\nreference = 'R'\nfrom = 2026-02-01\nuntil = 2026-01-01", "number 1 ends before it begins");
    only("[[mandates]]\nreference = 'R'", "missing field `from`");
    only("first_port = \n", "line 1");
    only("first_port = 1\nfirst_port = 2\n", "line 2: duplicate key");
}

#[test]
fn what_cannot_listen_side_by_side_is_refused_where_it_was_said() {
    for (text, told) in [
        (
            "[offices.om]\nlisten = '127.0.0.1:9'\n[offices.rvdk]\nlisten = '127.0.0.1:9'",
            "line 4: offices.rvdk.listen: offices.om.listen listens on 127.0.0.1:9 already",
        ),
        (
            "[offices.om]\nlisten = '127.0.0.1:7403'",
            "line 2: offices.om.listen: offices.reclassering.listen listens on",
        ),
        ("[offices.om]\nlisten = '[::ffff:127.0.0.1]:7403'", "line 2: offices.om.listen: offices.reclassering.listen"),
        ("[offices.om]\nlisten = '127.0.0.1:7400'", "line 2: offices.om.listen: telemetry.metrics listens on"),
        (
            "[telemetry]\nmetrics = '127.0.0.1:7404'",
            "line 2: telemetry.metrics: offices.veilig-thuis.listen listens on",
        ),
        ("[offices.om]\naddress = 'http://127.0.0.1:7403'", "line 2: offices.om.address: on 127.0.0.1:7403 this node"),
        ("[offices.om]\naddress = 'http://127.0.0.1:7400'", "this node listens itself, by telemetry.metrics"),
        ("[offices.om]\naddress = 'http://[::ffff:127.0.0.1]:7403'", "this node listens itself, by offices.recl"),
    ] {
        only(text, told);
    }
    config(
        "[offices.om]\nlisten = '[::1]:7402'\n[telemetry]\nmetrics = 'none'\n[offices.rvdk]\nlisten = '127.0.0.1:7400'",
    );
}

#[test]
fn a_node_to_which_no_office_is_left_is_refused() {
    let elsewhere = |kind: Kind| format!("[offices.{}]\naddress = 'http://127.0.0.1:9'\n", kind.slug());
    let told = "line 2: offices.om.address: every office is served elsewhere";
    only(&NAMES.map(elsewhere).concat(), told);
}

#[test]
fn a_caller_without_a_region_is_of_the_first_that_was_said() {
    let named = |text: &str| config(text).default_region().as_str().to_owned();
    assert_eq!(named(""), "midden");
    assert_eq!(named("regions = ['west', 'noord']"), "west");
}

#[test]
fn what_is_secret_in_a_collector_is_never_told() {
    for place in ["wie:gehe@im@127.0.0.1:7", "wie:gehe%40im@127.0.0.1:7", "gehe@im:@127.0.0.1:7", "@gehe@127.0.0.1:7/"]
    {
        let laid = laid(&format!("[telemetry]\notlp = 'http://{place}'"), &[], None).unwrap();
        let mut told = Vec::new();
        laid.write(&mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains("otlp = \"http://***@127.0.0.1:7\"  # zsm.toml line 2"), "{told}");
        assert!(!format!("{told}{:?}", laid.config).contains("gehe"), "{told}");
    }
    for place in ["127.0.0.1:7/gehe", "127.0.0.1:7/@gehe", "127.0.0.1:7?gehe", "wie@127.0.0.1:7?gehe=@x"] {
        let wrong = wrong(&format!("[telemetry]\notlp = 'http://{place}'"), &[]);
        assert!(wrong.len() == 1 && wrong[0].contains("telemetry.otlp") && !wrong[0].contains("gehe"), "{wrong:?}");
    }
}

#[test]
fn an_address_is_of_this_machine_and_what_is_secret_in_it_is_never_told() {
    for place in
        ["https://127.0.0.1:1", "http://example.org:1", "http://10.0.0.1:1", "http://127.0.0.1", "127.0.0.1:1", ""]
    {
        only(
            &format!("[offices.om]\naddress = '{place}'"),
            "line 2: offices.om.address: this is no address of an office",
        );
    }
    let wrong = wrong("[offices.om]\naddress = 'http://wie:geheim@example.org:1'", &[]);
    assert!(!wrong[0].contains("geheim"), "{wrong:?}");
    let laid = laid("[offices.om]\naddress = 'http://wie:gehe@im@127.0.0.1:7'", &[], None).unwrap();
    let mut told = Vec::new();
    laid.write(&mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("address = \"http://***@127.0.0.1:7\"  # zsm.toml line 2"), "{told}");
    assert!(!format!("{told}{:?}", laid.config).contains("gehe"), "{told}");
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent.toml");
    let said = load(Some(&absent), Vec::new(), &BTreeSet::new(), Vec::new()).unwrap_err().to_string();
    assert!(said.contains("absent.toml") && said.contains("cannot be read"), "{said}");
}
