//! The journal itself: everything it can be asked.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::oneshot::error::RecvError;
use tokio::sync::{oneshot, watch};
use tokio::task;

use crate::figures::{self, Tally};
use crate::owner::Ownership;
use crate::queue::Queue;
use crate::reader::{self, Question};
use crate::writer::{self, Change, Order};
use crate::{
    Appended, Backlog, Batch, Errand, Error, Failure, Listed, OpenError, Receipt, Recorded, RegisterRow, RegisterRows,
    Stop, StoreError, Written, errand, key, place, receipt, register, schema, shelf, store, stream,
};

/// How many reads are answered at the same time.
const READERS: usize = 2;

/// An open journal. Clones are cheap and share it.
///
/// A change that was asked for is made even if its future is dropped while it waits. Every method gives
/// [`Error::Stopped`] once the journal is closed and [`Error::Store`] when the file cannot be used.
///
/// Dropping the last clone finishes what was asked and releases the file, as [`Journal::close`] does, but blocks
/// the thread meanwhile.
#[derive(Clone)]
pub struct Journal {
    threads: Arc<Threads>,
    tally: Arc<Tally>,
    writable: watch::Receiver<bool>,
}

/// What a reader will say.
type Answer<T> = oneshot::Receiver<rusqlite::Result<T>>;

/// The threads at work. Readers come first: the last connection to close must be the one that can fold the log back
/// into the file.
struct Threads {
    readers: Queue<Question>,
    writer: Queue<Order>,
}

impl Journal {
    /// Opens the journal at `path`, or makes it, with its folder, if it is not there. Takes the owner's lock and
    /// brings the file to the newest schema. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// When the file cannot be made, is in use, is no journal or is one of a newer program; see [`OpenError`].
    pub async fn open(path: &Path) -> Result<Journal, OpenError> {
        let path = path.to_owned();
        let opened = path.clone();
        task::spawn_blocking(move || open(&opened))
            .await
            .unwrap_or_else(|failure| Err(OpenError::store(&path, failure)))
    }

