//! A backup is of one moment of all journals, however much is under way; what is restored from it goes on as if the
//! power had failed at that moment.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zsm::Kind;
use zsm_journal::backup::Cut;
use zsm_node::NAMES;
use zsm_proto::pb::om::v1 as om;

use crate::audit::Record;
use crate::case::{Acknowledged, Drive};
use crate::chance::Chance;
use crate::client::Client;
use crate::kills::calm;
use crate::program::{House, launch, run};
use crate::story::{Plot, Story};

/// How many cases are under way at any moment.
const SIDE_BY_SIDE: u32 = 12;
/// How many backups are taken of them.
const BACKUPS: usize = 4;
/// How many cases are decided between two backups.
const BETWEEN: usize = 5;
/// How often journals are copied one after the other, until news is lost.
const CARELESS: u32 = 20;
/// How long to wait between two of them.
const PAUSE: Duration = Duration::from_millis(200);
/// How many backups are killed, and after how many milliseconds.
const KILLS: u32 = 12;
const LIFE: std::ops::Range<u64> = 1..250;
/// How long the cases may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Cases that officials work on side by side, one after the other, until they are sent home.
struct Office {
    client: Arc<Client>,
    stories: Arc<Mutex<Vec<Story>>>,
    decided: Arc<AtomicU32>,
    home: Arc<AtomicBool>,
    officials: Vec<tokio::task::JoinHandle<()>>,
}

impl Office {
    fn open(house: &House) -> Self {
        let mut office = Self {
            client: Arc::new(Client::of(house)),
            stories: Arc::default(),
            decided: Arc::default(),
            home: Arc::default(),
            officials: Vec::new(),
        };
        for _ in 0..SIDE_BY_SIDE {
            let (client, stories) = (Arc::clone(&office.client), Arc::clone(&office.stories));
            let (decided, home) = (Arc::clone(&office.decided), Arc::clone(&office.home));
            office.officials.push(tokio::spawn(async move {
                while !home.load(Ordering::SeqCst) {
                    let story = next(&stories, &client);
                    Drive::new(&client, story).finish().await;
                    decided.fetch_add(1, Ordering::SeqCst);
                }
            }));
        }
        office
    }

