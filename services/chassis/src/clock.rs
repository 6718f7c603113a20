//! Law time: what terms, back-off and token expiry are measured by. A scenario may drive it.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

#[cfg(test)]
mod tests;

/// The longest sleep of a waiter on the system clock: a clock that is set right is noticed by then.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Tells what time it is for the law. Clones tell the same time.
#[derive(Clone, Debug)]
pub struct Clock(Hand);

#[derive(Clone, Debug)]
enum Hand {
    System,
    Driven(Arc<watch::Sender<Timestamp>>),
}

/// A subscription to the moves of a driven clock; a system clock never reports one.
#[derive(Debug)]
pub struct Moves(Option<(watch::Receiver<Timestamp>, Arc<watch::Sender<Timestamp>>)>);

impl Clock {
    /// The time of the machine.
    pub fn system() -> Self {
        Self(Hand::System)
    }

    /// A clock that stands still at `start` until it is advanced.
    pub fn driven(start: Timestamp) -> Self {
        Self(Hand::Driven(Arc::new(watch::Sender::new(start))))
    }

    /// What time it is, in whole microseconds: so do journals keep it, and what is read again is what it was.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's time")]
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            Hand::System => Timestamp::now(),
            Hand::Driven(hand) => *hand.borrow(),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Whether this clock is driven.
    pub fn is_driven(&self) -> bool {
        matches!(self.0, Hand::Driven(_))
    }

    /// Moves a driven clock on and wakes who waits for it. False, and nothing moved, on a system
    /// clock, for a step back (law time never returns) and past the end of the calendar.
    pub fn advance(&self, by: SignedDuration) -> bool {
        let Hand::Driven(hand) = &self.0 else { return false };
        if by.is_negative() {
            return false;
        }
        hand.send_if_modified(|now| match now.checked_add(by) {
            Ok(next) => {
                *now = next;
                true
            }
            Err(_) => false,
        })
    }

    /// Resolves when law time has reached `at`. On the system clock no sleep is longer than 30 s,
    /// so that a machine whose time is corrected does not oversleep.
    pub async fn reached(&self, at: Timestamp) {
        let hand = match &self.0 {
            Hand::System => return self.slept_until(at).await,
            Hand::Driven(hand) => hand,
        };
        // The only error is a dropped sender, and `self` holds it.
        let _ = hand.subscribe().wait_for(|now| *now >= at).await;
    }

    /// Reports the advances of a driven clock from now on.
    pub fn changed(&self) -> Moves {
        match &self.0 {
            Hand::System => Moves(None),
            Hand::Driven(hand) => Moves(Some((hand.subscribe(), hand.clone()))),
        }
    }

    async fn slept_until(&self, at: Timestamp) {
        loop {
            let left = at.duration_since(self.now());
            let Ok(left) = Duration::try_from(left) else { return }; // negative: it has passed
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
        }
    }
}

impl Moves {
    /// Resolves at the next advance not yet reported; several advances may be reported as one.
    /// Never resolves for a system clock.
    pub async fn next(&mut self) {
        match &mut self.0 {
            None => std::future::pending().await,
            // The sender is held beside the receiver, so this cannot fail.
            Some((moves, _)) => moves.changed().await.unwrap_or_default(),
        }
    }
}