    /// The whole stream in order, with what is personal in it; empty if there is no such stream.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn read(&self, stream: &str) -> Result<Vec<Recorded>, Error> {
        let stream = stream.to_owned();
        self.ask(move |connection| stream::read(connection, &stream)).await
    }

    /// Adds a batch, as a whole. When this answers, it is on the disk.
    ///
    /// # Errors
    /// In this order: [`Error::ReceiptExists`] if its receipt was given before, [`Error::Conflict`] if the stream
    /// is not at the expected version, [`Error::NotOpen`] if the errand it stops is not open, [`Error::KeyTaken`] if
    /// another stream holds one of its keys. Also
    /// [`Error::Store`] and [`Error::Stopped`]; [`Error::nothing_happened`] tells whether it can be tried again.
    pub async fn append(&self, batch: Batch) -> Result<Appended, Error> {
        let version = self.change(Change::Append(Box::new(batch))).await?;
        Ok(Appended { version })
    }

    /// The trace of the act that wrote a stream last, if it had one.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn trace(&self, stream: &str) -> Result<Option<String>, Error> {
        let stream = stream.to_owned();
        self.ask(move |connection| stream::trace(connection, &stream)).await
    }

    /// The receipt that was kept under a key.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn receipt(&self, key: &str) -> Result<Option<Receipt>, Error> {
        let key = key.to_owned();
        self.ask(move |connection| receipt::find(connection, &key)).await
    }

    /// The errands that may be tried at `now_micros` (since the epoch) and do not rest, the one that waits longest first:
    /// at most so many that are urgent, and then at most so many others.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn due(&self, now_micros: i64, most: usize) -> Result<Vec<Errand>, Error> {
        self.ask(move |connection| errand::due(connection, now_micros, most)).await
    }

    /// The earliest moment at which an errand that does not rest may be tried, in microseconds since the epoch.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn next_due(&self) -> Result<Option<i64>, Error> {
        self.ask(errand::next_due).await
    }

    /// Notes how often an errand was tried, why the last try failed, and when to try again in microseconds since the
    /// epoch. An errand that is not open stays as it is; one that rests goes on resting.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn postpone(&self, id: &str, attempts: u32, not_before: i64, failure: Failure) -> Result<(), Error> {
        self.change(Change::Postpone { id: id.to_owned(), attempts, not_before, failure }).await.map(drop)
    }

    /// All errands that are not done, those that rest too, in the order they were put down.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn errands(&self) -> Result<Vec<Errand>, Error> {
        Ok(self.errands_after(0, usize::MAX).await?.into_iter().map(|(_, errand)| errand).collect())
    }

    /// The same with their places, at most so many, from the first one past the place `after`.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn errands_after(&self, after: u64, most: usize) -> Result<Vec<(u64, Errand)>, Error> {
        self.ask(move |connection| errand::open(connection, after, most)).await
    }

    /// An errand that is not done, with the last time it was stopped.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn errand(&self, id: &str) -> Result<Option<(Errand, Option<Stop>)>, Error> {
        let id = id.to_owned();
        self.ask(move |connection| errand::find(connection, &id)).await
    }

    /// The errands of a stream that gave up or were stopped.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn resting(&self, stream: &str) -> Result<Vec<Errand>, Error> {
        let stream = stream.to_owned();
        self.ask(move |connection| errand::resting(connection, &stream)).await
    }

    /// The streams on a shelf by name, at most so many, from the first one past the name `after`.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn list(&self, shelf: &str, after: Option<&str>, most: usize) -> Result<Vec<Listed>, Error> {
        let (shelf, after) = (shelf.to_owned(), after.map(str::to_owned));
        self.ask(move |connection| shelf::list(connection, &shelf, after.as_deref(), most)).await
    }

    /// The streams on a shelf that wait for something, by name, at most so many, from the first one past `after`.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn waiting(&self, shelf: &str, after: Option<&str>, most: usize) -> Result<Vec<Listed>, Error> {
        let (shelf, after) = (shelf.to_owned(), after.map(str::to_owned));
        self.ask(move |connection| shelf::waiting(connection, &shelf, after.as_deref(), most)).await
    }

    /// The streams that hold a key beginning with `prefix`, in the order of their keys.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn holders(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let prefix = prefix.to_owned();
        self.ask(move |connection| key::holders(connection, &prefix)).await
    }

    /// The names of all streams that start with `prefix`, in order.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn streams(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let prefix = prefix.to_owned();
        self.ask(move |connection| stream::named(connection, &prefix)).await
    }

    /// Puts a new register in the place of the old one, as a whole.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`]; then the old register is still there.
    pub async fn register_load(&self, header: String, records: Vec<RegisterRow>) -> Result<(), Error> {
        self.change(Change::Register { header, records }).await.map(drop)
    }

    /// Lets the register say `header` about itself. Its rows stay.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`]; then it says what it said before.
    pub async fn register_describe(&self, header: String) -> Result<(), Error> {
        self.change(Change::Describe { header }).await.map(drop)
    }

    /// Puts rows in the place of those that are found by their first key, together, and gives how many were new or
    /// otherwise. What the register says about itself stays. Rows that are there already are not written again.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`]; then none of these rows was put down.
    pub async fn register_upsert(&self, rows: Vec<RegisterRow>) -> Result<u64, Error> {
        self.change(Change::Upsert { rows }).await
    }

    /// Removes every row that none of the keys in `kept` finds and lets the register say `header` about itself, in one
    /// moment. Gives how many rows were removed.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`]; then nothing was removed.
    pub async fn register_finish(&self, header: String, kept: HashSet<String>) -> Result<u64, Error> {
        self.change(Change::Finish { header, kept }).await
    }

    /// Whether there is nothing of a register: it says nothing about itself, and has no row.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn register_is_empty(&self) -> Result<bool, Error> {
        self.ask(register::is_empty).await
    }

    /// What the register says about itself, as json; nothing if none was ever loaded.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn register_header(&self) -> Result<Option<String>, Error> {
        self.ask(register::header).await
    }

    /// The bodies, as json, of all rows of the register with this key, in the order they were loaded.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn register_find(&self, key: &str) -> Result<Vec<String>, Error> {
        let key = key.to_owned();
        self.ask(move |connection| register::find(connection, &key)).await
    }

    /// The rows of the register that have one of these keys, each once; of each key no more than `most`.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn register_find_any(&self, keys: Vec<String>, most: u32) -> Result<RegisterRows, Error> {
        self.ask(move |connection| register::find_any(connection, &keys, most)).await
    }

    /// The bodies of at most `most` rows of the register, in the order they were loaded, with the number of each: those
    /// after the row `after`, from the first on when it is zero.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub async fn register_page(&self, after: i64, most: u32) -> Result<Vec<(i64, String)>, Error> {
        self.ask(move |connection| register::page(connection, after, most)).await
    }

    /// Whether it can be written, as far as the last try tells. While it cannot, it is tried again about every second.
    pub fn writable(&self) -> watch::Receiver<bool> {
        self.writable.clone()
    }

    /// What was written since it was opened.
    pub fn written(&self) -> Written {
        self.tally.read()
    }

    /// What waits now; an errand that was tried `ceiling` times in vain counts as stuck. Blocks the thread, which may
    /// not be one that runs tasks.
    ///
    /// # Errors
    /// [`Error::Store`] and [`Error::Stopped`].
    pub fn backlog_blocking(&self, ceiling: u32) -> Result<Backlog, Error> {
        answered(self.put(move |connection| figures::backlog(connection, ceiling))?.blocking_recv())
    }

    /// Closes the journal for all its clones: finishes what was asked, ends the threads, folds the log into the
    /// file and releases the lock.
    pub async fn close(self) {
        let closed = task::spawn_blocking(move || self.threads.close()).await;
        if let Err(failure) = closed {
            tracing::error!(%failure, "the journal was not closed in an orderly way");
        }
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        answered(self.put(question)?.await)
    }

    fn put<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Answer<T>, Error> {
        let (reply, answer) = oneshot::channel();
        self.threads.readers.send(Box::new(move |connection| {
            if !reply.is_closed() {
                reply.send(question(connection)).ok();
            }
        }))?;
        Ok(answer)
    }

    async fn change(&self, change: Change) -> Result<u64, Error> {
        let (reply, outcome) = oneshot::channel();
        self.threads.writer.send(Order { change, reply })?;
        outcome.await.unwrap_or_else(|_| Err(Error::Store(StoreError::lost())))
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}

