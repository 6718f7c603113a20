//! Every form of an expectation, held against replies and refusals.

use prost_reflect::MessageDescriptor;
use serde_json::{Value, json};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::pairing::{Leftover, pair};
use super::{Difference, Expectation};
use crate::contract::Contract;

fn case() -> MessageDescriptor {
    Contract::load().unwrap().method("CaseService/GetCase").unwrap().output()
}

fn reply() -> Value {
    json!({"etag": "e1", "case": {
        "name": "cases/1", "state": "CASE_STATE_OPEN", "household_version": 2, "asr": true,
        "registered_at": "2026-03-02T10:00:00Z",
        "items": [
            {"item": "ITEM_KIND_VEILIG_THUIS", "state": "ITEM_STATE_GEWOGEN", "latest": 2},
            {"item": "ITEM_KIND_OUDERCHECK", "state": "ITEM_STATE_GEVRAAGD"},
        ],
        "household": {},
    }})
}

fn compare(expect: Value, outcome: Result<Value, Status>) -> Vec<Difference> {
    Expectation::read(Some(&expect)).unwrap().compare(&outcome, &case()).unwrap()
}

fn ok(case: Value) -> Vec<Difference> {
    compare(json!({"ok": {"case": case}}), Ok(reply()))
}

fn gate_shut() -> Status {
    let mut details = ErrorDetails::with_error_info("POORT_DICHT", "zsm", []);
    details
        .add_precondition_failure_violation("NIET_GEWOGEN", "cases/1/items/veilig-thuis", "")
        .add_precondition_failure_violation("NIET_GEWOGEN", "cases/1/items/oudercheck", "")
        .add_precondition_failure_violation("ONTBREEKT", "cases/1/items/advies", "");
    Status::with_error_details(Code::FailedPrecondition, "de poort is dicht", details)
}

fn faulty() -> Status {
    let mut details = ErrorDetails::new();
    details
        .add_bad_request_violation("person.bsn", "BSN_ELFPROEF: het nummer klopt niet")
        .add_bad_request_violation("act.from", "VERPLICHT: ontbreekt");
    Status::with_error_details(Code::InvalidArgument, "twee fouten", details)
}

fn refused(expect: Value, status: Status) -> Vec<Difference> {
    compare(json!({"refused": expect}), Err(status))
}

fn paths(differences: &[Difference]) -> Vec<&str> {
    differences.iter().map(|difference| difference.path.as_str()).collect()
}

#[test]
fn what_is_not_mentioned_may_be_anything() {
    assert_eq!(ok(json!({})), []);
    assert_eq!(ok(json!({"name": "cases/1"})), []);
    assert_eq!(compare(json!({"ok": null}), Ok(reply())), []);
    assert_eq!(Expectation::read(None).unwrap().compare(&Ok(reply()), &case()).unwrap(), []);
}

#[test]
fn enum_names_may_be_short_and_instants_written_otherwise() {
    assert_eq!(ok(json!({"state": "OPEN", "registeredAt": "2026-03-02T11:00:00+01:00"})), []);
    assert_eq!(ok(json!({"state": "CASE_STATE_OPEN"})), []);
    let differences = ok(json!({"state": "BESLIST"}));
    assert_eq!(
        differences,
        [Difference {
            path: "ok.case.state".to_owned(),
            expected: "CASE_STATE_BESLIST".to_owned(),
            got: "CASE_STATE_OPEN".to_owned(),
        }]
    );
}

#[test]
fn defaults_match_what_the_reply_leaves_out() {
    assert_eq!(ok(json!({"advice_stale": false, "assignment": "", "open": [], "alerts": {"any": []}})), []);
    assert_eq!(ok(json!({"close_reason": "UNSPECIFIED"})), []);
    assert_eq!(paths(&ok(json!({"asr": false}))), ["ok.case.asr"]);
    assert_eq!(paths(&ok(json!({"assignment": "x"}))), ["ok.case.assignment"]);
}

