//! Terms: arithmetic on given instants. Hours are elapsed hours (A23), counted from receipt (A24).

use jiff::{SignedDuration, Timestamp};

/// The answer term of a source: 24 hours when the suspect was arrested, else 72 (T4, T5, borrowed inside ZSM).
pub fn answer_due(received: Timestamp, arrested: bool) -> Timestamp {
    after(received, if arrested { 24 } else { 72 })
}

/// When VT's triage is expected at the latest: five calendar days after receipt (T6, A23).
pub fn triage_due(received: Timestamp) -> Timestamp {
    after(received, 5 * 24)
}

/// How long a register counts as fresh: 24 hours of law time (D13).
pub const REGISTER_FRESH: SignedDuration = SignedDuration::from_hours(24);

fn after(from: Timestamp, hours: i64) -> Timestamp {
    from.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}
