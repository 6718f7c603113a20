//! News from the sources. Never refused for being late: it is recorded, and counts only in the current round (E1, D19).

use super::further;
use super::readdress::readdressed;
use crate::answer::Answer;
use crate::assignment::{Assignment, Errand, Event, Reply, Strand, Track, Transport};
use crate::date;
use crate::fault::{Faults, Problem};
use crate::item::Trouble;
use crate::name::QuestionName;
use crate::organisation::{Actor, Organisation};
use crate::refusal::{Forbidden, Refusal};
use jiff::Timestamp;

/// Highest version of an answer: versions of all rounds are counted on.
pub(super) const VERSION_LIMIT: u32 = 1_000_000;

pub(super) fn received(assignment: &Assignment, question: QuestionName, by: &Actor) -> Result<Vec<Event>, Refusal> {
    asked_of(assignment, question, by)?;
    Ok(pending(assignment, question))
}

/// The source has the question, perhaps with an answer. The withdrawal of a question may have overtaken it on its way,
/// and found nothing there to withdraw: it is told once more (A36, D25).
pub(super) fn replied(
    assignment: &Assignment,
    question: QuestionName,
    reply: Reply,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let Reply::Answered(version, given) = reply else {
        let past = assignment.past.get(&question);
        let withdrawn = past.map(|past| Event::QuestionWithdrawn { question, addressee: past.addressee.clone() });
        return Ok(pending(assignment, question).into_iter().chain(withdrawn).collect());
    };
    answer(assignment, question, version, given, None, at)
}

/// The source has the question.
fn pending(assignment: &Assignment, question: QuestionName) -> Vec<Event> {
    let Some(item) = assignment.item_of(question) else { return Vec::new() };
    let travelled = assignment.strand(question).map(|strand| (strand.transport, strand.trouble.is_some()));
    match travelled {
        Some((Transport::Queued, _) | (_, true)) => {
            vec![Event::QuestionDelivered { item, question: Some(question) }]
        }
        _ => Vec::new(),
    }
}

pub(super) fn taken_up(
    assignment: &Assignment,
    question: QuestionName,
    sequence: u64,
    by: &Actor,
) -> Result<Vec<Event>, Refusal> {
    asked_of(assignment, question, by)?;
    let Some(item) = assignment.item_of(question) else { return Ok(Vec::new()) };
    let new = assignment.strand(question).is_some_and(|strand| strand.transport < Transport::TakenUp);
    Ok(if new { vec![Event::QuestionTakenUp { item, question: Some(question), sequence }] } else { Vec::new() })
}

/// A call failed for good. That of an ask of an earlier round is void: nobody waits for it any more.
pub(super) fn trouble(assignment: &Assignment, errand: Errand, trouble: Trouble) -> Vec<Event> {
    let news = match errand {
        Errand::Ask { item, question } => {
            let strand = assignment.strand(question).filter(|_| assignment.item_of(question) == Some(item));
            strand.is_some_and(|strand| strand.trouble != Some(trouble))
        }
        other => !assignment.troubles.contains(&(other, trouble)),
    };
    if news { vec![Event::Troubled { errand, trouble }] } else { Vec::new() }
}

/// An answer, delivered by the source, or in its reply to the ask (`by` is then nobody).
pub(super) fn answer(
    assignment: &Assignment,
    question: QuestionName,
    version: u32,
    answer: Box<Answer>,
    by: Option<&Actor>,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if let Some(by) = by {
        asked_of(assignment, question, by)?;
    }
    let current = assignment.item_of(question).filter(|_| !assignment.withdrawn);
    let Some((item, strand)) = current.and_then(|item| Some((item, assignment.strand(question)?))) else {
        let past = assignment.past.get(&question);
        if past.is_some_and(|past| past.not_counted.contains(&version)) {
            return Ok(Vec::new());
        }
        // Whoever answers a question that was withdrawn may not have heard so.
        let withdrawn = past.map(|past| Event::QuestionWithdrawn { question, addressee: past.addressee.clone() });
        return Ok([Event::NotCounted { question, version, answer }].into_iter().chain(withdrawn).collect());
    };
    if let Some(known) = strand.answer_at(version) {
        // The same again is no news; the same number with another content is a fault of the sender (E4).
        let same = *known == *answer;
        return if same { Ok(Vec::new()) } else { Err(Faults::one("version", Problem::Duplicate).into()) };
    }
    let mut faults = answer.faults(&strand.question, "answer", date::elsewhere(at));
    faults.require(strand.retraction_at(version).is_none(), "version", Problem::Duplicate);
    faults.require(version > 0, "version", Problem::NoSuchVersion);
    faults.require(version <= VERSION_LIMIT, "version", Problem::Form);
    faults.or(())?;
    let named = further::named(assignment, &strand.question.addressee, &format!("{question}/{version}"), &answer, at);
    // What was overtaken on its way changes nothing any more.
    let latest = version > strand.latest_version();
    let elsewhere = if latest { readdressed(assignment, item, strand, &answer) } else { Vec::new() };
    let again = missed(strand, version).then_some(Event::Retried { item, question });
    let mut events = vec![Event::Answered { item, question: Some(question), version, answer }];
    events.extend(named);
    events.extend(elsewhere);
    events.extend(again);
    Ok(events)
}

/// Whether the first answer may have gone lost with the reply to an ask that was given up: what the register answers
/// travels in no other way (D21).
fn missed(strand: &Strand, version: u32) -> bool {
    strand.undelivered().is_some() && version > 1
}

/// Only the asked organisation and region speaks (D19).
pub(super) fn asked_of(assignment: &Assignment, question: QuestionName, by: &Actor) -> Result<(), Refusal> {
    let addressee = addressee(assignment, question).ok_or_else(|| not_asked(assignment, by))?;
    if by.is_of(addressee) { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

fn addressee(assignment: &Assignment, question: QuestionName) -> Option<&Organisation> {
    let running = assignment.tracks.values().find_map(|track| track.strand(question));
    let running = running.map(|strand| &strand.question.addressee);
    running.or_else(|| assignment.past.get(&question).map(|past| &past.addressee))
}

/// Someone who was never asked anything here learns nothing; an asked organisation hears that this is not its question.
fn not_asked(assignment: &Assignment, by: &Actor) -> Refusal {
    let mut asked = assignment.tracks.values().flat_map(Track::running);
    let is_source = asked.any(|strand| by.is_of(&strand.question.addressee));
    if is_source { Refusal::NotFound } else { Forbidden::Organisation.into() }
}
