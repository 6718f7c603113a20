//! What is said of an import, and when it is not made.

use super::*;

fn house(folder: &std::path::Path) -> House {
    House { folder: Some(folder.to_owned()), ..House::default() }
}

fn import_of(office: &str, file: PathBuf) -> Import {
    Import { office: office.into(), older: false, file }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_imported_and_a_running_office_must_stop_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.ndjson");
    let header = r#"{"name": "Register Proef", "as_of": "2026-11-02T09:00:00Z", "records": 1}"#;
    let record = r#"{"bsn": "999990020", "involvement": [{"kind": "toezicht"}]}"#;
    std::fs::write(&file, format!("{header}\n{record}\n")).unwrap();
    let house = house(folder.path());

    let import = import_of("reclassering", file);
    assert_eq!(import.run(&house).await.unwrap(), ExitCode::SUCCESS);
    let journal = Journal::open(&folder.path().join("reclassering.db")).await.unwrap();
    assert_eq!(journal.register_find("999990020").await.unwrap().len(), 1);

    let said = import.run(&house).await.unwrap_err().to_string();
    assert!(said.contains("reclassering is running") && said.contains("stop that node first"), "{said}");
    journal.close().await;
}

#[tokio::test]
async fn an_office_without_a_register_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for office in ["om", "politie", "halt"] {
        let said = import_of(office, "x".into()).run(&house(folder.path())).await.unwrap_err().to_string();
        assert!(said.contains(&format!("no office `{office}` has a register")), "{said}");
    }
}

#[test]
fn it_is_told_in_a_line() {
    let same = Imported { good: 3, ..Imported::default() };
    assert_eq!(told(Kind::Rvdk, &same), "rvdk: unchanged, 3 records");
    let some = Imported { good: 3, changed: 2, removed: 1, renewed: true, ..Imported::default() };
    assert_eq!(told(Kind::Rvdk, &some), "rvdk: 2 records new or changed, 1 unchanged, 1 removed");
    let bad = told(Kind::Rvdk, &Imported { wrong: 1, ..same });
    assert!(bad.starts_with("rvdk: unchanged, 3 records; 1 line is bad and left out, so the register"), "{bad}");
    let cut = told(Kind::Rvdk, &Imported { announced: Some(9), ..same });
    assert!(cut.contains("the file says that it has 9 records and has 3, so the register is no further"), "{cut}");
}
