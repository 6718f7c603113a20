//! News after the end of a case, and acute signals at any moment: somebody must look at it, and say what it means (D21,
//! A14, D27, R-rk-12).

use super::Case;
use crate::gate::Subject;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// News after the decision, or an acute signal: what it is about, and at which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Alert {
    /// What changed.
    pub subject: Subject,
    /// The version that is new.
    pub version: u32,
    /// When it arrived.
    pub at: Timestamp,
}

/// What was done about an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertAnswer {
    /// What.
    pub exit: Exit,
    /// Why.
    pub reason: Sensitive<String>,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// The two ways out of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// The case stays as it is.
    Stands,
    /// The case was opened again.
    Reopened,
}

impl Case {
    /// The alert with this number: they are counted from one, in the order in which they were raised.
    pub fn alert(&self, number: u32) -> Option<&Alert> {
        self.alerts.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// Every alert with its number.
    pub fn numbered_alerts(&self) -> impl Iterator<Item = (u32, &Alert)> {
        (1..).zip(&self.alerts)
    }

    /// Numbers of the alerts that nobody answered yet.
    pub fn unanswered(&self) -> impl Iterator<Item = u32> {
        self.numbered_alerts().map(|(number, _)| number).filter(|number| !self.alert_answers.contains_key(number))
    }

    /// Numbers of the acute signals' alerts that nobody answered yet.
    pub(crate) fn unseen_signals(&self) -> impl Iterator<Item = u32> {
        self.unanswered().filter(|number| self.is_signal(*number))
    }

    /// Numbers of the alerts about how the case ended that nobody answered yet.
    pub(super) fn unseen_news(&self) -> impl Iterator<Item = u32> {
        self.unanswered().filter(|number| !self.is_signal(*number))
    }

    fn is_signal(&self, number: u32) -> bool {
        self.alert(number).is_some_and(|alert| alert.subject == Subject::Signal)
    }

    /// The alerts about how the case ended last.
    pub(crate) fn latest_alerts(&self) -> &[Alert] {
        self.alerts.get(self.alerts_of_before()..).unwrap_or_default()
    }

    /// Of those, the ones that nobody answered yet.
    pub(crate) fn latest_unanswered(&self) -> impl Iterator<Item = &Alert> {
        let unanswered = self.numbered_alerts().skip(self.alerts_of_before());
        unanswered.filter(|(number, _)| !self.alert_answers.contains_key(number)).map(|(_, alert)| alert)
    }

    fn alerts_of_before(&self) -> usize {
        self.chapters.last().map_or(0, |chapter| chapter.alerts)
    }
}
