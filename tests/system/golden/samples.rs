//! The made-up people and papers of which the golden events tell. Nothing here may ever change: the files say the same.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use zsm::advice::{Advice, Content, InstrumentUse, Proposal};
use zsm::answer::{Answer, FurtherPerson, Identifier, PersonOutcome, Searched};
use zsm::assignment::Withdrawal;
use zsm::date::PartialDate;
use zsm::decision::Route;
use zsm::degree::{Degree, Level, SCALE};
use zsm::household::{AgeClass, Further, Household, Person, PersonRole, Relation};
use zsm::identity::{Bsn, Identity};
use zsm::judgement::{AcutePart, Instrument, Judged, Judgement, SafetyConditions};
use zsm::name::{AssignmentName, CaseName, IncidentName, QuestionName, SignalName, derive};
use zsm::outcome::{Outcome, Substance};
use zsm::police::{Document, Notice, PoliceRecord};
use zsm::question::{Question, ReferencePerson, Subject};
use zsm::required::{Asked, Reference, Required, Requirement};
use zsm::retraction::Retraction;
use zsm::signal::{Receiver, Signal, Warning};
use zsm::weighing::{Line, Weighing};
use zsm::{Actor, Item, Kind, Organisation, Region, Role, Sensitive};

/// Every item that flow a requires, in the order in which they are asked.
pub(super) const REQUIRED: [Item; 4] =
    [Item::VeiligThuis, Item::Oudercheck, Item::EigenOnderzoek, Item::Politiedossier];

pub(super) fn at(hours: i64) -> Timestamp {
    "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours)
}

pub(super) fn today() -> Date {
    date(2026, 3, 2)
}

pub(super) fn case() -> CaseName {
    CaseName::new(derive("golden"))
}

pub(super) fn assignment() -> AssignmentName {
    AssignmentName::derive(case(), 1)
}

pub(super) fn question_name(item: Item, round: u32) -> QuestionName {
    QuestionName::derive(assignment(), item, round)
}

pub(super) fn office(kind: Kind) -> Organisation {
    Organisation::new(kind, Region::midden())
}

pub(super) fn by(kind: Kind, role: Role) -> Actor {
    Actor { organisation: office(kind), role, person: "ambtenaar-1".into() }
}

pub(super) fn text(words: &str) -> Sensitive<String> {
    Sensitive::case(words.into())
}

fn about(person: u32, words: &str) -> Sensitive<String> {
    Sensitive::about(person, words.into())
}

fn identity(bsn: Option<&str>, surname: &str, birth: PartialDate) -> Identity {
    Identity {
        bsn: bsn.map(|digits| Bsn::parse(digits).unwrap()),
        surname: surname.into(),
        first_names: "Sam Test".into(),
        birth,
        postcode: "1234AB".into(),
        house_number: "1-bis".into(),
    }
}

fn person(number: u32, role: PersonRole, relation: Relation, identity: Identity) -> Person {
    Person {
        number,
        identity: Sensitive::about(number, identity),
        roles: BTreeSet::from([role]),
        relation,
        at_address: relation != Relation::GeenFamilie,
        vt_region: None,
        further: None,
    }
}

/// The suspect, a parent, and a child of whom the birth month is known.
pub(super) fn household() -> Household {
    use PersonRole::{Betrokkene, Getuige, Verdachte};
    let whole = |year| PartialDate::Day(date(year, 4, 5));
    let persons = vec![
        person(1, Verdachte, Relation::Zelf, identity(Some("999990007"), "Voorbeeld", whole(2010))),
        person(2, Getuige, Relation::Ouder, identity(Some("999990019"), "Voorbeeld-Proef", whole(1981))),
        person(3, Betrokkene, Relation::BroerZus, identity(None, "Voorbeeld", PartialDate::Month(2019, 7))),
    ];
    Household { persons, unborn_of: BTreeSet::new() }
}

/// A list with every relation, part, age and kind of birth date, and an unborn child.
pub(super) fn everyone() -> Household {
    use Relation::{ExPartner, GeenFamilie, Kind as Child, OverigGezin, Partner};
    let mut household = household();
    let others = [Partner, ExPartner, Child, OverigGezin, GeenFamilie].into_iter().zip(4..);
    household.persons.extend(others.map(|(relation, number)| {
        let (bsn, birth) = match relation {
            Partner => (Some("999990020"), PartialDate::Year(1984)),
            ExPartner => (Some("999990032"), PartialDate::Unknown),
            _ => (None, PartialDate::Unknown),
        };
        person(number, PersonRole::Slachtoffer, relation, identity(bsn, "Testpersoon", birth))
    }));
    household.persons.extend(furthers().into_iter().zip(9..).map(|(further, number)| Person {
        vt_region: None,
        further: Some(further),
        ..person(number, PersonRole::Betrokkene, OverigGezin, Identity::unknown())
    }));
    household.unborn_of = BTreeSet::from([2]);
    household
}

