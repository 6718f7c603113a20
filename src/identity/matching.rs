//! Whether a person who is asked about is one whom a register holds (A33, D13, Wmo 5.2.9, Jeugdwet 7.2.4).
//!
//! Exact is the same BSN, or, asked without one, all four other identifiers known and the same. Who comes near is a
//! candidate, and a candidate is never a match: a person decides.

use super::normal::{Surname, swapped};
use super::{Identity, Normal};
use crate::date::PartialDate;
use std::collections::BTreeSet;

/// How far two identities are those of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Surely one person.
    Exact,
    /// May be one person; for these reasons that is not sure.
    Candidate(BTreeSet<Deviation>),
    /// Not one person, as far as anyone can tell.
    Different,
}

/// Why a candidate is no match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deviation {
    /// Another BSN, and name and date of birth the same.
    OtherBsn,
    /// Asked with a BSN, and none is held.
    BsnNotHeld,
    /// One letter of the surname is otherwise.
    SurnameSlip,
    /// Tussenvoegsels, a part of a double name, or another way to write the surname.
    SurnameVariant,
    /// Another surname.
    OtherSurname,
    /// One letter of the first names is otherwise.
    FirstNamesSlip,
    /// Initials, or some of the first names.
    FirstNamesVariant,
    /// Other first names.
    OtherFirstNames,
    /// First names are not known on both sides.
    FirstNamesUnknown,
    /// Day and month in each other's place.
    BirthSwapped,
    /// One digit of the date of birth is otherwise.
    BirthSlip,
    /// A date of birth that is known in part, and fits.
    BirthPartial,
    /// Another date of birth.
    OtherBirth,
    /// The date of birth is not known on both sides.
    BirthUnknown,
    /// Another address.
    OtherAddress,
    /// The address is not known on both sides.
    AddressUnknown,
    /// More persons than one have all of this.
    SeveralFit,
}

/// How one identifier of two persons agrees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Same,
    Near(Deviation),
    Unknown(Deviation),
    Other(Deviation),
}

use Agreement::{Near, Other, Same, Unknown};

impl Agreement {
    fn agrees(self) -> bool {
        matches!(self, Same | Near(_))
    }

    fn deviation(self) -> Option<Deviation> {
        match self {
            Same => None,
            Near(deviation) | Unknown(deviation) | Other(deviation) => Some(deviation),
        }
    }
}

impl Deviation {
    /// The words an official reads.
    pub fn words(self) -> &'static str {
        match self {
            Deviation::OtherBsn => "Het BSN is anders. Naam en geboortedatum zijn gelijk.",
            Deviation::BsnNotHeld => "Het register heeft geen BSN van deze persoon.",
            Deviation::SurnameSlip => "De achternaam verschilt één letter.",
            Deviation::SurnameVariant => "De achternaam is anders geschreven of is een deel van een dubbele naam.",
            Deviation::OtherSurname => "De achternaam is anders.",
            Deviation::FirstNamesSlip => "De voornaam verschilt één letter.",
            Deviation::FirstNamesVariant => "Het zijn voorletters, of niet alle voornamen staan er.",
            Deviation::OtherFirstNames => "De voornaam is anders.",
            Deviation::FirstNamesUnknown => "De voornaam is niet aan beide kanten bekend.",
            Deviation::BirthSwapped => "Dag en maand van de geboortedatum zijn omgedraaid.",
            Deviation::BirthSlip => "De geboortedatum verschilt één cijfer.",
            Deviation::BirthPartial => "De geboortedatum is niet helemaal bekend, maar past.",
            Deviation::OtherBirth => "De geboortedatum is anders.",
            Deviation::BirthUnknown => "De geboortedatum is niet aan beide kanten bekend.",
            Deviation::OtherAddress => "Het adres is anders.",
            Deviation::AddressUnknown => "Het adres is niet aan beide kanten bekend.",
            Deviation::SeveralFit => "Meer dan één persoon heeft deze gegevens.",
        }
    }
}

/// Whether a person who is asked about is the one who is held.
///
/// The order matters only where one side has a BSN: who is asked about with a BSN that is not held is not surely this
/// person. Two valid BSNs never differ in one digit, nor by two digits that changed places: the elfproef sees to that. So
/// a wrong BSN is that of somebody else, and only all of name and date of birth can show it.
pub fn compare(asked: &Identity, held: &Identity) -> Match {
    match (&asked.bsn, &held.bsn) {
        (Some(asked), Some(held)) if asked == held => Match::Exact,
        (asked_bsn, held_bsn) => {
            let (asked, held) = (Normal::of(asked), Normal::of(held));
            let parts = [
                surname(&asked.surname, &held.surname),
                first_names(&asked.first_names, &held.first_names),
                birth(asked.birth, held.birth),
                address(&asked, &held),
            ];
            let bsn = match (asked_bsn, held_bsn) {
                (Some(_), Some(_)) if parts[..3].iter().any(|part| *part != Same) => return Match::Different,
                (Some(_), Some(_)) => Some(Deviation::OtherBsn),
                (Some(_), None) => Some(Deviation::BsnNotHeld),
                (None, _) => None,
            };
            let deviations: BTreeSet<Deviation> = parts.iter().filter_map(|part| part.deviation()).chain(bsn).collect();
            match () {
                () if deviations.is_empty() => Match::Exact,
                () if come_near(parts) && can_be_found(&asked, &held) => Match::Candidate(deviations),
                () => Match::Different,
            }
        }
    }
}

