//! What may happen to a case, and what follows from it.

mod again;
mod amend;
mod brief;
mod confirm;
mod end;
mod news;
mod permission;
mod record;
mod register;
mod retracted;
mod settle;
mod signal;
mod trouble;

use super::{Amendment, Case, CloseReason, End, Errand, Event, LoggedCall, Registration, Settlement, State, look};
use crate::advice::Advice;
use crate::authority::{self, Act};
use crate::custody::Step;
use crate::decision::Proposed;
use crate::household::Household;
use crate::item::Trouble;
use crate::look::{Finding, Look, Matter};
use crate::name::CaseName;
use crate::organisation::Actor;
use crate::permission::Permission;
use crate::personal::Sensitive;
use crate::police::PoliceRecord;
use crate::progress::Snapshot;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::signal::Signal;
use jiff::Timestamp;

/// What someone asks of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Register it under this name.
    Register(CaseName, Box<Registration>),
    /// Record what the police bring later; parts that are given replace earlier ones.
    RecordPolice(PoliceRecord),
    /// Confirm the person list, with a reason where someone drops from it.
    ConfirmHousehold(Household, Option<Sensitive<String>>),
    /// Settle what the facts leave open, with the mandate that covers a parketsecretaris today.
    Settle(Settlement, Option<String>),
    /// The lead's snapshot.
    ReportProgress(Snapshot),
    /// The lead's signed advice.
    SubmitAdvice(Box<Advice>, Snapshot),
    /// An acute signal (D27).
    ReceiveSignal(Box<Signal>),
    /// Decide, with the mandate that covers a parketsecretaris today, and what the last look found (D28).
    Decide(Proposed, Option<String>, Look),
    /// End without a decision, with that mandate.
    Close(CloseReason, Sensitive<String>, Option<String>),
    /// Note a call that the table made (A16).
    LogCall(Box<LoggedCall>),
    /// Record an act of custody, done at this instant (D26).
    RecordCustody(Step, Timestamp),
    /// An act of custody, by its number, was recorded wrongly.
    StrikeCustody(u32, Sensitive<String>),
    /// Decide whether the dossier may travel (A34).
    DecidePermission(Permission),
    /// Correct what was registered.
    Amend(Box<Amendment>),
    /// Look at an alert, by its number, and leave the case as it ended.
    AnswerAlert(u32, Sensitive<String>),
    /// Open a case again that had ended, with that mandate.
    Reopen(Sensitive<String>, Option<String>),
    /// The lead took in a version of the assignment.
    NoteDelivered(u32),
    /// The lead of an assignment of before was told of its end after all.
    NoteFormerTold(u32),
    /// A call to the lead failed for good (E3).
    NoteTrouble(Errand, Trouble),
    /// A call that had failed came through.
    NoteRecovery(Errand),
    /// What an office that was phoned for the last look says afterwards (D28).
    NoteLookedAgain(Matter, Finding),
}

