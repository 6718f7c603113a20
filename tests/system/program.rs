//! The program under test, as a process of its own.
//!
//! `cargo test` builds the binary `zsm` of another package only by accident (it builds the tests of that binary, not the
//! binary), so a test that looked for it in `target` could run an old one, or none. Instead this test executable starts
//! itself again: with a command line in the environment, [`the_program_under_test`] becomes the program. That is the
//! same code as `main` of `zsm`, which is one call.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zsm::Kind;
use zsm_node::NAMES;

/// The command line, in JSON, of a process that is to be the program.
const LINE: &str = "TESTS_RUN_ZSM";
/// How long a node may take to be reachable, or to end.
const PATIENCE: Duration = Duration::from_secs(30);
/// Ports are sought here: below those that a system hands out by itself, for a port must stay free between kill and
/// restart.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// What a node logs: not every refusal, for clients here ask again and again.
const LOGGED: &str = "info,zsm_chassis::server::trace=warn,zsm_chassis::issuer=error";

#[test]
fn the_program_under_test() {
    become_the_program();
}

/// Becomes the program, and ends with it, where this process was started to be it.
pub(crate) fn become_the_program() {
    let Ok(line) = std::env::var(LINE) else { return };
    let words: Vec<OsString> =
        serde_json::from_str::<Vec<String>>(&line).unwrap().into_iter().map(Into::into).collect();
    let code = zsm_node::command::run_with(std::iter::once("zsm".into()).chain(words));
    std::process::exit(i32::from(code != ExitCode::SUCCESS));
}

/// The program with a command line, to be started.
pub(crate) fn program(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["program::the_program_under_test", "--exact", "--nocapture", "--test-threads=1"])
        .env(LINE, serde_json::to_string(words).unwrap())
        .env_remove("RUST_LOG")
        .stdin(Stdio::null());
    // What the tester has set is no part of the test; and what is nobody's setting would be refused.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ZSM_")) {
        command.env_remove(name);
    }
    command
}

