//! Which flow a case follows: by the suspect's age at the act and by HG/KM (§3.8.2 a/b, D1-D3, A3-A9, A33, A38).

use crate::date::Age;
use crate::household::Household;
use crate::offence::{Act, HgKm};
use crate::organisation::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// From this birthday on a minor suspect is in flow a (A3).
pub const TWELVE: u16 = 12;
/// From this birthday on a suspect is an adult.
pub const EIGHTEEN: u16 = 18;

/// Who is suspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuspectKind {
    /// A person; the first on the person list.
    Person,
    /// A legal person: outside the agreements (A38).
    LegalPerson,
    /// Not known yet (NN): no flow, the case is parked (A38).
    Unknown,
}

/// The way of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flow {
    /// §3.8.2a: minor suspect; RvdK leads.
    A,
    /// §3.8.2b: adult suspect with victims of HG/KM; 3RO leads.
    B,
    /// Not covered by §3.8: no look-up, no gated decision.
    Outside(Outside),
    /// Under twelve at the act: no ZSM decision (A7).
    Under12,
    /// Cannot be told yet; the gate stays closed and nobody is asked until a person settles it (D3).
    Undecided(BTreeSet<Doubt>),
}

/// Why a case is outside the agreements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outside {
    /// An adult without victims of HG/KM (A8).
    AdultWithoutHgKm,
    /// A legal person (A38).
    LegalPerson,
}

/// Why the flow cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Doubt {
    /// The age at the act may lie on either side of twelve.
    AroundTwelve,
    /// The age at the act may lie on either side of eighteen.
    AroundEighteen,
    /// HG/KM is not known for someone who is or may be an adult.
    HgKmUnknown,
    /// The suspect is not known.
    SuspectUnknown,
}

/// How a person settled the age (D3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SettledAge {
    /// Under twelve at the act.
    Under12,
    /// Twelve to seventeen at the act.
    Minor,
    /// Eighteen or over at the act.
    Adult,
    /// It cannot be found out: flow a, the safe side (D3).
    Unresolvable,
}

impl Flow {
    /// The organisation that leads, and writes the advice.
    pub fn lead(&self) -> Option<Kind> {
        match self {
            Flow::A => Some(Kind::Rvdk),
            Flow::B => Some(Kind::Reclassering),
            Flow::Outside(_) | Flow::Under12 | Flow::Undecided(_) => None,
        }
    }

    /// A stable code, as in tokens of the contract.
    pub fn code(&self) -> &'static str {
        match self {
            Flow::A => "A",
            Flow::B => "B",
            Flow::Outside(_) => "BUITEN_REIKWIJDTE",
            Flow::Under12 => "ONDER_12",
            Flow::Undecided(_) => "ONBESLIST",
        }
    }
}

/// The suspect's age at the act, over the whole act period (A4).
pub fn age_at_act(household: &Household, act: &Act) -> Age {
    let unknown = Age { least: 0, most: u16::MAX };
    let suspect = household.person(crate::household::SUSPECT).and_then(|person| person.identity.reveal());
    suspect.map_or(unknown, |identity| identity.birth.age_on(act.from).or(identity.birth.age_on(act.until)))
}

/// The flow that the facts give, with what a person settled where they give none.
pub fn determine(suspect: SuspectKind, age: Age, hg_km: &HgKm, settled: Option<SettledAge>) -> Flow {
    match suspect {
        SuspectKind::LegalPerson => return Flow::Outside(Outside::LegalPerson),
        SuspectKind::Unknown => return Flow::Undecided(BTreeSet::from([Doubt::SuspectUnknown])),
        SuspectKind::Person => {}
    }
    match settled.filter(|settled| possible(age, *settled)) {
        Some(SettledAge::Under12) => Flow::Under12,
        Some(SettledAge::Minor | SettledAge::Unresolvable) => Flow::A,
        Some(SettledAge::Adult) => adult(hg_km),
        None => by_age(age, hg_km),
    }
}

fn by_age(age: Age, hg_km: &HgKm) -> Flow {
    let mut doubts = BTreeSet::new();
    if age.straddles(TWELVE) {
        doubts.insert(Doubt::AroundTwelve);
    }
    if age.straddles(EIGHTEEN) {
        doubts.insert(Doubt::AroundEighteen);
        if matches!(hg_km, HgKm::Onbekend) {
            doubts.insert(Doubt::HgKmUnknown);
        }
    }
    if !doubts.is_empty() {
        Flow::Undecided(doubts)
    } else if age.under(TWELVE) {
        Flow::Under12
    } else if age.under(EIGHTEEN) {
        Flow::A
    } else {
        adult(hg_km)
    }
}

fn adult(hg_km: &HgKm) -> Flow {
    match hg_km {
        HgKm::Ja => Flow::B,
        HgKm::Nee { .. } => Flow::Outside(Outside::AdultWithoutHgKm),
        HgKm::Onbekend => Flow::Undecided(BTreeSet::from([Doubt::HgKmUnknown])),
    }
}

/// Whether the facts leave room for a settlement: only a limit that the age straddles can be settled (D3).
pub fn possible(age: Age, settled: SettledAge) -> bool {
    let open = age.straddles(TWELVE) || age.straddles(EIGHTEEN);
    open && match settled {
        SettledAge::Under12 => !age.reached(TWELVE),
        SettledAge::Minor => !age.under(TWELVE) && !age.reached(EIGHTEEN),
        SettledAge::Adult => !age.under(EIGHTEEN),
        SettledAge::Unresolvable => true,
    }
}

/// Whether the suspect joins the oudercheck as someone who may be an adult: unresolvable around 18, with HG/KM (D3).
pub fn suspect_may_be_adult(age: Age, hg_km: &HgKm, settled: Option<SettledAge>) -> bool {
    settled == Some(SettledAge::Unresolvable) && age.straddles(EIGHTEEN) && hg_km.binds()
}

#[cfg(test)]
mod tests;
