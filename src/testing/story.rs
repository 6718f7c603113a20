//! A story: commands on one aggregate, one after another, with checks that hold for every one of them.

use super::{MARKER, now};
use crate::organisation::Actor;
use crate::personal::{seal, unseal};
use crate::refusal::Refusal;
use crate::{assignment, case, enquiry};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// One of the three aggregates.
pub trait Law: Clone + Debug {
    /// How it stands.
    type Body: Clone + PartialEq + Debug;
    /// What someone asks of it.
    type Command: Clone + Debug;
    /// What happened to it.
    type Event: Clone + PartialEq + Debug + Serialize + DeserializeOwned;
    /// What must be done about that.
    type Errand: Copy + Ord + Debug;
    /// May this happen, and what happens then?
    ///
    /// # Errors
    /// Why not.
    fn decide(
        state: &Option<Box<Self::Body>>,
        command: Self::Command,
        by: &Actor,
        at: Timestamp,
    ) -> Result<Vec<Self::Event>, Refusal>;
    /// How it stands after an event.
    fn evolve(state: Option<Box<Self::Body>>, event: &Self::Event, at: Timestamp) -> Option<Box<Self::Body>>;
    /// What must be done about an event.
    fn react(event: &Self::Event) -> Vec<Self::Errand>;
}

macro_rules! law {
    ($name:ident, $module:ident, $body:ident) => {
        #[doc = concat!("The law of [`", stringify!($module), "`].")]
        #[derive(Clone, Debug)]
        pub struct $name;
        impl Law for $name {
            type Body = $module::$body;
            type Command = $module::Command;
            type Event = $module::Event;
            type Errand = $module::Errand;
            fn decide(
                state: &$module::State,
                command: $module::Command,
                by: &Actor,
                at: Timestamp,
            ) -> Result<Vec<$module::Event>, Refusal> {
                $module::decide(state, command, by, at)
            }
            fn evolve(state: $module::State, event: &$module::Event, at: Timestamp) -> $module::State {
                $module::evolve(state, event, at)
            }
            fn react(event: &$module::Event) -> Vec<$module::Errand> {
                $module::react(event)
            }
        }
    };
}

law!(CaseLaw, case, Case);
law!(AssignmentLaw, assignment, Assignment);
law!(EnquiryLaw, enquiry, Enquiry);

/// What happened to one aggregate, and how it stands.
#[derive(Clone, Debug)]
pub struct Story<L: Law> {
    pub state: Option<Box<L::Body>>,
    pub events: Vec<L::Event>,
    pub now: Timestamp,
}

impl<L: Law> Story<L> {
    pub fn new() -> Self {
        Self { state: None, events: Vec::new(), now: now() }
    }

    /// The aggregate; it exists.
    pub fn body(&self) -> &L::Body {
        self.state.as_ref().expect("it exists")
    }

    /// Decides and evolves. Whatever comes out is free of personal data, and events survive the journal.
    pub fn act(&mut self, command: L::Command, by: &Actor) -> Result<Vec<L::Event>, Refusal> {
        assert_clean(&command);
        let events = L::decide(&self.state, command, by, self.now).inspect_err(|refusal| {
            assert_clean(refusal);
            assert!(!refusal.to_string().contains(MARKER));
        })?;
        for event in &events {
            assert_kept(event);
            self.state = L::evolve(self.state.take(), event, self.now);
        }
        if !events.is_empty() {
            assert_clean(&self.state);
        }
        self.events.extend(events.clone());
        Ok(events)
    }

    /// The same, when it must succeed.
    #[track_caller]
    pub fn done(&mut self, command: L::Command, by: &Actor) -> Vec<L::Event> {
        self.act(command, by).expect("it is not refused")
    }

    /// What it would be refused with, if it is.
    pub fn refusal(&self, command: L::Command, by: &Actor) -> Option<Refusal> {
        L::decide(&self.state, command, by, self.now).err()
    }
}

impl<L: Law> Default for Story<L> {
    fn default() -> Self {
        Self::new()
    }
}

/// It can be printed without showing anything personal (invariant 9).
pub fn assert_clean(value: &impl Debug) {
    let printed = format!("{value:?}");
    assert!(!printed.contains(MARKER), "personal data in print: {printed}");
}

/// It comes out of the journal as it went in, and only the sealed part holds personal data (E7).
pub fn assert_kept<E: Serialize + DeserializeOwned + PartialEq + Debug>(event: &E) {
    assert_clean(event);
    let (json, personal) = seal(event).expect("an event can be written");
    assert!(!json.to_string().contains(MARKER), "personal data in the journal: {json}");
    let read: E = unseal(json, personal).expect("an event can be read");
    assert_eq!(read, *event);
}
