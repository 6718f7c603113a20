//! What the machine gives by itself, in the same minute: a flush, a commit, an empty call.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::{Endpoint, Server};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::figures::{Figures, at_share, millis};
use crate::program::four_free_ports;

/// The port of a process that is to be the echo.
const ECHO: &str = "TESTS_ECHO";
/// How long echoes are counted.
const ECHOES: Duration = Duration::from_millis(700);
/// How many flushes are timed.
const FLUSHES: usize = 200;
/// How many commits of bare SQLite are timed.
const COMMITS: u32 = 300;

pub(crate) async fn measure(concurrent: usize, folder: &Path, figures: &mut Figures) {
    figures.note("bare: fdatasync p50, ms", concurrent, millis(fdatasync(folder)));
    let file = tempfile::tempdir_in(folder).unwrap();
    let rows = u32::try_from(concurrent).unwrap();
    let took = zsm_journal::bare::commits(&file.path().join("bare.db"), COMMITS, rows).unwrap();
    figures.note("bare: SQLite rows/s, as many per commit", concurrent, f64::from(COMMITS * rows) / took.as_secs_f64());
    figures.note("bare: echo/s", concurrent, echoes(concurrent).await);
}

/// The median of writes of 4 KiB with fdatasync.
pub(crate) fn fdatasync(folder: &Path) -> Duration {
    let mut file = tempfile::tempfile_in(folder).unwrap();
    let times: Vec<Duration> = (0..FLUSHES)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[0; 4096]).unwrap();
            file.sync_data().unwrap();
            begun.elapsed()
        })
        .collect();
    at_share(&times, 50)
}

/// Becomes the echo, until it is killed, where this process was started to be it.
pub(crate) fn become_the_echo() {
    let Ok(port) = std::env::var(ECHO) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse().unwrap())).await.unwrap();
        let (_, health) = tonic_health::server::health_reporter();
        Server::builder().add_service(health).serve_with_incoming(TcpListenerStream::new(listener)).await.unwrap();
    });
}

/// Calls a second of a bare tonic server in a process of its own.
async fn echoes(concurrent: usize) -> f64 {
    let port = four_free_ports();
    let _server = Killed(echo(port));
    let channel = Endpoint::from_shared(format!("http://127.0.0.1:{port}")).unwrap().connect_lazy();
    let begun = Instant::now();
    while HealthClient::new(channel.clone()).check(HealthCheckRequest::default()).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the echo does not start");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let count = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let workers: Vec<_> = (0..concurrent)
        .map(|_| {
            let (mut client, count) = (HealthClient::new(channel.clone()), Arc::clone(&count));
            tokio::spawn(async move {
                while begun.elapsed() < ECHOES {
                    client.check(HealthCheckRequest::default()).await.unwrap();
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    count.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

fn echo(port: u16) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(ECHO, port.to_string()).stdin(Stdio::null()).spawn().unwrap()
}

/// A child that does not outlive its measurement.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
