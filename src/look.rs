//! The last look (D28): right before a decision the lead and every source say whether what it rests on is still so.
//!
//! Silence is no answer here either: an office that cannot be reached keeps the decision shut, unless someone phoned it
//! within the hour. Then the decision says so, and the office is asked again afterwards.

use crate::fault::{Faults, Problem};
use crate::gate::{Incomplete, Open, Reason, Subject};
use crate::name::AssignmentName;
use crate::organisation::Organisation;
use crate::progress::Enquired;
use crate::telephone::Call;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a telephone call stands in for an answer.
const CALL_HOLDS: SignedDuration = SignedDuration::from_mins(60);

/// Something that an office confirms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Matter {
    /// That this version of the advice stands, and rests on all that the lead has.
    Advice {
        /// The assignment.
        assignment: AssignmentName,
        /// Who leads.
        lead: Organisation,
        /// Version of the advice.
        version: u32,
        /// Version of the assignment that it was written for.
        assignment_version: u32,
    },
    /// That this version is the latest answer to a question, and nobody works on another.
    Answer(Enquired),
}

/// What an office says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Finding {
    /// It is so.
    Current,
    /// There is something newer.
    Newer,
    /// Someone works on something newer.
    InProgress,
    /// The office does not know it, or no longer.
    UnknownQuestion,
    /// No answer came, or none that can be read.
    Unreachable,
}

/// What came back of a last look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look(Vec<(Matter, Finding)>);

/// An office that was phoned because it could not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phoned {
    /// Which office.
    pub office: Organisation,
    /// The call.
    pub call: Call,
}

/// One matter that was looked at and found current, by the office itself or by telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What was looked at.
    pub matter: Matter,
    /// The call that stood in for the office, which is asked again afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phoned: Option<Call>,
}

/// Proof that everything was looked at and found current: only [`Look::pass`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed(Vec<Seen>);

impl Matter {
    /// Who confirms it.
    pub fn office(&self) -> &Organisation {
        match self {
            Matter::Advice { lead, .. } => lead,
            Matter::Answer(enquired) => &enquired.addressee,
        }
    }

    /// What it is about, as the gate names it (D30).
    pub fn subject(&self) -> Subject {
        match self {
            Matter::Advice { .. } => Subject::Advice,
            Matter::Answer(enquired) => Subject::Item(enquired.item),
        }
    }
}

impl Finding {
    /// Why it keeps the decision shut; nothing when it is current.
    pub fn holds_back(self) -> Option<Reason> {
        match self {
            Finding::Current => None,
            Finding::Newer => Some(Reason::NewerElsewhere),
            Finding::InProgress => Some(Reason::BeingSupplemented),
            Finding::UnknownQuestion => Some(Reason::UnknownElsewhere),
            Finding::Unreachable => Some(Reason::Unreachable),
        }
    }
}

impl Look {
    /// What the offices said.
    pub fn new(said: Vec<(Matter, Finding)>) -> Self {
        Self(said)
    }

    /// Everything current, and every silent office phoned? What was not looked at in exactly this version counts as not
    /// looked at. A call to an office that answers is left out: what the office itself says goes before it.
    ///
    /// # Errors
    /// Everything that is open.
    pub fn pass(&self, matters: Vec<Matter>, phoned: &[Phoned]) -> Result<Confirmed, Incomplete> {
        let (mut seen, mut open) = (Vec::new(), Vec::new());
        for matter in matters {
            let finding = self.0.iter().find(|(looked, _)| *looked == matter).map(|(_, finding)| *finding);
            let call = phoned.iter().find(|phoned| phoned.office == *matter.office()).map(|phoned| &phoned.call);
            let reason = finding.map_or(Some(Reason::NotLookedAt), Finding::holds_back);
            match (reason, call) {
                (None, _) => seen.push(Seen { matter, phoned: None }),
                (Some(Reason::Unreachable), Some(call)) => seen.push(Seen { matter, phoned: Some(call.clone()) }),
                (Some(reason), _) => open.push(Open { subject: matter.subject(), reason }),
            }
        }
        open.dedup();
        Incomplete::unless_empty(open).map(|()| Confirmed(seen))
    }
}

impl Confirmed {
    /// What was looked at.
    pub fn into_seen(self) -> Vec<Seen> {
        self.0
    }
}

/// What is wrong with the calls that a decision names, as seen at an instant: each office once, and within the hour.
pub fn faults_of_calls(phoned: &[Phoned], path: &str, at: Timestamp) -> Faults {
    let mut faults = Faults::new();
    for (index, one) in phoned.iter().enumerate() {
        let here = format!("{path}[{index}]");
        faults.merge(one.call.faults(&format!("{here}.call"), at));
        let holds = one.call.at.duration_until(at) <= CALL_HOLDS;
        faults.require(holds, format!("{here}.call.at"), Problem::TooLongAgo);
        let twice = phoned[..index].iter().any(|other| other.office == one.office);
        faults.require(!twice, format!("{here}.office"), Problem::Duplicate);
    }
    faults
}

/// Calls to offices that have no part in the decision are a mistake.
pub fn faults_of_offices(phoned: &[Phoned], matters: &[Matter], path: &str) -> Faults {
    let mut faults = Faults::new();
    for (index, one) in phoned.iter().enumerate() {
        let asked = matters.iter().any(|matter| *matter.office() == one.office);
        faults.require(asked, format!("{path}[{index}].office"), Problem::OfficeNotInvolved);
    }
    faults
}

#[cfg(test)]
mod tests;
