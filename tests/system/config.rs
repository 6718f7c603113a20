//! The configuration as the program tells it, and refuses it before anything starts.

use std::process::{Output, Stdio};

use crate::program::{House, program, run};

fn told(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_holds_is_printed_with_who_said_so() {
    let house = House::new();
    let file = house.folder().join("own.toml");
    std::fs::write(&file, "first_port = 9001\n[errands]\nceiling = 7\n").unwrap();
    let words = ["config", "check", "--config", file.to_str().unwrap(), "--first-port", "9101"];
    let output = program(&words).env("ZSM_CALLS__DEADLINE", "3s").stderr(Stdio::piped()).output().unwrap();
    let (out, _) = told(&output);
    assert!(output.status.success(), "{out}");
    for line in [
        "first_port = 9101  # flag --first-port".to_owned(),
        format!("ceiling = 7  # {} line 3", file.display()),
        "deadline = \"3s\"  # environment ZSM_CALLS__DEADLINE".to_owned(),
        "triage = \"120h\"  # default".to_owned(),
    ] {
        assert!(out.contains(&line), "{line}:\n{out}");
    }
}

#[test]
fn nothing_starts_on_a_configuration_that_is_wrong() {
    let house = House::new();
    let file = house.folder().join("own.toml");
    std::fs::write(&file, "fodler = 'x'\n[regio]\n").unwrap();
    for command in [&["config", "check"][..], &["serve"], &["token", "--as", "om/officier"]] {
        let words = [command, &["--config", file.to_str().unwrap()]].concat();
        let output = program(&words).env("ZSM_FIRTS_PORT", "1").output().unwrap();
        let (_, err) = told(&output);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {err}");
        for part in [
            "own.toml line 1: fodler: there is no such setting; did you mean folder?",
            "own.toml line 2: regio: there is no such setting; did you mean regions?",
            "environment ZSM_FIRTS_PORT: there is no such setting; did you mean ZSM_FIRST_PORT?",
        ] {
            assert!(err.contains(part), "{command:?}, {part}: {err}");
        }
    }
}

#[test]
fn a_node_to_which_no_office_is_left_says_so() {
    let house = House::new();
    let file = house.folder().join("own.toml");
    let offices = ["om", "rvdk", "reclassering", "veilig-thuis"];
    let elsewhere = offices.map(|name| format!("[offices.{name}]\naddress = 'http://127.0.0.1:9'\n")).concat();
    std::fs::write(&file, elsewhere).unwrap();
    let folder = house.folder();
    let output = run(&["serve", "--config", file.to_str().unwrap(), "--folder", folder.to_str().unwrap()]);
    assert!(told(&output).1.contains("every office is served elsewhere"), "{}", told(&output).1);
}

#[test]
fn the_example_that_is_printed_changes_nothing() {
    let house = House::new();
    let (out, _) = told(&run(&["config", "example"]));
    let example = &out[out.find("# The configuration of `zsm`").unwrap()..];
    let file = house.folder().join("example.toml");
    std::fs::write(&file, example).unwrap();
    let (out, err) = told(&run(&["config", "check", "--config", file.to_str().unwrap()]));
    assert!(out.contains("folder = \"var\"  # ") && err.is_empty(), "{out}{err}");
}
