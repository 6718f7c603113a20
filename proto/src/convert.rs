//! Between the wire and the law: requests are read with every fault named by its field, replies are written whole.
//!
//! Reading ([`read`]) is total: whatever bytes came in, it gives a value of the law or everything that is wrong. What
//! the law checks itself (`faults` of its types) is not checked here again. Writing is `From<&law type>` for each
//! message; what has been forgotten is left out.

mod advice;
mod answer;
mod beside;
mod brief;
mod case;
mod choice;
mod correction;
mod decision;
mod difference;
mod draft;
mod further;
mod hole;
mod judgement;
mod look;
mod open;
mod opinion;
mod organisation;
mod person;
mod place;
mod police;
mod progress;
mod question;
mod registration;
mod request;
mod required;
mod retraction;
mod signal;
mod telephone;
mod time;
mod undelivered;
mod version;
mod weighing;
mod writes;

pub use further::further_question;
pub use open::open_point;
pub use request::adviser::{Brought, Reported};
pub use request::source::Answering;
pub use retraction::{advice_readable, draft_readable, weighing_readable};
pub use time::instant;
pub use writes::{Writes, request_id_faults};

use zsm::Faults;

/// A message that can be read as a value of the law.
pub trait Read<T> {
    /// The value; every fault is noted under its field path. Where a fault leaves room for a stand-in (an empty text, an
    /// unknown date) the value comes back all the same, so that the law can say what else is wrong; nothing comes back
    /// only when a fault was noted.
    fn read(self, path: &str, faults: &mut Faults) -> Option<T>;
}

/// Reads a root message as far as it can be read: the value, possibly with stand-ins, and the faults noted.
///
/// # Errors
/// Everything that is wrong with it, when there is no value to go on with.
pub fn read_on<M: Read<T>, T>(message: M) -> Result<(T, Faults), Faults> {
    let mut faults = Faults::new();
    match message.read("", &mut faults) {
        Some(value) => Ok((value, faults)),
        None => Err(faults),
    }
}

/// Reads a root message: field paths begin at its own fields.
///
/// # Errors
/// Everything that is wrong with it, at once.
pub fn read<M: Read<T>, T>(message: M) -> Result<T, Faults> {
    let mut faults = Faults::new();
    match message.read("", &mut faults) {
        Some(value) => faults.or(value),
        None => Err(faults),
    }
}

#[cfg(test)]
mod tests;
