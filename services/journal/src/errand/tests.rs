//! The life of an errand: due, postponed, done, given up, stopped, revived.

use crate::testing::{Desk, bare, batch, errand};
use crate::{Batch, Error, Failure, Journal, NewErrand, NewStop, Standing};

fn with(errands: &[(&str, i64)]) -> Batch {
    Batch { errands: errands.iter().map(|(id, at)| errand(id, *at)).collect(), ..batch("case/a", 0) }
}

fn failure(at: i64) -> Failure {
    Failure { at, code: "UNAVAILABLE".to_owned() }
}

fn settling(id: &str, expected: u64) -> Batch {
    Batch { settles: vec![id.to_owned()], ..bare("case/a", expected) }
}

fn revival(id: &str, expected: u64) -> Batch {
    Batch { at: 90, revives: Some(id.to_owned()), ..bare("case/a", expected) }
}

fn stopping(id: &str, reason: &str, at: i64) -> Batch {
    let stop = NewStop { errand: id.to_owned(), by: "\"b\"".to_owned(), reason: reason.to_owned() };
    Batch { at, stops: Some(stop), ..bare("case/a", 1) }
}

async fn due(journal: &Journal, now: i64) -> Vec<String> {
    journal.due(now, 10).await.unwrap().into_iter().map(|errand| errand.id).collect()
}

#[tokio::test]
async fn errands_are_due_from_their_moment_and_the_oldest_first() {
    let desk = Desk::new().await;
    assert_eq!(desk.journal.next_due().await.unwrap(), None);
    desk.journal.append(with(&[("late", 30), ("first", 10), ("second", 10)])).await.unwrap();
    assert_eq!(desk.journal.next_due().await.unwrap(), Some(10));
    assert!(due(&desk.journal, 9).await.is_empty());
    assert_eq!(due(&desk.journal, 10).await, ["first", "second"]);
    assert_eq!(due(&desk.journal, 30).await, ["first", "second", "late"]);
    assert_eq!(desk.journal.due(30, 1).await.unwrap().len(), 1);
    assert_eq!(desk.journal.due(30, usize::MAX).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_is_urgent_is_due_before_what_waits_longer_and_takes_nobodys_room() {
    // D27.
    let desk = Desk::new().await;
    let warning = NewErrand { urgent: true, ..errand("warning", 0) };
    let errands = vec![errand("old", 0), errand("older", 0), warning];
    desk.journal.append(Batch { errands, ..batch("case/a", 0) }).await.unwrap();
    desk.journal.postpone("warning", 1, 50, failure(40)).await.unwrap();
    let desk = desk.reopened().await;
    assert_eq!(due(&desk.journal, 49).await, ["old", "older"]);
    let first: Vec<String> = desk.journal.due(50, 1).await.unwrap().into_iter().map(|errand| errand.id).collect();
    assert_eq!(first, ["warning", "old"]);
}

#[tokio::test]
async fn a_postponed_errand_waits_and_remembers_its_attempts() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    assert_eq!(desk.journal.due(0, 1).await.unwrap()[0].failure, None);
    desk.journal.postpone("e", 3, 50, failure(40)).await.unwrap();
    let desk = desk.reopened().await;
    assert!(due(&desk.journal, 49).await.is_empty());
    let waiting = desk.journal.due(50, 1).await.unwrap().remove(0);
    assert_eq!((waiting.attempts, waiting.put_at, waiting.failure), (3, Some(1_000), Some(failure(40))));
}

#[tokio::test]
async fn an_errand_is_settled_with_the_batch_that_follows_from_it() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0), ("f", 0)])).await.unwrap();
    desk.journal.append(Batch { facts: batch("case/a", 0).facts, ..settling("e", 0) }).await.unwrap_err();
    assert_eq!(due(&desk.journal, 0).await, ["e", "f"]);

    desk.journal.append(Batch { facts: batch("case/a", 0).facts, ..settling("e", 1) }).await.unwrap();
    assert_eq!(due(&desk.journal, 0).await, ["f"]);
    desk.journal.append(settling("f", 2)).await.unwrap();
    desk.journal.append(settling("unknown", 2)).await.unwrap();
    assert_eq!(desk.journal.errands().await.unwrap(), []);
    assert_eq!(desk.journal.next_due().await.unwrap(), None);
}

