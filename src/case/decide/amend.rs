//! The police correct what they registered, also after the end (D2, D3, D23, A36).

use super::brief::{ended, required_with, with_brief};
use crate::case::registration::suspect_faults;
use crate::case::{Alert, Amendment, Case, End, Event};
use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::flow::SuspectKind;
use crate::gate::Subject;
use crate::household::SUSPECT;
use crate::organisation::Actor;
use crate::refusal::Refusal;
use jiff::Timestamp;

pub(super) fn amend(case: &Case, amendment: Amendment, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    faults(case, &amendment, at).or(())?;
    let amendment = amendment.new_to(case);
    if amendment.is_empty() {
        return Ok(Vec::new());
    }
    let amended = Event::Amended { amendment: Box::new(amendment.clone()), by: by.clone() };
    let Some(end) = &case.end else { return Ok(with_brief(case, vec![amended], at)) };
    let mut after = case.clone();
    after.amend(&amendment, at);
    let version = u32::try_from(case.revision).unwrap_or(u32::MAX);
    let subject = news(case, &after, &amendment, end, at);
    let alert = subject.map(|subject| Event::AlertRaised(Alert { subject, version, at }));
    // What need not have been asked is closed off though nobody works on the case (A36). What a decision rests on stays
    // where it is until the prosecutor said what the news means: its lead still brings the news about it (D21).
    let needless = if let End::Closed(_) = end { ended(&after) } else { None };
    Ok([amended].into_iter().chain(alert).chain(needless).collect())
}

/// What is new to someone who ended the case on the facts as they were; whoever must look at it can open it again. A
/// decision rested on all of them, and the end without one on flow and required set only (D2, D21).
fn news(case: &Case, after: &Case, amendment: &Amendment, end: &End, at: Timestamp) -> Option<Subject> {
    let required = |of: &Case| required_with(of, of.list_of_police(), at).map(|required| required.items().to_vec());
    let listed = case.household_version > 0;
    // What was asked about someone else, or by other names, is no answer about who it turned out to be.
    let others = amendment.suspect.is_some() || !amendment.persons.is_empty();
    let decided = matches!(end, End::Decided(_));
    if case.flow() != after.flow() {
        Some(Subject::Flow)
    } else if (decided && others) || (listed && required(case) != required(after)) {
        Some(Subject::Household)
    } else if !decided {
        None
    } else if amendment.hg_km.is_some() {
        Some(Subject::HgKm)
    } else {
        Some(Subject::Act)
    }
}

fn faults(case: &Case, amendment: &Amendment, at: Timestamp) -> Faults {
    let today = day_of(at);
    let mut faults = Faults::new();
    faults.require(!amendment.is_empty(), "amendment", Problem::Missing);
    faults.require(!amendment.reason.text().is_empty(), "reason", Problem::Missing);
    if let Some(act) = &amendment.act {
        faults.merge(act.faults("amendment.act", today));
    }
    if let Some(hg_km) = &amendment.hg_km {
        faults.merge(hg_km.faults("amendment.hg_km", at));
    }
    for (index, person) in amendment.persons.iter().enumerate() {
        let number = format!("amendment.persons[{index}].number");
        let twice = amendment.persons[..index].iter().any(|other| other.number == person.number);
        faults.require(person.number != SUSPECT, &number, Problem::Superfluous);
        faults.require(!twice, &number, Problem::Duplicate);
        faults.require(!case.belongs_to_another(person), &number, Problem::NumberOfAnother);
    }
    let mut after = case.clone();
    after.amend(amendment, at);
    if after.facts.suspect == SuspectKind::Person {
        faults.merge(list_faults(&after, amendment, at));
        let born = suspect_faults(&after.facts.household, &after.facts.act);
        let birth = if amendment.act.is_some() { "amendment.act.from" } else { "amendment.suspect.birth" };
        faults.merge(born.moved("act.from", birth));
    }
    faults
}

/// What is wrong with the list as it would be, named by the part of the correction that brings it.
fn list_faults(after: &Case, amendment: &Amendment, at: Timestamp) -> Faults {
    let list = after.list_of_police();
    let place = |number| list.persons.iter().position(|person| person.number == number);
    let mut faults = list.faults("household", day_of(at));
    if let Some(index) = place(SUSPECT) {
        faults = faults.moved(&format!("household.persons[{index}].identity"), "amendment.suspect");
    }
    for (own, person) in amendment.persons.iter().enumerate() {
        if let Some(index) = place(person.number) {
            faults = faults.moved(&format!("household.persons[{index}]"), &format!("amendment.persons[{own}]"));
        }
    }
    faults
}
