//! In which region a municipality lies on a day (D32, A30): a dated list, for regions are not for ever.

use crate::organisation::Region;
use jiff::civil::{Date, date};

/// A municipality in a region for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Its code: four digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whose Veilig Thuis works there.
    pub region: Region,
    /// First day.
    pub from: Date,
    /// Last day; nothing while it lasts.
    pub until: Option<Date>,
}

/// The list: on each day a municipality lies in one region at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Municipalities(Vec<Municipality>);

/// What is wrong with an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The code is not of four digits.
    #[error("the code is not of four digits")]
    Code,
    /// It has no name.
    #[error("the name is missing")]
    Name,
    /// It ends before it begins.
    #[error("`until` lies before `from`")]
    Period,
    /// An earlier entry says of the same municipality where it lies on one of these days.
    #[error("an earlier entry holds for the same municipality on one of these days")]
    Overlap,
}

impl Municipality {
    fn wrong(&self, earlier: &[Municipality]) -> Vec<Wrong> {
        let four_digits = self.code.len() == 4 && self.code.bytes().all(|digit| digit.is_ascii_digit());
        let twice = earlier.iter().any(|other| other.code == self.code && other.meets(self));
        let checks = [
            (!four_digits, Wrong::Code),
            (self.name.is_empty(), Wrong::Name),
            (self.until.is_some_and(|until| until < self.from), Wrong::Period),
            (twice, Wrong::Overlap),
        ];
        checks.into_iter().filter_map(|(is, wrong)| is.then_some(wrong)).collect()
    }

    fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether there is a day on which both hold.
    fn meets(&self, other: &Municipality) -> bool {
        let ends_after = |one: &Municipality, day: Date| one.until.is_none_or(|until| day <= until);
        ends_after(self, other.from) && ends_after(other, self.from)
    }
}

impl Municipalities {
    /// A list of these.
    ///
    /// # Errors
    /// All that is wrong, with the place of each entry from zero.
    pub fn try_new(entries: Vec<Municipality>) -> Result<Self, Vec<(usize, Wrong)>> {
        let wrong = |(place, entry): (usize, &Municipality)| {
            let wrong = entry.wrong(&entries[..place]);
            wrong.into_iter().map(move |wrong| (place, wrong)).collect::<Vec<_>>()
        };
        let wrong: Vec<_> = entries.iter().enumerate().flat_map(wrong).collect();
        if wrong.is_empty() { Ok(Self(entries)) } else { Err(wrong) }
    }

    /// The synthetic municipalities of the embedded default: nobody lives there.
    pub fn example() -> Self {
        const BEGUN: Date = date(2020, 1, 1);
        let entries = [
            ("9001", "Voorbeeldstad", "midden", BEGUN, None),
            ("9002", "Proefdam", "midden", BEGUN, None),
            ("9003", "Fictieveen", "noord", BEGUN, None),
            ("9004", "Oefenburg", "midden", BEGUN, Some(date(2026, 12, 31))),
            ("9004", "Oefenburg", "noord", date(2027, 1, 1), None),
        ];
        let entry = |(code, name, region, from, until): (&str, &str, &str, Date, Option<Date>)| {
            Some(Municipality { code: code.into(), name: name.into(), region: Region::parse(region)?, from, until })
        };
        Self(entries.into_iter().filter_map(entry).collect())
    }

    /// Each entry.
    pub fn iter(&self) -> impl Iterator<Item = &Municipality> {
        self.0.iter()
    }

    /// In which region a municipality lies on a day; nothing when the list does not say. There is no default: who knows
    /// better must choose.
    pub fn region_of(&self, code: &str, day: Date) -> Option<&Region> {
        self.0.iter().find(|one| one.code == code && one.holds_on(day)).map(|one| &one.region)
    }
}

#[cfg(test)]
mod tests;
