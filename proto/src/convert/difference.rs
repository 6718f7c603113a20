//! What changed between two versions, in words.

use crate::pb::adviser::v1::{self as adviser, ChangedPart, piece};
use crate::pb::model::v1 as model;
use zsm::degree::Dimension;
use zsm::difference::{Change, Part, Piece};

impl From<&Change> for adviser::Change {
    fn from(change: &Change) -> Self {
        let (part, dimension) = part(change.part);
        let dimension = dimension.map_or(model::Dimension::Unspecified, Into::into);
        let pieces = change.pieces.reveal().map(|pieces| pieces.iter().map(Into::into).collect());
        Self {
            part: part.into(),
            person: change.part.person(),
            dimension: dimension.into(),
            pieces: pieces.unwrap_or_default(),
        }
    }
}

impl From<&Piece> for adviser::Piece {
    fn from(piece: &Piece) -> Self {
        let piece = match piece.clone() {
            Piece::Kept(text) => piece::Piece::Kept(text),
            Piece::Removed(text) => piece::Piece::Removed(text),
            Piece::Added(text) => piece::Piece::Added(text),
        };
        Self { piece: Some(piece) }
    }
}

fn part(part: Part) -> (ChangedPart, Option<Dimension>) {
    match part {
        Part::Outcome(_) => (ChangedPart::Uitkomst, None),
        Part::ForAdvice(_) => (ChangedPart::VoorAdvies, None),
        Part::ForAdviser(_) => (ChangedPart::VoorAdviseur, None),
        Part::Judged(dimension) => (ChangedPart::OordeelOver, Some(dimension)),
        Part::Judgement => (ChangedPart::Oordeel, None),
        Part::SafetyConditions => (ChangedPart::Veiligheidsvoorwaarden, None),
        Part::Opinion(dimension) => (ChangedPart::ZienswijzeOver, Some(dimension)),
        Part::FurtherPersons => (ChangedPart::VerderePersonen, None),
        Part::Searched => (ChangedPart::Gezocht, None),
        Part::Dossier => (ChangedPart::Dossier, None),
        Part::Lij => (ChangedPart::Lij, None),
        Part::ReportToVt => (ChangedPart::Melding, None),
        Part::Zorgmelding => (ChangedPart::Zorgmelding, None),
    }
}
