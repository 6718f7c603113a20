//! What is written in one go: a batch, its facts and what is personal about them.

use std::fmt;

use crate::{NewErrand, NewStop, Receipt};

/// One atomic addition to one stream: all of it happens, or none of it.
///
/// Only `stream`, `expected` and `at` are needed; leave the rest at its default. Within a batch new errands are
/// put down first, then `settles`, `gives_up`, `stops` and `revives` are carried out; naming an errand that is not open is
/// no error, except in `stops`. Debug output hides what may be about a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The stream that is added to; not empty.
    pub stream: String,
    /// The version of the stream the writer has read; 0 for a stream without facts. Checked even when there are
    /// no facts to add.
    pub expected: u64,
    /// When this happens, in microseconds since the epoch.
    pub at: i64,
    /// What happened, in order; they get the versions `expected + 1` and on.
    pub facts: Vec<Fact>,
    /// What must be done because of it. An id that is known already, done or not, is the same errand: it stays
    /// as it is.
    pub errands: Vec<NewErrand>,
    /// Names this stream holds from now on, alone in the journal.
    pub keys: Vec<String>,
    /// Names this stream held, and gives up.
    pub frees: Vec<String>,
    /// The shelf the stream stands on from now on; `None` leaves it where it is.
    pub shelf: Option<String>,
    /// What must happen to the stream next, by a name from a closed list; `None` for nothing. Kept with facts only.
    pub waits: Option<String>,
    /// How the stream ended, by a name from a closed list; `None` while it runs. Kept with facts only.
    pub ended: Option<String>,
    /// The trace this happens in, which its errands carry on; kept with facts and errands only.
    pub trace: Option<String>,
    /// The answer to the request behind this batch, for when it is asked again.
    pub receipt: Option<Receipt>,
    /// The ids of the errands that are done with this batch.
    pub settles: Vec<String>,
    /// The id of the errand that gives up with this batch: it is kept, and is not due until it is revived.
    pub gives_up: Option<String>,
    /// The errand that is stopped with this batch, by whom and why: it is kept, and is not due until it is revived.
    pub stops: Option<NewStop>,
    /// The id of the errand that starts again: it is tried, has no attempts, and is due from `at`.
    pub revives: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What kind of fact it is.
    pub kind: String,
    /// The fact itself, as json, without personal data.
    pub body: String,
    /// What the fact says about people. Each pair of slot and person occurs once in a fact.
    pub personal: Vec<Personal>,
}

/// A value about a person, kept beside the fact it belongs to. Debug output hides the value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Personal {
    /// The place in the fact where the value belongs.
    pub slot: u32,
    /// Whom it is about: the caller's number for a person, or 0 for the case as a whole.
    pub person: u32,
    /// The value, as json.
    pub body: String,
}

/// What an append has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The version of the stream now.
    pub version: u64,
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("stream", &self.stream)
            .field("expected", &self.expected)
            .field("at", &self.at)
            .field("facts", &self.facts)
            .field("errands", &self.errands)
            .field("keys", &self.keys.len())
            .field("frees", &self.frees.len())
            .field("shelf", &self.shelf)
            .field("waits", &self.waits)
            .field("trace", &self.trace)
            .field("receipt", &self.receipt)
            .field("settles", &self.settles)
            .field("gives_up", &self.gives_up)
            .field("stops", &self.stops)
            .field("revives", &self.revives)
            .finish()
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Personal").field("slot", &self.slot).field("person", &self.person).finish_non_exhaustive()
    }
}
