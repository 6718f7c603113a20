//! A case that ended is opened again: how it had ended stays readable (D2, R-rk-12).

use super::{AlertAnswer, Case, End, Exit};
use crate::look::{Finding, Matter};
use crate::name::AssignmentName;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// An end that did not last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// How the case had ended.
    pub end: End,
    /// The assignment that counted then: versions in a decision are of it.
    pub assignment: Option<AssignmentName>,
    /// What offices that were phoned for a decision said of it afterwards (D28).
    pub looked_again: BTreeMap<Matter, Finding>,
    /// How many alerts there were when it was opened again.
    pub(crate) alerts: usize,
    /// Why it was opened again.
    pub reason: Sensitive<String>,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Case {
    /// The case, opened again: that answers the news that stood. It is no answer to a signal: opening a case again says
    /// nothing of what was done about the danger, and whoever may do it need not be the prosecutor (D27, D31).
    pub(super) fn reopen(&mut self, reason: &Sensitive<String>, by: &Actor, at: Timestamp) {
        let Some(end) = self.end.take() else { return };
        // They were calls about a decision that no longer stands.
        self.troubles.clear();
        for number in self.unseen_news().collect::<Vec<_>>() {
            let answer = AlertAnswer { exit: Exit::Reopened, reason: reason.clone(), by: by.clone(), at };
            self.alert_answers.insert(number, answer);
        }
        if let End::Closed(_) = end {
            // Its assignment was withdrawn: whoever is asked now is asked today (D8).
            self.confirmed_at = at;
        }
        let assignment = self.assignment.as_ref().map(|assigned| assigned.name);
        let alerts = self.alerts.len();
        let looked_again = std::mem::take(&mut self.looked_again);
        let (reason, by) = (reason.clone(), by.clone());
        self.chapters.push(Chapter { end, assignment, looked_again, alerts, reason, by, at });
    }
}
