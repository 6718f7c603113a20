//! What came in since the advice that stands was signed (D24).

use super::Assignment;
use crate::item::Item;
use crate::progress::AdviceState;
use jiff::Timestamp;

/// An item of which there is a newer version than the one the advice rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newer {
    /// The item.
    pub item: Item,
    /// The version on which the advice rests; zero when the item was not required then.
    pub rested_on: u32,
    /// The version that counts now.
    pub latest: u32,
    /// When it arrived.
    pub at: Timestamp,
}

impl Assignment {
    /// Every item that is newer than what the standing advice rests on; none without such an advice.
    pub fn newer(&self) -> Vec<Newer> {
        let (AdviceState::Signed(_), Some(advice)) = (self.advice_state(), self.advices.last()) else {
            return Vec::new();
        };
        let newer = self.required().filter_map(|(item, track)| {
            let latest = track.latest()?;
            let rested_on = advice.rests_on.get(&item).copied().unwrap_or(0);
            (latest.version != rested_on).then_some(Newer { item, rested_on, latest: latest.version, at: latest.at })
        });
        newer.collect()
    }
}
