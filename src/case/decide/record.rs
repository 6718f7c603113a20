//! What is recorded beside the gate: calls (A16) and custody (D26). Neither opens, shuts or ends anything.

use crate::case::{Case, Event, LoggedCall};
use crate::custody::{Recorded, Step};
use crate::organisation::Actor;
use crate::refusal::Refusal;
use jiff::Timestamp;

/// A call, also after the end: somebody may have to be told.
pub(super) fn call(case: &Case, call: LoggedCall, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    call.faults("call", at).or(())?;
    let known = case.calls.iter().any(|(known, who)| *known == call && who == by);
    Ok(if known { Vec::new() } else { vec![Event::CallLogged { call: Box::new(call), by: by.clone() }] })
}

/// An act of custody, whether the gate is open or shut, and also after the end.
pub(super) fn custody(
    case: &Case,
    step: Step,
    when: Timestamp,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if case.custody.last().is_some_and(|last| (last.step, last.at) == (step, when)) {
        return Ok(Vec::new());
    }
    case.custody().faults(step, when, at).or(())?;
    Ok(vec![Event::CustodyRecorded(Recorded { step, at: when, by: by.clone() })])
}
