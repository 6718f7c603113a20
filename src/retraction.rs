//! An answer taken back: "this was another person" (D12). The office that gave it says so, at a version of its own.
//!
//! What was said is closed off from readers from then on; that it was used stays to be seen.

use crate::advice::Advice;
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::personal::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which answer is taken back, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retraction {
    /// Version of the answer at the source.
    pub of: u32,
    /// Why.
    pub reason: Sensitive<String>,
}

impl Retraction {
    /// What is wrong with it as a version of its own: it says why, and is about an earlier version.
    pub fn faults(&self, version: u32, path: &str) -> Faults {
        let mut faults = Faults::new();
        faults.require((1..version).contains(&self.of), format!("{path}.of"), Problem::NoSuchVersion);
        faults.require(!self.reason.text().trim().is_empty(), format!("{path}.reason"), Problem::Missing);
        faults
    }
}

/// Of what rests on these versions, the items of which an answer was taken back.
pub fn rests_on(retracted: &BTreeMap<Item, BTreeSet<u32>>, versions: &BTreeMap<Item, u32>) -> BTreeSet<Item> {
    let rests = |item: &Item, version: &u32| retracted.get(item).is_some_and(|known| known.contains(version));
    versions.iter().filter(|(item, version)| rests(item, version)).map(|(item, _)| *item).collect()
}

/// The same of an advice, and of what it says anew: there its text was written.
pub fn told_in<'a>(
    advice: &'a Advice,
    by_version: impl Fn(u32) -> Option<&'a Advice>,
    retracted: &BTreeMap<Item, BTreeSet<u32>>,
) -> BTreeSet<Item> {
    advice.as_written(by_version).flat_map(|advice| rests_on(retracted, &advice.rests_on)).collect()
}
