//! What makes no other person, and what does.

use super::*;
use crate::arbitrary;
use crate::identity::Bsn;
use proptest::prelude::*;

fn named(surname: &str, first_names: &str) -> Identity {
    Identity { surname: surname.into(), first_names: first_names.into(), ..Identity::unknown() }
}

fn at(postcode: &str, house_number: &str) -> Identity {
    Identity { postcode: postcode.into(), house_number: house_number.into(), ..named("Vries", "Jan") }
}

fn same(one: &Identity, other: &Identity) -> bool {
    Normal::of(one) == Normal::of(other)
}

#[test]
fn accents_capitals_apostrophes_hyphens_and_spaces_make_no_other_name() {
    // A33.
    for (one, other) in [
        ("Müller", "MULLER"),
        ("Müller", "Mu\u{308}ller"),
        ("Çelik", "celik"),
        ("Øster", "Oster"),
        ("Groß", "GROSS"),
        ("\u{132}sbrand", "IJsbrand"),
        ("D'Ancona", "d’ancona"),
        ("Jansen-Smit", "Jansen Smit"),
        ("  van   der Berg ", "Van der Berg"),
        ("Berg, van der", "van der Berg"),
        ("'t Hart", "’T HART"),
    ] {
        assert!(same(&named(one, ""), &named(other, "")), "{one} {other}");
    }
    assert!(same(&named("Vries", "Zoë J.P."), &named("Vries", "zoe j p")));
    for (one, other) in [("van der Berg", "Berg"), ("Jansen", "Janssen"), ("Ten Cate", "Tencate")] {
        assert!(!same(&named(one, ""), &named(other, "")), "{one} {other}");
    }
}

#[test]
fn a_tussenvoegsel_stands_apart_and_a_name_is_never_nothing_but_that() {
    assert_eq!(Surname::of("van der Berg").words, ["berg"]);
    assert_eq!(Surname::of("'t Hart").words, ["hart"]);
    assert_eq!(Surname::of("de").words, ["de"]);
    assert_eq!(Surname::of("van, de").words, ["van"]);
    assert_eq!(Surname::of("Jansen-de Vries").significant(), BTreeSet::from(["jansen", "vries"]));
    assert!(Surname::of(" - ").words.is_empty());
}

#[test]
fn an_address_is_a_postcode_and_a_house_number_with_its_addition() {
    for (one, other) in [(("1234 AB", "12 A"), ("1234ab", "12-a")), (("1234AB", "12a"), ("1234 ab", " 12 a"))] {
        assert!(same(&at(one.0, one.1), &at(other.0, other.1)));
    }
    for number in ["12", "122", "12b", "12-2"] {
        assert!(!same(&at("1234 AB", "12a"), &at("1234 AB", number)), "{number}");
    }
    assert!(!same(&at("1234 AB", "12-2"), &at("1234 AB", "122")));
    assert!(Normal::of(&at("1234 AB", "")).address.is_none() && Normal::of(&at("", "12")).address.is_none());
}

#[test]
fn a_person_is_found_by_few_keys_that_few_others_have() {
    let identity = Identity { birth: PartialDate::parse("1990-04-02").unwrap(), ..at("1234 AB", "12a") };
    let keys = ["address:1234ab:12-a", "birth:1990-04-02", "initial:vries:j", "year:vries:1990"];
    assert_eq!(Normal::of(&identity).keys(), keys.map(String::from).into());
    assert!(Normal::of(&identity).search_keys().contains("birth:1990-02-04"));
    let bare = Identity { bsn: Bsn::parse("999993653"), ..Identity::unknown() };
    assert!(Normal::of(&bare).keys().is_empty());
}

#[test]
fn it_cannot_be_printed() {
    assert_eq!(format!("{:?}", Normal::of(&named("Vries", "Jan"))), "‹identity›");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_normal_form_of_a_normal_form_is_that_form(
        surname in "\\PC{0,20}|(van|der|de|'t|,| |-|Berg){0,7}", first in "\\PC{0,20}", number in "\\PC{0,10}|[0-9]{1,3}[ -]?[0-9a-zA-Z]{0,3}",
    ) {
        let once = Normal::of(&Identity { house_number: number, ..at("1234 AB", "") });
        let again = once.address.as_ref().map(|address| at(&address.postcode, &address.house_number.join(" ")));
        prop_assert!(again.is_none_or(|again| Normal::of(&again).address == once.address));
        let once = Normal::of(&named(&surname, &first));
        let written = [once.surname.before.clone(), once.surname.words.clone()].concat().join(" ");
        prop_assert!(Normal::of(&named(&written, &once.first_names.join(" "))) == once);
    }

    #[test]
    fn a_search_looks_at_every_key_of_the_person_itself(identity in arbitrary::identity()) {
        let normal = Normal::of(&identity);
        prop_assert!(normal.keys().is_subset(&normal.search_keys()));
    }
}
