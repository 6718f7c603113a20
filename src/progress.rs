//! What the lead tells OM before the advice is signed: a full snapshot of states, never of content (D22, D29).

use crate::household::Further;
use crate::item::{Item, Standing};
use crate::name::{AssignmentName, QuestionName};
use crate::organisation::Organisation;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A full snapshot; of two, the one with the higher sequence counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The assignment it is about.
    pub assignment: AssignmentName,
    /// The version of the assignment (household, items, dossier) that the lead works with.
    pub assignment_version: u32,
    /// Rises with every change at the lead.
    pub sequence: u64,
    /// Every item.
    pub items: BTreeMap<Item, Progress>,
    /// The advice.
    pub advice: AdviceState,
    /// Further persons that answers named: an opaque reference and minor or adult (D10).
    pub further_persons: Vec<Further>,
    /// Every question that an item rests on, for the last look before the decision (D28).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Enquired>,
    /// What was asked and need not have been, as a correction showed (A36).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excess: Vec<Excess>,
    /// By item, the versions in which an answer stands that its source took back (D12).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub retracted: BTreeMap<Item, BTreeSet<u32>>,
}

/// A look-up that a correction showed to be needless; its content is closed off at the lead (A36).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Excess {
    /// The item.
    pub item: Item,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// A question that was put to another office, without a word of what it asks or what came back (D29).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Enquired {
    /// The item that it serves.
    pub item: Item,
    /// The question.
    pub question: QuestionName,
    /// Who was asked.
    pub addressee: Organisation,
    /// The latest version at the source that the lead has; zero before an answer.
    pub version: u32,
}

/// One item's standing, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How far it is.
    pub standing: Standing,
    /// Since when it is so.
    pub since: Timestamp,
}

/// Whether there is a signed advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdviceState {
    /// Not signed yet.
    None,
    /// This version is signed.
    Signed(u32),
    /// This version was withdrawn.
    Withdrawn(u32),
}

impl Snapshot {
    /// Whether another tells the same; the sequence aside.
    pub fn says_the_same_as(&self, other: &Snapshot) -> bool {
        Snapshot { sequence: other.sequence, ..self.clone() } == *other
    }

    /// The standings by item.
    pub fn standings(&self) -> BTreeMap<Item, Standing> {
        self.items.iter().map(|(item, progress)| (*item, progress.standing)).collect()
    }
}
