//! Persons and person lists.

use super::reference;
use crate::date::PartialDate;
use crate::household::{AgeClass, Further, Household, Person, PersonNumber, PersonRole, Relation, SUSPECT};
use crate::identity::{Bsn, Identity};
use crate::personal::Sensitive;
use jiff::civil::date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Years in which persons are born.
pub(super) const BORN: RangeInclusive<i16> = 1940..=2019;

/// A BSN that passes the elfproef.
pub fn bsn() -> impl Strategy<Value = Bsn> {
    (1..=99_999_999u32).prop_filter_map("the elfproef", |front| {
        let digits = format!("{front:08}");
        let weighted: u32 =
            digits.chars().zip((2..=9u32).rev()).map(|(digit, by)| digit.to_digit(10).unwrap_or(0) * by).sum();
        Bsn::parse(&format!("{digits}{}", weighted % 11))
    })
}

/// A date of birth, as far as known.
pub fn partial_date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![4 => born(BORN), 1 => Just(PartialDate::Unknown)]
}

/// A date of birth in some years: the day, the month or the year.
pub(super) fn born(years: RangeInclusive<i16>) -> impl Strategy<Value = PartialDate> {
    (years, 1..=12i8, 1..=28i8, 0..3u8).prop_map(|(year, month, day, known)| match known {
        0 => PartialDate::Year(year),
        1 => PartialDate::Month(year, month),
        _ => PartialDate::Day(date(year, month, day)),
    })
}

/// An identity.
pub fn identity() -> impl Strategy<Value = Identity> {
    identity_born(partial_date())
}

/// An identity with such a date of birth.
pub(super) fn identity_born(birth: impl Strategy<Value = PartialDate>) -> impl Strategy<Value = Identity> {
    let address =
        prop_oneof![Just((String::new(), String::new())), ("[1-9][0-9]{3}[A-Z]{2}", "[1-9][0-9]{0,2}[a-c]?"),];
    let name = "[A-Z][a-zéëïöü]{1,12}";
    (option::of(bsn()), name, prop_oneof![Just(String::new()), name.boxed()], birth, address).prop_map(
        |(bsn, surname, first_names, birth, (postcode, house_number))| Identity {
            bsn,
            surname,
            first_names,
            birth,
            postcode,
            house_number,
        },
    )
}

/// A further person, as OM learns of it.
pub fn further() -> impl Strategy<Value = Further> {
    let age = select(vec![AgeClass::Minor, AgeClass::Adult, AgeClass::Uncertain]);
    (reference(), age).prop_map(|(reference, age)| Further { reference, age })
}

/// A person with an identity; number one is the suspect.
pub fn person(number: PersonNumber) -> impl Strategy<Value = Person> {
    (identity(), roles(number), relation(number), any::<bool>()).prop_map(
        move |(identity, roles, relation, at_address)| Person {
            number,
            identity: Sensitive::about(number, identity),
            roles,
            relation,
            at_address,
            vt_region: None,
            further: None,
        },
    )
}

/// The parts that a person of this number can have.
pub(super) fn roles(number: PersonNumber) -> impl Strategy<Value = BTreeSet<PersonRole>> {
    let others = vec![PersonRole::Slachtoffer, PersonRole::Getuige, PersonRole::Betrokkene];
    subsequence(others, 0..=3).prop_map(move |others| {
        let suspect = (number == SUSPECT).then_some(PersonRole::Verdachte);
        others.into_iter().chain(suspect).collect()
    })
}

/// The relations that a person of this number can have.
pub(super) fn relation(number: PersonNumber) -> BoxedStrategy<Relation> {
    if number == SUSPECT {
        return Just(Relation::Zelf).boxed();
    }
    select(vec![
        Relation::Ouder,
        Relation::Partner,
        Relation::ExPartner,
        Relation::Kind,
        Relation::BroerZus,
        Relation::OverigGezin,
        Relation::GeenFamilie,
    ])
    .boxed()
}

/// A person list with the suspect first; further persons only where a lead can have named them.
pub fn household(with_further: bool) -> impl Strategy<Value = Household> {
    let others = (0..=5usize).prop_flat_map(|count| {
        let numbers = (2..).take(count);
        numbers.map(|number| (person(number), option::weighted(0.2, further()))).collect::<Vec<_>>()
    });
    (person(SUSPECT), others, vec(any::<bool>(), 6)).prop_map(move |(suspect, others, unborn)| {
        let mut persons = vec![suspect];
        for (mut person, further) in others {
            if let Some(further) = further.filter(|_| with_further) {
                person.identity = Sensitive::forgotten(person.number);
                person.further = Some(further);
            }
            if !persons.iter().any(|other| is_same(other, &person)) {
                persons.push(person);
            }
        }
        let unborn_of = persons.iter().zip(unborn).filter(|(_, unborn)| *unborn).map(|(one, _)| one.number).collect();
        Household { persons, unborn_of }
    })
}

fn is_same(one: &Person, other: &Person) -> bool {
    let further = |person: &Person| person.further.as_ref().map(|further| further.reference.clone());
    let identity = one.identity.reveal().zip(other.identity.reveal());
    identity.is_some_and(|(one, other)| one.is_same_as(other))
        || (one.further.is_some() && further(one) == further(other))
}
