//! Instants and days.

use super::Read;
use super::place::Place;
use jiff::Timestamp;
use jiff::civil::Date;
use zsm::date::PartialDate;
use zsm::{Faults, Problem};

const SECOND: i32 = 1_000_000_000;

/// An instant for the wire; its nanoseconds always count forward.
pub fn instant(at: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = (at.as_second(), at.subsec_nanosecond());
    if nanos < 0 {
        prost_types::Timestamp { seconds: seconds - 1, nanos: nanos + SECOND }
    } else {
        prost_types::Timestamp { seconds, nanos }
    }
}

impl Read<Timestamp> for prost_types::Timestamp {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Timestamp> {
        let forward = (0..SECOND).contains(&self.nanos);
        let at = Timestamp::new(self.seconds, self.nanos).ok().filter(|_| forward);
        if at.is_none() {
            faults.add(path, Problem::Form);
        }
        at
    }
}

impl Place<'_> {
    /// A whole day, `YYYY-MM-DD`, that must be there.
    pub(super) fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        match PartialDate::parse(text) {
            Some(PartialDate::Day(day)) => Some(day),
            Some(PartialDate::Unknown) => self.refuse(field, Problem::Missing),
            Some(PartialDate::Month(..) | PartialDate::Year(_)) | None => self.refuse(field, Problem::Form),
        }
    }
}
