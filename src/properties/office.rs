//! An office's books on one stream: what happened, what is still to be done, and what it has in mind.
//!
//! Events and errands are written in one transaction and are all that outlives a crash (E3). What an office has in mind
//! is rebuilt from its journal alone.

use crate::organisation::Actor;
use crate::personal::{Sealed, seal, unseal};
use crate::refusal::Refusal;
use crate::testing::{Law, MARKER};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::fmt::{self, Debug};
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, OnceLock};

/// One fact of a journal.
#[derive(Clone, Debug)]
pub struct Fact<E> {
    /// What happened.
    pub event: E,
    /// When.
    pub at: Timestamp,
    /// How much had happened when it was decided: the same for all that was decided at once.
    pub since: u64,
}

/// Something that is still to be done, and since which version of the stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Due<E> {
    /// The version with which it was written down; it tells apart what is written down twice.
    pub since: u64,
    /// What is to be done.
    pub errand: E,
}

/// One stream at one office. Clones share what happened.
#[derive(Clone, Debug)]
pub struct Office<L: Law> {
    mind: Arc<Mind<L::Body>>,
    journal: Vec<Arc<Fact<L::Event>>>,
    due: Vec<Due<L::Errand>>,
}

/// What an office has in mind, and the print of it once somebody asked for one.
#[derive(Clone, Debug)]
struct Mind<B> {
    state: Option<Box<B>>,
    print: OnceLock<u64>,
}

impl<B> From<Option<Box<B>>> for Mind<B> {
    fn from(state: Option<Box<B>>) -> Self {
        Self { state, print: OnceLock::new() }
    }
}

impl<L: Law> Office<L> {
    /// Of which nothing is known yet.
    pub fn new() -> Self {
        Self { mind: Arc::new(None.into()), journal: Vec::new(), due: Vec::new() }
    }

    /// How it stands.
    pub fn state(&self) -> &Option<Box<L::Body>> {
        &self.mind.state
    }

    /// How it stands, once it exists.
    pub fn body(&self) -> Option<&L::Body> {
        self.mind.state.as_deref()
    }

    /// What happened.
    pub fn events(&self) -> Vec<&L::Event> {
        self.journal.iter().map(|fact| &fact.event).collect()
    }

    /// What happened, by what was decided at once.
    pub fn acts(&self) -> impl Iterator<Item = Vec<&L::Event>> {
        let acts = self.journal.chunk_by(|one, other| one.since == other.since);
        acts.map(|act| act.iter().map(|fact| &fact.event).collect())
    }

    /// How much happened.
    pub fn version(&self) -> u64 {
        self.journal.len() as u64
    }

    /// What is still to be done.
    pub fn due(&self) -> &[Due<L::Errand>] {
        &self.due
    }

    /// Decides, and writes down what happened together with what is to be done about it.
    ///
    /// # Errors
    /// What the law refuses; then nothing happened.
    pub fn act(&mut self, command: L::Command, by: &Actor, at: Timestamp) -> Result<Vec<L::Event>, Refusal> {
        let at = self.journal.last().map_or(at, |last| last.at.max(at));
        let events = L::decide(&self.mind.state, command, by, at)?;
        if events.is_empty() {
            return Ok(events);
        }
        let since = self.version();
        let before = std::mem::replace(&mut self.mind, Arc::new(None.into()));
        let mut mind = Arc::unwrap_or_clone(before).state;
        for event in &events {
            mind = L::evolve(mind, event, at);
            self.journal.push(Arc::new(Fact { event: event.clone(), at, since }));
        }
        self.mind = Arc::new(mind.into());
        let wanted: BTreeSet<L::Errand> = events.iter().flat_map(L::react).collect();
        let since = self.version();
        self.due.extend(wanted.into_iter().map(|errand| Due { since, errand }));
        Ok(events)
    }

    /// A print of how it stands: the same for what looks the same. What is personal cannot be seen in it.
    pub fn print(&self) -> u64 {
        *self.mind.print.get_or_init(|| print(&self.mind.state))
    }

    /// What it would be refused with, if it is.
    pub fn refusal(&self, command: L::Command, by: &Actor, at: Timestamp) -> Option<Refusal> {
        L::decide(&self.mind.state, command, by, at).err()
    }

    /// Something is done, or given up.
    pub fn settle(&mut self, since: u64, errand: L::Errand) {
        self.due.retain(|due| (due.since, due.errand) != (since, errand));
    }

    /// Whether something is still to be done.
    pub fn is_due(&self, since: u64, errand: L::Errand) -> bool {
        self.due.iter().any(|due| (due.since, due.errand) == (since, errand))
    }

    /// Of what is to be done twice, only the later: whoever does it reads how things stand then.
    pub fn forget_repeats(&mut self) {
        let due = std::mem::take(&mut self.due);
        for (index, one) in due.iter().enumerate() {
            if due[index + 1..].iter().all(|later| later.errand != one.errand) {
                self.due.push(one.clone());
            }
        }
    }

    /// Forgets all, and reads its journal: facts without personal data, and the personal data beside them (E7).
    ///
    /// # Errors
    /// When what it has in mind then is not what it had in mind before.
    pub fn restart(&mut self) -> Result<(), String> {
        let mut mind = None;
        for fact in &self.journal {
            let event = self.reread(&fact.event)?;
            if event != fact.event {
                return Err(format!("another event comes out of the journal than went in: {event:?}"));
            }
            mind = L::evolve(mind, &event, fact.at);
        }
        if mind != self.mind.state {
            return Err("the journal tells another story than was in mind".into());
        }
        self.mind = Arc::new(mind.into());
        Ok(())
    }

    fn reread(&self, event: &L::Event) -> Result<L::Event, String> {
        let (json, personal): (_, Vec<Sealed>) = seal(event).map_err(|fault| fault.to_string())?;
        if json.to_string().contains(MARKER) {
            return Err(format!("personal data in a fact: {event:?}"));
        }
        unseal(json, personal).map_err(|fault| fault.to_string())
    }
}

/// A print of a value, by how it is shown.
pub fn print(value: &impl Debug) -> u64 {
    struct Ink(DefaultHasher);
    impl fmt::Write for Ink {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut ink = Ink(DefaultHasher::new());
    let written = fmt::Write::write_fmt(&mut ink, format_args!("{value:?}"));
    written.map_or(0, |()| ink.0.finish())
}

impl<L: Law> Default for Office<L> {
    fn default() -> Self {
        Self::new()
    }
}
