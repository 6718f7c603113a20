//! Who must be asked about whom: §3.8.2 read once more, for people whose date of birth is known in full.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use zsm::Item;
use zsm::case::Registration;
use zsm::date::PartialDate;
use zsm::household::{Household, Person, PersonRole, Relation};
use zsm::offence::HgKm;

/// What the agreements ask of a case: its items, and about whom each is; nothing outside the flows (invariants 3, 6).
pub(super) fn asks(facts: &Registration, household: &Household, today: Date) -> Option<BTreeMap<Item, BTreeSet<u32>>> {
    let about = |is: &dyn Fn(&Person) -> bool| -> BTreeSet<u32> {
        household.persons.iter().filter(|person| is(person)).map(|person| person.number).collect()
    };
    let suspect = |person: &Person| person.relation == Relation::Zelf;
    let family = |person: &Person| !matches!(person.relation, Relation::Zelf | Relation::GeenFamilie);
    let concerned = |person: &Person| family(person) || person.roles.contains(&PersonRole::Slachtoffer);
    let adult = |person: &Person| is_adult(person, today);
    let minor_at_act = !is_adult(household.persons.iter().find(|person| suspect(person))?, facts.act.from);

    let everyone = about(&|person| suspect(person) || concerned(person));
    let dossier = (Item::Politiedossier, BTreeSet::from([1]));
    if minor_at_act {
        let own = about(&|person| suspect(person) || concerned(person) && !adult(person));
        let parents = about(&|person| family(person) && adult(person));
        let mut items = BTreeMap::from([(Item::VeiligThuis, everyone), (Item::EigenOnderzoek, own), dossier]);
        if !parents.is_empty() {
            items.insert(Item::Oudercheck, parents);
        }
        return Some(items);
    }
    let HgKm::Ja = facts.hg_km else { return None };
    let own = about(&|person| suspect(person) || family(person) && adult(person));
    let children = about(&|person| !suspect(person) && concerned(person) && !adult(person));
    let kindcheck = if children.is_empty() { BTreeSet::from([1]) } else { children };
    let items = [(Item::VeiligThuis, everyone), (Item::Kindcheck, kindcheck), (Item::EigenOnderzoek, own), dossier];
    Some(items.into())
}

/// Eighteen or over on a day.
pub(super) fn is_adult(person: &Person, on: Date) -> bool {
    let identity = person.identity.reveal().expect("these people were not forgotten");
    has_come_of_age(identity.birth, on)
}

/// Eighteen or over on a day.
pub(super) fn has_come_of_age(birth: PartialDate, on: Date) -> bool {
    let PartialDate::Day(born) = birth else { panic!("a story with a date of birth in part") };
    let (year, month, day) = (on.year() - born.year(), on.month(), on.day());
    year > 18 || year == 18 && (month, day) >= (born.month(), born.day())
}
