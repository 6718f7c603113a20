//! What happens to a case: every event that there ever was. A stored shape is never changed.

use super::{Alert, Amendment, Closing, Errand, Lapse, LoggedCall, Registration, Settlement};
use crate::advice::Advice;
use crate::custody::Recorded;
use crate::decision::Decision;
use crate::household::Household;
use crate::item::{Item, Trouble};
use crate::look::{Finding, Matter};
use crate::name::{AssignmentName, CaseName};
use crate::organisation::{Actor, Organisation};
use crate::permission::Permission;
use crate::personal::Sensitive;
use crate::police::PoliceRecord;
use crate::progress::{Excess, Snapshot};
use crate::required::Required;
use crate::signal::Signal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// It was registered (D6).
    Registered {
        /// Its name.
        name: CaseName,
        /// The facts.
        facts: Box<Registration>,
        /// By whom.
        by: Actor,
    },
    /// The police brought something later (A40); the record as it is now.
    PoliceRecorded {
        /// The record.
        police: PoliceRecord,
        /// By whom.
        by: Actor,
    },
    /// The person list was confirmed.
    HouseholdConfirmed {
        /// Version of the list, from one.
        version: u32,
        /// The list.
        household: Household,
        /// Why someone dropped from it.
        reason: Option<Sensitive<String>>,
        /// By whom.
        by: Actor,
    },
    /// A person settled what the facts left open (D3).
    FlowSettled {
        /// How.
        settlement: Settlement,
        /// By whom.
        by: Actor,
    },
    /// What the lead must do changed: a new version of the assignment (D7, D23).
    Briefed {
        /// The assignment.
        assignment: AssignmentName,
        /// Who leads.
        lead: Organisation,
        /// Version of the assignment.
        version: u32,
        /// The required set.
        required: Required,
        /// Version of the dossier in it; zero while it is incomplete.
        dossier_version: u32,
    },
    /// The lead has a version of the assignment.
    BriefDelivered {
        /// Which.
        version: u32,
    },
    /// A version reached the lead when the case had been closed already: it is told of the end once more (D25).
    BriefDeliveredLate {
        /// Which.
        version: u32,
    },
    /// The lead reported how far it is (D22).
    Progressed {
        /// The snapshot.
        snapshot: Snapshot,
    },
    /// The lead submitted a signed advice.
    AdviceReceived {
        /// The advice.
        advice: Box<Advice>,
    },
    /// The current assignment ended though the case goes on: another lead, or nobody to be asked. What its lead says
    /// from now on does not count (D19, D23).
    AssignmentEnded {
        /// Its number within the case.
        number: u32,
        /// The facts turned out otherwise: what was asked need not have been asked (A36).
        corrected: bool,
    },
    /// A version of an assignment that ended reached its lead after all: it is told of the end once more (D23).
    FormerBriefed {
        /// Number of the assignment.
        number: u32,
        /// Which version.
        version: u32,
    },
    /// News of an assignment that ended: kept, never counted (D19, D21).
    FormerReported {
        /// Number of the assignment.
        number: u32,
        /// The snapshot's sequence.
        sequence: u64,
        /// An advice that came with it.
        advice: Option<Box<Advice>>,
        /// What its lead had asked and need not have (A36).
        excess: Vec<Excess>,
    },
    /// The lead of an assignment that ended cannot be told so (E3).
    FormerTroubled {
        /// Number of the assignment.
        number: u32,
        /// Which.
        trouble: Trouble,
    },
    /// That lead was told after all.
    FormerTold {
        /// Number of the assignment.
        number: u32,
    },
    /// News that does not count: superseded on its way, or after the end (D21).
    NotCounted {
        /// The snapshot's sequence.
        sequence: u64,
        /// An advice that came with it.
        advice: Option<Box<Advice>>,
    },
    /// The police corrected what they had registered; the parts that differ (A36, D23).
    Amended {
        /// What turned out otherwise, and why it is corrected.
        amendment: Box<Amendment>,
        /// By whom.
        by: Actor,
    },
    /// Answers were taken back: which versions of which items of an assignment rest on them (D12).
    AnswersRetracted {
        /// The assignment.
        assignment: AssignmentName,
        /// The versions, by item.
        versions: BTreeMap<Item, BTreeSet<u32>>,
    },
    /// An office that works on the case warns of acute danger (D27).
    SignalReceived(Box<Signal>),
    /// News after the end (A14), or an acute signal at any moment (D27).
    AlertRaised(Alert),
    /// The prosecutor looked at an alert, and leaves the case as it ended (D21, R-rk-12).
    AlertAnswered {
        /// Number of the alert within the case.
        number: u32,
        /// Why.
        reason: Sensitive<String>,
        /// By whom.
        by: Actor,
    },
    /// A case that had ended was opened again (D2).
    Reopened {
        /// Why.
        reason: Sensitive<String>,
        /// By whom.
        by: Actor,
        /// Who hears that the decision no longer stands; nothing of one that was closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lapse: Option<Lapse>,
    },
    /// A call to the lead was refused or is stuck (E3).
    Troubled {
        /// Which.
        trouble: Trouble,
    },
    /// Another call, after the decision, was refused or is stuck (E3).
    CallTroubled {
        /// What was to be done.
        errand: Errand,
        /// Which.
        trouble: Trouble,
    },
    /// A call that stood out as trouble came through after all.
    CallRecovered {
        /// What was done.
        errand: Errand,
    },
    /// The prosecutor decided.
    Decided(Box<Decision>),
    /// An office that was phoned for the last look said afterwards how it is (D28).
    LookedAgain {
        /// What was looked at.
        matter: Matter,
        /// What it said.
        finding: Finding,
    },
    /// The case ended without a decision (D25).
    Closed(Closing),
    /// The table called somebody (A16).
    CallLogged {
        /// Whom, and what came of it.
        call: Box<LoggedCall>,
        /// By whom.
        by: Actor,
    },
    /// An act of custody (D26).
    CustodyRecorded(Recorded),
    /// An act of custody was recorded wrongly; it stays readable, and counts no more.
    CustodyStruck {
        /// Its number within the case.
        number: u32,
        /// Why.
        reason: Sensitive<String>,
        /// By whom.
        by: Actor,
    },
    /// OM decided whether the dossier may travel (A34).
    DossierPermissionDecided {
        /// What it decided.
        permission: Permission,
        /// By whom.
        by: Actor,
    },
}
