//! An advice that is not finished: read with every part as it is, missing or empty.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use super::time::instant;
use crate::pb::adviser::v1 as adviser;
use crate::pb::model::v1::{self as model, degree, instrument_use, safety_conditions};
use zsm::advice::InstrumentUse;
use zsm::draft::{Draft, DraftDegree, DraftProposal, SavedDraft};
use zsm::judgement::SafetyConditions;
use zsm::{Faults, Problem};

impl From<&DraftDegree> for model::Degree {
    fn from(degree: &DraftDegree) -> Self {
        let degree = match degree {
            DraftDegree::Known { level, at_least, severity, rests_on } => degree::Degree::Known(model::KnownDegree {
                level: level.map_or(model::Level::Unspecified, Into::into).into(),
                at_least: *at_least,
                severity: severity.text().to_owned(),
                rests_on: rests_on.iter().map(|item| model::ItemKind::from(*item).into()).collect(),
            }),
            DraftDegree::Onbekend { because } => {
                degree::Degree::Onbekend(model::UnknownDegree { because: because.text().to_owned() })
            }
        };
        Self { degree: Some(degree) }
    }
}

impl From<&Draft> for model::AdviceContent {
    fn from(draft: &Draft) -> Self {
        let substance = draft.substance.iter().map(|(item, text)| model::Substantiation {
            item: model::ItemKind::from(*item).into(),
            text: text.text().to_owned(),
        });
        let proposal = draft.proposal.as_ref().map(|proposal| model::RouteProposal {
            route: proposal.route.map_or(model::Route::Unspecified, Into::into).into(),
            reason: proposal.reason.text().to_owned(),
        });
        Self {
            acute: draft.acute.as_ref().map(Into::into),
            structural: draft.structural.as_ref().map(Into::into),
            complexity: draft.complexity.as_ref().map(Into::into),
            instrument: draft.instrument.as_ref().map(Into::into),
            judgement_version: draft.judgement_version,
            deviation: String::new(),
            substance: substance.collect(),
            safety_conditions: draft.safety_conditions.as_ref().map(Into::into),
            proposal,
            disagreements: draft.disagreements.iter().map(Into::into).collect(),
        }
    }
}

impl Read<Draft> for model::AdviceContent {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Draft> {
        let mut place = Place::at(path, faults);
        let acute = place.draft_degree("acute", self.acute);
        let structural = place.draft_degree("structural", self.structural);
        let complexity = place.draft_degree("complexity", self.complexity);
        let instrument = place.draft_instrument(self.instrument);
        let disagreements = place.disagreements(self.disagreements);
        let substance = place.by_item("substance", self.substance, |place, one| {
            let item = place.choice("item", one.item);
            let text = place.case_text_or_empty("text", one.text);
            Some((item?, text?))
        });
        let safety_conditions = place.draft_conditions(self.safety_conditions);
        let proposal = place.draft_proposal(self.proposal);
        if !self.deviation.is_empty() {
            place.fault("deviation", Problem::Superfluous);
        }
        Some(Draft {
            acute: acute?,
            structural: structural?,
            complexity: complexity?,
            instrument: instrument?,
            judgement_version: self.judgement_version,
            disagreements: disagreements?,
            substance: substance?,
            safety_conditions: safety_conditions?,
            proposal: proposal?,
        })
    }
}

impl From<&SavedDraft> for adviser::AdviceDraft {
    fn from(saved: &SavedDraft) -> Self {
        Self {
            version: saved.version,
            content: Some((&saved.draft).into()),
            saved_by: Some((&saved.by).into()),
            saved_at: Some(instant(saved.at)),
        }
    }
}

/// Each part: what is there, nothing when it is missing, or a fault when it cannot be read at all.
impl Place<'_> {
    fn draft_degree(&mut self, field: &str, degree: Option<model::Degree>) -> Option<Option<DraftDegree>> {
        let mut place = self.inside(field);
        let read = match degree.and_then(|one| one.degree) {
            None => return Some(None),
            Some(degree::Degree::Onbekend(unknown)) => {
                let because = place.inside("onbekend").case_text_or_empty("because", unknown.because);
                DraftDegree::Onbekend { because: because? }
            }
            Some(degree::Degree::Known(known)) => {
                let mut place = place.inside("known");
                let level = place.optional_choice("level", known.level);
                let severity = place.case_text_or_empty("severity", known.severity);
                let rests_on = place.choices("rests_on", known.rests_on);
                DraftDegree::Known { level: level?, at_least: known.at_least, severity: severity?, rests_on: rests_on? }
            }
        };
        Some(Some(read))
    }

    fn draft_instrument(&mut self, instrument: Option<model::InstrumentUse>) -> Option<Option<InstrumentUse>> {
        let mut place = self.inside("instrument");
        let read = match instrument.and_then(|one| one.r#use) {
            None => return Some(None),
            Some(instrument_use::Use::Used(used)) => InstrumentUse::Used(place.required("used", Some(used))?),
            Some(instrument_use::Use::NotUsed(not_used)) => {
                let because = place.inside("not_used").case_text_or_empty("because", not_used.because);
                InstrumentUse::NotUsed { because: because? }
            }
        };
        Some(Some(read))
    }

    fn draft_conditions(&mut self, conditions: Option<model::SafetyConditions>) -> Option<Option<SafetyConditions>> {
        let mut place = self.inside("safety_conditions");
        let read = match conditions.and_then(|one| one.state) {
            None => return Some(None),
            Some(safety_conditions::State::None(_)) => SafetyConditions::None,
            Some(safety_conditions::State::NotYetJudged(_)) => SafetyConditions::NotYetJudged,
            Some(safety_conditions::State::List(list)) => {
                let mut place = place.inside("list");
                let texts = place.each("conditions", LIST_LIMIT, list.conditions, |place, element, text| {
                    place.case_text_or_empty(element, text)
                });
                SafetyConditions::List(texts?)
            }
        };
        Some(Some(read))
    }

    fn draft_proposal(&mut self, proposal: Option<model::RouteProposal>) -> Option<Option<DraftProposal>> {
        let Some(proposal) = proposal else { return Some(None) };
        let mut place = self.inside("proposal");
        let route = place.optional_choice("route", proposal.route);
        let reason = place.case_text_or_empty("reason", proposal.reason);
        Some(Some(DraftProposal { route: route?, reason: reason? }))
    }
}
