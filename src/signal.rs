//! An acute signal: a warning that waits behind no gate (D27, R-rk-10).
//!
//! Who works on a case and sees acute danger says so at once, at any moment. It is a message of its own: no answer and
//! no advice, and it neither opens nor shuts the gate.

use crate::fault::{Faults, Problem};
use crate::name::SignalName;
use crate::organisation::{Actor, Role};
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What is going on.
    pub situation: Sensitive<String>,
    /// What must be done.
    pub action: Sensitive<String>,
    /// To whom what is going on is released.
    pub released_to: BTreeSet<Receiver>,
}

/// To whom a warning can be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Receiver {
    /// The prosecution.
    Om,
    /// The police.
    Politie,
}

/// A warning that was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Its name, by which it is known again.
    pub name: SignalName,
    /// What is said.
    pub warning: Warning,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Receiver {
    /// As whom someone in this role reads warnings; nothing when none is ever released to that role.
    pub fn of(role: Role) -> Option<Receiver> {
        match role {
            Role::Officier | Role::Parketsecretaris => Some(Receiver::Om),
            Role::Politie => Some(Receiver::Politie),
            Role::Operator | Role::Adviseur | Role::Balie | Role::Dienst | Role::Beheerder => None,
        }
    }
}

impl Warning {
    /// What is wrong with it.
    pub fn faults(&self, path: &str) -> Faults {
        let mut faults = Faults::new();
        let missing = |faults: &mut Faults, there: bool, field: &str| {
            faults.require(there, format!("{path}.{field}"), Problem::Missing);
        };
        missing(&mut faults, !self.situation.text().trim().is_empty(), "situation");
        missing(&mut faults, !self.action.text().trim().is_empty(), "action");
        missing(&mut faults, !self.released_to.is_empty(), "released_to");
        faults
    }
}

impl Signal {
    /// The next signal of an assignment or question, after so many.
    pub(crate) fn raised(of: &str, before: usize, warning: Warning, by: &Actor, at: Timestamp) -> Self {
        Self { name: SignalName::derive(of, before + 1), warning, by: by.clone(), at }
    }
}
