//! The one thread that writes: it commits everything that waits in one transaction.

use std::collections::HashSet;
use std::io;
use std::iter;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::owner::Ownership;
use crate::queue::Queue;
use crate::{Batch, Error, RegisterRow, StoreError, append, errand, register};

/// The most changes that are committed together.
const GROUP: usize = 512;

/// A change to the journal.
pub(crate) enum Change {
    Append(Box<Batch>),
    Postpone { id: String, attempts: u32, not_before: i64 },
    Settle { id: String },
    Register { header: String, records: Vec<RegisterRow> },
    Upsert { rows: Vec<RegisterRow> },
    Finish { header: String, kept: HashSet<String> },
}

/// A change that waits to be made, and whoever waits for it.
pub(crate) struct Order {
    pub(crate) change: Change,
    pub(crate) reply: oneshot::Sender<Outcome>,
}

/// The version of the stream after an append, or how many rows of the register changed; other changes give 0.
pub(crate) type Outcome = Result<u64, Error>;

impl Change {
    /// Makes the change, or says why not; then it may have been made in part and must be undone.
    fn apply(&self, connection: &Connection) -> rusqlite::Result<Outcome> {
        match self {
            Change::Append(batch) => match append::refusal(connection, batch)? {
                Some(refusal) => return Ok(Err(refusal)),
                None => return Ok(Ok(append::write(connection, batch)?.version)),
            },
            Change::Postpone { id, attempts, not_before } => {
                errand::postpone(connection, id, *attempts, *not_before)?;
            }
            Change::Settle { id } => errand::settle(connection, id)?,
            Change::Register { header, records } => register::load(connection, header, records)?,
            Change::Upsert { rows } => return register::upsert(connection, rows).map(Ok),
            Change::Finish { header, kept } => return register::finish(connection, header, kept).map(Ok),
        }
        Ok(Ok(0))
    }
}

/// Starts the thread. It owns the journal until its last change is committed and its connection is closed.
pub(crate) fn start(connection: Connection, ownership: Ownership) -> io::Result<Queue<Order>> {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().name("journal-writer".to_owned()).spawn(move || {
        run(connection, &receiver);
        drop(ownership);
    })?;
    Ok(Queue::new(sender, vec![thread]))
}

fn run(mut connection: Connection, orders: &Receiver<Order>) {
    while let Ok(first) = orders.recv() {
        let group = iter::once(first).chain(orders.try_iter()).take(GROUP).collect();
        commit(&mut connection, group);
    }
}

/// Makes a group of changes durable together, and only then answers them.
fn commit(connection: &mut Connection, group: Vec<Order>) {
    let (changes, replies): (Vec<_>, Vec<_>) = group.into_iter().map(|order| (order.change, order.reply)).unzip();
    let outcomes = make(connection, &changes).unwrap_or_else(|failure| {
        tracing::error!(%failure, changes = changes.len(), "a commit of the journal failed");
        vec![Err(Error::Store(failure)); changes.len()]
    });
    for (reply, outcome) in replies.into_iter().zip(outcomes) {
        // Nobody may be waiting any more; the change is made all the same.
        reply.send(outcome).ok();
    }
}

/// Makes all changes in one transaction. An error means that none of them is made.
fn make(connection: &mut Connection, changes: &[Change]) -> Result<Vec<Outcome>, StoreError> {
    let mut transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::before_commit)?;
    let outcomes = changes
        .iter()
        .map(|change| make_one(&mut transaction, change))
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(StoreError::before_commit)?;
    transaction.commit().map_err(StoreError::at_commit)?;
    Ok(outcomes)
}

/// Makes one change as a whole, or leaves nothing of it. An error means that this could not be kept apart from
/// its neighbours: SQLite has given up the whole transaction (a full disk can do that), or cannot undo a part of it.
fn make_one(transaction: &mut Transaction<'_>, change: &Change) -> rusqlite::Result<Outcome> {
    let mut savepoint = transaction.savepoint()?;
    let outcome =
        change.apply(&savepoint).unwrap_or_else(|failure| Err(Error::Store(StoreError::before_commit(failure))));
    if outcome.is_err() {
        savepoint.rollback()?;
    }
    savepoint.commit()?;
    Ok(outcome)
}

#[cfg(test)]
mod tests;
