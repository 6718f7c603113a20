//! Which errand is meant, and what the table says.

use super::*;

fn found(office: &str, id: &str, state: office::ErrandState) -> Found {
    let at = |seconds| Some(prost_types::Timestamp { seconds, nanos: 7 });
    let errand = office::Errand {
        name: format!("errands/{id}"),
        resource: "assignments/3".to_owned(),
        task: "ask veilig-thuis".to_owned(),
        state: state.into(),
        tries: 4,
        put_at: at(0),
        next_try: at(60).filter(|_| state == office::ErrandState::Retrying),
        failure: Some(office::ErrandFailure { at: at(30), code: "UNAVAILABLE".to_owned() }),
        stop: (state == office::ErrandState::Stopped).then(|| office::ErrandStop {
            at: at(45),
            by: Some(zsm_proto::pb::model::v1::Official { person: "b-1".to_owned(), ..Default::default() }),
            reason: "Storing bij de ander.".to_owned(),
        }),
    };
    Found { office: office.to_owned(), caller: format!("{office}/beheerder"), errand, json: json!({}) }
}

fn two() -> [Found; 2] {
    [
        found("om", "0a000000-1", office::ErrandState::Retrying),
        found("rvdk", "0a000000-2", office::ErrandState::Stopped),
    ]
}

#[test]
fn an_errand_is_meant_by_the_beginning_of_its_id() {
    let looked = Looked { found: two().into(), silent: Vec::new() };
    assert_eq!(looked.meant("0a000000-2").unwrap().office, "rvdk");
    assert_eq!(looked.meant("errands/0a000000-1").unwrap().office, "om");
    let sentence = |id| looked.meant(id).err().unwrap().to_string();
    assert_eq!(sentence("0a"), "`0a` is the beginning of 2 errands: om 0a000000-1, rvdk 0a000000-2");
    assert!(sentence("1").starts_with("there is no open errand `1`"));
    assert!(sentence("").starts_with("name an errand"));
}

#[test]
fn an_errand_that_is_not_found_may_be_where_nobody_answered() {
    let silent = ["reclassering", "veilig-thuis"];
    let silent = silent.map(|office| Silent { office: office.to_owned(), why: "it is away".to_owned() });
    let looked = Looked { found: two().into(), silent: silent.into() };
    assert_eq!(looked.meant("0a000000-2").unwrap().office, "rvdk");
    let said = looked.meant("1").err().unwrap().to_string();
    assert!(said.ends_with("it may be at reclassering, veilig-thuis"), "{said}");
}

#[test]
fn the_table_shows_ids_that_tell_errands_apart_and_who_stopped_one() {
    let mut out = Vec::new();
    table::write(&two(), true, &mut out).unwrap();
    let lines = [
        "OFFICE  ID          TASK              FOR            STATE     TRIES  SINCE                 NEXT TRY              LAST FAILURE",
        "om      0a000000-1  ask veilig-thuis  assignments/3  retrying  4      1970-01-01T00:00:00Z  1970-01-01T00:01:00Z  UNAVAILABLE",
        "rvdk    0a000000-2  ask veilig-thuis  assignments/3  stopped   4      1970-01-01T00:00:00Z  -                     UNAVAILABLE",
        "    stopped 1970-01-01T00:00:45Z by b-1: Storing bij de ander.",
        "",
    ];
    assert_eq!(String::from_utf8(out).unwrap(), lines.join("\n"));
}

#[test]
fn an_empty_list_says_so() {
    let mut out = Vec::new();
    table::write(&[], true, &mut out).unwrap();
    assert_eq!(out, b"no errand is open\n");
    out.clear();
    table::write(&[], false, &mut out).unwrap();
    assert_eq!(out, b"no errand is known to be open\n");
}
