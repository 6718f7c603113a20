//! The weighing of one version of one item.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::model::v1 as model;
use zsm::weighing::{Line, Weighing};
use zsm::{Faults, Sensitive};

impl From<&Line> for model::WeighingLine {
    fn from(line: &Line) -> Self {
        Self { person: line.person, text: line.text.text().to_owned() }
    }
}

impl Read<Line> for model::WeighingLine {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Line> {
        let mut place = Place::at(path, faults);
        let person = place.counted("person", self.person);
        let text = place.text("text", self.text);
        let person = person?;
        Some(Line { person, text: Sensitive::about(person, text?) })
    }
}

impl From<&Weighing> for model::Weighing {
    fn from(weighing: &Weighing) -> Self {
        Self {
            version: weighing.version,
            reason: weighing.reason.text().to_owned(),
            lines: weighing.lines.iter().map(Into::into).collect(),
            by: Some((&weighing.by).into()),
            at: Some(instant(weighing.at)),
            retracted: false,
        }
    }
}
