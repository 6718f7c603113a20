//! How a shelf is listed.

use crate::testing::{Desk, bare, batch};
use crate::{Batch, Listed};

fn on(shelf: &str, stream: &str) -> Batch {
    Batch { shelf: Some(shelf.to_owned()), ..batch(stream, 0) }
}

#[tokio::test]
async fn a_shelf_is_listed_by_name_in_pages() {
    let desk = Desk::new().await;
    for number in [4, 2, 0, 3, 1] {
        desk.journal.append(on("open", &format!("case/{number}"))).await.unwrap();
    }
    desk.journal.append(on("other", "case/2a")).await.unwrap();
    desk.journal.append(batch("case/2b", 0)).await.unwrap();

    let mut pages = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = desk.journal.list("open", after.as_deref(), 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.stream.clone());
        pages.push(page.into_iter().map(|listed| listed.stream).collect::<Vec<_>>());
    }
    assert_eq!(pages, [vec!["case/0", "case/1"], vec!["case/2", "case/3"], vec!["case/4"]]);
}

#[tokio::test]
async fn a_stream_stands_on_one_shelf_and_stays_there_unless_told() {
    let desk = Desk::new().await;
    desk.journal.append(on("open", "case/a")).await.unwrap();
    desk.journal.append(Batch { at: 2_000, ..batch("case/a", 1) }).await.unwrap();
    let listed = desk.journal.list("open", None, 9).await.unwrap();
    assert_eq!((listed.len(), listed[0].version, listed[0].at), (1, 2, 2_000));

    desk.journal.append(Batch { shelf: Some("closed".to_owned()), ..bare("case/a", 2) }).await.unwrap();
    assert_eq!(desk.journal.list("open", None, 9).await.unwrap(), []);
    assert_eq!(desk.journal.list("closed", None, 9).await.unwrap()[0].version, 2);
}

#[tokio::test]
async fn what_waits_on_a_shelf_is_listed_without_the_rest() {
    let desk = Desk::new().await;
    let waits = |stream: &str, shelf: &str| Batch { waits: Some("nieuws".to_owned()), ..on(shelf, stream) };
    for batch in [waits("case/2", "ended"), on("ended", "case/1"), waits("case/0", "open"), waits("case/3", "ended")] {
        desk.journal.append(batch).await.unwrap();
    }
    let names = |listed: Vec<Listed>| listed.into_iter().map(|one| one.stream).collect::<Vec<_>>();
    assert_eq!(names(desk.journal.waiting("ended", None, 9).await.unwrap()), ["case/2", "case/3"]);
    assert_eq!(names(desk.journal.waiting("ended", Some("case/2"), 9).await.unwrap()), ["case/3"]);
    assert_eq!(names(desk.journal.waiting("ended", None, 1).await.unwrap()), ["case/2"]);
}
