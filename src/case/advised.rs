//! How the advice stands at OM, also after the end of the case (A14, D22, D24).

use super::Case;
use crate::gate::{Advised, rests_on_the_latest};
use crate::progress::{AdviceState, Snapshot};

/// How the advice of the current assignment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AdviceStanding {
    /// None was signed, or it did not arrive yet.
    None,
    /// The latest is signed, and rests on what there is now.
    Signed,
    /// The latest rests on something that was replaced.
    Stale,
    /// The latest was taken back.
    Withdrawn,
}

impl Case {
    /// How the advice stands, as far as the lead told.
    pub fn advice_standing(&self) -> AdviceStanding {
        match self.advised() {
            Advised::None => AdviceStanding::None,
            Advised::Withdrawn => AdviceStanding::Withdrawn,
            Advised::Signed { rests_on, current, .. } => {
                let standings = self.told().map(Snapshot::standings).unwrap_or_default();
                let required = self.assignment.as_ref().map(|assigned| &assigned.required);
                let fits = required.is_some_and(|required| rests_on_the_latest(rests_on, required, &standings));
                if current && fits { AdviceStanding::Signed } else { AdviceStanding::Stale }
            }
        }
    }

    /// What the lead told last of the current assignment.
    pub(super) fn told(&self) -> Option<&Snapshot> {
        let current = self.assignment.as_ref()?;
        self.progress.as_ref().filter(|told| told.assignment == current.name)
    }

    /// The advice, as the gate sees it.
    pub(super) fn advised(&self) -> Advised<'_> {
        match self.told().map(|told| told.advice) {
            None | Some(AdviceState::None) => Advised::None,
            Some(AdviceState::Withdrawn(_)) => Advised::Withdrawn,
            Some(AdviceState::Signed(version)) => {
                let current = self.assignment.as_ref().map(|assigned| assigned.version);
                self.advices.get(&version).map_or(Advised::None, |advice| Advised::Signed {
                    version,
                    rests_on: &advice.rests_on,
                    current: current == Some(advice.assignment_version),
                })
            }
        }
    }
}
