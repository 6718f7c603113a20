//! What a journal tells about itself.

use super::{Backlog, Commits, Tally};
use crate::testing::{Desk, bare, batch, errand};
use crate::{Batch, Failure};

/// What waits, asked as those who measure ask it: from a thread of their own.
async fn backlog(desk: &Desk, ceiling: u32) -> Backlog {
    let journal = desk.journal.clone();
    tokio::task::spawn_blocking(move || journal.backlog_blocking(ceiling)).await.unwrap().unwrap()
}

fn failure() -> Failure {
    Failure { at: 0, code: "UNAVAILABLE".into() }
}

#[test]
fn commits_are_counted_by_size_and_every_size_has_its_place() {
    let tally = Tally::default();
    for changes in [0, 1, 2, 3, 4, 511, 512, 100_000] {
        tally.committed(changes, 1);
    }
    tally.failed();
    let written = tally.read();
    assert_eq!((written.appends, written.failures), (8, 1));
    let counted: Vec<(u64, u64)> =
        written.commits.iter().map(|Commits { from, count }| (*from, *count)).filter(|(_, count)| *count > 0).collect();
    assert_eq!(counted, [(1, 2), (2, 2), (4, 1), (256, 1), (512, 2)]);
}

#[tokio::test]
async fn only_what_was_added_counts_as_an_append() {
    let desk = Desk::new().await;
    desk.journal.append(batch("a", 0)).await.unwrap();
    desk.journal.append(batch("a", 0)).await.unwrap_err();
    desk.journal.postpone("nothing", 1, 0, failure()).await.unwrap();
    let written = desk.journal.written();
    assert_eq!((written.appends, written.failures), (1, 0));
    assert_eq!(written.commits.iter().map(|commits| commits.count).sum::<u64>(), 3);
}

#[tokio::test]
async fn errands_are_told_apart_by_how_often_they_were_tried() {
    let desk = Desk::new().await;
    assert_eq!(backlog(&desk, 60).await, Backlog::default());
    let errands = ["new", "tried", "often", "given up", "done"].map(|id| errand(id, 5_000)).into();
    desk.journal.append(Batch { errands, ..bare("a", 0) }).await.unwrap();
    desk.journal.postpone("tried", 1, 9_000, failure()).await.unwrap();
    desk.journal.postpone("often", 60, 9_000, failure()).await.unwrap();
    desk.journal.append(Batch { settles: vec!["done".into()], ..bare("a", 0) }).await.unwrap();
    desk.journal.append(Batch { gives_up: Some("given up".into()), ..bare("a", 0) }).await.unwrap();
    let found = backlog(&desk, 60).await;
    assert_eq!((found.pending, found.retried, found.stuck), (1, 1, 2));
    assert_eq!(found.oldest, Some(1_000), "since it was asked, however often it was put off");
}

#[tokio::test]
async fn streams_are_counted_by_what_they_wait_for_now() {
    let desk = Desk::new().await;
    let waits = |stream: &str, expected, waits: &str| Batch { waits: Some(waits.into()), ..batch(stream, expected) };
    for (stream, what) in [("a", "gezin"), ("b", "gezin"), ("c", "beslissing")] {
        desk.journal.append(waits(stream, 0, what)).await.unwrap();
    }
    desk.journal.append(waits("b", 1, "ondertekening")).await.unwrap();
    desk.journal.append(batch("c", 1)).await.unwrap();
    desk.journal.append(Batch { shelf: Some("s".into()), ..bare("a", 1) }).await.unwrap();
    let found = backlog(&desk.reopened().await, 60).await;
    assert_eq!(found.waiting, [("gezin".to_owned(), 1), ("ondertekening".to_owned(), 1)]);
}

#[tokio::test]
async fn streams_are_counted_by_how_they_ended_as_long_as_they_have() {
    let desk = Desk::new().await;
    let ends = |stream: &str, how: &str| Batch { ended: Some(how.into()), ..batch(stream, 0) };
    for (stream, how) in [("a", "beslist"), ("b", "dubbel"), ("c", "beslist")] {
        desk.journal.append(ends(stream, how)).await.unwrap();
    }
    desk.journal.append(batch("a", 1)).await.unwrap();
    desk.journal.append(Batch { shelf: Some("s".into()), ..bare("b", 1) }).await.unwrap();
    let found = backlog(&desk.reopened().await, 60).await;
    assert_eq!(found.ended, [("beslist".to_owned(), 1), ("dubbel".to_owned(), 1)], "one was opened again");
}
