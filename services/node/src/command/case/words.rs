//! The words of the contract's values, for an official (Dutch).

use jiff::Timestamp;
use prost_types::Timestamp as Instant;
use zsm::case::CloseReason;
use zsm::degree::Dimension;
use zsm::gate::Subject;
use zsm::{Item, Kind};
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as om;

/// For what this program does not know, or what was not set.
const UNKNOWN: &str = "onbekend";

pub(super) fn state(value: i32) -> &'static str {
    match om::CaseState::try_from(value) {
        Ok(om::CaseState::Open) => "open",
        Ok(om::CaseState::Beslist) => "beslist",
        Ok(om::CaseState::Gesloten) => "gesloten zonder beslissing",
        _ => UNKNOWN,
    }
}

pub(super) fn close_reason(value: i32) -> Option<&'static str> {
    let reason = match om::CloseReason::try_from(value).ok()? {
        om::CloseReason::Unspecified => return None,
        om::CloseReason::Dubbel => CloseReason::Duplicate,
        om::CloseReason::IngetrokkenDoorPolitie => CloseReason::DroppedByPolice,
        om::CloseReason::VerdachteOverleden => CloseReason::SuspectDied,
        om::CloseReason::Overgedragen => CloseReason::Transferred,
        om::CloseReason::PartnerWeigert => CloseReason::PartnerRefuses,
        om::CloseReason::BuitenReikwijdte => CloseReason::OutsideScope,
        om::CloseReason::BuitenSysteemBeslist => CloseReason::DecidedElsewhere,
    };
    Some(reason.words())
}

/// What a resource name is about.
pub(super) fn subject(name: &str) -> &'static str {
    name.rsplit('/').next().and_then(Subject::parse).map_or(UNKNOWN, Subject::title)
}

pub(super) fn level(value: i32) -> &'static str {
    match model::Level::try_from(value) {
        Ok(model::Level::Geen) => "geen",
        Ok(model::Level::Aanwijzingen) => "aanwijzingen",
        Ok(model::Level::Vastgesteld) => "vastgesteld",
        _ => UNKNOWN,
    }
}

pub(super) fn dimension(value: i32) -> &'static str {
    match model::Dimension::try_from(value) {
        Ok(model::Dimension::AcuutGevaar) => Dimension::Acute.title(),
        Ok(model::Dimension::StructureleOnveiligheid) => Dimension::Structural.title(),
        Ok(model::Dimension::Complexiteit) => Dimension::Complexity.title(),
        _ => UNKNOWN,
    }
}

/// How far the advice of another suspect is; nothing for who may not see it.
pub(super) fn advice_state(value: i32) -> Option<&'static str> {
    match model::AdviceState::try_from(value) {
        Ok(model::AdviceState::Geen) => Some("nog geen advies"),
        Ok(model::AdviceState::Getekend) => Some("advies getekend"),
        Ok(model::AdviceState::Ingetrokken) => Some("advies ingetrokken"),
        _ => None,
    }
}

/// What is the matter with the latest advice, behind the heading; nothing when it stands.
pub(super) fn advice_standing(standing: om::AdviceStanding) -> &'static str {
    match standing {
        om::AdviceStanding::Achterhaald => " (het laatste is achterhaald)",
        om::AdviceStanding::Ingetrokken => " (het laatste is ingetrokken)",
        om::AdviceStanding::Unspecified | om::AdviceStanding::Geen | om::AdviceStanding::Getekend => "",
    }
}

pub(super) fn custody(value: i32) -> &'static str {
    match om::CustodyState::try_from(value) {
        Ok(om::CustodyState::Vrij) => "niet vastgehouden",
        Ok(om::CustodyState::Aangekomen) => "aangekomen op het bureau",
        Ok(om::CustodyState::Opgehouden) => "opgehouden voor onderzoek",
        Ok(om::CustodyState::InVerzekering) => "in verzekering gesteld",
        Ok(om::CustodyState::Verlengd) => "in verzekering gesteld, verlengd",
        Ok(om::CustodyState::Voorgeleid) => "voorgeleid",
        Ok(om::CustodyState::InVrijheid) => "in vrijheid gesteld",
        _ => UNKNOWN,
    }
}

pub(super) fn flow(value: i32) -> &'static str {
    match model::Flow::try_from(value) {
        Ok(model::Flow::A) => "A: minderjarige verdachte",
        Ok(model::Flow::B) => "B: meerderjarige verdachte, slachtoffers van huiselijk geweld of kindermishandeling",
        Ok(model::Flow::BuitenReikwijdte) => "buiten de afspraken",
        Ok(model::Flow::Onder12) => "verdachte jonger dan twaalf",
        Ok(model::Flow::Onbeslist) => "nog niet vast te stellen",
        _ => UNKNOWN,
    }
}

pub(super) fn organisation(one: &model::Organisation) -> String {
    let kind = match model::OrganisationKind::try_from(one.kind) {
        Ok(model::OrganisationKind::Politie) => Kind::Politie,
        Ok(model::OrganisationKind::Om) => Kind::Om,
        Ok(model::OrganisationKind::Rvdk) => Kind::Rvdk,
        Ok(model::OrganisationKind::Reclassering) => Kind::Reclassering,
        Ok(model::OrganisationKind::VeiligThuis) => Kind::VeiligThuis,
        _ => return UNKNOWN.into(),
    };
    format!("{} ({})", kind.title(), one.region)
}

