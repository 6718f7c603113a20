//! Soft waits, hard does not, and neither waits for ever.

use std::future::pending;
use std::time::Duration;

use super::{Drained, Shutdown};

const GRACE: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_soft_stop_lets_a_task_finish_what_it_has_in_hand() {
    let shutdown = Shutdown::new();
    let stopping = shutdown.clone();
    let task = shutdown.spawn("worker", async move {
        stopping.soft_requested().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        "finished"
    });
    assert_eq!(shutdown.drained(GRACE).await, Drained::Softly);
    assert_eq!(task.await.unwrap(), Some("finished"));
}

#[tokio::test]
async fn a_task_that_does_not_stop_is_dropped_after_the_grace_period() {
    let shutdown = Shutdown::new();
    let task = shutdown.spawn("worker", pending::<()>());
    assert_eq!(shutdown.drained(Duration::from_millis(20)).await, Drained::Hard);
    assert_eq!(task.await.unwrap(), None);
}

#[tokio::test]
async fn a_hard_stop_cuts_the_grace_period_short_and_is_a_soft_one_too() {
    let shutdown = Shutdown::new();
    shutdown.spawn("worker", pending::<()>());
    let draining = tokio::spawn(shutdown.clone().drained(Duration::from_secs(3600)));
    shutdown.soft_requested().await;
    shutdown.hard();
    assert_eq!(draining.await.unwrap(), Drained::Hard);
    assert!(shutdown.is_stopping());
}

#[tokio::test]
async fn a_task_that_panics_stops_the_rest_and_is_named() {
    let shutdown = Shutdown::new();
    shutdown.spawn("fragile", async { panic!("on purpose") });
    shutdown.soft_requested().await;
    assert_eq!(shutdown.panicked(), Some("fragile"));
    assert_eq!(shutdown.drained(GRACE).await, Drained::Softly);
}

#[tokio::test]
async fn nothing_to_stop_is_stopped_at_once() {
    assert_eq!(Shutdown::new().drained(GRACE).await, Drained::Softly);
}
