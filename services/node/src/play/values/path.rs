//! The way to one value in a reply: `case.items[0].state`, `items[progress.item=VEILIG_THUIS].question`.

use std::fmt;

use prost_reflect::MessageDescriptor;
use serde_json::Value;

use crate::contract::{ContractError, Shape, field};

/// Fields with dots; in a list an index, or the field that tells the right element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Field(String),
    Index(usize),
    Where(Vec<String>, String),
}

/// A value with what it may be; `None` where the reply has nothing.
struct Found<'a> {
    value: Option<&'a Value>,
    shape: Shape,
}

impl Path {
    /// Reads a path as it is written in a scenario.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is geen pad; schrijf velden met punten, zoals case.name, items[0].question of \
                 items[progress.item=VEILIG_THUIS].question"
            )
        };
        let mut parts = Vec::new();
        let mut rest = text;
        loop {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if !is_field(name) {
                return Err(wrong());
            }
            parts.push(Part::Field(name.to_owned()));
            rest = after;
            while let Some(after) = rest.strip_prefix('[') {
                let (within, after) = after.split_once(']').ok_or_else(wrong)?;
                parts.push(Part::read(within).ok_or_else(wrong)?);
                rest = after;
            }
            if rest.is_empty() {
                return Ok(Self { text: text.to_owned(), parts });
            }
            rest = rest.strip_prefix('.').ok_or_else(wrong)?;
        }
    }

    /// The value in `reply`, which is a `message`; an error when there is none.
    pub fn find(&self, reply: &Value, message: &MessageDescriptor) -> Result<Value, String> {
        let mut found = Found { value: Some(reply), shape: Shape::Message(message.clone()) };
        for part in &self.parts {
            found = found.step(part).map_err(|problem| format!("`{self}`: {problem}"))?;
        }
        found.value.cloned().ok_or_else(|| format!("`{self}` staat niet in het antwoord"))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Part {
    fn read(within: &str) -> Option<Self> {
        match within.split_once('=') {
            Some((fields, value)) => {
                let fields: Vec<_> = fields.split('.').map(str::to_owned).collect();
                let sound = fields.iter().all(|name| is_field(name)) && !value.is_empty();
                sound.then(|| Self::Where(fields, value.to_owned()))
            }
            None => within.parse().ok().map(Self::Index),
        }
    }
}

impl<'a> Found<'a> {
    fn step(&self, part: &Part) -> Result<Self, String> {
        match part {
            Part::Field(name) => self.field(name).map_err(|problem| problem.to_string()),
            Part::Index(index) => {
                let (elements, shape) = self.elements()?;
                Ok(Self { value: elements.get(*index), shape })
            }
            Part::Where(fields, wanted) => {
                let (elements, shape) = self.elements()?;
                for element in elements {
                    let mut inner = Self { value: Some(element), shape: shape.clone() };
                    for name in fields {
                        inner = inner.field(name).map_err(|problem| problem.to_string())?;
                    }
                    if inner.is(wanted)? {
                        return Ok(Self { value: Some(element), shape });
                    }
                }
                Ok(Self { value: None, shape })
            }
        }
    }

    fn field(&self, name: &str) -> Result<Self, ContractError> {
        let Shape::Message(message) = &self.shape else {
            return Err(ContractError::at(name, "hier zijn geen velden"));
        };
        let field = field(message, name, name)?;
        let value = self.value.and_then(|value| value.get(field.name()));
        Ok(Self { value, shape: Shape::of(&field) })
    }

    fn elements(&self) -> Result<(&'a [Value], Shape), String> {
        let Shape::List(element) = &self.shape else {
            return Err("alleen in een lijst kan met [ ] worden gekozen".to_owned());
        };
        let elements = self.value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        Ok((elements, (**element).clone()))
    }

    fn is(&self, wanted: &str) -> Result<bool, String> {
        let wanted = match self.shape {
            Shape::Truth => Value::Bool(wanted == "true"),
            _ => Value::String(wanted.to_owned()),
        };
        let wanted = self.shape.single(&wanted, "keuze").map_err(|problem| problem.to_string())?;
        Ok(self.value == Some(&wanted))
    }
}

fn is_field(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
}
