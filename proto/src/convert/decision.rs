//! The decision that was made.

use super::advice::versions;
use super::time::instant;
use crate::pb::{model::v1 as model, om::v1 as om};
use zsm::decision::{Decision, Stance};

impl From<&Decision> for om::Decision {
    fn from(decision: &Decision) -> Self {
        let deviates_because = match &decision.stance {
            Stance::Follows => String::new(),
            Stance::Deviates { because } => because.text().to_owned(),
        };
        Self {
            route: model::Route::from(decision.route).into(),
            motivation: decision.motivation.text().to_owned(),
            advice_version: decision.advice_version,
            deviates_because,
            rests_on: versions(&decision.rests_on),
            by: Some((&decision.by).into()),
            mandate: decision.mandate.clone().unwrap_or_default(),
            at: Some(instant(decision.at)),
        }
    }
}
