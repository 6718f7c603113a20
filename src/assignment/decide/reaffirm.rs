//! What came in changes nothing: the adviser weighs it, says why, and signs the same content anew in one act (D24).

use super::advise::{signed, weigh};
use super::{Reading, Reaffirmation};
use crate::advice::Content;
use crate::assignment::{Assignment, Event, evolve};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::progress::AdviceState;
use crate::refusal::{NotNow, Refusal};
use jiff::Timestamp;

/// The readings become weighings, and the advice is signed over them with every check of signing. What cannot be weighed
/// stays open, and the gate says why.
pub(super) fn reaffirm(
    assignment: &Assignment,
    Reaffirmation { readings, brief_has_no_effect }: Reaffirmation,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (AdviceState::Signed(version), Some(standing)) = (assignment.advice_state(), assignment.advices.last()) else {
        return Err(NotNow::NoAdviceStands.into());
    };
    if !assignment.is_stale() {
        return Err(NotNow::NothingNew.into());
    }
    // Its text may hold what that said (D12).
    if !assignment.retracted_in(standing).is_empty() {
        return Err(NotNow::RestsOnRetracted.into());
    }
    let newer = assignment.newer();
    let mut faults = Faults::new();
    let new_brief = assignment.brief.as_ref().is_some_and(|brief| brief.version != standing.assignment_version);
    let (told, field) = (!brief_has_no_effect.text().trim().is_empty(), "brief_has_no_effect");
    faults.require(told || !new_brief, field, Problem::Missing);
    faults.require(!told || new_brief, field, Problem::Superfluous);
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
    advice.brief_has_no_effect = Some(brief_has_no_effect).filter(|_| new_brief);
    events.push(Event::AdviceSigned { advice: Box::new(advice) });
    Ok(events)
}
