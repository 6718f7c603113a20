//! Soft stop: finish what is in hand. Hard stop: drop it; nothing is lost that was kept.

mod signals;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::{TaskTrackerToken, TrackedFuture};
use tracing::Instrument;

pub use signals::{Error as SignalError, signals};

#[cfg(test)]
mod tests;

/// How long a hard stop waits for tasks to let go before it gives them up.
const LETTING_GO: Duration = Duration::from_secs(5);

/// Stops a set of tasks, and knows when they have stopped. Clones stop the same tasks.
#[derive(Clone, Debug)]
pub struct Shutdown {
    // INVARIANT: `soft` is a child of `hard`, so a hard stop is a soft one as well.
    soft: CancellationToken,
    hard: CancellationToken,
    tasks: TaskTracker,
    panicked: Arc<OnceLock<&'static str>>,
}

/// How a shutdown ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every task finished what it had in hand.
    Softly,
    /// Some tasks were cut off when the grace period was over, or by a hard stop.
    Hard,
    /// Some tasks did not let go even then.
    Stuck {
        /// How many.
        tasks: usize,
    },
}

/// Reports a task that panics, on its way down.
struct Watch {
    name: &'static str,
    shutdown: Shutdown,
}

impl Shutdown {
    /// Nothing runs and nothing has been asked to stop.
    pub fn new() -> Self {
        let hard = CancellationToken::new();
        Self { soft: hard.child_token(), hard, tasks: TaskTracker::new(), panicked: Arc::default() }
    }

    /// Runs a task that the shutdown waits for and that a hard stop drops (the handle then gives
    /// `None`). A task that panics stops the rest softly: half an office is worse than none.
    pub fn spawn<F>(&self, name: &'static str, task: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let watch = Watch { name, shutdown: self.clone() };
        let hard = self.hard.clone();
        let task = async move {
            let _watch = watch;
            hard.run_until_cancelled_owned(task).await
        };
        self.tasks.spawn(task.instrument(tracing::info_span!("task", name)))
    }

    /// Asks all to finish what they have in hand and to begin nothing new.
    pub fn soft(&self) {
        self.soft.cancel();
    }

    /// Drops all there is.
    pub fn hard(&self) {
        self.hard.cancel();
    }

    /// Resolves when a soft or a hard stop is asked for.
    pub fn soft_requested(&self) -> WaitForCancellationFutureOwned {
        self.soft.clone().cancelled_owned()
    }

    /// Resolves when a hard stop is asked for.
    pub fn hard_requested(&self) -> WaitForCancellationFutureOwned {
        self.hard.clone().cancelled_owned()
    }

    /// Whether a stop has been asked for: begin nothing new.
    pub fn is_stopping(&self) -> bool {
        self.soft.is_cancelled()
    }

    /// The first task that panicked, if one did: the process must then not end well.
    pub fn panicked(&self) -> Option<&'static str> {
        self.panicked.get().copied()
    }

    /// Stops softly, waits up to `grace`, then stops hard and waits 5 s at most.
    pub async fn drained(self, grace: Duration) -> Drained {
        self.soft();
        self.tasks.close();
        let finished = tokio::time::timeout(grace, self.tasks.wait()).await.is_ok();
        let softly = finished && !self.hard.is_cancelled();
        self.hard();
        match tokio::time::timeout(LETTING_GO, self.tasks.wait()).await {
            Ok(()) if softly => Drained::Softly,
            Ok(()) => Drained::Hard,
            Err(_) => Drained::Stuck { tasks: self.tasks.len() },
        }
    }

    pub(crate) fn scissors(&self) -> CancellationToken {
        self.hard.clone()
    }

    pub(crate) fn held(&self) -> TaskTrackerToken {
        self.tasks.token()
    }

    pub(crate) fn tracked<F: Future>(&self, task: F) -> TrackedFuture<F> {
        self.tasks.track_future(task)
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!(task = self.name, "a task panicked; stopping");
            let _ = self.shutdown.panicked.set(self.name);
            self.shutdown.soft();
        }
    }
}
