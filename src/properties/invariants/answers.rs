//! What counts as an answer was given, and stays (invariants 2 and 4).

use super::super::ledger;
use super::super::world::World;
use super::happened_at_leads;
use crate::answer::Answer;
use crate::assignment::{self, Event};
use crate::item::Item;
use crate::name::QuestionName;
use std::collections::BTreeMap;

/// Invariant 2. Silence is never an answer: what counts as one was given, word for word, at its source.
pub(super) fn an_answer_was_given_by_its_source(world: &World) -> Option<String> {
    let answers = happened_at_leads(world).filter_map(|event| match event {
        Event::Answered { item, question: Some(question), version, answer } => Some((item, question, version, answer)),
        _ => None,
    });
    answers.into_iter().find_map(|(item, question, version, answer)| {
        let source = world.desks.get(question).and_then(|desk| desk.body());
        let mut given = source.into_iter().flat_map(|enquiry| &enquiry.answers);
        let found = given.any(|given| given.version == *version && given.answer == **answer);
        (!found).then(|| format!("nobody gave answer {version} of the {item}"))
    })
}

/// Invariant 4. Nothing weighed is silently replaced: the version that was weighed is there, and holds what arrived.
pub(super) fn what_was_weighed_stays(world: &World) -> Option<String> {
    happened_at_leads(world).next()?;
    world.leads.values().find_map(|office| {
        let events = office.events();
        let arrived = arrived(&events);
        let of = |(item, track): (&Item, &assignment::Track)| {
            track.weighings.iter().find_map(|weighing| {
                let number = weighing.version;
                let Some(version) = track.version(number) else {
                    return Some(format!("version {number} of the {item} was weighed, and is gone"));
                };
                let mut told = version.content.told().iter().filter(|told| told.telephoned.is_none());
                let other = told.any(|told| arrived.get(&(told.question, told.version)) != Some(&&*told.answer));
                other.then(|| format!("version {number} of the {item} was weighed, and holds something else"))
            })
        };
        office.body()?.tracks.iter().find_map(of)
    })
}

/// Every answer of a source, as it arrived.
fn arrived<'a>(events: &[&'a Event]) -> BTreeMap<(QuestionName, u32), &'a Answer> {
    let arrived = |event: &&'a Event| match event {
        Event::Answered { question: Some(question), version, answer, .. } => Some(((*question, *version), &**answer)),
        _ => None,
    };
    events.iter().filter_map(arrived).collect()
}

/// Invariant 4. What rests on an answer that was taken back shows it: OM knows the version of the item that came of that
/// answer (D12).
pub(super) fn what_rests_on_an_answer_taken_back_shows_it(world: &World) -> Option<String> {
    world.leads.iter().find_map(|(name, office)| {
        let events = office.events();
        let closed = world.case().retracted.get(name);
        events.iter().find_map(|event| {
            let Event::AnswerRetracted { question, retraction, .. } = event else { return None };
            let (item, version) = ledger::came_of(&events, *question, retraction.of)?;
            let shown = closed.and_then(|closed| closed.get(&item)).is_some_and(|closed| closed.contains(&version));
            (!shown).then(|| format!("version {version} of the {item} was taken back, and OM does not know"))
        })
    })
}
