//! Names, dates and addresses in the one form in which they are compared (A33), and the keys by which they are found.
//!
//! Accents, capitals, apostrophes, hyphens and spaces make no other person. Tussenvoegsels ("van der", "'t") are kept
//! apart from the name they stand before, and a house number apart from its addition.

use super::Identity;
use crate::date::PartialDate;
use jiff::civil::Date;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Which keys there are and how they are made: an index of other rules has to be made anew.
pub const KEY_RULES: u32 = 1;

/// Words that stand before a surname and are no part of it, as they are written in full or in short.
const TUSSENVOEGSELS: [&str; 47] = [
    "aan", "af", "al", "ben", "bij", "bin", "d", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "el", "het", "ibn", "in", "l", "la", "las", "le", "les", "los", "onder", "op", "over", "s", "t", "te",
    "ten", "ter", "tot", "uit", "v", "van", "vd", "voor", "von", "zu", "zum", "zur",
];

/// An identity in the form in which it is compared. Two ways to write the same give the same. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Normal {
    pub(super) surname: Surname,
    /// Each first name or initial.
    pub(super) first_names: Vec<String>,
    pub(super) birth: PartialDate,
    /// Where both postcode and house number are known.
    pub(super) address: Option<Address>,
}

/// A surname, apart from what stands before it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Surname {
    before: Vec<String>,
    pub(super) words: Vec<String>,
}

/// A postcode with the parts of a house number.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    postcode: String,
    house_number: Vec<String>,
}

impl std::fmt::Debug for Normal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("‹identity›")
    }
}

impl Normal {
    /// The form in which an identity is compared.
    pub fn of(identity: &Identity) -> Normal {
        Normal {
            surname: Surname::of(&identity.surname),
            first_names: words(&identity.first_names),
            birth: identity.birth,
            address: Address::of(&identity.postcode, &identity.house_number),
        }
    }

    /// Whether it holds all four identifiers by which a person without a BSN is known (Wmo 5.2.9, Jeugdwet 7.2.4).
    pub fn is_whole(&self) -> bool {
        let named = !self.surname.words.is_empty() && !self.first_names.is_empty();
        named && matches!(self.birth, PartialDate::Day(_)) && self.address.is_some()
    }

    /// The keys under which a register keeps this person: few others have any of them.
    pub fn keys(&self) -> BTreeSet<String> {
        let mut keys: BTreeSet<String> = self.day().map(birth_key).into_iter().collect();
        keys.extend(self.address.as_ref().map(Address::key));
        let year = self.birth.earliest().map(Date::year);
        let initials: BTreeSet<char> = self.first_names.iter().filter_map(|name| name.chars().next()).collect();
        for word in self.surname.significant() {
            keys.extend(year.map(|year| format!("year:{word}:{year}")));
            keys.extend(initials.iter().map(|initial| format!("initial:{word}:{initial}")));
        }
        keys
    }

    /// The keys under which to look for whoever may be this person: day and month may have changed places.
    pub fn search_keys(&self) -> BTreeSet<String> {
        let mut keys = self.keys();
        keys.extend(self.day().and_then(swapped).map(birth_key));
        keys
    }

    /// Another surname and another birth date; a name that is not known is no other name.
    pub(super) fn is_surely_not(&self, other: &Normal) -> bool {
        let named = !self.surname.words.is_empty() && !other.surname.words.is_empty();
        let turned = self.day().and_then(swapped).is_some_and(|day| other.day() == Some(day));
        named && self.surname != other.surname && self.birth != other.birth && !turned
    }

    fn day(&self) -> Option<Date> {
        match self.birth {
            PartialDate::Day(day) => Some(day),
            _ => None,
        }
    }
}

impl Surname {
    /// "van der Berg", or "Berg, van der".
    fn of(text: &str) -> Surname {
        let stands_before = |text: &str| words(text).iter().all(|word| is_tussenvoegsel(word));
        let mut before = match text.split_once(',') {
            Some((name, before)) if stands_before(before) => [words(before), words(name)].concat(),
            _ => words(text),
        };
        // One word is always left: someone can be called "Van".
        let most = before.len().saturating_sub(1);
        let words = before.split_off(before.iter().take(most).take_while(|word| is_tussenvoegsel(word)).count());
        Surname { before, words }
    }

    /// All of it in one word: "Vandenberg" is written in more ways than one.
    pub(super) fn glued(&self) -> String {
        self.before.iter().chain(&self.words).map(String::as_str).collect()
    }

    /// The words that tell families apart, also those of a double name ("Jansen-de Vries").
    pub(super) fn significant(&self) -> BTreeSet<&str> {
        let all = self.words.iter().map(String::as_str);
        let telling: BTreeSet<&str> = all.clone().filter(|word| !is_tussenvoegsel(word)).collect();
        if telling.is_empty() { all.collect() } else { telling }
    }
}

impl Address {
    fn of(postcode: &str, house_number: &str) -> Option<Address> {
        let (postcode, house_number) = (words(postcode).concat(), number_parts(house_number));
        let known = !postcode.is_empty() && !house_number.is_empty();
        known.then_some(Address { postcode, house_number })
    }

    fn key(&self) -> String {
        format!("address:{}:{}", self.postcode, self.house_number.join("-"))
    }
}

/// The date with day and month in each other's place, where that is another date.
pub(super) fn swapped(day: Date) -> Option<Date> {
    Date::new(day.year(), day.day(), day.month()).ok().filter(|other| *other != day)
}

fn birth_key(day: Date) -> String {
    format!("birth:{day}")
}

fn is_tussenvoegsel(word: &str) -> bool {
    TUSSENVOEGSELS.contains(&word)
}

/// Small letters and digits without accents; an apostrophe joins, everything else parts.
fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.nfkd().flat_map(char::to_lowercase).nfkd().filter(|one| !is_combining_mark(*one)).collect();
    let joined = plain.replace(['\'', '`', '´', '‘', '’', 'ʼ'], "");
    let parts = joined.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| part.chars().map(unaccented).collect()).collect()
}

/// Letters that Unicode does not take apart.
fn unaccented(letter: char) -> String {
    match letter {
        'ß' => "ss".into(),
        'æ' => "ae".into(),
        'œ' => "oe".into(),
        'ø' => "o".into(),
        'ł' => "l".into(),
        'đ' | 'ð' => "d".into(),
        'þ' => "th".into(),
        'ı' => "i".into(),
        other => other.into(),
    }
}

/// "12 A", "12-a" and "12a" are 12 with addition a; "12-2" is 12 with addition 2.
fn number_parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in words(text) {
        let mut kind = None;
        for one in word.chars() {
            let digit = one.is_numeric();
            match parts.last_mut().filter(|_| kind == Some(digit)) {
                Some(part) => part.push(one),
                None => parts.push(one.into()),
            }
            kind = Some(digit);
        }
    }
    parts
}

#[cfg(test)]
mod tests;