/// Nothing is otherwise and at most two of name and birth are inexact; or one is otherwise and all else the same, also the
/// address; or only the surname is otherwise, as by marriage.
fn come_near([surname, first_names, birth, address]: [Agreement; 4]) -> bool {
    let person = [surname, first_names, birth];
    let count = |is: fn(&Agreement) -> bool| person.iter().filter(|part| is(part)).count();
    let (near, other) = (count(|part| matches!(part, Near(_))), count(|part| matches!(part, Other(_))));
    let agree = person.iter().chain([&address]).filter(|part| part.agrees()).count();
    match other {
        0 => surname.agrees() && near <= 2 && agree >= 2,
        1 => (address == Same && near == 0 && agree == 3) || (first_names == Same && birth == Same),
        _ => false,
    }
}

/// Whether a search for the one meets the other: who would not be found is no candidate.
fn can_be_found(asked: &Normal, held: &Normal) -> bool {
    !asked.search_keys().is_disjoint(&held.keys())
}

fn surname(asked: &Surname, held: &Surname) -> Agreement {
    if asked.words.is_empty() || held.words.is_empty() {
        return Unknown(Deviation::OtherSurname);
    }
    if asked == held {
        return Same;
    }
    let (these, those) = (asked.significant(), held.significant());
    let (whole, other) = (asked.words.concat(), held.words.concat());
    let as_written = |name: &str| name.replace("ij", "y");
    match () {
        () if these.is_subset(&those) || those.is_subset(&these) => Near(Deviation::SurnameVariant),
        () if asked.glued() == held.glued() || as_written(&whole) == as_written(&other) => {
            Near(Deviation::SurnameVariant)
        }
        () if one_slip(&whole, &other) => Near(Deviation::SurnameSlip),
        () => Other(Deviation::OtherSurname),
    }
}

fn first_names(asked: &[String], held: &[String]) -> Agreement {
    let (whole, other) = (asked.concat(), held.concat());
    match () {
        () if asked.is_empty() || held.is_empty() => Unknown(Deviation::FirstNamesUnknown),
        () if asked == held => Same,
        () if are_some_of(asked, held) || are_some_of(held, asked) || whole == other => {
            Near(Deviation::FirstNamesVariant)
        }
        () if are_initials_of(&whole, held) || are_initials_of(&other, asked) => Near(Deviation::FirstNamesVariant),
        () if one_slip(&whole, &other) => Near(Deviation::FirstNamesSlip),
        () => Other(Deviation::OtherFirstNames),
    }
}

/// Each of these names, or its initial, is one of those.
fn are_some_of(these: &[String], those: &[String]) -> bool {
    let initial_of = |short: &str, name: &str| short.chars().count() == 1 && name.starts_with(short);
    let fits = |this: &String, that: &String| this == that || initial_of(this, that) || initial_of(that, this);
    these.iter().all(|this| those.iter().any(|that| fits(this, that)))
}

/// "jp" of "jan" and "peter".
fn are_initials_of(short: &str, names: &[String]) -> bool {
    names.len() > 1 && names.iter().filter_map(|name| name.chars().next()).eq(short.chars())
}

fn birth(asked: PartialDate, held: PartialDate) -> Agreement {
    match (asked, held) {
        (PartialDate::Unknown, _) | (_, PartialDate::Unknown) => Unknown(Deviation::BirthUnknown),
        (PartialDate::Day(one), PartialDate::Day(other)) => match () {
            () if one == other => Same,
            () if swapped(one) == Some(other) => Near(Deviation::BirthSwapped),
            () if one_slip(&one.to_string(), &other.to_string()) => Near(Deviation::BirthSlip),
            () => Other(Deviation::OtherBirth),
        },
        _ if asked.earliest() <= held.latest() && held.earliest() <= asked.latest() => Near(Deviation::BirthPartial),
        _ => Other(Deviation::OtherBirth),
    }
}

fn address(asked: &Normal, held: &Normal) -> Agreement {
    match (&asked.address, &held.address) {
        (Some(one), Some(other)) if one == other => Same,
        (Some(_), Some(_)) => Other(Deviation::OtherAddress),
        _ => Unknown(Deviation::AddressUnknown),
    }
}

/// Whether two texts differ in one letter: put in, left out, another one, or two that changed places.
fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let begin = one.iter().zip(&other).take_while(|(this, that)| this == that).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(this, that)| this == that).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([], []) => false,
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([this, that], [first, second]) => this == second && that == first,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
