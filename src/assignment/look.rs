//! What the lead says at the last look before the decision: whether the advice still stands (D28).

use super::{Assignment, State, open_for_signing};
use crate::look::Finding;
use crate::organisation::Actor;
use crate::progress::AdviceState;
use crate::refusal::{Forbidden, Refusal};

/// Whether a version of the advice, written for a version of the assignment, stands and rests on all that the lead has.
///
/// # Errors
/// When another than OM of this case asks (D19, D32).
pub fn confirm(state: &State, advice: u32, assignment_version: u32, by: &Actor) -> Result<Finding, Refusal> {
    let Some(assignment) = state else { return Ok(Finding::UnknownQuestion) };
    if by.is_of(&assignment.principal) {
        Ok(assignment.finding(advice, assignment_version))
    } else {
        Err(Forbidden::Organisation.into())
    }
}

impl Assignment {
    fn finding(&self, advice: u32, assignment_version: u32) -> Finding {
        let briefed = self.brief.as_ref().map_or(0, |brief| brief.version);
        let stands = self.advice_state() == AdviceState::Signed(advice) && briefed == assignment_version;
        match () {
            () if self.withdrawn => Finding::UnknownQuestion,
            () if !stands || self.is_stale() => Finding::Newer,
            () if !open_for_signing(self).is_empty() => Finding::InProgress,
            () => Finding::Current,
        }
    }
}
