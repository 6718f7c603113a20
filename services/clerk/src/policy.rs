//! What is agreed for every office of a node, as configured.

use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::time::Duration;
use zsm::Region;
use zsm::municipality::Municipalities;
use zsm::term::Terms;

/// What is agreed. Offices look at it while they work; what they did by it is in their journals and stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The regions that are known here (D32).
    pub regions: BTreeSet<Region>,
    /// The regions in which the acute part of a running triage suffices for now (D15).
    pub acute_part_suffices: BTreeSet<Region>,
    /// In which region a municipality lies, by day (D32).
    pub municipalities: Municipalities,
    /// Terms of the law.
    pub terms: Terms,
    /// How errands are tried.
    pub errands: Budget,
    /// How long another office has to reply, in machine time.
    pub deadline: Duration,
}

/// How often and how closely errands are tried (E3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// After this many tries an errand stands out as stuck: with the longest pause as it is, about half a day.
    pub ceiling: u32,
    /// The longest pause between two tries, in law time.
    pub longest_pause: SignedDuration,
    /// How many are carried out at once.
    pub side_by_side: usize,
}

impl Default for Policy {
    fn default() -> Self {
        let regions = ["midden", "noord"].into_iter().filter_map(Region::parse).collect();
        Self {
            regions,
            acute_part_suffices: BTreeSet::new(),
            municipalities: Municipalities::example(),
            terms: Terms::default(),
            errands: Budget::default(),
            deadline: Duration::from_secs(10),
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self { ceiling: 60, longest_pause: SignedDuration::from_mins(15), side_by_side: 256 }
    }
}
