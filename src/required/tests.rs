//! Who must be asked about whom: by rule, never empty in a flow, nothing outside one.

use super::*;
use crate::arbitrary;
use crate::flow::{Doubt, Outside, determine};
use crate::household::{Further, PersonRole, Relation};
use crate::offence::HgKm;
use crate::testing::{ADULT, AROUND_EIGHTEEN, FIFTEEN, act, family, nee, now, parent_and_child, today};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn compute_with(flow: Flow, household: &Household, hg_km: &HgKm, settled: Option<SettledAge>) -> Option<Required> {
    let act = act(today(), today());
    compute(Facts { flow: &flow, act: &act, hg_km, settled, household }, now())
}

fn required(flow: Flow, household: &Household) -> Required {
    compute_with(flow, household, &HgKm::Ja, None).unwrap()
}

fn about(required: &Required, item: Item) -> Vec<PersonNumber> {
    required.of(item).map(|one| one.subjects.iter().map(|asked| asked.person).collect()).unwrap_or_default()
}

fn uncertain(required: &Required, item: Item) -> Vec<PersonNumber> {
    let subjects = required.of(item).map(|one| one.subjects.clone()).unwrap_or_default();
    subjects.iter().filter(|asked| asked.age_uncertain).map(|asked| asked.person).collect()
}

/// Mother (2), little sister (3), adult brother (4), a neighbour (5), and an uncle of unknown age (6).
fn mixed(suspect: &str) -> Household {
    family(
        suspect,
        &[
            (Relation::Ouder, "1980-01-01"),
            (Relation::BroerZus, "2019-01-01"),
            (Relation::BroerZus, "2000-01-01"),
            (Relation::GeenFamilie, "1970-01-01"),
            (Relation::OverigGezin, ""),
        ],
    )
}

#[test]
fn flow_a_asks_vt_about_all_3ro_about_adults_and_searches_own_files_on_minors() {
    // D8, A10.
    let required = required(Flow::A, &mixed(FIFTEEN));
    assert_eq!(about(&required, Item::VeiligThuis), [1, 2, 3, 4, 6]);
    assert_eq!(about(&required, Item::Oudercheck), [2, 4, 6]);
    assert_eq!(about(&required, Item::EigenOnderzoek), [1, 3, 6]);
    assert_eq!(about(&required, Item::Politiedossier), [1]);
    assert!(required.of(Item::Kindcheck).is_none(), "D4: it is RvdK's own file");
}

#[test]
fn flow_b_asks_vt_about_all_rvdk_about_minors_and_searches_own_files_on_adults() {
    let required = required(Flow::B, &mixed(ADULT));
    assert_eq!(about(&required, Item::VeiligThuis), [1, 2, 3, 4, 6]);
    assert_eq!(about(&required, Item::Kindcheck), [3, 6]);
    assert_eq!(about(&required, Item::EigenOnderzoek), [1, 2, 4, 6]);
    assert_eq!(about(&required, Item::Politiedossier), [1]);
    assert!(required.of(Item::Oudercheck).is_none());
}

#[test]
fn whoever_may_be_a_minor_or_an_adult_is_in_both_checks_and_is_marked() {
    // D8, A33.
    let a = required(Flow::A, &mixed(FIFTEEN));
    let b = required(Flow::B, &mixed(ADULT));
    for (required, item) in [(&a, Item::Oudercheck), (&b, Item::Kindcheck), (&a, Item::VeiligThuis)] {
        assert_eq!(uncertain(required, item), [6], "{item}");
    }
}

