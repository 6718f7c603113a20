//! Every piece of news lands, once, and is taken (invariants 5 and 13).

use super::super::office::Office;
use super::super::world::World;
use crate::assignment::Event as Lead;
use crate::case::{End, Event as Om};
use crate::enquiry::Given;
use crate::name::QuestionName;
use crate::organisation::Role;
use crate::testing::{creation, of};
use std::collections::BTreeSet;

/// Invariant 5. No news counts twice: an advice is received once.
pub(super) fn no_advice_counts_twice(world: &World) -> Option<String> {
    let mut seen = BTreeSet::new();
    world.om.events().into_iter().find_map(|event| match event {
        Om::AdviceReceived { advice } => {
            (!seen.insert(advice.version)).then(|| format!("advice {} counts twice", advice.version))
        }
        // Advices of another assignment count from one again.
        Om::AssignmentEnded { .. } => {
            seen.clear();
            None
        }
        _ => None,
    })
}

/// Invariant 5. What a lead told before counts no more once OM heard something later.
pub(super) fn no_report_replaces_a_later_one(world: &World) -> Option<String> {
    let mut heard = 0;
    world.om.events().into_iter().find_map(|event| match event {
        Om::Progressed { snapshot } if snapshot.sequence <= heard => {
            Some(format!("report {} counts, after {heard}", snapshot.sequence))
        }
        Om::Progressed { snapshot } => {
            heard = snapshot.sequence;
            None
        }
        Om::AssignmentEnded { .. } => {
            heard = 0;
            None
        }
        _ => None,
    })
}

/// Invariant 5. Every answer that a desk gave is known at the lead: it counts, or is recorded as one that does not. What
/// the register gave travels in the reply to the ask alone: it is known while the question is wanted and gets through.
pub(super) fn every_answer_landed(world: &World) -> Option<String> {
    world.desks.iter().find_map(|(name, desk)| {
        let enquiry = desk.body()?;
        let lead = world.leads.get(&enquiry.question.assignment)?;
        let arrived = |version| lead.events().into_iter().any(|event| landed(event, *name, version));
        let strand = lead.body().filter(|one| !one.withdrawn).and_then(|one| one.strand(*name));
        let wanted = strand.is_some_and(|strand| strand.open_trouble().is_none() && strand.latest_version() == 0);
        let lost = |given: &&Given| {
            let waited_for = given.by.is_some() || wanted;
            !arrived(given.version) && waited_for && !enquiry.is_retracted(given.version)
        };
        if let Some(lost) = enquiry.retractions.iter().find(|one| !arrived(one.version)) {
            return Some(format!("retraction {} of the {} never landed", lost.version, enquiry.question.item));
        }
        let lost = enquiry.answers.iter().find(lost)?;
        Some(format!("answer {} of the {} never landed", lost.version, enquiry.question.item))
    })
}

/// Invariant 5. What a lead noted of a call is known at the office that was phoned, once that has the question, and
/// the question is still wanted.
pub(super) fn every_note_landed(world: &World) -> Option<String> {
    world.leads.values().filter_map(Office::body).filter(|lead| !lead.withdrawn).find_map(|lead| {
        let strands = lead.required().flat_map(|(_, track)| track.running());
        let notes = strands.flat_map(|strand| strand.telephoned.iter().map(move |one| (strand, one.number)));
        let mut wanted = notes.filter_map(|(strand, number)| Some((strand.question.name, strand.note(number)?)));
        let lost = wanted.find(|(question, note)| {
            let desk = world.desks.get(question).and_then(Office::body);
            desk.is_some_and(|desk| desk.telephoned(note.number).is_none_or(|told| told.note != *note))
        });
        lost.map(|(_, note)| format!("telephone answer {} never landed", note.number))
    })
}

fn landed(event: &Lead, of: QuestionName, at: u32) -> bool {
    match event {
        Lead::Answered { question: Some(question), version, .. }
        | Lead::NotCounted { question, version, .. }
        | Lead::AnswerRetracted { question, version, .. } => *question == of && *version == at,
        _ => false,
    }
}

/// Invariant 5. Whoever must hear of the decision that stands heard of it: the lead, and every Veilig Thuis that was asked
/// (D34).
pub(super) fn the_decision_was_told(world: &World) -> Option<String> {
    let Some(End::Decided(decision)) = &world.case().end else { return None };
    let lead = world.assignment()?;
    if lead.decision() != Some(&decision.for_lead()) {
        return Some("the lead does not know of the decision".into());
    }
    let heard = |question: &QuestionName| world.desks.get(question)?.body()?.decision();
    let told = decision.heard_at().all(|question| heard(&question) == Some(&decision.for_source()));
    (!told).then(|| "a Veilig Thuis does not know of the decision".into())
}

/// Invariant 13. The reply to a brief may have been lost: brought again, it is taken again.
pub(super) fn a_brief_says_the_same_however_often_it_is_brought(world: &World) -> Option<String> {
    let case = world.case();
    let lead = world.lead().filter(|lead| !world.has_ended() && lead.body().is_some())?;
    let refusal = lead.refusal(creation(case), &of(&case.principal(), Role::Dienst), world.now)?;
    Some(format!("the brief is refused: {refusal:?}"))
}

/// Invariant 5. A decision that no longer stands is read nowhere as one that does (D34).
pub(super) fn no_other_decision_is_read(world: &World) -> Option<String> {
    let stands = world.case().decision().map(|decision| decision.at);
    let at_leads = world.leads.values().filter_map(|lead| lead.body()?.decision());
    let at_desks = world.desks.values().filter_map(|desk| desk.body()?.decision());
    let lapsed = at_leads.chain(at_desks).any(|notice| Some(notice.at) != stands);
    lapsed.then(|| "an office reads a decision that no longer stands".into())
}
