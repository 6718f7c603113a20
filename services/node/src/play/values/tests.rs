//! Filling in and finding.

use prost_reflect::MessageDescriptor;
use serde_json::{Value, json};

use super::{Kept, Path};
use crate::contract::Contract;

fn kept() -> Kept {
    let mut kept = Kept::default();
    kept.keep("zaak", json!("cases/1"));
    kept.keep("versie", json!(2));
    kept.keep("lijst", json!([1]));
    kept
}

fn assignment() -> MessageDescriptor {
    Contract::load().unwrap().method("AdviserService/GetAssignment").unwrap().output()
}

fn find(path: &str) -> Result<Value, String> {
    let reply = json!({"etag": "e", "assignment": {"name": "assignments/1", "items": [
        {"progress": {"item": "ITEM_KIND_EIGEN_ONDERZOEK", "latest": 1}},
        {"progress": {"item": "ITEM_KIND_VEILIG_THUIS"}, "question": "questions/1"},
    ]}});
    Path::read(path)?.find(&reply, &assignment())
}

#[test]
fn a_whole_text_keeps_the_kind_of_the_value() {
    let filled = kept().fill(&json!({"name": "$zaak", "items": ["$versie", 7, true, "$lijst"]})).unwrap();
    assert_eq!(filled, json!({"name": "cases/1", "items": [2, 7, true, [1]]}));
}

#[test]
fn a_name_within_a_text_becomes_part_of_it() {
    let filled = kept().fill(&json!("${zaak}/items/advies, versie ${versie}.")).unwrap();
    assert_eq!(filled, json!("cases/1/items/advies, versie 2."));
}

#[test]
fn a_dollar_that_names_nothing_stays() {
    for text in ["$5 per dag", "kosten: $", "$zaak/x", "$"] {
        assert_eq!(kept().fill(&json!(text)).unwrap(), json!(text));
    }
}

#[test]
fn an_unknown_name_is_told_with_the_known_ones() {
    let problem = kept().fill(&json!("$zak")).unwrap_err();
    assert!(problem.contains("`$zak`") && problem.contains("$zaak"), "{problem}");
    assert!(kept().fill(&json!("x ${zak}")).is_err());
    assert!(kept().fill(&json!("x ${lijst}")).unwrap_err().contains("enkele waarde"));
    assert!(kept().fill(&json!("x ${zaak")).unwrap_err().contains("ontbreekt"));
}

#[test]
fn a_path_goes_through_fields_and_lists() {
    assert_eq!(find("etag").unwrap(), json!("e"));
    assert_eq!(find("assignment.name").unwrap(), json!("assignments/1"));
    assert_eq!(find("assignment.items[1].question").unwrap(), json!("questions/1"));
    assert_eq!(find("assignment.items[0]").unwrap()["progress"]["latest"], json!(1));
}

#[test]
fn a_path_chooses_an_element_by_what_it_holds() {
    for kind in ["VEILIG_THUIS", "ITEM_KIND_VEILIG_THUIS"] {
        let path = format!("assignment.items[progress.item={kind}].question");
        assert_eq!(find(&path).unwrap(), json!("questions/1"));
    }
    assert_eq!(find("assignment.items[progress.latest=1].progress.latest").unwrap(), json!(1));
}

#[test]
fn a_path_to_nothing_is_an_error() {
    assert!(find("assignment.case").unwrap_err().contains("staat niet in het antwoord"));
    assert!(find("assignment.items[5].question").is_err());
    assert!(find("assignment.items[progress.item=KINDCHECK].question").is_err());
    assert!(find("assignment.nam").unwrap_err().contains("kent dit veld niet"));
    assert!(find("assignment.items[progress.item=ONDERZOEK]").unwrap_err().contains("EIGEN_ONDERZOEK"));
    assert!(find("etag[0]").unwrap_err().contains("lijst"));
}

#[test]
fn what_is_no_path_is_refused() {
    for text in ["", ".", "a.", "a[", "a[x]", "a[=1]", "a[b=]", "a b", "a[0]b"] {
        assert!(Path::read(text).unwrap_err().contains("is geen pad"), "{text}");
    }
}
