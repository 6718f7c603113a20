//! Which files are taken for a journal.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::testing::Desk;
use crate::{Journal, OpenError};

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
    assert!(matches!(refused, OpenError::Newer { found: 99, known: 2, .. }), "{refused:?}");
    assert!(refused.to_string().contains("schema 99, this one knows up to 2"), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
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
