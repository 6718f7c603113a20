//! After the end: an alert is answered, or the case is opened again (D2, D21, R-rk-12).

use super::brief::with_brief;
use crate::case::{Case, End, Event, Exit, Lapse};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use crate::refusal::{NotNow, Refusal};
use jiff::Timestamp;

/// The case stays as it ended, and this is why.
pub(super) fn answer_alert(
    case: &Case,
    number: u32,
    reason: Sensitive<String>,
    by: &Actor,
) -> Result<Vec<Event>, Refusal> {
    case.alert(number).ok_or(Refusal::NotFound)?;
    explained(&reason)?;
    match case.alert_answers.get(&number) {
        None => Ok(vec![Event::AlertAnswered { number, reason, by: by.clone() }]),
        Some(given) if given.exit == Exit::Stands && given.reason == reason => Ok(Vec::new()),
        Some(_) => Err(NotNow::AlertAnswered.into()),
    }
}

/// A decided case keeps its assignment, for its lead is still at work; that of a closed case was withdrawn, and if there
/// is something to be asked it is asked anew.
pub(super) fn reopen(case: &Case, reason: Sensitive<String>, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let end = case.end.as_ref().ok_or(NotNow::StillOpen)?;
    explained(&reason)?;
    let lapse = match (end, &case.assignment) {
        (End::Decided(decision), Some(assigned)) => {
            Some(Lapse { assignment: assigned.number(), questions: decision.heard_at().collect() })
        }
        _ => None,
    };
    let mut events = vec![Event::Reopened { reason, by: by.clone(), lapse }];
    if let (End::Closed(_), Some(assigned)) = (end, &case.assignment) {
        let corrected = case.lead().is_none_or(|lead| lead != assigned.lead);
        events.push(Event::AssignmentEnded { number: assigned.number(), corrected });
    }
    Ok(with_brief(case, events, at))
}

fn explained(reason: &Sensitive<String>) -> Result<(), Faults> {
    if reason.text().is_empty() { Err(Faults::one("reason", Problem::Missing)) } else { Ok(()) }
}
