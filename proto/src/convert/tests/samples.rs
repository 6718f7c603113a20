//! Requests that are right, for tests that spoil them.

use crate::convert::instant;
use crate::pb::{
    adviser::v1 as adviser,
    model::v1::{self as model, degree, instrument_use, safety_conditions},
    om::v1::{self as om, register_case_request},
    source::v1 as source,
};
use zsm::arbitrary::later;
use zsm::case::Registration;
use zsm::flow::SuspectKind;
use zsm::household::SUSPECT;

pub(super) const CASE: &str = "cases/00000000-0000-4000-8000-000000000001";
pub(super) const ASSIGNMENT: &str = "assignments/00000000-0000-4000-8000-000000000002";
pub(super) const QUESTION: &str = "questions/00000000-0000-4000-8000-000000000003";

/// As the police would send it.
pub(super) fn wire(registration: &Registration) -> om::RegisterCaseRequest {
    let label = registration.suspect_label.text().to_owned();
    let mut household = model::Household::from(&registration.household);
    let suspect = match registration.suspect {
        SuspectKind::Person => {
            let listed = household.persons.iter_mut().find(|person| person.number == SUSPECT);
            register_case_request::Suspect::Person(listed.unwrap().identity.take().unwrap())
        }
        SuspectKind::LegalPerson => register_case_request::Suspect::LegalPerson(om::LegalPerson { number: label }),
        SuspectKind::Unknown => register_case_request::Suspect::Unknown(om::UnknownSuspect { label }),
    };
    om::RegisterCaseRequest {
        request_id: String::new(),
        bvh_number: registration.bvh_number.clone(),
        parketnummer: registration.parketnummer.clone().unwrap_or_default(),
        arrested: Some(registration.arrested),
        arrived_at: registration.arrived_at.map(instant),
        entry_route: model::EntryRoute::from(registration.entry_route).into(),
        region: registration.region.as_str().to_owned(),
        act: Some((&registration.act).into()),
        offences: registration.offences.clone(),
        hg_km: Some((&registration.hg_km).into()),
        suspect: Some(suspect),
        household: Some(household),
        police: Some((&registration.police).into()),
    }
}

pub(super) fn registration() -> om::RegisterCaseRequest {
    om::RegisterCaseRequest {
        bvh_number: "BVH-1".into(),
        arrested: Some(false),
        entry_route: model::EntryRoute::Politie.into(),
        region: "midden".into(),
        act: Some(model::Act { from: "2025-01-02".into(), ..Default::default() }),
        offences: vec!["300 Sr".into()],
        hg_km: Some(model::HgKm { answer: model::HgKmAnswer::Ja.into(), ..Default::default() }),
        suspect: Some(register_case_request::Suspect::Person(identity())),
        ..Default::default()
    }
}

pub(super) fn identity() -> model::Identity {
    model::Identity { surname: "Jansen".into(), birth_date: "1990-05".into(), ..Default::default() }
}

pub(super) fn person(number: u32) -> model::Person {
    model::Person {
        number,
        identity: (number != SUSPECT).then(identity),
        roles: vec![model::PersonRole::Betrokkene.into()],
        relation: model::Relation::Kind.into(),
        ..Default::default()
    }
}

pub(super) fn confirmation(persons: Vec<model::Person>) -> om::ConfirmHouseholdRequest {
    om::ConfirmHouseholdRequest {
        name: CASE.into(),
        household: Some(model::Household { persons, unborn_of: Vec::new() }),
        ..Default::default()
    }
}

pub(super) fn answer(outcomes: Vec<model::PersonOutcome>) -> model::Answer {
    model::Answer {
        outcomes,
        searched: Some(model::Searched {
            identifiers: vec![model::IdentifierKind::Bsn.into()],
            register: "register".into(),
            as_of: Some(instant(later())),
            by: "desk-1".into(),
        }),
        ..Default::default()
    }
}

pub(super) fn delivery(answer: model::Answer) -> adviser::DeliverAnswerRequest {
    adviser::DeliverAnswerRequest {
        request_id: String::new(),
        name: ASSIGNMENT.into(),
        question: QUESTION.into(),
        version: 1,
        answer: Some(answer),
        retraction: None,
    }
}

pub(super) fn answering(answer: model::Answer) -> source::AnswerQuestionRequest {
    source::AnswerQuestionRequest { name: QUESTION.into(), answer: Some(answer), ..Default::default() }
}

pub(super) fn signing() -> adviser::SignAdviceRequest {
    let unknown =
        model::Degree { degree: Some(degree::Degree::Onbekend(model::UnknownDegree { because: "nog niet".into() })) };
    let not_used = model::InstrumentNotUsed { because: "niet nodig".into() };
    let content = model::AdviceContent {
        judgement_version: 1,
        acute: Some(unknown.clone()),
        structural: Some(unknown.clone()),
        complexity: Some(unknown),
        instrument: Some(model::InstrumentUse { r#use: Some(instrument_use::Use::NotUsed(not_used)) }),
        safety_conditions: Some(model::SafetyConditions {
            state: Some(safety_conditions::State::None(model::NoSafetyConditions {})),
        }),
        proposal: Some(model::RouteProposal { route: model::Route::Halt.into(), reason: "passend".into() }),
        ..Default::default()
    };
    adviser::SignAdviceRequest { name: ASSIGNMENT.into(), content: Some(content), ..Default::default() }
}
