//! Ages by the calendar, partial dates as intervals.

use super::*;
use jiff::civil::date;

fn age(birth: &str, day: Date) -> Age {
    PartialDate::parse(birth).unwrap().age_on(day)
}

#[test]
fn born_on_29_february_turns_18_on_1_march() {
    assert_eq!(age("2008-02-29", date(2026, 2, 28)), Age { least: 17, most: 17 });
    assert_eq!(age("2008-02-29", date(2026, 3, 1)), Age { least: 18, most: 18 });
    assert_eq!(age("2008-02-29", date(2028, 2, 28)), Age { least: 19, most: 19 });
    assert_eq!(age("2008-02-29", date(2028, 2, 29)), Age { least: 20, most: 20 });
}

#[test]
fn the_birthday_itself_counts() {
    assert_eq!(age("2014-05-10", date(2026, 5, 10)).least, 12);
    assert_eq!(age("2014-05-10", date(2026, 5, 9)).most, 11);
}

#[test]
fn a_year_is_an_interval() {
    let age = age("2008", date(2026, 6, 1));
    assert_eq!(age, Age { least: 17, most: 18 });
    assert!(age.straddles(18) && !age.straddles(12));
}

#[test]
fn nothing_known_may_be_any_age() {
    let age = age("", date(2026, 6, 1));
    assert!(age.straddles(12) && age.straddles(18));
}

#[test]
fn wrong_forms_are_not_dates() {
    for text in ["2026-13-01", "2026-02-30", "26-01-01", "2026-1-1", "0000", "abc", "2026-01-01-01", "-2026"] {
        assert!(PartialDate::parse(text).is_none(), "{text}");
    }
}

#[test]
fn the_day_of_an_instant_is_that_of_the_netherlands() {
    assert_eq!(day_of("2026-06-30T22:30:00Z".parse().unwrap()), date(2026, 7, 1));
}
