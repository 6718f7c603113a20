//! Who takes part: organisations by kind and region (D32), roles (D31), and the person who acts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Police: registers cases and reports.
    Politie,
    /// Openbaar Ministerie, the prosecution service.
    Om,
    /// Raad voor de Kinderbescherming.
    Rvdk,
    /// The three probation organisations as one (A31).
    Reclassering,
    /// Veilig Thuis.
    VeiligThuis,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Politie, Kind::Om, Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis];

    /// The short name used in tokens, commands and addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Politie => "politie",
            Kind::Om => "om",
            Kind::Rvdk => "rvdk",
            Kind::Reclassering => "reclassering",
            Kind::VeiligThuis => "veilig-thuis",
        }
    }

    /// The name an official reads.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Politie => "Politie",
            Kind::Om => "Openbaar Ministerie",
            Kind::Rvdk => "Raad voor de Kinderbescherming",
            Kind::Reclassering => "Reclassering (3RO)",
            Kind::VeiligThuis => "Veilig Thuis",
        }
    }

    /// The kind with this short name.
    pub fn parse(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A region: letters, digits and hyphens, at most 40 characters. The shipped regions are synthetic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Region(String);

impl Region {
    /// The region of the embedded default.
    pub fn midden() -> Region {
        Region("midden".into())
    }

    /// A region by name; nothing when the form is wrong.
    pub fn parse(name: &str) -> Option<Region> {
        let fits = !name.is_empty()
            && name.len() <= 40
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        fits.then(|| Region(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One organisation: a kind in a region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Organisation {
    /// What it is.
    pub kind: Kind,
    /// Where it works.
    pub region: Region,
}

impl Organisation {
    /// An organisation.
    pub fn new(kind: Kind, region: Region) -> Self {
        Self { kind, region }
    }
}

impl fmt::Display for Organisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.kind.slug(), self.region.0)
    }
}

/// What a caller may be (D31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Police officer: registers, records reports.
    Politie,
    /// Operator of the ZSM table: confirms households, sees states only.
    Operator,
    /// Officier van justitie, the prosecutor.
    Officier,
    /// Parketsecretaris: decides by mandate.
    Parketsecretaris,
    /// Adviser of the lead organisation.
    Adviseur,
    /// Member of a desk that answers questions.
    Balie,
    /// Another office's service.
    Dienst,
    /// Functional administrator of one office: keeps its errands going, sees no dossier.
    Beheerder,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 8] = [
        Role::Politie,
        Role::Operator,
        Role::Officier,
        Role::Parketsecretaris,
        Role::Adviseur,
        Role::Balie,
        Role::Dienst,
        Role::Beheerder,
    ];

    /// The short name used in tokens and scenarios.
    pub fn slug(self) -> &'static str {
        match self {
            Role::Politie => "politie",
            Role::Operator => "operator",
            Role::Officier => "officier",
            Role::Parketsecretaris => "parketsecretaris",
            Role::Adviseur => "adviseur",
            Role::Balie => "balie",
            Role::Dienst => "dienst",
            Role::Beheerder => "beheerder",
        }
    }

    /// The role with this name; the English names of D31 are understood too.
    pub fn parse(name: &str) -> Option<Role> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "police" => Some(Role::Politie),
            "prosecutor" | "officier-van-justitie" => Some(Role::Officier),
            "adviser" => Some(Role::Adviseur),
            "desk" => Some(Role::Balie),
            "service" => Some(Role::Dienst),
            "administrator" => Some(Role::Beheerder),
            slug => Role::ALL.into_iter().find(|role| role.slug() == slug),
        }
    }
}

/// Who acts: a verified caller. The person is an opaque id of an official, or a rule's id for a service (E8).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The organisation acted for.
    pub organisation: Organisation,
    /// In which role.
    pub role: Role,
    /// Opaque id of the official, or of the rule a service acts under.
    pub person: String,
}

impl Actor {
    /// Whether the actor works for this very organisation, region and all.
    pub fn is_of(&self, organisation: &Organisation) -> bool {
        self.organisation == *organisation
    }
}
