//! The offices that a node knows, and how each is built over its journal.

use zsm::Kind;
use zsm_chassis::Office;
use zsm_clerk::{Runner, Surroundings};
use zsm_journal::Journal;
use zsm_om::Mandates;
use zsm_source::Source;

/// The offices, with their port above the first one.
pub const NAMES: [Kind; 4] = [Kind::Om, Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis];

/// An office, ready to be served.
pub(crate) struct Built {
    pub(crate) office: Office,
    pub(crate) runner: Runner,
    /// The role of source, where the office plays it.
    pub(crate) source: Option<Source>,
}

/// The office with this name.
pub(crate) fn named(name: &str) -> Option<Kind> {
    NAMES.into_iter().find(|kind| kind.slug() == name)
}

/// The port of an office, above the first one of a house.
pub(crate) fn port(kind: Kind, first: u16) -> Option<u16> {
    let place = NAMES.iter().position(|one| *one == kind)?;
    first.checked_add(u16::try_from(place).ok()?)
}

pub(crate) fn build(kind: Kind, journal: Journal, around: &Surroundings, mandates: &Mandates) -> Option<Built> {
    match kind {
        Kind::Om => {
            let om = zsm_om::build(journal, around, mandates.clone());
            Some(Built { office: om.office, runner: om.runner, source: None })
        }
        Kind::Rvdk => {
            let rvdk = zsm_rvdk::build(journal, around);
            Some(Built { office: rvdk.office, runner: rvdk.runner, source: Some(rvdk.source) })
        }
        Kind::Reclassering => {
            let reclassering = zsm_reclassering::build(journal, around);
            Some(Built { office: reclassering.office, runner: reclassering.runner, source: Some(reclassering.source) })
        }
        Kind::VeiligThuis => {
            let vt = zsm_veilig_thuis::build(journal, around);
            Some(Built { office: vt.office, runner: vt.runner, source: Some(vt.source) })
        }
        Kind::Politie => None,
    }
}
