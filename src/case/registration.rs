//! What a registration carries (D6), and the other acts on a case as they are asked for.

use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::flow::{SettledAge, SuspectKind};
use crate::household::{Household, SUSPECT};
use crate::offence::{Act, HgKm};
use crate::organisation::Region;
use crate::personal::Sensitive;
use crate::police::{EntryRoute, PoliceRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The facts with which a case begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// BVH number of the incident.
    pub bvh_number: String,
    /// Parketnummer, if known.
    pub parketnummer: Option<String>,
    /// Arrested, or summoned.
    pub arrested: bool,
    /// When the suspect arrived; an arrested suspect has this.
    pub arrived_at: Option<Timestamp>,
    /// How the case came to the table.
    pub entry_route: EntryRoute,
    /// Region of the OM table.
    pub region: Region,
    /// The act.
    pub act: Act,
    /// The offences; at least one.
    pub offences: Vec<String>,
    /// HG/KM.
    pub hg_km: HgKm,
    /// Who is suspected.
    pub suspect: SuspectKind,
    /// Tells unknown suspects of one incident apart, or the number of a legal person; empty for a person.
    pub suspect_label: Sensitive<String>,
    /// The person list as the police know it; not confirmed. Empty of a suspect unless the suspect is a person.
    pub household: Household,
    /// What the police bring.
    pub police: PoliceRecord,
}

/// How a person settles what the facts leave open (D3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The age at the act, where it is in doubt.
    pub age: Option<SettledAge>,
    /// HG/KM, where it was unknown: JA or NEE.
    pub hg_km: Option<HgKm>,
    /// Why.
    pub reason: Sensitive<String>,
}

/// Why a case ends without a decision (D25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CloseReason {
    /// The same case twice.
    Duplicate,
    /// Dropped by the police.
    DroppedByPolice,
    /// The suspect died.
    SuspectDied,
    /// Transferred.
    Transferred,
    /// A partner refuses for good.
    PartnerRefuses,
    /// Outside the agreements.
    OutsideScope,
    /// Decided outside this service; by the prosecutor only, counted and shown.
    DecidedElsewhere,
}

impl CloseReason {
    /// A stable name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            CloseReason::Duplicate => "dubbel",
            CloseReason::DroppedByPolice => "ingetrokken-door-politie",
            CloseReason::SuspectDied => "verdachte-overleden",
            CloseReason::Transferred => "overgedragen",
            CloseReason::PartnerRefuses => "partner-weigert",
            CloseReason::OutsideScope => "buiten-reikwijdte",
            CloseReason::DecidedElsewhere => "buiten-systeem-beslist",
        }
    }

    /// How the case ended, for an official (Dutch, B1).
    pub fn words(self) -> &'static str {
        match self {
            CloseReason::Duplicate => "de zaak stond er dubbel in",
            CloseReason::DroppedByPolice => "de politie trok de zaak in",
            CloseReason::SuspectDied => "de verdachte is overleden",
            CloseReason::Transferred => "de zaak is overgedragen",
            CloseReason::PartnerRefuses => "een partner werkt definitief niet mee",
            CloseReason::OutsideScope => "de zaak valt buiten de afspraken",
            CloseReason::DecidedElsewhere => "er is beslist buiten dit systeem",
        }
    }
}

impl Registration {
    /// Everything that is wrong with it, as seen at an instant.
    pub fn faults(&self, now: Timestamp) -> Faults {
        let today = day_of(now);
        let mut faults = self.act.faults("act", today);
        faults.merge(self.hg_km.faults("hg_km", now));
        faults.require(!self.arrested || self.arrived_at.is_some(), "arrived_at", Problem::Missing);
        faults.require(self.arrived_at.is_none_or(|at| at <= now), "arrived_at", Problem::InFuture);
        faults.require(!self.offences.is_empty(), "offences", Problem::Missing);
        if self.suspect == SuspectKind::Person {
            faults.merge(self.household_faults(today));
            faults.merge(suspect_faults(&self.household, &self.act));
        }
        let binds = self.hg_km.binds();
        faults.merge(self.police.faults("police", self.entry_route, binds, &self.household));
        faults
    }
}

impl Registration {
    /// The suspect's identity stands apart from the list in a registration, and so do its faults.
    fn household_faults(&self, today: Date) -> Faults {
        let faults = self.household.faults("household", today);
        let suspect = self.household.persons.iter().position(|person| person.number == SUSPECT);
        match suspect {
            Some(index) => faults.moved(&format!("household.persons[{index}].identity"), "person"),
            None => faults,
        }
    }
}

/// The act lies after the suspect's birth.
pub(super) fn suspect_faults(household: &Household, act: &Act) -> Faults {
    let birth = household
        .person(SUSPECT)
        .and_then(|suspect| suspect.identity.reveal())
        .and_then(|identity| identity.birth.earliest());
    let mut faults = Faults::new();
    faults.require(birth.is_none_or(|birth| birth <= act.from), "act.from", Problem::BeforeBirth);
    faults
}
