//! The words of what happened, for an official (Dutch, B1).

use super::What;
use crate::case::CloseReason;
use crate::custody::Step;
use crate::date::netherlands;
use crate::gate::{Subject, holds_back};
use crate::look::Finding;
use crate::organisation::Role;
use jiff::Timestamp;

impl What {
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
            What::AlertAnswered(Subject::Signal) => "Op het acute signaal is gereageerd.".into(),
            What::AlertAnswered(_) => "Het nieuws is bekeken. De zaak blijft zoals zij is.".into(),
            What::Reopened => "De zaak is heropend.".into(),
            What::NoticeTroubled => "Een bericht over de beslissing komt niet aan.".into(),
            What::NoticeArrived => "Het bericht over de beslissing is alsnog aangekomen.".into(),
            What::LookedAgain(subject, finding) => format!("{}: {}.", subject.title(), said_again(*finding)),
            What::Decided(Role::Parketsecretaris) => "De parketsecretaris heeft beslist, met een mandaat.".into(),
            What::Decided(_) => "De officier heeft beslist.".into(),
            What::Closed(CloseReason::DecidedElsewhere) => {
                "De zaak is gesloten: er is beslist buiten dit systeem.".into()
            }
            What::Closed(reason) => format!("De zaak is gesloten zonder beslissing: {}.", reason.words()),
            What::Called(whom, at) => format!("Er is gebeld met {} ({}).", whom.kind.title(), when(*at)),
            What::Custody(step, at) => done(*step, *at),
            What::CustodyStruck(step, at) => {
                format!("Doorgehaald, want het klopte niet: {}", done(*step, *at).replacen('D', "d", 1))
            }
            What::DossierPermission(true) => "Het dossier mag naar de adviseur.".into(),
            What::DossierPermission(false) => "Het dossier gaat niet naar de adviseur.".into(),
        }
    }
}

fn assignment(number: Option<u32>) -> String {
    number.map_or_else(|| "de adviesopdracht".into(), |number| format!("adviesopdracht {number}"))
}

/// What was done, and when: it is often recorded later.
fn done(step: Step, at: Timestamp) -> String {
    format!("{} ({}).", step.words().trim_end_matches('.'), when(at))
}

/// A moment as the clock in the Netherlands shows it.
fn when(at: Timestamp) -> String {
    at.to_zoned(netherlands()).strftime("op %d-%m-%Y om %H:%M uur").to_string()
}

/// What an office that was phoned said itself afterwards (D28).
fn said_again(finding: Finding) -> &'static str {
    match finding {
        Finding::Current => "alsnog bevestigd na het telefoontje",
        Finding::Newer => "bij navraag niet meer actueel",
        Finding::InProgress => "wordt daar op dit moment aangevuld",
        Finding::UnknownQuestion => "is daar niet of niet meer bekend",
        Finding::Unreachable => "ook bij navraag niet bereikbaar",
    }
}
