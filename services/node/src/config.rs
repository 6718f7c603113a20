//! What a node is told about itself: defaults ← file ← environment ← flags.
//!
//! A section is a struct with a default; every layer gives single settings by their key (`errands.ceiling`), which are
//! laid over the defaults one by one, so that whatever is wrong is named at once and with where it was said.

mod address;
mod effective;
mod fault;
mod keys;
mod layer;
mod municipalities;
mod offices;
mod rules;
mod shown;
mod telemetry;
#[cfg(test)]
mod tests;

pub(crate) use effective::Effective;
pub(crate) use fault::{Faults, Source};
pub(crate) use layer::{Entry, load};
pub(crate) use offices::offices;

use crate::length::Length;
use crate::node::Place;
use crate::office::NAMES;
use address::{Address, Listen};
use http::Uri;
use jiff::SignedDuration;
use municipalities::MunicipalityFile;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;
use telemetry::TelemetrySection;
use zsm::municipality::Municipalities;
use zsm::term::Terms;
use zsm::{Kind, Region};
use zsm_chassis::telemetry::Settings;
use zsm_clerk::{Budget, Policy};
use zsm_om::{Mandate, Mandates};

/// The whole configuration of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Folder of the journals and of the development issuer's key.
    pub(crate) folder: PathBuf,
    /// The first of four ports on 127.0.0.1, for offices of which nothing else is said.
    pub(crate) first_port: u16,
    /// The regions that are known here, each once. A caller that names none is of the first.
    #[serde(deserialize_with = "regions")]
    pub(crate) regions: Vec<Region>,
    /// Where each office is served.
    pub(crate) offices: BTreeMap<Kind, OfficeSection>,
    /// A file that says in which region a municipality lies; a synthetic list when there is none.
    municipalities: Option<MunicipalityFile>,
    /// What regions agreed for themselves.
    pub(crate) agreements: AgreementsSection,
    /// Terms of the law.
    pub(crate) terms: TermsSection,
    /// How errands are tried.
    pub(crate) errands: ErrandsSection,
    /// Calls to other offices.
    pub(crate) calls: CallsSection,
    /// What the offices say about themselves.
    telemetry: TelemetrySection,
    /// On which days who may decide for the prosecutor.
    pub(crate) mandates: Mandates,
}

/// `[offices.NAME]`: here on a socket, or elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeSection {
    listen: Option<Listen>,
    address: Option<Address>,
}

/// `[agreements]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgreementsSection {
    /// Each once, and known here.
    pub(crate) acute_part_suffices: Vec<Region>,
}

/// `[terms]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermsSection {
    register_fresh: Length,
    answer_arrested: Length,
    answer: Length,
    triage: Length,
}

/// `[errands]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrandsSection {
    ceiling: NonZeroU32,
    longest_pause: Length,
    side_by_side: NonZeroUsize,
}

/// `[calls]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallsSection {
    deadline: Length,
}

impl Default for Config {
    fn default() -> Self {
        let Policy { regions, acute_part_suffices, municipalities: _, terms, errands, deadline } = Policy::default();
        Self {
            folder: "var".into(),
            first_port: 7401,
            regions: regions.into_iter().collect(),
            municipalities: None,
            offices: NAMES.map(|kind| (kind, OfficeSection::default())).into(),
            agreements: AgreementsSection { acute_part_suffices: acute_part_suffices.into_iter().collect() },
            terms: TermsSection {
                register_fresh: Length(terms.register_fresh),
                answer_arrested: Length(terms.answer_arrested),
                answer: Length(terms.answer),
                triage: Length(terms.triage),
            },
            errands: ErrandsSection {
                ceiling: NonZeroU32::new(errands.ceiling).unwrap_or(NonZeroU32::MIN),
                longest_pause: Length(errands.longest_pause),
                side_by_side: NonZeroUsize::new(errands.side_by_side).unwrap_or(NonZeroUsize::MIN),
            },
            calls: CallsSection { deadline: Length(SignedDuration::try_from(deadline).unwrap_or(SignedDuration::MAX)) },
            telemetry: TelemetrySection::default(),
            mandates: Mandates::example(),
        }
    }
}

