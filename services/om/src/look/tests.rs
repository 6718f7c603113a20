//! What a failed call says at the last look (D28).

use super::*;

#[test]
fn an_office_that_refuses_was_reached_and_cannot_be_phoned_around() {
    for refusal in [Status::permission_denied(""), Status::invalid_argument(""), Status::not_found("")] {
        assert_eq!(said(Err(refusal)).ok(), Some(Finding::UnknownQuestion));
    }
}

#[test]
fn an_office_that_is_silent_or_cannot_be_read_was_not_reached() {
    // Invariant 2.
    for silence in [Status::unavailable(""), Status::deadline_exceeded(""), Status::internal("")] {
        assert!(said(Err(silence)).is_err());
    }
    assert_eq!(said(Ok(Finding::InProgress)).ok(), Some(Finding::InProgress));
}
