//! What is so after an event. Total: every event fits every state that can precede it.

use super::occasion::Occasion;
use super::strand::{Given, Strand, TakenBack, Transport};
use super::telephone::{Confirmation, Telephoned};
use super::track::{Content, Track, Version};
use super::{Assignment, ClosedOff, Errand, Event, Handler, Named, Past, State};
use crate::date::day_of;
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::{Actor, Role};
use crate::progress::Excess;
use crate::retraction::Retraction;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The assignment after an event.
pub fn evolve(state: State, event: &Event, at: Timestamp) -> State {
    let Some(mut assignment) = state else { return begin(event) };
    if moves_a_person(event) {
        assignment.revision += 1;
    }
    match event {
        Event::Created { .. } => {}
        Event::Briefed { brief } => assignment.brief = Some(brief.clone()),
        Event::Asked { item, question, about } => {
            let track = assignment.tracks.entry(*item).or_insert_with(|| Track::begun(at));
            track.begin_round(question.as_deref(), about, at);
        }
        Event::AlsoAsked { item, question, occasion } => {
            let track = assignment.tracks.entry(*item).or_insert_with(|| Track::begun(at));
            track.ask_also(question, occasion.clone(), at);
            if let Some(Occasion::AskedBy(by)) = occasion
                && assignment.handler.is_none()
            {
                handle(&mut assignment, by, at);
            }
        }
        Event::LetGo { item, question, dismissal } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.let_go(*question, dismissal.clone(), at);
            }
            if let Some(dismissal) = dismissal {
                handle(&mut assignment, &dismissal.by, at);
            }
        }
        Event::Dropped { item } => {
            close_off(&mut assignment, *item, at);
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.dropped = true;
            }
        }
        Event::QuestionWithdrawn { question, addressee } => {
            let past = || Past { addressee: addressee.clone(), not_counted: BTreeSet::new() };
            assignment.past.entry(*question).or_insert_with(past);
        }
        Event::QuestionDelivered { item, question } => {
            travel(&mut assignment, *item, *question, Transport::Delivered, at);
        }
        Event::QuestionTakenUp { item, question, .. } => {
            travel(&mut assignment, *item, *question, Transport::TakenUp, at);
        }
        Event::Answered { item, question, version, answer } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                let answer = Arc::new((**answer).clone());
                track.hear(*question, Given { version: *version, at, answer });
            }
            assignment.changed_at(*item, at);
        }
        Event::OwnFileRecorded { answer } => {
            let version = next_version(&assignment, Item::EigenOnderzoek);
            let content = Content::OwnFile(answer.clone());
            receive(&mut assignment, Item::EigenOnderzoek, version, content, at);
            let organisation = assignment.lead.clone();
            let by = Actor { organisation, role: Role::Adviseur, person: answer.searched.by.clone() };
            handle(&mut assignment, &by, at);
        }
        Event::DossierReceived { version, police } => {
            let content = Content::Dossier(Box::new(police.clone()));
            receive(&mut assignment, Item::Politiedossier, *version, content, at);
        }
        Event::FurtherPersonNamed { further, person, by } => assignment.further.push(Named {
            further: further.clone(),
            person: person.clone(),
            by: by.clone(),
            on: day_of(at),
        }),
        Event::Weighed { item, weighing } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.weighings.push(weighing.clone());
            }
            assignment.changed_at(*item, at);
            handle(&mut assignment, &weighing.by, at);
        }
        Event::AdviceSigned { advice } => {
            assignment.advices.push((**advice).clone());
            // Who confirms an advice does not finish what colleagues are writing.
            assignment.draft = assignment.draft.take().filter(|_| advice.reaffirms.is_some());
            handle(&mut assignment, &advice.signed_by, at);
        }
        Event::AdviceWithdrawn(withdrawal) => {
            assignment.withdrawals.push(withdrawal.clone());
            handle(&mut assignment, &withdrawal.by, at);
        }
        Event::DraftSaved { draft } => {
            assignment.drafts = draft.version;
            assignment.draft = Some(draft.clone());
            if assignment.handler.is_none() {
                handle(&mut assignment, &draft.by, at);
            }
        }
        Event::TakenOver { by, .. } => handle(&mut assignment, by, at),
        Event::NotCounted { question, version, .. } => {
            let addressee = assignment.strand(*question).map(|strand| strand.question.addressee.clone());
            if let Some(past) = assignment.past.get_mut(question) {
                past.not_counted.insert(*version);
            } else if let Some(addressee) = addressee {
                let past = Past { addressee, not_counted: BTreeSet::from([*version]) };
                assignment.past.insert(*question, past);
            }
        }
        Event::AnswerRetracted { question, version, retraction } => {
            take_back(&mut assignment, *question, *version, retraction, at);
        }
        Event::TelephoneAnswerRecorded { item, question, number, call, answer, by } => {
            let followed = assignment.strand(*question).map_or(0, Strand::latest_version);
            let given = Given { version: followed, at, answer: Arc::new((**answer).clone()) };
            let noted = Telephoned { number: *number, call: call.clone(), given, by: by.clone(), confirmed: None };
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.note(*question, noted);
            }
            assignment.changed_at(*item, at);
        }
        Event::TelephoneAnswerConfirmed { item, question, number, by } => {
            if let Some(track) = assignment.tracks.get_mut(item) {
                track.confirm(*question, *number, Confirmation { by: by.clone(), at });
            }
            assignment.changed_at(*item, at);
        }
        Event::Troubled { errand, trouble } => match errand {
            Errand::Ask { item, question } => {
                let track = assignment.tracks.get_mut(item);
                if let Some(strand) = track.and_then(|track| track.strand_mut(Some(*question))) {
                    strand.trouble = Some(*trouble);
                }
                assignment.changed_at(*item, at);
            }
            other => {
                assignment.troubles.insert((*other, *trouble));
            }
        },
        Event::Recovered { errand } => assignment.troubles.retain(|(troubled, _)| troubled != errand),
        Event::Retried { item, question } => {
            travel(&mut assignment, *item, Some(*question), Transport::Queued, at);
        }
        Event::SignalRaised(signal) => assignment.signals.push((**signal).clone()),
        Event::DecisionHeard(notice) => assignment.decisions.push(notice.clone()),
        Event::Withdrawn => assignment.withdrawn = true,
        Event::Recalled => {
            let items: Vec<Item> = assignment.required().map(|(item, _)| item).collect();
            items.into_iter().for_each(|item| close_off(&mut assignment, item, at));
            (assignment.withdrawn, assignment.recalled) = (true, true);
        }
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
        draft: None,
        drafts: 0,
        handler: None,
        troubles: BTreeSet::new(),
        signals: Vec::new(),
        decisions: Vec::new(),
        withdrawn: false,
        recalled: false,
        closed_off: Vec::new(),
        revision: 1,
    }))
}

