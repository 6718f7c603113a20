//! Every fault by its path, and all at once.

use super::refused;
use super::samples::*;
use crate::convert::instant;
use crate::pb::{
    adviser::v1 as adviser,
    model::v1::{self as model, person_outcome, safety_conditions},
    om::v1::{self as om, register_case_request},
    source::v1 as source,
};
use zsm::Faults;
use zsm::Problem::*;
use zsm::arbitrary::later;
use zsm::look::Finding;

const UNKNOWN: i32 = 99;

fn outcome(person: u32, outcome: Option<person_outcome::Outcome>) -> model::PersonOutcome {
    model::PersonOutcome { person, outcome }
}

#[test]
fn the_samples_are_right() {
    refused(registration(), &[]);
    refused(confirmation(vec![person(1), person(2)]), &[]);
    refused(delivery(answer(Vec::new())), &[]);
    refused(signing(), &[]);
}

#[test]
fn blank_is_not_written() {
    // A weighing without a reason is none (A22), nor is a search in no register a search (D13).
    let weighing = adviser::WeighAnswerRequest { reason: " \n".into(), ..Default::default() };
    let missing = [("name", Missing), ("item", Missing), ("version", Missing), ("reason", Missing)];
    refused(weighing, &missing);
    let mut blank = answer(Vec::new());
    blank.searched.as_mut().unwrap().register = "  ".into();
    let read: zsm::answer::Answer = crate::read(blank).unwrap();
    assert_eq!(read.searched.register, "");
}

#[test]
fn an_empty_registration_names_all_that_is_missing() {
    let expected = [
        ("bvh_number", Missing),
        ("arrested", Missing),
        ("entry_route", Missing),
        ("region", Missing),
        ("act", Missing),
        ("offences", Missing),
        ("hg_km", Missing),
        ("suspect", Missing),
    ];
    refused(om::RegisterCaseRequest::default(), &expected);
}

#[test]
fn faults_lie_side_by_side() {
    let mut request = registration();
    request.suspect = Some(register_case_request::Suspect::Person(model::Identity {
        bsn: "123456789".into(),
        birth_date: "1990-13".into(),
        ..identity()
    }));
    request.region = "Midden Nederland".into();
    request.entry_route = UNKNOWN;
    request.act = Some(model::Act { from: "2025".into(), until: "gisteren".into(), place: String::new() });
    request.offences = vec![String::new()];
    let child = model::Identity { bsn: "12345678x".into(), ..identity() };
    let persons = vec![model::Person { identity: Some(child), relation: 0, ..person(2) }];
    request.household = Some(model::Household { persons, unborn_of: vec![2, 2, 0] });
    let expected = [
        ("entry_route", Unknown),
        ("region", Form),
        ("act.from", Form),
        ("act.until", Form),
        ("offences[0]", Missing),
        ("person.bsn", Elfproef),
        ("person.birth_date", Form),
        ("household.persons[0].identity.bsn", Form),
        ("household.persons[0].relation", Missing),
        ("household.unborn_of[1]", Duplicate),
        ("household.unborn_of[2]", Missing),
    ];
    refused(request, &expected);
}

#[test]
fn the_suspect_stands_in_one_place() {
    let mut request = registration();
    let listed = model::Person { identity: Some(identity()), ..person(1) };
    request.household = Some(model::Household { persons: vec![person(2), listed], unborn_of: Vec::new() });
    refused(request.clone(), &[("household.persons[1].identity", Superfluous)]);
    request.suspect = Some(register_case_request::Suspect::Unknown(om::UnknownSuspect { label: "NN1".into() }));
    refused(request.clone(), &[("household.persons[1]", Superfluous)]);
    request.household = None;
    request.suspect = Some(register_case_request::Suspect::LegalPerson(om::LegalPerson::default()));
    refused(request, &[("legal_person.number", Missing)]);
}

#[test]
fn a_no_to_hg_km_is_earned() {
    let mut request = registration();
    let hg_km = |answer: model::HgKmAnswer| model::HgKm { answer: answer.into(), ..Default::default() };
    request.hg_km = Some(hg_km(model::HgKmAnswer::Nee));
    let expected =
        [("hg_km.established_by", Missing), ("hg_km.established_at", Missing), ("hg_km.minors_witnessed", Missing)];
    refused(request.clone(), &expected);
    request.hg_km = Some(model::HgKm { minors_witnessed: Some(false), ..hg_km(model::HgKmAnswer::Ja) });
    refused(request.clone(), &[("hg_km.minors_witnessed", Superfluous)]);
    request.hg_km = Some(model::HgKm { answer: UNKNOWN, ..Default::default() });
    refused(request, &[("hg_km.answer", Unknown)]);
}