/// Further persons of every age class.
pub(super) fn furthers() -> Vec<Further> {
    let ages = [AgeClass::Minor, AgeClass::Adult, AgeClass::Uncertain].into_iter().zip(1..);
    ages.map(|(age, number)| Further { reference: format!("verdere-{number}"), age }).collect()
}

pub(super) fn further_person() -> FurtherPerson {
    let identity = Sensitive::case(identity(None, "Proefmens", PartialDate::Year(2015)));
    FurtherPerson { identity, remark: text("Woont om de week op het adres.") }
}

/// Everything that the police can bring.
pub(super) fn police() -> PoliceRecord {
    let present = |reference: &str| Document::Present { reference: reference.into(), summary: text("Samenvatting.") };
    PoliceRecord {
        dossier: Some(present("PL-VOORBEELD-1")),
        lij: Some(present("LIJ-VOORBEELD-1")),
        report_to_vt: Some(Notice::Made { reference: "VT-VOORBEELD-1".into(), under: None }),
        zorgmelding: Some(Notice::Made { reference: "ZM-VOORBEELD-1".into(), under: Some(2) }),
    }
}

/// Why nothing of it is there.
pub(super) fn no_papers() -> PoliceRecord {
    let absent = || Document::Absent { because: text("Niet opgemaakt.") };
    let not_due = |vt: Option<&str>| Notice::NotDue { because: text("Niet nodig."), vt_reference: vt.map(Into::into) };
    PoliceRecord {
        dossier: Some(absent()),
        lij: Some(absent()),
        report_to_vt: Some(not_due(Some("VT-VOORBEELD-2"))),
        zorgmelding: Some(not_due(None)),
    }
}

/// What flow a requires, or flow b with its kindcheck.
pub(super) fn required(items: &[Item]) -> Required {
    let asked = |person, age_uncertain| Asked { person, age_uncertain };
    let requirement = |item: &Item| Requirement {
        item: *item,
        subjects: match item {
            Item::VeiligThuis => vec![asked(1, false), asked(2, false), asked(3, false)],
            Item::Oudercheck => vec![asked(2, true)],
            _ => vec![asked(1, false)],
        },
        reference: (*item == Item::Kindcheck).then_some(Reference { person: 2, unborn: true }),
    };
    Required::try_new(items.iter().map(requirement).collect(), 1, today()).unwrap()
}

pub(super) fn question(item: Item, round: u32) -> Question {
    let household = household();
    let required = required(&[item]);
    let requirement = required.of(item).unwrap();
    let subject = |asked: &Asked| {
        let person = household.person(asked.person).unwrap();
        let (identity, roles, relation) = (person.identity.clone(), person.roles.clone(), person.relation);
        Subject { person: person.number, identity, roles, relation, age_uncertain: asked.age_uncertain }
    };
    let key = |one: Reference| {
        let identity = household.person(one.person).unwrap().identity.clone();
        ReferencePerson { person: one.person, identity, unborn: one.unborn }
    };
    Question {
        name: question_name(item, round),
        assignment: assignment(),
        item,
        round,
        asked_by: office(if item == Item::Kindcheck { Kind::Reclassering } else { Kind::Rvdk }),
        addressee: office(item.source().unwrap()),
        subjects: requirement.subjects.iter().map(subject).collect(),
        reference: requirement.reference.map(key),
        hg_km: true,
        report: (item == Item::VeiligThuis).then(|| "VT-VOORBEELD-1".into()),
        zorgmelding: (item == Item::VeiligThuis).then(|| "ZM-VOORBEELD-1".into()),
        arrested: true,
        asked_on: today(),
        incident: None,
        case: None,
        acute_part_suffices: false,
        reported_in: None,
        text: None,
    }
}

pub(super) fn substance(person: u32) -> Substance {
    let for_adviser = about(person, "Alleen voor de adviseur.");
    Substance { for_advice: about(person, "Bekend uit een eerdere melding."), for_adviser }
}

/// An answer with one outcome for every number from one.
pub(super) fn answer(outcomes: Vec<Outcome>) -> Answer {
    use Identifier::{Address, Bsn, NameAndBirth};
    let outcomes = (1..).zip(outcomes).map(|(person, outcome)| PersonOutcome { person, outcome }).collect();
    let identifiers = BTreeSet::from([Bsn, NameAndBirth, Address]);
    let searched = Searched { identifiers, register: "proefregister".into(), as_of: at(-1), by: "ambtenaar-2".into() };
    Answer { outcomes, searched, judgement: None, safety_conditions: None, further_persons: Vec::new(), opinion: None }
}

/// What Veilig Thuis says when all is known.
pub(super) fn answer_of_vt() -> Answer {
    let conditions = SafetyConditions::List(vec![text("De verdachte slaapt elders."), text("Dagelijks contact.")]);
    let known = vec![Outcome::Known(substance(1)), Outcome::NotKnown, Outcome::Known(substance(3))];
    let judgement = Some(judged(Level::Aanwijzingen, Some(Level::Geen)));
    Answer { judgement, safety_conditions: Some(conditions), further_persons: vec![further_person()], ..answer(known) }
}