/// Starts the program; it is killed when what comes back is dropped.
pub(crate) fn launch(words: &[&str]) -> Guarded {
    Guarded(program(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// Runs the program until it ends by itself.
pub(crate) fn run(words: &[&str]) -> Output {
    let mut child = launch(words);
    // What it says is short: it fits in the pipes.
    child.ended(PATIENCE).unwrap_or_else(|| panic!("`zsm {}` did not end", words.join(" ")));
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    child.0.stdout.take().unwrap().read_to_end(&mut stdout).unwrap();
    child.0.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
    Output { status: child.0.wait().unwrap(), stdout, stderr }
}

/// The first of four ports that nobody uses, nor the one before them.
pub(crate) fn four_free_ports() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let places = (PORTS.end - PORTS.start) / 5;
    // Two runs at once begin at different places.
    let begin = u16::try_from(std::process::id() % u32::from(places)).unwrap();
    for _ in 0..places {
        let place = (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % places;
        let first = PORTS.start + place * 5;
        let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        if (first..first + 5).all(free) {
            return first + 1;
        }
    }
    panic!("there are no five consecutive free ports between {} and {}", PORTS.start, PORTS.end);
}

/// A node of which each office in `at` can be reached; it says what it logs to nobody.
pub(crate) fn serving(words: &[&str], at: &[SocketAddr]) -> Guarded {
    let spawned = program(words).env("RUST_LOG", LOGGED).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut node = Guarded(spawned.unwrap());
    let begun = Instant::now();
    while !at.iter().all(|address| TcpStream::connect(address).is_ok()) {
        let ended = node.0.try_wait().unwrap();
        assert!(ended.is_none() && begun.elapsed() < PATIENCE, "the node did not start: {ended:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
    node
}

/// A child process that never outlives its test.
pub(crate) struct Guarded(Child);

impl Guarded {
    fn ended(&mut self, within: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some(status);
            }
            if begun.elapsed() > within {
                return None;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A node with its folder and ports; the process comes and goes.
pub(crate) struct House {
    place: TempDir,
    first_port: u16,
    /// What its program is told beside folder and ports.
    words: Vec<String>,
    environment: Vec<(&'static str, &'static str)>,
    process: Option<Guarded>,
}

impl House {
    /// A house in which nothing runs yet.
    pub(crate) fn new() -> Self {
        Self::at(&std::env::temp_dir())
    }

    /// The same, with its folder below this one.
    pub(crate) fn at(folder: &Path) -> Self {
        let place = tempfile::Builder::new().prefix("zsm-system-").tempdir_in(folder).unwrap();
        std::fs::create_dir(place.path().join("var")).unwrap();
        let (words, environment) = (Vec::new(), vec![("RUST_LOG", LOGGED)]);
        Self { place, first_port: four_free_ports(), words, environment, process: None }
    }

    /// A house whose program is told more; nothing runs yet.
    pub(crate) fn told(words: &[&str], environment: &[(&'static str, &'static str)]) -> Self {
        let mut house = Self::new();
        house.words = words.iter().map(|word| (*word).to_owned()).collect();
        house.environment.extend_from_slice(environment);
        house
    }

    /// A house that runs.
    pub(crate) fn open() -> Self {
        let mut house = Self::new();
        house.start();
        house
    }

    /// Folder of the journals and of the key.
    pub(crate) fn folder(&self) -> PathBuf {
        self.place.path().join("var")
    }

    /// The journal of an office.
    pub(crate) fn journal(&self, kind: Kind) -> PathBuf {
        self.folder().join(format!("{}.db", kind.slug()))
    }

    /// The first port.
    pub(crate) fn first_port(&self) -> u16 {
        self.first_port
    }

    /// The process that runs.
    pub(crate) fn process(&self) -> u32 {
        self.process.as_ref().expect("it runs").0.id()
    }

    /// Where an office listens.
    pub(crate) fn address(&self, kind: Kind) -> SocketAddr {
        let place = NAMES.iter().position(|one| *one == kind).unwrap();
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.first_port + u16::try_from(place).unwrap()))
    }

    /// Where the page of metrics listens.
    pub(crate) fn metrics(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.first_port - 1))
    }

    /// Everything the node said on stderr, over all its lives.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap()
    }

    fn log(&self) -> PathBuf {
        self.place.path().join("node.log")
    }

    /// Starts the node, and waits until every port is taken; offices may still be opening their journals.
    pub(crate) fn start(&mut self) {
        self.spawn();
        self.await_ports();
    }

    /// Waits until every port is taken.
    pub(crate) fn await_ports(&mut self) {
        let begun = Instant::now();
        // The ports are bound in order, so the last one tells.
        while TcpStream::connect(self.address(NAMES[3])).is_err() {
            assert!(self.runs() && begun.elapsed() < PATIENCE, "the node did not start");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Starts the node, and waits for nothing.
    pub(crate) fn spawn(&mut self) {
        let program = self.program();
        self.run(program);
    }

    /// The same, with no more than so many files open at once.
    pub(crate) fn spawn_with_files(&mut self, files: u32) {
        let program = self.program();
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]).arg(program.get_program());
        limited.args(program.get_args());
        limited.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        self.run(limited);
    }

    fn program(&self) -> Command {
        let (folder, port) = (self.folder(), self.first_port.to_string());
        // Without a command the program serves.
        let mut line = vec!["--folder", folder.to_str().unwrap(), "--first-port", &port];
        line.extend(self.words.iter().map(String::as_str));
        let mut program = program(&line);
        program.envs(self.environment.iter().copied());
        program
    }

    fn run(&mut self, mut program: Command) {
        assert!(self.process.is_none(), "it runs already");
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let spawned = program.stdout(Stdio::null()).stderr(log).spawn();
        self.process = Some(Guarded(spawned.unwrap()));
    }

    /// SIGKILL: no handler, no flush, no goodbye.
    pub(crate) fn kill(&mut self) {
        drop(self.process.take().expect("it runs"));
    }

    /// SIGINT, without waiting for the end.
    pub(crate) fn begin_to_stop(&mut self) {
        signal(self.process(), "INT");
    }

    /// Whether the node logged this.
    pub(crate) fn has_logged(&self, words: &str) -> bool {
        std::fs::read_to_string(self.log()).unwrap().contains(words)
    }

    /// SIGINT, as by Ctrl-C; gives how it ended.
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        self.signal("INT")
    }

    /// Sends a signal; gives how the node ended.
    pub(crate) fn signal(&mut self, name: &str) -> ExitStatus {
        let mut process = self.process.take().expect("it runs");
        signal(process.0.id(), name);
        process.ended(PATIENCE).unwrap_or_else(|| panic!("the node did not end after SIG{name}"))
    }

    /// Whether the process is there.
    pub(crate) fn runs(&mut self) -> bool {
        self.process.as_mut().is_some_and(|process| process.0.try_wait().unwrap().is_none())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what the node said last:\n{}", tail(&self.log(), 40));
            self.place.disable_cleanup(true);
            eprintln!("its log and journals stay in {}", self.place.path().display());
        }
    }
}

/// Sends a signal; the shell has it built in.
fn signal(process: u32, name: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status().unwrap();
    assert!(sent.success(), "no signal could be sent");
}

fn tail(path: &Path, lines: usize) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
