//! What must be told to the lead (E3). Content is read when an errand is carried out.

use super::Event;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something to be told to the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Someone works on it.
    ReportTakenUp,
    /// Bring an answer, or word that one was taken back.
    Deliver {
        /// Version.
        version: u32,
    },
}

/// What it does, for whoever keeps it going.
impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Errand::ReportTakenUp => f.write_str("report taken up to lead"),
            Errand::Deliver { version } => write!(f, "deliver answer {version} to lead"),
        }
    }
}

/// The errands that an event gives rise to. What the register answered travels in the reply to the ask.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::TakenUp { .. } => vec![Errand::ReportTakenUp],
        Event::Answered { version, by: Some(_), .. } | Event::Retracted { version, .. } => {
            vec![Errand::Deliver { version: *version }]
        }
        Event::Answered { by: None, .. }
        | Event::Received { .. }
        | Event::DecisionHeard(_)
        | Event::Withdrawn
        | Event::SupplementTakenUp { .. }
        | Event::SupplementPutDown { .. }
        | Event::Troubled { .. }
        | Event::Recovered { .. } => Vec::new(),
    }
}
