//! The elfproef, on published test numbers; and who certainly is another person.

use super::*;

#[test]
fn published_test_numbers_pass() {
    for number in ["999993653", "000000152", "111222333", "123456782"] {
        assert!(Bsn::parse(number).is_some(), "{number}");
    }
}

#[test]
fn everything_else_fails() {
    for number in ["999993654", "000000000", "99999365", "9999936533", "99999365x", "", "٩٩٩٩٩٣٦٥٣"] {
        assert!(Bsn::parse(number).is_none(), "{number}");
    }
}

#[test]
fn it_cannot_be_printed() {
    assert_eq!(format!("{:?}", Bsn::parse("999993653")), "Some(‹bsn›)");
}

#[test]
fn the_same_name_written_otherwise_or_a_birth_date_turned_round_makes_nobody_certainly_another() {
    // A33.
    let person = |surname: &str, birth: &str| Identity {
        surname: surname.into(),
        birth: PartialDate::parse(birth).unwrap(),
        ..Identity::unknown()
    };
    let first = person("JANSEN", "1990-02-01");
    assert!(!first.is_surely_not(&person("Jansen", "1990-01-02")), "one corrected");
    assert!(!first.is_surely_not(&person("Jansen", "1985-05-05")), "one surname");
    assert!(!first.is_surely_not(&person("Pietersen", "1990-01-02")), "one birth date, turned round");
    assert!(!first.is_surely_not(&person("", "1985-05-05")), "no name");
    assert!(first.is_surely_not(&person("Pietersen", "1985-05-05")));
}
