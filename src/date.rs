//! Dates of birth that may be partial, and ages as intervals (A33).
//!
//! Ages are in whole years. Whoever is born on 29 February has a birthday on 1 March in ordinary years (BRP rule).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A date of which the day, the month or all may be unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartialDate {
    /// The whole date.
    Day(Date),
    /// Year and month.
    Month(i16, i8),
    /// The year only.
    Year(i16),
    /// Nothing at all.
    Unknown,
}

/// An age of at least `least` and at most `most` years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Age {
    /// The youngest the person can be.
    pub least: u16,
    /// The oldest the person can be.
    pub most: u16,
}

/// No one is older: the bound that stands for an unknown date of birth.
const OLDEST: u16 = 130;

/// The civil day of an instant in the Netherlands.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(netherlands()).date()
}

/// How far the clocks of two offices may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// The latest that it may be at another office. What comes from there was right by its clock, and is news (A16, D21).
pub(crate) fn elsewhere(at: Timestamp) -> Timestamp {
    at.saturating_add(CLOCKS_DIFFER).unwrap_or(at)
}

pub(crate) fn netherlands() -> TimeZone {
    jiff::tz::get!("Europe/Amsterdam")
}

impl std::fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("‹date›")
    }
}

impl PartialDate {
    /// Reads `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or nothing; nothing comes back when the form is wrong.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = if text.is_empty() { Vec::new() } else { text.split('-').collect() };
        match parts.as_slice() {
            [] => Some(PartialDate::Unknown),
            [year] if digits(year, 4) => Some(PartialDate::Year(year.parse().ok().filter(|y| *y > 0)?)),
            [year, month] if digits(year, 4) && digits(month, 2) => {
                let first = Date::new(year.parse().ok().filter(|y| *y > 0)?, month.parse().ok()?, 1).ok()?;
                Some(PartialDate::Month(first.year(), first.month()))
            }
            [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
                let year = year.parse().ok().filter(|y| *y > 0)?;
                Some(PartialDate::Day(Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?))
            }
            _ => None,
        }
    }

    /// The same form that [`PartialDate::parse`] reads.
    pub fn text(&self) -> String {
        match self {
            PartialDate::Day(date) => date.to_string(),
            PartialDate::Month(year, month) => format!("{year:04}-{month:02}"),
            PartialDate::Year(year) => format!("{year:04}"),
            PartialDate::Unknown => String::new(),
        }
    }

    /// The first day it can be, if anything is known.
    pub fn earliest(&self) -> Option<Date> {
        match self {
            PartialDate::Day(date) => Some(*date),
            PartialDate::Month(year, month) => Date::new(*year, *month, 1).ok(),
            PartialDate::Year(year) => Date::new(*year, 1, 1).ok(),
            PartialDate::Unknown => None,
        }
    }

    /// The last day it can be, if anything is known.
    pub fn latest(&self) -> Option<Date> {
        match self {
            PartialDate::Day(date) => Some(*date),
            PartialDate::Month(..) => self.earliest().map(Date::last_of_month),
            PartialDate::Year(year) => Date::new(*year, 12, 31).ok(),
            PartialDate::Unknown => None,
        }
    }

    /// The age on a day, as an interval.
    pub fn age_on(&self, day: Date) -> Age {
        let oldest = self.earliest().map_or(OLDEST, |birth| years(birth, day));
        let youngest = self.latest().map_or(0, |birth| years(birth, day));
        Age { least: youngest, most: oldest }
    }
}

/// Whole years from birth to a day; zero when the day lies before birth.
fn years(birth: Date, day: Date) -> u16 {
    // 29 February plus n years would become 28 February: by the BRP rule it is 1 March.
    let passed = |years: i16| {
        let Ok(year) = birth.year().checked_add(years).ok_or(()) else { return false };
        let birthday = Date::new(year, birth.month(), birth.day())
            .or_else(|_| Date::new(year, birth.month(), 28).and_then(|d| d.checked_add(1.day())));
        birthday.is_ok_and(|birthday| birthday <= day)
    };
    let mut years = (day.year() - birth.year()).max(0);
    while years > 0 && !passed(years) {
        years -= 1;
    }
    u16::try_from(years).unwrap_or(0)
}

impl Age {
    /// Certainly younger than a limit.
    pub fn under(&self, limit: u16) -> bool {
        self.most < limit
    }

    /// Certainly at or over a limit.
    pub fn reached(&self, limit: u16) -> bool {
        self.least >= limit
    }

    /// May be on either side of a limit.
    pub fn straddles(&self, limit: u16) -> bool {
        !self.under(limit) && !self.reached(limit)
    }

    /// The interval that holds both.
    pub fn or(&self, other: Age) -> Age {
        Age { least: self.least.min(other.least), most: self.most.max(other.most) }
    }
}

#[cfg(test)]
mod tests;
