//! A partner's own view of the three dimensions, beside the judgement of Veilig Thuis (A32).

use crate::degree::{Dimension, Level};
use crate::item::Item;
use serde::{Deserialize, Serialize};

/// What a partner, or the lead in its own files, holds of each dimension; nothing where it holds no view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Acuut gevaar.
    pub acute: Option<Level>,
    /// Structurele onveiligheid.
    pub structural: Option<Level>,
    /// Complexiteit.
    pub complexity: Option<Level>,
}

/// A view as it stood in an answer to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The item.
    pub item: Item,
    /// The view.
    pub opinion: Opinion,
}

impl Opinion {
    /// The view of a dimension.
    pub fn level(&self, dimension: Dimension) -> Option<Level> {
        match dimension {
            Dimension::Acute => self.acute,
            Dimension::Structural => self.structural,
            Dimension::Complexity => self.complexity,
        }
    }

    /// Whether it holds a view of nothing: then it is left out.
    pub fn is_empty(&self) -> bool {
        Dimension::ALL.into_iter().all(|dimension| self.level(dimension).is_none())
    }
}
