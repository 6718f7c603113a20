//! What is so after an event. Total: every event fits every state that can precede it.

use super::track::{Content, Track, Transport, Version};
use super::{Assignment, Errand, Event, Named, Past, State};
use crate::answer::Answer;
use crate::date::day_of;
use crate::item::Item;
use crate::question::Question;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The assignment after an event.
pub fn evolve(state: State, event: &Event, at: Timestamp) -> State {
    let Some(mut assignment) = state else { return begin(event) };
    if moves_a_person(event) {
        assignment.revision += 1;
    }
    match event {
        Event::Created { .. } => {}
        Event::Briefed { brief } => assignment.brief = Some(brief.clone()),
        Event::Asked { item, question, about } => ask(&mut assignment, *item, question.as_deref(), about, at),
        Event::Dropped { item } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.dropped = true;
            }
        }
        Event::QuestionWithdrawn { question, addressee } => {
            let past = || Past { addressee: addressee.clone(), not_counted: BTreeSet::new() };
            assignment.past.entry(*question).or_insert_with(past);
        }
        Event::QuestionDelivered { item } => travel(&mut assignment, *item, Transport::Delivered, at),
        Event::QuestionTakenUp { item, .. } => travel(&mut assignment, *item, Transport::TakenUp, at),
        Event::Answered { item, version, answer } => {
            let before = assignment.tracks.get(item).map_or(0, |track| track.before);
            receive(&mut assignment, *item, before + version, Content::Answer(answer.clone()), at);
        }
        Event::OwnFileRecorded { answer } => {
            let version = next_version(&assignment, Item::EigenOnderzoek);
            let content = Content::Answer(answer.clone());
            receive(&mut assignment, Item::EigenOnderzoek, version, content, at);
        }
        Event::DossierReceived { version, police } => {
            let content = Content::Dossier(Box::new(police.clone()));
            receive(&mut assignment, Item::Politiedossier, *version, content, at);
        }
        Event::FurtherPersonNamed { further, person } => {
            let named = Named { further: further.clone(), person: person.clone(), on: day_of(at) };
            assignment.further.push(named);
        }
        Event::Weighed { item, weighing } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.weighings.push(weighing.clone());
            }
            assignment.changed_at(*item, at);
        }
        Event::AdviceSigned { advice } => assignment.advices.push((**advice).clone()),
        Event::AdviceWithdrawn(withdrawal) => assignment.withdrawals.push(withdrawal.clone()),
        Event::NotCounted { question, version, .. } => {
            let current = assignment.item_of(*question).and_then(|item| assignment.tracks.get(&item));
            let addressee = current.and_then(|track| track.question.as_ref()).map(|asked| asked.addressee.clone());
            if let Some(past) = assignment.past.get_mut(question) {
                past.not_counted.insert(*version);
            } else if let Some(addressee) = addressee {
                let past = Past { addressee, not_counted: BTreeSet::from([*version]) };
                assignment.past.insert(*question, past);
            }
        }
        Event::Troubled { errand, trouble } => match errand {
            Errand::Ask { item, .. } => {
                if let Some(track) = assignment.tracks.get_mut(item) {
                    track.trouble = Some(*trouble);
                }
                assignment.changed_at(*item, at);
            }
            other => {
                assignment.troubles.insert((*other, *trouble));
            }
        },
        Event::Recovered { errand } => assignment.troubles.retain(|(troubled, _)| troubled != errand),
        Event::Retried { item, .. } => travel(&mut assignment, *item, Transport::Queued, at),
        Event::Withdrawn => assignment.withdrawn = true,
    }
    Some(assignment)
}

fn begin(event: &Event) -> State {
    let Event::Created { name, case, lead, principal } = event else { return None };
    Some(Box::new(Assignment {
        name: *name,
        case: *case,
        lead: lead.clone(),
        principal: principal.clone(),
        brief: None,
        tracks: BTreeMap::new(),
        past: BTreeMap::new(),
        further: Vec::new(),
        advices: Vec::new(),
        withdrawals: Vec::new(),
        troubles: BTreeSet::new(),
        withdrawn: false,
        revision: 1,
    }))
}

/// How far a question travels is no reason for a person to read the assignment again.
fn moves_a_person(event: &Event) -> bool {
    !matches!(
        event,
        Event::QuestionDelivered { .. }
            | Event::QuestionTakenUp { .. }
            | Event::Troubled { .. }
            | Event::Recovered { .. }
            | Event::NotCounted { .. }
    )
}

/// A new round: what came before stays readable and no longer counts.
fn ask(assignment: &mut Assignment, item: Item, question: Option<&Question>, about: &[u32], at: Timestamp) {
    let track = assignment.tracks.entry(item).or_insert_with(|| Track::begun(at));
    track.before = track.versions.last().map_or(0, |version| version.version);
    track.round = question.map_or(track.round + 1, |question| question.round);
    track.transport = if question.is_some() { Transport::Queued } else { Transport::None };
    track.question = question.map(|question| Box::new(question.clone()));
    track.about = about.to_vec();
    track.asked_at = at;
    track.since = at;
    track.trouble = None;
    track.dropped = false;
}

fn travel(assignment: &mut Assignment, item: Item, transport: Transport, at: Timestamp) {
    if let Some(track) = assignment.tracks.get_mut(&item) {
        track.transport = transport;
        track.trouble = None;
    }
    assignment.changed_at(item, at);
}

fn receive(assignment: &mut Assignment, item: Item, version: u32, content: Content, at: Timestamp) {
    if let Some(track) = assignment.tracks.get_mut(&item) {
        track.insert(Version { version, at, content });
        track.trouble = None;
    }
    assignment.changed_at(item, at);
}

fn next_version(assignment: &Assignment, item: Item) -> u32 {
    let last = assignment.tracks.get(&item).and_then(|track| track.versions.last());
    last.map_or(1, |version| version.version + 1)
}

impl Track {
    /// The answer at a version of the source, within the current round.
    pub fn answer_at(&self, version_at_source: u32) -> Option<&Answer> {
        self.version(self.before.checked_add(version_at_source)?)?.content.answer()
    }
}
