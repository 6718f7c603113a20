//! What counts as an answer was given, and stays (invariants 2 and 4).

use super::super::world::World;
use super::happened_at_leads;
use crate::assignment::{self, Event};
use crate::item::Item;

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

/// Invariant 4. Nothing weighed is silently replaced: the version that was weighed is there, as it arrived.
pub(super) fn what_was_weighed_stays(world: &World) -> Option<String> {
    world.leads.values().filter_map(|office| office.body()).find_map(|assignment| {
        let of = |(item, track): (&Item, &assignment::Track)| {
            let gone = track.weighings.iter().find(|weighing| track.version(weighing.version).is_none())?;
            Some(format!("version {} of the {item} was weighed, and is gone", gone.version))
        };
        assignment.tracks.iter().find_map(of)
    })
}
