//! Who calls: an official, or a rule that acts for an office.

use std::fmt;

use tonic::{Request, Status};

use crate::verifier::Rejected;

#[cfg(test)]
mod tests;

/// The role of an office that acts by a rule.
pub const SERVICE_ROLE: &str = "dienst";

/// Who calls, as their verified token says. What they may do is for the office to decide.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The organisation, such as `rvdk`.
    pub organisation: String,
    /// The region of that organisation.
    pub region: String,
    /// The role, such as `adviseur`.
    pub role: String,
    /// The opaque id of the official, or the id of the rule when a service calls.
    pub person: String,
}

impl Caller {
    /// Whether an office calls, and no person.
    pub fn is_service(&self) -> bool {
        self.role == SERVICE_ROLE
    }

    /// The caller of a request that passed [`Authenticate`](crate::authenticate::Authenticate).
    /// UNAUTHENTICATED when it came another way: no caller is ever assumed.
    pub fn of<T>(request: &Request<T>) -> Result<&Self, Status> {
        request.extensions().get().ok_or_else(|| Rejected::Missing.into())
    }
}

/// Leaves the person out: this may end in a log.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.organisation, self.region, self.role)
    }
}
