//! Who is met in a register, who is in doubt, and who is seen by the desk. Nobody here exists.

use super::super::{lookup, row};
use super::*;
use jiff::Timestamp;
use jiff::civil::date;
use tempfile::TempDir;
use zsm::date::PartialDate;
use zsm::household::Relation;
use zsm::name::{AssignmentName, CaseName, QuestionName, derive};
use zsm::outcome::Outcome;
use zsm::question::{ReferencePerson, Subject};
use zsm::term::Terms;
use zsm::{Item, Kind, Organisation, Region, Sensitive, register};

const NOW: Timestamp = Timestamp::constant(1_793_610_000, 0);

/// One with a BSN, two without.
const HELD: [&str; 3] = [
    r#"{"bsn": "999990020", "surname": "Voorbeeld", "first_names": "Daan", "birth_date": "1991-08-02",
        "postcode": "1234 AB", "house_number": "5", "involvement": [{"kind": "toezicht"}]}"#,
    r#"{"surname": "de Proef", "first_names": "Mia Noor", "birth_date": "1985-03-04", "postcode": "1234 AB",
        "house_number": "7", "involvement": [{"kind": "toezicht"}]}"#,
    r#"{"surname": "Tweeling", "first_names": "Kim", "birth_date": "1980", "involvement": [{"kind": "toezicht"}]}"#,
];

