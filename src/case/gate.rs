//! The gate of a case: the one gate of [`crate::gate`], with what OM itself must see to (D6, D7, D10).

use super::Case;
use crate::flow::{Doubt, Flow};
use crate::gate::{self, Complete, Incomplete, Open, Reason, Subject};
use crate::item::Trouble;
use crate::progress::Snapshot;

/// The gate of a case, over OM's own required set (D7).
///
/// # Errors
/// Everything that is open.
pub fn gate(case: &Case) -> Result<Complete, Incomplete> {
    if case.is_outside_scope() {
        return Err(Incomplete::because(Open { subject: Subject::Flow, reason: Reason::OutsideScope }));
    }
    let progress = case.told();
    let standings = progress.map(Snapshot::standings).unwrap_or_default();
    gate::pass(gate::View {
        required: case.assignment.as_ref().map(|assigned| &assigned.required),
        standings: &standings,
        advice: case.advised(),
        office: &office(case, progress),
    })
}

/// What OM itself must see to (D6, D7, D10).
fn office(case: &Case, progress: Option<&Snapshot>) -> Vec<Open> {
    let mut open = Vec::new();
    let mut add = |subject, reason| open.push(Open { subject, reason });
    if let Flow::Undecided(doubts) = case.flow() {
        let unknown = doubts.contains(&Doubt::SuspectUnknown);
        add(Subject::Flow, if unknown { Reason::Unknown } else { Reason::Undecided });
    }
    if !case.is_confirmed() {
        add(Subject::Household, Reason::NotConfirmed);
    }
    let listed = |reference: &str| {
        let persons = &case.facts.household.persons;
        persons.iter().any(|person| person.further.as_ref().is_some_and(|further| further.reference == reference))
    };
    if progress.is_some_and(|snapshot| snapshot.further_persons.iter().any(|one| !listed(&one.reference))) {
        add(Subject::Household, Reason::FurtherPerson);
    }
    if case.hg_km_unknown() {
        add(Subject::HgKm, Reason::Unknown);
    }
    if case.facts.hg_km.binds() && case.facts.police.report_to_vt.is_none() {
        add(Subject::ReportToVt, Reason::Missing);
    }
    if case.facts.police.zorgmelding.is_none() {
        add(Subject::Zorgmelding, Reason::Missing);
    }
    if let Some(assigned) = &case.assignment {
        match assigned.trouble {
            Some(Trouble::Refused) => add(Subject::Assignment, Reason::CallRefused),
            Some(Trouble::Stuck) => add(Subject::Assignment, Reason::Stuck),
            None if progress.is_none_or(|snapshot| snapshot.assignment_version != assigned.version) => {
                add(Subject::Assignment, Reason::NotProcessed);
            }
            None => {}
        }
    }
    open
}
