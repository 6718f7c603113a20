//! What may still be read of an assignment, and what is closed off (A34, A36). Nothing is thrown away: it stays in the
//! journal, as every fact does.

use super::{Assignment, Brief, Content, Track, Version};
use crate::item::Item;

impl Assignment {
    /// The brief as it may be read. Of an assignment that was recalled nothing; of one that was withdrawn not the dossier,
    /// for OM cannot withhold it there any more (A34, P2). With who a further person on the list is (D10).
    pub fn readable_brief(&self) -> Option<Brief> {
        let brief = self.brief.as_deref().filter(|_| !self.recalled)?;
        let police = if self.withdrawn { brief.police.without_dossier() } else { brief.police.clone() };
        let mut household = brief.household.clone();
        self.name_further_persons(&mut household);
        Some(Brief { police, household, ..brief.clone() })
    }

    /// A version of an item as it may be read; nothing when it was closed off.
    pub fn readable(&self, item: Item, track: &Track, version: &Version) -> Option<Version> {
        let shown = track.readable(version);
        let shown = match &shown.content {
            Content::Dossier(record) if self.withdrawn => {
                Version { content: Content::Dossier(Box::new(record.without_dossier())), ..shown }
            }
            _ => shown,
        };
        self.is_readable(item, version.version).then_some(shown)
    }

    /// Whether a version of an item is still there to be read (A36).
    pub fn is_readable(&self, item: Item, version: u32) -> bool {
        !self.closed_off.iter().any(|closed| closed.excess.item == item && version <= closed.up_to)
    }

    /// Whether the answers to a question of an item, by its place, are still there to be read (A36).
    pub fn is_question_readable(&self, item: Item, place: usize) -> bool {
        !self.closed_off.iter().any(|closed| closed.excess.item == item && place < closed.questions)
    }
}
