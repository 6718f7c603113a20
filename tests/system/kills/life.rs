//! How a node lives and dies, and what its deaths struck.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zsm::Kind;
use zsm_chassis::Clock;
use zsm_journal::Errand;

use crate::audit::Record;
use crate::chance::Chance;
use crate::program::House;

/// How long to wait for someone to do something, before the node dies all the same.
const IDLE: Duration = Duration::from_secs(2);
/// How long a node that starts may live, in milliseconds.
const STARTING: u64 = 80;
/// How long a node lives on after it did something, in milliseconds.
const WORKING: u64 = 60;
/// How long a node may take to stop, in milliseconds.
const STOPPING: u64 = 40;
/// How long a long life is, in milliseconds.
const LONG: std::ops::Range<u64> = 200..700;

/// What the clients are doing.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// How many cases were begun.
    pub(super) begun: AtomicU32,
    /// How many acts were acknowledged.
    pub(super) acts: AtomicU64,
    /// The kills are over.
    pub(super) over: AtomicBool,
}

/// How a life ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Life {
    /// Killed while it starts, perhaps before it opened its journals.
    Starting,
    /// Killed right after it acknowledged something, while what follows from that is under way.
    Working,
    /// Killed after it had time to bring what waited.
    Long,
    /// Told to stop, and killed while it finishes.
    Stopping,
}

/// How many deaths of each kind there were, and what stood in the journals after some of them.
#[derive(Default)]
pub(super) struct Tally {
    starting: u32,
    working: u32,
    long: u32,
    stopping: u32,
    /// Questions without an answer, summed over the audits.
    pub(super) waiting_at_desks: usize,
    /// Errands that were still to be done, summed over the audits.
    pub(super) errands_under_way: usize,
    /// Those of them that had failed before.
    pub(super) errands_that_had_failed: usize,
    /// When each life began and ended, in microseconds since the epoch.
    lives: Vec<(i64, i64)>,
}

/// What the deaths struck, by what the journals tell of when facts were written.
#[derive(Debug)]
pub(super) struct Struck {
    /// Lives in which at least one fact was written.
    pub(super) lives_with_work: u32,
    /// Deaths within a hundredth of a second of a fact.
    #[expect(dead_code, reason = "told when the test ends")]
    deaths_within_10_ms_of_a_fact: u32,
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tally")
            .field("starting", &self.starting)
            .field("working", &self.working)
            .field("long", &self.long)
            .field("stopping", &self.stopping)
            .field("waiting_at_desks", &self.waiting_at_desks)
            .field("errands_under_way", &self.errands_under_way)
            .field("errands_that_had_failed", &self.errands_that_had_failed)
            .finish_non_exhaustive()
    }
}

impl Life {
    pub(super) fn drawn(chance: &mut Chance) -> Self {
        match chance.below(100) {
            0..15 => Life::Starting,
            15..83 => Life::Working,
            83..88 => Life::Long,
            _ => Life::Stopping,
        }
    }
}

impl Tally {
    /// Lets a node that was spawned live, and kills it.
    pub(super) fn live(&mut self, house: &mut House, life: Life, work: &Work, chance: &mut Chance) {
        let begun = now();
        let died;
        let mut up_to = |most| Duration::from_millis(chance.below(most));
        match life {
            Life::Starting => {
                self.starting += 1;
                std::thread::sleep(up_to(STARTING));
                died = now();
                house.kill();
            }
            Life::Working => {
                self.working += 1;
                house.await_ports();
                await_an_act(work);
                std::thread::sleep(up_to(WORKING));
                assert!(house.runs(), "the node ended by itself");
                died = now();
                house.kill();
            }
            Life::Long => {
                self.long += 1;
                house.await_ports();
                std::thread::sleep(Duration::from_millis(LONG.start) + up_to(LONG.end - LONG.start));
                assert!(house.runs(), "the node ended by itself");
                died = now();
                house.kill();
            }
            Life::Stopping => {
                self.stopping += 1;
                house.await_ports();
                await_an_act(work);
                house.begin_to_stop();
                std::thread::sleep(up_to(STOPPING));
                died = now();
                house.kill();
            }
        }
        self.lives.push((begun, died));
    }

    /// What a kill left behind.
    pub(super) fn note(&mut self, record: &Record) {
        self.waiting_at_desks += record.waiting_at_desks();
        self.note_errands(&record.errands);
    }

    /// What a kill left to be done.
    pub(super) fn note_errands(&mut self, errands: &[(Kind, Errand)]) {
        self.errands_under_way += errands.len();
        self.errands_that_had_failed += errands.iter().filter(|(_, errand)| errand.attempts > 0).count();
    }

    /// What all the deaths struck.
    pub(super) fn struck(&self, record: &Record) -> Struck {
        let moments = record.moments();
        let within = |from: i64, until: i64| {
            let first = moments.partition_point(|at| *at < from);
            moments.get(first).is_some_and(|at| *at <= until)
        };
        let count = |is: &dyn Fn(&(i64, i64)) -> bool| self.lives.iter().filter(|life| is(life)).count() as u32;
        Struck {
            lives_with_work: count(&|(from, until)| within(*from, *until)),
            deaths_within_10_ms_of_a_fact: count(&|(_, until)| within(until - 10_000, *until)),
        }
    }
}

/// Waits until something more was acknowledged.
fn await_an_act(work: &Work) {
    let (before, begun) = (work.acts.load(Ordering::SeqCst), Instant::now());
    while work.acts.load(Ordering::SeqCst) == before && begun.elapsed() < IDLE {
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn now() -> i64 {
    Clock::system().now().as_microsecond()
}
