//! What must be done about an event: errands to the lead, written in the same transaction (E3).

use super::Event;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something to be done at the lead. It names what to send; the content is read from the case when it is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Bring this version of the assignment, or a later one, to the lead.
    Brief {
        /// Version of the assignment.
        version: u32,
    },
    /// End the assignment of a case that was closed.
    Withdraw,
    /// Tell the lead of an assignment of before that it ended.
    WithdrawFormer {
        /// Number of the assignment within the case.
        number: u32,
    },
}

/// What it does, for whoever keeps it going.
impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Errand::Brief { version } => write!(f, "brief lead, version {version}"),
            Errand::Withdraw => f.write_str("withdraw assignment at lead"),
            Errand::WithdrawFormer { number } => write!(f, "withdraw assignment {number} at its lead"),
        }
    }
}

/// The errands that an event gives rise to.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::Briefed { version, .. } => vec![Errand::Brief { version: *version }],
        Event::Closed(_) | Event::BriefDeliveredLate { .. } => vec![Errand::Withdraw],
        Event::AssignmentEnded { number, .. } | Event::FormerBriefed { number, .. } => {
            vec![Errand::WithdrawFormer { number: *number }]
        }
        Event::Registered { .. }
        | Event::PoliceRecorded { .. }
        | Event::HouseholdConfirmed { .. }
        | Event::FlowSettled { .. }
        | Event::BriefDelivered { .. }
        | Event::Progressed { .. }
        | Event::AdviceReceived { .. }
        | Event::NotCounted { .. }
        | Event::FormerReported { .. }
        | Event::FormerTroubled { .. }
        | Event::FormerTold { .. }
        | Event::Amended { .. }
        | Event::AlertRaised(_)
        | Event::AlertAnswered { .. }
        | Event::Reopened { .. }
        | Event::Troubled { .. }
        | Event::Decided(_)
        | Event::CallLogged { .. }
        | Event::CustodyRecorded(_)
        | Event::DossierPermissionDecided { .. } => Vec::new(),
    }
}
