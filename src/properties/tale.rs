//! A history in sentences, for whoever has to find out what went wrong in it.

use super::reach;
use super::world::Events;
use crate::refusal::Refusal;
use std::fmt::{self, Debug};

/// What is told of a history: sentences, one a step. Most histories go untold.
#[derive(Clone, Debug, Default)]
pub struct Tale {
    told: Option<Vec<String>>,
}

impl Tale {
    /// Nothing is told.
    pub fn untold() -> Self {
        Self { told: None }
    }

    /// Everything is told from now on.
    pub fn begin() -> Self {
        Self { told: Some(Vec::new()) }
    }

    /// Something that someone does, or that happens to a message.
    pub fn say(&mut self, sentence: impl FnOnce() -> String) {
        if let Some(told) = &mut self.told {
            told.push(sentence());
        }
    }

    /// What came of it.
    pub fn add(&mut self, more: impl FnOnce() -> String) {
        if let Some(last) = self.told.as_mut().and_then(|told| told.last_mut()) {
            last.push_str(&more());
        }
    }

    /// What came of it at an office.
    pub fn happened(&mut self, events: &Events) {
        self.add(|| match events {
            Events::Om(events) => names("OM", events),
            Events::Lead(_, events) => names("the lead", events),
            Events::Desk(_, events) => names("the source", events),
        });
    }

    /// That it was refused.
    pub fn refused(&mut self, refusal: &Refusal) {
        self.add(|| format!(" — refused: {refusal}"));
    }
}

/// The sentences, numbered.
impl fmt::Display for Tale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, sentence) in self.told.iter().flatten().enumerate() {
            writeln!(f, "{:>3}. {sentence}", index + 1)?;
        }
        Ok(())
    }
}

/// Events by name.
fn names<E: Debug>(office: &str, events: &[E]) -> String {
    if events.is_empty() {
        return format!(" — {office}: nothing new");
    }
    let names: Vec<String> = events.iter().map(reach::name).collect();
    format!(" — {office}: {}", names.join(", "))
}
