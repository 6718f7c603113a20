//! What settings must be to each other.

use super::address::Listen;
use super::effective::Effective;
use super::fault::Fault;
use super::telemetry::Page;
use super::{Config, OfficeSection};
use crate::office;
use jiff::SignedDuration;
use zsm::Kind;

impl Config {
    /// Gives the offices of which nothing was said their port above the first one, and the page of metrics the one before
    /// it; gives their keys.
    pub(super) fn fill_ports(&mut self) -> Vec<String> {
        let mut filled = Vec::new();
        for (kind, section) in self.offices.iter_mut().filter(|(_, section)| section.says_nothing()) {
            section.listen = office::port(*kind, self.first_port).map(Listen::new);
            filled.push(key(*kind, "listen"));
        }
        if self.telemetry.metrics.is_none() {
            self.telemetry.metrics = Some(Page::before(self.first_port));
            filled.push("telemetry.metrics".to_owned());
        }
        filled
    }
}

impl OfficeSection {
    fn says_nothing(&self) -> bool {
        self.listen.is_none() && self.address.is_none()
    }
}

/// All that is wrong between settings.
pub(super) fn faults(effective: &Effective) -> Vec<Fault> {
    let config = &effective.config;
    let mut faults = Vec::new();
    let mut require = |holds: bool, key: &str, problem: String| {
        if !holds {
            faults.push(Fault::of(key, effective.source(key), problem));
        }
    };
    let last = u16::MAX - 3;
    require(
        (1..=last).contains(&config.first_port),
        "first_port",
        format!("the first port must leave room for four: choose one from 1 to {last}"),
    );
    for (kind, section) in &config.offices {
        require(
            section.listen.is_none() || section.address.is_none(),
            &key(*kind, "address"),
            "an office listens here or is served elsewhere, not both; leave out `listen` or `address`".to_owned(),
        );
    }
    let longest = zsm_chassis::server::DEADLINE;
    require(
        SignedDuration::try_from(longest).is_ok_and(|longest| config.calls.deadline.0 <= longest),
        "calls.deadline",
        format!("an office gives up on a call after {longest:?} itself; choose no more"),
    );
    for (number, mandate) in (1..).zip(config.mandates.iter()) {
        require(
            mandate.until.is_none_or(|until| mandate.from <= until),
            "mandates",
            format!("number {number} ends before it begins"),
        );
    }
    faults
}

fn key(kind: Kind, name: &str) -> String {
    format!("offices.{}.{name}", kind.slug())
}
