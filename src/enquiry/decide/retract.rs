//! "This was another person": the desk takes an answer back (D12).

use crate::enquiry::{Enquiry, Event};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use crate::refusal::Refusal;
use crate::retraction::Retraction;

/// Any answer can be taken back, also one that was supplemented, and also when nobody waits for the question any more:
/// what is about someone else must not be read on. The question is open again until the desk says anew what holds.
pub(super) fn retract(
    enquiry: &Enquiry,
    version: u32,
    reason: Sensitive<String>,
    by: &Actor,
) -> Result<Vec<Event>, Refusal> {
    let mut faults = Faults::new();
    faults.require(enquiry.answer_at(version).is_some(), "version", Problem::NoSuchVersion);
    faults.require(!reason.text().trim().is_empty(), "reason", Problem::Missing);
    faults.or(())?;
    if enquiry.is_retracted(version) {
        return Ok(Vec::new());
    }
    let retraction = Retraction { of: version, reason };
    Ok(vec![Event::Retracted { version: enquiry.latest_version() + 1, retraction, by: by.clone() }])
}
