//! A case that ended is opened again: how it had ended stays readable (D2, R-rk-12).

use super::{AlertAnswer, Case, End, Errand, Exit};
use crate::decision::Notice;
use crate::look::{Finding, Matter};
use crate::name::{AssignmentName, QuestionName};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
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

/// Who heard of a decision that no longer stands, or was about to, and must hear that it does not (D34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// Number of the assignment that it rested on.
    pub assignment: u32,
    /// The questions at Veilig Thuis that it rested on.
    pub questions: Vec<QuestionName>,
}

impl Case {
    /// What an office hears of a decision that no longer stands.
    pub fn lapse_behind(&self, errand: Errand) -> Option<Notice> {
        let of_lead = |number, name| self.assigned().any(|one| one.number() == number && Some(one.name) == name);
        self.chapters.iter().rev().find_map(|chapter| {
            let End::Decided(decision) = &chapter.end else { return None };
            let heard = match errand {
                Errand::TellLeadReopened { number } if of_lead(number, chapter.assignment) => decision.for_lead(),
                Errand::TellSourceReopened { question } if decision.heard_at().any(|one| one == question) => {
                    decision.for_source()
                }
                _ => return None,
            };
            Some(Notice { reopened_at: Some(chapter.at), ..heard })
        })
    }

    /// The case, opened again: that answers the news that stood. It is no answer to a signal: opening a case again says
    /// nothing of what was done about the danger, and whoever may do it need not be the prosecutor (D27, D31).
    pub(super) fn reopen(&mut self, reason: &Sensitive<String>, by: &Actor, at: Timestamp) {
        let Some(end) = self.end.take() else { return };
        // They were calls about a decision that no longer stands.
        self.troubles.retain(|(errand, _)| !errand.is_about_the_decision());
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
