//! What an import keeps, removes and says. Nobody in these files exists.

use super::*;
use crate::record::Register;
use crate::register::{Header, load};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::io::{BufReader, Read};
use tempfile::TempDir;
use zsm::identity::Bsn;

/// Enough for many batches. A hundred thousand pass as well, but take some ten seconds in a debug build.
const MANY: usize = 20_000;

/// A file of the office that these imports are for, at noon.
const AT_NOON: Against =
    Against { office: Kind::Reclassering, now: Timestamp::constant(1_793_620_800, 0), older: false };

async fn journal() -> (Journal, TempDir) {
    let folder = TempDir::new().unwrap();
    (Journal::open(&folder.path().join("office.db")).await.unwrap(), folder)
}

/// Numbers that pass the elfproef.
fn numbers() -> impl Iterator<Item = String> {
    (90_000_000_u32..).filter_map(|first| {
        let first = first.to_string();
        let sum: u32 = first.chars().filter_map(|c| c.to_digit(10)).zip((2..=9).rev()).map(|(d, w)| d * w).sum();
        (sum % 11 < 10).then(|| format!("{first}{}", sum % 11))
    })
}

fn person(bsn: &str, text: &str) -> String {
    format!(r#"{{"bsn":"{bsn}","involvement":[{{"kind":"toezicht","for_advice":"{text}"}}]}}"#)
}

/// A file that says how many records it has.
fn file(hour: u32, lines: impl IntoIterator<Item = String>) -> String {
    let lines: Vec<String> = lines.into_iter().collect();
    let records = lines.iter().filter(|line| !line.is_empty()).count();
    announcing(records, hour, lines)
}

fn announcing(records: usize, hour: u32, lines: Vec<String>) -> String {
    let as_of = format!("2026-11-02T{hour:02}:00:00Z");
    let mut file = format!("{{\"name\":\"Register Proef\",\"as_of\":\"{as_of}\",\"records\":{records}}}\n");
    for line in lines {
        file.push_str(&line);
        file.push('\n');
    }
    file
}

async fn take(journal: &Journal, file: &str) -> (Imported, Vec<(u64, LineFault)>) {
    let mut wrong = Vec::new();
    let told = |news| {
        if let News::Wrong(line, fault) = news {
            wrong.push((line, fault));
        }
    };
    (import(journal, file.as_bytes(), AT_NOON, told).await.unwrap(), wrong)
}

async fn refused(journal: &Journal, file: &str, against: Against) -> ImportError {
    import(journal, file.as_bytes(), against, |_| ()).await.unwrap_err()
}

/// A disk that gives up.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("broken"))
    }
}

/// Imports a file that cannot be read to its end: some batches of it, and not the last line.
async fn interrupt(journal: &Journal, file: &str, against: Against) {
    let (begin, _) = file.trim_end().rsplit_once('\n').unwrap();
    let done = import(journal, begin.as_bytes().chain(BufReader::new(Broken)), against, |_| ()).await;
    assert!(matches!(done, Err(ImportError::File(..))), "{done:?}");
}

/// Three batches, the last of which is not full.
fn batches() -> Vec<String> {
    numbers().take(2 * BATCH + 2).map(|bsn| person(&bsn, "x")).collect()
}

