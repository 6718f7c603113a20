//! The configuration as the program tells it, and refuses it before anything starts.

use std::net::SocketAddr;
use std::process::{Output, Stdio};
use zsm::Kind;

use crate::program::{House, four_free_ports, program, run, serving};

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

/// The files that a document shows, by their name.
fn shown(document: &str) -> Vec<(&str, &str)> {
    let blocks = document.split("```toml\n# ").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.filter_map(|(block, _)| Some((block.split_once(':')?.0, block.split_once('\n')?.1))).collect()
}

#[test]
fn the_recipe_for_two_processes_starts_them() {
    let recipe = shown(include_str!("../../deploy/README.md"));
    assert_eq!(recipe.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["most.toml", "veilig-thuis.toml"]);
    let house = House::new();
    let (first, other) = (house.first_port(), four_free_ports());
    let ports = (7400..7405).zip(first - 1..).chain([(7405, other)]);
    let replaced = |text: &str| {
        ports.clone().fold(text.to_owned(), |text, (shown, free)| {
            text.replace(&format!("127.0.0.1:{shown}"), &format!("127.0.0.1:{free}"))
        })
    };
    let (folder, port) = (house.folder(), first.to_string());
    let mut nodes = Vec::new();
    let offices = [&[Kind::Om, Kind::Rvdk, Kind::Reclassering][..], &[Kind::VeiligThuis]];
    for ((name, text), offices) in recipe.iter().zip(offices) {
        let file = folder.join(name);
        std::fs::write(&file, replaced(text)).unwrap();
        let words = ["--config", file.to_str().unwrap(), "--folder", folder.to_str().unwrap(), "--first-port", &port];
        let at: Vec<SocketAddr> = offices.iter().map(|kind| house.address(*kind)).collect();
        nodes.push(serving(&words, &at));
    }
    for (name, _) in recipe {
        let file = folder.join(name);
        let words = ["--config", file.to_str().unwrap(), "--folder", folder.to_str().unwrap(), "--first-port", &port];
        let listed = run(&[&["errands", "list"], &words[..]].concat());
        assert!(listed.status.success(), "every office answers: {:?}", told(&listed));
    }
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
