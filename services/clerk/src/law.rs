//! What the clerk needs to know of an aggregate of the law.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use zsm::item::Trouble;
use zsm::{Actor, Refusal};

/// An aggregate: decide, evolve, react, and where its streams stand in the journal.
pub trait Law: Send + Sync + 'static {
    /// The collection that its stream names begin with.
    const COLLECTION: &'static str;
    /// What is so.
    type State: Clone + Default + Debug + Send + Sync;
    /// What is asked.
    type Command: Clone + Send + Sync;
    /// What happened.
    type Event: Serialize + DeserializeOwned + Clone + Debug + Send + Sync;
    /// What is to be done elsewhere; displayed in words that name no person.
    type Errand: Serialize + DeserializeOwned + Ord + Copy + Debug + Display + Send + Sync;

    /// May this happen, and what happens then?
    ///
    /// # Errors
    /// Why not.
    fn decide(
        state: &Self::State,
        command: Self::Command,
        by: &Actor,
        at: Timestamp,
    ) -> Result<Vec<Self::Event>, Refusal>;

    /// What is so after an event.
    fn evolve(state: Self::State, event: &Self::Event, at: Timestamp) -> Self::State;

    /// What must be done about an event.
    fn react(event: &Self::Event) -> Vec<Self::Errand>;

    /// The command that notes that an errand failed for good (E3).
    fn trouble(errand: Self::Errand, trouble: Trouble) -> Self::Command;

    /// Whether an errand that fails for good is given up, because a person can have it done again. All others carry
    /// news, and news always lands (invariant 5): they stand out as trouble and are tried on, slowly.
    fn gives_up(_errand: Self::Errand) -> bool {
        false
    }

    /// Whether an errand may not wait: it goes before all others, has room of its own, and is tried again within seconds.
    fn is_urgent(_errand: Self::Errand) -> bool {
        false
    }

    /// The command that notes that an errand which stood out as trouble came through after all.
    fn recovered(_state: &Self::State, _errand: Self::Errand) -> Option<Self::Command> {
        None
    }

    /// Whether anything stands out as trouble, as everything does that gave up or was stopped.
    fn is_troubled(state: &Self::State) -> bool;

    /// Whether nobody waits for an errand any more, so that one that gave up or was stopped can be forgotten.
    fn is_void(_state: &Self::State, _errand: Self::Errand) -> bool {
        false
    }

    /// The revision that a person read; the etag.
    fn revision(state: &Self::State) -> u64;

    /// Keys that no other stream may hold while this one is so.
    fn keys(_state: &Self::State) -> BTreeSet<String> {
        BTreeSet::new()
    }

    /// What must happen to the stream next, by a name from a closed list; nothing when nobody counts that.
    fn waits(_state: &Self::State) -> Option<String> {
        None
    }

    /// How the stream ended, by a name from a closed list; nothing while it runs, or when nobody counts that.
    fn ended(_state: &Self::State) -> Option<&'static str> {
        None
    }

    /// On which shelf the stream stands, for lists.
    fn shelf(state: &Self::State) -> Option<String>;
}
