//! What was asked and need not have been (A36).

use super::Assignment;
use crate::advice::Advice;
use crate::draft::SavedDraft;
use crate::item::Item;
use crate::progress::Excess;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// An item that was asked and need not have been: that is remembered, what came in is read no more (A36).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedOff {
    /// The item, and when it was asked.
    pub excess: Excess,
    /// The latest version that had come in; zero when there was none.
    pub up_to: u32,
    /// How many questions of the item there had been.
    pub questions: usize,
    /// An answer to what was asked last had come in.
    pub answered: bool,
    /// Since when.
    pub at: Timestamp,
}

impl Assignment {
    /// The look-ups that need not have been made. What OM itself sent along is none.
    pub(super) fn excess(&self) -> impl Iterator<Item = Excess> {
        self.closed_off.iter().map(|closed| closed.excess).filter(|excess| excess.item != Item::Politiedossier)
    }

    /// The items that an advice, or one that it says anew, rests on at a version that is read no more.
    pub fn closed_off_in(&self, advice: &Advice) -> BTreeSet<Item> {
        let written = advice.as_written(|version| self.advices.iter().find(|one| one.version == version));
        let versions = written.flat_map(|advice| &advice.rests_on);
        let items = versions.filter(|(item, version)| !self.is_readable(**item, **version));
        items.map(|(item, _)| *item).collect()
    }

    /// The items of a draft that were closed off after it was saved.
    pub fn closed_off_since(&self, draft: &SavedDraft) -> BTreeSet<Item> {
        self.closed_off.iter().filter(|closed| closed.at >= draft.at).map(|closed| closed.excess.item).collect()
    }
}
