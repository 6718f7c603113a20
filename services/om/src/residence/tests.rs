//! Who lives where.

use super::*;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 20);

fn person(municipality: &str, vt_region: &str) -> model::Person {
    model::Person { municipality: municipality.into(), vt_region: vt_region.into(), ..model::Person::default() }
}

/// The regions that come out, and the faults.
fn settled(persons: Vec<model::Person>, day: Date) -> (Vec<String>, Vec<(String, Problem)>) {
    let regions = ["midden", "noord"].into_iter().filter_map(Region::parse).collect();
    let residences = Residences { regions, municipalities: Municipalities::example() };
    let mut persons = persons;
    let faults = residences.settle(persons.iter_mut(), "household.persons", day);
    let faults = faults.iter().map(|fault| (fault.field.clone(), fault.problem)).collect();
    (persons.into_iter().map(|person| person.vt_region).collect(), faults)
}

#[test]
fn a_municipality_gives_the_region_of_that_day_and_none_gives_none() {
    // D32, A30.
    let persons = || vec![person("9001", ""), person("9004", ""), person("", "")];
    assert_eq!(settled(persons(), TODAY), (["midden", "midden", ""].map(String::from).into(), Vec::new()));
    let regions = ["midden", "noord", ""].map(String::from).into();
    assert_eq!(settled(persons(), date(2027, 1, 1)), (regions, Vec::new()));
}

#[test]
fn an_unknown_municipality_is_a_fault_and_never_a_default_and_a_chosen_region_stands() {
    let (regions, faults) = settled(vec![person("9001", ""), person("0999", ""), person("0999", "noord")], TODAY);
    assert_eq!(regions, ["midden", "", "noord"]);
    assert_eq!(faults, [("household.persons[1].municipality".to_owned(), Problem::UnknownMunicipality)]);
}

#[test]
fn a_region_that_is_not_known_here_is_a_fault() {
    let (_, faults) = settled(vec![person("9001", "oost")], TODAY);
    assert_eq!(faults, [("household.persons[0].vt_region".to_owned(), Problem::Unknown)]);
}
