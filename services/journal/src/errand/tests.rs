//! The life of an errand: due, postponed, done, stuck, revived.

use crate::testing::{Desk, bare, batch, errand};
use crate::{Batch, Journal};

fn with(errands: &[(&str, i64)]) -> Batch {
    Batch { errands: errands.iter().map(|(id, at)| errand(id, *at)).collect(), ..batch("case/a", 0) }
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
async fn a_postponed_errand_waits_and_remembers_its_attempts() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    desk.journal.postpone("e", 3, 50).await.unwrap();
    let desk = desk.reopened().await;
    assert!(due(&desk.journal, 49).await.is_empty());
    assert_eq!(desk.journal.due(50, 1).await.unwrap()[0].attempts, 3);
}

#[tokio::test]
async fn an_errand_is_settled_with_the_batch_that_follows_from_it() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0), ("f", 0)])).await.unwrap();
    let refused = Batch { settles: Some("e".to_owned()), ..batch("case/a", 0) };
    desk.journal.append(refused).await.unwrap_err();
    assert_eq!(due(&desk.journal, 0).await, ["e", "f"]);

    desk.journal.append(Batch { settles: Some("e".to_owned()), ..batch("case/a", 1) }).await.unwrap();
    assert_eq!(due(&desk.journal, 0).await, ["f"]);
    desk.journal.settle("f").await.unwrap();
    desk.journal.settle("unknown").await.unwrap();
    assert_eq!(desk.journal.errands().await.unwrap(), []);
    assert_eq!(desk.journal.next_due().await.unwrap(), None);
}

#[tokio::test]
async fn a_stuck_errand_is_kept_but_not_due_until_it_is_revived() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 0)])).await.unwrap();
    desk.journal.postpone("e", 7, 0).await.unwrap();
    desk.journal.append(Batch { stuck: Some("e".to_owned()), ..bare("case/a", 1) }).await.unwrap();
    assert!(due(&desk.journal, i64::MAX).await.is_empty());
    assert_eq!(desk.journal.next_due().await.unwrap(), None);
    let kept = desk.journal.errands().await.unwrap();
    assert_eq!((kept[0].stuck, kept[0].attempts), (true, 7));

    let revival = Batch { at: 90, revive: vec!["e".to_owned()], ..bare("case/a", 1) };
    desk.journal.append(revival).await.unwrap();
    let revived = desk.journal.due(90, 1).await.unwrap();
    assert_eq!((revived[0].stuck, revived[0].attempts, revived[0].not_before), (false, 0, 90));
}

#[tokio::test]
async fn a_repeated_id_is_the_same_errand_even_when_it_is_done() {
    let desk = Desk::new().await;
    desk.journal.append(with(&[("e", 10)])).await.unwrap();
    let again = |expected| Batch { errands: vec![errand("e", 99)], ..batch("case/a", expected) };
    desk.journal.append(again(1)).await.unwrap();
    let open = desk.journal.errands().await.unwrap();
    assert_eq!(open.iter().map(|errand| errand.not_before).collect::<Vec<_>>(), [10]);

    desk.journal.settle("e").await.unwrap();
    desk.journal.append(again(2)).await.unwrap();
    desk.journal.append(Batch { revive: vec!["e".to_owned()], ..bare("case/a", 3) }).await.unwrap();
    assert_eq!(desk.journal.errands().await.unwrap(), []);
}
