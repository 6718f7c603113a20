//! Names and values against the real contract.

use prost_reflect::MessageDescriptor;
use serde_json::{Value, json};

use super::{Contract, ContractError, read_message, write_message};

fn input(method: &str) -> MessageDescriptor {
    Contract::load().unwrap().method(method).unwrap().input()
}

fn round_trip(json: &Value) -> Value {
    write_message(&read_message(json, &input("CaseService/RegisterCase")).unwrap()).unwrap()
}

fn refusal(method: &str, json: &Value) -> String {
    read_message(json, &input(method)).unwrap_err().to_string()
}

#[test]
fn a_method_is_found_by_the_short_and_the_full_name_of_its_service() {
    let contract = Contract::load().unwrap();
    let short = contract.method("CaseService/GetCase").unwrap();
    let full = contract.method("zsm.om.v1.CaseService/GetCase").unwrap();
    assert_eq!(short.full_name(), full.full_name());
    assert!(contract.methods().contains(&"SourceService/AskQuestion".to_owned()));
}

#[test]
fn an_unknown_name_is_answered_with_those_that_exist() {
    let contract = Contract::load().unwrap();
    assert!(matches!(contract.method("GetCase"), Err(ContractError::NotAMethodName { .. })));
    let service = contract.method("CaseServise/GetCase").unwrap_err().to_string();
    assert!(service.contains("`CaseServise`") && service.contains("CaseService"), "{service}");
    let method = contract.method("CaseService/Decide").unwrap_err().to_string();
    assert!(method.contains("`Decide`") && method.contains("DecideCase"), "{method}");
}

#[test]
fn a_request_goes_to_a_message_and_back() {
    let request = json!({
        "request_id": "x", "bvh_number": "2026001", "arrested": false,
        "arrived_at": "2026-03-02T10:00:00Z",
        "entry_route": "ENTRY_ROUTE_POLITIE",
        "household": {"persons": [{"number": 2, "roles": ["PERSON_ROLE_SLACHTOFFER"]}], "unborn_of": [3]},
        "unknown": {},
    });
    assert_eq!(round_trip(&request), request);
}

#[test]
fn short_enum_names_and_camel_case_are_understood() {
    let given = json!({
        "bvhNumber": "1", "entry_route": "POLITIE", "hg_km": {"answer": "NEE"}, "parketnummer": null,
        "household": {"persons": [{"roles": ["VERDACHTE", "PERSON_ROLE_GETUIGE"], "relation": "EX_PARTNER"}]},
        "arrivedAt": "2026-03-02T11:00:00+01:00",
    });
    assert_eq!(
        round_trip(&given),
        json!({
            "bvh_number": "1", "entry_route": "ENTRY_ROUTE_POLITIE",
            "hg_km": {"answer": "HG_KM_ANSWER_NEE"},
            "household": {"persons": [{
                "roles": ["PERSON_ROLE_VERDACHTE", "PERSON_ROLE_GETUIGE"], "relation": "RELATION_EX_PARTNER",
            }]},
            "arrived_at": "2026-03-02T10:00:00Z",
        })
    );
}

#[test]
fn default_values_are_left_out_but_an_explicit_false_stays() {
    assert_eq!(round_trip(&json!({"bvh_number": "", "arrested": false})), json!({"arrested": false}));
}

#[test]
fn every_refusal_names_the_field() {
    let register = |json: Value| refusal("CaseService/RegisterCase", &json);
    let person = register(json!({"person": {"bsn": 123456782}}));
    assert!(person.starts_with("person.bsn: ") && person.contains("\"123456782\""), "{person}");
    let role = register(json!({"household": {"persons": [{}, {"roles": ["DADER"]}]}}));
    assert!(role.starts_with("household.persons[1].roles[0]: ") && role.contains("SLACHTOFFER"), "{role}");
    let unknown = register(json!({"act": {"form": "2026-01-01"}}));
    assert!(unknown.starts_with("act.form: ") && unknown.contains("from"), "{unknown}");
    assert!(register(json!({"arrived_at": "gisteren"})).starts_with("arrived_at: "));
    assert!(register(json!({"arrested": "ja"})).starts_with("arrested: "));
    assert!(register(json!({"offences": "310 Sr"})).starts_with("offences: "));
    assert!(register(json!({"act": "x"})).starts_with("act: "));
    let both = register(json!({"person": {}, "unknown": {}}));
    assert!(both.contains("person") && both.contains("unknown"), "{both}");
    assert!(register(json!({"bvh_number": "1", "bvhNumber": "1"})).contains("twee keer"));
    let negative = refusal("AdviserService/WeighAnswer", &json!({"version": -1}));
    assert!(negative.starts_with("version: "), "{negative}");
    assert!(register(json!([])).contains("RegisterCaseRequest"));
}

#[test]
fn an_enum_number_outside_the_contract_is_passed_on() {
    assert_eq!(round_trip(&json!({"entry_route": 1})), json!({"entry_route": "ENTRY_ROUTE_POLITIE"}));
    assert_eq!(round_trip(&json!({"entry_route": 99})), json!({"entry_route": 99}));
}

#[test]
fn large_numbers_stay_numbers() {
    let message = input("AdviserService/ReportQuestionState");
    let read = |json: Value| write_message(&read_message(&json, &message).unwrap()).unwrap();
    assert_eq!(read(json!({"sequence": 7})), json!({"sequence": 7}));
    assert_eq!(read(json!({"sequence": "18446744073709551615"})), json!({"sequence": u64::MAX}));
}
