//! The offices of one process: bind, open, build, serve, drain — each step after the one before.

use crate::figures;
use crate::office::{self, NAMES};
use crate::restore;
use http::Uri;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use zsm::Kind;
use zsm_chassis::server::BindError;
use zsm_chassis::{Clock, DevelopmentIssuer, Ids, Shutdown, Switchboard};
use zsm_clerk::{Policy, Runner, Surroundings};
use zsm_journal::{Journal, OpenError};
use zsm_om::Mandates;
use zsm_source::record::{LoadError, Register};

/// How long an office may take to finish what it has in hand.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait for the offices to fall silent, in machine time.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a node is made of.
#[derive(Debug)]
pub struct Settings {
    /// Folder of the journals.
    pub folder: PathBuf,
    /// Where each office is served; who is not named here is served nowhere.
    pub offices: BTreeMap<Kind, Place>,
    /// Where the page of metrics listens; nothing to have none.
    pub metrics: Option<SocketAddr>,
    /// Law time.
    pub clock: Clock,
    /// Where ids are drawn.
    pub ids: Ids,
    /// Who makes tokens.
    pub issuer: DevelopmentIssuer,
    /// Registers, loaded by an office that has none yet.
    pub registers: BTreeMap<Kind, Register>,
    /// What is agreed for every office.
    pub policy: Policy,
    /// On which days who may decide for the prosecutor.
    pub mandates: Mandates,
}

/// Where an office is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this process, reached over pipes only.
    Pipes,
    /// In this process, on a socket too.
    Socket(SocketAddr),
    /// By another process.
    Elsewhere(Uri),
}

/// Why a node or an office did not start. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// A journal.
    #[error(transparent)]
    Journal(#[from] OpenError),
    /// A register.
    #[error("the register of {office} cannot be loaded: {fault}")]
    Register {
        /// Whose.
        office: &'static str,
        /// What is wrong.
        fault: LoadError,
    },
    /// The journals are of two moments.
    #[error("{0:#}")]
    Unfinished(anyhow::Error),
    /// Every office is served by another process.
    #[error("every office is served elsewhere, so there is nothing to start here")]
    Nothing,
}

/// The offices of one process.
#[derive(Debug)]
pub struct Node {
    settings: Settings,
    switchboard: Switchboard,
    offices: Arc<Offices>,
    /// Stops the page of metrics.
    page: Shutdown,
}

/// The offices that run.
#[derive(Debug, Default)]
pub(crate) struct Offices(Mutex<BTreeMap<Kind, Running>>);

#[derive(Debug)]
struct Running {
    shutdown: Shutdown,
    journal: Journal,
    runner: Runner,
}

impl Node {
    /// Starts every office. When one cannot start, none is left running.
    ///
    /// # Errors
    /// Why not, in a sentence.
    pub async fn start(settings: Settings) -> Result<Node, StartError> {
        restore::refuse_unfinished(&settings.folder).map_err(StartError::Unfinished)?;
        let (switchboard, offices) = (Switchboard::default(), Arc::<Offices>::default());
        let node = Node { settings, switchboard, offices, page: Shutdown::new() };
        let mut here = Vec::new();
        for kind in NAMES {
            match node.settings.offices.get(&kind) {
                Some(Place::Elsewhere(at)) => node.switchboard.remote(kind.slug(), at.clone()),
                Some(Place::Pipes | Place::Socket(_)) => here.push(kind),
                None => {}
            }
        }
        if here.is_empty() {
            return Err(StartError::Nothing);
        }
        let mut listeners = HashMap::new();
        for kind in &here {
            if let Some(address) = node.address(*kind) {
                listeners.insert(*kind, zsm_chassis::bind(address).await?);
            }
        }
        let page = match node.settings.metrics {
            Some(address) => Some(zsm_chassis::bind(address).await?),
            None => None,
        };
        for kind in here {
            if let Err(error) = node.start_office(kind, listeners.remove(&kind)).await {
                node.drain().await;
                return Err(error);
            }
        }
        // Not before every office can be reached: what was left to be done would fail, and wait.
        for running in node.running().values() {
            running.begin_errands();
        }
        figures::tell(&node.offices, node.settings.clock.clone(), node.settings.policy.errands.ceiling);
        if let Some(page) = page {
            node.page.spawn("metrics", zsm_chassis::telemetry::page::serve(page, node.page.clone()));
        }
        Ok(node)
    }

    /// The folder of the journals.
    pub fn folder(&self) -> &Path {
        &self.settings.folder
    }

    /// Law time.
    pub fn clock(&self) -> &Clock {
        &self.settings.clock
    }

    /// Who makes tokens.
    pub fn issuer(&self) -> &DevelopmentIssuer {
        &self.settings.issuer
    }

    /// How an office of this node is reached from within the process.
    pub fn switchboard(&self) -> &Switchboard {
        &self.switchboard
    }

