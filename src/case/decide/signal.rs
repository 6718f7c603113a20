//! An acute signal reaches OM: at any moment, and never behind the gate (D27, R-rk-10).

use super::own;
use crate::authority::{self, Act};
use crate::case::{Alert, Case, Event};
use crate::fault::Problem;
use crate::gate::Subject;
use crate::organisation::{Actor, Role};
use crate::refusal::Refusal;
use crate::signal::Signal;
use jiff::Timestamp;

/// Of an office that can have been asked something in this case. That it knows the name of the case tells that it was: not
/// every question that was ever asked is known here, and a warning does not wait until it is (D21).
pub(super) fn receive(case: &Case, signal: Box<Signal>, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    authority::may(by, Act::ReceiveAcuteSignal)?;
    own(case.last_assigned().is_some() && by.is_of(&signal.by.organisation))?;
    let known = case.signals.iter().find(|known| known.name == signal.name);
    let mut faults = signal.warning.faults("signal.warning");
    let person = matches!(signal.by.role, Role::Adviseur | Role::Balie);
    faults.require(person, "signal.by", Problem::NotForThisOffice);
    faults.require(known.is_none_or(|known| *known == *signal), "signal.name", Problem::Duplicate);
    faults.or(())?;
    if known.is_some() {
        return Ok(Vec::new());
    }
    let version = u32::try_from(case.signals.len()).unwrap_or(u32::MAX).saturating_add(1);
    let alert = Alert { subject: Subject::Signal, version, at };
    Ok(vec![Event::SignalReceived(signal), Event::AlertRaised(alert)])
}
