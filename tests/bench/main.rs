//! What it costs: `cargo bench -p zsm-tests`.
//!
//! One run measures everything in turn, several rounds, and prints medians: a shared machine moves threefold between
//! quiet and noisy minutes, so only figures of one run may be held against each other. The node under measure is a
//! process of its own, reached over TCP; its processor time is read from the system, apart from the client's.
//! `-- --rounds 3 --cases 20` makes it shorter; `-- --only cases|fan-out|bare|look-up` and `-- --at 1|16|64` leave parts out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot be made may say so by ending")]

mod bare;
mod cases;
mod fan_out;
mod figures;
mod look_up;

#[expect(dead_code, reason = "the system tests use more of it")]
#[path = "../system/case.rs"]
mod case;
#[expect(dead_code, reason = "the system tests use more of it")]
#[path = "../system/client.rs"]
mod client;
#[expect(dead_code, reason = "the system tests use more of it")]
#[path = "../system/program.rs"]
mod program;
#[expect(dead_code, reason = "the system tests use more of it")]
#[path = "../system/story.rs"]
mod story;

use figures::Figures;
use std::path::{Path, PathBuf};

/// How many are under way at once.
const CONCURRENT: [usize; 3] = [1, 16, 64];

/// What is measured, and how often.
struct Plan {
    rounds: usize,
    cases: usize,
    only: Option<String>,
    at: Option<usize>,
}

impl Plan {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().collect();
        let after = |flag: &str| words.iter().position(|word| word == flag).and_then(|place| words.get(place + 1));
        let number = |flag: &str, default| after(flag).map_or(default, |text| text.parse().unwrap());
        Self {
            rounds: number("--rounds", 5),
            cases: number("--cases", 60),
            only: after("--only").cloned(),
            at: after("--at").map(|text| text.parse().unwrap()),
        }
    }

    fn has(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }
}

fn main() {
    program::become_the_program();
    bare::become_the_echo();
    // Other cargo commands build and call benches too; only `cargo bench` measures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let plan = Plan::read();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let figures = runtime.block_on(measure(&plan));
    figures.print();
}

async fn measure(plan: &Plan) -> Figures {
    let mut figures = Figures::default();
    for round in 1..=plan.rounds {
        eprintln!("round {round} of {}", plan.rounds);
        if plan.has("look-up") {
            look_up::measure(&disk(), &mut figures).await;
        }
        for concurrent in CONCURRENT.into_iter().filter(|one| plan.at.is_none_or(|at| at == *one)) {
            if plan.has("bare") {
                bare::measure(concurrent, &disk(), &mut figures).await;
            }
            if plan.has("cases") {
                for (store, place) in [("disk", disk()), ("memory", memory())] {
                    cases::measure(store, &place, concurrent, plan.cases, &mut figures).await;
                }
            }
            if plan.has("fan-out") && concurrent <= 16 {
                fan_out::measure(&disk(), concurrent, &mut figures).await;
            }
        }
    }
    figures
}

/// Where journals are on the disk.
fn disk() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).to_owned()
}

/// Where journals are in memory: the same journal on a file system that forgets, so that the difference is the disk.
fn memory() -> PathBuf {
    Path::new("/dev/shm").to_owned()
}
