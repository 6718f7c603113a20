//! What is recorded beside the gate: calls (A16) and custody (D26). Neither opens, shuts or ends anything.

use crate::case::{Case, Event, LoggedCall};
use crate::custody::{Custody, Recorded, Step};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use crate::refusal::Refusal;
use jiff::Timestamp;

/// A call, also after the end: somebody may have to be told.
pub(super) fn call(case: &Case, call: LoggedCall, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    call.faults("call", at).or(())?;
    let known = case.calls.iter().any(|(known, who)| *known == call && who == by);
    Ok(if known { Vec::new() } else { vec![Event::CallLogged { call: Box::new(call), by: by.clone() }] })
}

/// An act of custody, whether the gate is open or shut, and also after the end; late too, where it fits in.
pub(super) fn custody(
    case: &Case,
    step: Step,
    when: Timestamp,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let done = case.custody_but(None);
    if done.contains(&(step, when)) {
        return Ok(Vec::new());
    }
    Custody::faults(case.arrived_at(), &done, (step, when), at).or(())?;
    Ok(vec![Event::CustodyRecorded(Recorded { step, at: when, by: by.clone() })])
}

/// An act of custody was recorded wrongly. What was recorded after it must still be possible without it: the later ones
/// are struck out first.
pub(super) fn strike(case: &Case, number: u32, reason: Sensitive<String>, by: &Actor) -> Result<Vec<Event>, Refusal> {
    let mut faults = Faults::new();
    let known = number > 0 && usize::try_from(number).is_ok_and(|number| number <= case.custody.len());
    faults.require(known, "number", Problem::Unknown);
    faults.require(!reason.text().is_empty(), "reason", Problem::Missing);
    let rest = Custody::can_be(case.arrived_at(), &case.custody_but(Some(number)));
    faults.require(rest, "number", Problem::OutOfOrder);
    faults.or(())?;
    let struck = case.custody_struck.contains_key(&number);
    Ok(if struck { Vec::new() } else { vec![Event::CustodyStruck { number, reason, by: by.clone() }] })
}
