//! What the adviser does.

use super::super::world::{Request, World};
use crate::assignment;
use crate::item::Item;
use crate::outcome::Outcome;
use crate::testing::*;

impl World {
    /// The adviser searches the own files.
    pub fn search(&mut self, sure: bool) {
        let how = if sure { "" } else { ", and is not sure who is meant" };
        self.at_lead(&format!("searches the own files{how}"), |assignment| {
            let track = assignment.tracks.get(&Item::EigenOnderzoek)?;
            let outcome = |_| if !sure { Outcome::Ambiguous { candidates: 2 } } else { Outcome::NotKnown };
            Some(assignment::Command::RecordOwnFile(Box::new(answer_about(&track.about, outcome))))
        });
    }

    /// The adviser weighs the latest version of an item.
    pub fn weigh(&mut self, item: Item) {
        self.at_lead(&format!("weighs the {item}"), |assignment| weighing(assignment, item));
    }

    /// The adviser signs.
    pub fn sign(&mut self) {
        self.at_lead("signs the advice", |assignment| Some(assignment::Command::Sign(Box::new(content(assignment)))));
    }

    /// The adviser takes the advice back.
    pub fn withdraw_advice(&mut self) {
        self.at_lead("takes the advice back", |assignment| {
            let version = assignment.advices.last().map_or(1, |advice| advice.version);
            Some(assignment::Command::WithdrawAdvice { version, reason: text("reden") })
        });
    }

    /// The adviser warns of acute danger, also in an assignment that ended.
    pub fn warn(&mut self) {
        let first = self.leads.iter().find_map(|(name, office)| Some((*name, office.body()?.lead.kind)));
        let Some((name, lead)) = first else { return };
        let command = assignment::Command::RaiseSignal(warning());
        self.act("warns of acute danger", Request::Lead(name, command), &adviser(lead));
    }

    /// The adviser has a question asked again.
    pub fn retry(&mut self, item: Item) {
        self.at_lead(&format!("has the {item} asked again"), |_| Some(assignment::Command::Retry(item)));
    }
}
