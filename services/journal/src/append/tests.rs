//! What a batch does, and what it leaves alone when it is refused.

use crate::testing::{Desk, bare, batch, errand, fact, receipt};
use crate::{Batch, Error};

/// A batch with something of everything.
fn full(stream: &str, expected: u64, name: &str) -> Batch {
    Batch {
        errands: vec![errand(&format!("errand-{name}"), 0)],
        keys: vec![format!("key-{name}")],
        shelf: Some("desk".to_owned()),
        receipt: Some(receipt(&format!("receipt-{name}"), b"reply")),
        ..batch(stream, expected)
    }
}

/// Proves that nothing of `full(_, _, name)` is there.
async fn assert_nothing_of(desk: &Desk, name: &str) {
    assert!(desk.journal.errands().await.unwrap().iter().all(|open| open.id != format!("errand-{name}")));
    assert_eq!(desk.journal.receipt(&format!("receipt-{name}")).await.unwrap(), None);
    let keys: u32 = desk
        .raw()
        .query_one("SELECT count(*) FROM keys WHERE key = ?1", [format!("key-{name}")], |row| row.get(0))
        .unwrap();
    assert_eq!(keys, 0);
}

#[tokio::test]
async fn a_batch_is_there_as_a_whole() {
    let desk = Desk::new().await;
    let written = Batch { facts: vec![fact("1"), fact("2")], ..full("case/a", 0, "a") };
    assert_eq!(desk.journal.append(written).await.unwrap().version, 2);

    let desk = desk.reopened().await;
    let read = desk.journal.read("case/a").await.unwrap();
    assert_eq!(read.iter().map(|fact| (fact.version, &*fact.body)).collect::<Vec<_>>(), [(1, "1"), (2, "2")]);
    assert_eq!(desk.journal.errands().await.unwrap()[0].stream, "case/a");
    assert_eq!(desk.journal.receipt("receipt-a").await.unwrap(), Some(receipt("receipt-a", b"reply")));
    assert_eq!(desk.journal.list("desk", None, 9).await.unwrap()[0].stream, "case/a");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_of_one_version_one_wins() {
    let desk = Desk::new().await;
    for version in 0..20 {
        let (one, other) =
            tokio::join!(desk.journal.append(batch("case/a", version)), desk.journal.append(batch("case/a", version)));
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => panic!("{both:?}"),
        };
        assert!(matches!(lost, Error::Conflict { actual } if actual == version + 1), "{lost:?}");
        assert!(lost.nothing_happened());
    }
    assert_eq!(desk.journal.read("case/a").await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_conflict_leaves_nothing_behind() {
    let desk = Desk::new().await;
    desk.journal.append(batch("case/a", 0)).await.unwrap();
    for expected in [0, 2, u64::MAX] {
        let refused = desk.journal.append(full("case/a", expected, "late")).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict { actual: 1 }), "{refused:?}");
    }
    assert_nothing_of(&desk, "late").await;
    assert_eq!(desk.journal.list("desk", None, 9).await.unwrap(), []);
    assert_eq!(desk.journal.read("case/a").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_batch_without_facts_is_checked_against_the_version_too() {
    let desk = Desk::new().await;
    desk.journal.append(batch("case/a", 0)).await.unwrap();
    assert!(matches!(desk.journal.append(bare("case/a", 0)).await, Err(Error::Conflict { actual: 1 })));
    let bare = Batch { receipt: Some(receipt("asked", b"no")), ..bare("case/a", 1) };
    assert_eq!(desk.journal.append(bare).await.unwrap().version, 1);
    assert_eq!(desk.journal.receipt("asked").await.unwrap().unwrap().reply, b"no");
}

#[tokio::test]
async fn a_key_is_held_by_one_stream() {
    let desk = Desk::new().await;
    let holding = |stream: &str, version| Batch { keys: vec!["number".to_owned()], ..batch(stream, version) };
    desk.journal.append(holding("case/a", 0)).await.unwrap();
    desk.journal.append(holding("case/a", 1)).await.unwrap();

    let mut late = full("case/b", 0, "b");
    late.keys.push("number".to_owned());
    let refused = desk.journal.append(late).await.unwrap_err();
    assert!(matches!(&refused, Error::KeyTaken { stream } if stream == "case/a"), "{refused:?}");
    assert!(refused.nothing_happened());
    assert_nothing_of(&desk, "b").await;
    assert_eq!(desk.journal.read("case/b").await.unwrap(), []);
}

#[tokio::test]
async fn a_key_that_a_stream_gives_up_is_free_for_another_and_nobody_gives_up_anothers() {
    let desk = Desk::new().await;
    let key = || vec!["number".to_owned()];
    desk.journal.append(Batch { keys: key(), ..batch("case/a", 0) }).await.unwrap();
    desk.journal.append(Batch { frees: key(), ..batch("case/b", 0) }).await.unwrap();
    let held = desk.journal.append(Batch { keys: key(), ..batch("case/b", 1) }).await.unwrap_err();
    assert!(matches!(&held, Error::KeyTaken { stream } if stream == "case/a"), "{held:?}");

    desk.journal.append(Batch { frees: key(), ..batch("case/a", 1) }).await.unwrap();
    desk.journal.append(Batch { keys: key(), ..batch("case/b", 1) }).await.unwrap();
}

#[tokio::test]
async fn a_request_asked_again_gets_its_receipt_before_any_other_refusal() {
    let desk = Desk::new().await;
    let asked = || Batch { receipt: Some(receipt("asked", b"yes")), ..batch("case/a", 0) };
    desk.journal.append(asked()).await.unwrap();
    let again = desk.journal.append(asked()).await.unwrap_err();
    assert!(matches!(again, Error::ReceiptExists(given) if given == receipt("asked", b"yes")));
    assert_eq!(desk.journal.read("case/a").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_batch_the_store_refuses_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let nameless = desk.journal.append(full("", 0, "nameless")).await.unwrap_err();
    assert!(matches!(nameless, Error::Store(_)), "{nameless:?}");
    assert!(nameless.nothing_happened());
    assert_nothing_of(&desk, "nameless").await;
}

#[tokio::test]
async fn no_message_and_no_debug_output_shows_a_value_of_the_caller() {
    let mut secret = full("case/a", 0, "a");
    secret.keys = vec!["secret".to_owned()];
    secret.facts[0].personal = vec![crate::testing::personal(1, 1, "secret")];
    secret.receipt = Some(receipt("asked", b"secret"));
    let row = crate::RegisterRow { keys: vec!["secret".to_owned()], body: "secret".to_owned() };
    let errors = [
        Error::ReceiptExists(secret.receipt.clone().unwrap()).to_string(),
        Error::KeyTaken { stream: "secret".to_owned() }.to_string(),
    ];
    assert!(!format!("{secret:?} {row:?} {errors:?}").contains("secret"));
}

#[tokio::test]
async fn the_holders_of_keys_that_begin_alike_are_found_together() {
    let desk = Desk::new().await;
    let with = |stream: &str, key: &str| Batch { keys: vec![key.to_owned()], ..batch(stream, 0) };
    for (stream, key) in [("case/b", "i/1/b"), ("case/c", "i/10/c"), ("case/a", "i/1/a"), ("case/d", "j/1/d")] {
        desk.journal.append(with(stream, key)).await.unwrap();
    }
    assert_eq!(desk.journal.holders("i/1/").await.unwrap(), ["case/a", "case/b"]);
    assert!(desk.journal.holders("k/").await.unwrap().is_empty());
}
