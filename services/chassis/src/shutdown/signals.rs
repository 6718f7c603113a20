//! What the operator asks by signal: the first time softly, the second time at once.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Shutdown;

#[cfg(test)]
mod tests;

/// The process cannot hear signals.
#[derive(Debug, thiserror::Error)]
#[error("the process cannot listen for the signals that stop it")]
pub struct Error(#[source] io::Error);

/// The signals that stop a process.
struct Stops {
    interrupt: Signal,
    terminate: Signal,
}

impl Stops {
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Turns the first SIGINT or SIGTERM into a soft stop and the second into a hard one. They are
/// heard from the moment this returns.
pub fn signals(shutdown: &Shutdown) -> Result<(), Error> {
    let mut stops = Stops {
        interrupt: signal(SignalKind::interrupt()).map_err(Error)?,
        terminate: signal(SignalKind::terminate()).map_err(Error)?,
    };
    let shutdown = shutdown.clone();
    // Not on the tracker: it listens until the process ends, and no one should wait for it.
    tokio::spawn(async move {
        stops.next().await;
        tracing::info!("stopping when what is in hand is finished; once more to stop at once");
        shutdown.soft();
        stops.next().await;
        tracing::warn!("stopping at once");
        shutdown.hard();
    });
    Ok(())
}
