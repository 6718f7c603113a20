//! Which scenarios name which rule, and which rules no scenario names.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::RangeInclusive;

use super::scenario::Scenario;

/// Width of the column of rules.
const RULE: usize = 13;

/// The rules, agreements, decisions and properties that scenarios are there to show: what stands before the number, and
/// the numbers.
const KNOWN: [(&str, RangeInclusive<u8>); 15] = [
    ("R-3.2.5-", 1..=2),
    ("R-3.8-", 2..=5),
    ("R-3.8.1-", 3..=4),
    ("R-3.8.2-", 1..=4),
    ("R-3.8.2a-", 1..=5),
    ("R-3.8.2b-", 1..=5),
    ("A", 1..=16),
    ("A", 18..=22),
    ("A", 28..=42),
    ("D", 1..=32),
    ("D", 34..=34),
    ("P", 1..=1),
    ("P", 6..=6),
    ("P", 7..=7),
    ("P", 9..=9),
];

/// Every agreement, decision, message, property and term there is.
const SERIES: [(&str, RangeInclusive<u8>); 5] =
    [("A", 1..=42), ("D", 1..=34), ("M", 1..=16), ("P", 1..=10), ("T", 1..=9)];

/// Rules and the scenarios that name them.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    files: BTreeMap<String, Vec<String>>,
}

impl Coverage {
    /// The rules that these scenarios name.
    pub fn of<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> Self {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for scenario in scenarios {
            for rule in &scenario.rules {
                let named = files.entry(rule.clone()).or_default();
                if named.last() != Some(&scenario.file) {
                    named.push(scenario.file.clone());
                }
            }
        }
        Self { files }
    }

    /// The scenarios that name a rule, in the order they were given.
    pub fn scenarios(&self, rule: &str) -> &[String] {
        self.files.get(rule).map_or(&[], Vec::as_slice)
    }

    /// The known rules that no scenario names, in the order of the list.
    pub fn without(&self) -> Vec<String> {
        known().filter(|rule| self.scenarios(rule).is_empty()).collect()
    }

    /// What the scenarios name that is no rule.
    pub fn strays(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).filter(|rule| !may_be(rule)).collect()
    }

    /// Tells it to the reader: known rules in the order of the list, then what else the scenarios name.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let known: Vec<String> = known().collect();
        let others = self.files.keys().filter(|rule| !known.contains(rule) && may_be(rule));
        writeln!(out, "{:<RULE$} scenario's", "regel")?;
        for rule in known.iter().chain(others) {
            let scenarios = self.scenarios(rule);
            if !scenarios.is_empty() {
                writeln!(out, "{rule:<RULE$} {}", scenarios.join(", "))?;
            }
        }
        for stray in self.strays() {
            writeln!(out, "\n{stray} is geen regel, in {}", self.scenarios(stray).join(", "))?;
        }
        let without = self.without();
        if without.is_empty() {
            return writeln!(out, "\nElk van de {} regels van de lijst heeft een scenario.", known.len());
        }
        writeln!(out, "\nZonder scenario ({} van {}): {}", without.len(), known.len(), without.join(", "))
    }
}

fn known() -> impl Iterator<Item = String> {
    KNOWN.into_iter().flat_map(|(series, numbers)| numbers.map(move |number| format!("{series}{number}")))
}

/// Whether there can be a rule of this number. Articles of the protocol are known by their form alone, but for those on the
/// list, of which the last one is known.
fn may_be(rule: &str) -> bool {
    let within = |(series, numbers): (&str, RangeInclusive<u8>)| {
        let number = rule.strip_prefix(series)?;
        Some(number.parse().is_ok_and(|read: u8| numbers.contains(&read) && read.to_string() == number))
    };
    let Some(article) = rule.strip_prefix("R-") else { return SERIES.into_iter().find_map(within).unwrap_or(false) };
    let articles = KNOWN.into_iter().filter(|(series, _)| series.starts_with("R-"));
    let known = articles.map(|(series, numbers)| (series, 1..=*numbers.end())).find_map(within);
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit());
    known.unwrap_or_else(|| article.split(['-', '.']).all(part))
}
