//! A question: about the right ages, to the right office, and the same when it asks the same.

use super::*;
use crate::arbitrary;
use crate::fault::Fault;
use crate::testing::*;
use proptest::prelude::*;

fn kindcheck() -> Question {
    question_of(&flow_b(), Item::Kindcheck)
}

fn oudercheck() -> Question {
    question_of(&flow_a(), Item::Oudercheck)
}

fn faults_in(question: &Question) -> Vec<(String, Problem)> {
    question.faults("q", now()).iter().map(|Fault { field, problem }| (field.clone(), *problem)).collect()
}

#[track_caller]
fn assert_faults(question: &Question, expected: &[(&str, Problem)]) {
    let expected: Vec<_> = expected.iter().map(|(field, problem)| (format!("q.{field}"), *problem)).collect();
    assert_eq!(faults_in(question), expected);
}

fn born(question: &mut Question, birth: &str) {
    let subject = &mut question.subjects[0];
    subject.identity = Sensitive::about(subject.person, identity(subject.person, birth));
}

#[test]
fn what_the_lead_asks_is_right() {
    for question in [kindcheck(), oudercheck(), question_of(&flow_a(), Item::VeiligThuis)] {
        assert_faults(&question, &[]);
    }
}

#[test]
fn a_certain_adult_does_not_belong_in_a_kindcheck_and_who_may_be_a_child_does() {
    // A10, D9, scenario 12.
    let mut question = kindcheck();
    born(&mut question, ADULT);
    assert_faults(&question, &[("subjects[0]", Problem::WrongAge)]);
    for birth in [AROUND_EIGHTEEN, ""] {
        born(&mut question, birth);
        assert_faults(&question, &[]);
    }
}

#[test]
fn a_certain_minor_does_not_belong_in_an_oudercheck_and_who_may_be_an_adult_does() {
    let mut question = oudercheck();
    born(&mut question, FIFTEEN);
    assert_faults(&question, &[("subjects[0]", Problem::WrongAge)]);
    for birth in [AROUND_EIGHTEEN, ""] {
        born(&mut question, birth);
        assert_faults(&question, &[]);
    }
}

#[test]
fn veilig_thuis_is_asked_about_every_age() {
    let mut question = question_of(&flow_a(), Item::VeiligThuis);
    for birth in [ADULT, FIFTEEN, ""] {
        born(&mut question, birth);
        assert_faults(&question, &[]);
    }
}

#[test]
fn a_kindcheck_has_a_reference_person_and_nothing_else_has_one() {
    let reference = kindcheck().reference;
    assert_faults(&Question { reference: None, ..kindcheck() }, &[("reference_person", Problem::Missing)]);
    assert_faults(&Question { reference, ..oudercheck() }, &[("reference_person", Problem::Superfluous)]);
}

#[test]
fn a_question_about_nobody_or_about_someone_twice_is_a_fault() {
    assert_faults(&Question { subjects: Vec::new(), ..oudercheck() }, &[("subjects", Problem::Missing)]);
    assert_faults(&Question { subjects: Vec::new(), ..kindcheck() }, &[]);
    let mut twice = oudercheck();
    twice.subjects.push(twice.subjects[0].clone());
    assert_faults(&twice, &[("subjects[1]", Problem::Duplicate)]);
}

#[test]
fn a_question_to_another_office_or_under_another_name_is_a_fault() {
    let addressee = Organisation::new(crate::organisation::Kind::Rvdk, Region::midden());
    assert_faults(&Question { addressee, ..oudercheck() }, &[("item", Problem::NotForThisOffice)]);
    assert_faults(&Question { round: 2, ..oudercheck() }, &[("name", Problem::Form)]);
}

#[test]
fn only_veilig_thuis_learns_the_references_of_the_notices() {
    // P6.
    let vt = question_of(&flow_a(), Item::VeiligThuis);
    assert_eq!((vt.report.as_deref(), vt.zorgmelding.as_deref()), (Some(REPORT), Some("ZM-1")));
    for question in [kindcheck(), oudercheck()] {
        assert_eq!((question.report, question.zorgmelding), (None, None));
    }
}

#[test]
fn another_round_asks_the_same_and_any_other_difference_does_not() {
    let one = oudercheck();
    let name = QuestionName::derive(one.assignment, one.item, 2);
    assert!(Question { name, round: 2, ..one.clone() }.asks_the_same_as(&one));
    assert!(!Question { hg_km: false, ..one.clone() }.asks_the_same_as(&one));
    assert!(!Question { subjects: Vec::new(), ..one.clone() }.asks_the_same_as(&one));
    assert!(!Question { report: Some("VT-1".into()), ..one.clone() }.asks_the_same_as(&one));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_persons_to_answer_about_are_the_subjects_and_the_reference_only_for_children_nobody_named(
        question in arbitrary::question(),
    ) {
        let subjects: Vec<_> = question.subjects.iter().map(|subject| subject.person).collect();
        let about = question.answer_about();
        prop_assert!(!about.is_empty() && about.starts_with(&subjects));
        let extra: Vec<_> = about[subjects.len()..].to_vec();
        match &question.reference {
            Some(reference) if subjects.is_empty() || reference.unborn => prop_assert_eq!(extra, [reference.person]),
            _ => prop_assert!(extra.is_empty()),
        }
    }
}