    /// Where the page of metrics listens.
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.settings.metrics
    }

    /// Where an office of this node listens; nothing when it is reached over pipes only, or served elsewhere.
    pub fn address(&self, kind: Kind) -> Option<SocketAddr> {
        match self.settings.offices.get(&kind)? {
            Place::Socket(address) => Some(*address),
            Place::Pipes | Place::Elsewhere(_) => None,
        }
    }

    /// Starts an office that was stopped.
    ///
    /// # Errors
    /// Why not, in a sentence.
    pub async fn restart(&self, kind: Kind) -> Result<(), StartError> {
        if self.running().contains_key(&kind) {
            return Ok(());
        }
        let listener = match self.address(kind) {
            Some(address) => Some(zsm_chassis::bind(address).await?),
            None => None,
        };
        self.start_office(kind, listener).await?;
        if let Some(running) = self.running().get(&kind) {
            running.begin_errands();
        }
        Ok(())
    }

    async fn start_office(&self, kind: Kind, listener: Option<TcpListener>) -> Result<(), StartError> {
        let name = kind.slug();
        let journal = Journal::open(&self.settings.folder.join(format!("{name}.db"))).await?;
        let shutdown = Shutdown::new();
        let around = Surroundings {
            clock: self.settings.clock.clone(),
            ids: self.settings.ids.clone(),
            switchboard: self.switchboard.clone(),
            issuer: self.settings.issuer.clone(),
            shutdown: shutdown.clone(),
            policy: self.settings.policy.clone(),
        };
        let Some(built) = office::build(kind, journal.clone(), &around, &self.settings.mandates) else { return Ok(()) };
        if let Some(source) = &built.source {
            let failed = |fault| StartError::Register { office: name, fault };
            let begins_with = self.settings.registers.get(&kind);
            if let Some(register) = begins_with
                && !source.has_register().await.map_err(|error| failed(error.into()))?
            {
                source.load_register(register.clone()).await.map_err(failed)?;
            }
            source.renew_register().await.map_err(failed)?;
        }
        let pipes = self.switchboard.plug(name);
        let regions = self.settings.policy.regions.iter().map(|region| region.as_str().to_owned());
        let (verifier, clock) = (self.settings.issuer.verifier().within(regions), self.settings.clock.clone());
        let serving = zsm_chassis::serve(built.office, listener, pipes, verifier, clock, shutdown.clone());
        let failing = shutdown.clone();
        shutdown.spawn("serve", async move {
            if let Err(error) = serving.await {
                tracing::error!(office = name, %error, "office stopped");
                failing.soft();
            }
        });
        self.running().insert(kind, Running { shutdown, journal, runner: built.runner });
        Ok(())
    }

    /// Stops one office: it finishes what it has in hand and is silent from then on.
    pub async fn stop(&self, kind: Kind) {
        let running = self.running().remove(&kind);
        if let Some(running) = running {
            running.shutdown.drained(GRACE).await;
            self.switchboard.unplug(kind.slug());
            running.journal.close().await;
        }
    }

    /// Stops every office.
    pub async fn drain(&self) {
        let kinds: Vec<Kind> = self.running().keys().copied().collect();
        for kind in &kinds {
            if let Some(running) = self.running().get(kind) {
                running.shutdown.soft();
            }
        }
        for kind in kinds {
            self.stop(kind).await;
        }
        // Whoever still reads the page can read it again elsewhere; nothing waits for that.
        self.page.clone().drained(Duration::ZERO).await;
    }

    /// Resolves with the name of an office that stopped uninvited: half a node is worse than none.
    pub async fn failed(&self) -> &'static str {
        loop {
            let ended = self.running().iter().find(|(_, one)| one.shutdown.is_stopping()).map(|(kind, _)| kind.slug());
            if let Some(name) = ended {
                return name;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Waits until no errand is due or under way at any office.
    ///
    /// # Errors
    /// A sentence, when that does not happen in half a minute.
    pub async fn settle(&self) -> Result<(), String> {
        let begun = Instant::now();
        while !self.is_idle().await? {
            if begun.elapsed() > PATIENCE {
                return Err(format!("de kantoren zijn na {PATIENCE:?} nog bezig"));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    /// An errand that ends at one office may have begun one at another that was looked at before: only when none
    /// ended meanwhile is silence silence.
    async fn is_idle(&self) -> Result<bool, String> {
        let runners: Vec<Runner> = self.running().values().map(|one| one.runner.clone()).collect();
        let ended = || runners.iter().map(Runner::ended).sum::<u64>();
        let before = ended();
        for runner in &runners {
            if !runner.is_idle().await.map_err(|error| error.to_string())? {
                return Ok(false);
            }
        }
        Ok(ended() == before)
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<Kind, Running>> {
        self.offices.running()
    }
}

impl Offices {
    /// The journal of every office that runs, by the name of the office.
    pub(crate) fn journals(&self) -> Vec<(&'static str, Journal)> {
        self.running().iter().map(|(kind, one)| (kind.slug(), one.journal.clone())).collect()
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<Kind, Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    fn begin_errands(&self) {
        self.shutdown.spawn("errands", self.runner.clone().run(self.shutdown.clone()));
    }
}
