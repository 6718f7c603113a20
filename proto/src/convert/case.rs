//! The act, and whether it is domestic violence or child abuse.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::model::v1 as model;
use zsm::offence::{Act, HgKm};
use zsm::{Faults, Problem, Sensitive};

impl From<&Act> for model::Act {
    fn from(act: &Act) -> Self {
        Self {
            from: act.from.to_string(),
            until: if act.until == act.from { String::new() } else { act.until.to_string() },
            place: act.place.text().to_owned(),
        }
    }
}

impl Read<Act> for model::Act {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Act> {
        let mut place = Place::at(path, faults);
        let from = place.day("from", &self.from);
        let until = if self.until.is_empty() { from } else { place.day("until", &self.until) };
        let whereabouts = place.short("place", self.place);
        Some(Act { from: from?, until: until?, place: Sensitive::case(whereabouts?) })
    }
}

impl From<&HgKm> for model::HgKm {
    fn from(hg_km: &HgKm) -> Self {
        let bare = |answer: model::HgKmAnswer| Self {
            answer: answer.into(),
            established_by: String::new(),
            established_at: None,
            minors_witnessed: None,
        };
        match hg_km {
            HgKm::Ja => bare(model::HgKmAnswer::Ja),
            HgKm::Onbekend => bare(model::HgKmAnswer::Onbekend),
            HgKm::Nee { established_by, established_at, minors_witnessed } => Self {
                established_by: established_by.text().to_owned(),
                established_at: Some(instant(*established_at)),
                minors_witnessed: Some(*minors_witnessed),
                ..bare(model::HgKmAnswer::Nee)
            },
        }
    }
}

impl Read<HgKm> for model::HgKm {
    fn read(self, path: &str, faults: &mut Faults) -> Option<HgKm> {
        let mut place = Place::at(path, faults);
        match model::HgKmAnswer::try_from(self.answer) {
            Ok(model::HgKmAnswer::Unspecified) => place.refuse("answer", Problem::Missing),
            Err(_) => place.refuse("answer", Problem::Unknown),
            Ok(model::HgKmAnswer::Ja) => {
                self.nothing_established(&mut place);
                Some(HgKm::Ja)
            }
            Ok(model::HgKmAnswer::Onbekend) => {
                self.nothing_established(&mut place);
                Some(HgKm::Onbekend)
            }
            Ok(model::HgKmAnswer::Nee) => {
                let by = place.required_short("established_by", self.established_by);
                let at = place.required("established_at", self.established_at);
                if self.minors_witnessed.is_none() {
                    place.fault("minors_witnessed", Problem::Missing);
                }
                Some(HgKm::Nee {
                    established_by: Sensitive::case(by?),
                    established_at: at?,
                    minors_witnessed: self.minors_witnessed?,
                })
            }
        }
    }
}

impl model::HgKm {
    /// Only a no is earned; with another answer these say nothing.
    fn nothing_established(&self, place: &mut Place<'_>) {
        let said = [
            ("established_by", !self.established_by.is_empty()),
            ("established_at", self.established_at.is_some()),
            ("minors_witnessed", self.minors_witnessed.is_some()),
        ];
        for (field, _) in said.into_iter().filter(|(_, said)| *said) {
            place.fault(field, Problem::Superfluous);
        }
    }
}
