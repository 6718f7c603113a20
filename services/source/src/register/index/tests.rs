//! A register that an earlier program put down.

use super::*;
use jiff::Timestamp;
use tempfile::TempDir;
use zsm_journal::RegisterRow;

/// Enough for some batches.
const MANY: usize = 2_500;

fn header(key_rules: Option<u32>) -> String {
    let mut header = serde_json::json!({"name": "Voorbeeld", "as_of": Timestamp::UNIX_EPOCH, "provisional": false});
    header["key_rules"] = key_rules.map_or(serde_json::Value::Null, Into::into);
    header.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    header.to_string()
}

async fn journal(rows: Vec<RegisterRow>) -> (Journal, TempDir) {
    let folder = TempDir::new().unwrap();
    let journal = Journal::open(&folder.path().join("office.db")).await.unwrap();
    journal.register_load(header(None), rows).await.unwrap();
    (journal, folder)
}

/// As an earlier program put it down: under its own number and no other key.
fn before(number: usize) -> RegisterRow {
    let body =
        format!(r#"{{"bsn":"{number:09}","surname":"Voorbeeld{number}","birth_date":"1990-01-01","involvement":[]}}"#);
    RegisterRow { keys: vec![format!("{number:09}")], body }
}

#[tokio::test]
async fn every_row_comes_to_stand_under_the_keys_of_its_person_and_the_register_says_so() {
    let (journal, _folder) = journal((0..MANY).map(before).collect()).await;
    renew(&journal).await.unwrap();
    for number in [0, 1, 999, 1_000, MANY - 1] {
        for key in [format!("{number:09}"), format!("year:voorbeeld{number}:1990")] {
            assert_eq!(journal.register_find(&key).await.unwrap().len(), 1, "{key}");
        }
    }
    assert_eq!(journal.register_find("birth:1990-01-01").await.unwrap().len(), MANY);
    let said: serde_json::Value = serde_json::from_str(&journal.register_header().await.unwrap().unwrap()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&header(Some(KEY_RULES))).unwrap();
    assert_eq!(said, expected);
}

#[tokio::test]
async fn a_register_with_a_row_that_cannot_be_read_keeps_its_doubt() {
    let bad = RegisterRow { keys: vec!["999990032".to_owned()], body: "{}x".to_owned() };
    let (journal, _folder) = journal(vec![before(1), bad]).await;
    renew(&journal).await.unwrap();
    assert_eq!(journal.register_header().await.unwrap().unwrap(), header(None));
    assert_eq!(journal.register_find("999990032").await.unwrap(), ["{}x"]);
}