async fn holding(records: &[&str], key_rules: u32) -> (Journal, TempDir) {
    let folder = TempDir::new().unwrap();
    let journal = Journal::open(&folder.path().join("office.db")).await.unwrap();
    let rows = records.iter().map(|record| row(&serde_json::from_str(record).unwrap()).unwrap()).collect();
    let header = format!(r#"{{"name": "Voorbeeld", "as_of": "{NOW}", "key_rules": {key_rules}}}"#);
    journal.register_load(header, rows).await.unwrap();
    (journal, folder)
}

fn person(bsn: &str, surname: &str, first_names: &str, birth: &str, house_number: &str) -> Identity {
    Identity {
        bsn: Bsn::parse(bsn),
        surname: surname.into(),
        first_names: first_names.into(),
        birth: PartialDate::parse(birth).unwrap(),
        postcode: "1234AB".into(),
        house_number: house_number.into(),
    }
}

/// The oudercheck about one person.
fn oudercheck(identity: Identity) -> Question {
    let assignment = AssignmentName::derive(CaseName::new(derive("zaak")), 1);
    let office = |kind| Organisation::new(kind, Region::midden());
    let identity = Sensitive::about(2, identity);
    let subject =
        Subject { person: 2, identity, roles: BTreeSet::new(), relation: Relation::Ouder, age_uncertain: false };
    Question {
        name: QuestionName::derive(assignment, Item::Oudercheck, 1),
        assignment,
        item: Item::Oudercheck,
        round: 1,
        asked_by: office(Kind::Rvdk),
        addressee: office(Kind::Reclassering),
        subjects: vec![subject],
        reference: None,
        hg_km: false,
        report: None,
        zorgmelding: None,
        arrested: false,
        asked_on: date(2026, 11, 2),
        incident: None,
        case: None,
        acute_part_suffices: false,
        reported_in: None,
        text: None,
    }
}

/// What the register answers by itself, and who the desk sees.
async fn asked(journal: &Journal, identity: Identity) -> (Option<Outcome>, Vec<String>) {
    let question = oudercheck(identity);
    let lookup = lookup(journal, &question).await.unwrap().unwrap();
    let answer = register::answer(&question, &lookup, Terms::default(), NOW);
    let seen = candidates(journal, &question).await.unwrap();
    let seen = seen.listed.iter().map(|one| format!("{} {:?}", one.record.first_names, one.deviations)).collect();
    (answer.map(|answer| answer.outcomes[0].outcome.clone()), seen)
}

fn is_known(outcome: Option<Outcome>) -> bool {
    outcome.is_some_and(|outcome| outcome.is_known())
}

#[tokio::test]
async fn who_is_there_by_bsn_is_known_and_a_stranger_with_a_bsn_is_not_known() {
    let (journal, _folder) = holding(&HELD, KEY_RULES).await;
    let (outcome, seen) = asked(&journal, person("999990020", "Anders", "Piet", "1950", "")).await;
    assert!(is_known(outcome) && seen.is_empty());
    let (outcome, seen) = asked(&journal, person("999990019", "Vreemd", "Piet", "1991-08-03", "99")).await;
    assert_eq!((outcome, seen), (Some(Outcome::NotKnown), Vec::new()));
}

#[tokio::test]
async fn without_a_bsn_someone_is_known_by_all_four_others_and_never_not_known() {
    // A33, D13.
    let (journal, _folder) = holding(&HELD, KEY_RULES).await;
    for known in
        [person("", "DE PROEF", "Mía-Noor", "1985-03-04", "7"), person("", "Voorbeeld", "daan", "1991-08-02", "5")]
    {
        assert!(is_known(asked(&journal, known).await.0));
    }
    let (outcome, seen) = asked(&journal, person("", "Vreemd", "Piet", "1950-01-01", "99")).await;
    assert_eq!((outcome, seen), (None, Vec::new()));
}

#[tokio::test]
async fn one_wrong_letter_never_makes_anybody_not_known_but_brings_the_question_to_the_desk() {
    // D13, A33: asked with a BSN of which the register knows nothing.
    let (journal, _folder) = holding(&HELD, KEY_RULES).await;
    for (asked_about, deviation) in [
        (person("999990019", "de Proef", "Mia Noor", "1985-03-04", "7"), ""),
        (person("999990019", "de Proet", "Mia Noor", "1985-03-04", "7"), "SurnameSlip"),
        (person("999990019", "de Proef", "Mai Noor", "1985-03-04", "7"), "FirstNamesSlip"),
        (person("999990019", "Proef", "Mia Noor", "1985-03-04", ""), "SurnameVariant"),
        (person("999990019", "de Proef", "M.N.", "1985-03-04", ""), "FirstNamesVariant"),
        (person("999990019", "de Proef", "Mia Noor", "1985-04-03", ""), "BirthSwapped"),
        (person("999990019", "de Proef", "Mia Noor", "1985", ""), "BirthPartial"),
        (person("999990019", "Getrouwd", "Mia Noor", "1985-03-04", ""), "OtherSurname"),
    ] {
        let (outcome, seen) = asked(&journal, asked_about).await;
        assert_eq!(outcome, None, "{deviation}");
        assert!(seen.len() == 1 && seen[0].starts_with("Mia Noor {BsnNotHeld"), "{seen:?}");
        assert!(seen[0].contains(deviation), "{deviation}: {seen:?}");
    }
    let (outcome, seen) = asked(&journal, person("999990019", "Voorbeeld", "Daan", "1991-08-02", "5")).await;
    assert_eq!((outcome, seen), (None, vec!["Daan {OtherBsn}".to_owned()]));
}

#[tokio::test]
async fn where_two_persons_have_all_that_was_asked_with_a_person_chooses() {
    let twin = HELD[1].replace("toezicht", "advies");
    let (journal, _folder) = holding(&[HELD[1], &twin], KEY_RULES).await;
    let (outcome, seen) = asked(&journal, person("", "de Proef", "Mia Noor", "1985-03-04", "7")).await;
    assert_eq!((outcome, seen), (None, vec!["Mia Noor {SeveralFit}".to_owned(); 2]));
}

#[tokio::test]
async fn where_too_many_stand_under_a_key_nobody_is_ruled_out() {
    let crowd: Vec<String> = (0..=MOST).map(|one| HELD[2].replace("Kim", &format!("Wim{one}"))).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    let (journal, _folder) = holding(&crowd, KEY_RULES).await;
    let question = oudercheck(person("999990019", "Tweeling", "Xander", "1980", ""));
    let lookup = lookup(&journal, &question).await.unwrap().unwrap();
    assert_eq!(lookup.in_doubt, BTreeSet::from([2]));
    let seen = candidates(&journal, &question).await.unwrap();
    assert!(seen.listed.is_empty() && seen.more);
}

#[tokio::test]
async fn a_register_of_which_the_rows_do_not_stand_under_these_keys_rules_nobody_out() {
    let (journal, _folder) = holding(&HELD, 0).await;
    let (outcome, _) = asked(&journal, person("999990019", "Vreemd", "Piet", "1950-01-01", "99")).await;
    assert_eq!(outcome, None);
    assert!(is_known(asked(&journal, person("999990020", "Voorbeeld", "Daan", "1991-08-02", "5")).await.0));
}

/// Whether children of a reference person were found, and whether the register answers by itself that there are none.
async fn children_of(journal: &Journal, identity: Identity) -> (Option<bool>, bool) {
    let reference = Some(ReferencePerson { person: 1, identity: Sensitive::about(1, identity.clone()), unborn: false });
    let question = Question { item: Item::Kindcheck, subjects: Vec::new(), reference, ..oudercheck(identity) };
    let lookup = lookup(journal, &question).await.unwrap().unwrap();
    let answer = register::answer(&question, &lookup, Terms::default(), NOW);
    (lookup.children_of_reference, answer.is_some())
}

#[tokio::test]
async fn children_are_looked_for_under_the_number_of_the_reference_person_and_without_one_the_desk_looks() {
    // D9, D13: what was not searched is no "not known".
    let child = r#"{"surname": "Voorbeeld", "first_names": "Bo", "birth_date": "2016-01-01",
        "parents": ["999990020"], "involvement": [{"kind": "toezicht"}]}"#;
    let (journal, _folder) = holding(&[HELD[0], HELD[1], child], KEY_RULES).await;
    let by_number = person("999990020", "Voorbeeld", "Daan", "1991-08-02", "5");
    assert_eq!(children_of(&journal, by_number.clone()).await, (Some(true), false));
    let by_name = Identity { bsn: None, ..by_number };
    assert_eq!(children_of(&journal, by_name).await, (Some(true), false), "his record says under which number");
    let stranger = person("999990019", "Vreemd", "Piet", "1950-01-01", "99");
    assert_eq!(children_of(&journal, stranger.clone()).await, (Some(false), true));
    let nameless = Identity { bsn: None, ..stranger };
    assert_eq!(children_of(&journal, nameless).await, (None, false), "no number, so nothing was searched");
    let held_without = person("", "de Proef", "Mia Noor", "1985-03-04", "7");
    assert_eq!(children_of(&journal, held_without).await, (None, false), "her record has no number either");
}