/// May this happen, and what happens then? An empty list means: it is so already.
///
/// # Errors
/// Why not.
pub fn decide(state: &State, command: Command, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let Some(case) = state else {
        return match command {
            Command::Register(name, facts) => register::register(name, facts, by, at),
            _ => Err(Refusal::NotFound),
        };
    };
    match command {
        Command::Register(..) => Err(Refusal::AlreadyExists(case.name.to_string())),
        Command::RecordPolice(police) => {
            authority::may(by, Act::RecordPoliceReport)?;
            own(by.organisation == case.registered_by.organisation)?;
            register::record_police(case, &police, by, at)
        }
        Command::ConfirmHousehold(household, reason) => {
            own_table(case, by, Act::ConfirmHousehold)?;
            running(case)?;
            confirm::confirm(case, household, reason, by, at)
        }
        Command::Settle(settlement, mandate) => {
            prosecution(case, by, Act::SettleFlow, mandate.as_deref())?;
            running(case)?;
            settle::settle(case, settlement, by, at)
        }
        Command::ReportProgress(snapshot) => news_of(case, snapshot, None, by, at),
        Command::SubmitAdvice(advice, snapshot) => news_of(case, snapshot, Some(advice), by, at),
        Command::ReceiveSignal(signal) => signal::receive(case, signal, by, at),
        Command::Decide(proposed, mandate, look) => {
            prosecution(case, by, Act::DecideCase, mandate.as_deref())?;
            end::take_decision(case, proposed, mandate, &look, by, at)
        }
        Command::Close(reason, explanation, mandate) => {
            prosecution(case, by, Act::CloseCase, mandate.as_deref())?;
            running(case)?;
            end::close(case, reason, explanation, by, at)
        }
        Command::LogCall(call) => {
            own_table(case, by, Act::RecordCall)?;
            record::call(case, *call, by, at)
        }
        Command::RecordCustody(step, when) => {
            authority::may(by, Act::RecordCustodyEvent)?;
            own(by.organisation == case.registered_by.organisation || by.is_of(&case.principal()))?;
            record::custody(case, step, when, by, at)
        }
        Command::StrikeCustody(number, reason) => {
            authority::may(by, Act::StrikeCustodyEvent)?;
            own(by.organisation == case.registered_by.organisation || by.is_of(&case.principal()))?;
            record::strike(case, number, reason, by)
        }
        Command::DecidePermission(permission) => {
            own_table(case, by, Act::DecideDossierPermission)?;
            running(case)?;
            permission::decide(case, permission, by, at)
        }
        Command::Amend(amendment) => {
            authority::may(by, Act::AmendCase)?;
            own(by.organisation == case.registered_by.organisation)?;
            amend::amend(case, *amendment, by, at)
        }
        Command::AnswerAlert(number, reason) => {
            own_table(case, by, Act::AnswerAlert)?;
            again::answer_alert(case, number, reason, by)
        }
        Command::Reopen(reason, mandate) => {
            prosecution(case, by, Act::ReopenCase, mandate.as_deref())?;
            again::reopen(case, reason, by, at)
        }
        Command::NoteDelivered(version) => delivered(case, version),
        Command::NoteFormerTold(number) => {
            let troubled = case.former(number).is_some_and(|former| former.assigned.trouble.is_some());
            Ok(if troubled { vec![Event::FormerTold { number }] } else { Vec::new() })
        }
        Command::NoteLookedAgain(matter, finding) => Ok(look::looked_again(case, matter, finding, at)),
        Command::NoteRecovery(errand) => {
            let troubled = case.troubles.iter().any(|(troubled, _)| *troubled == errand);
            Ok(if troubled { vec![Event::CallRecovered { errand }] } else { Vec::new() })
        }
        Command::NoteTrouble(errand, trouble) => Ok(trouble::trouble(case, errand, trouble)),
    }
}

/// What the lead tells, and what of it was taken back.
fn news_of(
    case: &Case,
    snapshot: Snapshot,
    advice: Option<Box<Advice>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut events = news::progress(case, snapshot.clone(), advice, by, at)?;
    events.extend(retracted::heard(case, &snapshot, &events, at));
    Ok(events)
}

/// The lead has a version. The end of the case or of the assignment may have overtaken it on its way, and found nothing
/// there to withdraw.
fn delivered(case: &Case, version: u32) -> Result<Vec<Event>, Refusal> {
    if let Some(former) = case.former_at(version) {
        let number = former.assigned.number();
        let newer = former.assigned.delivered < version;
        return Ok(if newer { vec![Event::FormerBriefed { number, version }] } else { Vec::new() });
    }
    let assigned = case.assignment.as_ref().ok_or(Refusal::NotFound)?;
    let newer = assigned.delivered < version;
    let closed = matches!(case.end, Some(End::Closed(_)));
    // Trouble with a later version outlives the reply to an earlier one.
    let recovers = assigned.trouble.is_some() && (closed || version == assigned.version);
    Ok(match &case.end {
        Some(End::Closed(_)) if newer => vec![Event::BriefDeliveredLate { version }],
        _ if newer || recovers => vec![Event::BriefDelivered { version }],
        _ => Vec::new(),
    })
}

/// Whom to ask for a last look before this decision, by someone who read the case at this revision, when nothing else
/// stands in its way (D28).
///
/// # Errors
/// Why it would be refused whatever they say; then nobody need be asked.
pub fn to_look_at(
    state: &State,
    read: u64,
    proposed: &Proposed,
    mandate: Option<&str>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Matter>, Refusal> {
    let case = state.as_deref().ok_or(Refusal::NotFound)?;
    prosecution(case, by, Act::DecideCase, mandate)?;
    if case.revision != read {
        return Err(Refusal::Outdated);
    }
    end::decidable(case, proposed, at).map(|(_, matters)| matters)
}

fn own(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

/// Someone who may do this, at the table of the case.
fn own_table(case: &Case, by: &Actor, act: Act) -> Result<(), Refusal> {
    authority::may(by, act)?;
    own(by.is_of(&case.principal()))
}

/// The prosecutor at the table of the case, or who may do this in his place (D31).
fn prosecution(case: &Case, by: &Actor, act: Act, mandate: Option<&str>) -> Result<(), Refusal> {
    own_table(case, by, act)?;
    authority::in_place_of_the_prosecutor(by, mandate).map_err(Refusal::from)
}

/// The case did not end.
fn running(case: &Case) -> Result<(), Refusal> {
    match &case.end {
        None => Ok(()),
        Some(End::Decided(_)) => Err(NotNow::Decided.into()),
        Some(End::Closed(_)) => Err(NotNow::Closed.into()),
    }
}
