//! What is signed anew is what was signed (invariant 4).

use super::super::ledger;
use super::super::world::World;
use super::happened_at_leads;
use crate::advice::{Advice, Content};
use crate::assignment::Event;

/// Invariant 4. An advice that confirms another says the same over what is newer, and that other stood; nothing on which
/// it rests was taken back, and of a new brief it is told that it has no effect (D24).
pub(super) fn what_is_signed_anew_is_the_same(world: &World) -> Option<String> {
    happened_at_leads(world).find(|event| matches!(event, Event::AdviceSigned { .. }))?;
    world.leads.values().find_map(|office| {
        let events = office.events();
        events.iter().enumerate().find_map(|(index, event)| match event {
            Event::AdviceSigned { advice } => wrong(&events[..index], advice),
            _ => None,
        })
    })
}

fn wrong(before: &[&Event], advice: &Advice) -> Option<String> {
    let confirmed = advice.reaffirms?;
    let standing = before.iter().rev().find_map(|event| match event {
        Event::AdviceSigned { advice } => Some(Some(advice)),
        Event::AdviceWithdrawn(_) => Some(None),
        _ => None,
    });
    let Some(standing) = standing.flatten().filter(|standing| standing.version == confirmed) else {
        return Some(format!("advice {confirmed} was confirmed, and does not stand"));
    };
    let judgement_version = advice.content.judgement_version;
    let same = Content { judgement_version, ..standing.content.clone() } == advice.content;
    let new_brief = standing.assignment_version != advice.assignment_version;
    let newer = standing.rests_on != advice.rests_on || new_brief;
    let told = advice.brief_has_no_effect.is_some() == new_brief;
    let taken_back = before.iter().any(|event| match event {
        Event::AnswerRetracted { question, retraction, .. } => {
            let version = ledger::came_of(before, *question, retraction.of);
            version.is_some_and(|(item, version)| standing.rests_on.get(&item) == Some(&version))
        }
        _ => false,
    });
    let holds = same && newer && told && !taken_back;
    let how = format!("the same {same}, newer {newer}, told {told}, taken back {taken_back}");
    (!holds).then(|| format!("advice {} confirms {confirmed}: {how}", advice.version))
}
