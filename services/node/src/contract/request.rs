//! What is added to a request that leaves it out: an id, and the etag as it is now.

use prost_reflect::{DynamicMessage, MessageDescriptor, MethodDescriptor};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Under which the ids of requests in scenarios are derived.
const SCENARIOS: Uuid = Uuid::from_u128(0x7a73_6d00_7363_5e6e_9172_0000_7370_656c);

/// What is named how, and the method that gets it.
const GETTERS: [(&str, &str); 3] =
    [("cases/", "GetCase"), ("assignments/", "GetAssignment"), ("questions/", "GetQuestion")];

/// The id of the request at `place`: the same whenever the scenario is played.
pub(crate) fn id(place: &str) -> String {
    Uuid::new_v5(&SCENARIOS, place.as_bytes()).to_string()
}

/// Gives the request this id, if it has one and the scenario gives none.
pub(crate) fn fill_id(with: &mut Value, message: &MessageDescriptor, id: String) {
    if lacks(with, message, "request_id") {
        fill(with, "request_id", id);
    }
}

/// How to learn the etag that the request lacks: the method and its request.
pub(crate) fn etag_source(with: &Value, method: &MethodDescriptor) -> Option<(MethodDescriptor, Value)> {
    if !lacks(with, &method.input(), "etag") {
        return None;
    }
    let name = with.get("name")?.as_str()?;
    let (_, getter) = GETTERS.into_iter().find(|(prefix, _)| name.starts_with(prefix))?;
    let getter = method.parent_service().methods().find(|known| known.name() == getter)?;
    let asked = Map::from_iter([("name".to_owned(), Value::String(name.to_owned()))]);
    Some((getter, Value::Object(asked)))
}

/// The etag in the reply of a getter.
pub(crate) fn etag(reply: &DynamicMessage) -> Option<String> {
    reply.get_field_by_name("etag")?.as_str().map(str::to_owned)
}

/// Gives the request this etag, if there is one.
pub(crate) fn fill_etag(with: &mut Value, etag: Option<String>) {
    if let Some(etag) = etag {
        fill(with, "etag", etag);
    }
}

fn fill(with: &mut Value, name: &str, value: String) {
    if let Value::Object(fields) = with {
        fields.insert(name.to_owned(), Value::String(value));
    }
}

/// Whether the message has this field and the scenario says nothing of it; an explicit `null` says something.
fn lacks(with: &Value, message: &MessageDescriptor, name: &str) -> bool {
    message
        .get_field_by_name(name)
        .is_some_and(|field| with.get(field.name()).is_none() && with.get(field.json_name()).is_none())
}
