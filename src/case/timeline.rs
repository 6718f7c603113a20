//! What happened to a case, moment by moment, as a person reads it: states and never content (D29).

mod words;

use super::{CloseReason, Event};
use crate::custody::Step;
use crate::gate::Subject;
use crate::item::{Item, Standing};
use crate::look::Finding;
use crate::organisation::{Actor, Organisation, Role};
use crate::progress::{AdviceState, Snapshot};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// By whom, when a person did it.
    pub by: Option<Actor>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The case was registered.
    Registered,
    /// The police brought something later.
    PoliceRecorded,
    /// The person list was confirmed, at this version.
    HouseholdConfirmed(u32),
    /// What the facts left open was settled.
    FlowSettled,
    /// The lead was asked for advice, at this version of the assignment.
    Briefed(u32, Organisation),
    /// The lead has that version.
    BriefDelivered(u32),
    /// The assignment with this number ended though the case goes on.
    AssignmentEnded(u32),
    /// The lead cannot be reached.
    Troubled,
    /// The lead does not hear that its assignment ended: that of this number, or the one that counted to the end.
    WithdrawalTroubled(Option<u32>),
    /// It heard of that end after all.
    WithdrawalArrived(Option<u32>),
    /// A version of the assignment reached the lead after the case was closed.
    BriefDeliveredLate(u32),
    /// How far an item is now.
    Item(Item, Standing),
    /// This version of the advice was signed.
    AdviceSigned(u32),
    /// This version of the advice was taken back.
    AdviceWithdrawn(u32),
    /// News that does not count came in.
    NotCounted,
    /// An answer was taken back: it was about someone else.
    AnswerRetracted,
    /// What was registered was corrected.
    Amended,
    /// An office warned of acute danger.
    Signal(Organisation),
    /// There is news after the end.
    Alert,
    /// News about this was looked at, and the case stays as it is.
    AlertAnswered(Subject),
    /// The case was opened again.
    Reopened,
    /// Another office does not hear of the decision, or cannot be asked again.
    NoticeTroubled,
    /// It could be reached after all.
    NoticeArrived,
    /// An office that was phoned for the decision said afterwards how it is.
    LookedAgain(Subject, Finding),
    /// It was decided, by someone of this role.
    Decided(Role),
    /// The case ended without a decision.
    Closed(CloseReason),
    /// The table called an office, at this moment.
    Called(Organisation, Timestamp),
    /// An act of custody, at this moment.
    Custody(Step, Timestamp),
    /// An act of custody was recorded wrongly, at this moment.
    CustodyStruck(Step, Timestamp),
    /// OM lets the dossier travel to the lead, or not.
    DossierPermission(bool),
}

impl What {
    /// Whether it is about the case itself, so that who sees no states of items sees it too (D31).
    pub fn is_of_the_case(&self) -> bool {
        use What::{Amended, Closed, Custody, CustodyStruck, Decided, PoliceRecorded, Registered, Reopened};
        matches!(
            self,
            Registered | PoliceRecorded | Amended | Decided(_) | Closed(_) | Reopened | Custody(..) | CustodyStruck(..)
        )
    }
}

/// The moments of a case, from its events.
pub fn timeline<'a>(events: impl IntoIterator<Item = (&'a Event, Timestamp)>) -> Vec<Moment> {
    let mut told = Told::default();
    let mut moments = Vec::new();
    for (event, at) in events {
        let by = by(event).cloned();
        let happened = told.hear(event);
        moments.extend(happened.into_iter().map(|what| Moment { at, what, by: by.clone() }));
    }
    moments
}

/// What the lead told last, whether the case was closed, and what later events name by its number.
#[derive(Default)]
struct Told {
    closed: bool,
    custody: Vec<(Step, Timestamp)>,
    alerts: Vec<Subject>,
    items: BTreeMap<Item, Standing>,
    advice: Option<AdviceState>,
}

