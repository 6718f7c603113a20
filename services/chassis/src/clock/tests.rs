//! A driven clock stands still, wakes its waiters and never goes back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use super::Clock;

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn an_advance_wakes_who_waits_for_that_moment() {
    let clock = Clock::driven(noon());
    let at = noon() + SignedDuration::from_hours(72);
    let waiter = tokio::spawn({
        let clock = clock.clone();
        async move { clock.reached(at).await }
    });
    tokio::task::yield_now().await;

    assert!(clock.advance(SignedDuration::from_hours(71)));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!waiter.is_finished(), "woken too early");

    assert!(clock.advance(SignedDuration::from_hours(1)));
    timeout(Duration::from_secs(5), waiter).await.unwrap().unwrap();
    assert_eq!(clock.now(), at);
}

#[tokio::test]
async fn a_moment_that_has_passed_is_reached_at_once() {
    Clock::driven(noon()).reached(noon()).await;
    let clock = Clock::system();
    clock.reached(noon()).await;
    let soon = clock.now() + SignedDuration::from_millis(20);
    clock.reached(soon).await;
    assert!(clock.now() >= soon);
}

#[tokio::test]
async fn a_subscriber_hears_of_an_advance_made_before_it_listened() {
    let clock = Clock::driven(noon());
    let mut moves = clock.changed();
    clock.advance(SignedDuration::from_secs(1));
    timeout(Duration::from_secs(5), moves.next()).await.unwrap();
    assert!(timeout(Duration::from_millis(20), moves.next()).await.is_err(), "reported twice");
}

#[test]
fn law_time_does_not_go_back_and_the_system_clock_is_not_driven() {
    let clock = Clock::driven(noon());
    assert!(!clock.advance(SignedDuration::from_secs(-1)));
    assert!(!clock.advance(SignedDuration::MAX));
    assert_eq!(clock.now(), noon());
    assert!(!Clock::system().advance(SignedDuration::from_secs(1)));
}
