//! What may stand in a field, and the tolerant reading of names and single values.

use jiff::Timestamp;
use prost_reflect::{EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor};
use serde_json::{Number, Value};

use super::error::ContractError;

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A message of the contract.
    Message(MessageDescriptor),
    /// A value of an enum.
    Enum(EnumDescriptor),
    /// `google.protobuf.Timestamp`.
    Instant,
    /// Text.
    Text,
    /// True or false.
    Truth,
    /// A whole number between these two.
    Whole(i128, i128),
    /// Any number of these.
    List(Box<Shape>),
    /// Something the contract hardly uses: taken as it is written.
    Other,
}

impl Shape {
    /// What `field` holds.
    pub fn of(field: &FieldDescriptor) -> Self {
        if field.is_map() {
            return Self::Other;
        }
        let one = Self::of_one(&field.kind());
        if field.is_list() { Self::List(Box::new(one)) } else { one }
    }

    fn of_one(kind: &Kind) -> Self {
        match kind {
            Kind::Message(message) if message.full_name() == "google.protobuf.Timestamp" => Self::Instant,
            Kind::Message(message) if message.package_name() == "google.protobuf" => Self::Other,
            Kind::Message(message) => Self::Message(message.clone()),
            Kind::Enum(values) => Self::Enum(values.clone()),
            Kind::String => Self::Text,
            Kind::Bool => Self::Truth,
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => Self::Whole(i32::MIN.into(), i32::MAX.into()),
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => Self::Whole(i64::MIN.into(), i64::MAX.into()),
            Kind::Uint32 | Kind::Fixed32 => Self::Whole(0, u32::MAX.into()),
            Kind::Uint64 | Kind::Fixed64 => Self::Whole(0, u64::MAX.into()),
            Kind::Bytes | Kind::Double | Kind::Float => Self::Other,
        }
    }

    /// The one way of writing a single value: enum values by their full name, instants in UTC, numbers as
    /// numbers. Messages and lists are no single values.
    pub(crate) fn single(&self, value: &Value, path: &str) -> Result<Value, ContractError> {
        let wrong = |expected: &str| {
            Err(ContractError::at(path, format!("hier hoort {expected}, er staat {}", described(value))))
        };
        match (self, value) {
            (Self::Text, Value::String(_)) | (Self::Truth, Value::Bool(_)) | (Self::Other, _) => Ok(value.clone()),
            (Self::Text, Value::Number(number)) => wrong(&format!("tekst (zet aanhalingstekens: \"{number}\")")),
            (Self::Text, _) => wrong("tekst"),
            (Self::Truth, _) => wrong("true of false"),
            (Self::Enum(values), Value::String(name)) => Ok(Value::String(full_name(values, name, path)?)),
            (Self::Enum(values), Value::Number(number)) => {
                let known = number.as_i64().and_then(|number| i32::try_from(number).ok());
                match known.and_then(|number| values.get_value(number)) {
                    Some(known) => Ok(Value::String(known.name().to_owned())),
                    None => Ok(value.clone()),
                }
            }
            (Self::Enum(values), _) => wrong(&format!("een van {}", short_names(values))),
            (Self::Instant, Value::String(text)) => match text.parse::<Timestamp>() {
                Ok(instant) => Ok(Value::String(instant.to_string())),
                Err(_) => wrong("een tijdstip zoals 2026-03-02T10:00:00Z"),
            },
            (Self::Instant, _) => wrong("een tijdstip zoals 2026-03-02T10:00:00Z"),
            (Self::Whole(least, most), _) => match whole(value) {
                Some(number) if (*least..=*most).contains(&number) => {
                    Ok(Number::from_i128(number).map_or_else(|| value.clone(), Value::Number))
                }
                _ => wrong(if *least == 0 { "een geheel getal vanaf 0" } else { "een geheel getal" }),
            },
            (Self::Message(message), _) => wrong(&format!("een {} met velden", message.name())),
            (Self::List(_), _) => wrong("een lijst"),
        }
    }
}

/// The field of `message` that `key` names, in snake_case or camelCase.
pub(crate) fn field(message: &MessageDescriptor, key: &str, path: &str) -> Result<FieldDescriptor, ContractError> {
    message.get_field_by_name(key).or_else(|| message.get_field_by_json_name(key)).ok_or_else(|| {
        let known: Vec<_> = message.fields().map(|field| field.name().to_owned()).collect();
        let known = if known.is_empty() { "geen enkel veld".to_owned() } else { known.join(", ") };
        ContractError::at(path, format!("{} kent dit veld niet; wel {known}", message.name()))
    })
}

/// Where a field stands: `path.key`, or `key` at the top.
pub(crate) fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The full name of the enum value that `name` means, which may lack the prefix of its enum.
fn full_name(values: &EnumDescriptor, name: &str, path: &str) -> Result<String, ContractError> {
    let prefixed = format!("{}{name}", prefix(values));
    values
        .get_value_by_name(name)
        .or_else(|| values.get_value_by_name(&prefixed))
        .map(|value| value.name().to_owned())
        .ok_or_else(|| {
            ContractError::at(path, format!("`{name}` is geen {}; wel {}", values.name(), short_names(values)))
        })
}

/// What the names of all values begin with: `PERSON_ROLE_` of `PERSON_ROLE_UNSPECIFIED`.
fn prefix(values: &EnumDescriptor) -> String {
    let zero = values.default_value();
    zero.name().strip_suffix("UNSPECIFIED").unwrap_or_default().to_owned()
}

fn short_names(values: &EnumDescriptor) -> String {
    let prefix = prefix(values);
    let names: Vec<_> = values
        .values()
        .filter(|value| value.number() != 0)
        .map(|value| value.name().strip_prefix(&prefix).unwrap_or(value.name()).to_owned())
        .collect();
    names.join(", ")
}

fn whole(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => number.as_i128(),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Null => "niets".to_owned(),
        Value::Object(_) => "een blok met sleutels".to_owned(),
        Value::Array(_) => "een lijst".to_owned(),
        Value::String(text) => format!("`{text}`"),
        single => single.to_string(),
    }
}