/// How far a question travels, and what is not finished, is no reason for a person to read the assignment again.
fn moves_a_person(event: &Event) -> bool {
    !matches!(
        event,
        Event::QuestionDelivered { .. }
            | Event::QuestionTakenUp { .. }
            | Event::Troubled { .. }
            | Event::Recovered { .. }
            | Event::NotCounted { .. }
            | Event::DraftSaved { .. }
    )
}

/// Whoever acts as adviser handles the assignment.
fn handle(assignment: &mut Assignment, by: &Actor, at: Timestamp) {
    if assignment.handler.as_ref().is_none_or(|handler| handler.by != *by) {
        assignment.handler = Some(Handler { by: by.clone(), since: at });
    }
}

fn travel(
    assignment: &mut Assignment,
    item: Item,
    question: Option<QuestionName>,
    transport: Transport,
    at: Timestamp,
) {
    if let Some(strand) = assignment.tracks.get_mut(&item).and_then(|track| track.strand_mut(question)) {
        strand.travel(transport);
    }
    assignment.changed_at(item, at);
}

fn receive(assignment: &mut Assignment, item: Item, version: u32, content: Content, at: Timestamp) {
    if let Some(track) = assignment.tracks.get_mut(&item) {
        track.insert(Version { version, at, content });
    }
    assignment.changed_at(item, at);
}

/// What was asked and is not needed any more is read no more (A36).
fn close_off(assignment: &mut Assignment, item: Item, at: Timestamp) {
    let Some(track) = assignment.tracks.get(&item) else { return };
    let searched = track.versions.iter().filter(|version| version.version > track.before).map(|version| version.at);
    let asked = track.running().map(|strand| strand.asked_at).chain(searched).min();
    if let Some(asked_at) = asked {
        let up_to = track.versions.last().map_or(0, |version| version.version);
        let questions = track.strands.len();
        let (excess, answered) = (Excess { item, asked_at }, track.latest().is_some());
        assignment.closed_off.push(ClosedOff { excess, up_to, questions, answered, at });
    }
}

fn take_back(
    assignment: &mut Assignment,
    question: QuestionName,
    version: u32,
    retraction: &Retraction,
    at: Timestamp,
) {
    let Some((item, _)) = assignment.asked(question) else { return };
    if let Some(track) = assignment.tracks.get_mut(&item) {
        track.take_back(question, TakenBack { version, at, retraction: retraction.clone() });
    }
    assignment.changed_at(item, at);
}

fn next_version(assignment: &Assignment, item: Item) -> u32 {
    let last = assignment.tracks.get(&item).and_then(|track| track.versions.last());
    last.map_or(1, |version| version.version + 1)
}
