//! Which files are taken for a journal.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::testing::{Desk, batch};
use crate::{Batch, Journal, OpenError, Standing};

fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal.db");
    (folder, path)
}

/// Proves that a file is refused as no journal, in a sentence with its path, and left as it is.
async fn assert_foreign(path: &PathBuf) {
    let before = fs::read(path).unwrap();
    let refused = Journal::open(path).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotAJournal { .. }), "{refused:?}");
    assert!(refused.to_string().contains(path.to_str().unwrap()));
    assert_eq!(fs::read(path).unwrap(), before);
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_as_it_is() {
    let desk = Desk::new().await;
    let path = desk.path();
    desk.journal.close().await;
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = Journal::open(&path).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 99, known: 6, .. }), "{refused:?}");
    assert!(refused.to_string().contains("schema 99, this one knows up to 6"), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_journal_at_the_third_schema_moves_forward_and_reads_the_same() {
    let (_folder, path) = place();
    let before = crate::store::writing(&path).unwrap();
    for migration in &super::MIGRATIONS[..3] {
        before.execute_batch(migration).unwrap();
    }
    before
        .execute_batch(
            "INSERT INTO streams VALUES ('cases/1', 1, 7, 'cases/midden/open'), ('cases/2', 1, 7, 'cases/midden/ended'),
                 ('questions/1', 1, 7, 'questions/rvdk/open');
             INSERT INTO facts (stream, version, at, kind, body) VALUES ('cases/1', 1, 7, 'Registered', '{}');
             INSERT INTO errands (id, stream, kind, subject, not_before, put_at) VALUES ('e', 'cases/1', 'cases', '{}', 9, 8);",
        )
        .unwrap();
    before.pragma_update(None, "application_id", super::APPLICATION_ID).unwrap();
    before.pragma_update(None, "user_version", 3).unwrap();
    drop(before);

    let journal = Journal::open(&path).await.unwrap();
    let facts = journal.read("cases/1").await.unwrap();
    assert_eq!((facts.len(), facts[0].at, facts[0].kind.as_str()), (1, 7, "Registered"));
    assert_eq!(journal.trace("cases/1").await.unwrap(), None);
    let errands = journal.errands().await.unwrap();
    assert_eq!((errands.len(), errands[0].not_before, &errands[0].trace), (1, 9, &None));
    assert!(!errands[0].urgent, "what was put down before waits its turn");
    let asked = journal.clone();
    let backlog = tokio::task::spawn_blocking(move || asked.backlog_blocking(60)).await.unwrap().unwrap();
    assert_eq!(backlog.waiting, [("onbekend".to_owned(), 1)], "until it is written again");
    assert_eq!(backlog.ended, [("onbekend".to_owned(), 1)], "so is how it ended");
    assert_eq!((backlog.pending, backlog.oldest), (1, Some(8)));
    journal.append(Batch { waits: Some("gezin".into()), ..batch("cases/1", 1) }).await.unwrap();
    journal.append(Batch { ended: Some("dubbel".into()), ..batch("cases/2", 1) }).await.unwrap();
    let backlog = tokio::task::spawn_blocking(move || journal.backlog_blocking(60)).await.unwrap().unwrap();
    assert_eq!(backlog.waiting, [("gezin".to_owned(), 1)]);
    assert_eq!(backlog.ended, [("dubbel".to_owned(), 1)]);
}

#[tokio::test]
async fn a_sqlite_file_of_another_program_is_refused() {
    let (_folder, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE something (a)").unwrap();
    assert_foreign(&path).await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let (_folder, path) = place();
    fs::write(&path, "a letter, a thousand times over\n".repeat(1_000)).unwrap();
    assert_foreign(&path).await;
}

#[tokio::test]
async fn an_opening_that_was_cut_short_is_done_over() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    Journal::open(&path).await.unwrap().close().await;

    let (_folder, path) = place();
    drop(crate::store::writing(&path).unwrap());
    assert!(fs::metadata(&path).unwrap().len() > 0);
    Journal::open(&path).await.unwrap().close().await;
}

#[tokio::test]
async fn an_opening_that_was_killed_while_it_wrote_is_done_over() {
    let (_folder, path) = place();
    drop(crate::store::writing(&path).unwrap());
    // What SQLite leaves behind when it is killed while it makes the log: a note that the file was empty before.
    let mut undo = [0_u8; 512];
    undo[..8].copy_from_slice(&[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
    undo[20..24].copy_from_slice(&512_u32.to_be_bytes());
    undo[24..28].copy_from_slice(&4096_u32.to_be_bytes());
    let beside = path.with_file_name("journal.db-journal");
    fs::write(&beside, undo).unwrap();
    Journal::open(&path).await.unwrap().close().await;
    assert!(!beside.exists());
}

#[tokio::test]
async fn a_journal_of_the_schema_before_moves_forward_and_keeps_its_errands() {
    let (_folder, path) = place();
    let before = Connection::open(&path).unwrap();
    for migration in &super::MIGRATIONS[..2] {
        before.execute_batch(migration).unwrap();
    }
    before.pragma_update(None, "application_id", super::APPLICATION_ID).unwrap();
    before.pragma_update(None, "user_version", 2).unwrap();
    before
        .execute_batch(
            "INSERT INTO streams (stream, version, at) VALUES ('case/a', 1, 5);
             INSERT INTO facts (stream, version, at, kind, body) VALUES ('case/a', 1, 5, 'noted', '{}');
             INSERT INTO errands (id, stream, kind, subject, attempts, not_before)
             VALUES ('e', 'case/a', 'send', '{}', 3, 9);",
        )
        .unwrap();
    drop(before);

    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.read("case/a").await.unwrap().len(), 1);
    let due = journal.due(9, 10).await.unwrap();
    assert_eq!((due[0].id.as_str(), due[0].attempts, due[0].standing), ("e", 3, Standing::Tried));
    assert_eq!((due[0].put_at, &due[0].failure), (None, &None), "what was not kept then is not known now");
}
