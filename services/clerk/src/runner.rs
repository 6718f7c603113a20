//! The runner of one journal: takes errands when they are handed over or fall due, carries them out side by side, and
//! rests otherwise.

use crate::clerk::Clerk;
use crate::errand::{Carry, Route, Routed};
use crate::law::Law;
use crate::policy::Budget;
use crate::tray::{Note, Tray};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use zsm::Kind;
use zsm_chassis::{Clock, Shutdown};
use zsm_journal::{Errand, Journal};

/// How often the table is read although nobody rang, in machine time.
const SLOW_TICK: Duration = Duration::from_secs(5);

/// Runs the errands of a journal. Clones are the same runner.
#[derive(Clone)]
pub struct Runner {
    office: &'static str,
    journal: Journal,
    clock: Clock,
    budget: Budget,
    tray: Tray,
    notes: Arc<tokio::sync::Mutex<UnboundedReceiver<Note>>>,
    routes: Arc<Vec<Box<dyn Routed>>>,
    /// By id, whether it is urgent.
    under_way: Arc<Mutex<HashMap<String, bool>>>,
    /// An errand found no room, and waits in the table.
    crowded: Arc<AtomicBool>,
    ended: Arc<AtomicU64>,
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runner").finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner of an office that knows no errands yet.
    pub fn new(office: Kind, journal: Journal, clock: Clock, budget: Budget) -> Self {
        let (tray, notes) = Tray::new();
        Self {
            office: office.slug(),
            journal,
            clock,
            budget,
            tray,
            notes: Arc::new(tokio::sync::Mutex::new(notes)),
            routes: Arc::default(),
            under_way: Arc::default(),
            crowded: Arc::default(),
            ended: Arc::default(),
        }
    }

    /// Where clerks put errands.
    pub fn tray(&self) -> Tray {
        self.tray.clone()
    }

    /// The journal whose errands it runs.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The way in which an errand is carried out; nothing for a kind that this release does not know.
    pub(crate) fn route(&self, errand: &Errand) -> Option<&dyn Routed> {
        self.routes.iter().find(|route| route.collection() == errand.kind).map(Box::as_ref)
    }

    /// A runner that also carries out the errands of this clerk.
    #[must_use]
    pub fn with<L: Law>(mut self, clerk: Clerk<L>, carrier: impl Carry<L>) -> Self {
        let budget = self.budget;
        if let Some(routes) = Arc::get_mut(&mut self.routes) {
            routes.push(Box::new(Route { office: self.office, clerk, carrier, budget }));
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
        let mut notes = self.notes.lock().await;
        let mut moves = self.clock.changed();
        let mut tick = tokio::time::interval(SLOW_TICK);
        let mut round = Round::default();
        loop {
            tokio::select! {
                () = shutdown.soft_requested() => return,
                Some(note) = notes.recv() => match note {
                    Note::New(errand) => self.take(errand, &mut round, &shutdown),
                    Note::Later(at) => round.wake_by(at),
                    Note::Look => self.look(&mut notes, &mut round, &shutdown).await,
                },
                // The first tick is at once: at the start the table is read.
                _ = tick.tick() => self.look(&mut notes, &mut round, &shutdown).await,
                () = moves.next() => self.look(&mut notes, &mut round, &shutdown).await,
                () = self.reached(round.next) => self.look(&mut notes, &mut round, &shutdown).await,
            }
        }
    }

    async fn reached(&self, at: Option<Timestamp>) {
        match at {
            Some(at) => self.clock.reached(at).await,
            None => std::future::pending().await,
        }
    }

    /// Takes what was handed over.
    fn take(&self, errand: Errand, round: &mut Round, shutdown: &Shutdown) {
        if round.found.remove(&errand.id) {
            return; // it was in the table already when that was read
        }
        match Timestamp::from_microsecond(errand.not_before) {
            Ok(at) if at > self.clock.now() => round.wake_by(at),
            _ => self.start(errand, shutdown),
        }
    }

    /// Reads the table: starts what is due, and notes when the next falls due.
    async fn look(&self, notes: &mut UnboundedReceiver<Note>, round: &mut Round, shutdown: &Shutdown) {
        while let Ok(note) = notes.try_recv() {
            if let Note::New(errand) = note {
                self.take(errand, round, shutdown);
            }
        }
        *round = Round::default();
        let now = self.clock.now();
        let due = match self.journal.due(now.as_microsecond(), self.budget.side_by_side).await {
            Ok(due) => due,
            Err(error) => return tracing::error!(%error, "errands cannot be read"),
        };
        for errand in due {
            round.found.insert(errand.id.clone());
            self.start(errand, shutdown);
        }
        let next = self.journal.next_due().await.ok().flatten();
        // What is due already is under way, or waits for room.
        let next = next.and_then(|at| Timestamp::from_microsecond(at).ok()).filter(|at| *at > now);
        round.next = next;
    }

    fn start(&self, errand: Errand, shutdown: &Shutdown) {
        if shutdown.is_stopping() {
            return;
        }
        let mut under_way = self.under_way();
        if under_way.contains_key(&errand.id) {
            return;
        }
        // What is urgent has as much room of its own: nothing else can stand in its way.
        let alike = under_way.values().filter(|urgent| **urgent == errand.urgent).count();
        if alike >= self.budget.side_by_side {
            self.crowded.store(true, Ordering::SeqCst);
            return;
        }
        under_way.insert(errand.id.clone(), errand.urgent);
        drop(under_way);
        let runner = self.clone();
        let done = UnderWay { runner: self.clone(), id: errand.id.clone() };
        shutdown.spawn("errand", async move {
            let _done = done;
            match runner.route(&errand) {
                Some(route) => route.run(errand).await,
                None => tracing::error!(kind = %errand.kind, "an errand that this release does not know"),
            }
        });
    }

    fn under_way(&self) -> std::sync::MutexGuard<'_, HashMap<String, bool>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the runner knows since it last read the table.
#[derive(Default)]
struct Round {
    /// What it found there; the same may still be handed over.
    found: HashSet<String>,
    /// When the next errand falls due.
    next: Option<Timestamp>,
}

impl Round {
    fn wake_by(&mut self, at: Timestamp) {
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }
}

/// An errand in hand; when it ends, however it ends, one that found no room is looked for.
struct UnderWay {
    runner: Runner,
    id: String,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.runner.ended.fetch_add(1, Ordering::SeqCst);
        self.runner.under_way().remove(&self.id);
        if self.runner.crowded.swap(false, Ordering::SeqCst) {
            self.runner.tray.look();
        }
    }
}

#[cfg(test)]
mod tests;
