//! What was acknowledged survives SIGKILL, nothing is done twice, and every case still comes to its end.
//!
//! The node is a process of its own; clients reach it over TCP, and ask the same again under the same request id until
//! it is answered. In between and afterwards the journals themselves are read.

mod life;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use uuid::Uuid;
use zsm::Kind;
use zsm_node::NAMES;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;
use zsm_proto::pb::source::v1::ask_question_response::Reply;

use crate::audit::{Record, errands};
use crate::case::{Acknowledged, Drive, Ending};
use crate::chance::Chance;
use crate::client::Client;
use crate::program::House;
use crate::story::{PERSONAL, Plot, Story};
use life::{Life, Work};

/// How many kills hit the cases under way, unless the environment asks for another number.
const KILLS: u32 = 220;
/// The variable that asks for it.
const KILLS_VARIABLE: &str = "TESTS_KILLS";
/// How many cases are under way at any moment.
const SIDE_BY_SIDE: u32 = 12;
/// How many cases there are at least.
const CASES: u32 = 24;
/// How often the journals are read whole, as a kill left them.
const AUDITS: u32 = 11;
/// After how many decisions the node is killed at once.
const DECISIONS: u32 = 6;
/// How many first starts are killed.
const FIRST_STARTS: usize = 16;
/// How long a first start lives, in milliseconds; making four journals falls in this time.
const FIRST_LIFE: std::ops::Range<u64> = 10..150;
/// How long what is left to be done may take once nobody kills any more.
const CALM: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_flow_a_survives_a_kill_between_every_two_acts() {
    survives_a_kill_between_every_two_acts(&[Plot::Unknown, Plot::Warned, Plot::Dropped]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_flow_b_survives_a_kill_between_every_two_acts() {
    survives_a_kill_between_every_two_acts(&[Plot::Known, Plot::Triage]).await;
}

async fn survives_a_kill_between_every_two_acts(plots: &[Plot]) {
    let mut house = House::open();
    let client = Client::of(&house);
    let mut driven = Vec::new();
    for (number, plot) in plots.iter().enumerate() {
        let story = Story::new(u32::try_from(number).unwrap(), *plot, client.now());
        let mut drive = Drive::new(&client, story);
        while drive.act().await {
            house.kill();
            house.start();
        }
        driven.push(drive.acknowledged);
    }
    let record = calm(&mut house).await;
    let faults = record.faults(&driven);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_told_though_the_node_is_killed_before_anybody_heard_of_it() {
    let mut house = House::open();
    let client = Client::of(&house);
    let (mut driven, mut struck) = (Vec::new(), 0);
    for number in 0..DECISIONS {
        let mut drive = Drive::new(&client, Story::new(number, Plot::Unknown, client.now()));
        while !drive.must_decide() {
            assert!(drive.act().await);
        }
        assert!(drive.act().await);
        house.kill();
        let record = Record::of(&house.folder()).await;
        let faults = record.faults_at_any_moment();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        struck += u32::from(record.decision_is_still_to_be_told(&drive.acknowledged.case));
        house.start();
        driven.push(drive.acknowledged);
    }
    let record = calm(&mut house).await;
    let faults = record.faults(&driven);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    eprintln!("{struck} of {DECISIONS} kills fell between a decision and the news of it");
    // A kill after everybody heard of it proves nothing.
    assert!(struck > 0, "no kill fell between a decision and the news of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn random_kills_lose_nothing_that_was_acknowledged() {
    let (chance, seed) = Chance::seeded(3_812);
    let kills = std::env::var(KILLS_VARIABLE).map_or(KILLS, |kills| kills.parse().expect(KILLS_VARIABLE));
    eprintln!("seed {seed}; another one with TESTS_SEED");
    let begun = Instant::now();
    let house = House::open();
    let client = Arc::new(Client::of(&house));
    let work = Arc::new(Work::default());

    let workers: Vec<_> =
        (0..SIDE_BY_SIDE).map(|_| tokio::spawn(keep_driving(Arc::clone(&client), Arc::clone(&work)))).collect();
    let killing = Arc::clone(&work);
    let killed = tokio::task::spawn_blocking(move || kill_again_and_again(house, &killing, kills, chance, seed)).await;
    work.over.store(true, Ordering::SeqCst);
    let (mut house, tally) = killed.unwrap();
    let mut driven: Vec<Acknowledged> = Vec::new();
    for worker in workers {
        driven.extend(worker.await.unwrap());
    }

    assert!(house.interrupt().success(), "the node did not stop well");
    house.start();
    for one in driven.iter().filter(|one| one.ended == Some(Ending::Decided)) {
        let asked = om::GetCaseRequest { name: one.case.clone() };
        let read = client.ask(Kind::Om, "om/officier", asked).await.unwrap();
        let case = read.case.unwrap();
        assert_eq!(case.state(), om::CaseState::Beslist, "{one:?}");
        assert!(case.open.is_empty() && case.alerts.len() == one.warned.len() && !case.advice_stale, "{case:?}");
    }
    let record = calm(&mut house).await;
    let faults = record.faults(&driven);
    assert!(faults.is_empty(), "seed {seed}:\n{}", faults.join("\n"));
    for word in PERSONAL {
        assert!(!house.has_logged(word), "the log tells of {word}");
    }

    let struck = tally.struck(&record);
    let (facts, spent) = (record.moments().len(), begun.elapsed().as_secs());
    eprintln!("{kills} kills, {} cases, {facts} facts, {spent} s; {tally:?}; {struck:?}", driven.len());
    // A kill of a node that does nothing proves nothing.
    assert!(struck.lives_with_work * 3 > kills, "most lives passed without a single fact: {struck:?}");
    assert!(tally.waiting_at_desks > 0 && tally.errands_under_way > 0, "{tally:?}");
}

/// Kills a node again and again, each life another way; between kills the journals are read as a kill left them.
fn kill_again_and_again(
    mut house: House,
    work: &Work,
    kills: u32,
    mut chance: Chance,
    seed: u64,
) -> (House, life::Tally) {
    let mut tally = life::Tally::default();
    for kill in 1..=kills {
        let life = Life::drawn(&mut chance);
        tally.live(&mut house, life, work, &mut chance);
        if matches!(life, Life::Stopping) {
            tally.note_errands(&Handle::current().block_on(errands(&house.folder())));
        }
        if kill % kills.div_ceil(AUDITS) == 0 {
            let record = Handle::current().block_on(Record::of(&house.folder()));
            let faults = record.faults_at_any_moment();
            assert!(faults.is_empty(), "seed {seed}, after kill {kill} ({life:?}):\n{}", faults.join("\n"));
            tally.note(&record);
        }
        house.spawn();
    }
    house.await_ports();
    (house, tally)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_during_the_first_start_leaves_nothing_that_cannot_be_opened() {
    let (mut chance, seed) = Chance::seeded(3_813);
    for round in 0..FIRST_STARTS {
        let mut house = House::new();
        house.spawn();
        // In turn at any moment, and at the worst: while one of the journals is being made.
        if round % 2 == 0 {
            let after = Duration::from_millis(FIRST_LIFE.start + chance.below(FIRST_LIFE.end - FIRST_LIFE.start));
            tokio::time::sleep(after).await;
        } else {
            half_made(&house.journal(NAMES[round / 2 % NAMES.len()]));
        }
        house.kill();
        house.start();
        let client = Client::of(&house);
        for kind in NAMES {
            let well = client.is_well(kind).await;
            assert!(well && house.runs(), "seed {seed}, round {round}: {} does not serve", kind.slug());
        }
    }
}

/// Waits until SQLite keeps an undo beside a journal, which is there for a moment only, or the moment is over.
fn half_made(journal: &Path) {
    let beside = |ending: &str| {
        let mut name = journal.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (undo, log, begun) = (beside("-journal"), beside("-wal"), Instant::now());
    while !undo.exists() && !log.exists() && begun.elapsed() < CALM {
        std::hint::spin_loop();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ask_that_is_repeated_after_a_desk_spoke_still_brings_the_first_answer() {
    // The register answered, its reply was lost, and the desk has answered since: nobody else tells the first answer.
    let house = House::open();
    let client = Client::of(&house);
    let mut drive = Drive::new(&client, Story::new(1, Plot::Triage, client.now()));
    while drive.acknowledged.answers.is_empty() {
        assert!(drive.act().await);
    }
    let (source, name, version) = drive.acknowledged.answers[0].clone();
    assert_eq!(version, 2);
    let asked = source::GetQuestionRequest { name };
    let question = client.ask(source, "veilig-thuis/balie", asked).await.unwrap().question.unwrap().question;
    let again = source::AskQuestionRequest { request_id: Uuid::from_u128(1).to_string(), question };
    let reply = client.ask(source, "reclassering/dienst", again).await.unwrap().reply;
    let Some(Reply::Answered(answered)) = reply else { panic!("{reply:?}") };
    assert_eq!(answered.version, 1);
}

/// Drives one case after another, of every plot in turn, until the kills are over and there are enough.
async fn keep_driving(client: Arc<Client>, work: Arc<Work>) -> Vec<Acknowledged> {
    let mut driven = Vec::new();
    loop {
        let number = work.begun.fetch_add(1, Ordering::SeqCst);
        if number >= CASES && work.over.load(Ordering::SeqCst) {
            return driven;
        }
        let plot = Plot::ALL[number as usize % Plot::ALL.len()];
        let mut drive = Drive::new(&client, Story::new(number, plot, client.now()));
        while drive.act().await {
            work.acts.fetch_add(1, Ordering::SeqCst);
        }
        driven.push(drive.acknowledged);
    }
}

/// Stops the node and reads its journals once nothing is left to be done; errands that failed have a pause first.
pub(crate) async fn calm(house: &mut House) -> Record {
    let begun = Instant::now();
    loop {
        assert!(house.interrupt().success(), "the node did not stop well");
        let record = Record::of(&house.folder()).await;
        if record.errands.is_empty() || begun.elapsed() > CALM {
            return record;
        }
        house.start();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
