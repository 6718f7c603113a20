//! The person list: one suspect, nobody twice, nobody unborn as a person.

use super::*;
use crate::fault::Fault;
use crate::testing::*;

#[track_caller]
fn assert_faults(household: &Household, expected: &[(&str, Problem)]) {
    let expected: Vec<Fault> =
        expected.iter().map(|(field, problem)| Fault { field: format!("h.{field}"), problem: *problem }).collect();
    assert_eq!(household.faults("h", today()).iter().cloned().collect::<Vec<_>>(), expected);
}

#[test]
fn a_family_with_a_suspect_is_a_person_list_and_one_without_is_none() {
    assert_faults(&parent_and_child(FIFTEEN), &[]);
    assert_faults(&Household::default(), &[("persons", Problem::Missing)]);
}

#[test]
fn only_number_one_is_the_suspect() {
    let mut household = parent_and_child(FIFTEEN);
    household.persons[1].roles.insert(PersonRole::Verdachte);
    household.persons[1].relation = Relation::Zelf;
    household.persons[0].roles.clear();
    assert_faults(
        &household,
        &[
            ("persons[0].roles", Problem::Missing),
            ("persons[1].roles", Problem::Superfluous),
            ("persons[1].relation", Problem::Form),
        ],
    );
}

#[test]
fn a_number_or_a_person_stands_on_the_list_once() {
    let mut household = parent_and_child(FIFTEEN);
    household.persons.push(household.persons[1].clone());
    assert_faults(
        &household,
        &[("persons[3].number", Problem::Duplicate), ("persons[3].identity", Problem::Duplicate)],
    );
    household.persons[3].number = 4;
    assert_faults(&household, &[("persons[3].identity", Problem::Duplicate)]);
}

#[test]
fn a_further_person_stands_on_the_list_once_and_needs_no_identity() {
    let mut household = parent_and_child(FIFTEEN);
    let further = Further { reference: "f".into(), age: AgeClass::Adult };
    for number in [4, 5] {
        let identity = Sensitive::forgotten(number);
        let further = Some(further.clone());
        household.persons.push(Person { identity, further, ..person(number, Relation::OverigGezin, "") });
    }
    assert_faults(&household, &[("persons[4].identity", Problem::Duplicate)]);
}

#[test]
fn without_a_bsn_the_other_identifiers_are_needed() {
    let mut household = parent_and_child(FIFTEEN);
    household.persons[1].identity = Sensitive::about(2, Identity::unknown());
    assert_faults(&household, &[("persons[1].identity.surname", Problem::Missing)]);
}

#[test]
fn nobody_is_born_tomorrow() {
    assert_faults(
        &family(FIFTEEN, &[(Relation::Kind, "2026-06-02")]),
        &[("persons[1].identity.birth_date", Problem::InFuture)],
    );
    assert_faults(&family(FIFTEEN, &[(Relation::Kind, "2026")]), &[]);
}

#[test]
fn the_mother_of_an_unborn_child_is_on_the_list() {
    let mut household = parent_and_child(FIFTEEN);
    household.unborn_of = BTreeSet::from([2, 9]);
    assert_faults(&household, &[("unborn_of[1]", Problem::UnknownPerson)]);
}

#[test]
fn whose_birth_date_is_partly_known_may_be_minor_and_adult() {
    let class = |birth| person(2, Relation::Kind, birth).age_class(today());
    assert_eq!(class("2008-06-01"), AgeClass::Adult);
    assert_eq!(class("2008-06-02"), AgeClass::Minor);
    assert_eq!(class("2008"), AgeClass::Uncertain);
    assert_eq!(class(""), AgeClass::Uncertain);
    let forgotten = Person { identity: Sensitive::forgotten(2), ..person(2, Relation::Kind, FIFTEEN) };
    assert_eq!(forgotten.age_class(today()), AgeClass::Uncertain);
}
