//! Who leans on whom (architecture, section 5): a new edge is a decision, and this table changes with it.

mod contract;
mod sources;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What lies under every role and office.
const FOUNDATIONS: [&str; 4] = ["zsm", "zsm-proto", "zsm-journal", "zsm-chassis"];
/// The foundations with the clerk.
const FIVE: [&str; 5] = ["zsm", "zsm-proto", "zsm-journal", "zsm-chassis", "zsm-clerk"];

/// Every member, and the members it leans on.
fn table() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let with = |base: &[&'static str], more: &[&'static str]| base.iter().chain(more).copied().collect();
    BTreeMap::from([
        ("zsm", with(&[], &[])),
        ("zsm-journal", with(&[], &[])),
        ("zsm-chassis", with(&[], &[])),
        ("zsm-proto", with(&["zsm"], &[])),
        ("zsm-clerk", with(&FOUNDATIONS, &[])),
        ("zsm-source", with(&FIVE, &[])),
        ("zsm-adviser", with(&FIVE, &[])),
        ("zsm-om", with(&FIVE, &[])),
        ("zsm-rvdk", with(&FIVE, &["zsm-source", "zsm-adviser"])),
        ("zsm-reclassering", with(&FIVE, &["zsm-source", "zsm-adviser"])),
        ("zsm-veilig-thuis", with(&FIVE, &["zsm-source"])),
        // The house knows the role of source, whose registers it loads; that of adviser it meets in the offices only.
        ("zsm-node", with(&FIVE, &["zsm-source", "zsm-om", "zsm-rvdk", "zsm-reclassering", "zsm-veilig-thuis"])),
        // The proof leans on whatever it likes, and nobody on it.
        ("zsm-tests", with(&[], &[])),
    ])
}

/// What the law may use of others.
const OF_THE_LAW: [&str; 6] = ["jiff", "serde", "serde_json", "thiserror", "unicode-normalization", "uuid"];

/// Dependencies that no source names, and why they are needed.
const UNNAMED: [(&str, &str, &str); 1] = [("zsm-proto", "tonic-prost", "the generated bindings name it")];

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

struct Member {
    name: String,
    folder: PathBuf,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    normal: bool,
    optional: bool,
}

fn members() -> Vec<Member> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = Command::new(cargo).args(asked).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().iter().map(member).collect()
}

fn member(package: &Value) -> Member {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let dependency = |one: &Value| Dependency {
        name: text(&one["name"]),
        normal: one["kind"].is_null(),
        optional: one["optional"] == true,
    };
    Member {
        name: text(&package["name"]),
        folder: Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned(),
        dependencies: package["dependencies"].as_array().unwrap().iter().map(dependency).collect(),
    }
}

#[test]
fn every_crate_leans_on_the_crates_of_the_table_and_on_no_other() {
    let (members, table) = (members(), table());
    let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, table.keys().copied().collect(), "members of the workspace");
    for member in members.iter().filter(|member| member.name != "zsm-tests") {
        let leans = member.dependencies.iter().filter(|one| one.normal && names.contains(one.name.as_str()));
        let leans: BTreeSet<&str> = leans.map(|one| one.name.as_str()).collect();
        assert_eq!(leans, table[member.name.as_str()], "{} leans on", member.name);
    }
}

#[test]
fn nobody_leans_on_the_proof() {
    for member in members() {
        assert!(member.dependencies.iter().all(|one| one.name != "zsm-tests"), "{}", member.name);
    }
}

#[test]
fn only_the_journal_names_a_database_and_only_the_chassis_telemetry() {
    const DATABASES: [&str; 6] = ["rusqlite", "libsqlite3-sys", "sqlx", "tokio-postgres", "postgres", "diesel"];
    for member in members() {
        for one in &member.dependencies {
            let database = DATABASES.contains(&one.name.as_str());
            assert!(!database || member.name == "zsm-journal", "{} names {}", member.name, one.name);
            let telemetry = one.name.contains("opentelemetry") || one.name == "prometheus";
            assert!(!telemetry || member.name == "zsm-chassis", "{} names {}", member.name, one.name);
        }
    }
}

#[test]
fn the_law_uses_values_and_nothing_that_reaches_outside() {
    let members = members();
    let law = members.iter().find(|member| member.name == "zsm").unwrap();
    let (optional, always): (Vec<_>, Vec<_>) =
        law.dependencies.iter().filter(|one| one.normal).partition(|one| one.optional);
    let named = |dependencies: Vec<&Dependency>| -> BTreeSet<String> {
        dependencies.into_iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(named(always), OF_THE_LAW.map(String::from).into());
    assert_eq!(named(optional), BTreeSet::from(["proptest".to_owned()]));
}

#[test]
fn every_dependency_is_named_in_the_sources_of_who_declares_it() {
    for member in members().iter().filter(|member| member.name != "zsm-tests") {
        let text: String = sources::rust_files(&member.folder.join("src"))
            .into_iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect();
        for one in member.dependencies.iter().filter(|one| one.normal) {
            let excused = UNNAMED.iter().any(|(who, what, _)| *who == member.name && *what == one.name);
            let named = sources::names(&text, &one.name.replace('-', "_"));
            assert!(named || excused, "{} declares {} and does not use it", member.name, one.name);
        }
    }
}
