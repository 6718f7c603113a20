//! Requests to OM.

use crate::convert::place::Place;
use crate::convert::{Read, beside};
use crate::pb::om::v1::{self as om, decide_case_request};
use jiff::Timestamp;
use zsm::advice::Advice;
use zsm::case::{CloseReason, LoggedCall, Settlement};
use zsm::custody::Step;
use zsm::decision::{Proposed, Stance};
use zsm::household::Household;
use zsm::name::CaseName;
use zsm::offence::HgKm;
use zsm::permission::Permission;
use zsm::police::PoliceRecord;
use zsm::progress::Snapshot;
use zsm::{Faults, Problem, Sensitive};

/// Most offices that are phoned for one decision.
const OFFICE_LIMIT: usize = 20;

impl Read<(CaseName, PoliceRecord)> for om::RecordPoliceReportRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, PoliceRecord)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let police = place.required("police", self.police);
        Some((name?, police?))
    }
}

/// The list, and why someone drops from it.
impl Read<(CaseName, Household, Option<Sensitive<String>>)> for om::ConfirmHouseholdRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Household, Option<Sensitive<String>>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let household = place.required("household", self.household);
        let reason = place.optional_case_text("reason", self.reason);
        Some((name?, household?, reason?))
    }
}

impl Read<(CaseName, Settlement)> for om::SettleFlowRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Settlement)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let age = place.optional_choice("age", self.age);
        let hg_km = place.optional("hg_km", self.hg_km);
        if hg_km == Some(Some(HgKm::Onbekend)) {
            place.fault("hg_km.answer", Problem::ExcludedByFacts);
        }
        let reason = place.case_text("reason", self.reason);
        Some((name?, Settlement { age: age?, hg_km: hg_km?, reason: reason? }))
    }
}

impl Read<(CaseName, Proposed)> for om::DecideCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Proposed)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let route = place.choice("route", self.route);
        let motivation = place.case_text("motivation", self.motivation);
        let advice_version = place.counted("advice_version", self.advice_version);
        let stance = match self.stance {
            None => place.refuse("stance", Problem::Missing),
            Some(decide_case_request::Stance::Follows(_)) => Some(Stance::Follows),
            Some(decide_case_request::Stance::Deviates(deviates)) => {
                let because = place.inside("deviates").case_text("because", deviates.because);
                because.map(|because| Stance::Deviates { because })
            }
        };
        let phoned = place.list("phoned", OFFICE_LIMIT, self.phoned);
        let proposed = Proposed {
            route: route?,
            motivation: motivation?,
            advice_version: advice_version?,
            stance: stance?,
            phoned: phoned?,
        };
        Some((name?, proposed))
    }
}

impl Read<(CaseName, CloseReason, Sensitive<String>)> for om::CloseCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, CloseReason, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.choice("reason", self.reason);
        let explanation = place.case_text("explanation", self.explanation);
        Some((name?, reason?, explanation?))
    }
}

impl Read<(CaseName, LoggedCall)> for om::RecordCallRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, LoggedCall)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let call = place.required("call", self.call);
        Some((name?, call?))
    }
}

/// What was done, and when.
impl Read<(CaseName, Step, Timestamp)> for om::RecordCustodyEventRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Step, Timestamp)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let step = beside::step(&mut place, self.step, self.remand_possible);
        let at = place.required("at", self.at);
        Some((name?, step?, at?))
    }
}

/// Which act of custody, and what was wrong with it.
impl Read<(CaseName, u32, Sensitive<String>)> for om::StrikeCustodyEventRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, u32, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.case_text("reason", self.reason);
        Some((name?, self.number, reason?))
    }
}

impl Read<(CaseName, Permission)> for om::DecideDossierPermissionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Permission)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let permission = beside::permission(&mut place, self.decision);
        Some((name?, permission?))
    }
}

impl Read<(CaseName, Snapshot)> for om::ReportProgressRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Snapshot)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let snapshot = place.required("snapshot", self.snapshot);
        Some((name?, snapshot?))
    }
}

impl Read<(CaseName, Advice, Snapshot)> for om::SubmitAdviceRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(CaseName, Advice, Snapshot)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let advice = place.required("advice", self.advice);
        let snapshot = place.required("snapshot", self.snapshot);
        Some((name?, advice?, snapshot?))
    }
}

impl Read<CaseName> for om::GetCaseRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<CaseName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

impl Read<CaseName> for om::GetCaseTimelineRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<CaseName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

impl Read<CaseName> for om::GetCaseGateRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<CaseName> {
        Place::at(path, faults).name("name", &self.name)
    }
}
