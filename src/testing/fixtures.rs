//! People, a family, what the police bring.

use super::MARKER;
use crate::case::Registration;
use crate::date::PartialDate;
use crate::flow::SuspectKind;
use crate::household::{Household, Person, PersonNumber, PersonRole, Relation, SUSPECT};
use crate::identity::{Bsn, Identity};
use crate::offence::{Act, HgKm};
use crate::organisation::{Actor, Kind, Organisation, Region, Role};
use crate::personal::Sensitive;
use crate::police::{Document, EntryRoute, Notice, PoliceRecord};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Reference of the report at Veilig Thuis.
pub const REPORT: &str = "VT-2026-17";
/// Someone who was 15 at the act, and is today.
pub const FIFTEEN: &str = "2010-09-09";
/// An adult.
pub const ADULT: &str = "1985-03-04";
/// Seventeen or eighteen: only the year is known.
pub const AROUND_EIGHTEEN: &str = "2008";

pub fn now() -> Timestamp {
    "2026-06-01T10:00:00Z".parse().expect("an instant")
}

pub fn hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

pub fn today() -> Date {
    date(2026, 6, 1)
}

pub fn by(kind: Kind, role: Role) -> Actor {
    Actor { organisation: Organisation::new(kind, Region::midden()), role, person: "ambtenaar-1".into() }
}

/// Somebody of an organisation.
pub(crate) fn of(organisation: &Organisation, role: Role) -> Actor {
    Actor { organisation: organisation.clone(), ..by(organisation.kind, role) }
}

/// The same, in another region.
pub fn elsewhere(kind: Kind, role: Role) -> Actor {
    let region = Region::parse("noord").expect("a region");
    Actor { organisation: Organisation::new(kind, region), ..by(kind, role) }
}

pub fn police() -> Actor {
    by(Kind::Politie, Role::Politie)
}

pub fn operator() -> Actor {
    by(Kind::Om, Role::Operator)
}

pub fn prosecutor() -> Actor {
    by(Kind::Om, Role::Officier)
}

pub fn secretary() -> Actor {
    by(Kind::Om, Role::Parketsecretaris)
}

pub fn adviser(kind: Kind) -> Actor {
    by(kind, Role::Adviseur)
}

pub fn desk(kind: Kind) -> Actor {
    by(kind, Role::Balie)
}

pub fn service(kind: Kind) -> Actor {
    by(kind, Role::Dienst)
}

pub fn text(words: &str) -> Sensitive<String> {
    Sensitive::case(format!("{MARKER} {words}"))
}

pub fn empty() -> Sensitive<String> {
    Sensitive::case(String::new())
}

/// A BSN that passes the elfproef, another one for every number.
pub fn bsn(number: u32) -> Bsn {
    let candidates = 100_000_000 + number * 100..;
    candidates.into_iter().find_map(|digits| Bsn::parse(&digits.to_string())).expect("one in eleven passes")
}

pub fn identity(number: PersonNumber, birth: &str) -> Identity {
    Identity {
        bsn: Some(bsn(number)),
        surname: format!("{MARKER}-van-{number}"),
        first_names: MARKER.into(),
        birth: PartialDate::parse(birth).expect("a date of birth"),
        postcode: "1234AB".into(),
        house_number: MARKER.into(),
    }
}

pub fn person(number: PersonNumber, relation: Relation, birth: &str) -> Person {
    let role = if number == SUSPECT { PersonRole::Verdachte } else { PersonRole::Betrokkene };
    Person {
        number,
        identity: Sensitive::about(number, identity(number, birth)),
        roles: BTreeSet::from([role]),
        relation,
        at_address: true,
        vt_region: None,
        further: None,
    }
}

/// A person list: the suspect, and others numbered from two.
pub fn family(suspect: &str, others: &[(Relation, &str)]) -> Household {
    let others = (2..).zip(others).map(|(number, (relation, birth))| person(number, *relation, birth));
    let persons = std::iter::once(person(SUSPECT, Relation::Zelf, suspect)).chain(others).collect();
    Household { persons, unborn_of: BTreeSet::new() }
}

/// Mother, and a little brother or sister.
pub fn parent_and_child(suspect: &str) -> Household {
    family(suspect, &[(Relation::Ouder, "1980-01-01"), (Relation::Kind, "2019-01-01")])
}

pub fn nee() -> HgKm {
    HgKm::Nee { established_by: text("agent"), established_at: hours(-2), minors_witnessed: false }
}

pub fn act(from: Date, until: Date) -> Act {
    Act { from, until, place: text("plaats") }
}

pub fn document() -> Document {
    Document::Present { reference: "PL-1".into(), summary: text("samenvatting") }
}

pub fn made(reference: &str) -> Notice {
    Notice::Made { reference: reference.into(), under: None }
}

pub fn not_due(vt_reference: Option<&str>) -> Notice {
    Notice::NotDue { because: text("niet nodig"), vt_reference: vt_reference.map(str::to_owned) }
}

/// Everything that the police can bring.
pub fn full_record() -> PoliceRecord {
    PoliceRecord {
        dossier: Some(document()),
        lij: Some(document()),
        report_to_vt: Some(made(REPORT)),
        zorgmelding: Some(made("ZM-1")),
    }
}

/// A registration that lacks nothing, with HG/KM as given.
pub fn registration(household: Household, hg_km: HgKm) -> Registration {
    Registration {
        bvh_number: "2026001234".into(),
        parketnummer: None,
        arrested: true,
        arrived_at: Some(hours(-3)),
        entry_route: EntryRoute::Police,
        region: Region::midden(),
        act: act(date(2026, 5, 31), date(2026, 5, 31)),
        offences: vec!["art. 300 Sr".into()],
        hg_km,
        suspect: SuspectKind::Person,
        suspect_label: empty(),
        household,
        police: full_record(),
    }
}
