//! What must be told to the lead, and of acute danger to OM (E3). Content is read when an errand is carried out.

use super::Event;
use crate::name::{QuestionName, SignalName};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something to be told to the lead or to OM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Someone works on it.
    ReportTakenUp,
    /// Bring an answer, or word that one was taken back.
    Deliver {
        /// Version.
        version: u32,
    },
    /// Take back what was given elsewhere in this office as the same answer (A12).
    TakeBackCopies,
    /// See whether the answer that was given here as the same was taken back meanwhile.
    FollowOrigin {
        /// The other question.
        origin: QuestionName,
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
            Errand::ReportTakenUp => f.write_str("report taken up to lead"),
            Errand::Deliver { version } => write!(f, "deliver answer {version} to lead"),
            Errand::TakeBackCopies => f.write_str("take back copies of answer"),
            Errand::FollowOrigin { .. } => f.write_str("follow answer that was copied"),
            Errand::Signal { .. } => f.write_str("bring acute signal to om"),
        }
    }
}

/// The errands that an event gives rise to. What the register answered travels in the reply to the ask.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::TakenUp { .. } => vec![Errand::ReportTakenUp],
        Event::Answered { version, by: Some(_), same_as, .. } => {
            let follow = same_as.map(|origin| Errand::FollowOrigin { origin: origin.question });
            [Errand::Deliver { version: *version }].into_iter().chain(follow).collect()
        }
        Event::Retracted { version, .. } => vec![Errand::Deliver { version: *version }, Errand::TakeBackCopies],
        Event::SignalRaised(signal) => vec![Errand::Signal { signal: signal.name }],
        Event::Answered { by: None, .. }
        | Event::Received { .. }
        | Event::DecisionHeard(_)
        | Event::Withdrawn
        | Event::SupplementTakenUp { .. }
        | Event::SupplementPutDown { .. }
        | Event::TelephoneAnswerNoted { .. }
        | Event::TelephoneAnswerConfirmed { .. }
        | Event::Troubled { .. }
        | Event::Recovered { .. } => Vec::new(),
    }
}
