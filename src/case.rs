//! OM's case of one suspect: registered, briefed to the lead, decided or closed.

mod advised;
mod alert;
mod amend;
mod assigned;
mod beside;
mod call;
mod decide;
mod end;
mod event;
mod evolve;
mod explained;
mod gate;
mod look;
mod react;
mod registration;
mod reopen;
mod stuck;
pub mod timeline;
mod waiting;

pub use advised::AdviceStanding;
pub use alert::{Alert, AlertAnswer, Exit};
pub use amend::{Amendment, suspect_alone};
pub use assigned::{Assigned, Former};
pub use call::LoggedCall;
pub use decide::{Command, decide, to_look_at};
pub use end::{Closing, End};
pub use event::Event;
pub use evolve::evolve;
pub use explained::{Correction, Reduced, Settled};
pub use gate::gate;
pub use react::{Errand, react};
pub use registration::{CloseReason, Registration, Settlement};
pub use reopen::{Chapter, Lapse};
pub use stuck::{Stuck, Why, stuck};
pub use waiting::{Waiting, waiting};

use crate::advice::Advice;
use crate::assignment::Brief;
use crate::custody::{Recorded, Struck};
use crate::decision::Decision;
use crate::flow::{Flow, SettledAge};
use crate::household::{Household, Person, PersonNumber};
use crate::item::{Item, Trouble};
use crate::look::{Finding, Matter};
use crate::name::{AssignmentName, CaseName};
use crate::offence::HgKm;
use crate::organisation::{Actor, Kind, Organisation};
use crate::permission::Permission;
use crate::progress::Snapshot;
use crate::signal::Signal;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The case, or nothing before it is registered.
pub type State = Option<Box<Case>>;

/// The case as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name.
    pub name: CaseName,
    /// The facts, as they are now.
    pub facts: Registration,
    /// Who registered it.
    pub registered_by: Actor,
    /// When.
    pub registered_at: Timestamp,
    /// Who was ever listed under each number: a number is never given to someone else.
    pub(crate) numbers: BTreeMap<PersonNumber, Person>,
    /// How the age was settled.
    pub settled: Option<SettledAge>,
    /// Every settlement of what the facts left open, in order.
    pub settlements: Vec<Settled>,
    /// Every correction of the police, in order.
    pub corrections: Vec<Correction>,
    /// Why less is asked than before, each time that the person list was confirmed with a reason.
    pub reductions: Vec<Reduced>,
    /// Version of the confirmed person list; zero before.
    pub household_version: u32,
    /// The person list with corrections of the police that the operator has not confirmed yet.
    pub(crate) corrected: Option<Household>,
    /// When the person list was confirmed, or corrected since: the day of the questions that follow from it (D8).
    pub(crate) confirmed_at: Timestamp,
    /// The assignment that counts, once there is one.
    pub assignment: Option<Assigned>,
    /// The assignments that ended before it, in order.
    pub former: Vec<Former>,
    /// The latest snapshot of the lead.
    pub progress: Option<Snapshot>,
    /// Sequences of snapshots that came too late to count.
    pub(crate) not_counted: BTreeSet<u64>,
    /// The advices that came with such a snapshot after the case was closed, by version.
    pub advices_not_counted: BTreeMap<u32, Advice>,
    /// By assignment and item, the versions in which an answer stands that was taken back (D12).
    pub(crate) retracted: BTreeMap<AssignmentName, BTreeMap<Item, BTreeSet<u32>>>,
    /// Every advice received of the current assignment, by version.
    pub advices: BTreeMap<u32, Advice>,
    /// How it ended.
    pub end: Option<End>,
    /// How it had ended before it was opened again, in order.
    pub chapters: Vec<Chapter>,
    /// The acute signals, in order.
    pub signals: Vec<Signal>,
    /// News after the end and acute signals, in order.
    pub alerts: Vec<Alert>,
    /// The calls that the table made, and who made each.
    pub calls: Vec<(LoggedCall, Actor)>,
    /// What was recorded of custody, in order.
    pub custody: Vec<Recorded>,
    /// What of it was recorded wrongly, by number.
    pub custody_struck: BTreeMap<u32, Struck>,
    /// What OM decided about the dossier; nothing when it did not (A34).
    pub permission: Option<Permission>,
    /// What was done about it, by the number of the alert.
    pub alert_answers: BTreeMap<u32, AlertAnswer>,
    /// When something last happened that it may wait for; what is only noted beside the gate aside.
    pub(crate) moved_at: Timestamp,
    /// What offices that were phoned for the decision said of it afterwards (D28).
    pub looked_again: BTreeMap<Matter, Finding>,
    /// Calls that failed for good, other than those about the assignment.
    pub troubles: BTreeSet<(Errand, Trouble)>,
    /// Rises with everything that a person may have to look at again.
    pub revision: u64,
}

