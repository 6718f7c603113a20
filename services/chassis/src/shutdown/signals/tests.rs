//! The process signals itself; with its handlers in place that ends nothing.

use std::process::{self, Command};
use std::time::Duration;

use tokio::time::timeout;

use super::{Shutdown, signals};

const SOON: Duration = Duration::from_secs(5);

fn signal_self() {
    let status = Command::new("kill").args(["-TERM", &process::id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[tokio::test]
async fn the_first_signal_stops_softly_and_the_second_hard() {
    let shutdown = Shutdown::new();
    signals(&shutdown).unwrap();
    signal_self();
    timeout(SOON, shutdown.soft_requested()).await.unwrap();
    assert!(timeout(Duration::from_millis(50), shutdown.hard_requested()).await.is_err());
    signal_self();
    timeout(SOON, shutdown.hard_requested()).await.unwrap();
}
