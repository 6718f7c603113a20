//! Reads a stream, lets the law decide, and remembers what happened together with what is still to be done.

use crate::codec;
use crate::errand::{self, Fate};
use crate::law::Law;
use crate::no::No;
use crate::tray::Tray;
use crate::turns::Turns;
use dashmap::DashMap;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use tracing::Span;
use zsm::{Actor, Faults, Refusal};
use zsm_chassis::Clock;
use zsm_chassis::telemetry::context;
use zsm_journal::{Batch, Error, Journal, Receipt};

/// How often a decision is made again when others wrote first.
const TRIES: usize = 16;
/// How many streams are kept at hand.
const CACHE_LIMIT: usize = 20_000;

/// The clerk of one kind of stream. Clones share the cache.
#[derive(Debug)]
pub struct Clerk<L: Law> {
    desk: Arc<Desk<L>>,
}

#[derive(Debug)]
struct Desk<L: Law> {
    journal: Journal,
    clock: Clock,
    /// A hint only: truth is the version that an append expects (E10).
    cache: DashMap<String, Held<L::State>>,
    turns: Turns,
    /// Where errands are put once they are durable.
    tray: Tray,
}

/// A stream as it was read.
#[derive(Debug)]
pub(crate) struct Held<S> {
    pub(crate) version: u64,
    pub(crate) at: Timestamp,
    pub(crate) state: Arc<S>,
    /// The trace of the act that wrote last.
    pub(crate) trace: Option<Arc<str>>,
}

/// One thing to be done to a stream.
#[derive(Clone, Debug)]
pub(crate) struct Deed<C> {
    /// The stream.
    pub(crate) stream: String,
    /// What is asked.
    pub(crate) command: C,
    /// By whom.
    pub(crate) by: Actor,
    /// The revision that a person read.
    pub(crate) etag: Option<u64>,
}

/// What is written to a stream, beside what happens in it.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) stream: &'a str,
    pub(crate) etag: Option<u64>,
    pub(crate) fate: Option<Fate>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Performed<S> {
    /// The stream as it is now.
    pub state: Arc<S>,
    /// At this version.
    pub version: u64,
}

impl<L: Law> Clone for Clerk<L> {
    fn clone(&self) -> Self {
        Self { desk: Arc::clone(&self.desk) }
    }
}

impl<S> Clone for Held<S> {
    fn clone(&self) -> Self {
        Self { version: self.version, at: self.at, state: Arc::clone(&self.state), trace: self.trace.clone() }
    }
}

impl<L: Law> Clerk<L> {
    /// A clerk who keeps streams in a journal and puts errands in a tray.
    pub fn new(journal: Journal, clock: Clock, tray: Tray) -> Self {
        Self { desk: Arc::new(Desk { journal, clock, cache: DashMap::new(), turns: Turns::new(), tray }) }
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.desk.journal
    }

    /// Where errands are put.
    pub(crate) fn tray(&self) -> &Tray {
        &self.desk.tray
    }

    /// Law time.
    pub fn now(&self) -> Timestamp {
        self.desk.clock.now()
    }

