//! The interleavings: one case, its leads and its sources, driven through random histories.
//!
//! The real `decide`, `evolve` and `react` of all three aggregates, over a network that loses, doubles, delays and
//! reorders, between offices that crash and are rebuilt from their journals, with people who act at any moment. After
//! every step the [invariants] are looked at; the gate is checked against a [ledger], which reads the bare histories and
//! knows nothing of the states. A history that breaks one is shortened, and told in sentences.

pub mod carry;
pub mod history;
pub mod invariants;
pub mod ledger;
pub mod network;
pub mod office;
pub mod people;
pub mod reach;
pub mod tale;
pub mod world;

use history::histories;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use reach::Reach;
use std::cell::RefCell;

/// How many histories, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many.
    pub histories: u32,
    /// Steps at most before everybody does their work.
    pub early: usize,
    /// Steps at most after that.
    pub late: usize,
}

/// Tries random histories, and tells which events there were. The shortest found that breaks an invariant comes back as
/// a story.
///
/// # Errors
/// The story.
pub fn try_histories(extent: Extent, seed: u64) -> Result<Reach, String> {
    let config =
        Config { cases: extent.histories, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() };
    let mut bytes = [1; 16];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::XorShift, &bytes));
    let reached = RefCell::new(Reach::default());
    let tried = runner.run(&histories(extent.early, extent.late), |history| {
        let world = history.happen().map_err(|broken| TestCaseError::fail(broken.to_string()))?;
        reached.borrow_mut().add(&world);
        Ok(())
    });
    tried.map(|()| reached.into_inner()).map_err(|error| match error {
        TestError::Fail(reason, history) => format!("{reason} (seed {seed})\n{}", history.tell()),
        TestError::Abort(reason) => format!("the histories could not be tried: {reason}"),
    })
}

#[cfg(test)]
mod tests;
