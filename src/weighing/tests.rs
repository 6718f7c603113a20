//! A weighing: a reason, and exactly one line with words for every known person.

use super::*;
use crate::fault::Fault;
use crate::testing::{empty, text};

fn line(person: PersonNumber) -> Line {
    Line { person, text: text("betekenis") }
}

#[track_caller]
fn assert_faults(reason: &Sensitive<String>, lines: &[Line], known: &[PersonNumber], expected: &[(&str, Problem)]) {
    let expected: Vec<Fault> =
        expected.iter().map(|(field, problem)| Fault { field: (*field).into(), problem: *problem }).collect();
    assert_eq!(faults(reason, lines, known).iter().cloned().collect::<Vec<_>>(), expected);
}

#[test]
fn a_reason_and_a_line_for_each_known_person_is_a_weighing() {
    assert_faults(&text("reden"), &[line(1), line(2)], &[2, 1], &[]);
    assert_faults(&text("reden"), &[], &[], &[]);
}

#[test]
fn without_a_reason_nothing_is_weighed_not_even_that_nobody_is_known() {
    assert_faults(&empty(), &[], &[], &[("reason", Problem::Missing)]);
}

#[test]
fn a_known_person_who_is_left_out_was_not_weighed() {
    assert_faults(&text("reden"), &[line(1)], &[1, 2], &[("lines", Problem::LeftOut)]);
}

#[test]
fn every_fault_is_named_at_once() {
    let silent = Line { person: 1, text: empty() };
    assert_faults(
        &empty(),
        &[silent, line(1), line(7)],
        &[1, 2],
        &[
            ("reason", Problem::Missing),
            ("lines[0].text", Problem::Missing),
            ("lines[1].person", Problem::Duplicate),
            ("lines[2].person", Problem::NotAsked),
            ("lines", Problem::LeftOut),
        ],
    );
}
