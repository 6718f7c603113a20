//! What the lead must be told when the facts change: a new version of the assignment (D7, D23).

use crate::case::{Case, Event, Registration, State, evolve};
use crate::flow::Flow;
use crate::household::Household;
use crate::name::AssignmentName;
use crate::required::{self, Facts, Required};
use jiff::Timestamp;

/// Adds what the lead must be told when these events change it.
pub(super) fn with_brief(case: &Case, mut events: Vec<Event>, at: Timestamp) -> Vec<Event> {
    let mut after: State = Some(Box::new(case.clone()));
    for event in &events {
        after = evolve(after, event, at);
    }
    if let Some(after) = after {
        events.extend(brief(&after));
    }
    events
}

fn brief(case: &Case) -> Option<Event> {
    let lead = case.lead().filter(|_| case.household_version > 0)?;
    if case.assignment.as_ref().is_some_and(|assigned| assigned.lead == lead && assigned.basis == case.basis()) {
        return None;
    }
    // Ages are those of the day of the question: time alone changes no required set (D7, D8).
    let required = required_with(case, &case.facts.household, case.confirmed_at)?;
    let earlier = case.assignment.as_ref();
    let police = &case.facts.police;
    let complete = police.dossier.is_some() && (case.flow() != Flow::A || police.lij.is_some());
    let dossier_before = earlier.map_or(0, |assigned| assigned.dossier_version);
    let changed = earlier.is_none_or(|assigned| {
        let then = &assigned.basis.police;
        (&then.dossier, &then.lij) != (&police.dossier, &police.lij)
    });
    Some(Event::Briefed {
        assignment: AssignmentName::derive(case.name, 1),
        lead,
        version: earlier.map_or(1, |assigned| assigned.version + 1),
        required,
        dossier_version: dossier_before + u32::from(complete && changed),
    })
}

/// The required set that the case would have with this person list.
pub(super) fn required_with(case: &Case, household: &Household, at: Timestamp) -> Option<Required> {
    let Registration { act, hg_km, .. } = &case.facts;
    required::compute(Facts { flow: &case.flow(), act, hg_km, settled: case.settled, household }, at)
}