/// An answer that was taken back.
pub(super) fn retraction() -> Retraction {
    Retraction { of: 1, reason: text("Dit was een ander.") }
}

/// What Veilig Thuis says while its triage runs, where that was agreed to count.
pub(super) fn answer_in_part() -> Answer {
    let running = |person| Outcome::TriageRunning { substance: substance(person), expected: at(48) };
    let judgement = Some(Judgement::AcutePart(AcutePart {
        acute: Level::Aanwijzingen,
        text: text("Alleen het acute deel."),
        instrument: instrument(),
        date: today(),
        covers: BTreeSet::from(["VT-VOORBEELD-1".to_owned()]),
        suffices: true,
    }));
    Answer {
        judgement,
        safety_conditions: Some(SafetyConditions::NotYetJudged),
        ..answer(vec![running(1), Outcome::NotKnown, running(3)])
    }
}

pub(super) fn judged(acute: Level, complexity: Option<Level>) -> Judgement {
    Judgement::Judged(Judged {
        acute,
        structural: Level::Vastgesteld,
        complexity,
        text: text("Oordeel van Veilig Thuis."),
        instrument: instrument(),
        date: today(),
        covers: BTreeSet::from(["VT-VOORBEELD-1".to_owned()]),
    })
}

fn instrument() -> Instrument {
    Instrument { name: "proefinstrument".into(), version: "1".into() }
}

pub(super) fn weighing(item: Item, version: u32) -> Weighing {
    let lines = vec![Line { person: 1, text: about(1, "Weegt mee.") }];
    let by = by(Kind::Rvdk, Role::Adviseur);
    Weighing { version, reason: text(&format!("Gelezen: {item}.")), lines, by, at: at(10) }
}

/// An advice that was taken back.
pub(super) fn withdrawal() -> Withdrawal {
    Withdrawal { version: 1, reason: text("Vergissing."), by: by(Kind::Rvdk, Role::Adviseur), at: at(20) }
}

/// A signed advice that rests on these versions.
pub(super) fn advice(version: u32, rests_on: &[(Item, u32)]) -> Advice {
    let known = |level| Degree::Known {
        level,
        at_least: level == Level::Aanwijzingen,
        severity: text("In woorden."),
        rests_on: BTreeSet::from([Item::VeiligThuis]),
    };
    let substance = [Item::VeiligThuis, Item::Oudercheck].map(|item| (item, text("Wat de partner zei.")));
    Advice {
        version,
        content: Content {
            acute: known(Level::Aanwijzingen),
            structural: known(Level::Vastgesteld),
            complexity: known(Level::Geen),
            instrument: InstrumentUse::Used(instrument()),
            judgement_version: 1,
            deviation: None,
            disagreements: Vec::new(),
            substance: BTreeMap::from(substance),
            safety_conditions: SafetyConditions::None,
            proposal: Proposal { route: Route::Halt, reason: text("Past bij wat bekend is.") },
        },
        judgement: judged(Level::Aanwijzingen, Some(Level::Geen)),
        opinions: Vec::new(),
        judged_by: None,
        further_judgements: Vec::new(),
        reaffirms: None,
        brief_has_no_effect: None,
        holes: BTreeSet::new(),
        rests_on: rests_on.iter().copied().collect(),
        assignment_version: 1,
        scale: SCALE,
        signed_by: by(Kind::Rvdk, Role::Adviseur),
        signed_at: at(12),
    }
}

/// An advice in which little is known.
pub(super) fn sparse_advice() -> Advice {
    let unknown = || Degree::Onbekend { because: text("Niemand weet het.") };
    let mut advice = advice(2, &[(Item::VeiligThuis, 2)]);
    advice.content = Content {
        acute: unknown(),
        structural: unknown(),
        complexity: unknown(),
        instrument: InstrumentUse::NotUsed { because: text("Geen instrument voorhanden.") },
        deviation: Some(text("Het oordeel is verouderd.")),
        substance: BTreeMap::new(),
        safety_conditions: SafetyConditions::NotYetJudged,
        ..advice.content
    };
    advice.judgement = Judgement::NoReportKnown;
    advice
}

pub(super) fn signal(by: Actor) -> Signal {
    let released_to = BTreeSet::from([Receiver::Om, Receiver::Politie]);
    let warning = Warning { situation: text("Hij dreigt nu."), action: text("Ga erheen."), released_to };
    Signal { name: SignalName::derive("voorbeeld", 1), warning, by, at: at(3) }
}

/// The incident, of which another suspect has a case too.
pub(super) fn incident() -> IncidentName {
    IncidentName::derive(&Region::midden(), "2026000001")
}
