//! Everybody does their work, in the order in which it comes to them.

use super::super::world::World;
use super::{Listed, Said};
use crate::item::Item;
use crate::name::QuestionName;

/// What everybody leaves undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Nothing.
    Nothing,
    /// What the police must bring and the prosecutor must settle.
    AtOm,
    /// To list whom the last answers name.
    Listing,
}

impl World {
    /// Everybody does what is to be done, save what is left undone. It is told in one sentence.
    pub fn work(&mut self, undone: Undone) {
        let mut tale = std::mem::take(&mut self.tale);
        self.work_untold(undone);
        tale.say(|| format!("Everybody does what is to be done, and all mail arrives; left undone: {undone:?}"));
        self.tale = tale;
    }

    fn work_untold(&mut self, undone: Undone) {
        if undone != Undone::AtOm {
            self.record();
            self.settle_flow();
            self.permit(true);
        }
        self.have_it_back();
        for day in 0..3 {
            self.confirm(Listed::AsItIs);
            self.carry_all();
            for item in Item::ALL {
                self.retry(item);
            }
            self.carry_all();
            let questions: Vec<QuestionName> = self.desks.keys().copied().collect();
            for question in questions {
                let last_day = day == 2 && undone == Undone::Listing;
                self.answer(question, if last_day { Said::SomeoneNew(0) } else { Said::NotKnown });
            }
            self.search(true);
            self.carry_all();
        }
        for item in Item::ALL {
            self.weigh(item);
        }
        self.sign();
        self.carry_all();
    }
}
