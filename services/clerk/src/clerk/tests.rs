//! What the clerk has at hand is what the journal holds.

use super::*;
use crate::testing::{Bring, Command, KEY, Office, STREAM, actor};
use std::time::{Duration, Instant};
use zsm::Role;
use zsm_journal::Fact;
use zsm_journal::blocked::Blocked;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_durable_is_seen_by_everyone_though_its_caller_went_away() {
    let office = Office::open().await;
    office.tell(Bring::News(1)).await;
    let before = office.clerk.read(STREAM).await.unwrap().version;

    let blocked = Blocked::at(&office.journal()).unwrap();
    let (clerk, command) = (office.clerk.clone(), Command::Tell(Bring::News(2)));
    let caller = tokio::spawn(async move {
        let deed = Deed { stream: STREAM.into(), command, by: actor("om", Role::Operator), etag: None };
        clerk.perform(deed, |_| None).await.map(drop)
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled(), "it waited for the journal");
    drop(blocked);

    let begun = Instant::now();
    while office.clerk.read(STREAM).await.unwrap().version == before {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody sees what the journal holds");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(office.open_errands().await.len(), 2);
}

#[tokio::test]
async fn a_stream_from_before_a_key_was_kept_holds_it_from_its_next_write() {
    // A12: cases of one incident find each other by such a key.
    let office = Office::open().await;
    let fact = Fact { kind: "Told".into(), body: r#"{"News":1}"#.into(), personal: Vec::new() };
    let before = Batch { stream: STREAM.into(), facts: vec![fact], ..Batch::default() };
    office.clerk.journal().append(before).await.unwrap();
    assert!(office.clerk.journal().holders(KEY).await.unwrap().is_empty());
    office.tell(Bring::News(2)).await;
    assert_eq!(office.clerk.journal().holders(KEY).await.unwrap(), [STREAM]);
}
