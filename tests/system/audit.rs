//! Reads what a node left in its journals, and checks it by a reading of its own that shares nothing with the law's
//! `evolve`, gate and required set.
//!
//! | module | when it holds |
//! |---|---|
//! | [`case`], [`assignment`], [`question`], [`signal`] | whenever a node was killed: what never happens, and that what is still to be told stands among the errands |
//! | [`rest`] | once nothing is left to be done: what was acknowledged is there, once, and every case came to its end |
//!
//! That each of them sees what it should is shown in [`damage`]. Beneath them [`record`] reads the journals, [`reading`] an assignment, and [`scope`] who must be asked about whom.

mod assignment;
mod case;
mod damage;

mod question;
mod reading;
mod record;
mod rest;
mod round;
mod scope;
mod signal;

use crate::case::Acknowledged;

pub(crate) use record::{Record, errands};

/// What is not as it must be, each in a line.
#[derive(Debug, Default)]
struct Faults(Vec<String>);

impl Faults {
    /// Something about a resource must be so.
    fn must(&mut self, holds: bool, about: &str, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.0.push(format!("{about}: {}", otherwise()));
        }
    }
}

impl Record {
    /// Everything that is wrong in journals of whatever moment.
    pub(crate) fn faults_at_any_moment(&self) -> Vec<String> {
        let mut faults = Faults(self.damage.clone());
        case::check(self, &mut faults);
        assignment::check(self, &mut faults);
        question::check(self, &mut faults);
        signal::check(self, &mut faults);
        faults.0
    }

    /// Everything that is wrong after these cases were driven to their end, and no others.
    pub(crate) fn faults(&self, driven: &[Acknowledged]) -> Vec<String> {
        let mut faults = Faults(self.faults_at_any_moment());
        rest::check(self, driven, &mut faults);
        faults.0
    }
}
