//! How far an assignment is, as OM hears it (D22).

use super::{Assignment, Strand, Track};
use crate::item::Item;
use crate::progress::{Enquired, Progress, Snapshot};
use crate::question::Question;

impl Assignment {
    /// How far it is, for OM (D22). The sequence rises with every change.
    pub fn snapshot(&self, sequence: u64) -> Snapshot {
        let progress = |track: &Track| Progress { standing: track.standing(), since: track.since };
        let questions = self.required().flat_map(|(item, track)| track.running().map(move |one| enquired(item, one)));
        Snapshot {
            assignment: self.name,
            assignment_version: self.brief.as_ref().map_or(0, |brief| brief.version),
            sequence,
            items: self.required().map(|(item, track)| (item, progress(track))).collect(),
            advice: self.advice_state(),
            further_persons: self.named().map(|named| named.further.clone()).collect(),
            questions: questions.collect(),
            excess: self.excess().collect(),
            retracted: self.retracted(),
        }
    }
}

fn enquired(item: Item, strand: &Strand) -> Enquired {
    let Question { name, addressee, .. } = &*strand.question;
    Enquired { item, question: *name, addressee: addressee.clone(), version: strand.latest_version() }
}
