//! A source takes an answer back. Never refused for being late: what is about someone else is closed off whenever that
//! turns out, also for a closed question and after the end (D12, D21).

use super::news::{VERSION_LIMIT, asked_of};
use super::readdress::called_off;
use crate::assignment::{Assignment, Event, Strand};
use crate::fault::{Faults, Problem};
use crate::name::QuestionName;
use crate::organisation::Actor;
use crate::refusal::Refusal;
use crate::retraction::Retraction;

pub(super) fn retraction(
    assignment: &Assignment,
    question: QuestionName,
    version: u32,
    retraction: Retraction,
    by: &Actor,
) -> Result<Vec<Event>, Refusal> {
    asked_of(assignment, question, by)?;
    let (_, strand) = assignment.asked(question).ok_or(Refusal::NotFound)?;
    if let Some(known) = strand.retraction_at(version) {
        // The same again is no news; the same number with another content is a fault of the sender (E4).
        return if *known == retraction {
            Ok(Vec::new())
        } else {
            Err(Faults::one("version", Problem::Duplicate).into())
        };
    }
    let mut faults = retraction.faults(version, "retraction");
    faults.require(strand.answer_at(version).is_none(), "version", Problem::Duplicate);
    faults.require(version <= VERSION_LIMIT, "version", Problem::Form);
    faults.or(())?;
    // Whoever works on a question that was withdrawn may not have heard so.
    let past = assignment.past.get(&question);
    let withdrawn = past.map(|past| Event::QuestionWithdrawn { question, addressee: past.addressee.clone() });
    let retracted = Event::AnswerRetracted { question, version, retraction };
    let needless = needless(assignment, strand, version);
    Ok([retracted].into_iter().chain(withdrawn).chain(needless).collect())
}

/// What was asked elsewhere only because of the answer that stood until now (D32).
fn needless(assignment: &Assignment, strand: &Strand, version: u32) -> Vec<Event> {
    let item = assignment.item_of(strand.question.name).filter(|_| !assignment.withdrawn);
    let latest = version > strand.latest_version();
    let track = item.filter(|_| latest).and_then(|item| Some((item, assignment.tracks.get(&item)?)));
    track.map(|(item, track)| called_off(track, item, strand, None)).unwrap_or_default()
}
