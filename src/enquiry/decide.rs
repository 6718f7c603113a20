//! What may happen to a question at the office that answers it.

mod retract;
mod telephone;

use super::{Enquiry, Errand, Event, Origin, State, alike};
use crate::answer::Answer;
use crate::authority::{self, Act};
use crate::date;
use crate::decision::Notice;
use crate::fault::{Faults, Problem};
use crate::item::{Item, Trouble};
use crate::organisation::{Actor, Kind};
use crate::personal::Sensitive;
use crate::question::Question;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::register::{self, Lookup};
use crate::signal::{Signal, Warning};
use crate::telephone::Note;
use crate::term::Terms;
use jiff::Timestamp;

/// What someone asks of an enquiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A question arrives at an office of this kind, with what the register holds and the terms that are agreed.
    Receive(Box<Question>, Kind, Option<Lookup>, Terms),
    /// Someone at the desk works on it, or on a supplement to the answer that was given.
    TakeUp,
    /// There is nothing to add to the answer that was given.
    PutDown,
    /// The desk answers.
    Answer(Box<Answer>),
    /// The desk says that the answer is the same as to another question of its own; nothing when there is no such one (A12).
    AnswerAlike(Option<Box<Enquiry>>),
    /// The lead tells what was noted of a call with this office. Never refused for being late (D20, E1).
    NoteTelephoneAnswer(Box<Note>),
    /// The desk makes what was noted its own answer (D20).
    ConfirmTelephoneAnswer {
        /// Which.
        number: u32,
    },
    /// OM says what it decided. Never refused for being late (D34, E1).
    NoteDecision(Notice),
    /// The desk takes an answer back.
    Retract {
        /// Version of the answer.
        version: u32,
        /// Why.
        reason: Sensitive<String>,
    },
    /// How another question of this office stands, of which the answer was given here too (A12): what was taken back there
    /// is taken back here (D12).
    FollowOrigin(Box<Enquiry>),
    /// The desk raises an acute signal (D27).
    RaiseSignal(Warning),
    /// The lead no longer needs it.
    Withdraw,
    /// A call to the lead failed for good (E3).
    NoteTrouble(Errand, Trouble),
    /// A call that had failed came through.
    NoteRecovery(Errand),
}

/// May this happen, and what happens then? An empty list means: it is so already.
///
/// # Errors
/// Why not.
pub fn decide(state: &State, command: Command, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let Some(enquiry) = state else {
        return match command {
            Command::Receive(question, office, lookup, terms) => receive(question, office, lookup, terms, by, at),
            _ => Err(Refusal::NotFound),
        };
    };
    match command {
        Command::Receive(question, ..) => {
            own(by.is_of(&enquiry.question.asked_by))?;
            // The same question again is the same question; another under its name is refused (E4).
            if *question == enquiry.question {
                Ok(Vec::new())
            } else {
                Err(Faults::one("question", Problem::Duplicate).into())
            }
        }
        Command::TakeUp => {
            of_desk(enquiry, by, Act::TakeUpQuestion)?;
            Ok(take_up(enquiry, by))
        }
        Command::PutDown => {
            of_desk(enquiry, by, Act::TakeUpQuestion)?;
            let held = enquiry.is_worked_on() && enquiry.latest().is_some();
            Ok(if held { vec![Event::SupplementPutDown { by: by.clone() }] } else { Vec::new() })
        }
        Command::Answer(answer) => {
            of_desk(enquiry, by, Act::AnswerQuestion)?;
            answer_it(enquiry, answer, None, by, at)
        }
        Command::AnswerAlike(other) => {
            of_desk(enquiry, by, Act::AnswerQuestion)?;
            let own = other.filter(|other| by.is_of(&other.question.addressee));
            let other = own.ok_or_else(|| Faults::one("same_as", Problem::Unknown))?;
            let (answer, origin) = alike::answer(&enquiry.question, &other)?;
            answer_it(enquiry, Box::new(answer), Some(origin), by, at)
        }
        Command::NoteTelephoneAnswer(note) => {
            own(by.is_of(&enquiry.question.asked_by))?;
            telephone::note(enquiry, *note, at)
        }
        Command::ConfirmTelephoneAnswer { number } => {
            of_desk(enquiry, by, Act::ConfirmTelephoneAnswerAtSource)?;
            telephone::confirm(enquiry, number, by, at)
        }
        Command::NoteDecision(notice) => {
            own(enquiry.is_table(&by.organisation))?;
            let known = enquiry.decisions.contains(&notice);
            Ok(if known { Vec::new() } else { vec![Event::DecisionHeard(notice)] })
        }
        Command::Retract { version, reason } => {
            authority::may(by, Act::RetractAnswer)?;
            own(by.is_of(&enquiry.question.addressee))?;
            retract::retract(enquiry, version, reason, by)
        }
        Command::FollowOrigin(origin) => {
            own(by.is_of(&enquiry.question.addressee))?;
            Ok(retract::follow(enquiry, &origin))
        }
        Command::RaiseSignal(warning) => {
            authority::may(by, Act::RaiseAcuteSignalAtSource)?;
            own(by.is_of(&enquiry.question.addressee))?;
            raise(enquiry, warning, by, at)
        }
        Command::Withdraw => {
            own(by.is_of(&enquiry.question.asked_by))?;
            Ok(if enquiry.withdrawn { Vec::new() } else { vec![Event::Withdrawn] })
        }
        Command::NoteRecovery(errand) => {
            let troubled = enquiry.troubles.iter().any(|(troubled, _)| *troubled == errand);
            Ok(if troubled { vec![Event::Recovered { errand }] } else { Vec::new() })
        }
        Command::NoteTrouble(errand, trouble) => {
            let known = enquiry.troubles.contains(&(errand, trouble));
            Ok(if known { Vec::new() } else { vec![Event::Troubled { errand, trouble }] })
        }
    }
}

