//! What is said by telephone, and confirmed (D20).

use super::super::world::{Request, World};
use crate::assignment;
use crate::item::Item;
use crate::outcome::Outcome;
use crate::telephone::Call;
use crate::testing::*;

impl World {
    /// The adviser phones who should answer the question of an item, and notes that nobody is known (D20).
    pub fn phone(&mut self, item: Item) {
        let call = Call { spoken_with: text("piket"), number: text("030"), at: self.now };
        self.at_lead(&format!("notes an answer by telephone for the {item}"), |assignment| {
            let asked = &*assignment.tracks.get(&item)?.running().last()?.question;
            let answer = Box::new(answer_to(asked, |_| Outcome::NotKnown));
            Some(assignment::Command::RecordTelephoneAnswer { question: asked.name, call, answer })
        });
    }

    /// A colleague confirms it, or who noted it does: then it must be refused.
    pub fn confirm_call(&mut self, item: Item, colleague: bool) {
        let Some(assignment) = self.assignment() else { return };
        let name = assignment.name;
        let mut by = adviser(assignment.lead.kind);
        if colleague {
            by.person = "ambtenaar-2".into();
        }
        let noted = assignment.tracks.get(&item).and_then(|track| track.running().last());
        let noted = noted.and_then(|strand| Some((strand.question.name, strand.telephoned.last()?.number)));
        let Some((question, number)) = noted else { return };
        let command = assignment::Command::ConfirmTelephoneAnswer { question, number };
        let what = format!("confirms the answer by telephone for the {item}");
        let done = self.act(&what, Request::Lead(name, command), &by);
        self.expect(colleague || !done, 8, || "who noted a telephone answer confirmed it alone".into());
    }
}
