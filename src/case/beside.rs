//! What stands beside the gate of a case: its incident (A12), custody (D26), and how far the dossier travels (A34).

use super::{Case, gate};
use crate::custody::{Custody, Step};
use crate::name::IncidentName;
use crate::permission::Permission;
use crate::police::PoliceRecord;
use jiff::Timestamp;

impl Case {
    /// The custody of the suspect as it stands (D26).
    pub fn custody(&self) -> Custody {
        Custody::of(self.arrived_at(), &self.custody_but(None))
    }

    /// When an arrested suspect arrived, as the registration tells.
    pub(crate) fn arrived_at(&self) -> Option<Timestamp> {
        self.facts.arrived_at.filter(|_| self.facts.arrested)
    }

    /// The acts of custody that count, but the one with this number: they are counted from one, as they were recorded.
    pub(crate) fn custody_but(&self, number: Option<u32>) -> Vec<(Step, Timestamp)> {
        let counts = |other: &u32| Some(*other) != number && !self.custody_struck.contains_key(other);
        let acts = (1..).zip(&self.custody).filter(|(other, _)| counts(other));
        acts.map(|(_, recorded)| (recorded.step, recorded.at)).collect()
    }

    /// Arrested when the case began, or held since: the short terms hold (T4).
    pub(crate) fn is_held(&self) -> bool {
        self.facts.arrested || self.custody().is_held()
    }

    /// The gate is shut before a decision that must pass it (A18): also while a term of custody runs out.
    pub fn is_held_back(&self) -> bool {
        self.end.is_none() && !self.is_outside_scope() && gate(self).is_err()
    }

    /// The incident that it is of, with a case for each suspect (A12).
    pub fn incident(&self) -> IncidentName {
        IncidentName::derive(&self.facts.region, &self.facts.bvh_number)
    }

    /// What of the police's part travels to the lead: a dossier only as far as OM lets it (A34, P2).
    pub(crate) fn released(&self) -> PoliceRecord {
        let withheld = self.permission.as_ref().is_some_and(Permission::withholds);
        if withheld { self.facts.police.without_dossier() } else { self.facts.police.clone() }
    }
}
