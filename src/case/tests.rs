//! OM's case of one suspect.

mod advised;
mod alerts;
mod amending;
mod beside;
mod briefing;
mod deciding;
mod ending;
mod explaining;
mod looking;
mod news;
mod permission;
mod registering;
mod reopening;
mod retracting;
mod settling;
mod signals;
mod stuck;
mod successive;
mod timeline;
mod waiting;

use super::*;
use crate::fault::{Faults, Problem};
use crate::flow::Doubt;
use crate::gate::{Open, Reason, Subject};
use crate::personal::Sensitive;
use crate::police::PoliceRecord;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::required::Required;
use crate::testing::*;

/// A minor suspect with HG/KM.
fn minor() -> Registration {
    registration(parent_and_child(FIFTEEN), HgKm::Ja)
}

/// An adult suspect with HG/KM.
fn adult() -> Registration {
    registration(parent_and_child(ADULT), HgKm::Ja)
}

/// An adult suspect without HG/KM.
fn outside() -> Registration {
    let mut facts = registration(parent_and_child(ADULT), nee());
    facts.police = PoliceRecord::default();
    facts
}

fn under_twelve() -> Registration {
    registration(parent_and_child("2018-01-01"), HgKm::Ja)
}

fn parked() -> Registration {
    let household = Household::default();
    Registration { suspect: crate::flow::SuspectKind::Unknown, household, ..minor() }
}

fn decide_it(case: &Story<CaseLaw>, version: u32) -> Command {
    deciding(case, proposed(version), None)
}

fn close(reason: CloseReason) -> Command {
    Command::Close(reason, text("toelichting"), None)
}

fn open(case: &Story<CaseLaw>) -> Vec<(Subject, Reason)> {
    let incomplete = gate(case.body()).err();
    incomplete
        .map(|incomplete| incomplete.open().iter().map(|Open { subject, reason }| (*subject, *reason)).collect())
        .unwrap_or_default()
}

fn required(case: &Story<CaseLaw>) -> Required {
    case.body().assignment.as_ref().expect("there is an assignment").required.clone()
}

fn version(case: &Story<CaseLaw>) -> u32 {
    case.body().assignment.as_ref().map_or(0, |assigned| assigned.version)
}

fn malformed(field: &str, problem: Problem) -> Option<Refusal> {
    Some(Refusal::Malformed(Faults::one(field, problem)))
}

const OTHER_ORGANISATION: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Organisation));
const OTHER_ROLE: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Role));
