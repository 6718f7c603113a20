//! The partners' own views, and the lines on where they or the adviser differ from Veilig Thuis.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use crate::pb::model::v1::{self as model, disagreement};
use zsm::degree::Level;
use zsm::disagreement::{Disagreement, Explained, Voice};
use zsm::opinion::{Held, Opinion};
use zsm::{Faults, Problem};

impl From<&Opinion> for model::Opinion {
    fn from(opinion: &Opinion) -> Self {
        let level = |level: Option<Level>| level.map_or(model::Level::Unspecified, Into::into).into();
        Self {
            acute: level(opinion.acute),
            structural: level(opinion.structural),
            complexity: level(opinion.complexity),
        }
    }
}

impl Read<Opinion> for model::Opinion {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Opinion> {
        let mut place = Place::at(path, faults);
        let acute = place.optional_choice("acute", self.acute);
        let structural = place.optional_choice("structural", self.structural);
        let complexity = place.optional_choice("complexity", self.complexity);
        Some(Opinion { acute: acute?, structural: structural?, complexity: complexity? })
    }
}

impl From<&Explained> for model::Disagreement {
    fn from(explained: &Explained) -> Self {
        let voice = match explained.disagreement.voice {
            Voice::Adviser => disagreement::Voice::Adviser(model::AdviserVoice {}),
            Voice::Item(item) => disagreement::Voice::Item(model::ItemKind::from(item).into()),
        };
        Self {
            dimension: model::Dimension::from(explained.disagreement.dimension).into(),
            voice: Some(voice),
            text: explained.text.text().to_owned(),
        }
    }
}

impl Read<Explained> for model::Disagreement {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Explained> {
        let mut place = Place::at(path, faults);
        let dimension = place.choice("dimension", self.dimension);
        let voice = match self.voice {
            None => place.refuse("voice", Problem::Missing),
            Some(disagreement::Voice::Adviser(_)) => Some(Voice::Adviser),
            Some(disagreement::Voice::Item(item)) => place.choice("item", item).map(Voice::Item),
        };
        let text = place.case_text_or_empty("text", self.text);
        Some(Explained { disagreement: Disagreement { dimension: dimension?, voice: voice? }, text: text? })
    }
}

impl From<&Held> for model::ItemOpinion {
    fn from(held: &Held) -> Self {
        Self { item: model::ItemKind::from(held.item).into(), opinion: Some((&held.opinion).into()) }
    }
}

impl Read<Held> for model::ItemOpinion {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Held> {
        let mut place = Place::at(path, faults);
        let item = place.choice("item", self.item);
        let opinion = place.required("opinion", self.opinion);
        Some(Held { item: item?, opinion: opinion? })
    }
}

impl Place<'_> {
    /// The lines on differences.
    pub(super) fn disagreements(&mut self, lines: Vec<model::Disagreement>) -> Option<Vec<Explained>> {
        self.list("disagreements", LIST_LIMIT, lines)
    }
}
