//! What a scenario expects of a reply: as much of it as the scenario says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use prost_reflect::MessageDescriptor;
use serde_json::Value;

use super::Difference;
use super::pairing::pair;
use super::wording::compact;
use crate::contract::{ContractError, Shape, below, field};

/// A partial value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pattern {
    /// Nothing, or the default.
    Absent,
    /// This value.
    Single(Value),
    /// This instant, however it is written.
    Instant(Timestamp),
    /// A message with at least these fields.
    Fields(BTreeMap<String, Pattern>),
    /// A list with these elements in this order.
    List(Vec<Pattern>),
    /// A list with these elements in any order.
    Any(Vec<Pattern>),
    /// A list in which each of these is found.
    Includes(Vec<Pattern>),
}

impl Pattern {
    /// What `expected` says of a `message`. An unknown field or value is an error, not a difference.
    pub(super) fn read(expected: &Value, message: &MessageDescriptor) -> Result<Self, ContractError> {
        if expected.is_null() {
            return Ok(Self::Fields(BTreeMap::new()));
        }
        read(expected, &Shape::Message(message.clone()), "")
    }

    /// Where `actual` is otherwise; `path` leads to it.
    pub(super) fn compare(&self, actual: &Value, path: &str) -> Vec<Difference> {
        let differs = |expected: String, got: String| vec![Difference { path: path.to_owned(), expected, got }];
        match (self, actual) {
            (Self::Fields(fields), Value::Object(actual)) => fields
                .iter()
                .flat_map(|(name, pattern)| {
                    pattern.compare(actual.get(name).unwrap_or(&Value::Null), &below(path, name))
                })
                .collect(),
            (Self::List(patterns), _) if patterns.len() == elements(actual).len() => patterns
                .iter()
                .zip(elements(actual))
                .enumerate()
                .flat_map(|(index, (pattern, element))| pattern.compare(element, &format!("{path}[{index}]")))
                .collect(),
            (Self::Any(patterns) | Self::Includes(patterns), _) => {
                let actual = elements(actual);
                let mut left = pair(patterns.len(), actual.len(), |one, other| patterns[one].fits(&actual[other]));
                if matches!(self, Self::Includes(_)) {
                    left.actual.clear();
                    left.expected.retain(|one| !actual.iter().any(|element| patterns[*one].fits(element)));
                }
                if left.expected.is_empty() && left.actual.is_empty() {
                    return Vec::new();
                }
                let expected: Vec<_> = left.expected.iter().map(|one| patterns[*one].as_value()).collect();
                let got: Vec<_> = match self {
                    Self::Any(_) => left.actual.iter().map(|other| &actual[*other]).collect(),
                    _ => actual.iter().collect(),
                };
                let got: Vec<_> = got.into_iter().map(|element| project(element, patterns)).collect();
                differs(listed(&expected), listed(&got))
            }
            _ if self.fits_single(actual) => Vec::new(),
            _ => differs(compact(&self.as_value()), compact(&project(actual, std::slice::from_ref(self)))),
        }
    }

    fn fits(&self, actual: &Value) -> bool {
        self.compare(actual, "").is_empty()
    }

    fn fits_single(&self, actual: &Value) -> bool {
        match self {
            Self::Absent => is_default(actual),
            Self::Single(expected) => expected == actual || is_default(expected) && is_default(actual),
            Self::Instant(expected) => {
                actual.as_str().and_then(|text| text.parse::<Timestamp>().ok()) == Some(*expected)
            }
            _ => false,
        }
    }

    /// The pattern as it could be written.
    pub(super) fn as_value(&self) -> Value {
        let all = |patterns: &[Self]| -> Value { patterns.iter().map(Self::as_value).collect() };
        match self {
            Self::Absent => Value::Null,
            Self::Single(value) => value.clone(),
            Self::Instant(instant) => Value::String(instant.to_string()),
            Self::Fields(fields) => {
                Value::Object(fields.iter().map(|(name, inner)| (name.clone(), inner.as_value())).collect())
            }
            Self::List(patterns) => all(patterns),
            Self::Any(patterns) => Value::Object([("any".to_owned(), all(patterns))].into_iter().collect()),
            Self::Includes(patterns) => Value::Object([("includes".to_owned(), all(patterns))].into_iter().collect()),
        }
    }
}

fn read(expected: &Value, shape: &Shape, path: &str) -> Result<Pattern, ContractError> {
    match (shape, expected) {
        (_, Value::Null) => Ok(Pattern::Absent),
        (Shape::Message(message), Value::Object(given)) => given
            .iter()
            .map(|(key, value)| {
                let place = below(path, key);
                let field = field(message, key, &place)?;
                Ok((field.name().to_owned(), read(value, &Shape::of(&field), &place)?))
            })
            .collect::<Result<_, _>>()
            .map(Pattern::Fields),
        (Shape::List(element), Value::Array(given)) => Ok(Pattern::List(read_all(given, element, path)?)),
        (Shape::List(element), Value::Object(form)) => {
            let mut form = form.iter();
            match (form.next(), form.next()) {
                (Some((key, Value::Array(given))), None) if key == "any" => {
                    Ok(Pattern::Any(read_all(given, element, path)?))
                }
                (Some((key, Value::Array(given))), None) if key == "includes" => {
                    Ok(Pattern::Includes(read_all(given, element, path)?))
                }
                _ => Err(ContractError::at(path, "hier hoort een lijst, {any: [...]} of {includes: [...]}")),
            }
        }
        (Shape::Instant, _) => {
            let single = shape.single(expected, path)?;
            let instant = single.as_str().and_then(|text| text.parse().ok());
            Ok(instant.map_or(Pattern::Single(single), Pattern::Instant))
        }
        _ => Ok(Pattern::Single(shape.single(expected, path)?)),
    }
}

fn read_all(given: &[Value], element: &Shape, path: &str) -> Result<Vec<Pattern>, ContractError> {
    given.iter().enumerate().map(|(index, value)| read(value, element, &format!("{path}[{index}]"))).collect()
}

/// The elements of a list, which the reply leaves out when there are none.
fn elements(actual: &Value) -> &[Value] {
    actual.as_array().map_or(&[], Vec::as_slice)
}

/// Whether a reply would leave this out.
fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text.ends_with("_UNSPECIFIED"),
        Value::Array(elements) => elements.is_empty(),
        Value::Bool(true) | Value::Object(_) => false,
    }
}

/// As much of `actual` as the patterns speak of.
fn project(actual: &Value, patterns: &[Pattern]) -> Value {
    let Value::Object(fields) = actual else { return actual.clone() };
    let spoken_of = |name: &str| {
        patterns.iter().any(|pattern| matches!(pattern, Pattern::Fields(wanted) if wanted.contains_key(name)))
    };
    if !fields.keys().any(|name| spoken_of(name)) {
        return actual.clone();
    }
    Value::Object(
        fields.iter().filter(|(name, _)| spoken_of(name)).map(|(name, value)| (name.clone(), value.clone())).collect(),
    )
}

fn listed(elements: &[Value]) -> String {
    if elements.is_empty() {
        "niets meer".to_owned()
    } else {
        elements.iter().map(compact).collect::<Vec<_>>().join(", ")
    }
}
