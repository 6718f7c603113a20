//! What the adviser asks beside what is required, and lets go of (D7).

use super::super::world::World;
use crate::assignment::{Command, FurtherAsk};
use crate::household::PersonNumber;
use crate::item::Item;
use crate::organisation::Region;
use crate::testing::*;
use proptest::sample::Index;

/// What the adviser asks of his own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further {
    /// Of whom.
    pub item: Item,
    /// About everyone who is listed, or every other person.
    pub everyone: bool,
    /// In which region; the lead's own where none is named.
    pub region: Option<&'static str>,
    /// In these words, or in those.
    pub otherwise: bool,
}

impl World {
    /// The adviser asks something beside what is required.
    pub fn ask_further(&mut self, further: Further) {
        let Further { item, everyone, region, otherwise } = further;
        let place = region.map(|region| format!(" in {region}")).unwrap_or_default();
        self.at_lead(&format!("asks something further of the {item}{place}"), |assignment| {
            let listed = assignment.brief.as_ref()?.household.persons.iter().map(|person| person.number);
            let persons: Vec<PersonNumber> = listed.filter(|person| everyone || person.is_multiple_of(2)).collect();
            let text = text(if otherwise { "Kent u haar nog?" } else { "Is het kind nu veilig?" });
            Some(Command::AskFurther(FurtherAsk { item, persons, text, region: region.and_then(Region::parse) }))
        });
    }

    /// The adviser lets go of a question, of his own or of any that there ever was.
    pub fn let_go(&mut self, at: Index, own: bool) {
        self.at_lead("lets go of a question", |assignment| {
            let asked = assignment.tracks.values().flat_map(|track| &track.strands).map(|strand| &strand.question);
            let asked: Vec<_> = asked.filter(|question| !own || question.text.is_some()).collect();
            let question = asked.get(at.index(asked.len().max(1)))?.name;
            Some(Command::LetGo { question, reason: text("niet meer nodig") })
        });
    }
}
