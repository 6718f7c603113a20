//! A block of keys in a scenario file, of which none may be left over.

use serde_json::{Map, Value};

use super::error::ScenarioError;

/// The keys of one block, and where it stands.
#[derive(Debug)]
pub(super) struct Block {
    place: String,
    keys: Map<String, Value>,
}

impl Block {
    /// The block in `value`, in which only `known` keys may stand.
    pub(super) fn open(place: &str, value: Value, known: &[&str]) -> Result<Self, ScenarioError> {
        let Value::Object(keys) = value else {
            return Err(wrong(place, format!("hier horen sleutels: {}", known.join(", "))));
        };
        match keys.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(wrong(place, format!("onbekende sleutel `{key}`; hier kan {}", known.join(", ")))),
            None => Ok(Self { place: place.to_owned(), keys }),
        }
    }

    /// What is wrong with this block.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> ScenarioError {
        wrong(&self.place, problem)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// The value of `key`; nothing when it is absent or empty.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.keys.remove(key).filter(|value| !value.is_null())
    }

    pub(super) fn optional_text(&mut self, key: &str) -> Result<Option<String>, ScenarioError> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(format!("bij `{key}` hoort tekst, er staat {other}"))),
        }
    }

    pub(super) fn text(&mut self, key: &str) -> Result<String, ScenarioError> {
        self.optional_text(key)?.ok_or_else(|| self.wrong(format!("`{key}` ontbreekt")))
    }

    pub(super) fn list(&mut self, key: &str) -> Result<Vec<Value>, ScenarioError> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(elements)) => Ok(elements),
            Some(_) => Err(self.wrong(format!("bij `{key}` hoort een lijst"))),
        }
    }

    pub(super) fn map(&mut self, key: &str) -> Result<Map<String, Value>, ScenarioError> {
        match self.take(key) {
            None => Ok(Map::new()),
            Some(Value::Object(inner)) => Ok(inner),
            Some(_) => Err(self.wrong(format!("bij `{key}` horen sleutels met een waarde"))),
        }
    }
}

/// What is wrong at `place`.
pub(super) fn wrong(place: &str, problem: impl Into<String>) -> ScenarioError {
    ScenarioError::Wrong { place: place.to_owned(), problem: problem.into() }
}
