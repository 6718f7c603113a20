//! An adviser needs his own further question no more (D7): asked of the wrong partner, or nobody will ever answer it.
//!
//! Only what he added himself, and while it is not answered: an answer is weighed, and never let go of.

use super::brief::withdrawn;
use crate::assignment::{Assignment, Dismissal, Event, Strand, Track};
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use crate::refusal::{NotNow, Refusal};

pub(super) fn let_go(
    assignment: &Assignment,
    question: QuestionName,
    reason: Sensitive<String>,
    by: &Actor,
) -> Result<Vec<Event>, Refusal> {
    let asked = assignment.asked(question);
    let mut faults = Faults::new();
    faults.require(asked.is_some(), "question", Problem::Unknown);
    let own = asked.is_none_or(|(_, strand)| is_own(assignment, strand));
    faults.require(own, "question", Problem::NotAskedFurther);
    faults.require(!reason.text().trim().is_empty(), "reason", Problem::Missing);
    faults.or(())?;
    let (item, strand) = asked.ok_or(Refusal::NotFound)?;
    if strand.dismissed.is_some() {
        return Ok(Vec::new());
    }
    let track = assignment.tracks.get(&item).filter(|track| !track.dropped && !strand.closed);
    let track = track.ok_or(NotNow::Withdrawn)?;
    if is_to_be_weighed(track, strand) {
        return Err(NotNow::Answered.into());
    }
    let dismissal = Dismissal { reason, by: by.clone() };
    Ok(without(assignment, item, track, strand, dismissal))
}

/// It is answered, or something is known already of the answer in part.
fn is_to_be_weighed(track: &Track, strand: &Strand) -> bool {
    let told =
        strand.latest().is_some_and(|given| given.answer.outcomes.iter().any(|one| one.outcome.substance().is_some()));
    told || track.is_answered(strand)
}

/// Not one that is required, nor one that goes with another question that runs.
fn is_own(assignment: &Assignment, strand: &Strand) -> bool {
    let goes_with_another = strand.sent_on_from().is_some_and(|origin| assignment.strand(origin).is_some());
    strand.question.text.is_some() && !goes_with_another
}

/// What was sent on from it goes with it, as far as that is not answered. Of an item that is not required nothing is left
/// then.
fn without(assignment: &Assignment, item: Item, track: &Track, strand: &Strand, dismissal: Dismissal) -> Vec<Event> {
    let mut gone = vec![strand];
    // A question is sent on after it was asked.
    for other in track.running().filter(|other| !is_to_be_weighed(track, other)) {
        if gone.iter().any(|one| other.sent_on_from() == Some(one.question.name)) {
            gone.push(other);
        }
    }
    let required = assignment.brief.as_ref().is_some_and(|brief| brief.required.of(item).is_some());
    let nothing_left = !required && gone.len() == track.running().count();
    let let_go = |one: &&Strand| {
        let dismissal = (one.question.name == strand.question.name).then(|| dismissal.clone());
        [withdrawn(&one.question), Event::LetGo { item, question: one.question.name, dismissal }]
    };
    let mut events: Vec<Event> = gone.iter().flat_map(let_go).collect();
    events.extend(nothing_left.then_some(Event::Dropped { item }));
    events
}
