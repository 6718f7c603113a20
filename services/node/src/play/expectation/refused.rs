//! Refusals: what a status says, and what a scenario expects of it.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};
use tonic::{Code, Status};
use tonic_types::StatusExt;
use zsm_proto::status::code_name;

use super::Difference;
use super::pairing::pair;

/// What a scenario expects of a refusal. What it leaves out may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    code: Option<String>,
    reason: Option<String>,
    message_includes: Option<String>,
    open: Option<Expected>,
    faults: Option<Expected>,
}

/// A refusal as the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Name of the gRPC code.
    pub code: String,
    /// Stable reason; empty when none is given.
    pub reason: String,
    /// The message for people.
    pub message: String,
    /// What keeps it from being done: resource name and reason.
    pub open: Vec<(String, String)>,
    /// What is wrong in the request: field and description.
    pub faults: Vec<(String, String)>,
}

/// Things by name, each with what is said of it if that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Expected {
    complete: bool,
    lines: Vec<(String, Option<String>)>,
}

impl Refused {
    /// Reads `expect.refused`.
    pub(super) fn read(given: &Value) -> Result<Self, String> {
        let empty = Map::new();
        let given = match given {
            Value::Null => &empty,
            Value::Object(given) => given,
            _ => return Err("onder `expect.refused` horen sleutels, zoals code en reason".to_owned()),
        };
        let mut refused = Self::default();
        for (key, value) in given {
            match key.as_str() {
                "code" => refused.code = Some(known_code(text(key, value)?)?),
                "reason" => refused.reason = Some(text(key, value)?),
                "message_includes" => refused.message_includes = Some(text(key, value)?),
                "open" | "open_includes" => Expected::read(key, value, &mut refused.open)?,
                "faults" | "faults_includes" => Expected::read(key, value, &mut refused.faults)?,
                _ => {
                    return Err(format!(
                        "onbekende sleutel `{key}` onder `expect.refused`; hier kan code, reason, open, \
                         open_includes, faults, faults_includes, message_includes"
                    ));
                }
            }
        }
        Ok(refused)
    }

    /// Where `refusal` is otherwise.
    pub(super) fn compare(&self, refusal: &Refusal) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut differs = |path: &str, expected: &str| {
            differences.push(Difference {
                path: path.to_owned(),
                expected: expected.to_owned(),
                got: refusal.to_string(),
            });
        };
        if let Some(code) = &self.code
            && *code != refusal.code
        {
            differs("refused.code", code);
        }
        if let Some(reason) = &self.reason
            && *reason != refusal.reason
        {
            differs("refused.reason", reason);
        }
        if let Some(part) = &self.message_includes
            && !refusal.message.contains(part.as_str())
        {
            differences.push(Difference {
                path: "refused.message_includes".to_owned(),
                expected: part.clone(),
                got: refusal.message.clone(),
            });
        }
        if let Some(open) = &self.open {
            differences.extend(open.compare("refused.open", &refusal.open, is_about, |wanted, said| wanted == said));
        }
        if let Some(faults) = &self.faults {
            differences.extend(faults.compare(
                "refused.faults",
                &refusal.faults,
                |wanted, field| wanted == field,
                |code, description| description.strip_prefix(code).is_some_and(|rest| rest.starts_with(':')),
            ));
        }
        differences
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<_> = [&self.code, &self.reason].into_iter().flatten().map(String::as_str).collect();
        f.write_str(&named.join(" "))
    }
}

