//! The integral advice.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use super::time::instant;
use crate::pb::model::v1::{self as model, degree, instrument_use};
use std::collections::BTreeMap;
use zsm::advice::{Advice, Content, FurtherJudgement, InstrumentUse, Proposal};
use zsm::degree::Degree;
use zsm::hole::Hole;
use zsm::{Faults, Item, Problem, Sensitive};

impl From<&Degree> for model::Degree {
    fn from(degree: &Degree) -> Self {
        let degree = match degree {
            Degree::Known { level, at_least, severity, rests_on } => degree::Degree::Known(model::KnownDegree {
                level: model::Level::from(*level).into(),
                at_least: *at_least,
                severity: severity.text().to_owned(),
                rests_on: rests_on.iter().map(|item| model::ItemKind::from(*item).into()).collect(),
            }),
            Degree::Onbekend { because } => {
                degree::Degree::Onbekend(model::UnknownDegree { because: because.text().to_owned() })
            }
        };
        Self { degree: Some(degree) }
    }
}

impl Read<Degree> for model::Degree {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Degree> {
        let mut place = Place::at(path, faults);
        match self.degree {
            None => place.refuse("degree", Problem::Missing),
            Some(degree::Degree::Onbekend(unknown)) => {
                let because = place.inside("onbekend").case_text("because", unknown.because);
                Some(Degree::Onbekend { because: because? })
            }
            Some(degree::Degree::Known(known)) => {
                let mut place = place.inside("known");
                let level = place.choice("level", known.level);
                let severity = place.case_text("severity", known.severity);
                let rests_on = place.choices("rests_on", known.rests_on);
                Some(Degree::Known {
                    level: level?,
                    at_least: known.at_least,
                    severity: severity?,
                    rests_on: rests_on?,
                })
            }
        }
    }
}

impl From<&InstrumentUse> for model::InstrumentUse {
    fn from(instrument: &InstrumentUse) -> Self {
        let instrument = match instrument {
            InstrumentUse::Used(instrument) => instrument_use::Use::Used(instrument.into()),
            InstrumentUse::NotUsed { because } => {
                instrument_use::Use::NotUsed(model::InstrumentNotUsed { because: because.text().to_owned() })
            }
        };
        Self { r#use: Some(instrument) }
    }
}

impl Read<InstrumentUse> for model::InstrumentUse {
    fn read(self, path: &str, faults: &mut Faults) -> Option<InstrumentUse> {
        let mut place = Place::at(path, faults);
        match self.r#use {
            None => place.refuse("use", Problem::Missing),
            Some(instrument_use::Use::Used(used)) => place.required("used", Some(used)).map(InstrumentUse::Used),
            Some(instrument_use::Use::NotUsed(not_used)) => {
                let because = place.inside("not_used").case_text("because", not_used.because);
                Some(InstrumentUse::NotUsed { because: because? })
            }
        }
    }
}

impl From<&Proposal> for model::RouteProposal {
    fn from(proposal: &Proposal) -> Self {
        Self { route: model::Route::from(proposal.route).into(), reason: proposal.reason.text().to_owned() }
    }
}

impl Read<Proposal> for model::RouteProposal {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Proposal> {
        let mut place = Place::at(path, faults);
        let route = place.choice("route", self.route);
        let reason = place.case_text("reason", self.reason);
        Some(Proposal { route: route?, reason: reason? })
    }
}

impl From<&Content> for model::AdviceContent {
    fn from(content: &Content) -> Self {
        let substance = content.substance.iter().map(|(item, text)| model::Substantiation {
            item: model::ItemKind::from(*item).into(),
            text: text.text().to_owned(),
        });
        Self {
            acute: Some((&content.acute).into()),
            structural: Some((&content.structural).into()),
            complexity: Some((&content.complexity).into()),
            instrument: Some((&content.instrument).into()),
            judgement_version: content.judgement_version,
            deviation: content.deviation.as_ref().map(Sensitive::text).unwrap_or_default().to_owned(),
            substance: substance.collect(),
            safety_conditions: Some((&content.safety_conditions).into()),
            proposal: Some((&content.proposal).into()),
            disagreements: content.disagreements.iter().map(Into::into).collect(),
        }
    }
}

impl Read<Content> for model::AdviceContent {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Content> {
        let mut place = Place::at(path, faults);
        let acute = place.required("acute", self.acute);
        let structural = place.required("structural", self.structural);
        let complexity = place.required("complexity", self.complexity);
        let instrument = place.required("instrument", self.instrument);
        let deviation = place.optional_case_text("deviation", self.deviation);
        let disagreements = place.disagreements(self.disagreements);
        let substance = place.by_item("substance", self.substance, |place, one| {
            let item = place.choice("item", one.item);
            let text = place.case_text_or_empty("text", one.text);
            Some((item?, text?))
        });
        let safety_conditions = place.required("safety_conditions", self.safety_conditions);
        let proposal = place.required("proposal", self.proposal);
        if self.judgement_version == 0 {
            place.fault("judgement_version", Problem::Missing);
        }
        Some(Content {
            acute: acute?,
            structural: structural?,
            complexity: complexity?,
            instrument: instrument?,
            judgement_version: self.judgement_version,
            deviation: deviation?,
            disagreements: disagreements?,
            substance: substance?,
            safety_conditions: safety_conditions?,
            proposal: proposal?,
        })
    }
}