pub(super) fn role(value: i32) -> &'static str {
    match model::PersonRole::try_from(value) {
        Ok(model::PersonRole::Verdachte) => "verdachte",
        Ok(model::PersonRole::Slachtoffer) => "slachtoffer",
        Ok(model::PersonRole::Getuige) => "getuige",
        Ok(model::PersonRole::Betrokkene) => "betrokkene",
        _ => UNKNOWN,
    }
}

pub(super) fn relation(value: i32) -> &'static str {
    match model::Relation::try_from(value) {
        Ok(model::Relation::Zelf) => "zelf",
        Ok(model::Relation::Ouder) => "ouder",
        Ok(model::Relation::Partner) => "partner",
        Ok(model::Relation::ExPartner) => "ex-partner",
        Ok(model::Relation::Kind) => "kind",
        Ok(model::Relation::BroerZus) => "broer of zus",
        Ok(model::Relation::OverigGezin) => "overig gezin",
        Ok(model::Relation::GeenFamilie) => "geen familie",
        _ => UNKNOWN,
    }
}

pub(super) fn item(value: i32) -> &'static str {
    match model::ItemKind::try_from(value) {
        Ok(model::ItemKind::VeiligThuis) => Item::VeiligThuis.title(),
        Ok(model::ItemKind::Oudercheck) => Item::Oudercheck.title(),
        Ok(model::ItemKind::Kindcheck) => Item::Kindcheck.title(),
        Ok(model::ItemKind::EigenOnderzoek) => Item::EigenOnderzoek.title(),
        Ok(model::ItemKind::Politiedossier) => Item::Politiedossier.title(),
        _ => UNKNOWN,
    }
}

pub(super) fn item_state(one: &model::ItemProgress) -> &'static str {
    match model::ItemState::try_from(one.state) {
        Ok(model::ItemState::NietGevraagd) => "nog niet gevraagd",
        Ok(model::ItemState::InWachtrij) => "vraag nog niet bezorgd",
        Ok(model::ItemState::Gevraagd) => "gevraagd",
        Ok(model::ItemState::Opgepakt) => "opgepakt",
        Ok(model::ItemState::Onvolledig) => match model::IncompleteCode::try_from(one.incomplete) {
            Ok(model::IncompleteCode::Identiteit) => "onvolledig: niet zeker om wie het gaat",
            Ok(model::IncompleteCode::Geweigerd) => "onvolledig: antwoord geweigerd",
            Ok(model::IncompleteCode::Regio) => "onvolledig: andere regio moet antwoorden",
            _ => "onvolledig",
        },
        Ok(model::ItemState::Ontvangen) => "ontvangen, nog niet gewogen",
        Ok(model::ItemState::Gewogen) => "gewogen",
        _ => UNKNOWN,
    }
}

pub(super) fn trouble(value: i32) -> Option<&'static str> {
    match model::Trouble::try_from(value) {
        Ok(model::Trouble::Geweigerd) => Some("de vraag is niet aangenomen"),
        Ok(model::Trouble::Vastgelopen) => Some("de vraag komt niet aan"),
        _ => None,
    }
}

/// What was to be brought to another office.
pub(super) fn undelivered(value: i32) -> &'static str {
    match model::UndeliveredKind::try_from(value) {
        Ok(model::UndeliveredKind::Opdracht) => "adviesopdracht",
        Ok(model::UndeliveredKind::Intrekking) => "intrekking",
        Ok(model::UndeliveredKind::Voortgang) => "voortgang",
        Ok(model::UndeliveredKind::Advies) => "advies",
        Ok(model::UndeliveredKind::Antwoord) => "antwoord",
        Ok(model::UndeliveredKind::Opgepakt) => "bericht dat iemand ermee bezig is",
        Ok(model::UndeliveredKind::AcuutSignaal) => "acuut signaal",
        Ok(model::UndeliveredKind::Beslissing) => "bericht over de beslissing",
        Ok(model::UndeliveredKind::Navraag) => "navraag na het telefoontje",
        Ok(model::UndeliveredKind::ZelfdeAntwoord) => "terugnemen van hetzelfde antwoord",
        _ => UNKNOWN,
    }
}

/// Why it was not brought there.
pub(super) fn undelivered_because(value: i32) -> &'static str {
    match model::Trouble::try_from(value) {
        Ok(model::Trouble::Geweigerd) => "niet aangenomen",
        Ok(model::Trouble::Vastgelopen) => "komt niet aan",
        _ => UNKNOWN,
    }
}

pub(super) fn route(value: i32) -> &'static str {
    match model::Route::try_from(value) {
        Ok(model::Route::Halt) => "Halt",
        Ok(model::Route::SepotOnvoorwaardelijk) => "onvoorwaardelijk sepot",
        Ok(model::Route::SepotVoorwaardelijk) => "voorwaardelijk sepot",
        Ok(model::Route::Strafbeschikking) => "strafbeschikking",
        Ok(model::Route::Transactie) => "transactie",
        Ok(model::Route::Dagvaarding) => "dagvaarding",
        Ok(model::Route::Mediation) => "mediation",
        Ok(model::Route::Overdracht) => "overdracht",
        Ok(model::Route::NaderOnderzoek) => "nader onderzoek",
        Ok(model::Route::TerugNaarZorg) => "terug naar zorg",
        _ => UNKNOWN,
    }
}

/// An instant as the clock in the Netherlands shows it.
pub(super) fn moment(at: Option<&Instant>) -> String {
    let at = at.and_then(|at| Timestamp::new(at.seconds, at.nanos).ok());
    let zone = jiff::tz::get!("Europe/Amsterdam");
    at.map_or_else(|| UNKNOWN.into(), |at| at.to_zoned(zone).strftime("%d-%m-%Y %H:%M").to_string())
}