    /// A stream as it is now.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn read(&self, stream: &str) -> Result<Performed<L::State>, No> {
        let held = self.held(stream).await?;
        Ok(Performed { state: held.state, version: held.version })
    }

    /// What happened to a stream, from its beginning.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn history(&self, stream: &str) -> Result<Vec<(L::Event, Timestamp)>, No> {
        let facts = self.desk.journal.read(stream).await?;
        let mut history = Vec::with_capacity(facts.len());
        for fact in facts {
            let at = Timestamp::from_microsecond(fact.at).unwrap_or(Timestamp::MIN);
            history.push((codec::recorded(fact)?, at));
        }
        Ok(history)
    }

    /// A stream at a version or a later one: what is at hand may be older than what the journal holds already, for a
    /// write is durable a moment before it is at hand.
    pub(crate) async fn read_at_least(&self, stream: &str, version: u64) -> Result<Performed<L::State>, No> {
        let read = self.read(stream).await?;
        if read.version >= version {
            return Ok(read);
        }
        let held = self.load(stream).await?;
        Ok(Performed { state: held.state, version: held.version })
    }

    /// The refusal of a request that is wrong already, with what the law finds wrong besides: all is named at once.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub(crate) async fn refusal(
        &self,
        stream: &str,
        command: L::Command,
        by: &Actor,
        mut faults: Faults,
    ) -> Result<Refusal, No> {
        let held = self.held(stream).await?;
        let at = self.desk.clock.now().max(held.at);
        match L::decide(&held.state, command, by, at) {
            Err(Refusal::Malformed(more)) => faults.merge(more),
            Err(Refusal::Unsignable(more, open)) => {
                faults.merge(more);
                return Ok(Refusal::Unsignable(faults, open));
            }
            // Whoever may not do this need not hear what is wrong with it.
            Err(no @ (Refusal::Forbidden(_) | Refusal::NotFound)) => return Ok(no),
            Ok(_) | Err(_) => {}
        }
        Ok(Refusal::Malformed(faults))
    }

    /// Lets the law decide on a command, and remembers what happened with the receipt of the request, if there is one.
    ///
    /// # Errors
    /// What the law refuses, and when the journal cannot be written; then nothing happened.
    pub(crate) async fn perform(
        &self,
        deed: Deed<L::Command>,
        receipt: impl Fn(&Performed<L::State>) -> Option<Receipt>,
    ) -> Result<Performed<L::State>, No> {
        let entry = Entry { stream: &deed.stream, etag: deed.etag, fate: None };
        self.write(entry, |state, at| L::decide(state, deed.command.clone(), &deed.by, at), receipt).await
    }

    /// Lets the law decide at one stream on what happened at another of the same office.
    ///
    /// # Errors
    /// What the law refuses, and when the journal cannot be written; then nothing happened.
    pub async fn note(&self, stream: &str, command: L::Command, by: &Actor) -> Result<(), No> {
        let deed = Deed { stream: stream.to_owned(), command, by: by.clone(), etag: None };
        self.perform(deed, |_| None).await.map(drop)
    }

    /// Writes what a decision comes to on the stream as it then is, with what becomes of an errand, in one transaction.
    pub(crate) async fn write(
        &self,
        entry: Entry<'_>,
        decide: impl Fn(&L::State, Timestamp) -> Result<Vec<L::Event>, Refusal>,
        receipt: impl Fn(&Performed<L::State>) -> Option<Receipt>,
    ) -> Result<Performed<L::State>, No> {
        let stream = entry.stream;
        let _turn = self.desk.turns.take(stream).await;
        for _ in 0..TRIES {
            let held = self.held(stream).await?;
            // A stream's time never runs backwards (E6).
            let at = self.desk.clock.now().max(held.at);
            let decided = decide(&held.state, at);
            let outdated = entry.etag.is_some_and(|read| held.version > 0 && read != L::revision(&held.state));
            let events = match decided {
                // Whoever may not do this learns nothing of the revision.
                Err(no @ (Refusal::Forbidden(_) | Refusal::NotFound)) => return Err(no.into()),
                _ if outdated => return Err(Refusal::Outdated.into()),
                decided => decided?,
            };
            let after = self.after(&held, &events, at);
            let done = Performed { state: Arc::clone(&after.state), version: after.version };
            let batch = self.batch(&entry, &held, &events, (&after, at), receipt(&done)).await?;
            if batch.facts.is_empty() && batch.receipt.is_none() && entry.fate.is_none() {
                return Ok(done);
            }
            match self.keep(batch, after.clone()).await {
                Ok(()) => {
                    link(&held, &after);
                    return Ok(done);
                }
                Err(Error::Conflict { .. }) => drop(self.desk.cache.remove(stream)),
                Err(Error::KeyTaken { stream }) => return Err(Refusal::AlreadyExists(stream).into()),
                Err(Error::NotOpen) => return Err(Refusal::NotFound.into()),
                Err(error) => {
                    self.desk.cache.remove(stream);
                    return Err(error.into());
                }
            }
        }
        Err(No::Contended)
    }

    /// Appends a batch; once it is durable the stream is at hand as it is now, and the runner has its errands. A task of its
    /// own: the journal makes a change although its caller has gone away, and then everybody must see it.
    async fn keep(&self, batch: Batch, after: Held<L::State>) -> Result<(), Error> {
        let clerk = self.clone();
        let kept = tokio::spawn(async move {
            let (stream, trace, errands) = (batch.stream.clone(), batch.trace.clone(), batch.errands.clone());
            let revives = batch.revives.is_some();
            clerk.desk.journal.append(batch).await?;
            clerk.remember(&stream, after);
            clerk.desk.tray.put(&stream, trace, errands);
            if revives {
                clerk.desk.tray.look();
            }
            Ok(())
        });
        kept.await.unwrap_or(Err(Error::Stopped))
    }

    fn after(&self, held: &Held<L::State>, events: &[L::Event], at: Timestamp) -> Held<L::State> {
        if events.is_empty() {
            return held.clone();
        }
        let state = events.iter().fold((*held.state).clone(), |state, event| L::evolve(state, event, at));
        let trace = context::here().map(Arc::from);
        Held { version: held.version + events.len() as u64, at, state: Arc::new(state), trace }
    }

    async fn batch(
        &self,
        entry: &Entry<'_>,
        held: &Held<L::State>,
        events: &[L::Event],
        (after, at): (&Held<L::State>, Timestamp),
        receipt: Option<Receipt>,
    ) -> Result<Batch, No> {
        let facts = events.iter().map(codec::fact).collect::<Result<Vec<_>, _>>()?;
        let changed = !facts.is_empty();
        let wanted: BTreeSet<L::Errand> = events.iter().flat_map(L::react).collect();
        // What rests stands out as trouble, so that nothing need be looked for elsewhere.
        let look = !wanted.is_empty() && L::is_troubled(&held.state);
        let resting = if look { self.desk.journal.resting(entry.stream).await? } else { Vec::new() };
        let (kept, keys) = (L::keys(&held.state), L::keys(&after.state));
        let frees = kept.difference(&keys).cloned().collect();
        let mut batch = Batch {
            stream: entry.stream.to_owned(),
            expected: held.version,
            at: at.as_microsecond(),
            facts,
            settles: errand::replaced::<L>(&resting, &wanted, &after.state),
            errands: errand::new::<L>(entry.stream, wanted, after.version, at),
            // All of them: an older program may have kept fewer.
            keys: if changed { keys.into_iter().collect() } else { Vec::new() },
            frees,
            shelf: L::shelf(&after.state).filter(|_| changed),
            waits: L::waits(&after.state).filter(|_| changed),
            ended: L::ended(&after.state).filter(|_| changed).map(str::to_owned),
            trace: after.trace.as_deref().map(str::to_owned).filter(|_| changed),
            receipt,
            ..Batch::default()
        };
        if let Some(fate) = entry.fate.clone() {
            fate.enter(&mut batch);
        }
        Ok(batch)
    }

    async fn held(&self, stream: &str) -> Result<Held<L::State>, No> {
        match self.at_hand(stream) {
            Some(held) => Ok(held),
            None => self.load(stream).await,
        }
    }

    fn at_hand(&self, stream: &str) -> Option<Held<L::State>> {
        self.desk.cache.get(stream).map(|held| held.clone())
    }

    async fn load(&self, stream: &str) -> Result<Held<L::State>, No> {
        let mut held = Held { version: 0, at: Timestamp::MIN, state: Arc::new(L::State::default()), trace: None };
        let mut state = L::State::default();
        for (event, at) in self.history(stream).await? {
            // A stream has no gaps.
            held.version += 1;
            held.at = at;
            state = L::evolve(state, &event, at);
        }
        held.state = Arc::new(state);
        if held.version > 0 {
            held.trace = self.desk.journal.trace(stream).await?.map(Arc::from);
            self.remember(stream, held.clone());
        }
        Ok(held)
    }

    /// Only what is durable enters, and never an older version over a newer.
    fn remember(&self, stream: &str, held: Held<L::State>) {
        if self.desk.cache.len() >= CACHE_LIMIT {
            self.desk.cache.clear();
        }
        let mut entry = self.desk.cache.entry(stream.to_owned()).or_insert_with(|| held.clone());
        if entry.version < held.version {
            *entry = held;
        }
    }
}

/// An act refers to the one before it in the same stream (E9): it is not its cause, and another trace.
fn link<S>(before: &Held<S>, after: &Held<S>) {
    if let (Some(before), true) = (&before.trace, before.version < after.version) {
        context::links(&Span::current(), before);
    }
}

#[cfg(test)]
mod tests;
