//! A person settles what the facts leave open (D1, D3).

use super::brief::with_brief;
use crate::case::{Case, Event, Settlement};
use crate::fault::{Faults, Problem};
use crate::flow::{Doubt, Flow, age_at_act, possible};
use crate::offence::HgKm;
use crate::organisation::Actor;
use crate::refusal::{NotNow, Refusal};
use jiff::Timestamp;

pub(super) fn settle(case: &Case, settlement: Settlement, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let doubts = match case.flow() {
        Flow::Undecided(doubts) => doubts,
        // HG/KM that is not known stays an open item of a flow that stands (D1).
        Flow::A | Flow::B if case.hg_km_unknown() => [Doubt::HgKmUnknown].into(),
        _ => return Err(NotNow::NothingToSettle.into()),
    };
    let mut faults = Faults::new();
    let age = age_at_act(&case.facts.household, &case.facts.act);
    let age_open = doubts.contains(&Doubt::AroundTwelve) || doubts.contains(&Doubt::AroundEighteen);
    match settlement.age {
        None => faults.require(!age_open, "age", Problem::Missing),
        // What was settled stays settled: another age could be another lead, and that is another assignment (D23).
        Some(_) if !age_open => faults.add("age", Problem::Superfluous),
        Some(settled) => faults.require(possible(age, settled), "age", Problem::ExcludedByFacts),
    }
    match &settlement.hg_km {
        Some(HgKm::Onbekend) => faults.add("hg_km.answer", Problem::ExcludedByFacts),
        Some(hg_km) if case.hg_km_unknown() => faults.merge(hg_km.faults("hg_km", at)),
        Some(_) => faults.add("hg_km", Problem::Superfluous),
        None => {}
    }
    let mut after = case.clone();
    after.settled = settlement.age.or(case.settled);
    after.facts.hg_km = settlement.hg_km.clone().unwrap_or_else(|| case.facts.hg_km.clone());
    match after.flow() {
        Flow::Undecided(left) if left.contains(&Doubt::SuspectUnknown) => return Err(NotNow::NothingToSettle.into()),
        // A settlement always ends in a, b, outside or under twelve (D3).
        Flow::Undecided(left) if left.contains(&Doubt::HgKmUnknown) => faults.add("hg_km", Problem::Missing),
        Flow::A | Flow::B if !age_open => faults.require(!after.hg_km_unknown(), "hg_km", Problem::Missing),
        _ => {}
    }
    faults.or(())?;
    Ok(with_brief(case, vec![Event::FlowSettled { settlement, by: by.clone() }], at))
}
