//! Who is the same person, who may be, and who is not.

use super::*;
use crate::identity::Bsn;
use jiff::civil::date;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const ONE: &str = "999993653";
const OTHER: &str = "999990019";

fn someone() -> Identity {
    Identity {
        bsn: None,
        surname: "van der Berg".into(),
        first_names: "Jan Peter".into(),
        birth: PartialDate::Day(date(1990, 4, 2)),
        postcode: "1234 AB".into(),
        house_number: "12a".into(),
    }
}

fn numbered(number: &str) -> Identity {
    Identity { bsn: Bsn::parse(number), ..someone() }
}

fn called(surname: &str) -> Identity {
    Identity { surname: surname.into(), ..someone() }
}

fn first_named(first_names: &str) -> Identity {
    Identity { first_names: first_names.into(), ..someone() }
}

fn born(birth: &str) -> Identity {
    Identity { birth: PartialDate::parse(birth).unwrap(), ..someone() }
}

fn elsewhere(one: Identity) -> Identity {
    Identity { postcode: "9876 ZX".into(), ..one }
}

fn nowhere(one: Identity) -> Identity {
    Identity { postcode: String::new(), ..one }
}

fn candidate<const N: usize>(deviations: [Deviation; N]) -> Match {
    Match::Candidate(deviations.into())
}

#[test]
fn the_same_bsn_is_the_same_person_whatever_else_is_said() {
    let bare = Identity { bsn: Bsn::parse(ONE), ..Identity::unknown() };
    assert_eq!(compare(&bare, &numbered(ONE)), Match::Exact);
    assert_eq!(compare(&Identity { bsn: Bsn::parse(ONE), ..called("Jansen") }, &numbered(ONE)), Match::Exact);
}

#[test]
fn without_a_bsn_all_four_other_identifiers_must_be_known_and_the_same() {
    // A33, Wmo 5.2.9, Jeugdwet 7.2.4.
    let written = Identity { house_number: "12 A".into(), first_names: "Ján-Peter".into(), ..called("VAN DER BERG") };
    assert_eq!(compare(&written, &someone()), Match::Exact);
    assert_eq!(compare(&someone(), &numbered(ONE)), Match::Exact);
    assert_eq!(compare(&numbered(ONE), &someone()), candidate([Deviation::BsnNotHeld]));
    assert_eq!(compare(&nowhere(someone()), &nowhere(someone())), candidate([Deviation::AddressUnknown]));
    assert_eq!(compare(&first_named(""), &first_named("")), candidate([Deviation::FirstNamesUnknown]));
    assert_eq!(compare(&born("1990-04"), &born("1990-04")), candidate([Deviation::BirthPartial]));
    assert_eq!(compare(&called(""), &called("")), Match::Different);
    assert_eq!(compare(&Identity::unknown(), &Identity::unknown()), Match::Different);
}

#[test]
fn another_bsn_is_never_the_same_person_and_only_the_same_name_and_birth_make_a_candidate() {
    let other = numbered(OTHER);
    assert_eq!(compare(&numbered(ONE), &other), candidate([Deviation::OtherBsn]));
    let moved = elsewhere(numbered(ONE));
    assert_eq!(compare(&moved, &other), candidate([Deviation::OtherBsn, Deviation::OtherAddress]));
    for changed in [called("van der Bergh"), first_named("Jan"), born("1990-02-04"), born("1990")] {
        let changed = Identity { bsn: Bsn::parse(ONE), ..changed };
        assert_eq!(compare(&changed, &other), Match::Different);
    }
}

#[test]
fn valid_bsns_never_differ_in_one_digit_or_by_two_that_changed_places() {
    // Why a wrong digit in a BSN is refused before anyone is looked up.
    for place in 0..9 {
        let with = |digit: char| ONE.char_indices().map(|(at, one)| if at == place { digit } else { one }).collect();
        let valid = ('0'..='9').map(with).filter(|number: &String| Bsn::parse(number).is_some());
        assert_eq!(valid.collect::<Vec<_>>(), [ONE]);
        for second in place + 1..9 {
            let mut digits: Vec<char> = ONE.chars().collect();
            digits.swap(place, second);
            let number: String = digits.into_iter().collect();
            assert!(number == ONE || Bsn::parse(&number).is_none(), "{number}");
        }
    }
}

#[test]
fn one_letter_that_is_otherwise_makes_a_candidate() {
    for surname in ["van der Bergh", "van der Borg", "van der Breg", "van der Beg"] {
        assert_eq!(compare(&called(surname), &someone()), candidate([Deviation::SurnameSlip]), "{surname}");
    }
    for first_names in ["Jan Pieter", "Jon Peter", "Jna Peter"] {
        assert_eq!(compare(&first_named(first_names), &someone()), candidate([Deviation::FirstNamesSlip]));
    }
    assert_eq!(compare(&born("1990-04-03"), &someone()), candidate([Deviation::BirthSlip]));
}

#[test]
fn a_day_and_a_month_that_changed_places_make_a_candidate() {
    assert_eq!(compare(&born("1990-02-04"), &someone()), candidate([Deviation::BirthSwapped]));
}

#[test]
fn a_name_in_another_form_makes_a_candidate() {
    for surname in ["Berg", "vd Berg", "van den Berg", "Vanderberg", "van der Berg-Jansen", "Jansen-van der Berg"] {
        assert_eq!(compare(&called(surname), &someone()), candidate([Deviation::SurnameVariant]), "{surname}");
    }
    assert_eq!(compare(&called("Dijk"), &called("Dyk")), candidate([Deviation::SurnameVariant]));
    assert_eq!(compare(&called("Smit Jansen"), &called("Jansen-Smit")), candidate([Deviation::SurnameVariant]));
    for first_names in ["Jan", "Peter", "J.", "J.P.", "JP", "P", "J Peter", "Janpeter"] {
        let met = compare(&first_named(first_names), &someone());
        assert_eq!(met, candidate([Deviation::FirstNamesVariant]), "{first_names}");
    }
}

