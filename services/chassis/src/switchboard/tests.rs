//! A channel outlives the office it leads to.

use std::time::Duration;

use tokio::time::timeout;
use tonic::Code;
use tonic::transport::Channel;

use super::{Switchboard, broke};
use crate::server::tests::probe::{NAME, Running, health};

const SOON: Duration = Duration::from_secs(5);
const MOMENT: Duration = Duration::from_millis(20);

/// The first call may meet the connection as it dies; no later one gets through. Transport can lose sight of a request
/// that it takes up in the very moment in which its connection ends: it then breaks at the next call, or at its own term.
async fn out_of_reach(channel: &Channel) {
    let next = async {
        tokio::time::sleep(MOMENT).await;
        health(channel, "").await
    };
    let (first, next) = timeout(SOON, async { tokio::join!(health(channel, ""), next) }).await.unwrap();
    let first = first.unwrap_err();
    assert!(broke(&first), "{first:?}");
    let mut later = next.unwrap_err().code();
    for _ in 0..2 {
        later = timeout(SOON, health(channel, "")).await.unwrap().unwrap_err().code();
    }
    assert_eq!(later, Code::Unavailable);
}

#[tokio::test]
async fn an_office_that_was_never_there_is_unavailable() {
    let channel = Switchboard::default().channel("nobody");
    assert_eq!(health(&channel, "").await.unwrap_err().code(), Code::Unavailable);
}

#[tokio::test]
async fn the_same_channel_works_again_when_the_office_is_back() {
    let board = Switchboard::default();
    let channel = board.channel(NAME);
    for _ in 0..3 {
        let office = Running::start(&board, None);
        health(&channel, "").await.unwrap();

        board.unplug(NAME);
        out_of_reach(&channel).await;
        office.stop(SOON).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_in_the_moment_of_unplugging_breaks_and_the_next_is_unavailable() {
    let board = Switchboard::default();
    let channel = board.channel(NAME);
    for _ in 0..50 {
        let office = Running::start(&board, None);
        health(&channel, "").await.unwrap();
        board.unplug(NAME);
        out_of_reach(&channel).await;
        office.stop(SOON).await;
    }
}

#[tokio::test]
async fn unplugging_breaks_what_is_under_way() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let in_hand = office.begin_waiting(&board.channel(NAME)).await;
    board.unplug(NAME);
    let (code, _) = timeout(SOON, in_hand).await.unwrap().unwrap();
    assert_ne!(code, Code::Ok);
}

#[tokio::test]
async fn an_office_plugged_again_takes_the_calls_of_the_old_one() {
    let board = Switchboard::default();
    let channel = board.channel(NAME);
    let old = Running::start(&board, None);
    health(&channel, "").await.unwrap();
    let new = Running::start(&board, None);
    old.stop(SOON).await;
    if let Err(status) = health(&channel, "").await {
        assert!(broke(&status), "{status:?}");
    }
    health(&channel, "").await.unwrap();
    new.stop(SOON).await;
}

#[tokio::test]
async fn an_office_that_stopped_softly_is_unavailable_without_being_unplugged() {
    let board = Switchboard::default();
    let channel = board.channel(NAME);
    let office = Running::start(&board, None);
    health(&channel, "").await.unwrap();
    office.stop(SOON).await;
    out_of_reach(&channel).await;
}
