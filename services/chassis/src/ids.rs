//! Chance: time-ordered ids, drawn from the system or from a seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::{Builder, Uuid};

#[cfg(test)]
mod tests;

/// The moment a seeded draw counts its milliseconds from: 2026-01-01T00:00:00Z.
const SEEDED_EPOCH_MILLIS: u64 = 1_767_225_600_000;

/// Draws ids. Clones draw from the same source, so no id is drawn twice.
#[derive(Clone, Debug)]
pub struct Ids(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Ids {
    /// Ids no one can predict.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same ids in the same order for the same seed, for scenarios. Two sources of one seed
    /// draw the same ids: give every office a seed of its own.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded { seed, drawn: Arc::new(AtomicU64::new(0)) })
    }

    /// The next id: a UUID of version 7, later than the one before it.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws an id by chance")]
    pub fn draw(&self) -> Uuid {
        match &self.0 {
            Source::System => Uuid::now_v7(),
            Source::Seeded { seed, drawn } => seeded(*seed, drawn.fetch_add(1, Ordering::Relaxed)),
        }
    }
}

fn seeded(seed: u64, nth: u64) -> Uuid {
    // Mixed before it is stepped, so that neighbouring seeds do not share a tail.
    let state = mix(seed).wrapping_add(nth.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (high, low) = (mix(state).to_be_bytes(), mix(!state).to_be_bytes());
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&high);
    chance[8..].copy_from_slice(&low[..2]);
    Builder::from_unix_timestamp_millis(SEEDED_EPOCH_MILLIS.wrapping_add(nth), &chance).into_uuid()
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the outcome.
fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
