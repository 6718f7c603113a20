//! What the lead must be told when the facts change: a new version of the assignment (D7, D23).

use crate::case::{Case, Event, Registration, State, evolve};
use crate::flow::Flow;
use crate::household::Household;
use crate::name::AssignmentName;
use crate::required::{self, Facts, Required};
use jiff::Timestamp;

/// Adds what the lead must be told when these events change it: that its assignment ended, or a new version of it.
pub(super) fn with_brief(case: &Case, mut events: Vec<Event>, at: Timestamp) -> Vec<Event> {
    let mut after: State = Some(Box::new(case.clone()));
    for event in &events {
        after = evolve(after, event, at);
    }
    if let Some(ended) = after.as_deref().and_then(ended) {
        after = evolve(after, &ended, at);
        events.push(ended);
    }
    events.extend(after.as_deref().and_then(brief));
    events
}

/// Another lead is another assignment, and where there is none nobody works on (D23).
pub(super) fn ended(case: &Case) -> Option<Event> {
    let assigned = case.assignment.as_ref()?;
    let replaced = case.lead().is_none_or(|lead| lead != assigned.lead);
    replaced.then(|| Event::AssignmentEnded { number: assigned.number(), corrected: true })
}

/// A lead begins on a confirmed list. Whoever works on one hears of every change at once, also while a corrected list waits
/// for the operator: at one version a brief always says the same (E4).
fn brief(case: &Case) -> Option<Event> {
    let lead = case.lead().filter(|_| case.assignment.is_some() || case.is_confirmed())?;
    if case.assignment.as_ref().is_some_and(|assigned| assigned.basis == case.basis()) {
        return None;
    }
    // Ages are those of the day of the question: time alone changes no required set (D7, D8).
    let required = required_with(case, &case.facts.household, case.confirmed_at)?;
    let number = u32::try_from(case.former.len()).unwrap_or(u32::MAX).saturating_add(1);
    Some(Event::Briefed {
        assignment: AssignmentName::derive(case.name, number),
        lead,
        version: case.last_assigned().map_or(1, |assigned| assigned.version + 1),
        required,
        dossier_version: dossier_version(case),
    })
}

/// Version of the dossier that the lead gets; zero while it is incomplete for the flow (D8).
fn dossier_version(case: &Case) -> u32 {
    let police = &case.released();
    let complete = police.dossier.is_some() && (case.flow() != Flow::A || police.lij.is_some());
    let before = case.last_assigned().filter(|before| before.dossier_version > 0);
    let same = before.filter(|before| {
        let then = &before.basis.police;
        (&then.dossier, &then.lij) == (&police.dossier, &police.lij)
    });
    let highest = case.assigned().map(|assigned| assigned.dossier_version).max().unwrap_or(0);
    if complete { same.map_or(highest + 1, |same| same.dossier_version) } else { 0 }
}

/// The required set that the case would have with this person list.
pub(super) fn required_with(case: &Case, household: &Household, at: Timestamp) -> Option<Required> {
    let Registration { act, hg_km, .. } = &case.facts;
    required::compute(Facts { flow: &case.flow(), act, hg_km, settled: case.settled, household }, at)
}
