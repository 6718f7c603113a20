//! Which municipality lies in which region, by day (D32): a file that takes the place of the synthetic list.
//!
//! A file is lines of text (CSV): `code,name,region,from,until` first, then an entry on each line. Days are YYYY-MM-DD;
//! `until` is the last day and empty while it lasts. Empty lines do not count.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zsm::Region;
use zsm::municipality::{Municipalities, Municipality};

/// The first line.
const COLUMNS: &str = "code,name,region,from,until";

/// A list that was read from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PathBuf", into = "PathBuf")]
pub(super) struct MunicipalityFile {
    path: PathBuf,
    list: Municipalities,
}

impl MunicipalityFile {
    /// For its name only: a file that nobody read.
    pub(super) fn example() -> Self {
        Self { path: "gemeenten.csv".into(), list: Municipalities::default() }
    }

    pub(super) fn list(&self) -> &Municipalities {
        &self.list
    }
}

impl TryFrom<PathBuf> for MunicipalityFile {
    type Error = String;

    fn try_from(path: PathBuf) -> Result<Self, String> {
        let said = |problem: &str| format!("{}: {problem}", Path::display(&path));
        let text = std::fs::read_to_string(&path).map_err(|error| said(&format!("it cannot be read: {error}")))?;
        let list = read(&text).map_err(|faults| said(&faults.join("; ")))?;
        Ok(Self { path, list })
    }
}

impl From<MunicipalityFile> for PathBuf {
    fn from(file: MunicipalityFile) -> PathBuf {
        file.path
    }
}

/// The list in a text, or a sentence for everything that is wrong with it.
fn read(text: &str) -> Result<Municipalities, Vec<String>> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    if lines.next().is_none_or(|(_, line)| line.trim() != COLUMNS) {
        return Err(vec![format!("line 1 must be `{COLUMNS}`")]);
    }
    let (mut numbers, mut entries, mut faults): (Vec<u32>, _, _) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in lines {
        match entry(line) {
            Ok(entry) => {
                numbers.push(number);
                entries.push(entry);
            }
            Err(wrong) => faults.extend(wrong.into_iter().map(|wrong| format!("line {number}: {wrong}"))),
        }
    }
    let list = Municipalities::try_new(entries).map_err(|wrong| {
        let of = |place: usize| numbers.get(place).copied().unwrap_or_default();
        wrong.into_iter().map(|(place, wrong)| format!("line {}: {wrong}", of(place))).collect::<Vec<_>>()
    });
    match list {
        Ok(list) if faults.is_empty() => Ok(list),
        list => Err([faults, list.err().unwrap_or_default()].concat()),
    }
}

/// The municipality on a line, or what is wrong with its form.
fn entry(line: &str) -> Result<Municipality, Vec<String>> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let &[code, name, region, from, until] = fields.as_slice() else {
        return Err(vec![format!("it has {} fields where `{COLUMNS}` are five", fields.len())]);
    };
    let mut faults = Vec::new();
    let mut day = |field: &str, text: &str| {
        let day = text.parse::<Date>().ok();
        if day.is_none() {
            faults.push(format!("`{field}` is not a day such as 2026-01-31"));
        }
        day
    };
    let from = day("from", from);
    let until = if until.is_empty() { Some(None) } else { day("until", until).map(Some) };
    let region = Region::parse(region);
    if region.is_none() {
        faults.push("`region` is not the name of a region".to_owned());
    }
    match (region, from, until) {
        (Some(region), Some(from), Some(until)) => {
            Ok(Municipality { code: code.into(), name: name.into(), region, from, until })
        }
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests;