#[test]
fn a_victim_who_is_no_family_is_asked_about_at_veilig_thuis() {
    let mut household = mixed(FIFTEEN);
    household.persons[4].roles.insert(PersonRole::Slachtoffer);
    assert_eq!(about(&required(Flow::A, &household), Item::VeiligThuis), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_kindcheck_is_asked_also_when_no_child_is_known() {
    // D9: does this family have minor children?
    let required = required(Flow::B, &family(ADULT, &[(Relation::Partner, "1988-01-01")]));
    let kindcheck = required.of(Item::Kindcheck).unwrap();
    assert!(kindcheck.subjects.is_empty());
    assert_eq!(kindcheck.reference, Some(Reference { person: SUSPECT, unborn: false }));
    assert_eq!(kindcheck.answer_about(), [SUSPECT]);
}

#[test]
fn with_named_children_the_reference_is_a_search_key_and_no_answer_comes_about_it() {
    let required = required(Flow::B, &parent_and_child(ADULT));
    assert_eq!(required.of(Item::Kindcheck).unwrap().answer_about(), [3]);
}

#[test]
fn an_unborn_child_is_asked_about_through_its_mother_and_is_no_person() {
    // A11, D9, scenario 8.
    let mut household = family(ADULT, &[(Relation::Partner, "1990-01-01")]);
    household.unborn_of.insert(2);
    let required = required(Flow::B, &household);
    let kindcheck = required.of(Item::Kindcheck).unwrap();
    assert_eq!(kindcheck.reference, Some(Reference { person: 2, unborn: true }));
    assert!(kindcheck.subjects.is_empty());
    assert_eq!(kindcheck.answer_about(), [2]);
    let listed: BTreeSet<_> = household.persons.iter().map(|person| person.number).collect();
    let asked = required.items().iter().flat_map(|one| one.answer_about());
    assert!(asked.into_iter().all(|person| listed.contains(&person)));
}

#[test]
fn an_unborn_child_beside_a_born_one_is_asked_about_too() {
    let mut household = parent_and_child(ADULT);
    household.unborn_of.insert(2);
    assert_eq!(required(Flow::B, &household).of(Item::Kindcheck).unwrap().answer_about(), [3, 2]);
}

#[test]
fn the_oudercheck_is_left_out_only_without_any_possible_adult() {
    // D9, A29.
    let children = family(FIFTEEN, &[(Relation::BroerZus, "2019-01-01"), (Relation::GeenFamilie, "1970-01-01")]);
    assert!(required(Flow::A, &children).of(Item::Oudercheck).is_none());
    let maybe = family(FIFTEEN, &[(Relation::BroerZus, AROUND_EIGHTEEN)]);
    assert_eq!(about(&required(Flow::A, &maybe), Item::Oudercheck), [2]);
}

#[test]
fn an_unresolvable_suspect_joins_the_oudercheck_as_uncertain_in_hg_km_cases() {
    // D3, in place of 3RO's own file.
    let household = family(AROUND_EIGHTEEN, &[]);
    let unresolvable = Some(SettledAge::Unresolvable);
    let with = compute_with(Flow::A, &household, &HgKm::Ja, unresolvable).unwrap();
    assert_eq!(with.of(Item::Oudercheck).unwrap().subjects, [Asked { person: SUSPECT, age_uncertain: true }]);
    let without = compute_with(Flow::A, &household, &nee(), unresolvable).unwrap();
    assert!(without.of(Item::Oudercheck).is_none());
    let minor = compute_with(Flow::A, &household, &HgKm::Ja, Some(SettledAge::Minor)).unwrap();
    assert!(minor.of(Item::Oudercheck).is_none());
}

#[test]
fn a_family_members_age_is_that_of_the_day_of_the_question() {
    // D8: the sister turns 18 on 2 June 2026.
    let household = family(FIFTEEN, &[(Relation::BroerZus, "2008-06-02")]);
    let act = act(today(), today());
    let facts = Facts { flow: &Flow::A, act: &act, hg_km: &HgKm::Ja, settled: None, household: &household };
    assert!(compute(facts, now()).unwrap().of(Item::Oudercheck).is_none());
    let tomorrow = crate::testing::hours(24);
    assert_eq!(about(&compute(facts, tomorrow).unwrap(), Item::Oudercheck), [2]);
}

#[test]
fn of_a_further_person_the_lead_told_minor_or_adult_and_that_counts() {
    // D10.
    for (age, item, other) in [
        (AgeClass::Minor, Item::EigenOnderzoek, Item::Oudercheck),
        (AgeClass::Adult, Item::Oudercheck, Item::EigenOnderzoek),
    ] {
        let mut household = family(FIFTEEN, &[(Relation::OverigGezin, "")]);
        household.persons[1].identity = crate::Sensitive::forgotten(2);
        household.persons[1].further = Some(Further { reference: "f".into(), age });
        let required = required(Flow::A, &household);
        assert!(about(&required, item).contains(&2) && !about(&required, other).contains(&2), "{age:?}");
    }
}

#[test]
fn outside_the_flows_nobody_is_asked_anything() {
    // Invariant 6, D2.
    let household = mixed(ADULT);
    for flow in [
        Flow::Outside(Outside::AdultWithoutHgKm),
        Flow::Outside(Outside::LegalPerson),
        Flow::Under12,
        Flow::Undecided(BTreeSet::from([Doubt::AroundEighteen])),
    ] {
        assert_eq!(compute_with(flow, &household, &HgKm::Ja, None), None);
    }
}

#[test]
fn there_is_no_empty_required_set_not_even_read_from_a_journal() {
    assert!(Required::try_new(Vec::new(), RULE_SET, today()).is_err());
    assert!(serde_json::from_str::<Required>(r#"{"items":[],"rule_set":1}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_family_no_certain_adult_is_in_a_kindcheck_and_no_certain_minor_in_an_oudercheck(
        (at, facts) in arbitrary::instant().prop_flat_map(|at| (Just(at), arbitrary::registration(at))),
        settled in proptest::option::of(arbitrary::settlement(now())),
    ) {
        let settled = settled.and_then(|settlement| settlement.age);
        let household = &facts.household;
        let flow = determine(facts.suspect, age_at_act(household, &facts.act), &facts.hg_km, settled);
        let facts = Facts { flow: &flow, act: &facts.act, hg_km: &facts.hg_km, settled, household };
        let required = compute(facts, at);
        prop_assert_eq!(required.is_some(), matches!(flow, Flow::A | Flow::B));
        let Some(required) = required else { return Ok(()) };
        let class = |person: &Asked| household.person(person.person).unwrap().age_class(day_of(at));
        prop_assert!(!required.items().is_empty());
        for one in required.items() {
            let numbers: BTreeSet<_> = one.subjects.iter().map(|asked| asked.person).collect();
            prop_assert_eq!(numbers.len(), one.subjects.len(), "nobody twice");
            prop_assert!(!one.answer_about().is_empty(), "an answer is always about someone");
            prop_assert_eq!(one.reference.is_some(), one.item == Item::Kindcheck);
            for asked in &one.subjects {
                match one.item {
                    Item::Kindcheck => prop_assert!(class(asked) != AgeClass::Adult && asked.person != SUSPECT),
                    Item::Oudercheck if asked.person != SUSPECT => prop_assert!(class(asked) != AgeClass::Minor),
                    _ => {}
                }
            }
        }
        let checks = [Item::Oudercheck, Item::Kindcheck, Item::EigenOnderzoek].map(|item| about(&required, item));
        for person in household.persons.iter().filter(|person| person.is_family()) {
            prop_assert!(about(&required, Item::VeiligThuis).contains(&person.number));
            prop_assert!(checks.iter().any(|check| check.contains(&person.number)), "nobody is forgotten");
        }
        for item in [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier] {
            prop_assert!(about(&required, item).contains(&SUSPECT));
        }
        prop_assert_eq!(required.of(Item::Kindcheck).is_some(), flow == Flow::B);
    }
}
