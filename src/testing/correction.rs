//! Corrections of what the police registered.

use super::text;
use crate::case::{Amendment, Command};
use crate::household::SUSPECT;
use crate::identity::Identity;
use crate::personal::Sensitive;

/// A correction of nothing.
pub fn correction() -> Amendment {
    Amendment {
        suspect: None,
        act: None,
        offences: Vec::new(),
        hg_km: None,
        persons: Vec::new(),
        reason: text("verbeterd"),
    }
}

/// The suspect is this person.
pub fn suspect_is(identity: Identity) -> Amendment {
    Amendment { suspect: Some(Sensitive::about(SUSPECT, identity)), ..correction() }
}

/// The command that corrects.
pub fn amend(amendment: Amendment) -> Command {
    Command::Amend(Box::new(amendment))
}
