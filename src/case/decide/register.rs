//! What the police bring: the registration, and what comes later (D5, D6, A40).

use super::brief::with_brief;
use super::own;
use crate::authority::{self, Act};
use crate::case::{Case, Event, Registration};
use crate::name::CaseName;
use crate::organisation::Actor;
use crate::police::PoliceRecord;
use crate::refusal::Refusal;
use jiff::Timestamp;

pub(super) fn register(
    name: CaseName,
    facts: Box<Registration>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    authority::may(by, Act::RegisterCase)?;
    facts.faults(at).or(())?;
    own(by.organisation.region == facts.region)?;
    Ok(vec![Event::Registered { name, facts, by: by.clone() }])
}

pub(super) fn record_police(
    case: &Case,
    police: &PoliceRecord,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let facts = &case.facts;
    police.faults("police", facts.entry_route, facts.hg_km.binds(), &facts.household).or(())?;
    let updated = facts.police.updated(police);
    if updated == facts.police {
        return Ok(Vec::new());
    }
    Ok(with_brief(case, vec![Event::PoliceRecorded { police: updated, by: by.clone() }], at))
}
