//! Thousands of random histories. `TESTS_HISTORIES` gives another number of them, `TESTS_SEED` others.

use crate::setting;
use std::thread;
use zsm::properties::{Extent, try_histories};

/// How many, shared by the threads.
const HISTORIES: u64 = 3_000;
/// Where the chance begins when nobody says.
const SEED: u64 = 20_261_122;

#[test]
fn through_thousands_of_histories_what_must_never_happen_does_not() {
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64).min(8);
    let histories = (setting("TESTS_HISTORIES", HISTORIES) / threads) as u32;
    let seed = setting("TESTS_SEED", SEED);
    let extent = Extent { histories, early: 45, late: 12 };
    let one = |thread| move || try_histories(extent, seed + thread);
    let tries: Vec<_> = (0..threads).map(|thread| thread::spawn(one(thread))).collect();
    for tried in tries {
        tried.join().expect("it ends").unwrap_or_else(|story| panic!("{story}"));
    }
}
