//! What does not get through, and what came through after all (E3).

use super::Command;
use crate::case::{Assigned, Case, End, Errand, Event};
use crate::item::Trouble;

impl Case {
    /// What to note of an errand that came through, when it stands out as trouble.
    pub fn recovered(&self, errand: Errand) -> Option<Command> {
        match errand {
            // Its reply is noted by itself.
            Errand::Brief { .. } if !self.is_closed() => None,
            // After the end it withdraws what may have come there all the same.
            Errand::Brief { .. } | Errand::Withdraw => {
                let assigned = self.assignment.as_ref().filter(|assigned| assigned.trouble.is_some())?;
                Some(Command::NoteDelivered(assigned.delivered))
            }
            Errand::WithdrawFormer { number } => {
                self.former(number)?.assigned.trouble.map(|_| Command::NoteFormerTold(number))
            }
            Errand::TellLead
            | Errand::TellSource { .. }
            | Errand::TellLeadReopened { .. }
            | Errand::TellSourceReopened { .. }
            | Errand::ConfirmAdvice
            | Errand::ConfirmAnswer { .. } => {
                let troubled = self.troubles.iter().any(|(troubled, _)| *troubled == errand);
                troubled.then_some(Command::NoteRecovery(errand))
            }
        }
    }

    fn is_closed(&self) -> bool {
        matches!(self.end, Some(End::Closed(_)))
    }
}

/// A call failed for good. Trouble with what something later replaced is nobody's trouble any more.
pub(super) fn trouble(case: &Case, errand: Errand, trouble: Trouble) -> Vec<Event> {
    let news = |assigned: &Assigned| assigned.trouble != Some(trouble);
    let assigned = case.assignment.as_ref().filter(|assigned| news(assigned));
    let event = match errand {
        Errand::Brief { version } => {
            // Once it is decided the lead has what the decision rests on, and is briefed no more.
            let needed = |assigned: &&Assigned| assigned.version == version && case.decision().is_none();
            assigned.filter(needed).map(|_| Event::Troubled { trouble })
        }
        Errand::Withdraw => assigned.filter(|_| case.is_closed()).map(|_| Event::Troubled { trouble }),
        Errand::WithdrawFormer { number } => {
            let former = case.former(number).filter(|former| news(&former.assigned));
            former.map(|_| Event::FormerTroubled { number, trouble })
        }
        Errand::TellLeadReopened { .. } | Errand::TellSourceReopened { .. } => {
            let known = case.troubles.contains(&(errand, trouble));
            (!known).then_some(Event::CallTroubled { errand, trouble })
        }
        Errand::TellLead | Errand::TellSource { .. } | Errand::ConfirmAdvice | Errand::ConfirmAnswer { .. } => {
            let known = case.decision_behind(errand).is_none() || case.troubles.contains(&(errand, trouble));
            (!known).then_some(Event::CallTroubled { errand, trouble })
        }
    };
    event.into_iter().collect()
}
