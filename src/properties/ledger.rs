//! What is so, worked out once more from the bare histories.

use super::world::World;
use crate::answer::Answer;
use crate::assignment::Event as Lead;
use crate::case::Event as Om;
use crate::household::Household;
use crate::item::Item;
use crate::offence::HgKm;
use crate::outcome::Outcome;
use crate::police::PoliceRecord;
use crate::required::{Required, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// What OM knows by itself.
struct Office {
    hg_km: HgKm,
    police: PoliceRecord,
    household: Option<Household>,
    brief: Option<(u32, Required)>,
    troubled: bool,
    advices: BTreeSet<u32>,
    heard: u64,
}

/// May the prosecutor decide? All information available and weighed (R-3.8-3), and the rest of D7.
pub(super) fn ready(world: &World) -> bool {
    let Some(office) = office(&world.case.events) else { return false };
    let (Some(household), Some((version, required))) = (&office.household, &office.brief) else { return false };
    let told = told(world);
    let hg_km = !matches!(office.hg_km, HgKm::Onbekend);
    let reported = office.police.report_to_vt.is_some() || matches!(office.hg_km, HgKm::Nee { .. });
    let listed = further(&told).iter().all(|reference| {
        household.persons.iter().any(|person| person.further.as_ref().is_some_and(|one| one.reference == *reference))
    });
    let weighed: Option<BTreeMap<Item, u32>> =
        required.items().iter().map(|one| Some((one.item, weighed_version(&told, one)?))).collect();
    let signed = told.iter().rev().find_map(|event| match event {
        Lead::AdviceSigned { advice } => Some(Some(advice)),
        Lead::AdviceWithdrawn(_) => Some(None),
        _ => None,
    });
    let signed = signed.flatten();
    let rests = signed.zip(weighed).is_some_and(|(advice, weighed)| {
        office.advices.contains(&advice.version)
            && advice.assignment_version == *version
            && weighed.iter().all(|(item, latest)| advice.rests_on.get(item) == Some(latest))
    });
    hg_km
        && reported
        && office.police.zorgmelding.is_some()
        && listed
        && rests
        && !office.troubled
        && briefed(&told) == Some(*version)
}

/// What the lead had gone through when it sent the latest report that OM has.
pub(super) fn told(world: &World) -> Vec<Lead> {
    let heard = office(&world.case.events).map_or(0, |office| office.heard);
    world.assignment.events.iter().take(heard as usize).cloned().collect()
}

/// The latest version of each item.
pub(super) fn latest(events: &[Lead]) -> BTreeMap<Item, u32> {
    let versions = |item| versions(events, item, |_| true).last_key_value().map(|(version, _)| (item, *version));
    Item::ALL.into_iter().filter_map(versions).collect()
}

fn office(events: &[Om]) -> Option<Office> {
    let Some(Om::Registered { facts, .. }) = events.first() else { return None };
    let mut office = Office {
        hg_km: facts.hg_km.clone(),
        police: facts.police.clone(),
        household: None,
        brief: None,
        troubled: false,
        advices: BTreeSet::new(),
        heard: 0,
    };
    for event in events {
        match event {
            Om::PoliceRecorded { police, .. } => office.police = police.clone(),
            Om::HouseholdConfirmed { household, .. } => office.household = Some(household.clone()),
            Om::FlowSettled { settlement, .. } => office.hg_km = settlement.hg_km.clone().unwrap_or(office.hg_km),
            Om::Briefed { version, required, .. } => {
                (office.brief, office.troubled) = (Some((*version, required.clone())), false);
            }
            Om::BriefDelivered { .. } | Om::BriefDeliveredLate { .. } => office.troubled = false,
            Om::Troubled { .. } => office.troubled = true,
            Om::Progressed { snapshot } => office.heard = office.heard.max(snapshot.sequence),
            Om::AdviceReceived { advice } => drop(office.advices.insert(advice.version)),
            Om::Registered { .. } | Om::NotCounted { .. } | Om::AlertRaised(_) | Om::Decided(_) | Om::Closed(_) => {}
        }
    }
    Some(office)
}

fn briefed(events: &[Lead]) -> Option<u32> {
    events.iter().rev().find_map(|event| match event {
        Lead::Briefed { brief } => Some(brief.version),
        _ => None,
    })
}

fn further(events: &[Lead]) -> Vec<String> {
    let named = |event: &Lead| match event {
        Lead::FurtherPersonNamed { further, .. } => Some(further.reference.clone()),
        _ => None,
    };
    events.iter().filter_map(named).collect()
}

/// The latest version of an item, if it counts for everyone asked about and was weighed.
fn weighed_version(events: &[Lead], one: &Requirement) -> Option<u32> {
    let counts = |answer: &Answer| {
        one.answer_about().iter().all(|person| {
            let mut about = answer.outcomes.iter().filter(|outcome| outcome.person == *person);
            about.any(|outcome| matches!(outcome.outcome, Outcome::Known(_) | Outcome::NotKnown))
        })
    };
    let (latest, counts) = versions(events, one.item, counts).pop_last()?;
    let weighed = events.iter().any(
        |event| matches!(event, Lead::Weighed { item, weighing } if *item == one.item && weighing.version == latest),
    );
    (counts && weighed).then_some(latest)
}

/// The versions of an item in its current round, and whether each counts.
fn versions(events: &[Lead], of: Item, counts: impl Fn(&Answer) -> bool) -> BTreeMap<u32, bool> {
    let (mut round, mut before, mut highest) = (BTreeMap::new(), 0, 0);
    for event in events {
        let (version, counts) = match event {
            Lead::Asked { item, .. } if *item == of => {
                before = highest;
                round.clear();
                continue;
            }
            Lead::Answered { item, version, answer } if *item == of => (before + version, counts(answer)),
            Lead::OwnFileRecorded { answer } if of == Item::EigenOnderzoek => (highest + 1, counts(answer)),
            Lead::DossierReceived { version, .. } if of == Item::Politiedossier => (*version, true),
            _ => continue,
        };
        round.insert(version, counts);
        highest = highest.max(version);
    }
    round
}