impl Told {
    fn hear(&mut self, event: &Event) -> Vec<What> {
        vec![match event {
            Event::Registered { .. } => What::Registered,
            Event::PoliceRecorded { .. } => What::PoliceRecorded,
            Event::HouseholdConfirmed { version, .. } => What::HouseholdConfirmed(*version),
            Event::FlowSettled { .. } => What::FlowSettled,
            Event::Briefed { version, lead, .. } => What::Briefed(*version, lead.clone()),
            // Once the case is closed it is the end of the assignment that still has to arrive.
            Event::BriefDelivered { .. } if self.closed => What::WithdrawalArrived(None),
            Event::BriefDelivered { version } => What::BriefDelivered(*version),
            Event::BriefDeliveredLate { version } => What::BriefDeliveredLate(*version),
            Event::AssignmentEnded { number, .. } => {
                (self.items, self.advice) = Default::default();
                What::AssignmentEnded(*number)
            }
            Event::Troubled { .. } if self.closed => What::WithdrawalTroubled(None),
            Event::Troubled { .. } => What::Troubled,
            Event::FormerTroubled { number, .. } => What::WithdrawalTroubled(Some(*number)),
            Event::FormerTold { number } => What::WithdrawalArrived(Some(*number)),
            Event::Progressed { snapshot } => return self.progress(snapshot),
            Event::NotCounted { .. } | Event::FormerReported { .. } => What::NotCounted,
            Event::Amended { .. } => What::Amended,
            Event::AnswersRetracted { .. } => What::AnswerRetracted,
            Event::SignalReceived(signal) => What::Signal(signal.by.organisation.clone()),
            Event::AlertRaised(alert) => {
                self.alerts.push(alert.subject);
                // The signal itself says it.
                return if alert.subject == Subject::Signal { Vec::new() } else { vec![What::Alert] };
            }
            Event::AlertAnswered { number, .. } => {
                return numbered(&self.alerts, *number).map(What::AlertAnswered).into_iter().collect();
            }
            Event::Reopened { .. } => {
                self.closed = false;
                What::Reopened
            }
            Event::CallTroubled { .. } => What::NoticeTroubled,
            Event::CallRecovered { .. } => What::NoticeArrived,
            Event::Decided(decision) => What::Decided(decision.by.role),
            Event::LookedAgain { matter, finding } => What::LookedAgain(matter.subject(), *finding),
            Event::Closed(closing) => {
                self.closed = true;
                What::Closed(closing.reason)
            }
            Event::CallLogged { call, .. } => What::Called(call.whom.clone(), call.call.at),
            Event::CustodyRecorded(recorded) => {
                self.custody.push((recorded.step, recorded.at));
                What::Custody(recorded.step, recorded.at)
            }
            Event::CustodyStruck { number, .. } => {
                let struck = numbered(&self.custody, *number);
                return struck.map(|(step, at)| What::CustodyStruck(step, at)).into_iter().collect();
            }
            Event::DossierPermissionDecided { permission, .. } => What::DossierPermission(!permission.withholds()),
            // The snapshot that comes with it says that it was signed.
            Event::AdviceReceived { .. } | Event::FormerBriefed { .. } => return Vec::new(),
        }]
    }

    /// What is otherwise than the lead told before.
    fn progress(&mut self, snapshot: &Snapshot) -> Vec<What> {
        let now = snapshot.standings();
        let moved = now.iter().filter(|(item, standing)| self.items.get(item) != Some(standing));
        let mut news: Vec<What> = moved.map(|(item, standing)| What::Item(*item, *standing)).collect();
        if self.advice != Some(snapshot.advice) {
            match snapshot.advice {
                AdviceState::None => {}
                AdviceState::Signed(version) => news.push(What::AdviceSigned(version)),
                AdviceState::Withdrawn(version) => news.push(What::AdviceWithdrawn(version)),
            }
        }
        (self.items, self.advice) = (now, Some(snapshot.advice));
        news
    }
}

/// What was counted from one.
fn numbered<T: Copy>(all: &[T], number: u32) -> Option<T> {
    all.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
}

fn by(event: &Event) -> Option<&Actor> {
    match event {
        Event::Registered { by, .. }
        | Event::PoliceRecorded { by, .. }
        | Event::HouseholdConfirmed { by, .. }
        | Event::FlowSettled { by, .. }
        | Event::CallLogged { by, .. }
        | Event::DossierPermissionDecided { by, .. }
        | Event::Amended { by, .. }
        | Event::CustodyStruck { by, .. }
        | Event::AlertAnswered { by, .. }
        | Event::Reopened { by, .. } => Some(by),
        Event::SignalReceived(signal) => Some(&signal.by),
        Event::CustodyRecorded(recorded) => Some(&recorded.by),
        Event::Decided(decision) => Some(&decision.by),
        Event::Closed(closing) => Some(&closing.by),
        _ => None,
    }
}
