//! The runner of one journal: takes errands when they fall due, carries them out side by side, and rests otherwise.

use crate::clerk::Clerk;
use crate::errand::{Carry, Route, Routed};
use crate::law::Law;
use jiff::Timestamp;
use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use zsm_chassis::{Clock, Shutdown};
use zsm_journal::{Errand, Journal};

/// How many errands are carried out at once.
const SIDE_BY_SIDE: usize = 256;
/// How often the table is read although nobody rang, in machine time.
const SLOW_TICK: Duration = Duration::from_secs(5);

/// Runs the errands of a journal. Clones are the same runner.
#[derive(Clone)]
pub struct Runner {
    journal: Journal,
    clock: Clock,
    bell: Arc<Notify>,
    routes: Arc<Vec<Box<dyn Routed>>>,
    under_way: Arc<Mutex<HashSet<String>>>,
    ended: Arc<AtomicU64>,
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runner").finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner that knows no errands yet.
    pub fn new(journal: Journal, clock: Clock, bell: Arc<Notify>) -> Self {
        Self { journal, clock, bell, routes: Arc::default(), under_way: Arc::default(), ended: Arc::default() }
    }

    /// The bell that clerks ring.
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    /// A runner that also carries out the errands of this clerk.
    #[must_use]
    pub fn with<L: Law>(mut self, clerk: Clerk<L>, carrier: impl Carry<L>) -> Self {
        if let Some(routes) = Arc::get_mut(&mut self.routes) {
            routes.push(Box::new(Route { clerk, carrier }));
        }
        self
    }

    /// Whether no errand is due or under way.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn is_idle(&self) -> Result<bool, zsm_journal::Error> {
        if !self.under_way().is_empty() {
            return Ok(false);
        }
        let due = self.journal.due(self.clock.now().as_microsecond(), 1).await?;
        Ok(due.is_empty() && self.under_way().is_empty())
    }

    /// How many errands came to an end here, in whatever way. While it stays the same, nothing moved.
    pub fn ended(&self) -> u64 {
        self.ended.load(Ordering::SeqCst)
    }

    /// Runs until a stop is asked for; errands in hand are finished, the rest waits in the journal.
    pub async fn run(self, shutdown: Shutdown) {
        let mut moves = self.clock.changed();
        loop {
            let next = self.start_what_is_due(&shutdown).await;
            let until = async {
                match next {
                    Some(at) => self.clock.reached(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = shutdown.soft_requested() => return,
                () = self.bell.notified() => {}
                () = until => {}
                () = moves.next() => {}
                () = tokio::time::sleep(SLOW_TICK) => {}
            }
        }
    }

    /// Starts what is due; gives the instant at which the next falls due.
    async fn start_what_is_due(&self, shutdown: &Shutdown) -> Option<Timestamp> {
        let now = self.clock.now();
        let due = match self.journal.due(now.as_microsecond(), SIDE_BY_SIDE).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "errands cannot be read");
                return None;
            }
        };
        for errand in due {
            self.start(errand, shutdown);
        }
        let next = self.journal.next_due().await.ok().flatten()?;
        // What is due already is under way; its end rings the bell.
        Timestamp::from_microsecond(next).ok().filter(|at| *at > now)
    }

    fn start(&self, errand: Errand, shutdown: &Shutdown) {
        let room = self.under_way().len() < SIDE_BY_SIDE;
        if shutdown.is_stopping() || !room || !self.under_way().insert(errand.id.clone()) {
            return;
        }
        let runner = self.clone();
        let done = UnderWay { runner: self.clone(), id: errand.id.clone() };
        shutdown.spawn("errand", async move {
            let _done = done;
            match runner.routes.iter().find(|route| route.collection() == errand.kind) {
                Some(route) => route.run(errand).await,
                None => tracing::error!(kind = %errand.kind, "an errand that this release does not know"),
            }
        });
    }

    fn under_way(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An errand in hand; when it ends, however it ends, the runner looks again.
struct UnderWay {
    runner: Runner,
    id: String,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.runner.ended.fetch_add(1, Ordering::SeqCst);
        self.runner.under_way().remove(&self.id);
        self.runner.bell.notify_one();
    }
}
