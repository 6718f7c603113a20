//! What may happen to an assignment, and what follows from it.

mod advise;
mod ask_further;
mod asked;
mod brief;
mod desk;
mod further;
mod let_go;
mod news;
mod readdress;
mod reaffirm;
mod retraction;
mod telephone;
mod write;

pub use advise::open_for_signing;
pub use ask_further::FurtherAsk;

use super::{Assignment, Brief, Errand, Event, State};
use crate::advice;
use crate::answer::Answer;
use crate::authority::{self, Act};
use crate::decision::Notice;
use crate::draft::Draft;
use crate::item::{Item, Trouble};
use crate::name::{AssignmentName, CaseName, QuestionName};
use crate::organisation::{Actor, Organisation};
use crate::personal::Sensitive;
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::retraction::Retraction;
use crate::signal::{Signal, Warning};
use crate::telephone::Call;
use crate::weighing::Line;
use jiff::Timestamp;

/// What someone asks of an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin it; when it exists, the same as an update.
    Create(Box<Creation>),
    /// A new version of what is asked (D23).
    Update(Box<Brief>),
    /// End it.
    Withdraw,
    /// End it, for the facts turned out otherwise (A36).
    Recall,
    /// A source says that someone works on a question.
    NoteTakenUp {
        /// The question.
        question: QuestionName,
        /// Rises with every report.
        sequence: u64,
    },
    /// A source says that it has a question.
    NoteReceived {
        /// The question.
        question: QuestionName,
    },
    /// A source delivers an answer.
    Deliver {
        /// The question.
        question: QuestionName,
        /// The version at the source.
        version: u32,
        /// The answer.
        answer: Box<Answer>,
    },
    /// A source takes an answer back.
    DeliverRetraction {
        /// The question.
        question: QuestionName,
        /// The version at the source that says so.
        version: u32,
        /// Which answer, and why.
        retraction: Retraction,
    },
    /// An adviser notes what a source said by telephone (D20).
    RecordTelephoneAnswer {
        /// The question.
        question: QuestionName,
        /// The call.
        call: Call,
        /// What was said.
        answer: Box<Answer>,
    },
    /// A second adviser confirms it (D20).
    ConfirmTelephoneAnswer {
        /// The question.
        question: QuestionName,
        /// Which of its telephone answers.
        number: u32,
    },
    /// The reply to an ask.
    NoteReply(QuestionName, Reply),
    /// A call failed for good (E3).
    NoteTrouble(Errand, Trouble),
    /// A call that had failed came through.
    NoteRecovery(Errand),
    /// The search of the own files.
    RecordOwnFile(Box<Answer>),
    /// Weigh a version of an item.
    Weigh {
        /// The item.
        item: Item,
        /// The version that was read.
        version: u32,
        /// Why it does or does not matter.
        reason: Sensitive<String>,
        /// A line for every person who is known.
        lines: Vec<Line>,
    },
    /// Sign the advice.
    Sign(Box<advice::Content>),
    /// Take a signed advice back (D24).
    WithdrawAdvice {
        /// The version that was read.
        version: u32,
        /// Why.
        reason: Sensitive<String>,
    },
    /// Sign the same anew over what came in since, which has no effect on it (D24).
    Reaffirm(Reaffirmation),
    /// Save an unfinished advice.
    SaveDraft {
        /// The version it was based on; zero when there was none.
        based_on: u32,
        /// What is written so far.
        draft: Box<Draft>,
    },
    /// Take the assignment over from a colleague.
    TakeOver,
    /// OM says what it decided. Never refused for being late (D34, E1).
    NoteDecision(Notice),
    /// An adviser of the lead raises an acute signal (D27).
    RaiseSignal(Warning),
    /// Ask again what was refused or is stuck (E3).
    Retry(Item),
    /// Ask something beside what is required.
    AskFurther(FurtherAsk),
    /// Let go of what was asked so (D7).
    LetGo {
        /// The question.
        question: QuestionName,
        /// Why.
        reason: Sensitive<String>,
    },
}

/// How an assignment begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// Its name, derived from the case and from how many went before it.
    pub name: AssignmentName,
    /// The case at OM.
    pub case: CaseName,
    /// How many assignments of the case went before it.
    pub earlier: u32,
    /// Who leads.
    pub lead: Organisation,
    /// Who asks.
    pub principal: Organisation,
    /// What is asked.
    pub brief: Brief,
}

/// Why all that came in has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaffirmation {
    /// Of every newer item.
    pub readings: Vec<Reading>,
    /// Of a new brief; empty where there is none.
    pub brief_has_no_effect: Sensitive<String>,
}

/// One newer item, and why it has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The item.
    pub item: Item,
    /// The version that was read.
    pub version: u32,
    /// Why it has no effect.
    pub reason: Sensitive<String>,
    /// A line for every person who is known.
    pub lines: Vec<Line>,
}

/// What a source replied to an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer at a version.
    Answered(u32, Box<Answer>),
    /// It is with the desk.
    Pending,
}

