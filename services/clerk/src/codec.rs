//! Events as facts of the journal: kind and body, with the personal data beside them (E7).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zsm::personal::{SealError, Sealed, seal, unseal};
use zsm_journal::{Fact, Personal, Recorded};

/// An event as a fact.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn fact<E: Serialize>(event: &E) -> Result<Fact, SealError> {
    let (json, sealed) = seal(event)?;
    let (kind, body) = match json {
        Value::Object(variant) if variant.len() == 1 => variant.into_iter().next().unwrap_or_default(),
        Value::String(unit) => (unit, Value::Null),
        other => (String::new(), other),
    };
    let personal = sealed.into_iter();
    let personal = personal.map(|one| Personal { slot: one.slot, person: one.about, body: one.body.to_string() });
    Ok(Fact { kind, body: body.to_string(), personal: personal.collect() })
}

/// A fact as an event.
///
/// # Errors
/// When it is not the JSON of such an event.
pub fn recorded<E: DeserializeOwned>(fact: Recorded) -> Result<E, SealError> {
    let body: Value = serde_json::from_str(&fact.body)?;
    let json = match body {
        Value::Null => Value::String(fact.kind),
        body => Value::Object([(fact.kind, body)].into_iter().collect()),
    };
    let mut sealed = Vec::with_capacity(fact.personal.len());
    for one in fact.personal {
        sealed.push(Sealed { slot: one.slot, about: one.person, body: serde_json::from_str(&one.body)? });
    }
    unseal(json, sealed)
}
