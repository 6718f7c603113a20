//! The elfproef, on published test numbers.

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
