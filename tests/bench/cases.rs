//! Whole cases through the full contract: registered, confirmed, asked, answered, weighed, signed, decided.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::case::Drive;
use crate::client::Client;
use crate::figures::Figures;
use crate::program::House;
use crate::story::{Plot, Story};

/// How often a client looks whether what it waits for is there.
const LOOKS_EVERY: Duration = Duration::from_millis(1);
/// Cases before the clock runs: connections, caches, prepared statements.
const WARM: u32 = 8;

/// Drives cases through a node with its journals at this place, and notes what that took.
pub(crate) async fn measure(store: &str, place: &Path, concurrent: usize, cases: usize, figures: &mut Figures) {
    let cases = u32::try_from(cases.max(concurrent * 4)).unwrap();
    let mut house = House::at(place);
    house.start();
    let client = Arc::new(Client::of(&house).looking_every(LOOKS_EVERY));
    drive(&client, 0..WARM, concurrent).await;
    client.taken();
    let (before, answered) = (Processor::of(house.process()), calls_of(&house));
    let begun = Instant::now();
    drive(&client, WARM..WARM + cases, concurrent).await;
    let took = begun.elapsed().as_secs_f64();
    let spent = Processor::of(house.process());
    let memory = resident(house.process());
    let (calls, answered) = (client.taken(), calls_of(&house) - answered);

    let per_case = |seconds: f64| seconds * 1e3 / f64::from(cases);
    figures.note(&format!("cases/s, {store}"), concurrent, f64::from(cases) / took);
    figures.note(&format!("CPU ms per case, {store}"), concurrent, per_case(spent.all - before.all));
    let of_journals = per_case(spent.journals - before.journals);
    figures.note(&format!("CPU ms per case, {store}, of the journals"), concurrent, of_journals);
    figures.note(&format!("resident MB, {store}"), concurrent, memory);
    house.kill();
    figures.note("RPCs per case, of clients", concurrent, calls.len() as f64 / f64::from(cases));
    figures.note("RPCs per case, of all", concurrent, answered / f64::from(cases));
    figures.note(&format!("RPCs/s, {store}"), concurrent, answered / took);
    if store == "disk" {
        for (rpc, took) in calls {
            figures.note_calls(rpc, concurrent, [took]);
        }
    }
}

/// Drives the cases with these numbers, so many at once.
async fn drive(client: &Arc<Client>, numbers: std::ops::Range<u32>, concurrent: usize) {
    let next = Arc::new(AtomicU32::new(numbers.start));
    let end = numbers.end;
    let workers: Vec<_> = (0..concurrent)
        .map(|_| {
            let (client, next) = (Arc::clone(client), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        return;
                    }
                    // Both flows in turn, one answered by registers at once and one by desks too.
                    let plot = Plot::DECIDED[number as usize % Plot::DECIDED.len()];
                    Drive::new(&client, Story::new(number, plot, client.now())).finish().await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
}

/// How many calls the offices answered, clients and each other, as they count them themselves.
fn calls_of(house: &House) -> f64 {
    let mut page = String::new();
    let mut connection = TcpStream::connect(house.metrics()).unwrap();
    connection.write_all(b"GET /metrics HTTP/1.1\r\nHost: zsm\r\n\r\n").unwrap();
    connection.read_to_string(&mut page).unwrap();
    let counts = page.lines().filter(|line| line.starts_with("zsm_calls_total{"));
    counts.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

/// Processor time, in seconds.
struct Processor {
    /// Of the whole process.
    all: f64,
    /// Of the threads of its journals.
    journals: f64,
}

impl Processor {
    fn of(process: u32) -> Self {
        let folder = format!("/proc/{process}");
        let mut journals = 0.0;
        for thread in std::fs::read_dir(format!("{folder}/task")).unwrap().flatten() {
            let (name, spent) = stat(&thread.path());
            if name.starts_with("journal") {
                journals += spent;
            }
        }
        Self { all: stat(Path::new(&folder)).1, journals }
    }
}

/// The name of a process or thread, and the processor time it used.
fn stat(folder: &Path) -> (String, f64) {
    let text = std::fs::read_to_string(folder.join("stat")).unwrap();
    let (head, fields) = text.rsplit_once(')').unwrap();
    let name = head.split_once('(').unwrap().1.to_owned();
    let field = |place: usize| fields.split_whitespace().nth(place).unwrap().parse::<f64>().unwrap();
    // Ticks of 10 ms: utime and stime.
    (name, (field(11) + field(12)) / 100.0)
}

fn resident(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}
