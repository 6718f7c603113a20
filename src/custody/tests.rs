//! Terms of custody around midnight, nine o'clock and the nights on which the clock is changed (T9, A18, D26).

use super::*;
use proptest::prelude::*;

/// An instant by the clock in the Netherlands.
fn clock(text: &str) -> Timestamp {
    text.parse::<jiff::civil::DateTime>().unwrap().to_zoned(netherlands()).unwrap().timestamp()
}

fn record(step: Step, at: &str) -> (Step, Timestamp) {
    (step, clock(at))
}

fn held(voorlopige_hechtenis: bool) -> Step {
    Step::Ophouden { voorlopige_hechtenis }
}

/// When the term of someone who arrived then, and is held, ends.
fn ends(arrived: &str, voorlopige_hechtenis: bool) -> Timestamp {
    let recorded = [record(held(voorlopige_hechtenis), arrived)];
    Custody::of(Some(clock(arrived)), &recorded).term_ends().unwrap()
}

#[test]
fn nine_hours_from_ten_in_the_evening_end_at_four_in_the_afternoon() {
    assert_eq!(ends("2026-11-20T22:00", true), clock("2026-11-21T16:00"));
    assert_eq!(ends("2026-11-20T22:00", false), clock("2026-11-21T13:00"));
}

#[test]
fn what_lies_between_midnight_and_nine_does_not_count() {
    for (arrived, six, nine) in [
        ("2026-11-20T09:00", "2026-11-20T15:00", "2026-11-20T18:00"),
        ("2026-11-20T08:59", "2026-11-20T15:00", "2026-11-20T18:00"),
        ("2026-11-20T00:00", "2026-11-20T15:00", "2026-11-20T18:00"),
        ("2026-11-20T03:30", "2026-11-20T15:00", "2026-11-20T18:00"),
        ("2026-11-20T18:00", "2026-11-21T00:00", "2026-11-21T12:00"),
        ("2026-11-20T15:00", "2026-11-20T21:00", "2026-11-21T00:00"),
        ("2026-11-20T23:59", "2026-11-21T14:59", "2026-11-21T17:59"),
    ] {
        assert_eq!((ends(arrived, false), ends(arrived, true)), (clock(six), clock(nine)), "{arrived}");
    }
}

#[test]
fn on_the_nights_on_which_the_clock_is_changed_the_hours_that_count_are_the_same() {
    // 29 March 2026 has no 02:00–03:00, 25 October has it twice; neither hour counts.
    assert_eq!(ends("2026-03-28T22:00", true), clock("2026-03-29T16:00"));
    assert_eq!(ends("2026-10-24T22:00", true), clock("2026-10-25T16:00"));
    assert_eq!(ends("2026-03-29T03:15", false), clock("2026-03-29T15:00"));
    assert_eq!(ends("2026-10-25T02:30", false), clock("2026-10-25T15:00"));
}

#[test]
fn inverzekeringstelling_takes_three_days_and_is_extended_by_three_once() {
    // A23: elapsed hours, so that three days over the night of the clock end an hour later by the clock.
    let mut recorded = vec![record(Step::Inverzekeringstelling, "2026-03-27T14:00")];
    let arrived = Some(clock("2026-03-27T10:00"));
    assert_eq!(Custody::of(arrived, &recorded).term_ends(), Some(clock("2026-03-30T15:00")));
    recorded.push(record(Step::Verlenging, "2026-03-30T12:00"));
    let custody = Custody::of(arrived, &recorded);
    assert_eq!(custody.term_ends(), Some(clock("2026-04-02T15:00")));
    let extended = record(Step::Verlenging, "2026-03-31T12:00");
    let again = Custody::faults(arrived, &recorded, extended, clock("2026-04-01T00:00"));
    assert_eq!(again, Faults::one("step", Problem::OutOfOrder));
}