/// What a reader says, or nothing when the journal was closed before.
fn answered<T>(answer: Result<rusqlite::Result<T>, RecvError>) -> Result<T, Error> {
    answer.map_err(|_| Error::Stopped)?.map_err(|failure| Error::Store(StoreError::before_commit(failure)))
}

impl Threads {
    fn close(&self) {
        self.readers.close();
        self.writer.close();
    }
}

fn open(path: &Path) -> Result<Journal, OpenError> {
    let path = place::prepare(path)?;
    let ownership = Ownership::take(&path)?;
    schema::inspect(&path)?;
    let mut writing = store::writing(&path).map_err(|failure| OpenError::store(&path, failure))?;
    schema::migrate(&mut writing).map_err(|failure| OpenError::store(&path, failure))?;
    let reading = (0..READERS)
        .map(|_| store::reading(&path))
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(|failure| OpenError::store(&path, failure))?;
    let readers = reader::start(reading).map_err(|failure| OpenError::store(&path, failure))?;
    let (tally, (writes, writable)) = (Arc::<Tally>::default(), watch::channel(true));
    let writer = writer::start(writing, ownership, Arc::clone(&tally), writes)
        .map_err(|failure| OpenError::store(&path, failure))?;
    Ok(Journal { threads: Arc::new(Threads { readers, writer }), tally, writable })
}

#[cfg(test)]
mod tests;
