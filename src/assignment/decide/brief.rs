//! What OM asks, and which questions follow from it: only what is new or changed is asked (D23).

use super::ask_further::{Anew, bearer};
use super::write::{Ask, Writer};
use crate::assignment::{Assignment, Brief, Creation, Event, Strand, Track};
use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::household::Household;
use crate::item::Item;
use crate::name::AssignmentName;
use crate::organisation::{Actor, Kind};
use crate::question::Question;
use crate::refusal::{Forbidden, Refusal};
use crate::required::Requirement;
use jiff::Timestamp;
use jiff::civil::Date;

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
    let mut faults = brief.household.faults("brief.household", day_of(at));
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
    name_further_persons(assignment, &mut brief.household);
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

/// OM does not know who a further person is; this lead does (D10).
fn name_further_persons(assignment: &Assignment, household: &mut Household) {
    for person in &mut household.persons {
        let Some(reference) = &person.further else { continue };
        if let Some(named) = assignment.further.iter().find(|known| known.further == *reference) {
            person.identity = crate::Sensitive::about(
                person.number,
                named.person.identity.reveal().cloned().unwrap_or_else(crate::identity::Identity::unknown),
            );
        }
    }
}

fn asked(assignment: &Assignment, brief: &Brief, requirement: &Requirement) -> Vec<Event> {
    let item = requirement.item;
    let track = assignment.tracks.get(&item);
    let about = requirement.answer_about();
    let Some(mut writer) = Writer::new(assignment, brief, item, None) else {
        let same = track.is_some_and(|track| !track.dropped && (item == Item::Politiedossier || track.about == about));
        return if same { Vec::new() } else { vec![Event::Asked { item, question: None, about }] };
    };
    let question = writer.write(Ask {
        region: assignment.lead.region.clone(),
        subjects: Question::subjects_of(requirement, &brief.household),
        reference: Question::reference_of(requirement, &brief.household),
        asked_on: day_of_question(assignment, brief, requirement),
        text: None,
    });
    let running: Vec<&Strand> = track.filter(|track| !track.dropped).map(running).unwrap_or_default();
    if running.iter().any(|before| before.question.asks_the_same_as(&question)) {
        let bearer = track.and_then(bearer).map(|strand| &strand.question.addressee.region);
        return further_of(&running, brief, Writer::new(assignment, brief, item, bearer));
    }
    let mut events: Vec<Event> = running.iter().map(|strand| withdrawn(&strand.question)).collect();
    events.push(Event::Asked { item, question: Some(Box::new(question)), about });
    events.extend(Anew::new(brief, writer).ask_all(&running));
    events
}

/// What the adviser asked further, after a change that leaves the required question as it is: a question about someone
/// who changed is asked anew, and one about nobody any more is let go.
fn further_of(running: &[&Strand], brief: &Brief, writer: Option<Writer<'_>>) -> Vec<Event> {
    let Some(mut anew) = writer.map(|writer| Anew::new(brief, writer)) else { return Vec::new() };
    let mut events = Vec::new();
    for strand in running.iter().filter(|strand| strand.question.text.is_some()) {
        let item = strand.question.item;
        let question = anew.write(strand);
        if question.as_ref().is_some_and(|question| strand.question.asks_the_same_as(question)) {
            continue;
        }
        let let_go = Event::LetGo { item, question: strand.question.name, dismissal: None };
        events.extend([withdrawn(&strand.question), let_go]);
        events.extend(question.map(|question| anew.ask(strand, question)));
    }
    events
}

/// An item that OM does not require (any more): what the adviser asked of his own accord stays asked (D7).
fn no_longer_required(assignment: &Assignment, brief: &Brief, item: Item, track: &Track) -> Vec<Event> {
    let running = running(track);
    let own_only = running.iter().all(|strand| strand.question.text.is_some());
    let writer = || Writer::new(assignment, brief, item, None).map(|writer| Anew::new(brief, writer));
    let is_same = |anew: &mut Anew<'_>| {
        let same = |strand: &&Strand| anew.write(strand).is_some_and(|now| strand.question.asks_the_same_as(&now));
        running.iter().all(same)
    };
    if own_only && !running.is_empty() && writer().is_some_and(|mut anew| is_same(&mut anew)) {
        return Vec::new();
    }
    let mut events = vec![Event::Dropped { item }];
    events.extend(running.iter().map(|strand| withdrawn(&strand.question)));
    events.extend(writer().map(|mut anew| anew.ask_all(&running)).unwrap_or_default());
    events
}

/// The day on which ages were taken. OM knows of a further person only what it was told when that person was named: a
/// kindcheck about one who came of age since is a question of that day (D8, D10).
fn day_of_question(assignment: &Assignment, brief: &Brief, requirement: &Requirement) -> Date {
    let asked = requirement.subjects.iter().filter_map(|asked| brief.household.person(asked.person)?.further.as_ref());
    let named = asked.filter_map(|further| assignment.further.iter().find(|named| named.further == *further));
    let named = named.map(|named| named.on).filter(|_| requirement.item == Item::Kindcheck);
    named.min().map_or(brief.required.day, |on| on.min(brief.required.day))
}

fn running(track: &Track) -> Vec<&Strand> {
    track.running().collect()
}

/// Its source is told.
pub(super) fn withdrawn(question: &Question) -> Event {
    Event::QuestionWithdrawn { question: question.name, addressee: question.addressee.clone() }
}
