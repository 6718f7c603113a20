//! What is missing in what an item says: it spreads to every dimension that rests on it, and stays visible there
//! (R-3.2.5-2, D17). Never an average, never a firm degree over a hole.

use crate::answer::Answer;
use crate::degree::{Degree, Dimension, Level};
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::judgement::{Judgement, SafetyConditions};
use crate::police::{Document, PoliceRecord};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A kind of hole in an answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Veilig Thuis judged the other dimensions, and left this one out.
    LeftOut,
    /// Veilig Thuis judged only the acute part so far (D15).
    OnlyAcutePart,
    /// Veilig Thuis has not judged which conditions are needed for direct safety (D16).
    ConditionsNotJudged,
    /// There is no dossier, with a recorded reason (D8).
    NoDossier,
    /// There is no outcome of the LIJ, with a recorded reason (D8).
    NoLij,
    /// OM does not give the dossier on (A34).
    Withheld,
}

/// A hole: in which item, and which dimension it weakens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hole {
    /// The dimension.
    pub dimension: Dimension,
    /// The item.
    pub item: Item,
    /// What is missing.
    pub kind: Kind,
}

/// The holes in an answer to an item.
pub fn in_answer(item: Item, answer: &Answer) -> BTreeSet<Hole> {
    let hole = |kind| move |dimension| Hole { dimension, item, kind };
    let mut holes = BTreeSet::new();
    let kind = match &answer.judgement {
        Some(Judgement::Judged(_)) => Some(Kind::LeftOut),
        Some(Judgement::AcutePart(_)) => Some(Kind::OnlyAcutePart),
        Some(Judgement::NoReportKnown) | None => None,
    };
    if let (Some(judgement), Some(kind)) = (&answer.judgement, kind) {
        let silent = Dimension::ALL.into_iter().filter(|dimension| judgement.level(*dimension).is_none());
        holes.extend(silent.map(hole(kind)));
    }
    if answer.safety_conditions == Some(SafetyConditions::NotYetJudged) {
        holes.insert(hole(Kind::ConditionsNotJudged)(Dimension::Acute));
    }
    holes
}

/// The holes in what the police brought: they weaken every dimension.
pub fn in_dossier(record: &PoliceRecord) -> BTreeSet<Hole> {
    let dossier = match record.dossier {
        Some(Document::Absent { .. }) => Some(Kind::NoDossier),
        Some(Document::Withheld) => Some(Kind::Withheld),
        Some(Document::Present { .. }) | None => None,
    };
    let lij = match record.lij {
        Some(Document::Absent { .. }) => Some(Kind::NoLij),
        Some(Document::Present { .. } | Document::Withheld) | None => None,
    };
    let kinds = dossier.into_iter().chain(lij);
    let everywhere = |kind| Dimension::ALL.map(|dimension| Hole { dimension, item: Item::Politiedossier, kind });
    kinds.flat_map(everywhere).collect()
}

/// Of all holes, those under a degree: in what it rests on; under one that is not known, all of its dimension.
pub fn under(degree: &Degree, dimension: Dimension, holes: &BTreeSet<Hole>) -> BTreeSet<Hole> {
    let rests_on = |item| match degree {
        Degree::Known { rests_on, .. } => rests_on.contains(&item),
        Degree::Onbekend { .. } => true,
    };
    holes.iter().filter(|hole| hole.dimension == dimension && rests_on(hole.item)).copied().collect()
}

/// A degree that could be more, over a hole, says that it could.
pub fn faults(degree: &Degree, dimension: Dimension, holes: &BTreeSet<Hole>) -> Faults {
    let firm = matches!(degree, Degree::Known { level, at_least: false, .. } if *level < Level::Vastgesteld);
    let mut faults = Faults::new();
    let sound = !firm || under(degree, dimension, holes).is_empty();
    faults.require(sound, format!("{}.known.at_least", dimension.field()), Problem::AtLeastOverHole);
    faults
}

impl Hole {
    /// A sentence for an official (Dutch, B1).
    pub fn sentence(self) -> String {
        let part = self.dimension.title();
        match self.kind {
            Kind::LeftOut => format!("{part}: Veilig Thuis gaf hierover geen oordeel."),
            Kind::OnlyAcutePart => format!("{part}: Veilig Thuis beoordeelde alleen nog het acute deel."),
            Kind::ConditionsNotJudged => {
                format!("{part}: Veilig Thuis beoordeelde de veiligheidsvoorwaarden nog niet.")
            }
            Kind::NoDossier => format!("{part}: er is geen politiedossier."),
            Kind::NoLij => format!("{part}: er is geen uitkomst van het LIJ."),
            Kind::Withheld => format!("{part}: OM geeft het politiedossier niet vrij."),
        }
    }
}

#[cfg(test)]
mod tests;
