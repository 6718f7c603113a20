//! "This was another person": the desk takes an answer back (D12). What was given elsewhere as the same goes with it.

use crate::enquiry::{Enquiry, Event, Given, TakenBack};
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

/// Who takes an answer back takes it back wherever it was given as the same (A12): it is as much about someone else there,
/// and the desk that says so is the same one. A copy that was supplemented since is taken back like any older answer.
pub(super) fn follow(enquiry: &Enquiry, origin: &Enquiry) -> Vec<Event> {
    let copies = enquiry.answers.iter().filter(|given| !enquiry.is_retracted(given.version));
    let taken_back = copies.filter_map(|given| Some((given, origin.taken_back_of(given)?)));
    let versions = enquiry.latest_version() + 1..;
    let retracted = versions.zip(taken_back).map(|(version, (given, there))| Event::Retracted {
        version,
        retraction: Retraction { of: given.version, reason: there.retraction.reason.clone() },
        by: there.by.clone(),
    });
    retracted.collect()
}

impl Enquiry {
    /// The retraction of the answer here as which another was given, or after it of an older one on which it goes on: until
    /// the desk says anew what holds, nothing does.
    fn taken_back_of(&self, copy: &Given) -> Option<&TakenBack> {
        let same = copy.same_as.filter(|origin| origin.question == self.question.name)?;
        let goes_with = |one: &&TakenBack| {
            one.retraction.of == same.version || one.retraction.of < same.version && same.version < one.version
        };
        self.retractions.iter().find(goes_with)
    }
}
