//! How a journal is opened, shared and closed.

use std::fs;

use tempfile::TempDir;

use crate::testing::{Desk, batch};
use crate::{Error, Journal, OpenError};

#[tokio::test]
async fn after_a_drop_everything_is_read_back() {
    let desk = Desk::new().await;
    desk.journal.append(batch("case/a", 0)).await.unwrap();
    let path = desk.path();
    drop(desk.journal);
    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.read("case/a").await.unwrap().len(), 1);
    assert_eq!(journal.append(batch("case/a", 1)).await.unwrap().version, 2);
}

#[tokio::test]
async fn a_second_owner_is_refused_until_the_first_lets_go() {
    let desk = Desk::new().await;
    let path = desk.path();
    let refused = Journal::open(&path).await.unwrap_err();
    assert!(matches!(refused, OpenError::Owned { .. }), "{refused:?}");
    assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");

    #[cfg(unix)]
    {
        let other_way = desk.folder.path().join("link.db");
        std::os::unix::fs::symlink(&path, &other_way).unwrap();
        assert!(matches!(Journal::open(&other_way).await, Err(OpenError::Owned { .. })));
    }

    desk.journal.close().await;
    Journal::open(&path).await.unwrap();
}

#[tokio::test]
async fn closing_finishes_what_waits_and_stops_every_clone() {
    let desk = Desk::new().await;
    let clone = desk.journal.clone();
    let path = desk.path();
    // Each of these runs up to its wait before the next one starts, so the batches are handed in before the end.
    let (one, other, ()) =
        tokio::join!(clone.append(batch("case/a", 0)), clone.append(batch("case/b", 0)), desk.journal.close(),);
    one.unwrap();
    other.unwrap();
    assert!(matches!(clone.append(batch("late", 0)).await, Err(Error::Stopped)));
    assert!(matches!(clone.read("case/a").await, Err(Error::Stopped)));

    let mut log = path.clone().into_os_string();
    log.push("-wal");
    assert!(!fs::exists(log).unwrap(), "the log is folded into the file");
    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.streams("case/").await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_folder_is_made() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a/b/journal.db");
    Journal::open(&path).await.unwrap().close().await;
    assert!(path.is_file());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for path in [file.join("journal.db"), file.join("deeper/journal.db")] {
        let refused = Journal::open(&path).await.unwrap_err();
        assert!(matches!(refused, OpenError::Folder { .. }), "{refused:?}");
        assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");
    }
}

#[tokio::test]
async fn the_path_of_a_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let refused = Journal::open(folder.path()).await.unwrap_err();
    assert!(matches!(refused, OpenError::Directory { .. }), "{refused:?}");
    assert!(refused.to_string().contains("journal.db"), "{refused}");
}

#[test]
fn a_journal_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<Journal>();
}
