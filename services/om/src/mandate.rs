//! Mandates: on which days a parketsecretaris may decide for the prosecutor (D31). Dated, and shown on the decision.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// All mandates of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandates(Vec<Mandate>);

/// One mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The regulation it rests on, as shown on the decision.
    pub reference: String,
    /// First day.
    pub from: Date,
    /// Last day; nothing while it runs.
    #[serde(default)]
    pub until: Option<Date>,
    /// Opaque ids of the persons who hold it; everyone when empty.
    #[serde(default)]
    pub persons: Vec<String>,
}

impl Mandates {
    /// These mandates.
    pub fn new(mandates: Vec<Mandate>) -> Self {
        Self(mandates)
    }

    /// The synthetic mandate of the embedded default, marked as an example.
    pub fn example() -> Self {
        Self(vec![Mandate {
            reference: "VOORBEELD mandaatregeling 2026".into(),
            from: Date::constant(2026, 1, 1),
            until: None,
            persons: Vec::new(),
        }])
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Mandate> {
        self.0.iter()
    }

    /// The mandate of a person on a day.
    pub fn of(&self, person: &str, day: Date) -> Option<&str> {
        let holds = |mandate: &&Mandate| {
            mandate.from <= day
                && mandate.until.is_none_or(|until| day <= until)
                && (mandate.persons.is_empty() || mandate.persons.iter().any(|one| one == person))
        };
        self.0.iter().find(holds).map(|mandate| mandate.reference.as_str())
    }
}

#[cfg(test)]
mod tests;
