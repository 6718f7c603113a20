//! Look-up: how long a register of 100,000 persons takes to say what it knows.
//!
//! The register is imported from a file as `zsm import` does it, and looked up in as a question that arrives does it:
//! the header, and each person by number; someone whose number is not there is sought by name, birth and address too.
//! Beside it, in turns, what reading in an empty register costs.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use zsm::date::PartialDate;
use zsm::household::{PersonNumber, Relation};
use zsm::identity::{Bsn, Identity};
use zsm::name::{AssignmentName, CaseName, QuestionName};
use zsm::question::{Question, Subject};
use zsm::{Item, Kind, Organisation, Region, Sensitive};
use zsm_chassis::Ids;
use zsm_journal::Journal;
use zsm_source::import::{Against, import};
use zsm_source::measured::lookup;

use crate::figures::{Figures, at_share, millis};

const RECORDS: usize = 100_000;
/// How many look-ups are timed in a round.
const LOOK_UPS: usize = 5_000;

/// Imports the register, and looks people up in it all over.
pub(crate) async fn measure(folder: &Path, figures: &mut Figures) {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let journal = Journal::open(&folder.path().join("register.db")).await.unwrap();
    let nothing = Journal::open(&folder.path().join("empty.db")).await.unwrap();
    let numbers: Vec<Bsn> = numbers().take(RECORDS).collect();
    let file = file(&numbers);
    let against = Against { office: Kind::Reclassering, now: Timestamp::constant(1_795_168_800, 0), older: false };
    for (turn, changed) in [("first", RECORDS), ("again", 0)] {
        let begun = Instant::now();
        let done = import(&journal, file.as_bytes(), against, |_| ()).await.unwrap();
        assert!(done.is_sound() && done.changed == u64::try_from(changed).unwrap(), "{done:?}");
        figures.note(&format!("look-up: import of 100,000, {turn}, s"), 1, begun.elapsed().as_secs_f64());
    }

    let mut took: [Vec<Duration>; 4] = Default::default();
    for round in 0..LOOK_UPS {
        let at = |step: usize| numbers[(round * 7_919 + step * 31_337) % RECORDS].clone();
        let begun = Instant::now();
        nothing.register_find(at(0).digits()).await.unwrap();
        took[0].push(begun.elapsed());
        for (place, persons) in [(1, 1), (2, 4)] {
            let question = question((0..persons).map(at).map(by_number).collect());
            let begun = Instant::now();
            let found = lookup(&journal, &question).await.unwrap().unwrap();
            took[place].push(begun.elapsed());
            assert!(found.found.iter().all(|one| one.known.is_some()), "everyone asked about is in the register");
        }
        let question = question(vec![one_letter_otherwise(someone(round * 7_919 % RECORDS))]);
        let begun = Instant::now();
        let found = lookup(&journal, &question).await.unwrap().unwrap();
        took[3].push(begun.elapsed());
        assert!(found.found.is_empty() && !found.in_doubt.is_empty(), "one letter is otherwise");
    }
    for (what, took) in ["an empty register", "one person", "four persons", "one person by name"].into_iter().zip(took)
    {
        for share in [50, 99] {
            figures.note(&format!("look-up: {what} p{share}, ms"), 1, millis(at_share(&took, share)));
        }
    }
    journal.close().await;
    nothing.close().await;
}

/// Numbers that pass the elfproef; nobody has them here.
fn numbers() -> impl Iterator<Item = Bsn> {
    (900_000_000_u32..).filter_map(|number| Bsn::parse(&number.to_string()))
}

fn file(numbers: &[Bsn]) -> String {
    let mut file =
        format!("{{\"name\":\"Register Proef\",\"as_of\":\"2026-11-20T09:00:00Z\",\"records\":{RECORDS}}}\n");
    for (place, number) in numbers.iter().enumerate() {
        let (bsn, who) = (number.digits(), someone(place));
        let Identity { surname, first_names, postcode, house_number, .. } = &who;
        let birth = who.birth.text();
        writeln!(
            file,
            r#"{{"bsn":"{bsn}","surname":"{surname}","first_names":"{first_names}","birth_date":"{birth}","postcode":"{postcode}","house_number":"{house_number}","involvement":[{{"kind":"toezicht","from":"2024-01-01","for_advice":"Afspraken nagekomen."}}]}}"#
        )
        .unwrap();
    }
    file
}

/// The person of the record at a place: some 25 have a surname, 4 a day of birth and 11 a street.
fn someone(place: usize) -> Identity {
    let born =
        Date::constant(1950, 1, 1) + SignedDuration::from_hours(24 * i64::try_from(place * 37 % 25_000).unwrap());
    Identity {
        bsn: None,
        surname: format!("van der Proef{}", place % 4_000),
        first_names: ["Jan", "Kim Eva", "Mo", "Bo"][place % 4].into(),
        birth: PartialDate::Day(born),
        postcode: format!("{} AB", 1_000 + place % 9_000),
        house_number: (1 + place % 90).to_string(),
    }
}

fn by_number(bsn: Bsn) -> Identity {
    Identity { bsn: Some(bsn), ..Identity::unknown() }
}

fn one_letter_otherwise(who: Identity) -> Identity {
    Identity { surname: format!("{}x", who.surname), ..who }
}

fn question(persons: Vec<Identity>) -> Question {
    let assignment = AssignmentName::derive(CaseName::new(Ids::system().draw()), 1);
    let office = |kind| Organisation::new(kind, Region::midden());
    let subject = |(number, identity): (PersonNumber, Identity)| Subject {
        person: number,
        identity: Sensitive::about(number, identity),
        roles: BTreeSet::new(),
        relation: Relation::Ouder,
        age_uncertain: false,
    };
    Question {
        name: QuestionName::derive(assignment, Item::Oudercheck, 1),
        assignment,
        item: Item::Oudercheck,
        round: 1,
        asked_by: office(Kind::Rvdk),
        addressee: office(Kind::Reclassering),
        subjects: (1..).zip(persons).map(subject).collect(),
        reference: None,
        hg_km: false,
        report: None,
        zorgmelding: None,
        arrested: false,
        asked_on: Date::constant(2026, 11, 20),
        incident: None,
        case: None,
        acute_part_suffices: false,
        reported_in: None,
        text: None,
    }
}
