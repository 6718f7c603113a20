//! Copies of journals in use, and what is refused as a copy.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use super::{BackupError, Contents, Cut, examine};
use crate::testing::{Desk, bare, batch, errand};
use crate::{Batch, Journal, OpenError};

/// Two journals in use, and where their copies go.
async fn two() -> (Desk, Desk, Vec<PathBuf>, Vec<PathBuf>) {
    let (one, other) = (Desk::new().await, Desk::new().await);
    let from = vec![one.path(), other.path()];
    let to = vec![one.folder.path().join("copy.db"), other.folder.path().join("copy.db")];
    (one, other, from, to)
}

/// What copies hold.
fn held(copies: &[PathBuf]) -> Vec<Contents> {
    copies.iter().map(|copy| examine(copy).unwrap()).collect()
}

#[tokio::test]
async fn a_copy_is_of_the_moment_of_the_cut_however_late_it_is_made() {
    let (one, other, from, to) = two().await;
    one.journal.append(Batch { errands: vec![errand("e", 0)], ..batch("case/a", 0) }).await.unwrap();
    let cut = Cut::take(&from).unwrap();
    // Far more than fits in the memory of a connection, so that what was there before is overwritten in the file.
    for version in 1..200 {
        let long = crate::Fact { body: format!("\"{}\"", "x".repeat(20_000)), ..crate::testing::fact("{}") };
        one.journal.append(Batch { facts: vec![long], ..bare("case/a", version) }).await.unwrap();
        other.journal.append(batch("case/b", version - 1)).await.unwrap();
    }
    cut.copy(&to).unwrap();
    drop(cut);
    let told = held(&to);
    assert_eq!(told.iter().map(|one| (one.facts, one.open_errands)).collect::<Vec<_>>(), [(1, 1), (0, 0)]);

    let copy = Journal::open(&to[0]).await.unwrap();
    assert_eq!(copy.read("case/a").await.unwrap().len(), 1);
    assert_eq!(one.journal.read("case/a").await.unwrap().len(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_copy_knows_of_an_answer_to_what_another_copy_does_not_hold() {
    let (one, other, from, to) = two().await;
    let (asking, answering) = (one.journal.clone(), other.journal.clone());
    // Every fact of the second journal answers one of the first, which is there before.
    let talk = tokio::spawn(async move {
        for version in 0..400 {
            asking.append(batch("case/a", version)).await.unwrap();
            answering.append(batch("case/a", version)).await.unwrap();
        }
    });
    for round in 0..5 {
        // The order of the files is of no account.
        let order: [usize; 2] = if round % 2 == 0 { [0, 1] } else { [1, 0] };
        let to: Vec<PathBuf> = order.map(|place| to[place].with_extension(format!("{round}"))).into();
        Cut::take(&order.map(|place| from[place].clone())).unwrap().copy(&to).unwrap();
        let told = held(&to);
        let facts = |place: usize| told[order.iter().position(|one| *one == place).unwrap()].facts;
        let (asked, answered) = (facts(0), facts(1));
        assert!(asked == answered || asked == answered + 1, "{asked} asked, {answered} answered");
    }
    talk.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_waits_for_the_cut_and_loses_nothing() {
    let desk = Desk::new().await;
    let path = desk.path();
    let busy = desk.raw();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    let journal = desk.journal.clone();
    let waits = tokio::spawn(async move { journal.append(batch("case/a", 0)).await });
    // Longer than a backup waits for one lock before it gives back those that it has.
    tokio::time::sleep(Duration::from_secs(1)).await;
    busy.execute_batch("ROLLBACK").unwrap();
    waits.await.unwrap().unwrap();
    let copy = [desk.folder.path().join("copy.db")];
    Cut::take(&[path]).unwrap().copy(&copy).unwrap();
    assert_eq!(held(&copy)[0].facts, 1);
}

#[tokio::test]
async fn a_copy_is_one_private_file() {
    let (_one, _other, from, to) = two().await;
    Cut::take(&from).unwrap().copy(&to).unwrap();
    for copy in &to {
        examine(copy).unwrap();
        assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
        let beside = fs::read_dir(copy.parent().unwrap()).unwrap().map(|one| one.unwrap().file_name());
        let beside: Vec<_> = beside.filter(|name| name.to_string_lossy().starts_with("copy.db")).collect();
        assert_eq!(beside, ["copy.db"]);
    }
}

#[tokio::test]
async fn what_is_no_whole_journal_is_refused() {
    let desk = Desk::new().await;
    let (path, copy) = (desk.path(), desk.folder.path().join("copy.db"));
    let absent = desk.folder.path().join("absent.db");
    let refused = Cut::take(&[path.clone(), absent.clone()]).unwrap_err();
    assert!(matches!(refused, BackupError::Missing { .. }), "{refused:?}");
    assert!(!absent.exists());
    assert!(matches!(examine(&absent), Err(BackupError::Missing { .. })));

    for version in 0..50 {
        let long = crate::Fact { body: format!("\"{}\"", "x".repeat(2_000)), ..crate::testing::fact("{}") };
        desk.journal.append(Batch { facts: vec![long], ..bare("case/a", version) }).await.unwrap();
    }
    Cut::take(&[path]).unwrap().copy(std::slice::from_ref(&copy)).unwrap();
    let whole = fs::read(&copy).unwrap();

    fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(examine(&copy), Err(BackupError::Damaged { .. })), "cut short");
    let mut spoiled = whole.clone();
    spoiled[whole.len() / 2..whole.len() / 2 + 4096].fill(0xff);
    fs::write(&copy, spoiled).unwrap();
    assert!(matches!(examine(&copy), Err(BackupError::Damaged { .. })), "overwritten");
    fs::write(&copy, "a letter, many times over\n".repeat(1_000)).unwrap();
    assert!(matches!(examine(&copy), Err(BackupError::Unusable(OpenError::NotAJournal { .. }))));
}
