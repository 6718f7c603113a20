//! Every piece of news lands, once (invariant 5).

use super::super::ledger;
use super::super::world::World;
use crate::assignment::Event as Lead;
use crate::case::{Alert, End, Event as Om};
use crate::enquiry::Given;
use crate::gate::Subject;
use crate::name::QuestionName;
use std::collections::BTreeSet;

/// Invariant 5. No news counts twice.
pub(super) fn nothing_counts_twice(world: &World) -> Option<String> {
    let mut seen = BTreeSet::new();
    let twice = world.om.events().into_iter().find_map(|event| match event {
        Om::AdviceReceived { advice } => (!seen.insert(advice.version)).then(|| format!("advice {}", advice.version)),
        // Advices of another assignment count from one again.
        Om::AssignmentEnded { .. } => {
            seen.clear();
            None
        }
        _ => None,
    });
    let alerts = world.case().latest_alerts();
    let same = |one: &Alert| alerts.iter().filter(|it| (it.subject, it.version) == (one.subject, one.version)).count();
    let alert = alerts.iter().find(|alert| match alert.subject {
        // Signed, and taken back.
        Subject::Advice => same(alert) > 2,
        // As many persons may be other persons.
        Subject::Household => false,
        _ => same(alert) > 1,
    });
    twice
        .or(alert.map(|alert| format!("the alert about {:?}", alert.subject)))
        .map(|what| format!("{what} counts twice"))
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

fn landed(event: &Lead, of: QuestionName, at: u32) -> bool {
    match event {
        Lead::Answered { question: Some(question), version, .. }
        | Lead::NotCounted { question, version, .. }
        | Lead::AnswerRetracted { question, version, .. } => *question == of && *version == at,
        _ => false,
    }
}

/// Invariant 5. After the decision news is an alert (A14).
pub(super) fn news_after_the_decision_is_an_alert(world: &World) -> Option<String> {
    let Some(End::Decided(decision)) = &world.case().end else { return None };
    let told = |subject| world.case().latest_alerts().iter().any(|alert| alert.subject == subject);
    let latest = ledger::latest(&ledger::told(world));
    let news =
        latest.iter().find(|(item, version)| decision.rests_on.get(*item).is_some_and(|rested| rested != *version));
    let (item, version) = news.filter(|(item, _)| !told(Subject::Item(**item)))?;
    Some(format!("version {version} of the {item} came after the decision, and nobody hears of it"))
}
