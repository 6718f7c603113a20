//! Acute signals (D27).

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::{adviser::v1 as adviser, model::v1 as model, om::v1 as om, source::v1 as source};
use zsm::Faults;
use zsm::name::{AssignmentName, CaseName, QuestionName};
use zsm::signal::{Signal, Warning};

impl From<&Warning> for model::Warning {
    fn from(warning: &Warning) -> Self {
        Self {
            situation: warning.situation.text().to_owned(),
            action: warning.action.text().to_owned(),
            released_to: warning.released_to.iter().map(|one| model::Receiver::from(*one).into()).collect(),
        }
    }
}

/// The law says what may not be empty.
impl Read<Warning> for model::Warning {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Warning> {
        let mut place = Place::at(path, faults);
        let situation = place.case_text_or_empty("situation", self.situation);
        let action = place.case_text_or_empty("action", self.action);
        let released_to = place.choices("released_to", self.released_to);
        Some(Warning { situation: situation?, action: action?, released_to: released_to? })
    }
}

impl From<&Signal> for model::AcuteSignal {
    fn from(signal: &Signal) -> Self {
        Self {
            name: signal.name.to_string(),
            warning: Some((&signal.warning).into()),
            by: Some((&signal.by).into()),
            at: Some(instant(signal.at)),
        }
    }
}

impl Read<Signal> for model::AcuteSignal {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Signal> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let warning = place.required("warning", self.warning);
        let by = place.required("by", self.by);
        let at = place.required("at", self.at);
        Some(Signal { name: name?, warning: warning?, by: by?, at: at? })
    }
}

impl Read<(AssignmentName, Warning)> for adviser::RaiseAcuteSignalRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Warning)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let warning = place.required("warning", self.warning);
        Some((name?, warning?))
    }
}

impl Read<(QuestionName, Warning)> for source::RaiseAcuteSignalRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, Warning)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let warning = place.required("warning", self.warning);
        Some((name?, warning?))
    }
}

impl Read<(CaseName, Signal)> for om::ReceiveAcuteSignalRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Signal)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let signal = place.required("signal", self.signal);
        Some((name?, signal?))
    }
}
