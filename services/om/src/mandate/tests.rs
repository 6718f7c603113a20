//! A mandate holds on its days, for its persons.

use super::*;
use jiff::civil::date;

fn mandates() -> Mandates {
    Mandates::new(vec![Mandate {
        reference: "M1".into(),
        from: date(2026, 1, 1),
        until: Some(date(2026, 6, 30)),
        persons: vec!["ps-1".into()],
    }])
}

#[test]
fn it_holds_from_its_first_to_its_last_day() {
    assert_eq!(mandates().of("ps-1", date(2025, 12, 31)), None);
    assert_eq!(mandates().of("ps-1", date(2026, 1, 1)), Some("M1"));
    assert_eq!(mandates().of("ps-1", date(2026, 6, 30)), Some("M1"));
    assert_eq!(mandates().of("ps-1", date(2026, 7, 1)), None);
}

#[test]
fn it_holds_for_nobody_else() {
    assert_eq!(mandates().of("ps-2", date(2026, 2, 1)), None);
}
