//! Thousands of random histories. `TESTS_HISTORIES` gives another number of them, `TESTS_SEED` others.

use crate::setting;
use std::path::Path;
use std::{fs, thread};
use zsm::properties::reach::Reach;
use zsm::properties::{Extent, try_histories};

/// How many, shared by the parts.
const HISTORIES: u64 = 3_000;
/// How many parts there are, on whatever machine: so that they are the same everywhere.
const PARTS: u64 = 4;
/// Where the chance begins when nobody says.
const SEED: u64 = 20_261_122;
/// Where there is a file for every event, by stream.
const GOLDEN: &str = "golden/events";

#[test]
fn through_thousands_of_histories_what_must_never_happen_does_not() {
    let all = setting("TESTS_HISTORIES", HISTORIES);
    let histories = (all / PARTS) as u32;
    let seed = setting("TESTS_SEED", SEED);
    let extent = Extent { histories, early: 45, late: 12 };
    let one = |part| move || try_histories(extent, seed + part);
    let tries: Vec<_> = (0..PARTS).map(|part| thread::spawn(one(part))).collect();
    let tried = tries.into_iter().map(|tried| tried.join().expect("it ends"));
    let reached: Vec<Reach> = tried.map(|tried| tried.unwrap_or_else(|story| panic!("{story}"))).collect();
    let never = never_happened(&reached);
    assert!(never.is_empty() || all < HISTORIES, "in no history: {never:?}");
}

/// Every event that there is and that happened in none of them.
fn never_happened(reached: &[Reach]) -> Vec<String> {
    let mut never = Vec::new();
    for stream in ["case", "assignment", "enquiry"] {
        for name in names(stream) {
            let count: u32 = reached.iter().map(|reach| reach.count(stream, &name)).sum();
            println!("{stream} {name}: {count}");
            if count == 0 {
                never.push(format!("{stream} {name}"));
            }
        }
    }
    never
}

fn names(stream: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN).join(stream);
    let files = fs::read_dir(folder).expect("the golden files").map(|file| file.expect("a golden file").file_name());
    let name = |file: std::ffi::OsString| Some(file.to_str()?.split('.').next()?.to_owned());
    let mut names: Vec<String> = files.filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
