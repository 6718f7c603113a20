//! The integral advice: three degrees, VT's judgement, substance, and the adviser's own proposal (R-3.2.5-1/-2, D16-D18).

use crate::decision::Route;
use crate::degree::{Degree, Dimension};
use crate::disagreement::{self, Disagreement, Explained};
use crate::fault::{Faults, Problem};
use crate::flow::Flow;
use crate::hole::{self, Hole};
use crate::item::Item;
use crate::judgement::{Instrument, Judgement, SafetyConditions};
use crate::opinion::Held;
use crate::organisation::{Actor, Organisation};
use crate::personal::Sensitive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

/// What the adviser writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Degree of acuut gevaar.
    pub acute: Degree,
    /// Degree of structurele onveiligheid.
    pub structural: Degree,
    /// Degree of complexiteit.
    pub complexity: Degree,
    /// The triage-instrument used, or why none (D18).
    pub instrument: InstrumentUse,
    /// The version of VT's answer whose judgement is quoted (R-3.2.5-1).
    pub judgement_version: u32,
    /// Why the advice as a whole deviates from VT's judgement: only in advices signed before each difference had its own
    /// line.
    pub deviation: Option<Sensitive<String>>,
    /// A line for each difference with VT's judgement, of the adviser or of a partner (A32).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Explained>,
    /// The substance of what each partner said; needed for every item in which someone is known (R-3.8.2-3).
    pub substance: BTreeMap<Item, Sensitive<String>>,
    /// Veiligheidsvoorwaarden.
    pub safety_conditions: SafetyConditions,
    /// The adviser's own proposal.
    pub proposal: Proposal,
}

/// Whether the triage-instrument was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InstrumentUse {
    /// This one.
    Used(Instrument),
    /// None; not possible in flow a (R-3.8.2a-4).
    NotUsed {
        /// Why.
        because: Sensitive<String>,
    },
}

/// The adviser's routing proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The route.
    pub route: Route,
    /// The reason.
    pub reason: Sensitive<String>,
}

/// A signed advice. It never changes; a new one has a higher version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Version, from one.
    pub version: u32,
    /// What the adviser wrote.
    pub content: Content,
    /// VT's judgement as VT gave it; of several, that of the Veilig Thuis that was asked first.
    pub judgement: Judgement,
    /// Which Veilig Thuis gave it. Older advices do not say: there was one, in the region of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<Organisation>,
    /// The judgements of Veilig Thuis in other regions (A30, D32).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_judgements: Vec<FurtherJudgement>,
    /// The partners' own views as they gave them, beside VT's judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<Held>,
    /// On which version of each item it rests.
    pub rests_on: BTreeMap<Item, u32>,
    /// The version of the assignment it was written for.
    pub assignment_version: u32,
    /// Version of the scale of degrees.
    pub scale: u32,
    /// Who signed.
    pub signed_by: Actor,
    /// When.
    pub signed_at: Timestamp,
    /// The version of which it says the same over newer information, without effect on it (D24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaffirms: Option<u32>,
    /// Why a new brief has no effect on what it says anew (D24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief_has_no_effect: Option<Sensitive<String>>,
    /// The holes under its degrees (D17).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub holes: BTreeSet<Hole>,
}

/// A judgement of Veilig Thuis in another region, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherJudgement {
    /// Which Veilig Thuis.
    pub by: Organisation,
    /// What it judged.
    pub judgement: Judgement,
}

/// What an advice is checked against.
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The required items.
    pub items: BTreeSet<Item>,
    /// The items in which someone is known.
    pub known_in: BTreeSet<Item>,
    /// The partners' own views in their latest answers.
    pub opinions: Vec<Held>,
    /// What every Veilig Thuis that was asked judged, and the version of the item in which it stands.
    pub judgements: Option<(u32, Vec<&'a Judgement>)>,
    /// The holes in all of it.
    pub holes: BTreeSet<Hole>,
}

impl Advice {
    /// Itself, and what it says anew: there its text was written.
    pub fn as_written<'a>(
        &'a self,
        by_version: impl Fn(u32) -> Option<&'a Advice>,
    ) -> impl Iterator<Item = &'a Advice> {
        let before = move |advice: &&'a Advice| by_version(advice.reaffirms.filter(|one| *one < advice.version)?);
        successors(Some(self), before)
    }

    /// Every judgement that it quotes.
    pub fn judgements(&self) -> impl Iterator<Item = &Judgement> {
        std::iter::once(&self.judgement).chain(self.further_judgements.iter().map(|further| &further.judgement))
    }
}

