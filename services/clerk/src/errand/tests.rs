//! Which failures are given up, and how long the pauses are.

use super::*;
use crate::testing::{Bring, Office};
use tonic_types::StatusExt;

const CEILING: u32 = 60;
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

#[test]
fn what_a_partner_refuses_is_not_tried_for_ever() {
    assert_eq!(verdict(&Status::invalid_argument(""), 0, CEILING), Some(Trouble::Refused));
    assert_eq!(verdict(&Status::failed_precondition(""), 0, CEILING), Some(Trouble::Refused));
    assert_eq!(verdict(&Status::not_found(""), 0, CEILING), Some(Trouble::Refused));
}

#[test]
fn a_silent_partner_is_tried_until_the_ceiling_and_then_somebody_hears() {
    for status in [Status::unavailable(""), Status::deadline_exceeded(""), Status::cancelled(""), Status::unknown("")] {
        assert_eq!(verdict(&status, 0, CEILING), None);
        assert_eq!(verdict(&status, CEILING - 1, CEILING), Some(Trouble::Stuck));
    }
}

#[test]
fn pauses_grow_to_a_ceiling_and_differ_by_errand() {
    let first = pause("a", 1, LONGEST).as_millis();
    assert!((1_000..1_250).contains(&first));
    assert!(pause("a", 5, LONGEST) > pause("a", 4, LONGEST));
    assert!(pause("a", 59, LONGEST) <= LONGEST * 5 / 4);
    let pauses: BTreeSet<_> = (0..100).map(|n| pause(&n.to_string(), 3, LONGEST)).collect();
    assert!(pauses.len() > 20);
}

#[tokio::test]
async fn a_warning_is_tried_again_within_seconds_however_often_it_failed() {
    // D27.
    let office = Office::open().await;
    office.fails(Some(Status::unavailable("")));
    for bring in [Bring::News(1), Bring::Warning] {
        office.tell(bring).await;
    }
    for errand in office.open_errands().await {
        let failure = Failure { at: 0, code: "UNAVAILABLE".into() };
        office.clerk.journal().postpone(&errand.id, 30, 0, failure).await.unwrap();
        office.carry_out(errand).await;
    }
    let waits = |errand: Errand| (errand.urgent, errand.not_before / 1_000_000);
    let waits: Vec<_> = office.open_errands().await.into_iter().map(waits).collect();
    assert!(matches!(waits[..], [(false, 900..=1_125), (true, 5..=6)]), "{waits:?}");
}

#[test]
fn only_codes_are_kept_of_a_failure() {
    assert_eq!(failure_code(&Status::unavailable("Jansen is not at home")), "UNAVAILABLE");
    let refused = zsm_proto::status::refused(&Refusal::Outdated, "cases/1");
    assert_eq!(failure_code(&refused), "ABORTED/INTUSSEN_GEWIJZIGD");
    // What another office calls a reason need not be one.
    for reason in ["Jansen", "999990019", "", "A B"] {
        let mut details = tonic_types::ErrorDetails::new();
        details.set_error_info(reason, "zsm", std::collections::HashMap::new());
        let status = Status::with_error_details(Code::Internal, "", details);
        assert_eq!(failure_code(&status), "INTERNAL", "{reason}");
    }
}

#[test]
fn the_budget_is_as_agreed() {
    let silent = Status::unavailable("");
    assert_eq!((verdict(&silent, 1, 3), verdict(&silent, 2, 3)), (None, Some(Trouble::Stuck)));
    let longest = SignedDuration::from_secs(2);
    assert!(pause("a", 59, longest) <= longest * 5 / 4 && pause("a", 59, SignedDuration::MAX) > longest);
}

#[test]
fn a_withdrawal_that_finds_nothing_counts_only_when_nothing_can_be_on_its_way() {
    for tries in 0..OVERTAKES {
        let status = withdrawn_before_it_came(tries).unwrap_err();
        assert_eq!(verdict(&status, tries, CEILING), None, "it is tried again");
    }
    assert!(withdrawn_before_it_came(OVERTAKES).is_ok());
    let waited: SignedDuration = (1..=OVERTAKES).map(|tries| pause("a", tries, LONGEST)).sum();
    assert!(waited >= SignedDuration::from_secs(30), "{waited}");
}

#[tokio::test]
async fn a_try_that_was_under_way_does_not_undo_that_an_errand_starts_anew() {
    let office = Office::open().await;
    office.fails(Some(Status::unavailable("")));
    office.tell(Bring::Question).await;
    let now = office.open_errands().await.remove(0);
    // As the runner took it before an administrator had it start anew: on its last try.
    office.carry_out(Errand { attempts: CEILING - 1, ..now }).await;
    assert_eq!(office.open_errands().await[0].attempts, 1);
    assert!(office.troubled().await.is_empty());
}
