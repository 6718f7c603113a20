//! What the office that answers says at the last look before the decision: whether its answer is still the latest (D28).

use super::{Enquiry, State};
use crate::look::Finding;
use crate::organisation::Actor;
use crate::refusal::{Forbidden, Refusal};

/// Whether a version is the latest answer, and nobody works on another. It says how things are, and nothing of content.
///
/// # Errors
/// When another than OM at the table of the lead asks (D19, D32).
pub fn confirm(state: &State, version: u32, by: &Actor) -> Result<Finding, Refusal> {
    let Some(enquiry) = state else { return Ok(Finding::UnknownQuestion) };
    if enquiry.is_table(&by.organisation) { Ok(enquiry.finding(version)) } else { Err(Forbidden::Organisation.into()) }
}

impl Enquiry {
    fn finding(&self, version: u32) -> Finding {
        match () {
            () if self.withdrawn => Finding::UnknownQuestion,
            () if self.latest_version() != version => Finding::Newer,
            () if self.is_worked_on() => Finding::InProgress,
            () => Finding::Current,
        }
    }
}
