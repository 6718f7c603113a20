//! A backup and its way back: what is put aside, what is refused, and what an interruption leaves.

use super::*;
use crate::backup::take;
use std::collections::BTreeSet;
use tempfile::TempDir;
use zsm_journal::{Batch, Fact, Journal};

/// Journals with so many facts each, and a place for backups.
struct House {
    place: TempDir,
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

impl House {
    async fn with(facts: u64) -> House {
        let house = House { place: TempDir::new().unwrap() };
        for kind in NAMES {
            house.write(kind, 0, facts).await;
        }
        house
    }

    fn folder(&self) -> PathBuf {
        self.place.path().join("var")
    }

    fn backup(&self) -> PathBuf {
        self.place.path().join("backups/one")
    }

    async fn write(&self, kind: Kind, from: u64, facts: u64) {
        let journal = Journal::open(&self.folder().join(file_of(kind))).await.unwrap();
        for expected in from..from + facts {
            let fact = Fact { kind: "noted".to_owned(), body: "{}".to_owned(), personal: Vec::new() };
            let batch = Batch { stream: "case/a".to_owned(), expected, facts: vec![fact], ..Batch::default() };
            journal.append(batch).await.unwrap();
        }
        journal.close().await;
    }

    /// A backup of two facts in each journal, to each of which three were added since.
    async fn moved_on() -> House {
        let house = House::with(2).await;
        take(&house.folder(), &house.backup(), NOW).unwrap();
        for kind in NAMES {
            house.write(kind, 2, 3).await;
        }
        house
    }

