//! What was asked and need not have been (A36).

use super::Assignment;
use crate::item::Item;
use crate::progress::Excess;

/// An item that was asked and need not have been: that is remembered, what came in is read no more (A36).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedOff {
    /// The item, and when it was asked.
    pub excess: Excess,
    /// The latest version that had come in; zero when there was none.
    pub up_to: u32,
    /// How many questions of the item there had been.
    pub questions: usize,
}

impl Assignment {
    /// The look-ups that need not have been made. What OM itself sent along is none.
    pub(super) fn excess(&self) -> impl Iterator<Item = Excess> {
        self.closed_off.iter().map(|closed| closed.excess).filter(|excess| excess.item != Item::Politiedossier)
    }
}