#[test]
fn a_date_that_is_known_in_part_makes_a_candidate_where_it_fits() {
    // A33.
    for birth in ["1990", "1990-04"] {
        assert_eq!(compare(&born(birth), &someone()), candidate([Deviation::BirthPartial]), "{birth}");
    }
    assert_eq!(compare(&born(""), &someone()), candidate([Deviation::BirthUnknown]));
    for birth in ["1991", "1990-05"] {
        assert_eq!(compare(&nowhere(born(birth)), &someone()), Match::Different, "{birth}");
    }
}

#[test]
fn another_address_makes_a_candidate_and_the_same_one_with_one_thing_otherwise_too() {
    assert_eq!(compare(&elsewhere(someone()), &someone()), candidate([Deviation::OtherAddress]));
    assert_eq!(compare(&called("Jansen"), &someone()), candidate([Deviation::OtherSurname]));
    assert_eq!(compare(&first_named("Kees"), &someone()), candidate([Deviation::OtherFirstNames]));
    assert_eq!(compare(&born("1961-12-30"), &someone()), candidate([Deviation::OtherBirth]));
    let married = elsewhere(called("Jansen"));
    assert_eq!(compare(&married, &someone()), candidate([Deviation::OtherSurname, Deviation::OtherAddress]));
}

#[test]
fn who_agrees_in_too_little_is_someone_else() {
    let only = |surname: &str| nowhere(Identity { first_names: String::new(), ..called(surname) });
    assert_eq!(
        compare(&Identity { birth: PartialDate::Unknown, ..only("van der Berg") }, &someone()),
        Match::Different
    );
    let father = Identity { birth: PartialDate::Day(date(1961, 12, 30)), ..first_named("Kees") };
    assert_eq!(compare(&father, &someone()), Match::Different);
    assert_eq!(compare(&elsewhere(first_named("Kees")), &someone()), Match::Different);
    assert_eq!(compare(&elsewhere(born("1961-12-30")), &someone()), Match::Different);
}

/// People who are easily taken for each other.
fn anyone() -> impl Strategy<Value = Identity> {
    let surname = vec!["", "Jansen", "Janssen", "de Jansen", "Jansen-Smit", "Smit", "Dijk", "Dyk", "Jansén"];
    let first_names = vec!["", "Jan", "Jon", "J.", "Jan Peter", "Peter", "J.P.", "Kees"];
    let births = vec!["", "1990", "1990-04", "1990-04-02", "1990-02-04", "1990-04-03", "1980-04-02", "1961-12-30"];
    let (bsn, postcode) = (option::weighted(0.3, select(vec![ONE, OTHER])), select(vec!["", "1234 AB", "9876ZX"]));
    (bsn, select(surname), select(first_names), select(births), postcode).prop_map(
        |(bsn, surname, first_names, birth, postcode)| Identity {
            bsn: bsn.and_then(Bsn::parse),
            surname: surname.into(),
            first_names: first_names.into(),
            postcode: postcode.into(),
            ..born(birth)
        },
    )
}

/// The same, written otherwise.
fn noisy(one: &Identity) -> Identity {
    let accents = |text: &str| text.replace('a', "á").replace('e', "Ë").replace(['-', ' '], " - ");
    Identity {
        surname: accents(&one.surname),
        first_names: one.first_names.to_uppercase(),
        postcode: one.postcode.to_lowercase().replace(' ', ""),
        house_number: one.house_number.replace('a', "-A"),
        ..one.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_is_the_same_bsn_or_all_four_known_and_the_same(asked in anyone(), held in anyone()) {
        let same = Normal::of(&asked) == Normal::of(&held) && Normal::of(&asked).is_whole();
        let exact = if asked.bsn.is_some() { asked.bsn == held.bsn } else { same };
        prop_assert_eq!(compare(&asked, &held) == Match::Exact, exact);
    }

    #[test]
    fn whoever_is_no_stranger_is_found_by_a_search(asked in anyone(), held in anyone()) {
        let by_bsn = asked.bsn.is_some() && asked.bsn == held.bsn;
        let met = !Normal::of(&asked).search_keys().is_disjoint(&Normal::of(&held).keys());
        prop_assert!(met || by_bsn || compare(&asked, &held) == Match::Different);
    }

    #[test]
    fn how_it_is_written_changes_nothing_and_makes_no_candidate_exact(asked in anyone(), held in anyone()) {
        let met = compare(&asked, &held);
        prop_assert_eq!(&compare(&noisy(&asked), &held), &met);
        prop_assert_eq!(&compare(&asked, &noisy(&held)), &met);
    }

    #[test]
    fn it_does_not_matter_who_is_asked_and_who_is_held_but_for_a_bsn_on_one_side(one in anyone(), other in anyone()) {
        let other = Identity { bsn: other.bsn.filter(|_| one.bsn.is_some()), ..other };
        let one = Identity { bsn: one.bsn.clone().filter(|_| other.bsn.is_some()), ..one };
        prop_assert_eq!(compare(&one, &other), compare(&other, &one));
    }

    #[test]
    fn a_candidate_says_why_it_is_no_match(asked in anyone(), held in anyone()) {
        if let Match::Candidate(deviations) = compare(&asked, &held) {
            prop_assert!(!deviations.is_empty());
            prop_assert!(deviations.iter().all(|one| !one.words().is_empty()));
        }
    }
}
