//! What happened to a case, moment by moment, as a person reads it: states and never content (D29).

use super::{Alert, CloseReason, Event};
use crate::custody::Step;
use crate::gate::{Subject, holds_back};
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
    /// That news was looked at, and the case stays as it is.
    AlertAnswered,
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
    /// The table called an office.
    Called(Organisation),
    /// An act of custody.
    Custody(Step),
    /// An act of custody was recorded wrongly.
    CustodyStruck(Step),
    /// OM lets the dossier travel to the lead, or not.
    DossierPermission(bool),
}

impl What {
    /// Whether it is about the case itself, so that who sees no states of items sees it too (D31).
    pub fn is_of_the_case(&self) -> bool {
        use What::{Amended, Closed, Custody, CustodyStruck, Decided, PoliceRecorded, Registered, Reopened};
        matches!(
            self,
            Registered | PoliceRecorded | Amended | Decided(_) | Closed(_) | Reopened | Custody(_) | CustodyStruck(_)
        )
    }

    /// In words, for an official (Dutch, B1).
    pub fn words(&self) -> String {
        match self {
            What::Registered => "De zaak is geregistreerd.".into(),
            What::PoliceRecorded => "De politie vulde de stukken aan.".into(),
            What::HouseholdConfirmed(version) => format!("Het gezin is bevestigd (versie {version})."),
            What::FlowSettled => "De stroom is vastgesteld.".into(),
            What::Briefed(version, lead) => format!("Advies gevraagd aan {} (versie {version}).", lead.kind.title()),
            What::BriefDelivered(version) => format!("De adviesopdracht is aangekomen (versie {version})."),
            What::AssignmentEnded(number) => format!("Adviesopdracht {number} is ingetrokken."),
            What::Troubled => "De adviesopdracht komt niet aan.".into(),
            What::WithdrawalTroubled(number) => format!("De intrekking van {} komt niet aan.", assignment(*number)),
            What::WithdrawalArrived(number) => {
                format!("De intrekking van {} is alsnog aangekomen.", assignment(*number))
            }
            What::BriefDeliveredLate(version) => {
                format!("De adviesopdracht kwam pas na het sluiten aan (versie {version}).")
            }
            What::Item(item, standing) => match holds_back(*item, *standing) {
                Some(reason) => format!("{}: {}.", item.title(), reason.words()),
                None => format!("{}: gewogen (versie {}).", item.title(), standing.weighed),
            },
            What::AdviceSigned(version) => format!("Het advies is getekend (versie {version})."),
            What::AdviceWithdrawn(version) => format!("Het advies is ingetrokken (versie {version})."),
            What::NotCounted => "Er kwam een bericht dat niet meer meetelt.".into(),
            What::AnswerRetracted => "Een bron trok een antwoord in: het ging over iemand anders.".into(),
            What::Amended => "De politie verbeterde de gegevens.".into(),
            What::Signal(from) => format!("Acuut signaal van {}.", from.kind.title()),
            What::Alert => "Er is nieuws na het einde van de zaak.".into(),
            What::AlertAnswered => "Het nieuws is bekeken. De zaak blijft zoals zij is.".into(),
            What::Reopened => "De zaak is heropend.".into(),
            What::NoticeTroubled => "Een bericht over de beslissing komt niet aan.".into(),
            What::NoticeArrived => "Het bericht over de beslissing is alsnog aangekomen.".into(),
            What::LookedAgain(subject, Finding::Current) => {
                format!("{}: alsnog bevestigd na het telefoontje.", subject.title())
            }
            What::LookedAgain(subject, _) => format!("{}: bij navraag niet meer actueel.", subject.title()),
            What::Decided(Role::Parketsecretaris) => "De parketsecretaris heeft beslist, met een mandaat.".into(),
            What::Decided(_) => "De officier heeft beslist.".into(),
            What::Closed(CloseReason::DecidedElsewhere) => {
                "De zaak is gesloten: er is beslist buiten dit systeem.".into()
            }
            What::Closed(reason) => format!("De zaak is gesloten zonder beslissing: {}.", reason.words()),
            What::Called(whom) => format!("Er is gebeld met {}.", whom.kind.title()),
            What::Custody(step) => step.words().into(),
            What::CustodyStruck(step) => {
                format!("Doorgehaald, want het klopte niet: {}", step.words().replacen('D', "d", 1))
            }
            What::DossierPermission(true) => "Het dossier mag naar de adviseur.".into(),
            What::DossierPermission(false) => "Het dossier gaat niet naar de adviseur.".into(),
        }
    }
}

fn assignment(number: Option<u32>) -> String {
    number.map_or_else(|| "de adviesopdracht".into(), |number| format!("adviesopdracht {number}"))
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

/// What the lead told last, whether the case was closed, and the acts of custody as they were recorded.
#[derive(Default)]
struct Told {
    closed: bool,
    custody: Vec<Step>,
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
            // The signal itself says it.
            Event::AlertRaised(Alert { subject: Subject::Signal, .. }) => return Vec::new(),
            Event::AlertRaised(_) => What::Alert,
            Event::AlertAnswered { .. } => What::AlertAnswered,
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
            Event::CallLogged { call, .. } => What::Called(call.whom.clone()),
            Event::CustodyRecorded(recorded) => {
                self.custody.push(recorded.step);
                What::Custody(recorded.step)
            }
            Event::CustodyStruck { number, .. } => {
                let place = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
                return self.custody.get(place).map(|step| What::CustodyStruck(*step)).into_iter().collect();
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
