//! What must be done about an event: ask, withdraw, report, submit (E3). Content is read when an errand is carried out.

use super::Event;
use crate::item::Item;
use crate::name::{QuestionName, SignalName};
use crate::organisation::Kind;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something to be done at another office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Put the question of an item to its source.
    Ask {
        /// The item.
        item: Item,
        /// The question; a later round makes this errand void.
        question: QuestionName,
    },
    /// Tell a source that a question is no longer needed.
    Withdraw {
        /// The question.
        question: QuestionName,
        /// Which office.
        addressee: Kind,
    },
    /// Tell a source what was noted of a call with it (D20).
    TellTelephoneAnswer {
        /// The question.
        question: QuestionName,
        /// Which of its telephone answers.
        number: u32,
    },
    /// Tell OM how far it is (D22).
    Report,
    /// Bring an advice to OM.
    Submit {
        /// Version of the advice.
        version: u32,
    },
    /// Bring an acute signal to OM (D27).
    Signal {
        /// Which.
        signal: SignalName,
    },
}

/// What it does, for whoever keeps it going.
impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Errand::Ask { item, .. } => write!(f, "ask {item}"),
            Errand::Withdraw { addressee, .. } => write!(f, "withdraw question at {}", addressee.slug()),
            Errand::TellTelephoneAnswer { number, .. } => write!(f, "tell source of telephone answer {number}"),
            Errand::Report => f.write_str("report to om"),
            Errand::Submit { version } => write!(f, "submit advice {version} to om"),
            Errand::Signal { .. } => f.write_str("bring acute signal to om"),
        }
    }
}

/// The errands that an event gives rise to.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::Created { .. } => Vec::new(),
        Event::Asked { item, question: Some(question), .. } | Event::AlsoAsked { item, question, .. } => {
            vec![Errand::Ask { item: *item, question: question.name }, Errand::Report]
        }
        Event::QuestionWithdrawn { question, addressee } => {
            vec![Errand::Withdraw { question: *question, addressee: addressee.kind }]
        }
        Event::SignalRaised(signal) => vec![Errand::Signal { signal: signal.name }],
        Event::AdviceSigned { advice } => vec![Errand::Submit { version: advice.version }],
        Event::Briefed { .. }
        | Event::Asked { question: None, .. }
        | Event::LetGo { .. }
        | Event::Dropped { .. }
        | Event::QuestionDelivered { .. }
        | Event::QuestionTakenUp { .. }
        | Event::Answered { .. }
        | Event::OwnFileRecorded { .. }
        | Event::DossierReceived { .. }
        | Event::FurtherPersonNamed { .. }
        | Event::Weighed { .. }
        | Event::Recalled
        | Event::AdviceWithdrawn(_)
        | Event::AnswerRetracted { .. }
        | Event::TelephoneAnswerConfirmed { .. } => vec![Errand::Report],
        Event::TelephoneAnswerRecorded { question, number, .. } => {
            vec![Errand::TellTelephoneAnswer { question: *question, number: *number }, Errand::Report]
        }
        // Who writes and what is not finished stays with the lead (D29).
        Event::DraftSaved { .. } | Event::TakenOver { .. } => Vec::new(),
        Event::Retried { item, question } => {
            vec![Errand::Ask { item: *item, question: *question }, Errand::Report]
        }
        // That OM itself cannot be reached is not for OM to hear now.
        Event::Troubled { errand: Errand::Ask { .. }, .. } => vec![Errand::Report],
        Event::Troubled { .. }
        | Event::Recovered { .. }
        | Event::NotCounted { .. }
        | Event::DecisionHeard(_)
        | Event::Withdrawn => Vec::new(),
    }
}