impl From<&Advice> for model::Advice {
    fn from(advice: &Advice) -> Self {
        Self {
            version: advice.version,
            content: Some((&advice.content).into()),
            judgement: Some((&advice.judgement).into()),
            judged_by: advice.judged_by.as_ref().map(Into::into),
            further_judgements: advice.further_judgements.iter().map(Into::into).collect(),
            rests_on: versions(&advice.rests_on),
            assignment_version: advice.assignment_version,
            scale: advice.scale,
            signed_by: Some((&advice.signed_by).into()),
            signed_at: Some(instant(advice.signed_at)),
            opinions: advice.opinions.iter().map(Into::into).collect(),
            reaffirms: advice.reaffirms.unwrap_or(0),
            holes: advice.holes.iter().map(Into::into).collect(),
            rests_on_retracted: Vec::new(),
            brief_has_no_effect: advice
                .brief_has_no_effect
                .as_ref()
                .map(Sensitive::text)
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

impl Read<Advice> for model::Advice {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Advice> {
        let mut place = Place::at(path, faults);
        let version = place.counted("version", self.version);
        let content = place.required("content", self.content);
        let judgement = place.required("judgement", self.judgement);
        let judged_by = place.optional("judged_by", self.judged_by);
        let further_judgements = place.list("further_judgements", LIST_LIMIT, self.further_judgements);
        let rests_on = place.by_item("rests_on", self.rests_on, |place, one| {
            let item = place.choice("item", one.item);
            let version = place.counted("version", one.version);
            Some((item?, version?))
        });
        let assignment_version = place.counted("assignment_version", self.assignment_version);
        let scale = place.counted("scale", self.scale);
        let opinions = place.list("opinions", LIST_LIMIT, self.opinions);
        let brief_has_no_effect = place.case_text_or_empty("brief_has_no_effect", self.brief_has_no_effect);
        let reaffirms = Some(self.reaffirms).filter(|version| *version > 0);
        let holes: Option<Vec<Hole>> = place.list("holes", LIST_LIMIT, self.holes);
        let signed_by = place.required("signed_by", self.signed_by);
        let signed_at = place.required("signed_at", self.signed_at);
        Some(Advice {
            version: version?,
            content: content?,
            judgement: judgement?,
            opinions: opinions?,
            judged_by: judged_by?,
            further_judgements: further_judgements?,
            rests_on: rests_on?,
            assignment_version: assignment_version?,
            scale: scale?,
            signed_by: signed_by?,
            signed_at: signed_at?,
            reaffirms,
            brief_has_no_effect: brief_has_no_effect.filter(|why| !why.text().is_empty()),
            holes: holes?.into_iter().collect(),
        })
    }
}

impl From<&FurtherJudgement> for model::FurtherJudgement {
    fn from(further: &FurtherJudgement) -> Self {
        Self { by: Some((&further.by).into()), judgement: Some((&further.judgement).into()) }
    }
}

impl Read<FurtherJudgement> for model::FurtherJudgement {
    fn read(self, path: &str, faults: &mut Faults) -> Option<FurtherJudgement> {
        let mut place = Place::at(path, faults);
        let by = place.required("by", self.by);
        let judgement = place.required("judgement", self.judgement);
        Some(FurtherJudgement { by: by?, judgement: judgement? })
    }
}

/// The versions of items, in the order of the items.
pub(super) fn versions(rests_on: &BTreeMap<Item, u32>) -> Vec<model::ItemVersion> {
    let version = |(item, version): (&Item, &u32)| model::ItemVersion {
        item: model::ItemKind::from(*item).into(),
        version: *version,
    };
    rests_on.iter().map(version).collect()
}

impl Place<'_> {
    /// Something for each item, no item twice.
    pub(super) fn by_item<M, T>(
        &mut self,
        field: &str,
        elements: Vec<M>,
        read: impl Fn(&mut Place<'_>, M) -> Option<(Item, T)>,
    ) -> Option<BTreeMap<Item, T>> {
        let mut values = BTreeMap::new();
        self.each(field, LIST_LIMIT, elements, |place, element, message| {
            let mut place = place.inside(element);
            let (item, value) = read(&mut place, message)?;
            match values.insert(item, value) {
                None => Some(()),
                Some(_) => place.refuse("item", Problem::Duplicate),
            }
        })?;
        Some(values)
    }
}
