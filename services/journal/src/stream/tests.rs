//! What is read back, and how a person is forgotten.

use crate::Batch;
use crate::testing::{Desk, bare, batch, errand, fact, personal};

#[tokio::test]
async fn personal_values_come_back_with_their_fact_in_order() {
    let desk = Desk::new().await;
    let mut written = batch("case/a", 0);
    written.facts = vec![fact("1"), fact("2"), fact("3")];
    written.facts[0].personal = vec![personal(1, 2, "b"), personal(0, 0, "a")];
    written.facts[2].personal = vec![personal(0, 2, "c")];
    desk.journal.append(written).await.unwrap();
    desk.journal.append(batch("case/b", 0)).await.unwrap();

    let read = desk.journal.read("case/a").await.unwrap();
    assert_eq!(read.iter().map(|fact| fact.version).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(read[0].personal, [personal(0, 0, "a"), personal(1, 2, "b")]);
    assert_eq!(read[1].personal, []);
    assert_eq!(read[2].personal, [personal(0, 2, "c")]);
}

#[tokio::test]
async fn a_person_is_forgotten_while_the_facts_stay() {
    let desk = Desk::new().await;
    let mut written = batch("case/a", 0);
    written.facts[0].personal = vec![personal(0, 1, "one"), personal(1, 2, "two")];
    desk.journal.append(written).await.unwrap();

    desk.raw().execute("DELETE FROM personal WHERE stream = 'case/a' AND person = 1", []).unwrap();
    assert_eq!(desk.journal.read("case/a").await.unwrap()[0].personal, [personal(1, 2, "two")]);
    desk.raw().execute("DELETE FROM personal", []).unwrap();
    let read = desk.journal.read("case/a").await.unwrap();
    assert_eq!((read.len(), read[0].personal.len()), (1, 0));
}

#[tokio::test]
async fn streams_are_found_by_the_start_of_their_name() {
    let desk = Desk::new().await;
    for stream in ["case/b", "case/a", "casé/c", "case", "desk/a", "case/%"] {
        desk.journal.append(batch(stream, 0)).await.unwrap();
    }
    assert_eq!(desk.journal.streams("case/").await.unwrap(), ["case/%", "case/a", "case/b"]);
    assert_eq!(desk.journal.streams("").await.unwrap().len(), 6);
    assert!(desk.journal.streams("nothing").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_fact_keeps_its_moment_kind_and_body() {
    let desk = Desk::new().await;
    let mut written = Batch { at: -5, ..batch("case/a", 0) };
    written.facts[0].kind = "géén".to_owned();
    written.facts[0].body = "{\"a\":\"\\u0000 é\"}".to_owned();
    desk.journal.append(written.clone()).await.unwrap();
    let read = desk.reopened().await.journal.read("case/a").await.unwrap();
    assert_eq!((read[0].at, &read[0].kind, &read[0].body), (-5, &written.facts[0].kind, &written.facts[0].body));
}

#[tokio::test]
async fn a_stream_keeps_the_trace_of_the_act_that_wrote_last_and_its_errands_that_of_their_own() {
    let desk = Desk::new().await;
    let traced = |expected, trace: Option<&str>, id: &str| Batch {
        trace: trace.map(str::to_owned),
        errands: vec![errand(id, 0)],
        ..batch("a", expected)
    };
    assert_eq!(desk.journal.trace("a").await.unwrap(), None);
    desk.journal.append(traced(0, Some("first"), "1")).await.unwrap();
    desk.journal.append(traced(1, Some("second"), "2")).await.unwrap();
    desk.journal.append(Batch { trace: Some("none".into()), ..bare("a", 2) }).await.unwrap();
    let desk = desk.reopened().await;
    assert_eq!(desk.journal.trace("a").await.unwrap().as_deref(), Some("second"));
    let errands: Vec<_> = desk.journal.due(0, 9).await.unwrap().into_iter().map(|errand| errand.trace).collect();
    assert_eq!(errands, [Some("first".to_owned()), Some("second".to_owned())]);
    desk.journal.append(traced(2, None, "3")).await.unwrap();
    assert_eq!(desk.journal.trace("a").await.unwrap(), None, "an act without a trace is the last one all the same");
}
