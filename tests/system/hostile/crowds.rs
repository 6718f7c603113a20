//! Many at once: connections that do nothing, more of them than the system allows, and a flood of calls.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tonic::Code;
use zsm::Kind;
use zsm_proto::pb::om::v1 as om;

use super::raw::{Line, framed, head};
use super::{Memory, drive_a_case};
use crate::client::Client;
use crate::program::House;
use crate::story::Plot;

/// How many connections of each kind stand idle.
const IDLE: usize = 1_000;
/// How many files this process and the node may need open for that.
const FILES: u32 = 8_192;
/// How many files a node may open that is to run out of them; its own journals take some sixty.
const FEW_FILES: u32 = 120;
/// How many connections it is then asked for.
const TOO_MANY: usize = 100;
/// How long it is watched then.
const STARVED: Duration = Duration::from_secs(5);
/// How many connections flood an office.
const FLOODING: usize = 10;
/// How many calls each has under way at any moment.
const EACH: usize = 250;
/// Who floods: a caller of an own, who may ask this.
const FLOODER: &str = "om/parketsecretaris:stortvloed";
/// An office does not have to wait long for a condition that must come.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_connections_that_do_nothing_keep_nobody_out() {
    allow_open_files();
    let house = House::open();
    let client = Client::of(&house);
    drive_a_case(&client, 1, Plot::Known).await;
    let memory = Memory::of(&house);
    let (mut silent, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..IDLE {
        silent.push(TcpStream::connect(house.address(Kind::Om)).await.unwrap());
        idle.push(Line::open(house.address(Kind::Om), 65_535).await.unwrap());
    }
    drive_a_case(&client, 2, Plot::Triage).await;
    drive_a_case(&Client::of(&house), 3, Plot::AtTheDesk).await;
    memory.assert_bounded(&house, "2000 idle connections");
    // Who never said a word is shown out; who speaks HTTP/2 may wait.
    for mut line in silent {
        // Whatever the office says first, it ends.
        let ended = tokio::time::timeout(PATIENCE, line.read_to_end(&mut Vec::new())).await;
        assert!(ended.is_ok(), "a connection that says nothing is kept");
    }
    assert!(idle.iter().all(Line::is_open));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_runs_out_of_files_neither_spins_nor_dies() {
    let mut house = House::new();
    house.spawn_with_files(FEW_FILES);
    house.await_ports();
    let client = Client::of(&house);
    drive_a_case(&client, 1, Plot::AtTheDesk).await;
    let mut crowd = Vec::new();
    for _ in 0..TOO_MANY {
        // The system takes them for the office, which has no file left to take them over.
        crowd.push(TcpStream::connect(house.address(Kind::Om)).await.unwrap());
    }
    let before = processor_seconds(house.process());
    tokio::time::sleep(STARVED).await;
    let spent = processor_seconds(house.process()) - before;
    assert!(house.has_logged("no connection can be taken"), "the office did not run out of files");
    // Without a pause between its tries it takes all that the machine gives it, which may be little.
    assert!(spent < STARVED.as_secs_f64() / 10.0, "{spent} s of processor in {STARVED:?} of doing nothing");
    // Who was inside is served as before.
    drive_a_case(&client, 2, Plot::AtTheDesk).await;
    // Who said nothing is shown out, and then there is room for others, though the crowd still stands there.
    drive_a_case(&Client::of(&house), 3, Plot::Known).await;
    assert!(house.runs());
    drop(crowd);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_from_one_caller_leaves_room_for_another() {
    allow_open_files();
    let house = House::open();
    let client = Client::of(&house);
    for number in 1..=3 {
        drive_a_case(&client, number, Plot::Known).await;
    }
    let memory = Memory::of(&house);
    let token = client.token(FLOODER);
    let at = house.address(Kind::Om);
    let tally = Arc::new(Tally::default());
    let floods: Vec<_> = (0..FLOODING).map(|_| tokio::spawn(flood(at, token.clone(), Arc::clone(&tally)))).collect();
    // On the same office, all the while: others, on connections of their own.
    for number in 4..=9 {
        drive_a_case(&Client::of(&house), number, Plot::ALL[number as usize % Plot::ALL.len()]).await;
    }
    floods.iter().for_each(|flood| assert!(!flood.is_finished()));
    floods.iter().for_each(tokio::task::JoinHandle::abort);
    memory.assert_bounded(&house, "a flood of 2500 calls at once");
    let (answered, refused) = (tally.answered.load(Ordering::Relaxed), tally.refused.load(Ordering::Relaxed));
    eprintln!("of the flood {answered} calls were answered, {refused} refused");
    assert!(answered > 0 && refused > 0, "{answered} calls were answered, {refused} refused");
    // The flood over, its caller has his share again.
    let begun = Instant::now();
    while let Err(status) = client.once(Kind::Om, FLOODER, om::ListCasesRequest::default()).await {
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert!(begun.elapsed() < PATIENCE, "his share does not come back");
        client.pause().await;
    }
}

/// What became of the calls of a flood.
#[derive(Default)]
struct Tally {
    answered: AtomicU32,
    refused: AtomicU32,
}

/// Asks without end, on one connection, as much as it allows, and takes in nothing of what comes back but its head.
async fn flood(at: SocketAddr, token: String, tally: Arc<Tally>) {
    loop {
        let Ok(mut line) = Line::open(at, 65_535).await else { continue };
        let mut under_way = Vec::new();
        for _ in 0..EACH {
            let heads = [("authorization", format!("Bearer {token}"))];
            let Ok((answer, mut said)) = line.begin("/zsm.om.v1.CaseService/ListCases", &heads).await else { break };
            if said.send_data(framed(&[]), true).is_ok() {
                under_way.push(answer);
            }
        }
        for answer in under_way {
            match head(answer).await {
                Some((None, _)) => tally.answered.fetch_add(1, Ordering::Relaxed),
                Some((Some(status), _)) if status == Code::ResourceExhausted as i32 => {
                    tally.refused.fetch_add(1, Ordering::Relaxed)
                }
                _ => continue,
            };
        }
    }
}

/// Lets this process, and the nodes it starts, open as many files as the test needs.
fn allow_open_files() {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let soft = line.split_whitespace().nth(3).unwrap();
    if soft == "unlimited" || soft.parse::<u32>().unwrap() >= FILES {
        return;
    }
    let (process, files) = (std::process::id().to_string(), format!("{FILES}:"));
    let raised = Command::new("prlimit").args(["--pid", &process, "--nofile", &files]).status();
    assert!(raised.is_ok_and(|raised| raised.success()), "this test opens many connections: `ulimit -n {FILES}` first");
}

/// Processor time that a process used, in seconds.
fn processor_seconds(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields = text.rsplit_once(')').unwrap().1;
    let field = |place: usize| fields.split_whitespace().nth(place).unwrap().parse::<f64>().unwrap();
    // Ticks of 10 ms: utime and stime.
    (field(11) + field(12)) / 100.0
}
