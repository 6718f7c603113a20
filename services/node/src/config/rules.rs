//! What settings must be to each other.

use super::address::Listen;
use super::effective::Effective;
use super::fault::{Fault, Source};
use super::telemetry::Page;
use super::{Config, OfficeSection};
use crate::office::{self, NAMES};
use jiff::SignedDuration;
use std::net::SocketAddr;
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

    /// Where it is served here, if it is.
    fn listener(&self) -> Option<SocketAddr> {
        self.listen.filter(|_| self.address.is_none()).map(Listen::socket)
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
    let elsewhere = |(kind, section): (&Kind, &OfficeSection)| section.address.as_ref().map(|_| key(*kind, "address"));
    if let Some(addresses) = config.offices.iter().map(elsewhere).collect::<Option<Vec<_>>>() {
        require(
            false,
            addresses.first().map_or("offices", String::as_str),
            "every office is served elsewhere, so there is nothing to start here".to_owned(),
        );
    }
    let longest = zsm_chassis::server::DEADLINE;
    require(
        SignedDuration::try_from(longest).is_ok_and(|longest| config.calls.deadline.0 <= longest),
        "calls.deadline",
        format!("an office gives up on a call after {longest:?} itself; choose no more"),
    );
    for region in &config.agreements.acute_part_suffices {
        require(
            config.regions.contains(region),
            "agreements.acute_part_suffices",
            format!("{} is not one of the regions that are known here", region.as_str()),
        );
    }
    for one in config.municipalities.iter().flat_map(|file| file.list().iter()) {
        require(
            config.regions.contains(&one.region),
            "municipalities",
            format!(
                "{} lies in {}, which is not one of the regions that are known here",
                one.code,
                one.region.as_str()
            ),
        );
    }
    for (number, mandate) in (1..).zip(config.mandates.iter()) {
        require(
            mandate.until.is_none_or(|until| mandate.from <= until),
            "mandates",
            format!("number {number} ends before it begins"),
        );
    }
    faults.extend(collisions(effective));
    faults
}

/// Sockets that are meant for two things at once.
fn collisions(effective: &Effective) -> Vec<Fault> {
    let Config { offices, telemetry, .. } = &effective.config;
    let mut listeners: Vec<(String, SocketAddr)> = Vec::new();
    listeners.extend(NAMES.into_iter().filter_map(|kind| Some((key(kind, "listen"), offices.get(&kind)?.listener()?))));
    listeners.extend(telemetry.page().map(|page| ("telemetry.metrics".to_owned(), page)));
    let addresses: Vec<(String, SocketAddr)> = offices
        .iter()
        .filter_map(|(kind, section)| Some((key(*kind, "address"), section.address.as_ref()?.socket()?)))
        .collect();

    let mut faults = Vec::new();
    for (place, (later, socket)) in listeners.iter().enumerate() {
        for (earlier, _) in listeners.iter().take(place).filter(|(_, other)| same(other, socket)) {
            // What somebody said is to be said otherwise, not what followed from it.
            let (said, other) = match (effective.source(later), effective.source(earlier)) {
                (Source::Default, source) if source != Source::Default => (earlier, later),
                _ => (later, earlier),
            };
            faults.push(Fault::of(said, effective.source(said), format!("{other} listens on {socket} already")));
        }
    }
    for (address, socket) in &addresses {
        for (listener, _) in listeners.iter().filter(|(_, other)| same(other, socket)) {
            let problem = format!("on {socket} this node listens itself, by {listener}; leave out the address");
            faults.push(Fault::of(address, effective.source(address), problem));
        }
    }
    faults
}

fn same(one: &SocketAddr, other: &SocketAddr) -> bool {
    (one.ip().to_canonical(), one.port()) == (other.ip().to_canonical(), other.port())
}

fn key(kind: Kind, name: &str) -> String {
    format!("offices.{}.{name}", kind.slug())
}
