//! The decision of the prosecutor: route or disposal, with its motivation (R-3.8.2-4, D34).

use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::look::{self, Matter, Phoned, Seen};
use crate::name::QuestionName;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Routes and disposals at the ZSM table. Voorgeleiding is a custody act and none of these (D26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Route {
    /// Halt.
    Halt,
    /// Unconditional dismissal.
    SepotOnvoorwaardelijk,
    /// Conditional dismissal.
    SepotVoorwaardelijk,
    /// Penalty order.
    Strafbeschikking,
    /// Settlement.
    Transactie,
    /// Summons.
    Dagvaarding,
    /// Mediation.
    Mediation,
    /// Handed to another office.
    Overdracht,
    /// Further investigation.
    NaderOnderzoek,
    /// Back to Veilig Thuis or the Zorg- en Veiligheidshuis.
    TerugNaarZorg,
}

/// How the decision stands to the advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stance {
    /// The advised route is taken.
    Follows,
    /// Another route is taken, with the reason.
    Deviates {
        /// Why.
        because: Sensitive<String>,
    },
}

/// What the prosecutor asks to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Route or disposal.
    pub route: Route,
    /// How it contributes to the safety and resilience of those involved.
    pub motivation: Sensitive<String>,
    /// The version of the advice that was read.
    pub advice_version: u32,
    /// Follow or deviate.
    pub stance: Stance,
    /// Which offices were phoned because they could not be reached (D28).
    pub phoned: Vec<Phoned>,
}

/// A decision that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Route or disposal.
    pub route: Route,
    /// Motivation.
    pub motivation: Sensitive<String>,
    /// The version of the advice that was read.
    pub advice_version: u32,
    /// Follow or deviate.
    pub stance: Stance,
    /// On which versions of the items it rests.
    pub rests_on: BTreeMap<Item, u32>,
    /// Who decided.
    pub by: Actor,
    /// The mandate, when a parketsecretaris decided.
    pub mandate: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What was looked at right before it (D28); of a decision from before there were last looks nothing is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look: Vec<Seen>,
}

/// What others hear of a decision (D34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Route or disposal.
    pub route: Route,
    /// How it stands to the advice; only the lead hears that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// When it was made.
    pub at: Timestamp,
    /// When the case was opened again, so that it no longer stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened_at: Option<Timestamp>,
}

impl Notice {
    /// Of all that was heard, in whatever order, the decision that stands: the one that was made last, unless the case was
    /// opened again since.
    pub fn standing(heard: &[Notice]) -> Option<&Notice> {
        let last = heard.iter().max_by_key(|notice| notice.at)?;
        let lapsed = heard.iter().any(|notice| notice.at == last.at && notice.reopened_at.is_some());
        (!lapsed).then_some(last)
    }
}

impl Decision {
    /// What the lead hears: followed, or deviated and why.
    pub fn for_lead(&self) -> Notice {
        Notice { route: self.route, stance: Some(self.stance.clone()), at: self.at, reopened_at: None }
    }

    /// The questions at Veilig Thuis of which its desk hears of the decision (D34).
    pub fn heard_at(&self) -> impl Iterator<Item = QuestionName> {
        self.look.iter().filter_map(|seen| match &seen.matter {
            Matter::Answer(enquired) if enquired.item == Item::VeiligThuis => Some(enquired.question),
            Matter::Answer(_) | Matter::Advice { .. } => None,
        })
    }

    /// What Veilig Thuis hears: that it was decided, and the route.
    pub fn for_source(&self) -> Notice {
        Notice { route: self.route, stance: None, at: self.at, reopened_at: None }
    }
}

impl Proposed {
    /// What is wrong with it as seen at an instant, given the advised route and the latest version of the advice.
    pub fn faults(&self, advised: Option<(u32, Route)>, at: Timestamp) -> Faults {
        let mut faults = look::faults_of_calls(&self.phoned, "phoned", at);
        faults.require(!self.motivation.text().is_empty(), "motivation", Problem::Missing);
        if let Stance::Deviates { because } = &self.stance {
            faults.require(!because.text().is_empty(), "deviates.because", Problem::Missing);
        }
        if let Some((version, route)) = advised {
            faults.require(self.advice_version == version, "advice_version", Problem::NoSuchVersion);
            let follows = self.stance == Stance::Follows;
            faults.require(follows == (self.route == route), "route", Problem::NotTheAdvisedRoute);
        }
        faults
    }
}

#[cfg(test)]
mod tests;
