//! The person list is confirmed; the required set follows from it (D7, D10, D23).

use super::brief::{required_with, with_brief};
use crate::case::{Case, Event};
use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::household::{Household, PersonNumber, SUSPECT};
use crate::item::Item;
use crate::organisation::Actor;
use crate::personal::Sensitive;
use crate::refusal::{NotNow, Refusal};
use crate::required::Required;
use jiff::Timestamp;
use std::collections::BTreeSet;

pub(super) fn confirm(
    case: &Case,
    mut household: Household,
    reason: Option<Sensitive<String>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if case.is_outside_scope() {
        return Err(NotNow::OutsideScope.into());
    }
    let suspect = case.facts.household.person(SUSPECT).map(|person| person.identity.clone());
    let mut faults = Faults::new();
    for (index, person) in household.persons.iter_mut().enumerate() {
        if person.number == SUSPECT
            && let Some(known) = &suspect
        {
            // The suspect is who the police registered; a correction is an act of its own.
            let same = person.identity.reveal().is_none() || person.identity == *known;
            faults.require(same, format!("household.persons[{index}].identity"), Problem::Superfluous);
            person.identity = known.clone();
        }
    }
    faults.merge(household.faults("household", day_of(at)));
    for index in 1..household.unborn_of.len() {
        // One kindcheck has one search key (D9): of the second child nobody would ask anything.
        faults.add(format!("household.unborn_of[{index}]"), Problem::SecondUnborn);
    }
    let known = case.progress.as_ref().map_or(&[][..], |snapshot| &snapshot.further_persons);
    for (index, person) in household.persons.iter().enumerate() {
        let named = person.further.as_ref().is_none_or(|further| known.contains(further));
        faults.require(named, format!("household.persons[{index}].further_person"), Problem::UnknownPerson);
        let field = format!("household.persons[{index}].number");
        faults.require(!case.belongs_to_another(person), field, Problem::NumberOfAnother);
    }
    let before = case.list_of_police();
    let shrinks = case.household_version > 0
        && (before.persons.iter().any(|person| household.person(person.number).is_none())
            || !before.unborn_of.is_subset(&household.unborn_of)
            || !asked_now(case).is_subset(&asked_about(required_with(case, &household, at).as_ref())));
    let explained = reason.as_ref().is_some_and(|reason| !reason.text().is_empty());
    faults.require(!shrinks || explained, "reason", Problem::ShrinksWithoutReason);
    faults.or(())?;
    let confirmed =
        Event::HouseholdConfirmed { version: case.household_version + 1, household, reason, by: by.clone() };
    Ok(with_brief(case, vec![confirmed], at))
}

/// Whom the lead asks about now, for which item.
fn asked_now(case: &Case) -> BTreeSet<(Item, PersonNumber)> {
    asked_about(case.assignment.as_ref().map(|assigned| &assigned.required))
}

/// Who is asked about for which item: it shrinks only with a reason, also when it is time that made the difference (D7).
fn asked_about(required: Option<&Required>) -> BTreeSet<(Item, PersonNumber)> {
    let items = required.into_iter().flat_map(Required::items);
    items.flat_map(|one| one.subjects.iter().map(|asked| (one.item, asked.person))).collect()
}
