//! Between the wire and the law: requests are read with every fault named by its field, replies are written whole.
//!
//! Reading ([`read`]) is total: whatever bytes came in, it gives a value of the law or everything that is wrong. What
//! the law checks itself (`faults` of its types) is not checked here again. Writing is `From<&law type>` for each
//! message; what has been forgotten is left out.

mod advice;
mod answer;
mod brief;
mod case;
mod choice;
mod decision;
mod judgement;
mod open;
mod organisation;
mod person;
mod place;
mod police;
mod progress;
mod question;
mod registration;
mod request;
mod required;
mod time;
mod version;
mod weighing;
mod writes;

pub use open::open_point;
pub use request::adviser::Reported;
pub use time::instant;
pub use writes::{Writes, request_id_faults};

use zsm::Faults;

/// A message that can be read as a value of the law.
pub trait Read<T> {
    /// The value; every fault is noted under its field path, and nothing comes back only when one was noted.
    fn read(self, path: &str, faults: &mut Faults) -> Option<T>;
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