#[test]
fn no_term_runs_before_someone_is_held_nor_after_a_judge_or_a_release() {
    let arrived = Some(clock("2026-11-20T10:00"));
    assert_eq!(Custody::of(arrived, &[]).term_ends(), None);
    for last in [Step::Voorgeleiding, Step::Invrijheidstelling] {
        let recorded = [record(held(true), "2026-11-20T10:30"), record(last, "2026-11-20T12:00")];
        assert_eq!(Custody::of(arrived, &recorded).term_ends(), None, "{last:?}");
    }
}

#[test]
fn an_act_that_cannot_follow_is_named() {
    let now = clock("2026-11-21T10:00");
    let (free, arrived) = (None, Some(clock("2026-11-20T10:00")));
    let later = clock("2026-11-20T12:00");
    for (begun, step) in [
        (free, held(true)),
        (free, Step::Inverzekeringstelling),
        (free, Step::Invrijheidstelling),
        (arrived, Step::Aankomst),
        (arrived, Step::Verlenging),
    ] {
        let faults = Custody::faults(begun, &[], (step, later), now);
        assert_eq!(faults, Faults::one("step", Problem::OutOfOrder), "{step:?}");
    }
    let before = Custody::faults(arrived, &[], record(held(true), "2026-11-20T09:59"), now);
    assert_eq!(before, Faults::one("at", Problem::OutOfOrder));
    let future = Custody::faults(arrived, &[], record(held(true), "2026-11-21T10:01"), now);
    assert_eq!(future, Faults::one("at", Problem::InFuture));
}

#[test]
fn what_is_recorded_late_falls_into_its_place() {
    let (arrived, now) = (Some(clock("2026-11-20T10:00")), clock("2026-11-22T10:00"));
    let mut done = vec![record(Step::Inverzekeringstelling, "2026-11-20T15:00")];
    let late = record(held(true), "2026-11-20T10:30");
    assert!(Custody::faults(arrived, &done, late, now).is_empty());
    done.push(late);
    let custody = Custody::of(arrived, &done);
    assert_eq!((custody.standing, custody.since), (Standing::InVerzekering, Some(clock("2026-11-20T15:00"))));
    let between = Custody::faults(arrived, &done, record(Step::Invrijheidstelling, "2026-11-20T12:00"), now);
    assert_eq!(between, Faults::one("at", Problem::OutOfOrder), "nobody is put in verzekering who was released");
}

#[test]
fn who_was_released_can_be_brought_in_again() {
    let recorded = [record(Step::Invrijheidstelling, "2026-11-20T12:00"), record(Step::Aankomst, "2026-11-22T09:00")];
    let custody = Custody::of(Some(clock("2026-11-20T10:00")), &recorded);
    assert_eq!((custody.standing, custody.since), (Standing::Aangekomen, Some(clock("2026-11-22T09:00"))));
}

/// Minutes that count between two instants, counted one by one.
fn counted(from: Timestamp, until: Timestamp) -> i64 {
    let minute = SignedDuration::from_mins(1);
    let steps = std::iter::successors(Some(from), |at| Some(*at + minute)).take_while(|at| *at < until);
    steps.filter(|at| at.to_zoned(netherlands()).hour() >= 9).count().try_into().unwrap()
}

/// Whole minutes around midnight, nine o'clock and both nights of the clock.
fn around() -> impl Strategy<Value = Timestamp> {
    let days = ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-11-20", "2026-12-31", "2028-02-28"];
    (proptest::sample::select(days.to_vec()), 0..48 * 60i64)
        .prop_map(|(day, minutes)| clock(&format!("{day}T00:00")) + SignedDuration::from_mins(minutes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_hours_by_day_pass(from in around(), nine in any::<bool>()) {
        let hours = if nine { 9 } else { 6 };
        let end = day_hours_after(from, hours);
        prop_assert_eq!(counted(from, end), hours * 60);
        let local = (end - SignedDuration::from_mins(1)).to_zoned(netherlands());
        prop_assert!(local.hour() >= 9, "the last minute counts: {local}");
    }

    #[test]
    fn who_arrives_later_is_held_no_shorter(from in around(), later in 0..600i64, hours in 1..12i64) {
        let then = from + SignedDuration::from_mins(later);
        prop_assert!(day_hours_after(from, hours) <= day_hours_after(then, hours));
    }
}
