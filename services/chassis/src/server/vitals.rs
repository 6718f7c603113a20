//! Whether the office says it is well.

use tokio::sync::watch;
use tokio_util::task::TaskTracker;
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::{Health, HealthServer};
use tonic_health::server::{HealthReporter, health_reporter};

/// The health of an office and of each of its services.
#[derive(Debug)]
pub(super) struct Vitals {
    reporter: HealthReporter,
    names: Vec<String>,
}

impl Vitals {
    /// All is well from now on.
    pub(super) async fn begin(services: &[String]) -> (Self, HealthServer<impl Health>) {
        let (reporter, health) = health_reporter();
        // The empty name is the office as a whole.
        let names = services.iter().cloned().chain([String::new()]).collect();
        let vitals = Self { reporter, names };
        vitals.say(ServingStatus::Serving).await;
        (vitals, health)
    }

    /// Says for ever whether the office is able to do its work.
    pub(super) async fn follow(&self, mut able: watch::Receiver<bool>) {
        loop {
            let status = if *able.borrow_and_update() { ServingStatus::Serving } else { ServingStatus::NotServing };
            self.say(status).await;
            if able.changed().await.is_err() {
                // Whoever knew is gone, as when the journal is closed: nothing more will be said.
                std::future::pending().await
            }
        }
    }

    /// The office is stopping. Who watches its health is told, and let go when the last call is
    /// done: a watcher would otherwise keep its connection, and with it the office, alive.
    pub(super) async fn end(mut self, calls: &TaskTracker) {
        self.say(ServingStatus::NotServing).await;
        calls.close();
        calls.wait().await;
        for name in &self.names {
            self.reporter.clear_service_status(name).await;
        }
    }

    async fn say(&self, status: ServingStatus) {
        for name in &self.names {
            self.reporter.set_service_status(name, status).await;
        }
    }
}
