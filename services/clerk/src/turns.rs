//! Writers of one stream take turns. Two answers that arrive at once belong to one assignment; without turns the second
//! would lose the race for the version, read the whole stream again and decide once more.
//!
//! A turn lasts from reading to remembering, never across a call to another office (E2). It saves work and guards
//! nothing: truth is the version that an append expects.

use std::hash::{BuildHasher, RandomState};
use tokio::sync::{Mutex, MutexGuard};

/// How many streams can be written at once without ever waiting for a stranger.
const SEATS: usize = 1024;

/// The turns of all streams of a clerk.
#[derive(Debug)]
pub(crate) struct Turns {
    seats: Vec<Mutex<()>>,
    places: RandomState,
}

impl Turns {
    pub(crate) fn new() -> Self {
        Self { seats: (0..SEATS).map(|_| Mutex::new(())).collect(), places: RandomState::new() }
    }

    /// Waits for the turn of a stream; it ends when what comes back is dropped.
    pub(crate) async fn take(&self, stream: &str) -> Option<MutexGuard<'_, ()>> {
        let place = usize::try_from(self.places.hash_one(stream) % SEATS as u64).unwrap_or_default();
        match self.seats.get(place) {
            Some(seat) => Some(seat.lock().await),
            None => None,
        }
    }
}
