//! What a noted call must say.

use super::Call;
use crate::fault::Problem;
use crate::personal::Sensitive;
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn call(spoken_with: &str, number: &str, at: Timestamp) -> Call {
    Call { spoken_with: Sensitive::case(spoken_with.into()), number: Sensitive::case(number.into()), at }
}

fn faults(call: &Call, path: &str) -> Vec<(String, Problem)> {
    call.faults(path, now()).iter().map(|fault| (fault.field.clone(), fault.problem)).collect()
}

/// A16.
#[test]
fn a_call_that_says_whom_where_and_when_is_whole() {
    assert_eq!(faults(&call("J. de Boer, dienstdoende", "0800-2000", now()), "call"), []);
}

#[test]
fn a_call_says_who_was_spoken_with_and_at_which_number() {
    let expected = ["call.spoken_with", "call.number"].map(|field| (field.to_owned(), Problem::Missing));
    assert_eq!(faults(&call("", "", now()), "call"), expected);
}

#[test]
fn a_call_lies_not_in_the_future() {
    let later = now() + SignedDuration::from_secs(1);
    assert_eq!(faults(&call("J. de Boer", "0800-2000", later), "call"), [("call.at".to_owned(), Problem::InFuture)]);
}

#[test]
fn who_was_called_is_not_printed() {
    let printed = format!("{:?}", call("J. de Boer", "0800-2000", now()));
    assert!(!printed.contains("Boer") && !printed.contains("0800"), "{printed}");
}
