//! A law of one line, for tests: what was told is brought elsewhere, and what could be asked is asked.

use crate::clerk::{Clerk, Deed};
use crate::errand::{Carried, Carry, Route, Routed};
use crate::law::Law;
use crate::policy::Budget;
use crate::runner::Runner;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tonic::Status;
use zsm::item::Trouble;
use zsm::{Actor, Kind, Organisation, Refusal, Region, Role};
use zsm_chassis::Clock;
use zsm_journal::{Errand, Journal};

/// The stream that tests write to.
pub(crate) const STREAM: &str = "notes/1";

/// The key that it holds.
pub(crate) const KEY: &str = "note/1";

#[derive(Debug)]
pub(crate) struct Notes;

#[derive(Clone, Debug, Default)]
pub(crate) struct Noted {
    pub(crate) troubled: BTreeSet<Bring>,
}

#[derive(Clone, Debug)]
pub(crate) enum Command {
    Tell(Bring),
    Trouble(Bring),
    Recover(Bring),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    Told(Bring),
    Troubled(Bring),
    Recovered(Bring),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Bring {
    News(u32),
    Question,
    Warning,
}

impl fmt::Display for Bring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bring::News(number) => write!(f, "bring news {number}"),
            Bring::Question => f.write_str("ask"),
            Bring::Warning => f.write_str("warn"),
        }
    }
}

impl Law for Notes {
    const COLLECTION: &'static str = "notes";
    type State = Noted;
    type Command = Command;
    type Event = Event;
    type Errand = Bring;

    fn decide(state: &Noted, command: Command, _: &Actor, _: Timestamp) -> Result<Vec<Event>, Refusal> {
        Ok(match command {
            Command::Tell(bring) => vec![Event::Told(bring)],
            Command::Trouble(bring) if state.troubled.contains(&bring) => Vec::new(),
            Command::Trouble(bring) => vec![Event::Troubled(bring)],
            Command::Recover(bring) => vec![Event::Recovered(bring)],
        })
    }

    fn evolve(mut state: Noted, event: &Event, _: Timestamp) -> Noted {
        match event {
            Event::Told(_) => {}
            Event::Troubled(bring) => drop(state.troubled.insert(*bring)),
            Event::Recovered(bring) => drop(state.troubled.remove(bring)),
        }
        state
    }

    fn react(event: &Event) -> Vec<Bring> {
        if let Event::Told(bring) = event { vec![*bring] } else { Vec::new() }
    }

    fn trouble(bring: Bring, _: Trouble) -> Command {
        Command::Trouble(bring)
    }

    fn gives_up(bring: Bring) -> bool {
        bring == Bring::Question
    }

    fn is_urgent(bring: Bring) -> bool {
        bring == Bring::Warning
    }

    fn recovered(state: &Noted, bring: Bring) -> Option<Command> {
        state.troubled.contains(&bring).then_some(Command::Recover(bring))
    }

    fn is_troubled(state: &Noted) -> bool {
        !state.troubled.is_empty()
    }

    fn revision(_: &Noted) -> u64 {
        0
    }

    fn keys(_: &Noted) -> BTreeSet<String> {
        BTreeSet::from([KEY.to_owned()])
    }

    fn shelf(_: &Noted) -> Option<String> {
        None
    }
}

/// The other office: it waits for leave, then fails as it is told to.
#[derive(Clone)]
pub(crate) struct Other {
    pub(crate) leave: Arc<Semaphore>,
    pub(crate) fails: Arc<Mutex<Option<Status>>>,
}

impl Carry<Notes> for Other {
    async fn carry(&self, _: Arc<Noted>, _: u64, _: Bring, _: u32) -> Carried<Command> {
        self.leave.acquire().await.unwrap().forget();
        self.fails.lock().unwrap().clone().map_or(Carried::Done, Carried::Failed)
    }

    fn acts_as(&self, _: &Noted) -> Option<Actor> {
        Some(actor("om", Role::Dienst))
    }
}

/// Somebody of `ORG` in the region of the default.
pub(crate) fn actor(organisation: &str, role: Role) -> Actor {
    let organisation = Organisation::new(Kind::parse(organisation).unwrap(), Region::midden());
    Actor { organisation, role, person: "p".into() }
}

/// An office of one journal, of which no errand is carried out by itself.
pub(crate) struct Office {
    pub(crate) clerk: Clerk<Notes>,
    pub(crate) clock: Clock,
    pub(crate) other: Other,
    pub(crate) runner: Runner,
    folder: TempDir,
}

impl Office {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let journal = Journal::open(&folder.path().join("journal.db")).await.unwrap();
        let clock = Clock::driven(Timestamp::UNIX_EPOCH);
        let runner = Runner::new(Kind::Om, journal.clone(), clock.clone(), Budget::default());
        let clerk = Clerk::new(journal, clock.clone(), runner.tray());
        let other = Other { leave: Arc::new(Semaphore::new(1_000)), fails: Arc::default() };
        let runner = runner.with(clerk.clone(), other.clone());
        Self { clerk, clock, other, runner, folder }
    }

    /// Where its journal is.
    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    /// The other office fails like this from now on.
    pub(crate) fn fails(&self, status: Option<Status>) {
        *self.other.fails.lock().unwrap() = status;
    }

    pub(crate) async fn tell(&self, bring: Bring) {
        let by = actor("om", Role::Operator);
        let deed = Deed { stream: STREAM.into(), command: Command::Tell(bring), by, etag: None };
        self.clerk.perform(deed, |_| None).await.unwrap();
    }

    /// Everything that is not done, as the journal has it.
    pub(crate) async fn open_errands(&self) -> Vec<Errand> {
        self.clerk.journal().errands().await.unwrap()
    }

    /// Carries an errand out, once.
    pub(crate) async fn carry_out(&self, errand: Errand) {
        let (clerk, carrier) = (self.clerk.clone(), self.other.clone());
        Route { office: "om", clerk, carrier, budget: Budget::default() }.run(errand).await;
    }

    pub(crate) async fn troubled(&self) -> BTreeSet<Bring> {
        self.clerk.read(STREAM).await.unwrap().state.troubled.clone()
    }
}