#[test]
fn a_person_has_an_identity_or_a_reference() {
    let further = model::FurtherReference { reference: "R-1".into(), age_class: UNKNOWN };
    let both = model::Person { further_person: Some(further), ..person(2) };
    let neither = model::Person { identity: None, roles: vec![0, 2, 2], ..person(3) };
    let expected = [
        ("household.persons[0].further_person", Superfluous),
        ("household.persons[0].further_person.age_class", Unknown),
        ("household.persons[1].identity", Missing),
        ("household.persons[1].roles[0]", Missing),
        ("household.persons[1].roles[2]", Duplicate),
    ];
    refused(confirmation(vec![both, neither]), &expected);
    let crowd = vec![person(2); 51];
    refused(confirmation(crowd), &[("household.persons", TooMany)]);
}

#[test]
fn silence_is_no_outcome() {
    use person_outcome::Outcome;
    let triage = model::TriageRunning { substance: None, expected: None };
    let bad_time = model::TriageRunning {
        substance: Some(model::Substance::default()),
        expected: Some(prost_types::Timestamp { seconds: 0, nanos: -1 }),
    };
    let outcomes = vec![
        outcome(1, None),
        outcome(0, Some(Outcome::NotKnown(model::NotKnown {}))),
        outcome(3, Some(Outcome::Ambiguous(model::Ambiguous { candidates: 0 }))),
        outcome(4, Some(Outcome::Partly(model::Partly::default()))),
        outcome(5, Some(Outcome::TriageRunning(triage))),
        outcome(6, Some(Outcome::TriageRunning(bad_time))),
        outcome(7, Some(Outcome::Refused(model::Refused::default()))),
        outcome(8, Some(Outcome::Known(model::Substance { for_advice: "x".repeat(20_001), ..Default::default() }))),
    ];
    let expected = [
        ("answer.outcomes[0].outcome", Missing),
        ("answer.outcomes[1].person", Missing),
        ("answer.outcomes[2].ambiguous.candidates", Form),
        ("answer.outcomes[3].partly.substance", Missing),
        ("answer.outcomes[3].partly.still_to_come", Missing),
        ("answer.outcomes[4].triage_running.substance", Missing),
        ("answer.outcomes[4].triage_running.expected", Missing),
        ("answer.outcomes[5].triage_running.expected", Form),
        ("answer.outcomes[6].refused.ground", Missing),
        ("answer.outcomes[7].known.for_advice", TooLong),
    ];
    refused(delivery(answer(outcomes)), &expected);
}

#[test]
fn a_text_is_as_long_as_its_characters() {
    let known = model::Substance { for_advice: "é".repeat(20_000), ..Default::default() };
    refused(delivery(answer(vec![outcome(1, Some(person_outcome::Outcome::Known(known)))])), &[]);
}

#[test]
fn who_searched_is_filled_in_or_said() {
    let mut nobody = answer(Vec::new());
    nobody.searched = nobody.searched.map(|searched| model::Searched { by: String::new(), ..searched });
    refused(answering(nobody.clone()), &[]);
    refused(delivery(nobody.clone()), &[("answer.searched.by", Missing)]);
    let answered = source::AnsweredReply { version: 0, answer: Some(nobody) };
    let reply = source::AskQuestionResponse { reply: Some(source::ask_question_response::Reply::Answered(answered)) };
    refused(reply, &[("answered.version", Missing), ("answered.answer.searched.by", Missing)]);
    refused(source::AskQuestionResponse::default(), &[("reply", Missing)]);
}

#[test]
fn a_judgement_is_whole() {
    let mut judged = answer(Vec::new());
    judged.judgement = Some(model::Judgement {
        judgement: Some(model::judgement::Judgement::Judged(model::Judged {
            structural: UNKNOWN,
            instrument: Some(model::Instrument::default()),
            date: "2025-02-30".into(),
            covers: vec!["a".into(), "a".into(), String::new()],
            ..Default::default()
        })),
    });
    judged.safety_conditions = Some(model::SafetyConditions {
        state: Some(safety_conditions::State::List(model::SafetyConditionList::default())),
    });
    let expected = [
        ("answer.judgement.judged.acute", Missing),
        ("answer.judgement.judged.structural", Unknown),
        ("answer.judgement.judged.instrument.name", Missing),
        ("answer.judgement.judged.instrument.version", Missing),
        ("answer.judgement.judged.date", Form),
        ("answer.judgement.judged.covers[1]", Duplicate),
        ("answer.judgement.judged.covers[2]", Missing),
        ("answer.safety_conditions.list.conditions", Missing),
    ];
    refused(delivery(judged), &expected);
    let mut unset = answer(Vec::new());
    unset.judgement = Some(model::Judgement::default());
    unset.safety_conditions = Some(model::SafetyConditions::default());
    let expected = [("answer.judgement.judgement", Missing), ("answer.safety_conditions.state", Missing)];
    refused(delivery(unset), &expected);
}

