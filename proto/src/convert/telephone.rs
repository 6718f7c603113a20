//! A telephone call.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::model::v1 as model;
use zsm::telephone::Call;
use zsm::{Faults, Sensitive};

impl From<&Call> for model::TelephoneCall {
    fn from(call: &Call) -> Self {
        Self {
            spoken_with: call.spoken_with.text().to_owned(),
            number: call.number.text().to_owned(),
            at: Some(instant(call.at)),
        }
    }
}

impl Read<Call> for model::TelephoneCall {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Call> {
        let mut place = Place::at(path, faults);
        let spoken_with = place.required_short("spoken_with", self.spoken_with);
        let number = place.required_short("number", self.number);
        let at = place.required("at", self.at);
        Some(Call { spoken_with: Sensitive::case(spoken_with?), number: Sensitive::case(number?), at: at? })
    }
}