#[tokio::test]
async fn a_minor_near_the_reference_person_of_whom_no_parents_are_known_brings_the_kindcheck_to_the_desk() {
    // D9, D13: whose child that is the register cannot say, so nobody earned a "not known".
    let noa = r#"{"bsn": "999990032", "surname": "Vreemd", "first_names": "Noa", "birth_date": "2018-05-14",
        "postcode": "1234 AB", "house_number": "99", "involvement": [{"kind": "toezicht"}]}"#;
    let suspect = person("999990019", "Vreemd", "Piet", "1990-01-01", "99");
    for (child, found) in [
        (noa.to_owned(), true),
        (noa.replace("2018-05-14", ""), true),
        (noa.replace("2018-05-14", "2008-11-03"), true),
        (noa.replace("2018-05-14", "2008-11-02"), false),
        (noa.replace(r#""99""#, r#""98""#), false),
        (noa.replace(r#""involvement""#, r#""parents": ["999990020"], "involvement""#), false),
        (noa.replace("999990032", "999990019"), false),
    ] {
        let (journal, _folder) = holding(&[&child], KEY_RULES).await;
        assert_eq!(children_of(&journal, suspect.clone()).await, (Some(found), !found), "{child}");
    }
    let (journal, _folder) = holding(&[noa], KEY_RULES).await;
    let reference = Some(ReferencePerson { person: 1, identity: Sensitive::about(1, suspect), unborn: false });
    let asked_about = person("999990032", "Vreemd", "Noa", "2018-05-14", "99");
    let question = Question { item: Item::Kindcheck, reference, ..oudercheck(asked_about) };
    let found = lookup(&journal, &question).await.unwrap().unwrap();
    assert_eq!(found.children_of_reference, Some(false), "she was asked about");
}

#[tokio::test]
async fn a_register_under_keys_of_other_rules_rules_no_children_out() {
    let (journal, _folder) = holding(&HELD, 0).await;
    let known = person("999990020", "Voorbeeld", "Daan", "1991-08-02", "5");
    assert_eq!(children_of(&journal, known).await, (Some(true), false));
}

#[tokio::test]
async fn an_answer_that_the_contract_refuses_is_not_given_by_the_register() {
    // E3: it would never arrive, and the question would seem answered here.
    for (words, tellable) in [(100, true), (20_001, false)] {
        let record = HELD[0].replace(r#""kind""#, &format!(r#""for_advice": "{}", "kind""#, "x".repeat(words)));
        let (journal, _folder) = holding(&[&record], KEY_RULES).await;
        let question = oudercheck(person("999990020", "Voorbeeld", "Daan", "1991-08-02", "5"));
        let lookup = lookup(&journal, &question).await.unwrap().unwrap();
        assert!(register::answer(&question, &lookup, Terms::default(), NOW).is_some());
        assert_eq!(super::super::is_tellable(&question, &lookup, Terms::default(), NOW), tellable);
    }
}