impl Case {
    /// The flow that the facts and settlements give.
    pub fn flow(&self) -> Flow {
        let age = crate::flow::age_at_act(&self.facts.household, &self.facts.act);
        crate::flow::determine(self.facts.suspect, age, &self.facts.hg_km, self.settled)
    }

    /// Outside the agreements or under twelve: there is no gated decision (D2).
    pub fn is_outside_scope(&self) -> bool {
        matches!(self.flow(), Flow::Outside(_) | Flow::Under12)
    }

    /// Whether a person stands under a number that was someone else's. What is not known of either tells nothing.
    pub(crate) fn belongs_to_another(&self, person: &Person) -> bool {
        self.numbers.get(&person.number).is_some_and(|known| known.is_surely_not(person))
    }

    /// OM at whose table the case is.
    pub fn principal(&self) -> Organisation {
        Organisation::new(Kind::Om, self.facts.region.clone())
    }

    /// Who leads, by the flow.
    pub fn lead(&self) -> Option<Organisation> {
        self.flow().lead().map(|kind| Organisation::new(kind, self.facts.region.clone()))
    }

    /// What the lead is asked, at its current version.
    pub fn brief(&self) -> Option<Brief> {
        let assigned = self.assignment.as_ref()?;
        Some(Brief {
            version: assigned.version,
            household_version: self.household_version,
            flow: self.flow(),
            household: self.facts.household.clone(),
            required: assigned.required.clone(),
            hg_km: self.facts.hg_km.binds(),
            arrested: assigned.held,
            police: self.released(),
            dossier_version: assigned.dossier_version,
            incident: Some(self.incident()),
            acute_part_suffices: false,
        })
    }

    /// By item, the versions of an assignment in which an answer stands that was taken back.
    pub fn retracted(&self, assignment: AssignmentName) -> BTreeMap<Item, BTreeSet<u32>> {
        self.retracted.get(&assignment).cloned().unwrap_or_default()
    }

    /// The decision, when the case ended with one.
    pub fn decision(&self) -> Option<&Decision> {
        match &self.end {
            Some(End::Decided(decision)) => Some(decision),
            Some(End::Closed(_)) | None => None,
        }
    }

    /// The latest advice that the lead holds to be signed.
    pub fn latest_advice(&self) -> Option<&Advice> {
        self.advices.values().next_back()
    }

    /// Whether the suspect was between 18 and 22 at the act, or 16 to 17: juvenile law may be weighed (A6).
    pub fn is_asr(&self) -> bool {
        let age = crate::flow::age_at_act(&self.facts.household, &self.facts.act);
        matches!(self.flow(), Flow::A | Flow::B) && age.most >= 16 && age.least < 23
    }

    /// Whether HG/KM still has to be established.
    pub(crate) fn hg_km_unknown(&self) -> bool {
        matches!(self.facts.hg_km, HgKm::Onbekend)
    }
}

#[cfg(test)]
mod tests;
