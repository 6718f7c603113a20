//! An import that ends before its file does: nobody may seem not known because of it.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use jiff::Timestamp;
use zsm::Kind;
use zsm::identity::Bsn;
use zsm_journal::{Journal, RegisterRow};

use crate::program::{House, program};

/// After so many lines an import says how far it is, when it does not write to a terminal.
const TOLD: usize = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_first_import_that_is_killed_leaves_a_register_that_nothing_takes_the_place_of() {
    let mut house = House::new();
    let folder = house.folder();
    let words = ["import", "--office", "reclassering", "/dev/stdin", "--folder", folder.to_str().unwrap()];
    let mut import =
        program(&words).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    // While the pipe is open the import waits for more; when this test ends before it, it ends too.
    let mut pipe = import.stdin.take().unwrap();
    let numbers: Vec<Bsn> =
        (900_000_000_u32..).filter_map(|number| Bsn::parse(&number.to_string())).take(TOLD).collect();
    let header = r#"{"name": "Register Proef", "as_of": "2026-11-02T09:00:00Z", "records": 100000}"#;
    let lines: Vec<String> = numbers
        .iter()
        .map(|bsn| format!(r#"{{"bsn": "{}", "involvement": [{{"kind": "toezicht"}}]}}"#, bsn.digits()))
        .collect();
    writeln!(pipe, "{header}\n{}", lines.join("\n")).unwrap();
    let mut said = BufReader::new(import.stderr.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().contains("10000 lines read")), "the import ended by itself");
    import.kill().unwrap();
    import.wait().unwrap();

    // A node that finds no register would begin with the shipped one, as of now.
    house.start();
    assert!(house.interrupt().success());
    let journal = Journal::open(&house.journal(Kind::Reclassering)).await.unwrap();
    let header: serde_json::Value = serde_json::from_str(&journal.register_header().await.unwrap().unwrap()).unwrap();
    assert_eq!(
        (&header["name"], &header["as_of"]),
        (&"Register Proef".into(), &Timestamp::UNIX_EPOCH.to_string().into())
    );
    assert_eq!(journal.register_find(numbers[0].digits()).await.unwrap().len(), 1);
    journal.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_begins_with_the_shipped_register_only_where_there_is_nothing_of_one() {
    let mut house = House::new();
    let at = house.journal(Kind::Reclassering);
    let journal = Journal::open(&at).await.unwrap();
    let row = RegisterRow { keys: vec!["999990032".to_owned()], body: "{}".to_owned() };
    journal.register_upsert(vec![row]).await.unwrap();
    journal.close().await;

    house.start();
    assert!(house.interrupt().success());
    let journal = Journal::open(&at).await.unwrap();
    assert_eq!(journal.register_header().await.unwrap(), None);
    assert_eq!(journal.register_find("999990032").await.unwrap(), ["{}"]);
    journal.close().await;
    let beside = Journal::open(&house.journal(Kind::Rvdk)).await.unwrap();
    assert!(beside.register_header().await.unwrap().is_some(), "the others began with theirs");
    beside.close().await;
}