    fn spoil(&self, file: &str) {
        let path = self.backup().join(file);
        let mut content = fs::read(&path).unwrap();
        let last = content.len() - 1;
        content[last] ^= 1;
        fs::write(path, content).unwrap();
    }
}

/// How many facts each journal in a folder holds.
fn facts(folder: &Path) -> Vec<u64> {
    NAMES.map(|kind| examine(&folder.join(file_of(kind))).unwrap().facts).into()
}

fn leaves_copies(folder: &Path) -> bool {
    names(folder).iter().any(|name| name.ends_with(".restoring"))
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn what_was_there_is_put_aside_and_the_backup_takes_its_place() {
    let house = House::moved_on().await;
    let before = names(&house.folder());
    // What a killed node leaves goes with its journal.
    fs::write(house.folder().join("om.db-wal"), "").unwrap();
    let restored = restore(&house.backup(), &house.folder(), NOW).unwrap();
    let aside = restored.aside.unwrap();
    assert_eq!(restored.taken_at, NOW);
    assert_eq!(facts(&house.folder()), [2; 4]);
    assert!(aside.join("om.db-wal").exists() && !house.folder().join("om.db-wal").exists());
    assert_eq!(facts(&aside), [5; 4]);
    let new: Vec<String> = names(&house.folder()).difference(&before).cloned().collect();
    assert_eq!(new, ["before-restore-19700101T000000Z"]);
    refuse_unfinished(&house.folder()).unwrap();
    // Twice at the same instant: what was put aside stays as it is.
    assert!(restore(&house.backup(), &house.folder(), NOW).is_err());
    assert_eq!((facts(&house.folder()), facts(&aside)), (vec![2; 4], vec![5; 4]));
    assert!(!leaves_copies(&house.folder()));
}

#[tokio::test]
async fn copies_of_a_restore_that_was_killed_before_its_mark_do_not_stay() {
    let house = House::moved_on().await;
    fs::write(house.folder().join("om.db.restoring"), "a dossier").unwrap();
    house.spoil("rvdk.db");
    assert!(restore(&house.backup(), &house.folder(), NOW).is_err());
    assert!(!leaves_copies(&house.folder()));
}

#[tokio::test]
async fn a_damaged_journal_is_named_and_no_backup_is_made() {
    let house = House::with(40).await;
    for kind in [NAMES[1], NAMES[3]] {
        let path = house.folder().join(file_of(kind));
        let mut content = fs::read(&path).unwrap();
        // The first page says what tables there are; it stays, and the journal opens.
        content[4096..].iter_mut().for_each(|byte| *byte ^= 0x55);
        fs::write(path, content).unwrap();
    }
    let said = format!("{:#}", take(&house.folder(), &house.backup(), NOW).unwrap_err());
    for kind in NAMES {
        let named = said.contains(&format!("{} is damaged", house.folder().join(file_of(kind)).display()));
        assert_eq!(named, kind == NAMES[1] || kind == NAMES[3], "{said}");
    }
    assert_eq!(names(&house.place.path().join("backups")), BTreeSet::new());
}

#[tokio::test]
async fn into_a_new_folder_nothing_is_put_aside() {
    let house = House::moved_on().await;
    let elsewhere = house.place.path().join("elsewhere");
    assert_eq!(restore(&house.backup(), &elsewhere, NOW).unwrap().aside, None);
    assert_eq!(facts(&elsewhere), [2; 4]);
    house.write(NAMES[0], 5, 1).await;
    let journal = Journal::open(&elsewhere.join(file_of(NAMES[0]))).await.unwrap();
    assert_eq!(journal.read("case/a").await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_restore_that_was_interrupted_anywhere_is_finished_by_the_next() {
    for moves in 0..=2 * NAMES.len() {
        let house = House::moved_on().await;
        let folder = house.folder();
        let manifest = read(&house.backup()).unwrap();
        let copies = checked(&house.backup(), &manifest).unwrap();
        lay_ready(&house.backup(), &folder, &copies).unwrap();
        let aside = mark(&folder, NOW).unwrap();
        let (gone, come) = (moves.min(NAMES.len()), moves.saturating_sub(NAMES.len()));
        for copy in &copies[..gone] {
            put_aside(&folder, &aside, &copy.file).unwrap();
        }
        for copy in &copies[..come] {
            rename(&ready(&folder, &copy.file), &folder.join(&copy.file)).unwrap();
        }

        let said = refuse_unfinished(&folder).unwrap_err().to_string();
        assert!(said.contains("run `zsm restore` again"), "{said}");
        assert!(take(&folder, &house.place.path().join("backups/two"), NOW).is_err());
        let later = Timestamp::from_second(60).unwrap();
        let restored = restore(&house.backup(), &folder, later).unwrap();
        assert_eq!(restored.aside.as_deref(), Some(aside.as_path()), "after {moves} moves");
        assert_eq!((facts(&folder), facts(&aside)), (vec![2; 4], vec![5; 4]), "after {moves} moves");
        refuse_unfinished(&folder).unwrap();
        assert!(!leaves_copies(&folder));
    }
}

#[tokio::test]
async fn all_that_is_wrong_with_a_backup_is_told_and_nothing_is_changed() {
    let house = House::moved_on().await;
    let before = names(&house.folder());
    house.spoil("om.db");
    fs::remove_file(house.backup().join("rvdk.db")).unwrap();
    let said = format!("{:#}", restore(&house.backup(), &house.folder(), NOW).unwrap_err());
    assert!(said.contains("om.db is not the file that was written there"), "{said}");
    assert!(said.contains("rvdk.db cannot be read"), "{said}");
    assert_eq!(names(&house.folder()), before);

    fs::remove_file(house.backup().join(MANIFEST)).unwrap();
    let said = format!("{:#}", restore(&house.backup(), &house.folder(), NOW).unwrap_err());
    assert!(said.contains("is no whole backup"), "{said}");
    assert_eq!(names(&house.folder()), before);
    assert_eq!(facts(&house.folder()), [5; 4]);
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused() {
    let house = House::moved_on().await;
    let path = house.backup().join(MANIFEST);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"format\": 1", "\"format\": 2")).unwrap();
    let said = restore(&house.backup(), &house.folder(), NOW).unwrap_err().to_string();
    assert!(said.contains("is of format 2, and this program reads format 1"), "{said}");
}

#[tokio::test]
async fn journals_in_use_are_not_replaced() {
    let house = House::moved_on().await;
    let used = Journal::open(&house.folder().join(file_of(NAMES[2]))).await.unwrap();
    let said = format!("{:#}", restore(&house.backup(), &house.folder(), NOW).unwrap_err());
    assert!(said.contains("already in use by a running process"), "{said}");
    used.close().await;
    assert_eq!(facts(&house.folder()), [5; 4]);
}

#[tokio::test]
async fn a_backup_is_whole_and_private_or_not_there() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let house = House::moved_on().await;
    assert_eq!(mode(&house.backup()), 0o700);
    let inside = names(&house.backup());
    assert_eq!(
        inside,
        ["backup.json", "om.db", "reclassering.db", "rvdk.db", "veilig-thuis.db"].map(str::to_owned).into()
    );
    assert!(inside.iter().all(|name| mode(&house.backup().join(name)) == 0o600));

    let said = take(&house.folder(), &house.backup(), NOW).unwrap_err().to_string();
    assert!(said.contains("is not empty; name a new folder"), "{said}");
    let empty = house.place.path().join("backups/empty");
    fs::create_dir(&empty).unwrap();
    take(&house.folder(), &empty, NOW).unwrap();
    assert_eq!(facts(&empty), [5; 4]);

    fs::remove_file(house.folder().join("veilig-thuis.db")).unwrap();
    let said = take(&house.folder(), &house.place.path().join("backups/none"), NOW).unwrap_err().to_string();
    assert!(said.contains("there is no journal") && said.contains("veilig-thuis.db"), "{said}");
    assert_eq!(names(&house.place.path().join("backups")), ["empty", "one"].map(str::to_owned).into());
}
