//! Every refusal has its code, its reason, and details that fit in a header.

use super::*;
use std::collections::BTreeMap;
use zsm::gate::{self, Advised, Reason, Subject};
use zsm::refusal::{Forbidden, NotNow};
use zsm::{Item, Problem};

/// What a header list may hold with the strictest common default.
const HEADER_LIMIT: usize = 8 * 1024;

fn shut() -> gate::Incomplete {
    let standings = BTreeMap::new();
    let view = gate::View { required: None, standings: &standings, advice: Advised::None, office: &[] };
    gate::pass(view).unwrap_err()
}

fn everything_open() -> Vec<Open> {
    let office = [
        Subject::Flow,
        Subject::Household,
        Subject::HgKm,
        Subject::ReportToVt,
        Subject::Zorgmelding,
        Subject::Assignment,
        Subject::Advice,
    ];
    let subjects = Item::ALL.map(Subject::Item).into_iter().chain(office);
    subjects.map(|subject| Open { subject, reason: Reason::FurtherPerson }).collect()
}

#[test]
fn a_refusal_has_a_code_and_a_reason() {
    let cases = [
        (Refusal::Malformed(Faults::one("region", Problem::Form)), Code::InvalidArgument),
        (Refusal::NotFound, Code::NotFound),
        (Refusal::AlreadyExists("cases/1".into()), Code::AlreadyExists),
        (Refusal::Forbidden(Forbidden::Role), Code::PermissionDenied),
        (Refusal::Incomplete(shut()), Code::FailedPrecondition),
        (Refusal::Unsignable(Faults::new(), everything_open()), Code::FailedPrecondition),
        (Refusal::Unsignable(Faults::one("content", Problem::Missing), Vec::new()), Code::InvalidArgument),
        (Refusal::NotNow(NotNow::Decided), Code::FailedPrecondition),
        (Refusal::Outdated, Code::Aborted),
    ];
    for (refusal, code) in cases {
        let status = refused(&refusal, "cases/1");
        assert_eq!(status.code(), code, "{refusal:?}");
        assert_eq!(reason(&status).as_deref(), Some(refusal.code()));
        assert_eq!(status.message(), refusal.to_string());
    }
    assert_eq!(reason(&Status::internal("no details")), None);
}

#[test]
fn faults_are_told_by_field() {
    let status = refused(&Refusal::Malformed(Faults::one("act.from", Problem::InFuture)), "");
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    assert_eq!(violations[0].field, "act.from");
    assert_eq!(violations[0].description, "IN_DE_TOEKOMST: Dit ligt in de toekomst.");
    assert_eq!(details.error_info().unwrap().metadata["total"], "1");
}

#[test]
fn open_points_are_told_by_resource() {
    let open = everything_open();
    let status = refused(&Refusal::Unsignable(Faults::one("content", Problem::Missing), open.clone()), "cases/1");
    let details = status.get_error_details();
    let violations = &details.precondition_failure().unwrap().violations;
    assert_eq!(violations.len(), open.len());
    assert_eq!(violations[0].subject, "cases/1/items/veilig-thuis");
    assert_eq!(violations[0].r#type, "NIEUWE_PERSOON");
    assert_eq!(details.bad_request().unwrap().field_violations.len(), 1);
}

#[test]
fn what_exists_is_named() {
    let status = refused(&Refusal::AlreadyExists("cases/7".into()), "");
    assert_eq!(status.get_error_details().error_info().unwrap().metadata["name"], "cases/7");
}

#[test]
fn the_details_fit_in_a_header() {
    let mut faults = Faults::new();
    for index in 0..1000 {
        let field = format!("answer.outcomes[{index}].triage_running.substance.for_adviser");
        faults.add(field, Problem::DeviationUnexplained);
    }
    let resource = "assignments/00000000-0000-4000-8000-000000000002";
    let status = refused(&Refusal::Unsignable(faults, everything_open()), resource);
    let header = status.details().len().div_ceil(3) * 4 + 3 * status.message().len();
    assert!(header < HEADER_LIMIT, "{header} bytes");
    let details = status.get_error_details();
    let told = details.bad_request().unwrap().field_violations.len();
    assert!(told > 10, "{told} told");
    assert_eq!(details.error_info().unwrap().metadata["total"], "1000");
}