async fn as_of(journal: &Journal) -> Timestamp {
    serde_json::from_str::<Header>(&journal.register_header().await.unwrap().unwrap()).unwrap().as_of
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_register_is_found_again_and_its_repeat_changes_nothing() {
    let (journal, _folder) = journal().await;
    let large = file(9, numbers().take(MANY).map(|bsn| person(&bsn, "x")));
    let many = u64::try_from(MANY).unwrap();
    let (mut lines, mut read) = (0, 0);
    let done = import(&journal, large.as_bytes(), AT_NOON, |news| match news {
        News::Read { lines: so_far, bytes } => {
            lines = so_far;
            read = bytes;
        }
        News::Wrong(line, fault) => panic!("line {line}: {fault}"),
    });
    let done = done.await.unwrap();
    assert_eq!(done, Imported { good: many, changed: many, renewed: true, ..Imported::default() });
    assert_eq!((lines, read), (many + 1, u64::try_from(large.len()).unwrap()));
    for bsn in numbers().take(MANY).step_by(997) {
        assert!(Bsn::parse(&bsn).is_some());
        assert_eq!(journal.register_find(&bsn).await.unwrap().len(), 1);
    }
    let (again, _) = take(&journal, &large).await;
    assert!(again.is_unchanged() && again.good == many, "{again:?}");
}

#[tokio::test]
async fn who_is_no_longer_in_the_file_is_removed_and_what_changed_is_replaced() {
    let (journal, _folder) = journal().await;
    let [a, b, c] = [0, 1, 2].map(|place| numbers().nth(place).unwrap());
    take(&journal, &file(9, [person(&a, "x"), person(&b, "x")])).await;
    let (done, _) = take(&journal, &file(10, [person(&b, "y"), person(&c, "x")])).await;
    assert_eq!(done, Imported { good: 2, changed: 2, removed: 1, renewed: true, ..Imported::default() });
    assert!(journal.register_find(&a).await.unwrap().is_empty());
    assert!(journal.register_find(&b).await.unwrap()[0].contains("\"y\""));
    assert_eq!(as_of(&journal).await, "2026-11-02T10:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn every_bad_line_is_named_and_the_good_ones_are_kept() {
    let (journal, _folder) = journal().await;
    let [a, b] = [0, 1].map(|place| numbers().nth(place).unwrap());
    let lines = [
        person(&a, "x"),
        "{\"bsn\":".into(),
        String::new(),
        person("123456789", "x"),
        format!(r#"{{"bsn":"{b}","jansen":1}}"#),
        format!(r#"{{"bsn":"{b}","birth_date":"gisteren"}}"#),
        person(&a, "y"),
        person(&b, "x"),
    ];
    let (done, wrong) = take(&journal, &file(9, lines)).await;
    assert_eq!((done.good, done.wrong, done.changed), (2, 5, 2));
    let at: BTreeSet<u64> = wrong.iter().map(|(line, _)| *line).collect();
    assert_eq!(at, BTreeSet::from([3, 5, 6, 7, 8]));
    assert_eq!(wrong[0], (3, LineFault::Json(7)));
    assert!(matches!(wrong[2], (6, LineFault::Shape(_))), "{wrong:?}");
    assert!(wrong.contains(&(7, LineFault::Record(RecordFault::BirthDate))));
    assert!(wrong.contains(&(7, LineFault::Record(RecordFault::Empty))));
    assert_eq!(wrong.last(), Some(&(8, LineFault::Record(RecordFault::Duplicate))));
    for (_, fault) in wrong {
        let words = fault.to_string();
        assert!(
            ![a.as_str(), &b, "123456789", "jansen", "gisteren"].iter().any(|told| words.contains(told)),
            "{words}"
        );
    }
    assert_eq!(journal.register_find(&a).await.unwrap().len(), 1);
    assert_eq!(journal.register_find(&b).await.unwrap().len(), 1);
}

#[tokio::test]
async fn with_a_bad_line_the_register_never_says_that_it_is_complete() {
    let (journal, _folder) = journal().await;
    let [a, b] = [0, 1].map(|place| numbers().nth(place).unwrap());
    take(&journal, &file(9, [person(&a, "x"), "{".into()])).await;
    assert_eq!(as_of(&journal).await, Timestamp::UNIX_EPOCH);
    let (again, _) = take(&journal, &file(9, [person(&a, "x"), "{".into()])).await;
    assert!(again.is_unchanged() && again.wrong == 1);

    take(&journal, &file(9, [person(&a, "x"), person(&b, "x")])).await;
    let (done, _) = take(&journal, &file(10, [person(&b, "y"), "{".into()])).await;
    assert!(!done.renewed && done.removed == 0);
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
    assert_eq!(journal.register_find(&a).await.unwrap().len(), 1, "whose line was wrong stays");
}

#[tokio::test]
async fn a_file_with_another_number_of_records_than_it_says_is_damaged() {
    let (journal, _folder) = journal().await;
    let [a, b, c] = [0, 1, 2].map(|place| numbers().nth(place).unwrap());
    take(&journal, &announcing(2, 9, vec![person(&a, "x"), person(&b, "x")])).await;
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());

    // Cut off: the first of three.
    let (cut, _) = take(&journal, &announcing(3, 10, vec![person(&c, "x")])).await;
    assert_eq!(cut, Imported { good: 1, changed: 1, announced: Some(3), ..Imported::default() });
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
    for bsn in [&a, &b, &c] {
        assert_eq!(journal.register_find(bsn).await.unwrap().len(), 1);
    }
    // A bad line is a line that is there; an empty one is none.
    let (bad, _) = take(&journal, &announcing(2, 10, vec![person(&a, "x"), String::new(), "{".into()])).await;
    assert_eq!((bad.announced, bad.wrong), (None, 1));
    let whole = announcing(1, 10, vec![person(&c, "x")]);
    let (done, _) = take(&journal, &whole).await;
    assert_eq!((done.removed, done.renewed, done.is_sound()), (2, true, true));
    assert!(take(&journal, &whole).await.0.is_unchanged());
}

#[tokio::test]
async fn without_a_header_nothing_is_imported() {
    let (journal, _folder) = journal().await;
    let bsn = numbers().next().unwrap();
    let uncounted = file(9, [person(&bsn, "x")]).replace(",\"records\":1", "");
    for file in [String::new(), person(&bsn, "x"), "{\"name\":\"x\"}".into(), uncounted] {
        let refused = refused(&journal, &file, AT_NOON).await;
        assert!(matches!(refused, ImportError::Header), "{refused}");
        assert!(refused.to_string().contains("\"records\": 100000"), "it says what to add: {refused}");
    }
    assert!(journal.register_find(&bsn).await.unwrap().is_empty());
    assert_eq!(journal.register_header().await.unwrap(), None);
}

#[tokio::test]
async fn a_file_of_nobody_says_so() {
    let (journal, _folder) = journal().await;
    take(&journal, &file(9, numbers().take(2).map(|bsn| person(&bsn, "x")))).await;
    let (done, _) = take(&journal, &file(10, [])).await;
    assert_eq!((done.removed, done.is_sound()), (2, true));
    assert_eq!(as_of(&journal).await, "2026-11-02T10:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_first_import_that_is_interrupted_is_complete_until_never() {
    let (journal, _folder) = journal().await;
    interrupt(&journal, &file(9, batches()), AT_NOON).await;
    assert_eq!(as_of(&journal).await, Timestamp::UNIX_EPOCH);
    assert_eq!(journal.register_find(&numbers().next().unwrap()).await.unwrap().len(), 1);

    let (done, _) = take(&journal, &file(9, batches())).await;
    assert_eq!((done.changed, done.renewed, done.removed), (2, true, 0));
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_register_that_was_whole_stays_so_when_a_newer_file_is_interrupted() {
    let (journal, _folder) = journal().await;
    let gone = numbers().nth(MANY).unwrap();
    take(&journal, &file(9, [person(&gone, "x")])).await;
    interrupt(&journal, &file(10, batches()), AT_NOON).await;
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
    for bsn in [gone, numbers().next().unwrap()] {
        assert_eq!(journal.register_find(&bsn).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn any_file_takes_the_place_of_the_register_that_an_office_began_with() {
    let (journal, _folder) = journal().await;
    let began = Register { name: "Voorbeeld".into(), as_of: AT_NOON.now, records: Vec::new() };
    load(&journal, began, AT_NOON.office).await.unwrap();
    interrupt(&journal, &file(9, batches()), AT_NOON).await;
    assert_eq!(as_of(&journal).await, Timestamp::UNIX_EPOCH, "what it was complete until says nothing about the file");
    assert!(take(&journal, &file(9, batches())).await.0.is_sound());
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_file_that_is_older_than_the_register_is_refused_unless_it_is_asked_for() {
    let (journal, _folder) = journal().await;
    take(&journal, &file(10, [person(&numbers().next().unwrap(), "y")])).await;
    let (nine, ten) = (file(9, batches()), "2026-11-02T10:00:00Z".parse().unwrap());
    let refused = refused(&journal, &nine, AT_NOON).await;
    assert!(matches!(refused, ImportError::Older { register, .. } if register == ten), "{refused}");
    assert!(journal.register_find(&numbers().next().unwrap()).await.unwrap()[0].contains("\"y\""));
    assert_eq!(as_of(&journal).await, ten);

    // Rows of nine o'clock do not make a register of ten.
    let back = Against { older: true, ..AT_NOON };
    interrupt(&journal, &nine, back).await;
    assert_eq!(as_of(&journal).await, Timestamp::UNIX_EPOCH);
    assert!(import(&journal, nine.as_bytes(), back, |_| ()).await.unwrap().is_sound());
    assert_eq!(as_of(&journal).await, "2026-11-02T09:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_file_of_later_than_now_is_refused() {
    let (journal, _folder) = journal().await;
    let noon = file(12, [person(&numbers().next().unwrap(), "x")]);
    let early = |seconds| Against { now: AT_NOON.now - SignedDuration::from_secs(seconds), older: true, ..AT_NOON };
    let refused = refused(&journal, &noon, early(61)).await;
    assert!(matches!(refused, ImportError::InFuture { .. }), "{refused}");
    assert!(journal.register_is_empty().await.unwrap());
    assert!(import(&journal, noon.as_bytes(), early(60), |_| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn the_register_of_another_office_is_found_out_line_by_line() {
    let (journal, _folder) = journal().await;
    let [a, b] = [0, 1].map(|place| numbers().nth(place).unwrap());
    let of_vt = format!(
        r#"{{"bsn":"{b}","involvement":[{{"kind":"toezicht"}},{{"kind":"melding"}}],"safety_conditions":[],"judgement":{{"acute":"GEEN","structural":"GEEN","instrument":{{"name":"T","version":"1"}},"date":"2026-01-12"}}}}"#
    );
    let of_rvdk = format!(r#"{{"bsn":"{b}","involvement":[{{"kind":"maatregel"}}]}}"#);
    let (done, wrong) = take(&journal, &file(9, [person(&a, "x"), of_vt, of_rvdk])).await;
    assert_eq!((done.good, done.wrong), (1, 2));
    let faults = [
        (3, RecordFault::Involvement),
        (3, RecordFault::Judgement),
        (3, RecordFault::SafetyConditions),
        (4, RecordFault::Involvement),
    ];
    assert_eq!(wrong, faults.map(|(line, fault)| (line, LineFault::Record(fault))));
    assert_eq!(as_of(&journal).await, Timestamp::UNIX_EPOCH);
}
