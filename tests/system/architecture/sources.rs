//! What the sources must carry and may not say.

use super::root;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder.
pub(super) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    files(folder, "rs")
}

/// Every file with this ending below a folder; what is built or hidden aside.
pub(super) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                found.append(&mut files(&path, ending));
            }
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a text has a word that is used as a path or imported.
pub(super) fn names(text: &str, word: &str) -> bool {
    let apart = |c: char| !c.is_alphanumeric() && c != '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(apart);
        let after = &text[at + word.len()..];
        before && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_rust_file_begins_by_saying_what_it_is() {
    let mute: Vec<PathBuf> = rust_files(&root()).into_iter().filter(|file| !read(file).starts_with("//! ")).collect();
    assert!(mute.is_empty(), "without `//!` on the first line: {mute:#?}");
}

#[test]
fn no_handler_calls_another_office_but_for_the_last_look_before_a_decision() {
    // E2: calls leave from errands only. Where a call is made, a client is named or a channel asked for. The one
    // exception is the last look (D28): one file at OM, for one handler.
    for role in ["om", "adviser", "source"] {
        for file in rust_files(&root().join("services").join(role).join("src")) {
            let (name, text) = (file.file_name().unwrap().to_string_lossy().into_owned(), read(&file));
            let last_look = role == "om" && name == "look.rs";
            if !last_look && !matches!(name.as_str(), "carry.rs" | "lib.rs") {
                for forbidden in ["_client::", "channel("] {
                    assert!(!text.contains(forbidden), "{} says `{forbidden}`", file.display());
                }
            }
            if name == "api.rs" {
                let looks: Vec<_> = text.match_indices("last_look.").collect();
                assert_eq!(looks.len(), usize::from(role == "om"), "{} looks {looks:?}", file.display());
                assert_eq!(text.matches("self.look(").count(), looks.len(), "{}", file.display());
                for forbidden in ["Carry", "Calls"] {
                    assert!(!text.contains(forbidden), "{} says `{forbidden}`", file.display());
                }
            }
        }
    }
}

#[test]
fn the_law_says_nothing_of_files_networks_or_tasks() {
    for file in rust_files(&root().join("src")) {
        let text = read(&file);
        for forbidden in ["std::fs", "std::net", "std::process", "std::env", "async fn", "Timestamp::now", "SystemTime"]
        {
            assert!(!text.contains(forbidden), "{} says `{forbidden}`", file.display());
        }
    }
}
