//! Requests of the administrator of an office.

use crate::convert::Read;
use crate::convert::place::Place;
use crate::pb::office::v1 as office;
use zsm::name::ErrandName;
use zsm::{Faults, Problem};

/// The state that is asked for; nothing for any.
impl Read<Option<office::ErrandState>> for office::ListErrandsRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Option<office::ErrandState>> {
        match office::ErrandState::try_from(self.state) {
            Ok(office::ErrandState::Unspecified) => Some(None),
            Ok(state) => Some(Some(state)),
            Err(_) => Place::at(path, faults).refuse("state", Problem::Unknown),
        }
    }
}

impl Read<ErrandName> for office::RetryErrandRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<ErrandName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

/// The errand, and why it is stopped.
impl Read<(ErrandName, String)> for office::StopErrandRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(ErrandName, String)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let reason = place.required_short("reason", self.reason);
        Some((name?, reason?))
    }
}