impl Config {
    /// Every setting there is, those too that say nothing by default. For their names only.
    fn complete() -> Self {
        let mut config = Self::default();
        for section in config.offices.values_mut() {
            *section = OfficeSection { listen: Some(Listen::example()), address: Some(Address::example()) };
        }
        config.municipalities = Some(MunicipalityFile::example());
        config.telemetry = TelemetrySection::complete();
        config.mandates = Mandates::new(
            config.mandates.iter().map(|mandate| Mandate { until: Some(mandate.from), ..mandate.clone() }).collect(),
        );
        config
    }

    /// Where each office is served.
    pub(crate) fn places(&self) -> BTreeMap<Kind, Place> {
        let place = |OfficeSection { listen, address }: &OfficeSection| match address {
            Some(address) => Some(Place::Elsewhere(address.uri())),
            None => listen.map(|listen| Place::Socket(listen.socket())),
        };
        self.offices.iter().filter_map(|(kind, section)| Some((*kind, place(section)?))).collect()
    }

    /// How an office is reached from outside this process.
    pub(crate) fn way_to(&self, kind: Kind) -> Option<Uri> {
        let section = self.offices.get(&kind)?;
        let listening = || section.listen.and_then(|listen| format!("http://{}", listen.socket()).parse().ok());
        section.address.as_ref().map(Address::uri).or_else(listening)
    }

    /// The region of a caller that names none.
    pub(crate) fn default_region(&self) -> Region {
        // There is a first: none at all is refused when the configuration is read.
        self.regions.first().cloned().unwrap_or_else(Region::midden)
    }

    /// What the offices say about themselves, and to whom.
    pub(crate) fn telemetry(&self) -> Settings {
        self.telemetry.settings()
    }

    /// What is agreed for every office.
    ///
    /// Everything is taken apart, so that a setting that reaches nobody does not compile.
    pub(crate) fn policy(&self) -> Policy {
        let Self {
            regions,
            municipalities,
            agreements,
            terms,
            errands,
            calls,
            folder: _,
            first_port: _,
            offices: _,
            telemetry: _,
            mandates: _,
        } = self;
        let AgreementsSection { acute_part_suffices } = agreements;
        let TermsSection { register_fresh, answer_arrested, answer, triage } = *terms;
        let ErrandsSection { ceiling, longest_pause, side_by_side } = *errands;
        let CallsSection { deadline } = *calls;
        Policy {
            regions: regions.iter().cloned().collect(),
            acute_part_suffices: acute_part_suffices.iter().cloned().collect(),
            municipalities: municipalities.as_ref().map_or_else(Municipalities::example, |file| file.list().clone()),
            terms: Terms {
                register_fresh: register_fresh.0,
                answer_arrested: answer_arrested.0,
                answer: answer.0,
                triage: triage.0,
            },
            errands: Budget {
                ceiling: ceiling.get(),
                longest_pause: longest_pause.0,
                side_by_side: side_by_side.get(),
            },
            deadline: Duration::try_from(deadline.0).unwrap_or(Duration::MAX),
        }
    }
}

/// Names of regions; at least one, and each once.
fn regions<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Region>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    let regions: Option<Vec<Region>> = names.iter().map(|name| Region::parse(name)).collect();
    let different = |regions: &Vec<Region>| regions.iter().collect::<BTreeSet<_>>().len() == regions.len();
    let regions = regions.filter(|regions| !regions.is_empty() && different(regions));
    regions.ok_or_else(|| {
        serde::de::Error::custom(
            "these must be names of regions, at least one and each once, in small letters, digits and hyphens",
        )
    })
}
