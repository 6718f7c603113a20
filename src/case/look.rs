//! What the last look before the decision is about: the advice at the lead, and every answer at its source (D28).

use super::{Alert, Case, Event};
use crate::gate::{Complete, Incomplete, Open, Reason, Subject};
use crate::item::Item;
use crate::look::{Finding, Matter};
use jiff::Timestamp;

/// What has to be confirmed once the gate is passed.
///
/// # Errors
/// The items of which the lead did not say which question they rest on: so nobody can be asked about them.
pub(super) fn matters(case: &Case, complete: &Complete) -> Result<Vec<Matter>, Incomplete> {
    let (Some(assigned), Some(told)) = (&case.assignment, &case.progress) else { return Ok(Vec::new()) };
    let advice = Matter::Advice {
        assignment: assigned.name,
        lead: assigned.lead.clone(),
        version: complete.advice_version(),
        assignment_version: assigned.version,
    };
    let asked = |item: Item| told.questions.iter().any(|enquired| enquired.item == item);
    let unsaid = complete.rests_on().keys().filter(|item| item.source().is_some() && !asked(**item));
    let unsaid = unsaid.map(|item| Open { subject: Subject::Item(*item), reason: Reason::NotProcessed });
    Incomplete::unless_empty(unsaid.collect())?;
    let answers = told.questions.iter().cloned().map(Matter::Answer);
    Ok(answers.chain([advice]).collect())
}

/// An office that was phoned for the decision says how it is. What is no longer so is news after the decision, unless
/// somebody must look at that already; which version is the new one, the lead will tell.
pub(super) fn looked_again(case: &Case, matter: Matter, finding: Finding, at: Timestamp) -> Vec<Event> {
    let phoned = |decision: &crate::decision::Decision| {
        decision.look.iter().any(|seen| seen.phoned.is_some() && seen.matter == matter)
    };
    if !case.decision().is_some_and(phoned) || case.looked_again.contains_key(&matter) {
        return Vec::new();
    }
    let subject = matter.subject();
    let looked_at = case.latest_unanswered().any(|alert| alert.subject == subject);
    let news = finding != Finding::Current && !looked_at;
    let news = news.then_some(Event::AlertRaised(Alert { subject, version: 0, at }));
    [Event::LookedAgain { matter, finding }].into_iter().chain(news).collect()
}
