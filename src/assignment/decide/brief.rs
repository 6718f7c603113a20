//! What OM asks of the lead: an assignment begins, changes, ends (D23, D25).

use super::asked::{asked, no_longer_required};
use crate::assignment::{Assignment, Brief, Creation, Event};
use crate::date::{day_of, elsewhere};
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::name::AssignmentName;
use crate::organisation::{Actor, Kind};
use crate::question::Question;
use crate::refusal::{Forbidden, Refusal};
use jiff::Timestamp;

pub(super) fn create(
    Creation { name, case, earlier, lead, principal, brief }: Creation,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut faults = faults(&brief, at);
    faults.require(name == AssignmentName::derive(case, earlier.saturating_add(1)), "name", Problem::Form);
    faults.require(Some(lead.kind) == brief.flow.lead(), "lead.kind", Problem::NotForThisOffice);
    faults.require(principal.kind == Kind::Om, "principal.kind", Problem::NotForThisOffice);
    faults.or(())?;
    if !by.is_of(&principal) {
        return Err(Forbidden::Organisation.into());
    }
    let created = Event::Created { name, case, lead, principal };
    let fresh = super::super::evolve(None, &created, at);
    let mut events = vec![created];
    if let Some(assignment) = fresh {
        events.extend(briefed(&assignment, brief));
    }
    Ok(events)
}

pub(super) fn update(assignment: &Assignment, brief: Brief, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let mut faults = faults(&brief, at);
    // A changed lead is a new assignment (D23).
    faults.require(Some(assignment.lead.kind) == brief.flow.lead(), "brief.flow", Problem::NotForThisOffice);
    faults.or(())?;
    let known = assignment.brief.as_ref();
    match known {
        // An older version that arrives late, or one for an assignment that ended, changes nothing.
        _ if assignment.withdrawn => Ok(Vec::new()),
        Some(known) if known.version > brief.version => Ok(Vec::new()),
        Some(known) if known.version == brief.version => {
            let household = known.household.clone();
            let acute_part_suffices = known.acute_part_suffices;
            // What was briefed before this was told goes on without it.
            let incident = known.incident;
            let same = Brief { household, acute_part_suffices, incident, ..brief } == **known;
            if same { Ok(Vec::new()) } else { Err(Faults::one("brief.version", Problem::Duplicate).into()) }
        }
        _ => Ok(briefed(assignment, brief)),
    }
}

pub(super) fn withdraw(assignment: &Assignment) -> Vec<Event> {
    if assignment.withdrawn {
        return Vec::new();
    }
    let mut events = vec![Event::Withdrawn];
    for (_, track) in assignment.required() {
        let open = track.running().filter(|strand| strand.awaits_more());
        events.extend(open.map(|strand| withdrawn(&strand.question)));
    }
    events
}

/// Nothing of it is needed: the sources hear that too where they had answered.
pub(super) fn recall(assignment: &Assignment) -> Vec<Event> {
    if assignment.recalled {
        return Vec::new();
    }
    let asked = assignment.required().flat_map(|(_, track)| track.running());
    [Event::Recalled].into_iter().chain(asked.map(|strand| withdrawn(&strand.question))).collect()
}

fn faults(brief: &Brief, at: Timestamp) -> Faults {
    let mut faults = brief.household.faults("brief.household", day_of(elsewhere(at)));
    for (index, requirement) in brief.required.items().iter().enumerate() {
        let here = format!("brief.required.items[{index}]");
        let listed = |person: u32| brief.household.person(person).is_some();
        let subjects = requirement.subjects.iter().all(|asked| listed(asked.person));
        faults.require(subjects, format!("{here}.subjects"), Problem::UnknownPerson);
        let reference = requirement.reference.is_none_or(|reference| listed(reference.person));
        faults.require(reference, format!("{here}.reference_person"), Problem::UnknownPerson);
        let earlier = &brief.required.items()[..index];
        let twice = earlier.iter().any(|other| other.item == requirement.item);
        faults.require(!twice, format!("{here}.item"), Problem::Duplicate);
    }
    faults
}

/// The brief itself, then what it changes: dropped items, new rounds, a new dossier.
fn briefed(assignment: &Assignment, mut brief: Brief) -> Vec<Event> {
    assignment.name_further_persons(&mut brief.household);
    let mut events = vec![Event::Briefed { brief: Box::new(brief.clone()) }];
    for (item, track) in assignment.required() {
        if brief.required.of(item).is_none() {
            events.extend(no_longer_required(assignment, &brief, item, track));
        }
    }
    for requirement in brief.required.items() {
        events.extend(asked(assignment, &brief, requirement));
    }
    let known = assignment.tracks.get(&Item::Politiedossier).and_then(|track| track.versions.last());
    if brief.dossier_version > known.map_or(0, |version| version.version) {
        events.push(Event::DossierReceived { version: brief.dossier_version, police: brief.police.clone() });
    }
    events
}

/// Its source is told.
pub(super) fn withdrawn(question: &Question) -> Event {
    Event::QuestionWithdrawn { question: question.name, addressee: question.addressee.clone() }
}
