//! What is so, worked out once more from the bare histories.

mod look;
mod office;
mod persons;
mod round;
mod telephone;

use super::world::World;
use crate::assignment::Event as Lead;
use crate::household::Household;
use crate::item::Item;
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::required::{Required, Requirement};
use look::{answered, wanted};
use office::Office;
use persons::{further, on_the_list};
use round::{Asked, Round};
use std::collections::BTreeMap;

/// May the prosecutor decide? All information available and weighed (R-3.8-3), and the rest of D7.
pub(super) fn ready(world: &World) -> bool {
    let Some(office) = Office::after(&world.om.events()) else { return false };
    let (Some(household), Some((version, required))) = (&office.household, &office.brief) else { return false };
    let told = told(world);
    // Whom only an answer that was taken back named is on the list for no reason (D10).
    holds(&office, household, (*version, required), &told) && on_the_list(household).is_subset(&further(&told))
}

/// Is what OM was told still so, when everybody is asked (D28)? Nothing at the lead, and no answer at a source, that OM
/// does not have yet; and nobody works on one.
pub(super) fn current(world: &World) -> bool {
    let (Some(office), Some(lead)) = (Office::after(&world.om.events()), world.lead()) else { return false };
    let (Some(household), Some((version, required))) = (&office.household, &office.brief) else { return false };
    let all = lead.events();
    holds(&office, household, (*version, required), &all)
        && latest(&all) == latest(&told(world))
        && wanted(&all).into_iter().all(|question| answered(world, &all, question))
}

/// The gate, over what the lead went through.
fn holds(office: &Office, household: &Household, (version, required): (u32, &Required), told: &[&Lead]) -> bool {
    let hg_km = !matches!(office.hg_km, HgKm::Onbekend);
    let reported = office.police.report_to_vt.is_some() || matches!(office.hg_km, HgKm::Nee { .. });
    let listed = further(told).is_subset(&on_the_list(household));
    let weighed: Option<BTreeMap<Item, u32>> = required
        .items()
        .iter()
        .cloned()
        .chain(added(told, required))
        .map(|one| Some((one.item, weighed_version(told, &one)?)))
        .collect();
    let signed = told.iter().rev().find_map(|event| match event {
        Lead::AdviceSigned { advice } => Some(Some(advice)),
        Lead::AdviceWithdrawn(_) => Some(None),
        _ => None,
    });
    let signed = signed.flatten();
    let rests = signed.zip(weighed).is_some_and(|(advice, weighed)| {
        office.advices.contains(&advice.version)
            && advice.assignment_version == version
            && weighed.iter().all(|(item, latest)| advice.rests_on.get(item) == Some(latest))
    });
    hg_km
        && reported
        && office.police.zorgmelding.is_some()
        && listed
        && rests
        && !office.troubled
        && briefed(told) == Some(version)
}

/// What the lead had gone through when it sent the latest report that OM has.
pub(super) fn told(world: &World) -> Vec<&Lead> {
    let heard = Office::after(&world.om.events()).map_or(0, |office| office.heard);
    let Some(lead) = world.lead() else { return Vec::new() };
    lead.events().into_iter().take(heard as usize).collect()
}

/// The version of an item that came of this answer to a question; none of one that was overtaken on its way.
pub(super) fn came_of(events: &[&Lead], of: QuestionName, at: u32) -> Option<(Item, u32)> {
    let answered = |event: &&Lead| match event {
        Lead::Answered { item, question, version, .. } => (*question == Some(of) && *version == at).then_some(*item),
        _ => None,
    };
    let (index, item) = events.iter().enumerate().find_map(|(index, event)| Some((index, answered(event)?)))?;
    let after = |events| Round::of(events, item).latest();
    let new = after(&events[..=index]).filter(|version| after(&events[..index]) != Some(*version))?;
    Some((item, new))
}

/// Whether a question has an answer, by its source or by telephone, that counts for everyone it is about or tells something.
pub(super) fn is_to_be_weighed(events: &[&Lead], item: Item, question: QuestionName) -> bool {
    Round::of(events, item).questions.get(&question).is_some_and(Asked::is_to_be_weighed)
}

/// The latest version of each item.
pub(super) fn latest(events: &[&Lead]) -> BTreeMap<Item, u32> {
    let latest = |item| Round::of(events, item).latest().map(|version| (item, version));
    Item::ALL.into_iter().filter_map(latest).collect()
}

fn briefed(events: &[&Lead]) -> Option<u32> {
    events.iter().rev().find_map(|event| match event {
        Lead::Briefed { brief } => Some(brief.version),
        _ => None,
    })
}

/// What the lead asks beside what is required.
fn added(events: &[&Lead], required: &Required) -> Vec<Requirement> {
    let runs = |item: &Item| {
        let round = Round::of(events, *item);
        required.of(*item).is_none() && !round.dropped && !round.questions.is_empty()
    };
    let bare = |item| Requirement { item, subjects: Vec::new(), reference: None };
    Item::ALL.into_iter().filter(runs).map(bare).collect()
}

/// The latest version of an item, if it counts for everyone asked about and was weighed.
fn weighed_version(events: &[&Lead], one: &Requirement) -> Option<u32> {
    let round = Round::of(events, one.item);
    let latest = round.latest()?;
    let weighed = events.iter().any(
        |event| matches!(event, Lead::Weighed { item, weighing } if *item == one.item && weighing.version == latest),
    );
    (round.counts(&one.answer_about()) && weighed).then_some(latest)
}
