//! What is said by telephone, and confirmed (D20).

use super::super::world::{Request, World};
use super::Said;
use crate::assignment::{self, Track};
use crate::enquiry::Enquiry;
use crate::item::Item;
use crate::outcome::Outcome;
use crate::telephone::Call;
use crate::testing::*;
use jiff::{Timestamp, ToSpan};

/// What is noted of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nobody is known.
    NotKnown,
    /// Everyone is known.
    Known,
    /// Nobody was known, before the question was put or the source said something itself.
    TooEarly,
}

impl World {
    /// The adviser phones who should answer the question of an item, and notes what is said (D20).
    pub fn phone(&mut self, item: Item, heard: Heard) {
        let Some(assignment) = self.assignment() else { return };
        let Some(strand) = assignment.tracks.get(&item).and_then(|track| track.running().last()) else { return };
        let answers = strand.answers.iter().filter(|given| given.version == strand.latest_version());
        let since = answers.map(|given| given.at).fold(strand.asked_at, Timestamp::max);
        let before = since.checked_sub(1.second()).expect("there is a moment before");
        let at = if heard == Heard::TooEarly { before } else { self.now };
        let call = Call { spoken_with: text("piket"), number: text("030"), at };
        let outcome = |person| if heard == Heard::Known { known(person) } else { Outcome::NotKnown };
        let answer = Box::new(answer_to(&strand.question, outcome));
        let (name, by) = (assignment.name, adviser(assignment.lead.kind));
        let command = assignment::Command::RecordTelephoneAnswer { question: strand.question.name, call, answer };
        let what = format!("notes an answer by telephone for the {item}: {heard:?}");
        let done = self.act(&what, Request::Lead(name, command), &by);
        let overtaken = done && heard == Heard::TooEarly;
        self.expect(!overtaken, 2, || "a call of before counts in the place of what came after it".into());
    }

    /// A colleague confirms what was noted last, or who noted it does: then it must be refused.
    pub fn confirm_call(&mut self, colleague: bool) {
        let Some(assignment) = self.assignment() else { return };
        let name = assignment.name;
        let mut by = adviser(assignment.lead.kind);
        if colleague {
            by.person = "ambtenaar-2".into();
        }
        let running = assignment.tracks.values().flat_map(Track::running);
        let noted = running.filter_map(|strand| {
            let last = strand.telephoned.last().filter(|last| last.confirmed.is_none())?;
            Some((&strand.question, last.number))
        });
        let Some((question, number)) = noted.last() else { return };
        let what = format!("confirms the answer by telephone for the {}", question.item);
        let command = assignment::Command::ConfirmTelephoneAnswer { question: question.name, number };
        let done = self.act(&what, Request::Lead(name, command), &by);
        self.expect(colleague || !done, 8, || "who noted a telephone answer confirmed it alone".into());
    }

    /// The source says that it is as the adviser noted.
    pub fn confirm_note(&mut self) {
        let waits = |desk: &Enquiry| desk.telephoned.iter().any(|noted| noted.confirmed_by.is_none());
        let noted = self.desks.iter().find(|(_, desk)| desk.body().is_some_and(waits)).map(|(question, _)| *question);
        if let Some(question) = noted {
            self.answer(question, Said::AsNoted);
        }
    }
}
