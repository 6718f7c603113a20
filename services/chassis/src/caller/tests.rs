//! A caller is never assumed and never printed whole.

use tonic::{Code, Request};

use super::Caller;

#[test]
fn a_request_without_a_verified_caller_is_unauthenticated() {
    assert_eq!(Caller::of(&Request::new(())).unwrap_err().code(), Code::Unauthenticated);
}

#[test]
fn the_person_is_not_printed() {
    let caller = crate::issuer::tests::adviser();
    assert!(!format!("{caller:?}").contains(&caller.person));
}