#[tokio::test]
async fn an_errand_that_gave_up_is_kept_but_not_due_until_it_is_revived() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    desk.journal.postpone("e", 7, 0, failure(5)).await.unwrap();
    desk.journal.append(Batch { gives_up: Some("e".to_owned()), ..bare("case/a", 1) }).await.unwrap();
    assert!(due(&desk.journal, i64::MAX).await.is_empty());
    assert_eq!(desk.journal.next_due().await.unwrap(), None);
    let kept = desk.journal.errands().await.unwrap();
    assert_eq!((kept[0].standing, kept[0].attempts), (Standing::GivenUp, 7));
    assert_eq!(desk.journal.resting("case/a").await.unwrap(), kept);
    assert_eq!(desk.journal.resting("case/b").await.unwrap(), []);

    desk.journal.append(revival("e", 1)).await.unwrap();
    let revived = desk.journal.due(90, 1).await.unwrap();
    assert_eq!((revived[0].standing, revived[0].attempts, revived[0].not_before), (Standing::Tried, 0, 90));
    assert_eq!(revived[0].failure, Some(failure(5)), "why it failed before is still of use");
}

#[tokio::test]
async fn who_stopped_an_errand_and_why_is_kept_through_every_revival() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    desk.journal.append(stopping("e", "first", 10)).await.unwrap();
    let desk = desk.reopened().await;
    assert!(due(&desk.journal, i64::MAX).await.is_empty());
    let (kept, stop) = desk.journal.errand("e").await.unwrap().unwrap();
    assert_eq!(kept.standing, Standing::Stopped);
    let stop = stop.unwrap();
    assert_eq!((stop.at, stop.by.as_str(), stop.reason.as_str()), (10, "\"b\"", "first"));
    assert!(!format!("{stop:?} {:?}", stopping("e", "first", 10)).contains("first"));
    // A try that was under way when it was stopped does not start it again.
    desk.journal.postpone("e", 1, 0, failure(11)).await.unwrap();
    assert!(due(&desk.journal, i64::MAX).await.is_empty());

    desk.journal.append(revival("e", 1)).await.unwrap();
    assert_eq!(due(&desk.journal, 90).await, ["e"]);
    desk.journal.append(stopping("e", "second", 20)).await.unwrap();
    assert_eq!(desk.journal.errand("e").await.unwrap().unwrap().1.unwrap().reason, "second");
    let stops: u32 = desk.raw().query_one("SELECT count(*) FROM errand_stops", [], |row| row.get(0)).unwrap();
    assert_eq!(stops, 2);
}

#[tokio::test]
async fn an_errand_that_is_done_cannot_be_stopped() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    desk.journal.append(settling("e", 1)).await.unwrap();
    for id in ["e", "unknown"] {
        let batch = Batch { facts: batch("case/a", 1).facts, ..stopping(id, "why", 10) };
        assert!(matches!(desk.journal.append(batch).await, Err(Error::NotOpen)));
        assert_eq!(desk.journal.errand(id).await.unwrap(), None);
    }
    assert_eq!(desk.journal.read("case/a").await.unwrap().len(), 1);
}

#[tokio::test]
async fn open_errands_are_listed_by_page() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("a", 3), ("b", 2), ("c", 1)])).await.unwrap();
    desk.journal.append(settling("b", 1)).await.unwrap();
    let first = desk.journal.errands_after(0, 1).await.unwrap();
    assert_eq!(first[0].1.id, "a");
    let rest = desk.journal.errands_after(first[0].0, 10).await.unwrap();
    assert_eq!(rest.iter().map(|(_, errand)| errand.id.as_str()).collect::<Vec<_>>(), ["c"]);
}

#[tokio::test]
async fn a_repeated_id_is_the_same_errand_even_when_it_is_done() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 10)])).await.unwrap();
    let again = |expected| Batch { errands: vec![errand("e", 99)], ..batch("case/a", expected) };
    desk.journal.append(again(1)).await.unwrap();
    let open = desk.journal.errands().await.unwrap();
    assert_eq!(open.iter().map(|errand| errand.not_before).collect::<Vec<_>>(), [10]);

    desk.journal.append(settling("e", 2)).await.unwrap();
    desk.journal.append(again(2)).await.unwrap();
    desk.journal.append(revival("e", 3)).await.unwrap();
    assert_eq!(desk.journal.errands().await.unwrap(), []);
}
