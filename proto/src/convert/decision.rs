//! The decision that was made, and what others hear of it.

use super::Read;
use super::advice::versions;
use super::place::Place;
use super::time::instant;
use crate::pb::{adviser::v1 as adviser, model::v1 as model, om::v1 as om, source::v1 as source};
use zsm::decision::{Decision, Notice, Stance};
use zsm::name::{AssignmentName, QuestionName};
use zsm::{Faults, Sensitive};

impl From<&Decision> for om::Decision {
    fn from(decision: &Decision) -> Self {
        Self {
            route: model::Route::from(decision.route).into(),
            motivation: decision.motivation.text().to_owned(),
            advice_version: decision.advice_version,
            deviates_because: because(&decision.stance),
            rests_on: versions(&decision.rests_on),
            by: Some((&decision.by).into()),
            mandate: decision.mandate.clone().unwrap_or_default(),
            at: Some(instant(decision.at)),
            look: Vec::new(),
            rests_on_retracted: Vec::new(),
        }
    }
}

fn because(stance: &Stance) -> String {
    match stance {
        Stance::Follows => String::new(),
        Stance::Deviates { because } => because.text().to_owned(),
    }
}

impl From<&Notice> for adviser::DecisionNotice {
    fn from(notice: &Notice) -> Self {
        Self {
            route: model::Route::from(notice.route).into(),
            deviates_because: notice.stance.as_ref().map(because).unwrap_or_default(),
            decided_at: Some(instant(notice.at)),
            reopened_at: notice.reopened_at.map(instant),
        }
    }
}

impl Read<Notice> for adviser::DecisionNotice {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Notice> {
        let mut place = Place::at(path, faults);
        let route = place.choice("route", self.route);
        let because = place.text("deviates_because", self.deviates_because);
        let at = place.required("decided_at", self.decided_at);
        let reopened_at = place.optional("reopened_at", self.reopened_at);
        let stance = because.map(|because| match because.as_str() {
            "" => Stance::Follows,
            _ => Stance::Deviates { because: Sensitive::case(because) },
        });
        Some(Notice { route: route?, stance: Some(stance?), at: at?, reopened_at: reopened_at? })
    }
}

impl From<&Notice> for source::DecisionNotice {
    fn from(notice: &Notice) -> Self {
        Self {
            route: model::Route::from(notice.route).into(),
            decided_at: Some(instant(notice.at)),
            reopened_at: notice.reopened_at.map(instant),
        }
    }
}

impl Read<Notice> for source::DecisionNotice {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Notice> {
        let mut place = Place::at(path, faults);
        let route = place.choice("route", self.route);
        let at = place.required("decided_at", self.decided_at);
        let reopened_at = place.optional("reopened_at", self.reopened_at);
        Some(Notice { route: route?, stance: None, at: at?, reopened_at: reopened_at? })
    }
}

impl Read<(AssignmentName, Notice)> for adviser::NotifyDecisionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Notice)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let notice = place.required("notice", self.notice);
        Some((name?, notice?))
    }
}

impl Read<(QuestionName, Notice)> for source::NotifyDecisionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, Notice)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let notice = place.required("notice", self.notice);
        Some((name?, notice?))
    }
}
