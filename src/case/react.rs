//! What must be done about an event: errands to the lead and to sources, written in the same transaction (E3).

use super::{Case, Event, Lapse};
use crate::decision::Decision;
use crate::look::Matter;
use crate::name::QuestionName;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something to be done at another office. It names what to send; the content is read from the case when it is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Errand {
    /// Bring this version of the assignment, or a later one, to the lead.
    Brief {
        /// Version of the assignment.
        version: u32,
    },
    /// End the assignment of a case that was closed.
    Withdraw,
    /// Tell the lead of an assignment of before that it ended.
    WithdrawFormer {
        /// Number of the assignment within the case.
        number: u32,
    },
    /// Tell the lead what was decided (D34).
    TellLead,
    /// Tell Veilig Thuis what was decided (D34).
    TellSource {
        /// The question that it was asked.
        question: QuestionName,
    },
    /// Tell the lead that a decision no longer stands.
    TellLeadReopened {
        /// Number of the assignment that it rested on.
        number: u32,
    },
    /// Tell Veilig Thuis that a decision no longer stands.
    TellSourceReopened {
        /// The question that it was asked.
        question: QuestionName,
    },
    /// The lead was phoned for the last look: ask it again (D28).
    ConfirmAdvice,
    /// A source was phoned for the last look: ask it again (D28).
    ConfirmAnswer {
        /// The question.
        question: QuestionName,
    },
}

impl Errand {
    /// Asking again about something for which an office was phoned.
    pub fn again(matter: &Matter) -> Self {
        match matter {
            Matter::Advice { .. } => Errand::ConfirmAdvice,
            Matter::Answer(enquired) => Errand::ConfirmAnswer { question: enquired.question },
        }
    }

    /// Whether it follows from a decision, and is of no use once that no longer stands.
    pub fn is_about_the_decision(self) -> bool {
        match self {
            Errand::Brief { .. }
            | Errand::Withdraw
            | Errand::WithdrawFormer { .. }
            | Errand::TellLeadReopened { .. }
            | Errand::TellSourceReopened { .. } => false,
            Errand::TellLead | Errand::TellSource { .. } | Errand::ConfirmAdvice | Errand::ConfirmAnswer { .. } => true,
        }
    }
}

impl Case {
    /// The decision that stands, when it calls for this errand. One of an earlier decision may still be under way, to an
    /// office that has no part in this one (P6).
    pub fn decision_behind(&self, errand: Errand) -> Option<&Decision> {
        self.decision().filter(|decision| after(decision).contains(&errand))
    }
}

/// What it does, for whoever keeps it going.
impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Errand::Brief { version } => write!(f, "brief lead, version {version}"),
            Errand::Withdraw => f.write_str("withdraw assignment at lead"),
            Errand::WithdrawFormer { number } => write!(f, "withdraw assignment {number} at its lead"),
            Errand::TellLead => f.write_str("tell lead the decision"),
            Errand::TellSource { .. } => f.write_str("tell source the decision"),
            Errand::TellLeadReopened { .. } => f.write_str("tell lead that the decision no longer stands"),
            Errand::TellSourceReopened { .. } => f.write_str("tell source that the decision no longer stands"),
            Errand::ConfirmAdvice => f.write_str("ask lead again after a phone call"),
            Errand::ConfirmAnswer { .. } => f.write_str("ask source again after a phone call"),
        }
    }
}

/// The errands that an event gives rise to.
pub fn react(event: &Event) -> Vec<Errand> {
    match event {
        Event::Briefed { version, .. } => vec![Errand::Brief { version: *version }],
        Event::Closed(_) | Event::BriefDeliveredLate { .. } => vec![Errand::Withdraw],
        Event::AssignmentEnded { number, .. } | Event::FormerBriefed { number, .. } => {
            vec![Errand::WithdrawFormer { number: *number }]
        }
        Event::Registered { .. }
        | Event::PoliceRecorded { .. }
        | Event::HouseholdConfirmed { .. }
        | Event::FlowSettled { .. }
        | Event::BriefDelivered { .. }
        | Event::Progressed { .. }
        | Event::AdviceReceived { .. }
        | Event::NotCounted { .. }
        | Event::FormerReported { .. }
        | Event::FormerTroubled { .. }
        | Event::FormerTold { .. }
        | Event::Amended { .. }
        | Event::AnswersRetracted { .. }
        | Event::SignalReceived(_)
        | Event::AlertRaised(_)
        | Event::AlertAnswered { .. }
        | Event::Troubled { .. }
        | Event::CallLogged { .. }
        | Event::CustodyRecorded(_)
        | Event::CustodyStruck { .. }
        | Event::DossierPermissionDecided { .. }
        | Event::CallTroubled { .. }
        | Event::CallRecovered { .. }
        | Event::LookedAgain { .. } => Vec::new(),
        Event::Decided(decision) => after(decision),
        Event::Reopened { lapse, .. } => lapse.iter().flat_map(lapsed).collect(),
    }
}

/// Whoever hears of a decision hears when it no longer stands.
fn lapsed(lapse: &Lapse) -> impl Iterator<Item = Errand> {
    let told = lapse.questions.iter().map(|question| Errand::TellSourceReopened { question: *question });
    [Errand::TellLeadReopened { number: lapse.assignment }].into_iter().chain(told)
}

/// The lead and every Veilig Thuis that was asked hear of it (D34); who was phoned is asked again (D28).
fn after(decision: &Decision) -> Vec<Errand> {
    let told = decision.heard_at().map(|question| Errand::TellSource { question });
    let phoned = decision.look.iter().filter(|seen| seen.phoned.is_some()).map(|seen| Errand::again(&seen.matter));
    [Errand::TellLead].into_iter().chain(told).chain(phoned).collect()
}