impl Refusal {
    /// What `status` says.
    pub fn of(status: &Status) -> Self {
        let details = status.get_error_details();
        let open = details.precondition_failure().map(|failure| failure.violations.as_slice());
        let faults = details.bad_request().map(|request| request.field_violations.as_slice());
        Self {
            code: code_name(status.code()).to_owned(),
            reason: details.error_info().map(|info| info.reason.clone()).unwrap_or_default(),
            message: status.message().to_owned(),
            open: open.unwrap_or_default().iter().map(|point| (point.subject.clone(), point.r#type.clone())).collect(),
            faults: faults
                .unwrap_or_default()
                .iter()
                .map(|fault| (fault.field.clone(), fault.description.clone()))
                .collect(),
        }
    }
}

/// `FAILED_PRECONDITION POORT_DICHT — items/oudercheck NIET_GEWOGEN; …`.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        if !self.reason.is_empty() {
            write!(f, " {}", self.reason)?;
        }
        let mut lines: Vec<_> =
            self.open.iter().map(|(subject, reason)| format!("{} {reason}", tail(subject))).collect();
        lines.extend(self.faults.iter().map(|(field, description)| format!("{field} {description}")));
        if lines.is_empty() && !self.message.is_empty() {
            lines.push(self.message.clone());
        }
        if lines.is_empty() { Ok(()) } else { write!(f, " — {}", lines.join("; ")) }
    }
}

impl Expected {
    fn read(key: &str, value: &Value, into: &mut Option<Self>) -> Result<(), String> {
        let wrong = || format!("onder `{key}` hoort een lijst; elk element is een naam, of een naam met zijn reden");
        let lines = value.as_array().ok_or_else(wrong)?.iter().map(line).collect::<Option<_>>();
        let read = Self { complete: !key.ends_with("_includes"), lines: lines.ok_or_else(wrong)? };
        match into.replace(read) {
            None => Ok(()),
            Some(_) => Err(format!("`{key}` staat naast zijn andere vorm; een van beide kan")),
        }
    }

    fn compare(
        &self,
        path: &str,
        actual: &[(String, String)],
        named: impl Fn(&str, &str) -> bool,
        said: impl Fn(&str, &str) -> bool,
    ) -> Vec<Difference> {
        let left = pair(self.lines.len(), actual.len(), |one, other| {
            let (name, wanted) = &self.lines[one];
            let (subject, what) = &actual[other];
            named(name, subject) && wanted.as_ref().is_none_or(|wanted| said(wanted, what))
        });
        let missing = left.expected.iter().map(|one| {
            let (name, wanted) = &self.lines[*one];
            let nearest = actual.iter().find(|(subject, _)| named(name, subject));
            Difference {
                path: path.to_owned(),
                expected: wanted.as_ref().map_or_else(|| name.clone(), |wanted| format!("{name} {wanted}")),
                got: nearest.map_or_else(|| "staat er niet bij".to_owned(), shown),
            }
        });
        let extra = left.actual.iter().filter(|_| self.complete).map(|other| Difference {
            path: path.to_owned(),
            expected: "niets meer".to_owned(),
            got: shown(&actual[*other]),
        });
        missing.chain(extra).collect()
    }
}

/// Whether the resource `subject` ends with the segments of `wanted`.
fn is_about(wanted: &str, subject: &str) -> bool {
    subject.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

fn line(element: &Value) -> Option<(String, Option<String>)> {
    match element {
        Value::String(name) => Some((name.clone(), None)),
        Value::Object(one) if one.len() == 1 => {
            let (name, said) = one.iter().next()?;
            Some((name.clone(), Some(said.as_str()?.to_owned())))
        }
        _ => None,
    }
}

fn text(key: &str, value: &Value) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("onder `{key}` hoort tekst"))
}

fn shown((subject, said): &(String, String)) -> String {
    format!("{} {said}", tail(subject))
}

/// The last two segments of a resource name: enough for a reader within one case.
fn tail(subject: &str) -> &str {
    subject.rmatch_indices('/').nth(1).map_or(subject, |(at, _)| &subject[at + 1..])
}

fn known_code(name: String) -> Result<String, String> {
    let known = (0..=16).map(|number| code_name(Code::from_i32(number))).any(|known| known == name);
    if known { Ok(name) } else { Err(format!("`{name}` is geen gRPC-code; schrijf bijvoorbeeld FAILED_PRECONDITION")) }
}
