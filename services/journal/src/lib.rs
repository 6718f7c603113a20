//! Durable memory: an append-only journal of facts, errands and receipts, in one file.
//!
//! A journal holds streams of facts. A [`Batch`] adds facts to one stream, together with everything that must
//! be true from then on: errands to run, keys the stream holds, the shelf it stands on, the receipt for whoever
//! asked. A batch happens as a whole or not at all, and once [`Journal::append`] has answered it survives the
//! end of the process.
//!
//! The journal knows bytes and strings only: what they mean is its caller's business. What is personal stands
//! beside the facts and not in them, so that a person can be forgotten while the facts stay. No value of the
//! caller is ever part of an error message or of debug output that could be about a person.
//!
//! How it works: one thread owns the only connection that writes and commits everything that waits in one
//! transaction; two threads answer reads without waiting for a flush. A lock file beside the journal keeps it to
//! one owner.

mod append;
pub mod backup;
#[doc(hidden)]
pub mod bare;
mod batch;
#[doc(hidden)]
pub mod blocked;
mod errand;
mod error;
mod figures;
mod journal;
mod key;
mod open_error;
mod owner;
mod place;
mod queue;
mod reader;
mod receipt;
mod register;
mod schema;
mod shelf;
mod stop;
mod store;
mod stream;
#[cfg(test)]
mod testing;
mod writer;

pub use batch::{Appended, Batch, Fact, Personal};
pub use errand::{Errand, Failure, NewErrand, Standing};
pub use error::{Error, StoreError};
pub use figures::{Backlog, Commits, Written};
pub use journal::Journal;
pub use open_error::OpenError;
pub use owner::Ownership;
pub use receipt::Receipt;
pub use register::{RegisterRow, RegisterRows};
pub use shelf::Listed;
pub use stop::{NewStop, Stop};
pub use stream::Recorded;
