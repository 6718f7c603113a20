//! Where the advice, or a partner, sees a dimension otherwise than Veilig Thuis: each difference has its own line in the
//! advice, and both voices stay readable (A32). Never a mean.

use crate::degree::{Dimension, Level};
use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::judgement::Judgement;
use crate::opinion::Held;
use crate::personal::Sensitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Who sees it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Voice {
    /// The adviser, in the degree.
    Adviser,
    /// A partner, or the own files, in the answer to this item.
    Item(Item),
}

/// One difference with the judgement of Veilig Thuis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Disagreement {
    /// On what.
    pub dimension: Dimension,
    /// Who sees it otherwise.
    pub voice: Voice,
}

/// A difference and how the adviser weighs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Which difference.
    pub disagreement: Disagreement,
    /// What it means for the advice.
    pub text: Sensitive<String>,
}

/// Every difference with the judgement of Veilig Thuis, given the adviser's levels and the partners' views. A degree
/// that is not known differs from any level that Veilig Thuis gave; a partner without a view differs from nobody.
pub fn with_judgement(
    judgement: &Judgement,
    adviser: impl Fn(Dimension) -> Option<Level>,
    opinions: &[Held],
) -> BTreeSet<Disagreement> {
    let mut found = BTreeSet::new();
    for dimension in Dimension::ALL {
        let Some(by_vt) = judgement.level(dimension) else { continue };
        if adviser(dimension) != Some(by_vt) {
            found.insert(Disagreement { dimension, voice: Voice::Adviser });
        }
        let others = opinions.iter().filter(|held| held.opinion.level(dimension).is_some_and(|level| level != by_vt));
        found.extend(others.map(|held| Disagreement { dimension, voice: Voice::Item(held.item) }));
    }
    found
}

/// A line for every difference there is, and none for a difference that is not there.
pub fn faults(lines: &[Explained], there: &BTreeSet<Disagreement>) -> Faults {
    let mut faults = Faults::new();
    for one in there {
        let mut about = lines.iter().filter(|line| line.disagreement == *one);
        let explained = about.any(|line| !line.text.text().is_empty());
        faults.require(explained, format!("disagreements.{one}"), Problem::DeviationUnexplained);
    }
    for (index, line) in lines.iter().enumerate() {
        let here = format!("disagreements.{}", line.disagreement);
        faults.require(there.contains(&line.disagreement), here.clone(), Problem::Superfluous);
        let twice = lines[..index].iter().any(|other| other.disagreement == line.disagreement);
        faults.require(!twice, here, Problem::Duplicate);
    }
    faults
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.voice {
            Voice::Adviser => write!(f, "{}.adviseur", self.dimension.field()),
            Voice::Item(item) => write!(f, "{}.{item}", self.dimension.field()),
        }
    }
}

#[cfg(test)]
mod tests;
