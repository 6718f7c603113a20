//! What a case waits for: the one thing that has to happen next, for whoever looks at all cases at once.
//!
//! It follows from the gate, but for an acute signal that nobody looked at and calls that do not get through, and holds back
//! nothing itself. The gate names all that is open; this names the first of it.

use super::{Case, gate};
use crate::gate::{Open, Reason, Subject};
use crate::item::Item;
use std::fmt;

/// What has to happen next. What comes first stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waiting {
    /// An acute signal must be looked at (D27).
    Signal,
    /// Something does not get through; somebody must look at it (E3).
    Trouble,
    /// News after the decision must be looked at (A14).
    Alert,
    /// Outside the agreements or under twelve: a person must close the case (D2).
    Closing,
    /// The flow cannot be told, or HG/KM is not known (D3).
    Flow,
    /// The person list must be confirmed (D10).
    Household,
    /// The police must bring the report to Veilig Thuis or the zorgmelding (D6).
    Police,
    /// The lead must take up the latest version of the assignment.
    Lead,
    /// An item has no answer.
    Answer(Item),
    /// An item has an answer that does not count (D11).
    Completion(Item),
    /// An item must be weighed at its latest version.
    Weighing(Item),
    /// All is weighed; the advice must be signed, or signed anew.
    Signature,
    /// The gate is open; the prosecutor must decide.
    Decision,
}

/// What a case waits for; nothing once it has ended and there is nothing to look at.
pub fn waiting(case: &Case) -> Option<Waiting> {
    if case.unseen_signals().next().is_some() {
        return Some(Waiting::Signal);
    }
    if case.is_troubled() {
        return Some(Waiting::Trouble);
    }
    if case.end.is_some() {
        return case.unanswered().next().map(|_| Waiting::Alert);
    }
    match gate(case) {
        Ok(_) => Some(Waiting::Decision),
        Err(incomplete) => incomplete.open().iter().map(|open| Waiting::about(*open)).min(),
    }
}

impl Case {
    /// A call of OM does not get through: to a lead, also to tell one of before that its assignment ended, or about the
    /// decision (E3).
    pub fn is_troubled(&self) -> bool {
        self.assigned().any(|assigned| assigned.trouble.is_some()) || !self.troubles.is_empty()
    }
}

impl Waiting {
    /// What must happen about one open point.
    fn about(Open { subject, reason }: Open) -> Self {
        match (subject, reason) {
            (_, Reason::CallRefused | Reason::Stuck) => Waiting::Trouble,
            (_, Reason::OutsideScope) => Waiting::Closing,
            (Subject::Flow | Subject::HgKm, _) => Waiting::Flow,
            (Subject::Household, _) => Waiting::Household,
            (Subject::ReportToVt | Subject::Zorgmelding, _) => Waiting::Police,
            (Subject::Assignment, _) => Waiting::Lead,
            (Subject::Item(item), Reason::Incomplete(_)) => Waiting::Completion(item),
            (Subject::Item(item), Reason::NotWeighed) => Waiting::Weighing(item),
            (Subject::Item(item), _) => Waiting::Answer(item),
            (Subject::Advice, _) => Waiting::Signature,
            (Subject::Signal, _) => Waiting::Signal,
            (Subject::Act, _) => Waiting::Alert,
        }
    }
}

/// A stable name for machines, such as `weging-oudercheck`.
impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Waiting::Signal => f.write_str("acuut-signaal"),
            Waiting::Trouble => f.write_str("storing"),
            Waiting::Alert => f.write_str("nieuws-na-beslissing"),
            Waiting::Closing => f.write_str("sluiting"),
            Waiting::Flow => f.write_str("stroom"),
            Waiting::Household => f.write_str("gezin"),
            Waiting::Police => f.write_str("politie"),
            Waiting::Lead => f.write_str("adviseur"),
            Waiting::Answer(item) => write!(f, "antwoord-{}", item.slug()),
            Waiting::Completion(item) => write!(f, "aanvulling-{}", item.slug()),
            Waiting::Weighing(item) => write!(f, "weging-{}", item.slug()),
            Waiting::Signature => f.write_str("ondertekening"),
            Waiting::Decision => f.write_str("beslissing"),
        }
    }
}