fn own(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

/// A member of the asked desk, region and all (D19, D32), on a question that is still wanted.
fn of_desk(enquiry: &Enquiry, by: &Actor, act: Act) -> Result<(), Refusal> {
    authority::may(by, act)?;
    own(by.is_of(&enquiry.question.addressee))?;
    if enquiry.withdrawn { Err(NotNow::Withdrawn.into()) } else { Ok(()) }
}

/// At any moment, also when nobody waits for an answer any more. Where it must go, an older question does not tell.
fn raise(enquiry: &Enquiry, warning: Warning, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    warning.faults("warning").or(())?;
    enquiry.question.case.ok_or(NotNow::CaseNotTold)?;
    let of = enquiry.question.name.to_string();
    let signal = Signal::raised(&of, enquiry.signals.len(), warning, by, at);
    Ok(vec![Event::SignalRaised(Box::new(signal))])
}

/// After an answer it is a supplement, of which the lead hears nothing until it is there.
fn take_up(enquiry: &Enquiry, by: &Actor) -> Vec<Event> {
    let by = by.clone();
    let answered = enquiry.latest().is_some();
    let holder = if answered { &enquiry.supplement_by } else { &enquiry.taken_up_by };
    match holder {
        Some(holder) if *holder == by => Vec::new(),
        _ if answered => vec![Event::SupplementTakenUp { by }],
        _ => vec![Event::TakenUp { by }],
    }
}

fn receive(
    question: Box<Question>,
    office: Kind,
    lookup: Option<Lookup>,
    terms: Terms,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut faults = question.faults("question", date::elsewhere(at));
    faults.require(question.addressee.kind == office, "question.addressee.kind", Problem::NotForThisOffice);
    faults.require(may_ask(question.item, question.asked_by.kind), "question.asked_by.kind", Problem::NotForThisOffice);
    faults.or(())?;
    own(by.is_of(&question.asked_by))?;
    // What an adviser asks in words, a person answers.
    let lookup = lookup.filter(|_| question.text.is_none());
    let answered = lookup.and_then(|lookup| register::answer(&question, &lookup, terms, at));
    let mut events = vec![Event::Received { question }];
    events.extend(answered.map(|answer| Event::Answered {
        version: 1,
        answer: Box::new(answer),
        by: None,
        same_as: None,
    }));
    Ok(events)
}

/// The oudercheck is asked by RvdK, the kindcheck by 3RO, Veilig Thuis by either (§3.8.2).
fn may_ask(item: Item, kind: Kind) -> bool {
    match item {
        Item::VeiligThuis => matches!(kind, Kind::Rvdk | Kind::Reclassering),
        Item::Oudercheck => kind == Kind::Rvdk,
        Item::Kindcheck => kind == Kind::Reclassering,
        Item::EigenOnderzoek | Item::Politiedossier => false,
    }
}

fn answer_it(
    enquiry: &Enquiry,
    mut answer: Box<Answer>,
    same_as: Option<Origin>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    answer.searched.by.clone_from(&by.person);
    answer.as_agreed_for(&enquiry.question);
    let mut faults = answer.faults(&enquiry.question, "answer", at);
    faults.merge(answer.faults_of_expectation("answer", at));
    faults.or(())?;
    let version = enquiry.latest_version() + 1;
    Ok(vec![Event::Answered { version, answer, by: Some(by.clone()), same_as }])
}
