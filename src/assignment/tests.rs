//! The lead's assignment.

mod advising;
mod ask_further;
mod asking;
mod colleagues;
mod hearing;
mod letting_go;
mod readable;
mod reaffirming;
mod recalling;
mod regions;
mod residence;
mod retracting;
mod signals;
mod telephoning;
mod troubles;

use super::*;
use crate::fault::{Faults, Problem};
use crate::organisation::{Actor, Kind};
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::progress::AdviceState;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::testing::*;

type Lead = Story<AssignmentLaw>;

fn deliver_command(question: &Question, version: u32, answer: Answer) -> Command {
    Command::Deliver { question: question.name, version, answer: Box::new(answer) }
}

fn not_known(question: &Question) -> Answer {
    answer_to(question, |_| Outcome::NotKnown)
}

fn source(question: &Question) -> Actor {
    service(question.addressee.kind)
}

fn state(assignment: &Lead, item: Item) -> crate::item::State {
    assignment.body().tracks[&item].standing().state
}

fn malformed(field: &str, problem: Problem) -> Option<Refusal> {
    Some(Refusal::Malformed(Faults::one(field, problem)))
}

fn om() -> Actor {
    service(Kind::Om)
}

fn rvdk() -> Actor {
    adviser(Kind::Rvdk)
}

/// The brief with another household, as OM would compute it again.
fn briefed_again(assignment: &Lead, change: impl FnOnce(&mut crate::household::Household)) -> Brief {
    let brief = assignment.body().brief.as_deref().unwrap();
    let mut household = brief.household.clone();
    change(&mut household);
    let act = act(today(), today());
    let facts = crate::required::Facts {
        flow: &brief.flow,
        act: &act,
        hg_km: &crate::offence::HgKm::Ja,
        settled: None,
        household: &household,
    };
    let required = crate::required::compute(facts, now()).unwrap();
    Brief { household: household.clone(), required, ..next(brief) }
}

const OTHER_ORGANISATION: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Organisation));
const OTHER_ROLE: Option<Refusal> = Some(Refusal::Forbidden(Forbidden::Role));
