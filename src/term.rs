//! Terms: arithmetic on given instants. Hours are elapsed hours (A23), counted from receipt (A24).

use jiff::{SignedDuration, Timestamp};

/// The terms that no law fixes, as agreed where the program runs. They are an argument of what needs them: what was
/// decided or promised with a term is in the event, and stays as it was when the agreement changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a register counts as fresh, in law time (D13).
    pub register_fresh: SignedDuration,
    /// The answer term of a source when the suspect was arrested (T4, borrowed inside ZSM).
    pub answer_arrested: SignedDuration,
    /// The answer term of a source in all other cases (T5, borrowed inside ZSM).
    pub answer: SignedDuration,
    /// The term of VT's triage, in calendar days (T6, A23).
    pub triage: SignedDuration,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            register_fresh: SignedDuration::from_hours(24),
            answer_arrested: SignedDuration::from_hours(24),
            answer: SignedDuration::from_hours(72),
            triage: SignedDuration::from_hours(5 * 24),
        }
    }
}

impl Terms {
    /// Whether a register that is complete until `as_of` is fresh enough to answer by itself (D13).
    pub fn is_fresh(self, as_of: Timestamp, received: Timestamp) -> bool {
        as_of <= received && received.duration_since(as_of) <= self.register_fresh
    }

    /// When a source is expected to have answered.
    pub fn answer_due(self, received: Timestamp, arrested: bool) -> Timestamp {
        after(received, if arrested { self.answer_arrested } else { self.answer })
    }

    /// When VT's triage is expected at the latest.
    pub fn triage_due(self, received: Timestamp) -> Timestamp {
        after(received, self.triage)
    }
}

fn after(from: Timestamp, term: SignedDuration) -> Timestamp {
    from.saturating_add(term).unwrap_or(Timestamp::MAX)
}
