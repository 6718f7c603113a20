//! Who a person is: a BSN, else surname, first names, birth date and postcode with house number (A33).

mod matching;
mod normal;

pub use matching::{Deviation, Match, compare};
pub use normal::{KEY_RULES, Normal};

use crate::date::PartialDate;
use crate::fault::{Faults, Problem};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A citizen service number that passed the elfproef. It cannot be printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bsn(String);

/// What identifies a person. Kept only inside [`crate::Sensitive`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// Citizen service number, if known.
    pub bsn: Option<Bsn>,
    /// Surname; may be empty when there is a BSN.
    pub surname: String,
    /// First names; may be empty when there is a BSN.
    pub first_names: String,
    /// Date of birth, as far as known.
    pub birth: PartialDate,
    /// Postcode; may be empty.
    pub postcode: String,
    /// House number with addition; may be empty.
    pub house_number: String,
}

/// Longest name or address part, in characters.
pub const NAME_LIMIT: usize = 200;

impl Bsn {
    /// A number of nine digits that passes the elfproef (weights 9…2 and −1, modulo 11, not all zero).
    pub fn parse(text: &str) -> Option<Bsn> {
        let digits: Vec<i32> =
            text.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| i32::try_from(d).ok()).collect();
        if digits.len() != 9 || text.len() != 9 || digits.iter().all(|d| *d == 0) {
            return None;
        }
        let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
        let sum: i32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        (sum % 11 == 0).then(|| Bsn(text.into()))
    }

    /// The digits, for the wire and the register.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Bsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹bsn›")
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹identity›")
    }
}

impl Identity {
    /// Nothing is known about who it is.
    pub fn unknown() -> Identity {
        Identity {
            bsn: None,
            surname: String::new(),
            first_names: String::new(),
            birth: PartialDate::Unknown,
            postcode: String::new(),
            house_number: String::new(),
        }
    }

    /// Everything that is wrong with it, as seen on a day, under a field path.
    pub fn faults(&self, path: &str, today: Date) -> Faults {
        let mut faults = Faults::new();
        if self.bsn.is_none() {
            // Without a BSN the law asks for the other identifiers (Wmo 5.2.9, Jeugdwet 7.2.4).
            faults.require(!self.surname.is_empty(), format!("{path}.surname"), Problem::Missing);
        }
        let parts = [
            ("surname", &self.surname),
            ("first_names", &self.first_names),
            ("postcode", &self.postcode),
            ("house_number", &self.house_number),
        ];
        for (name, part) in parts {
            faults.require(part.chars().count() <= NAME_LIMIT, format!("{path}.{name}"), Problem::TooLong);
        }
        if self.birth.earliest().is_some_and(|birth| birth > today) {
            faults.add(format!("{path}.birth_date"), Problem::InFuture);
        }
        faults
    }

    /// Certainly another person: other BSNs, or without them another surname and another birth date. Another way to write
    /// the name, or day and month in each other's place, make no other person (A33).
    pub fn is_surely_not(&self, other: &Identity) -> bool {
        match (&self.bsn, &other.bsn) {
            (Some(mine), Some(theirs)) => mine != theirs,
            _ => Normal::of(self).is_surely_not(&Normal::of(other)),
        }
    }

    /// Whether both surely are one person, whichever of them is asked about ([`compare`]); or no BSN on either side and all
    /// that is said is the same, the surname and the day of birth among it.
    pub fn is_same_as(&self, other: &Identity) -> bool {
        if compare(self, other) == Match::Exact || compare(other, self) == Match::Exact {
            return true;
        }
        let known = !self.surname.is_empty() && matches!(self.birth, PartialDate::Day(_));
        known && self.bsn.is_none() && self.is_written_as(other)
    }

    /// Whether both say the same, known or not: the same BSN or lack of one, and all else the same in normal form.
    pub fn is_written_as(&self, other: &Identity) -> bool {
        self.bsn == other.bsn && Normal::of(self) == Normal::of(other)
    }
}

#[cfg(test)]
mod tests;
