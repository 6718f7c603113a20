//! What came in changes nothing: the adviser weighs it, says why, and signs the same content anew in one act (D24).

use super::Reading;
use super::advise::{signed, weigh};
use crate::advice::{Advice, Content};
use crate::assignment::{Assignment, Event, evolve};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::progress::AdviceState;
use crate::refusal::{NotNow, Refusal};
use crate::retraction;
use jiff::Timestamp;
use std::iter::successors;

/// The readings become weighings, and the advice is signed over them with every check of signing. What cannot be weighed
/// stays open, and the gate says why.
pub(super) fn reaffirm(
    assignment: &Assignment,
    readings: Vec<Reading>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (AdviceState::Signed(version), Some(standing)) = (assignment.advice_state(), assignment.advices.last()) else {
        return Err(NotNow::NoAdviceStands.into());
    };
    if !assignment.is_stale() {
        return Err(NotNow::NothingNew.into());
    }
    if says_what_was_taken_back(assignment, standing) {
        return Err(NotNow::RestsOnRetracted.into());
    }
    let newer = assignment.newer();
    let mut faults = Faults::new();
    let mut events: Vec<Event> = Vec::new();
    for (index, reading) in readings.iter().enumerate() {
        let here = format!("readings[{index}]");
        let is_new = newer.iter().any(|one| one.item == reading.item);
        faults.require(is_new, format!("{here}.item"), Problem::Superfluous);
        let twice = readings[..index].iter().any(|other| other.item == reading.item);
        faults.require(!twice, format!("{here}.item"), Problem::Duplicate);
        if !is_new || twice {
            continue;
        }
        let Reading { item, version, reason, lines } = reading.clone();
        match weigh(assignment, item, version, reason, lines, by, at) {
            Ok(weighed) => events.extend(weighed),
            Err(Refusal::Malformed(found)) => faults.merge(found.under(&here)),
            Err(Refusal::NotNow(_)) => {}
            Err(no) => return Err(no),
        }
    }
    let begun = Some(Box::new(assignment.clone()));
    let weighed = events.iter().fold(begun, |state, event| evolve(state, event, at)).ok_or(Refusal::NotFound)?;
    let judgements = weighed.grounds().and_then(|grounds| grounds.judgements);
    let judgement_version = judgements.map_or(0, |(version, _)| version);
    let content = Content { judgement_version, ..standing.content.clone() };
    let mut advice = signed(&weighed, content, faults, by, at)?;
    advice.reaffirms = Some(version);
    events.push(Event::AdviceSigned { advice: Box::new(advice) });
    Ok(events)
}

/// Whether it, or an advice that it says anew, rests on an answer that was taken back: its text may hold what that said (D12).
fn says_what_was_taken_back(assignment: &Assignment, advice: &Advice) -> bool {
    let retracted = assignment.retracted();
    let by_version = |version| assignment.advices.iter().find(|one| one.version == version);
    let mut written = successors(Some(advice), |advice| advice.reaffirms.and_then(by_version));
    written.any(|advice| !retraction::rests_on(&retracted, &advice.rests_on).is_empty())
}