    async fn until_decided(&self, cases: usize) {
        let begun = Instant::now();
        while (self.decided.load(Ordering::SeqCst) as usize) < cases {
            assert!(begun.elapsed() < PATIENCE, "the cases do not get on");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everyone stops where they are.
    fn leave(&self) -> Vec<Story> {
        self.home.store(true, Ordering::SeqCst);
        for official in &self.officials {
            official.abort();
        }
        self.stories.lock().unwrap().clone()
    }
}

fn next(stories: &Mutex<Vec<Story>>, client: &Client) -> Story {
    let mut stories = stories.lock().unwrap();
    let story =
        Story::new(stories.len().try_into().unwrap(), Plot::DECIDED[stories.len() % Plot::DECIDED.len()], client.now());
    stories.push(story.clone());
    story
}

fn back_up(house: &House, to: &Path) {
    let output = run(&["backup", to.to_str().unwrap(), "--folder", house.folder().to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn restore(from: &Path, into: &Path) {
    let output = run(&["restore", from.to_str().unwrap(), "--folder", into.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What the journals of a folder hold, without touching them: opening a journal changes files.
async fn record(folder: &Path) -> Record {
    let copy = TempDir::new().unwrap();
    for kind in NAMES {
        let file = format!("{}.db", kind.slug());
        std::fs::copy(folder.join(&file), copy.path().join(&file)).unwrap();
    }
    Record::of(copy.path()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_lost_nothing_of_its_moment_and_every_case_goes_on() {
    let (mut chance, seed) = Chance::seeded(3_814);
    eprintln!("seed {seed}; another one with TESTS_SEED");
    let place = TempDir::new().unwrap();
    let mut house = House::open();
    let office = Office::open(&house);
    let mut backups: Vec<PathBuf> = Vec::new();
    for number in 0..BACKUPS {
        office.until_decided((number + 1) * BETWEEN).await;
        backups.push(place.path().join(number.to_string()));
        back_up(&house, backups.last().unwrap());
    }
    office.until_decided((BACKUPS + 1) * BETWEEN).await;
    house.kill();
    let stories = office.leave();

    for backup in &backups {
        let lost = record(backup).await.faults_at_any_moment();
        assert!(lost.is_empty(), "seed {seed}, {}:\n{}", backup.display(), lost.join("\n"));
    }
    let chosen = &backups[usize::try_from(chance.below(BACKUPS as u64)).unwrap()];
    let decided = record(chosen).await.decided();
    assert!(decided.len() >= BETWEEN, "{} cases were decided", decided.len());
    eprintln!("{} cases, {} of them decided in the backup", stories.len(), decided.len());

    restore(chosen, &house.folder());
    assert_eq!(record(&house.folder()).await.decided(), decided);
    house.start();
    let client = Client::of(&house);
    for name in &decided {
        let read = client.ask(Kind::Om, "om/officier", om::GetCaseRequest { name: name.clone() }).await.unwrap();
        assert_eq!(read.case.unwrap().state(), om::CaseState::Beslist, "{name}");
    }
    // Everyone asks everything again: what the backup holds is answered as it was, what it does not hold is done anew.
    let mut driven: Vec<Acknowledged> = Vec::new();
    for story in stories {
        driven.push(Drive::new(&client, story).finish().await);
    }
    let record = calm(&mut house).await;
    let mut faults = record.faults(&driven);
    faults.extend(record.faults_at_any_moment());
    assert!(faults.is_empty(), "seed {seed}:\n{}", faults.join("\n"));
    assert!(record.decided().is_superset(&decided));
}

#[tokio::test(flavor = "multi_thread")]
async fn journals_that_are_copied_one_after_the_other_lose_news() {
    // Why a backup is a cut: each of these copies is whole, and together they are of no moment at all.
    let place = TempDir::new().unwrap();
    let house = House::open();
    let office = Office::open(&house);
    office.until_decided(1).await;
    let mut lost = Vec::new();
    for round in 0..CARELESS {
        let copies = place.path().join(round.to_string());
        std::fs::create_dir(&copies).unwrap();
        for kind in NAMES {
            let copy = copies.join(format!("{}.db", kind.slug()));
            Cut::take(&[house.journal(kind)]).unwrap().copy(&[copy]).unwrap();
            tokio::time::sleep(PAUSE).await;
        }
        lost = record(&copies).await.faults_at_any_moment();
        if !lost.is_empty() {
            break;
        }
    }
    office.leave();
    assert!(!lost.is_empty(), "nothing was lost in {CARELESS} careless copies: this audit would find nothing either");
    eprintln!("{}", lost.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_killed_is_whole_or_not_there() {
    let (mut chance, seed) = Chance::seeded(3_815);
    let place = TempDir::new().unwrap();
    let house = House::open();
    let client = Client::of(&house);
    Drive::new(&client, Story::new(1, Plot::Known, client.now())).finish().await;
    let (folder, mut whole) = (house.folder(), 0);
    for round in 0..KILLS {
        let to = place.path().join(format!("backups/{round}"));
        let words = ["backup", to.to_str().unwrap(), "--folder", folder.to_str().unwrap()];
        let running = launch(&words);
        tokio::time::sleep(Duration::from_millis(LIFE.start + chance.below(LIFE.end - LIFE.start))).await;
        drop(running);
        if to.exists() {
            let into = place.path().join(format!("restored/{round}"));
            restore(&to, &into);
            assert_eq!(record(&into).await.decided().len(), 1, "seed {seed}, round {round}");
            whole += 1;
        }
    }
    eprintln!("{whole} of {KILLS} backups were done before they were killed");
}

#[test]
fn a_node_does_not_start_on_a_restore_that_was_interrupted() {
    let house = House::new();
    std::fs::write(house.folder().join("restore.unfinished"), "before-restore").unwrap();
    let output = run(&["serve", "--folder", house.folder().to_str().unwrap(), "--first-port", "1"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("run `zsm restore` again first"), "{said}");
}
