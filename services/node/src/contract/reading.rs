//! The canonical JSON of a request that a person wrote. What does not fit is told by field: the JSON reader of
//! the descriptors would not say where.

use std::collections::BTreeMap;

use prost_reflect::MessageDescriptor;
use serde_json::{Map, Value};

use super::error::ContractError;
use super::shape::{Shape, below, field};

/// `json` with full names and single spellings, as far as it fits `message`.
pub(super) fn canonical(json: &Value, message: &MessageDescriptor) -> Result<Value, ContractError> {
    match json {
        Value::Null => Ok(Value::Object(Map::new())),
        Value::Object(given) => read_message(given, message, ""),
        other => Shape::Message(message.clone()).single(other, message.name()),
    }
}

fn read(value: &Value, shape: &Shape, path: &str) -> Result<Value, ContractError> {
    match (shape, value) {
        (Shape::Message(message), Value::Object(given)) => read_message(given, message, path),
        (Shape::List(element), Value::Array(given)) => {
            given.iter().enumerate().map(|(index, value)| read(value, element, &format!("{path}[{index}]"))).collect()
        }
        _ => shape.single(value, path),
    }
}

fn read_message(given: &Map<String, Value>, message: &MessageDescriptor, path: &str) -> Result<Value, ContractError> {
    let mut fields = Map::new();
    let mut chosen: BTreeMap<String, String> = BTreeMap::new();
    for (key, value) in given {
        let place = below(path, key);
        let field = field(message, key, &place)?;
        if value.is_null() {
            continue;
        }
        if let Some(choice) = field.containing_oneof()
            && let Some(other) = chosen.insert(choice.name().to_owned(), key.clone())
        {
            return Err(ContractError::at(place, format!("staat naast `{other}`; een van beide mag")));
        }
        let value = read(value, &Shape::of(&field), &place)?;
        if fields.insert(field.name().to_owned(), value).is_some() {
            return Err(ContractError::at(place, "staat er twee keer, in twee spellingen"));
        }
    }
    Ok(Value::Object(fields))
}
