//! What a step expects of its call, and where the outcome is otherwise.

mod pairing;
mod pattern;
mod refused;
#[cfg(test)]
mod tests;
mod wording;

use prost_reflect::MessageDescriptor;
use serde::Serialize;
use serde_json::{Map, Value};
use tonic::Status;

use pattern::Pattern;
pub use refused::{Refusal, Refused};
pub(super) use wording::compact;

/// What a step expects of its call.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// It succeeds, with at least this in the reply.
    Succeeds(Value),
    /// It is refused, like this.
    Refused(Refused),
}

/// One place where it is otherwise, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where, as in `ok.items[0].state`.
    pub path: String,
    /// What the scenario expects there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl Expectation {
    /// Reads `expect`; without it, a call must succeed.
    pub fn read(expect: Option<&Value>) -> Result<Self, String> {
        let any_success = Self::Succeeds(Value::Object(Map::new()));
        let Some(expect) = expect else { return Ok(any_success) };
        let one = expect.as_object().filter(|given| given.len() == 1).and_then(|given| given.iter().next());
        match one {
            Some((key, Value::Null)) if key == "ok" => Ok(any_success),
            Some((key, reply)) if key == "ok" => Ok(Self::Succeeds(reply.clone())),
            Some((key, refused)) if key == "refused" => Refused::read(refused).map(Self::Refused),
            Some((key, _)) => Err(format!("onbekende sleutel `{key}` onder `expect`; hier kan ok of refused")),
            None => Err("onder `expect` hoort precies een van ok en refused".to_owned()),
        }
    }

    /// Where `outcome`, a `reply` or a refusal, is otherwise. An error when the expectation itself does not fit
    /// the contract.
    pub fn compare(
        &self,
        outcome: &Result<Value, Status>,
        reply: &MessageDescriptor,
    ) -> Result<Vec<Difference>, String> {
        match (self, outcome) {
            (Self::Succeeds(expected), _) => {
                let pattern = Pattern::read(expected, reply).map_err(|problem| format!("`expect.ok`: {problem}"))?;
                Ok(match outcome {
                    Ok(actual) => pattern.compare(actual, "ok"),
                    Err(status) => vec![Difference {
                        path: "ok".to_owned(),
                        expected: compact(&pattern.as_value()),
                        got: format!("geweigerd: {}", Refusal::of(status)),
                    }],
                })
            }
            (Self::Refused(refused), Err(status)) => Ok(refused.compare(&Refusal::of(status))),
            (Self::Refused(refused), Ok(actual)) => Ok(vec![Difference {
                path: String::new(),
                expected: format!("geweigerd {refused}"),
                got: format!("ok {}", compact(actual)),
            }]),
        }
    }
}
