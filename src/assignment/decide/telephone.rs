//! What a source says by telephone when it cannot answer otherwise (A16, D20). One adviser notes it, another confirms it;
//! it holds until the source says anything itself.

use super::further;
use super::readdress::readdressed;
use crate::answer::Answer;
use crate::assignment::{Assignment, Event, Given, Strand};
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::Actor;
use crate::refusal::{NotNow, Refusal};
use crate::telephone::Call;
use jiff::Timestamp;

/// The same outcomes as in any answer. In the place of a whole answer of the source itself it cannot come.
pub(super) fn record(
    assignment: &Assignment,
    question: QuestionName,
    call: Call,
    mut answer: Answer,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (item, strand) = running(assignment, question)?;
    let is_whole = |given: &Given| !given.answer.awaits_more();
    if strand.latest_of_source().is_some_and(is_whole) {
        return Err(NotNow::Overtaken.into());
    }
    answer.searched.by.clone_from(&by.person);
    answer.as_agreed_for(&strand.question);
    let mut faults = answer.faults(&strand.question, "answer", at);
    faults.merge(answer.faults_of_expectation("answer", at));
    faults.merge(call.faults("call", at));
    faults.require(call.at >= earliest(strand), "call.at", Problem::OutOfOrder);
    faults.or(())?;
    let number = strand.telephoned.last().map_or(1, |last| last.number.saturating_add(1));
    let answer = Box::new(answer);
    Ok(vec![Event::TelephoneAnswerRecorded { item, question, number, call, answer, by: by.clone() }])
}

/// By another than who noted it, and while nothing newer came: also no later call that nobody confirmed yet.
pub(super) fn confirm(
    assignment: &Assignment,
    question: QuestionName,
    number: u32,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (item, strand) = running(assignment, question)?;
    let noted = strand.telephoned.iter().find(|one| one.number == number);
    let noted = noted.ok_or_else(|| Faults::one("number", Problem::NoSuchVersion))?;
    if noted.by.person == by.person {
        return Err(NotNow::SecondPerson.into());
    }
    if noted.confirmed.is_some() {
        return Ok(Vec::new());
    }
    let last = strand.telephoned.last().is_none_or(|last| last.number == number);
    if !last || strand.has_overtaken(noted) {
        return Err(NotNow::Overtaken.into());
    }
    let (answer, source) = (&noted.given.answer, format!("{question}/telephone/{number}"));
    let mut events = vec![Event::TelephoneAnswerConfirmed { item, question, number, by: by.clone() }];
    events.extend(further::named(assignment, &strand.question.addressee, &source, answer, at));
    events.extend(readdressed(assignment, item, strand, answer));
    Ok(events)
}

/// A call says nothing about what is newer: it was made after the question was put, after what the source said itself, and
/// after every call that was noted.
fn earliest(strand: &Strand) -> Timestamp {
    let calls = strand.telephoned.iter().map(|one| one.call.at);
    calls.chain(strand.latest_version_at()).fold(strand.asked_at, Timestamp::max)
}

/// A question that runs.
fn running(assignment: &Assignment, question: QuestionName) -> Result<(Item, &Strand), Refusal> {
    assignment.asked(question).ok_or(Refusal::NotFound)?;
    let running = assignment.item_of(question).zip(assignment.strand(question));
    running.ok_or_else(|| NotNow::Withdrawn.into())
}