#[test]
fn null_asks_for_nothing_and_an_empty_message_for_a_message() {
    assert_eq!(ok(json!({"decision": null, "advice_stale": null, "household": {}})), []);
    assert_eq!(paths(&ok(json!({"name": null}))), ["ok.case.name"]);
    assert_eq!(paths(&ok(json!({"household": null, "decision": {}}))), ["ok.case.decision", "ok.case.household"]);
}

#[test]
fn lists_go_element_by_element() {
    assert_eq!(ok(json!({"items": [{"item": "VEILIG_THUIS"}, {"state": "GEVRAAGD"}]})), []);
    let swapped = ok(json!({"items": [{"item": "OUDERCHECK"}, {"state": "GEVRAAGD"}]}));
    assert_eq!(paths(&swapped), ["ok.case.items[0].item"]);
    assert_eq!(paths(&ok(json!({"items": [{"item": "VEILIG_THUIS"}]}))), ["ok.case.items"]);
}

#[test]
fn any_forgets_the_order_but_not_the_number() {
    assert_eq!(ok(json!({"items": {"any": [{"item": "OUDERCHECK"}, {"latest": 2}]}})), []);
    assert_eq!(ok(json!({"items": {"any": [{}, {"item": "VEILIG_THUIS"}]}})), []);
    let fewer = ok(json!({"items": {"any": [{"item": "OUDERCHECK"}]}}));
    assert_eq!(fewer[0].expected, "niets meer");
    assert_eq!(fewer[0].got, "{item: ITEM_KIND_VEILIG_THUIS}");
    let other = ok(json!({"items": {"any": [{"item": "KINDCHECK"}, {"item": "OUDERCHECK"}]}}));
    assert_eq!(other[0].expected, "{item: ITEM_KIND_KINDCHECK}");
}

#[test]
fn includes_asks_only_for_what_it_names() {
    assert_eq!(ok(json!({"items": {"includes": [{"item": "OUDERCHECK"}]}})), []);
    assert_eq!(ok(json!({"items": {"includes": [{"item": "OUDERCHECK"}, {"state": "GEVRAAGD"}]}})), []);
    assert_eq!(paths(&ok(json!({"items": {"includes": [{"item": "KINDCHECK"}]}}))), ["ok.case.items"]);
}

#[test]
fn an_unknown_field_or_value_in_an_expectation_is_an_error() {
    let problem = |case_part: Value| {
        let expect = json!({"ok": {"case": case_part}});
        Expectation::read(Some(&expect)).unwrap().compare(&Ok(reply()), &case()).unwrap_err()
    };
    assert!(problem(json!({"statee": null})).contains("case.statee"));
    assert!(problem(json!({"state": "OPEM"})).contains("BESLIST"));
    assert!(problem(json!({"items": {"some": []}})).contains("includes"));
    assert!(problem(json!({"decision": {"rout": "HALT"}})).contains("case.decision.rout"));
    let refused = Expectation::read(Some(&json!({"ok": {"x": 1}}))).unwrap();
    assert!(refused.compare(&Err(gate_shut()), &case()).is_err());
}

#[test]
fn a_refusal_where_success_was_expected_tells_what_was_open() {
    let differences = compare(json!({"ok": {"etag": "e1"}}), Err(gate_shut()));
    assert_eq!(differences[0].expected, "{etag: e1}");
    assert_eq!(
        differences[0].got,
        "geweigerd: FAILED_PRECONDITION POORT_DICHT — items/veilig-thuis NIET_GEWOGEN; \
         items/oudercheck NIET_GEWOGEN; items/advies ONTBREEKT"
    );
}

#[test]
fn success_where_a_refusal_was_expected_is_a_difference() {
    let differences = compare(json!({"refused": {"reason": "POORT_DICHT"}}), Ok(json!({"etag": "e"})));
    assert_eq!(differences[0].expected, "geweigerd POORT_DICHT");
    assert_eq!(differences[0].got, "ok {etag: e}");
}

