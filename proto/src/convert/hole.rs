//! The holes under a degree.

use super::Read;
use super::place::Place;
use crate::pb::model::v1 as model;
use zsm::Faults;
use zsm::hole::Hole;

impl From<&Hole> for model::Hole {
    fn from(hole: &Hole) -> Self {
        Self {
            dimension: model::Dimension::from(hole.dimension).into(),
            item: model::ItemKind::from(hole.item).into(),
            kind: model::HoleKind::from(hole.kind).into(),
            sentence: hole.sentence(),
        }
    }
}

/// The sentence follows from the rest, and is not read.
impl Read<Hole> for model::Hole {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Hole> {
        let mut place = Place::at(path, faults);
        let dimension = place.choice("dimension", self.dimension);
        let item = place.choice("item", self.item);
        let kind = place.choice("kind", self.kind);
        Some(Hole { dimension: dimension?, item: item?, kind: kind? })
    }
}
