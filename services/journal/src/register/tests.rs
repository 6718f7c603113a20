//! How a register is loaded, renewed and searched.

use std::collections::HashSet;

use crate::RegisterRow;
use crate::testing::Desk;

fn row(keys: &[&str], body: &str) -> RegisterRow {
    RegisterRow { keys: keys.iter().map(|&key| key.to_owned()).collect(), body: body.to_owned() }
}

#[tokio::test]
async fn a_row_is_found_by_each_of_its_keys() {
    let desk = Desk::new().await;
    assert_eq!(desk.journal.register_header().await.unwrap(), None);
    assert!(desk.journal.register_find("1").await.unwrap().is_empty());

    let rows = vec![row(&["1", "2", "1"], "a"), row(&["2"], "b"), row(&[], "c")];
    desk.journal.register_load("{\"date\":1}".to_owned(), rows).await.unwrap();
    let desk = desk.reopened().await;
    assert_eq!(desk.journal.register_header().await.unwrap().as_deref(), Some("{\"date\":1}"));
    assert_eq!(desk.journal.register_find("1").await.unwrap(), ["a"]);
    assert_eq!(desk.journal.register_find("2").await.unwrap(), ["a", "b"]);
    assert!(desk.journal.register_find("3").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_new_register_takes_the_place_of_the_old_one() {
    let desk = Desk::new().await;
    desk.journal.register_load("old".to_owned(), vec![row(&["1"], "a"), row(&["2"], "b")]).await.unwrap();
    desk.journal.register_load("new".to_owned(), vec![row(&["2"], "c")]).await.unwrap();
    assert_eq!(desk.journal.register_header().await.unwrap().as_deref(), Some("new"));
    assert!(desk.journal.register_find("1").await.unwrap().is_empty());
    assert_eq!(desk.journal.register_find("2").await.unwrap(), ["c"]);
}

#[tokio::test]
async fn rows_take_the_place_of_those_with_the_same_first_key() {
    let desk = Desk::new().await;
    desk.journal.register_load("old".to_owned(), vec![row(&["1", "p"], "a"), row(&["2", "p"], "b")]).await.unwrap();
    let rows = || vec![row(&["1", "q"], "a"), row(&["2", "p"], "b"), row(&["3"], "c")];
    assert_eq!(desk.journal.register_upsert(rows()).await.unwrap(), 2);
    assert_eq!(desk.journal.register_find("1").await.unwrap(), ["a"]);
    assert_eq!(desk.journal.register_find("p").await.unwrap(), ["b"]);
    assert_eq!(desk.journal.register_find("q").await.unwrap(), ["a"]);
    assert_eq!(desk.journal.register_find("3").await.unwrap(), ["c"]);
    assert_eq!(desk.journal.register_header().await.unwrap().as_deref(), Some("old"));
    assert_eq!(desk.journal.register_upsert(rows()).await.unwrap(), 0, "the same rows change nothing");
}

#[tokio::test]
async fn a_register_that_is_finished_holds_only_what_was_kept() {
    let desk = Desk::new().await;
    let rows = vec![row(&["1", "p"], "a"), row(&["2", "p"], "b"), row(&[], "c")];
    desk.journal.register_load("old".to_owned(), rows).await.unwrap();
    let kept = || HashSet::from(["2".to_owned()]);
    assert_eq!(desk.journal.register_finish("new".to_owned(), kept()).await.unwrap(), 2);
    assert_eq!(desk.journal.register_find("p").await.unwrap(), ["b"]);
    assert!(desk.journal.register_find("1").await.unwrap().is_empty());
    assert_eq!(desk.journal.register_header().await.unwrap().as_deref(), Some("new"));
    assert_eq!(desk.journal.register_finish("new".to_owned(), kept()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_register_without_a_header_but_with_rows_is_not_empty() {
    let desk = Desk::new().await;
    assert!(desk.journal.register_is_empty().await.unwrap());
    desk.journal.register_upsert(vec![row(&["1"], "a")]).await.unwrap();
    assert!(!desk.journal.register_is_empty().await.unwrap());
    assert_eq!(desk.journal.register_header().await.unwrap(), None);

    let described = Desk::new().await;
    described.journal.register_describe("new".to_owned()).await.unwrap();
    assert!(!described.journal.register_is_empty().await.unwrap());
}

#[tokio::test]
async fn what_a_register_says_about_itself_changes_without_its_rows() {
    let desk = Desk::new().await;
    desk.journal.register_load("old".to_owned(), vec![row(&["1"], "a")]).await.unwrap();
    desk.journal.register_describe("new".to_owned()).await.unwrap();
    assert_eq!(desk.journal.register_header().await.unwrap().as_deref(), Some("new"));
    assert_eq!(desk.journal.register_find("1").await.unwrap(), ["a"]);
}

#[tokio::test]
async fn rows_with_any_of_some_keys_come_once_and_no_more_of_a_key_than_asked_for() {
    let desk = Desk::new().await;
    let rows = vec![row(&["1", "p", "q"], "a"), row(&["2", "q"], "b"), row(&["3", "q"], "c")];
    desk.journal.register_load("{}".to_owned(), rows).await.unwrap();
    let any = async |keys: &[&str], most| {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        let found = desk.journal.register_find_any(keys, most).await.unwrap();
        (found.bodies, found.all)
    };
    let texts = |bodies: &[&str]| bodies.iter().map(|&body| body.to_owned()).collect::<Vec<_>>();
    assert_eq!(any(&["q", "p", "4"], 3).await, (texts(&["a", "b", "c"]), true));
    assert_eq!(any(&["p", "q"], 2).await, (texts(&["a", "b"]), false));
    assert_eq!(any(&[], 2).await, (texts(&[]), true));
}

#[tokio::test]
async fn a_register_is_read_from_row_to_row() {
    let desk = Desk::new().await;
    let rows = ["a", "b", "c"].map(|body| row(&[body], body)).into();
    desk.journal.register_load("{}".to_owned(), rows).await.unwrap();
    let first = desk.journal.register_page(0, 2).await.unwrap();
    let bodies = |page: &[(i64, String)]| page.iter().map(|(_, body)| body.clone()).collect::<Vec<_>>();
    assert_eq!(bodies(&first), ["a", "b"]);
    let rest = desk.journal.register_page(first[1].0, 2).await.unwrap();
    assert_eq!(bodies(&rest), ["c"]);
    assert!(desk.journal.register_page(rest[0].0, 2).await.unwrap().is_empty());
}
