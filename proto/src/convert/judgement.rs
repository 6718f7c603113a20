//! VT's judgement, the instrument, and the veiligheidsvoorwaarden.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use crate::pb::model::v1::{self as model, judgement, safety_conditions};
use zsm::judgement::{AcutePart, Instrument, Judged, Judgement, SafetyConditions};
use zsm::{Faults, Problem, Sensitive};

impl From<&Instrument> for model::Instrument {
    fn from(instrument: &Instrument) -> Self {
        Self { name: instrument.name.clone(), version: instrument.version.clone() }
    }
}

impl Read<Instrument> for model::Instrument {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Instrument> {
        let mut place = Place::at(path, faults);
        let name = place.short("name", self.name);
        let version = place.short("version", self.version);
        Some(Instrument { name: name?, version: version? })
    }
}

impl From<&Judged> for model::Judged {
    fn from(judged: &Judged) -> Self {
        let complexity = judged.complexity.map_or(model::Level::Unspecified, Into::into);
        Self {
            acute: model::Level::from(judged.acute).into(),
            structural: model::Level::from(judged.structural).into(),
            complexity: complexity.into(),
            text: judged.text.text().to_owned(),
            instrument: Some((&judged.instrument).into()),
            date: judged.date.to_string(),
            covers: judged.covers.iter().cloned().collect(),
        }
    }
}

impl Read<Judged> for model::Judged {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Judged> {
        let mut place = Place::at(path, faults);
        let acute = place.choice("acute", self.acute);
        let structural = place.choice("structural", self.structural);
        let complexity = place.optional_choice("complexity", self.complexity);
        let text = place.text("text", self.text);
        let instrument = place.named_instrument(self.instrument);
        let date = place.day("date", &self.date);
        let covers = place.set("covers", self.covers, |place, element, text| place.required_short(element, text));
        Some(Judged {
            acute: acute?,
            structural: structural?,
            complexity: complexity?,
            text: Sensitive::case(text?),
            instrument: instrument?,
            date: date?,
            covers: covers?,
        })
    }
}

impl From<&AcutePart> for model::AcutePart {
    fn from(part: &AcutePart) -> Self {
        Self {
            acute: model::Level::from(part.acute).into(),
            text: part.text.text().to_owned(),
            instrument: Some((&part.instrument).into()),
            date: part.date.to_string(),
            covers: part.covers.iter().cloned().collect(),
            suffices: part.suffices,
        }
    }
}

impl Read<AcutePart> for model::AcutePart {
    fn read(self, path: &str, faults: &mut Faults) -> Option<AcutePart> {
        let mut place = Place::at(path, faults);
        let acute = place.choice("acute", self.acute);
        let text = place.text("text", self.text);
        let instrument = place.named_instrument(self.instrument);
        let date = place.day("date", &self.date);
        let covers = place.set("covers", self.covers, |place, element, text| place.required_short(element, text));
        Some(AcutePart {
            acute: acute?,
            text: Sensitive::case(text?),
            instrument: instrument?,
            date: date?,
            covers: covers?,
            suffices: self.suffices,
        })
    }
}

impl Place<'_> {
    /// The instrument that was used, by name and version.
    fn named_instrument(&mut self, instrument: Option<model::Instrument>) -> Option<Instrument> {
        if let Some(instrument) = &instrument {
            let mut place = self.inside("instrument");
            for (field, _) in [("name", &instrument.name), ("version", &instrument.version)]
                .into_iter()
                .filter(|(_, text)| text.is_empty())
            {
                place.fault(field, Problem::Missing);
            }
        }
        self.required("instrument", instrument)
    }
}

impl From<&Judgement> for model::Judgement {
    fn from(judgement: &Judgement) -> Self {
        let judgement = match judgement {
            Judgement::Judged(judged) => judgement::Judgement::Judged(judged.into()),
            Judgement::NoReportKnown => judgement::Judgement::NoReportKnown(model::NoReportKnown {}),
            Judgement::AcutePart(part) => judgement::Judgement::AcutePart(part.into()),
        };
        Self { judgement: Some(judgement) }
    }
}

impl Read<Judgement> for model::Judgement {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Judgement> {
        let mut place = Place::at(path, faults);
        match self.judgement {
            None => place.refuse("judgement", Problem::Missing),
            Some(judgement::Judgement::Judged(judged)) => place.required("judged", Some(judged)).map(Judgement::Judged),
            Some(judgement::Judgement::NoReportKnown(_)) => Some(Judgement::NoReportKnown),
            Some(judgement::Judgement::AcutePart(part)) => {
                place.required("acute_part", Some(part)).map(Judgement::AcutePart)
            }
        }
    }
}

impl From<&SafetyConditions> for model::SafetyConditions {
    fn from(conditions: &SafetyConditions) -> Self {
        let state = match conditions {
            SafetyConditions::None => safety_conditions::State::None(model::NoSafetyConditions {}),
            SafetyConditions::List(list) => safety_conditions::State::List(model::SafetyConditionList {
                conditions: list.iter().map(|condition| condition.text().to_owned()).collect(),
            }),
            SafetyConditions::NotYetJudged => safety_conditions::State::NotYetJudged(model::NotYetJudged {}),
        };
        Self { state: Some(state) }
    }
}

impl Read<SafetyConditions> for model::SafetyConditions {
    fn read(self, path: &str, faults: &mut Faults) -> Option<SafetyConditions> {
        let mut place = Place::at(path, faults);
        match self.state {
            None => place.refuse("state", Problem::Missing),
            Some(safety_conditions::State::None(_)) => Some(SafetyConditions::None),
            Some(safety_conditions::State::NotYetJudged(_)) => Some(SafetyConditions::NotYetJudged),
            Some(safety_conditions::State::List(list)) => {
                let mut place = place.inside("list");
                if list.conditions.is_empty() {
                    place.fault("conditions", Problem::Missing);
                }
                let conditions = place.each("conditions", LIST_LIMIT, list.conditions, |place, element, text| {
                    place.case_text(element, text)
                });
                conditions.map(SafetyConditions::List)
            }
        }
    }
}