#[test]
fn an_advice_says_everything_once() {
    let mut request = signing();
    let told = |text: &str| model::Substantiation { item: model::ItemKind::VeiligThuis.into(), text: text.into() };
    let content = request.content.as_mut().unwrap();
    content.acute = None;
    content.judgement_version = 0;
    content.structural = Some(model::Degree::default());
    content.instrument = Some(model::InstrumentUse::default());
    content.substance = vec![told("a"), told("b")];
    let expected = [
        ("content.acute", Missing),
        ("content.structural.degree", Missing),
        ("content.instrument.use", Missing),
        ("content.substance[1].item", Duplicate),
        ("content.judgement_version", Missing),
    ];
    refused(request, &expected);
}

#[test]
fn a_required_set_is_not_empty() {
    let brief = adviser::Brief {
        version: 1,
        household_version: 1,
        flow: model::Flow::BuitenReikwijdte.into(),
        household: Some(model::Household::default()),
        required: Some(model::RequiredSet::default()),
        ..Default::default()
    };
    let request = adviser::UpdateAssignmentRequest { name: CASE.into(), brief: Some(brief), ..Default::default() };
    let expected = [
        ("name", Form),
        ("brief.flow", Unknown),
        ("brief.required.items", Missing),
        ("brief.required.rule_set", Missing),
        ("brief.required.day", Missing),
        ("brief.police", Missing),
    ];
    refused(request, &expected);
}

#[test]
fn a_snapshot_says_what_it_means() {
    let item = model::ItemProgress {
        item: model::ItemKind::Kindcheck.into(),
        state: model::ItemState::Ontvangen.into(),
        incomplete: model::IncompleteCode::Regio.into(),
        since: Some(instant(later())),
        ..Default::default()
    };
    let unsaid = model::ItemProgress { state: model::ItemState::Onvolledig.into(), incomplete: 0, ..item };
    let snapshot = model::Snapshot {
        assignment: ASSIGNMENT.into(),
        assignment_version: 1,
        items: vec![item, unsaid],
        advice: model::AdviceState::Getekend.into(),
        ..Default::default()
    };
    let request = om::ReportProgressRequest { name: CASE.into(), snapshot: Some(snapshot), ..Default::default() };
    let expected = [
        ("snapshot.items[0].incomplete", Superfluous),
        ("snapshot.items[1].incomplete", Missing),
        ("snapshot.advice_version", Missing),
    ];
    refused(request, &expected);
}

#[test]
fn at_a_last_look_what_is_not_said_or_not_known_is_no_answer() {
    // Invariant 2.
    let said = |finding| crate::read::<_, Finding>(source::ConfirmAnswerCurrentResponse { finding });
    assert_eq!(said(0), Err(Faults::one("finding", Missing)));
    assert_eq!(said(99), Err(Faults::one("finding", Unknown)));
    assert_eq!(said(model::Finding::Actueel.into()), Ok(Finding::Current));
}

#[test]
fn a_decision_takes_a_stance() {
    let request = om::DecideCaseRequest { name: CASE.into(), ..Default::default() };
    refused(request, &[("route", Missing), ("motivation", Missing), ("advice_version", Missing), ("stance", Missing)]);
    let request = om::SettleFlowRequest {
        name: "cases/1".into(),
        hg_km: Some(model::HgKm { answer: model::HgKmAnswer::Onbekend.into(), ..Default::default() }),
        ..Default::default()
    };
    refused(request, &[("name", Form), ("hg_km.answer", ExcludedByFacts), ("reason", Missing)]);
}

#[test]
fn a_source_reports_two_states_only() {
    let report = |state: adviser::QuestionState| adviser::ReportQuestionStateRequest {
        name: ASSIGNMENT.into(),
        question: QUESTION.into(),
        state: state.into(),
        ..Default::default()
    };
    refused(report(adviser::QuestionState::Opgepakt), &[]);
    refused(report(adviser::QuestionState::Beantwoord), &[("state", Unknown)]);
    refused(report(adviser::QuestionState::Unspecified), &[("state", Missing)]);
}