/// May this happen, and what happens then? An empty list means: it is so already.
///
/// # Errors
/// Why not.
pub fn decide(state: &State, command: Command, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let Some(assignment) = state else {
        return match command {
            Command::Create(creation) => brief::create(*creation, by, at),
            _ => Err(Refusal::NotFound),
        };
    };
    let assignment = &**assignment;
    match command {
        Command::Create(creation) => {
            of_principal(assignment, by)?;
            brief::update(assignment, creation.brief, at)
        }
        Command::Update(brief) => {
            of_principal(assignment, by)?;
            brief::update(assignment, *brief, at)
        }
        Command::Withdraw => {
            of_principal(assignment, by)?;
            Ok(brief::withdraw(assignment))
        }
        Command::Recall => {
            of_principal(assignment, by)?;
            Ok(brief::recall(assignment))
        }
        Command::NoteReceived { question } => news::received(assignment, question, by),
        Command::NoteTakenUp { question, sequence } => news::taken_up(assignment, question, sequence, by),
        Command::Deliver { question, version, answer } => {
            news::answer(assignment, question, version, answer, Some(by), at)
        }
        Command::DeliverRetraction { question, version, retraction } => {
            retraction::retraction(assignment, question, version, retraction, by)
        }
        Command::RecordTelephoneAnswer { question, call, answer } => {
            of_lead(assignment, by, Act::RecordTelephoneAnswer)?;
            telephone::record(assignment, question, call, *answer, by, at)
        }
        Command::ConfirmTelephoneAnswer { question, number } => {
            of_lead(assignment, by, Act::ConfirmTelephoneAnswer)?;
            telephone::confirm(assignment, question, number, by, at)
        }
        Command::NoteReply(question, reply) => news::replied(assignment, question, reply, at),
        Command::NoteTrouble(errand, trouble) => Ok(news::trouble(assignment, errand, trouble)),
        Command::NoteRecovery(errand) => {
            let troubled = assignment.troubles.iter().any(|(troubled, _)| *troubled == errand);
            Ok(if troubled { vec![Event::Recovered { errand }] } else { Vec::new() })
        }
        Command::RecordOwnFile(answer) => {
            of_handler(assignment, by, Act::RecordOwnFile)?;
            advise::record_own_file(assignment, *answer, by, at)
        }
        Command::Weigh { item, version, reason, lines } => {
            of_handler(assignment, by, Act::WeighAnswer)?;
            advise::weigh(assignment, item, version, reason, lines, by, at)
        }
        Command::Sign(content) => {
            of_handler(assignment, by, Act::SignAdvice)?;
            advise::sign(assignment, *content, by, at)
        }
        Command::WithdrawAdvice { version, reason } => {
            of_handler(assignment, by, Act::WithdrawAdvice)?;
            advise::withdraw(assignment, version, reason, by, at)
        }
        Command::Reaffirm(reaffirmation) => {
            of_handler(assignment, by, Act::ReaffirmAdvice)?;
            reaffirm::reaffirm(assignment, reaffirmation, by, at)
        }
        Command::SaveDraft { based_on, draft } => {
            of_lead(assignment, by, Act::SaveAdviceDraft)?;
            desk::save_draft(assignment, based_on, *draft, by, at)
        }
        Command::TakeOver => {
            of_lead(assignment, by, Act::TakeOverAssignment)?;
            Ok(desk::take_over(assignment, by))
        }
        Command::NoteDecision(notice) => {
            of_principal(assignment, by)?;
            let known = assignment.decisions.contains(&notice);
            Ok(if known { Vec::new() } else { vec![Event::DecisionHeard(notice)] })
        }
        Command::AskFurther(ask) => {
            of_handler(assignment, by, Act::AskFurther)?;
            ask_further::ask_further(assignment, ask, by, at)
        }
        Command::LetGo { question, reason } => {
            of_handler(assignment, by, Act::LetGoQuestion)?;
            let_go::let_go(assignment, question, reason, by)
        }
        Command::RaiseSignal(warning) => {
            of_desk(assignment, by, Act::RaiseAcuteSignal)?;
            raise(assignment, warning, by, at)
        }
        Command::Retry(item) => {
            of_lead(assignment, by, Act::RetryQuestion)?;
            retry(assignment, item)
        }
    }
}

fn of_principal(assignment: &Assignment, by: &Actor) -> Result<(), Refusal> {
    if by.is_of(&assignment.principal) { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

/// An adviser of the lead.
fn of_desk(assignment: &Assignment, by: &Actor, act: Act) -> Result<(), Refusal> {
    authority::may(by, act)?;
    if by.is_of(&assignment.lead) { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

/// An adviser of the lead, and the assignment was not withdrawn.
fn of_lead(assignment: &Assignment, by: &Actor, act: Act) -> Result<(), Refusal> {
    of_desk(assignment, by, act)?;
    if assignment.withdrawn { Err(NotNow::Withdrawn.into()) } else { Ok(()) }
}

/// The adviser of the lead who handles it, or the first to act.
fn of_handler(assignment: &Assignment, by: &Actor, act: Act) -> Result<(), Refusal> {
    of_lead(assignment, by, act)?;
    if assignment.is_with_colleague_of(by) { Err(NotNow::WithColleague.into()) } else { Ok(()) }
}

/// At any moment, by whoever sees it: also by a colleague of who handles it, and after the end.
fn raise(assignment: &Assignment, warning: Warning, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    warning.faults("warning").or(())?;
    let of = assignment.name.to_string();
    let signal = Signal::raised(&of, assignment.signals.len(), warning, by, at);
    Ok(vec![Event::SignalRaised(Box::new(signal))])
}

fn retry(assignment: &Assignment, item: Item) -> Result<Vec<Event>, Refusal> {
    let track = assignment.tracks.get(&item).filter(|track| !track.dropped).ok_or(NotNow::NotRequired)?;
    let troubled = track.running().filter(|strand| strand.undelivered().is_some());
    let events: Vec<Event> = troubled.map(|strand| Event::Retried { item, question: strand.question.name }).collect();
    if events.is_empty() { Err(NotNow::NotInTrouble.into()) } else { Ok(events) }
}
