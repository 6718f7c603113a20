//! How far histories reach: what happened in any of them, by name. What never happens proves nothing.

use super::world::World;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// How often each event happened, by the stream and its name.
#[derive(Clone, Debug, Default)]
pub struct Reach(BTreeMap<(&'static str, String), u32>);

impl Reach {
    /// How often an event happened in a stream: `case`, `assignment` or `enquiry`.
    pub fn count(&self, stream: &'static str, event: &str) -> u32 {
        self.0.get(&(stream, event.to_owned())).copied().unwrap_or(0)
    }

    /// What happened in a world.
    pub(super) fn add(&mut self, world: &World) {
        self.note("case", &world.om.events());
        world.leads.values().for_each(|lead| self.note("assignment", &lead.events()));
        world.desks.values().for_each(|desk| self.note("enquiry", &desk.events()));
    }

    fn note<E: Debug>(&mut self, stream: &'static str, events: &[E]) {
        for event in events {
            *self.0.entry((stream, name(event))).or_default() += 1;
        }
    }
}

/// The name of an event; what is in it can be read in the journal.
pub(super) fn name(event: &impl Debug) -> String {
    let printed = format!("{event:?}");
    let end = printed.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(printed.len());
    printed[..end].to_owned()
}
