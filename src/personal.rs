//! Personal data: cannot be printed, and live beside the events, not in them (E7).
//!
//! A [`Sensitive`] value prints as `‹personal›`. It can be serialised in one way only: inside [`seal`], which takes
//! every sensitive value out and leaves a slot number in its place. [`unseal`] puts them back. Serialising one anywhere
//! else is an error, so that it cannot reach a log, a cache or a reply by accident.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::RefCell;
use std::fmt;

/// Number of a person within a case; 1 is the suspect. Zero stands for the case as a whole.
pub type Subject = u32;

/// Something about a person: for the eyes of an official, never of a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sensitive<T> {
    about: Subject,
    value: Option<T>,
}

/// A sensitive value that was taken out of an event: where it stood, about whom it is, and its JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Place in the event, counted from zero.
    pub slot: u32,
    /// The person it is about; zero for the case as a whole.
    pub about: Subject,
    /// The value.
    pub body: serde_json::Value,
}

/// What can go wrong when sealing or unsealing.
#[derive(Debug, thiserror::Error)]
#[error("a record of the journal cannot be read or written: {0}")]
pub struct SealError(#[from] serde_json::Error);

thread_local! {
    static VAULT: RefCell<Option<Vec<Sealed>>> = const { RefCell::new(None) };
}

impl<T> Sensitive<T> {
    /// A value about one person.
    pub fn about(person: Subject, value: T) -> Self {
        Self { about: person, value: Some(value) }
    }

    /// A value about the case as a whole.
    pub fn case(value: T) -> Self {
        Self::about(0, value)
    }

    /// A value that has been forgotten: the event still knows that there was one.
    pub fn forgotten(about: Subject) -> Self {
        Self { about, value: None }
    }

    /// The same value, about the person with another number: in the case of another suspect.
    #[must_use]
    pub fn retold_about(&self, person: Subject) -> Self
    where
        T: Clone,
    {
        Self { about: person, value: self.value.clone() }
    }

    /// The value for an official who may see it; nothing when it was forgotten.
    pub fn reveal(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The person it is about; zero for the case as a whole.
    pub fn subject(&self) -> Subject {
        self.about
    }
}

impl Sensitive<String> {
    /// The text, or an empty one when it was forgotten.
    pub fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹personal›")
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({}, ‹personal›)", self.slot)
    }
}

impl<T: Serialize> Serialize for Sensitive<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The value first: it may hold sensitive values of its own.
        let body = match &self.value {
            Some(value) => {
                Some(serde_json::to_value(value).map_err(|_| S::Error::custom("personal data cannot be written"))?)
            }
            None => None,
        };
        let slot = VAULT.with_borrow_mut(|vault| {
            let vault = vault.as_mut().ok_or_else(|| S::Error::custom("personal data outside the vault"))?;
            let slot = u32::try_from(vault.len()).map_err(S::Error::custom)?;
            vault.push(Sealed { slot, about: self.about, body: body.unwrap_or(serde_json::Value::Null) });
            Ok(slot)
        })?;
        (slot, self.about).serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Sensitive<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (slot, about) = <(u32, Subject)>::deserialize(deserializer)?;
        let body = VAULT.with_borrow(|vault| {
            let vault = vault.as_ref().ok_or_else(|| D::Error::custom("personal data outside the vault"))?;
            Ok(vault.iter().find(|s| s.slot == slot).map(|s| s.body.clone()))
        })?;
        let value = match body {
            None | Some(serde_json::Value::Null) => None,
            // The reason is kept away: it would quote the value.
            Some(body) => {
                Some(serde_json::from_value(body).map_err(|_| D::Error::custom("personal data of another form"))?)
            }
        };
        Ok(Self { about, value })
    }
}

/// Closes the vault again, also when a serialiser fails halfway.
struct Opened;

impl Opened {
    fn with(content: Vec<Sealed>) -> Self {
        VAULT.set(Some(content));
        Self
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        VAULT.set(None);
    }
}

/// Splits a value into its printable JSON and the personal data taken out of it.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn seal<T: Serialize>(value: &T) -> Result<(serde_json::Value, Vec<Sealed>), SealError> {
    let _opened = Opened::with(Vec::new());
    let json = serde_json::to_value(value)?;
    Ok((json, VAULT.take().unwrap_or_default()))
}

/// Puts a value together again. Data that were forgotten stay away.
///
/// # Errors
/// When the JSON is not that of such a value.
pub fn unseal<T: DeserializeOwned>(json: serde_json::Value, personal: Vec<Sealed>) -> Result<T, SealError> {
    let _opened = Opened::with(personal);
    Ok(serde_json::from_value(json)?)
}

#[cfg(test)]
mod tests;
