//! What the journals of the sources tell of every question.

use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use zsm::answer::{Answer, Identifier};
use zsm::assignment::Event as AtLead;
use zsm::enquiry::{Errand, Event};
use zsm::name::QuestionName;
use zsm::outcome::Outcome;
use zsm::question::Question;
use zsm::telephone::Note;
use zsm::{Actor, Item, Kind, Role};

use super::Faults;
use super::reading::{Reading, speaks_of};
use super::record::{Record, Stream};
use super::scope::has_come_of_age;

/// How old a register may be to say by itself that someone is not known.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// An answer that was given.
pub(super) struct Given<'a> {
    pub(super) version: u32,
    pub(super) answer: &'a Answer,
    pub(super) by: Option<&'a Actor>,
    at: i64,
}

pub(super) fn check(record: &Record, faults: &mut Faults) {
    let mut asked = BTreeSet::new();
    for (kind, streams) in &record.questions {
        for (name, stream) in streams {
            let [Event::Received { question }, rest @ ..] = stream.events.as_slice() else {
                faults.must(false, name, || "does not begin with its arrival".into());
                continue;
            };
            let once = rest.iter().all(|event| !matches!(event, Event::Received { .. }));
            faults.must(once, name, || "arrived twice".into());
            let new = asked.insert((question.assignment, question.item, question.round));
            faults.must(new, name, || "was asked before under another name".into());
            check_asked(record, *kind, question, faults);
            check_answers(*kind, question, stream, faults);
            check_notes(record, question, stream, faults);
        }
    }
}

/// Invariants 6 and 12: the lead asked this very question, of this office, about someone of the age it is about.
fn check_asked(record: &Record, kind: Kind, question: &Question, faults: &mut Faults) {
    let name = question.name.to_string();
    let lead = record.assignment(&question.assignment.to_string());
    let asked = lead.is_some_and(|(lead, stream)| {
        lead == question.asked_by.kind && Reading::of(&stream.events).asked.get(&question.name) == Some(&question)
    });
    faults.must(asked, &name, || "was asked by no lead".into());
    faults.must(question.addressee.kind == kind && question.item.source() == Some(kind), &name, || {
        format!("is not for {}", kind.slug())
    });
    for subject in &question.subjects {
        let of_age = has_come_of_age(subject.identity.reveal().unwrap().birth, question.asked_on);
        let needless = question.item == Item::Kindcheck && of_age || question.item == Item::Oudercheck && !of_age;
        faults.must(!needless, &name, || format!("asks {} about {}", question.item, subject.person));
    }
}

/// Invariants 2, 4, 8 and 12: versions count from one; each speaks of everyone who was asked about; "not known" is
/// earned; only this office speaks.
fn check_answers(kind: Kind, question: &Question, stream: &Stream<Event>, faults: &mut Faults) {
    let name = question.name.to_string();
    let about: Vec<u32> = question.answer_about();
    for (place, version) in (1..).zip(stream.events.iter().filter_map(version)) {
        faults.must(version == place, &name, || format!("answer {version} stands where {place} should"));
    }
    for given in answers(stream) {
        let version = given.version;
        faults.must(speaks_of(given.answer, &about), &name, || format!("answer {version} is not about who was asked"));
        match given.by {
            Some(by) => {
                let own = by.role == Role::Balie && by.organisation == question.addressee;
                faults.must(own, &name, || format!("answer {version} is by {by:?}"));
            }
            None => {
                let earned = is_earned(kind, question, &given);
                faults.must(earned, &name, || format!("answer {version} says by itself that someone is not known"));
            }
        }
    }
    let after = stream.events.iter().skip_while(|event| **event != Event::Withdrawn).skip(1);
    let silent = after.into_iter().all(|event| !matches!(event, Event::Answered { .. } | Event::TakenUp { .. }));
    faults.must(silent, &name, || "was worked on after it was withdrawn".into());
}

/// Invariants 2, 5 and 8: what this office was told of a call was noted at the lead; what its desk confirmed of it became
/// its own answer, word for word.
fn check_notes(record: &Record, question: &Question, stream: &Stream<Event>, faults: &mut Faults) {
    let name = question.name.to_string();
    let lead = record.assignment(&question.assignment.to_string());
    let at_lead = lead.map(|(_, lead)| lead.events.as_slice()).unwrap_or_default();
    let mut told = BTreeMap::new();
    for (place, event) in stream.events.iter().enumerate() {
        match event {
            Event::TelephoneAnswerNoted { note } => {
                let noted = at_lead.iter().any(|event| is_noted(event, question.name, note));
                faults.must(noted, &name, || format!("telephone answer {} was noted by no adviser", note.number));
                faults.must(told.insert(note.number, note).is_none(), &name, || format!("{} came twice", note.number));
            }
            Event::TelephoneAnswerConfirmed { number, by } => {
                let same = match (told.get(number), stream.events.get(place + 1)) {
                    (Some(note), Some(Event::Answered { answer, by: Some(own), .. })) => {
                        own == by && with_the_search_of(&note.answer, answer) == **answer
                    }
                    _ => false,
                };
                faults.must(same, &name, || format!("telephone answer {number} became another answer"));
            }
            _ => {}
        }
    }
}

fn is_noted(event: &AtLead, of: QuestionName, note: &Note) -> bool {
    match event {
        AtLead::TelephoneAnswerRecorded { question, number, call, answer, .. } => {
            (*question, *number) == (of, note.number)
                && *call == note.call
                && with_the_search_of(answer, &note.answer) == *note.answer
        }
        _ => false,
    }
}

/// An answer as if the same official had searched as for another.
fn with_the_search_of(answer: &Answer, other: &Answer) -> Answer {
    let mut answer = answer.clone();
    answer.searched.by.clone_from(&other.searched.by);
    answer
}

/// A register says "not known" by itself on exact numbers only, while it is fresh, and never at Veilig Thuis in HG/KM.
fn is_earned(kind: Kind, question: &Question, given: &Given<'_>) -> bool {
    let searched = &given.answer.searched;
    let silent = given.answer.outcomes.iter().all(|one| one.outcome != Outcome::NotKnown);
    let at = Timestamp::from_microsecond(given.at).unwrap();
    let fresh = at.duration_since(searched.as_of) <= FRESH && searched.as_of <= at;
    let exact = searched.identifiers == BTreeSet::from([Identifier::Bsn])
        && question.subjects.iter().all(|subject| subject.identity.reveal().is_some_and(|one| one.bsn.is_some()));
    silent || fresh && exact && !(kind == Kind::VeiligThuis && question.hg_km)
}

/// The version of an answer, or of word that one was taken back.
fn version(event: &Event) -> Option<u32> {
    match event {
        Event::Answered { version, .. } | Event::Retracted { version, .. } => Some(*version),
        _ => None,
    }
}

/// Every answer of a question, in the order given.
pub(super) fn answers(stream: &Stream<Event>) -> impl Iterator<Item = Given<'_>> {
    stream.events.iter().zip(&stream.at).filter_map(|(event, at)| match event {
        Event::Answered { version, answer, by, .. } => {
            Some(Given { version: *version, answer, by: by.as_ref(), at: *at })
        }
        _ => None,
    })
}

pub(super) fn is_withdrawn(stream: &Stream<Event>) -> bool {
    stream.events.contains(&Event::Withdrawn)
}

/// Whether an answer is still to be brought to the lead.
pub(super) fn delivers(record: &Record, question: QuestionName, version: u32) -> bool {
    record.still_to(&question.to_string(), |one: &Errand| *one == Errand::Deliver { version })
}
