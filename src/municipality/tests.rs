//! Where a municipality lies, and what a list may not say.

use super::*;
use jiff::civil::date;

fn lies(code: &str, region: &str, from: Date, until: Option<Date>) -> Municipality {
    Municipality {
        code: code.into(),
        name: "Voorbeeldstad".into(),
        region: Region::parse(region).unwrap(),
        from,
        until,
    }
}

const BEGUN: Date = date(2020, 1, 1);
const MOVED: Date = date(2026, 7, 1);

#[test]
fn a_municipality_lies_in_the_region_of_that_day() {
    // D32, A30.
    let entries = vec![lies("9001", "midden", BEGUN, Some(date(2026, 6, 30))), lies("9001", "noord", MOVED, None)];
    let list = Municipalities::try_new(entries).unwrap();
    let on = |day| list.region_of("9001", day).map(Region::as_str);
    assert_eq!(on(BEGUN), Some("midden"));
    assert_eq!(on(date(2026, 6, 30)), Some("midden"));
    assert_eq!(on(MOVED), Some("noord"));
    assert_eq!(on(date(2019, 12, 31)), None);
}

#[test]
fn of_an_unknown_municipality_nothing_is_said() {
    let list = Municipalities::try_new(vec![lies("9001", "midden", BEGUN, None)]).unwrap();
    for code in ["9002", "", "901", "9001 "] {
        assert_eq!(list.region_of(code, MOVED), None, "{code}");
    }
}

#[test]
fn all_that_is_wrong_with_a_list_is_named_at_once() {
    let nameless = Municipality { name: String::new(), ..lies("901", "midden", MOVED, Some(BEGUN)) };
    let list = vec![lies("9001", "midden", BEGUN, None), nameless, lies("9001", "noord", MOVED, None)];
    let wrong = [(1, Wrong::Code), (1, Wrong::Name), (1, Wrong::Period), (2, Wrong::Overlap)];
    assert_eq!(Municipalities::try_new(list), Err(wrong.into()));
}

#[test]
fn on_the_last_day_of_the_one_the_other_has_not_begun() {
    let until = |day| vec![lies("9001", "midden", BEGUN, Some(day)), lies("9001", "noord", MOVED, None)];
    assert!(Municipalities::try_new(until(date(2026, 6, 30))).is_ok());
    assert_eq!(Municipalities::try_new(until(MOVED)), Err(vec![(1, Wrong::Overlap)]));
}
