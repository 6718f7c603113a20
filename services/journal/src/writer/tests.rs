//! Changes that are committed together, and what becomes of them when something breaks.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::{Change, Order, Outcome, commit};
use crate::figures::Tally;
use crate::testing::{Desk, batch, errand, fact, personal, receipt};
use crate::{Batch, Error, Journal, schema, store, stream};

/// Commits batches as one group on a connection of their own.
fn commit_together(connection: &mut Connection, batches: Vec<Batch>) -> Vec<Outcome> {
    let (group, replies): (Vec<_>, Vec<_>) = batches
        .into_iter()
        .map(|batch| {
            let (reply, outcome) = oneshot::channel();
            (Order { change: Change::Append(Box::new(batch)), reply }, outcome)
        })
        .unzip();
    commit(connection, group, &Tally::default());
    replies.into_iter().map(|mut outcome| outcome.try_recv().unwrap()).collect()
}

fn connection(folder: &TempDir) -> Connection {
    let mut connection = store::writing(&folder.path().join("journal.db")).unwrap();
    schema::migrate(&mut connection).unwrap();
    connection
}

/// A batch that breaks halfway: its second fact says the same thing about the same person twice.
fn broken(stream: &str) -> Batch {
    let mut twice = fact("{}");
    twice.personal = vec![personal(0, 1, "a"), personal(0, 1, "b")];
    let mut broken = batch(stream, 0);
    broken.facts.push(twice);
    broken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_appends_at_once_are_all_there_after_reopening_and_a_bad_one_hurts_no_other() {
    let desk = Desk::new().await;
    let writers: Vec<_> = (0..200)
        .map(|number| {
            let journal = desk.journal.clone();
            let stream = format!("case/{number:03}");
            let batch = if number == 77 { broken(&stream) } else { batch(&stream, 0) };
            tokio::spawn(async move { journal.append(batch).await })
        })
        .collect();
    for (number, writer) in writers.into_iter().enumerate() {
        let outcome = writer.await.unwrap();
        assert_eq!(outcome.is_err(), number == 77, "{number}: {outcome:?}");
    }
    let desk = desk.reopened().await;
    let streams = desk.journal.streams("case/").await.unwrap();
    assert_eq!(streams.len(), 199);
    assert!(!streams.contains(&"case/077".to_owned()));
    assert_eq!(desk.journal.read("case/077").await.unwrap(), []);
}

#[test]
fn in_one_group_each_batch_stands_alone_and_sees_those_before_it() {
    let folder = TempDir::new().unwrap();
    let mut connection = connection(&folder);
    let outcomes =
        commit_together(&mut connection, vec![batch("a", 0), broken("b"), batch("a", 0), batch("a", 1), batch("c", 0)]);
    assert!(
        matches!(&outcomes[..], [Ok(1), Err(Error::Store(_)), Err(Error::Conflict { actual: 1 }), Ok(2), Ok(1)]),
        "{outcomes:?}"
    );
    assert!(outcomes[1].as_ref().unwrap_err().nothing_happened());
    assert_eq!(stream::read(&connection, "a").unwrap().len(), 2);
    assert_eq!(stream::read(&connection, "b").unwrap().len(), 0);
    assert_eq!(stream::read(&connection, "c").unwrap().len(), 1);
}

#[test]
fn a_commit_that_fails_fails_all_and_the_next_one_works() {
    let folder = TempDir::new().unwrap();
    let mut connection = connection(&folder);
    // A foreign key that is checked at commit stands in for a disk that fails at that moment.
    connection
        .execute_batch(
            "CREATE TABLE parents (id INTEGER PRIMARY KEY);
             CREATE TABLE children (id INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER failing AFTER INSERT ON facts WHEN NEW.stream = 'bad'
             BEGIN INSERT INTO children VALUES (1); END;",
        )
        .unwrap();
    let outcomes = commit_together(&mut connection, vec![batch("a", 0), batch("bad", 0), batch("a", 0)]);
    for outcome in outcomes {
        let failure = outcome.unwrap_err();
        assert!(matches!(failure, Error::Store(_)), "{failure:?}");
        assert!(!failure.nothing_happened());
    }
    assert!(matches!(commit_together(&mut connection, vec![batch("a", 0)])[..], [Ok(1)]));
}

#[test]
fn on_a_full_disk_what_was_promised_is_there_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let mut connection = connection(&folder);
    let pages: u32 = connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    connection.pragma_update(None, "max_page_count", pages + 4).unwrap();
    let huge = Batch { facts: vec![fact(&"x".repeat(1 << 20))], ..batch("huge", 0) };
    let outcomes = commit_together(&mut connection, vec![batch("a", 0), huge, batch("b", 0)]);
    assert!(outcomes[1].is_err());
    for (stream, outcome) in ["a", "huge", "b"].iter().zip(&outcomes) {
        assert_eq!(stream::read(&connection, stream).unwrap().len(), usize::from(outcome.is_ok()), "{outcomes:?}");
    }
    assert!(matches!(commit_together(&mut connection, vec![batch("c", 0)])[..], [Ok(1)]));
}

#[tokio::test]
async fn a_journal_that_cannot_be_written_says_so_until_it_can_and_comes_back_by_itself() {
    let desk = Desk::new().await;
    let mut writable = desk.journal.writable();
    assert!(*writable.borrow());
    let other = desk.raw();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(desk.journal.append(batch("a", 0)).await.unwrap_err().nothing_happened());
    writable.wait_for(|writable| !writable).await.unwrap();
    assert_eq!(desk.journal.read("a").await.unwrap(), [], "it can still be read");
    other.execute_batch("ROLLBACK").unwrap();
    // Nobody writes: the journal tries for itself.
    writable.wait_for(|writable| *writable).await.unwrap();
    assert_eq!(desk.journal.append(batch("a", 0)).await.unwrap().version, 1);
    assert_eq!(desk.journal.written().failures, 1);
}

#[test]
fn a_change_that_is_at_fault_itself_does_not_make_the_journal_unwritable() {
    let folder = TempDir::new().unwrap();
    let mut connection = connection(&folder);
    let commit_one = |connection: &mut Connection, batch: Batch| {
        let (reply, _outcome) = oneshot::channel();
        commit(connection, vec![Order { change: Change::Append(Box::new(batch)), reply }], &Tally::default())
    };
    assert!(commit_one(&mut connection, broken("b")));
    connection.pragma_update(None, "query_only", true).unwrap();
    assert!(!commit_one(&mut connection, batch("a", 0)));
    connection.pragma_update(None, "query_only", false).unwrap();
    assert!(commit_one(&mut connection, batch("a", 0)));
}

#[tokio::test]
async fn a_log_torn_off_anywhere_leaves_a_prefix_of_whole_batches() {
    let desk = Desk::new().await;
    for number in 0..12 {
        desk.journal.append(whole(number)).await.unwrap();
    }
    let log = fs::read(with(&desk.path(), "-wal")).unwrap();
    let mut found = Vec::new();
    for cut in [0, 1, 5, 4_000, 5_000, log.len() / 3, log.len() / 2, log.len() / 4 * 3] {
        let folder = TempDir::new().unwrap();
        let torn = folder.path().join("journal.db");
        fs::copy(desk.path(), &torn).unwrap();
        fs::write(with(&torn, "-wal"), &log[..log.len() - cut]).unwrap();
        found.push(whole_batches(&torn).await);
    }
    assert_eq!(found[..3], [12, 11, 11]);
    assert!(found.iter().any(|&count| (1..11).contains(&count)), "{found:?}");
}

/// The batch that brings version `3 * number` to the next three, with a receipt and an errand.
fn whole(number: u64) -> Batch {
    let mut whole = batch("case/a", number * 3);
    whole.facts = vec![fact("1"), fact("2"), fact("3")];
    whole.facts[1].personal = vec![personal(0, 1, "name")];
    whole.errands = vec![errand(&format!("errand-{number}"), 0)];
    whole.receipt = Some(receipt(&format!("receipt-{number}"), &[7; 3_000]));
    whole
}

/// Opens a journal, and proves that it holds nothing but the first so many batches as a whole.
async fn whole_batches(path: &Path) -> u64 {
    let journal = Journal::open(path).await.unwrap();
    let facts = journal.read("case/a").await.unwrap();
    let count = facts.len() as u64 / 3;
    assert_eq!(facts.len() as u64, count * 3);
    assert_eq!(facts.iter().map(|fact| fact.personal.len() as u64).sum::<u64>(), count);
    let errands: Vec<_> = journal.errands().await.unwrap().into_iter().map(|errand| errand.id).collect();
    assert_eq!(errands, (0..count).map(|number| format!("errand-{number}")).collect::<Vec<_>>());
    for number in 0..12 {
        let receipt = journal.receipt(&format!("receipt-{number}")).await.unwrap();
        assert_eq!(receipt.is_some(), number < count);
    }
    // The journal goes on from there.
    assert_eq!(journal.append(whole(count)).await.unwrap().version, count * 3 + 3);
    journal.close().await;
    count
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
