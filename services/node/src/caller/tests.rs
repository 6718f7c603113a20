//! Every form in which a caller is written.

use super::*;

fn parts(text: &str) -> [String; 4] {
    let caller = parse(text, &Region::midden()).unwrap();
    [caller.organisation, caller.region, caller.role, caller.person]
}

#[test]
fn the_short_form_is_of_the_default_region() {
    assert_eq!(parts("rvdk/adviseur"), ["rvdk", "midden", "adviseur", "rvdk-adviseur-1"]);
    assert_eq!(parse("om/operator", &Region::parse("west").unwrap()).unwrap().region, "west");
}

#[test]
fn region_and_person_can_be_given() {
    assert_eq!(parts("om@noord/officier:ovj-2"), ["om", "noord", "officier", "ovj-2"]);
    assert_eq!(parts("om/OFFICIER_VAN_JUSTITIE"), ["om", "midden", "officier", "om-officier-1"]);
    assert_eq!(parts("veilig-thuis/desk"), ["veilig-thuis", "midden", "balie", "veilig-thuis-balie-1"]);
}

#[test]
fn what_is_wrong_is_said() {
    for (text, word) in [
        ("rvdk", "ORG"),
        ("halt/balie", "halt"),
        ("om/baas", "baas"),
        ("om@Noord/operator", "Noord"),
        ("om/officier:", "persoon"),
    ] {
        assert!(parse(text, &Region::midden()).unwrap_err().contains(word), "{text}");
    }
}
