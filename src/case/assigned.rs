//! What was asked of a lead: the assignment that counts, and those that ended before it (D23).

use super::Case;
use crate::advice::Advice;
use crate::flow::Flow;
use crate::item::Trouble;
use crate::name::AssignmentName;
use crate::offence::Act;
use crate::organisation::Organisation;
use crate::police::PoliceRecord;
use crate::progress::Excess;
use crate::required::Required;
use std::collections::{BTreeMap, BTreeSet};

/// What was asked of the lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The assignment.
    pub name: AssignmentName,
    /// Who leads.
    pub lead: Organisation,
    /// How many assignments of the case went before it.
    pub earlier: u32,
    /// The version with which it began: versions are counted on over all assignments of the case.
    pub first: u32,
    /// Version.
    pub version: u32,
    /// The version that reached the lead; zero before.
    pub delivered: u32,
    /// The required set.
    pub required: Required,
    /// Version of the dossier in it.
    pub dossier_version: u32,
    /// The suspect was held when the version was made: a version says the same whenever it is sent.
    pub(crate) held: bool,
    /// Why the lead cannot be reached.
    pub trouble: Option<Trouble>,
    /// What the version was made from; what differs makes a new one.
    pub(crate) basis: Basis,
}

/// An assignment that ended though the case went on: nothing of it counts any more (D19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// As it stood when it ended; the trouble is that of telling its lead.
    pub assigned: Assigned,
    /// The facts turned out otherwise: what was asked need not have been asked (A36).
    pub corrected: bool,
    /// Every advice that its lead brought, by version.
    pub advices: BTreeMap<u32, Advice>,
    /// What its lead had asked and need not have (A36).
    pub excess: Vec<Excess>,
    /// Sequences of the snapshots that are recorded.
    pub(crate) heard: BTreeSet<u64>,
}

/// The facts that a brief is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Basis {
    pub(crate) household_version: u32,
    pub(crate) hg_km: bool,
    pub(crate) police: PoliceRecord,
    pub(crate) flow: Flow,
    pub(crate) act: Act,
}

impl Assigned {
    /// Its number within the case, from one.
    pub fn number(&self) -> u32 {
        self.earlier + 1
    }
}

impl Case {
    /// The assignment of before with this number.
    pub fn former(&self, number: u32) -> Option<&Former> {
        self.former.iter().find(|former| former.assigned.number() == number)
    }

    /// The assignment of before that this version belongs to.
    pub(crate) fn former_at(&self, version: u32) -> Option<&Former> {
        let of = |former: &&Former| (former.assigned.first..=former.assigned.version).contains(&version);
        self.former.iter().find(of)
    }

    /// Every assignment that there was, the current one last.
    pub fn assigned(&self) -> impl Iterator<Item = &Assigned> {
        self.former.iter().map(|former| &former.assigned).chain(&self.assignment)
    }

    /// What was asked in this case and need not have been, as corrections showed (A36).
    pub fn excess(&self) -> impl Iterator<Item = &Excess> {
        let current = self.progress.iter().flat_map(|snapshot| &snapshot.excess);
        self.former.iter().flat_map(|former| &former.excess).chain(current)
    }

    /// The latest assignment that there was.
    pub(crate) fn last_assigned(&self) -> Option<&Assigned> {
        self.assigned().last()
    }

    pub(crate) fn basis(&self) -> Basis {
        Basis {
            household_version: self.household_version,
            hg_km: self.facts.hg_km.binds(),
            police: self.released(),
            flow: self.flow(),
            act: self.facts.act.clone(),
        }
    }

    pub(super) fn former_mut(&mut self, number: u32) -> Option<&mut Former> {
        self.former.iter_mut().find(|former| former.assigned.number() == number)
    }

    /// The current assignment joins those of before.
    pub(super) fn end_assignment(&mut self, corrected: bool) {
        let Some(assigned) = self.assignment.take() else { return };
        let mut heard = std::mem::take(&mut self.not_counted);
        let progress = self.progress.take();
        heard.extend(progress.as_ref().map(|snapshot| snapshot.sequence));
        let excess = progress.map(|snapshot| snapshot.excess).unwrap_or_default();
        let mut advices = std::mem::take(&mut self.advices);
        advices.append(&mut self.advices_not_counted);
        let assigned = Assigned { trouble: None, ..assigned };
        self.former.push(Former { assigned, corrected, advices, excess, heard });
    }
}