#[test]
fn code_reason_and_message_are_compared_when_given() {
    assert_eq!(refused(json!({}), gate_shut()), []);
    let all = json!({"code": "FAILED_PRECONDITION", "reason": "POORT_DICHT", "message_includes": "dicht"});
    assert_eq!(refused(all, gate_shut()), []);
    let none = json!({"code": "NOT_FOUND", "reason": "POORT_OPEN", "message_includes": "open"});
    assert_eq!(paths(&refused(none, gate_shut())), ["refused.code", "refused.reason", "refused.message_includes"]);
}

#[test]
fn open_points_are_complete_and_in_any_order() {
    let open = json!({"open": [
        {"items/advies": "ONTBREEKT"}, {"items/veilig-thuis": "NIET_GEWOGEN"}, "oudercheck",
    ]});
    assert_eq!(refused(open, gate_shut()), []);
    let fewer = refused(json!({"open": ["items/advies", {"items/oudercheck": "ONTBREEKT"}]}), gate_shut());
    let said: Vec<_> = fewer.iter().map(|each| (each.expected.as_str(), each.got.as_str())).collect();
    assert_eq!(
        said,
        [
            ("items/oudercheck ONTBREEKT", "items/oudercheck NIET_GEWOGEN"),
            ("niets meer", "items/veilig-thuis NIET_GEWOGEN"),
            ("niets meer", "items/oudercheck NIET_GEWOGEN"),
        ]
    );
    assert_eq!(refused(json!({"open": ["check", "items/advies"]}), gate_shut()).len(), 3);
    assert_eq!(refused(json!({"open": []}), gate_shut()).len(), 3);
}

#[test]
fn includes_forms_allow_more() {
    assert_eq!(refused(json!({"open_includes": [{"items/advies": "ONTBREEKT"}]}), gate_shut()), []);
    assert_eq!(refused(json!({"open_includes": ["items/kindcheck"]}), gate_shut()).len(), 1);
    assert_eq!(refused(json!({"faults_includes": ["act.from"]}), faulty()), []);
}

#[test]
fn faults_are_compared_by_field_and_code() {
    assert_eq!(refused(json!({"faults": ["act.from", {"person.bsn": "BSN_ELFPROEF"}]}), faulty()), []);
    assert_eq!(refused(json!({"faults": ["act.from", {"person.bsn": "BSN"}]}), faulty()).len(), 2);
    assert_eq!(refused(json!({"faults": ["act.from"]}), faulty()).len(), 1);
}

#[test]
fn a_crooked_expectation_is_refused_when_read() {
    let problem = |expect: Value| Expectation::read(Some(&expect)).unwrap_err();
    assert!(problem(json!({"okay": {}})).contains("`okay`"));
    assert!(problem(json!({"ok": {}, "refused": {}})).contains("precies een"));
    assert!(problem(json!("ok")).contains("precies een"));
    assert!(problem(json!({"refused": {"cod": "X"}})).contains("`cod`"));
    assert!(problem(json!({"refused": {"code": "PRECONDITION"}})).contains("gRPC-code"));
    assert!(problem(json!({"refused": {"open": [], "open_includes": []}})).contains("andere vorm"));
    assert!(problem(json!({"refused": {"open": [{"a": "B", "c": "D"}]}})).contains("lijst"));
    assert!(problem(json!({"refused": {"faults": "x"}})).contains("lijst"));
}

#[test]
fn pairing_gives_way_to_what_fits_nowhere_else() {
    // The first fits both, the second only the first actual one.
    let left = pair(2, 2, |one, other| one == 0 || other == 0);
    assert_eq!(left, Leftover { expected: vec![], actual: vec![] });
    let left = pair(2, 1, |_, _| true);
    assert_eq!(left, Leftover { expected: vec![1], actual: vec![] });
}
