//! What must be told to the lead (E3). Content is read when an errand is carried out.

use super::Event;
use serde::{Deserialize, Serialize};

/// Something to be told to the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Someone works on it.
    ReportTakenUp,
    /// Bring an answer.
    Deliver {
        /// Version.
        version: u32,
    },
}

/// The errands that an event gives rise to. What the register answered travels in the reply to the ask.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::TakenUp { .. } => vec![Errand::ReportTakenUp],
        Event::Answered { version, by: Some(_), .. } => vec![Errand::Deliver { version: *version }],
        Event::Answered { by: None, .. }
        | Event::Received { .. }
        | Event::Withdrawn
        | Event::Troubled { .. }
        | Event::Recovered { .. } => Vec::new(),
    }
}
