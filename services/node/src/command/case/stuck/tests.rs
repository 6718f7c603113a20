//! The list on a screen.

use super::write;
use zsm_proto::pb::om::v1 as om;

fn told(cases: &[om::StuckCase]) -> String {
    let mut out = Vec::new();
    write(cases, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn each_case_says_why_and_since_when() {
    let case = om::StuckCase {
        name: "cases/1".into(),
        bvh_number: "PL-1\u{1b}".into(),
        sentence: "Het gezin is nog niet bevestigd.".into(),
        since: Some(prost_types::Timestamp { seconds: 1_763_632_800, nanos: 0 }),
        ..Default::default()
    };
    let ended = om::StuckCase { name: "cases/2".into(), bvh_number: "PL-2".into(), ended: true, ..case.clone() };
    let text = told(&[case, ended]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "cases/1 (PL-1 )");
    assert_eq!(lines[1], "  Het gezin is nog niet bevestigd. Sinds 20-11-2025 11:00.");
    assert_eq!(lines[2], "cases/2 (PL-2, afgelopen)");
    assert_eq!(lines[4], "2 zaken staan stil");
}

#[test]
fn that_nothing_stands_still_is_said() {
    assert_eq!(told(&[]), "Geen enkele zaak staat stil.\n");
}