impl Content {
    /// The degree of a dimension.
    pub fn degree(&self, dimension: Dimension) -> &Degree {
        match dimension {
            Dimension::Acute => &self.acute,
            Dimension::Structural => &self.structural,
            Dimension::Complexity => &self.complexity,
        }
    }

    /// Everything that is wrong with it.
    pub fn faults(&self, grounds: &Grounds<'_>) -> Faults {
        let mut faults = Faults::new();
        for dimension in Dimension::ALL {
            let degree = self.degree(dimension);
            faults.merge(degree_faults(degree, dimension.field(), &grounds.items));
            faults.merge(hole::faults(degree, dimension, &grounds.holes));
        }
        self.instrument_faults(grounds.flow, &mut faults);
        self.judgement_faults(grounds, &mut faults);
        for item in &grounds.known_in {
            let told = self.substance.get(item).is_some_and(|text| !text.text().is_empty());
            faults.require(told, format!("substance.{item}"), Problem::Missing);
        }
        for item in self.substance.keys() {
            faults.require(grounds.items.contains(item), format!("substance.{item}"), Problem::NotAsked);
        }
        faults.require(!self.proposal.reason.text().is_empty(), "proposal.reason", Problem::Missing);
        faults.under("content")
    }

    fn instrument_faults(&self, flow: &Flow, faults: &mut Faults) {
        match &self.instrument {
            InstrumentUse::Used(instrument) => {
                faults.require(!instrument.name.is_empty(), "instrument.used.name", Problem::Missing);
                faults.require(!instrument.version.is_empty(), "instrument.used.version", Problem::Missing);
            }
            InstrumentUse::NotUsed { .. } if *flow == Flow::A => {
                faults.add("instrument.not_used", Problem::InstrumentObligatory);
            }
            InstrumentUse::NotUsed { because } => {
                faults.require(!because.text().is_empty(), "instrument.not_used.because", Problem::Missing);
            }
        }
    }

    /// The holes under its degrees.
    pub fn holes(&self, grounds: &Grounds<'_>) -> BTreeSet<Hole> {
        let under = |dimension| hole::under(self.degree(dimension), dimension, &grounds.holes);
        Dimension::ALL.into_iter().flat_map(under).collect()
    }

    /// What is wrong with its lines on differences with VT's judgement (A32).
    pub fn disagreement_faults(&self, grounds: &Grounds<'_>) -> Faults {
        let mut faults = disagreement::faults(&self.disagreements, &self.disagreements_with(grounds));
        faults.require(self.deviation.is_none(), "deviation", Problem::Superfluous);
        faults.under("content")
    }

    /// Every difference with VT's judgement, or with any of several: of these degrees, and of the partners (A32).
    pub fn disagreements_with(&self, grounds: &Grounds<'_>) -> BTreeSet<Disagreement> {
        let judgements = grounds.judgements.iter().flat_map(|(_, judgements)| judgements);
        let with = |judgement: &&Judgement| {
            disagreement::with_judgement(judgement, |dimension| self.degree(dimension).level(), &grounds.opinions)
        };
        judgements.flat_map(with).collect()
    }

    /// VT's judgement is quoted at the version weighed (R-3.2.5-1).
    fn judgement_faults(&self, grounds: &Grounds<'_>, faults: &mut Faults) {
        let Some((version, judgements)) = &grounds.judgements else {
            faults.require(self.judgement_version == 0, "judgement_version", Problem::NoSuchVersion);
            return;
        };
        faults.require(self.judgement_version != 0, "judgement_version", Problem::Missing);
        let quoted = self.judgement_version == 0 || self.judgement_version == *version;
        faults.require(quoted, "judgement_version", Problem::NoSuchVersion);
        if judgements.iter().any(|judgement| judgement.acute_part().is_some()) {
            // D15: nothing was judged yet of the other two.
            for dimension in [Dimension::Structural, Dimension::Complexity] {
                let unknown = self.degree(dimension).level().is_none();
                faults.require(unknown, format!("{}.known", dimension.field()), Problem::OnlyAcutePart);
            }
        }
    }
}

fn degree_faults(degree: &Degree, field: &str, items: &BTreeSet<Item>) -> Faults {
    let mut faults = Faults::new();
    match degree {
        Degree::Known { severity, rests_on, .. } => {
            faults.require(!severity.text().is_empty(), format!("{field}.known.severity"), Problem::Missing);
            faults.require(!rests_on.is_empty(), format!("{field}.known.rests_on"), Problem::Missing);
            faults.require(rests_on.is_subset(items), format!("{field}.known.rests_on"), Problem::NotAsked);
        }
        Degree::Onbekend { because } => {
            faults.require(!because.text().is_empty(), format!("{field}.onbekend.because"), Problem::Missing);
        }
    }
    faults
}

#[cfg(test)]
mod tests;
