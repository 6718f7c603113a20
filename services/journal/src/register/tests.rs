//! How a register is loaded and searched.

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
