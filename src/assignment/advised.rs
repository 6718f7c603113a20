//! The signed advice: whether one stands, and what it is checked against.

use super::{Assignment, Strand, Track};
use crate::advice::{Advice, Grounds};
use crate::item::Item;
use crate::judgement::Judgement;
use crate::opinion::Held;
use crate::organisation::{Actor, Organisation};
use crate::personal::Sensitive;
use crate::progress::AdviceState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A signed advice that its adviser took back: it stays readable, and carries no decision (D24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Version of the advice.
    pub version: u32,
    /// Why.
    pub reason: Sensitive<String>,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Assignment {
    /// Whether there is a signed advice, or the latest was taken back.
    pub fn advice_state(&self) -> AdviceState {
        let Some(Advice { version, .. }) = self.advices.last() else { return AdviceState::None };
        let withdrawn = self.withdrawals.iter().any(|withdrawal| withdrawal.version == *version);
        if withdrawn { AdviceState::Withdrawn(*version) } else { AdviceState::Signed(*version) }
    }

    /// Whether the advice that stands rests on something that was replaced (A14).
    pub fn is_stale(&self) -> bool {
        let AdviceState::Signed(_) = self.advice_state() else { return false };
        let Some(advice) = self.advices.last() else { return false };
        let latest = |track: &Track| track.latest().map_or(0, |version| version.version);
        advice.assignment_version != self.brief.as_ref().map_or(0, |brief| brief.version)
            || self.required().any(|(item, track)| advice.rests_on.get(&item) != Some(&latest(track)))
    }

    /// What an advice is checked against.
    pub fn grounds(&self) -> Option<Grounds<'_>> {
        let brief = self.brief.as_ref()?;
        let known = |track: &Track| track.latest().is_some_and(|version| !version.content.known().is_empty());
        let judgements: Vec<&Judgement> = self.judgements().into_iter().map(|(_, judgement)| judgement).collect();
        let at_vt = self.tracks.get(&Item::VeiligThuis).and_then(Track::latest).filter(|_| !judgements.is_empty());
        Some(Grounds {
            flow: &brief.flow,
            items: self.required().map(|(item, _)| item).collect(),
            known_in: self.required().filter(|(_, track)| known(track)).map(|(item, _)| item).collect(),
            judgements: at_vt.map(|latest| (latest.version, judgements)),
            opinions: self.opinions(),
            holes: self.required().flat_map(|(item, track)| track.holes(item)).collect(),
        })
    }

    /// The judgement of every Veilig Thuis that was asked and gave one, in the order in which they were asked.
    pub fn judgements(&self) -> Vec<(&Organisation, &Judgement)> {
        let asked = self.tracks.get(&Item::VeiligThuis).into_iter().flat_map(Track::running);
        asked.filter_map(Strand::judgement).collect()
    }

    /// The partners' own views in their latest answers (A32).
    pub fn opinions(&self) -> Vec<Held> {
        let latest = self.required().filter_map(|(item, track)| Some((item, track.latest()?)));
        let answers = latest.flat_map(|(item, version)| version.content.answers().map(move |answer| (item, answer)));
        answers.filter_map(|(item, answer)| answer.opinion.map(|opinion| Held { item, opinion })).collect()
    }
}
