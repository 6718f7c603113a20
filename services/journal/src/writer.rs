//! The one thread that writes: it commits everything that waits in one transaction.

use std::collections::HashSet;
use std::io;
use std::iter;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{oneshot, watch};

use crate::figures::Tally;
use crate::owner::Ownership;
use crate::queue::Queue;
use crate::{Batch, Error, Failure, RegisterRow, StoreError, append, errand, register, schema, store};

/// The most changes that are committed together.
const GROUP: usize = 512;
/// How long a journal that cannot be written is left alone before it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// A change to the journal.
pub(crate) enum Change {
    Append(Box<Batch>),
    Postpone { id: String, attempts: u32, not_before: i64, failure: Failure },
    Register { header: String, records: Vec<RegisterRow> },
    Describe { header: String },
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
    /// Makes the change, or says why not, having changed nothing. After an error it may have been made in part.
    fn apply(&self, connection: &Connection) -> rusqlite::Result<Outcome> {
        match self {
            Change::Append(batch) => match append::refusal(connection, batch)? {
                Some(refusal) => return Ok(Err(refusal)),
                None => return Ok(Ok(append::write(connection, batch)?.version)),
            },
            Change::Postpone { id, attempts, not_before, failure } => {
                errand::postpone(connection, id, *attempts, *not_before, failure)?;
            }
            Change::Register { header, records } => register::load(connection, header, records)?,
            Change::Describe { header } => register::describe(connection, header)?,
            Change::Upsert { rows } => return register::upsert(connection, rows).map(Ok),
            Change::Finish { header, kept } => return register::finish(connection, header, kept).map(Ok),
        }
        Ok(Ok(0))
    }
}

/// Starts the thread. It owns the journal until its last change is committed and its connection is closed.
pub(crate) fn start(
    connection: Connection,
    ownership: Ownership,
    tally: Arc<Tally>,
    writable: watch::Sender<bool>,
) -> io::Result<Queue<Order>> {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().name("journal-writer".to_owned()).spawn(move || {
        run(connection, &receiver, &tally, &writable);
        drop(ownership);
    })?;
    Ok(Queue::new(sender, vec![thread]))
}

fn run(mut connection: Connection, orders: &Receiver<Order>, tally: &Tally, writable: &watch::Sender<bool>) {
    loop {
        let order = if *writable.borrow() {
            orders.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            orders.recv_timeout(PAUSE)
        };
        let works = match order {
            Ok(first) => {
                let group = iter::once(first).chain(orders.try_iter()).take(GROUP).collect();
                commit(&mut connection, group, tally)
            }
            Err(RecvTimeoutError::Timeout) => try_out(&mut connection),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if writable.send_if_modified(|before| std::mem::replace(before, works) != works) {
            match works {
                true => tracing::info!("the journal can be written again"),
                false => tracing::error!("the journal cannot be written; it is tried again every second"),
            }
        }
    }
}

/// Makes a group of changes durable together, and only then answers them. Tells whether the journal can be written.
fn commit(connection: &mut Connection, group: Vec<Order>, tally: &Tally) -> bool {
    let (changes, replies): (Vec<_>, Vec<_>) = group.into_iter().map(|order| (order.change, order.reply)).unzip();
    let made = make(connection, &changes);
    match &made {
        Ok(outcomes) => tally.committed(changes.len(), appended(&changes, outcomes)),
        Err(failure) => {
            tracing::error!(%failure, changes = changes.len(), "a commit of the journal failed");
            tally.failed();
        }
    }
    // A change that failed at the store may be at fault itself, or the first to meet a disk that is full.
    let doubtful =
        made.as_ref().map_or(true, |outcomes| outcomes.iter().any(|one| matches!(one, Err(Error::Store(_)))));
    let outcomes = made.unwrap_or_else(|failure| vec![Err(Error::Store(failure)); changes.len()]);
    for (reply, outcome) in replies.into_iter().zip(outcomes) {
        // Nobody may be waiting any more; the change is made all the same.
        reply.send(outcome).ok();
    }
    !doubtful || try_out(connection)
}

/// How many batches were added.
fn appended(changes: &[Change], outcomes: &[Outcome]) -> u64 {
    let both = changes.iter().zip(outcomes);
    both.filter(|(change, outcome)| matches!(change, Change::Append(_)) && outcome.is_ok()).count() as u64
}

/// Whether the journal can be written: the smallest write that takes the lock and reaches the disk. It does not wait for
/// whoever has the lock: changes are waiting for this to end.
fn try_out(connection: &mut Connection) -> bool {
    let tried = store::impatiently(connection, |connection| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::stamp(&transaction)?;
        transaction.commit()
    });
    if let Err(failure) = &tried {
        tracing::debug!(%failure, "the journal still cannot be written");
    }
    tried.is_ok()
}

/// Makes all changes in one transaction. An error means that none of them is made.
fn make(connection: &mut Connection, changes: &[Change]) -> Result<Vec<Outcome>, StoreError> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::before_commit)?;
    let made: rusqlite::Result<Vec<Outcome>> = changes.iter().map(|change| change.apply(&transaction)).collect();
    match made {
        Ok(outcomes) => {
            transaction.commit().map_err(StoreError::at_commit)?;
            Ok(outcomes)
        }
        Err(failure) => {
            transaction.finish().map_err(StoreError::before_commit)?; // undoes it, unless SQLite did so by itself
            if changes.len() == 1 {
                return Err(StoreError::before_commit(failure));
            }
            Ok(make_apart(connection, changes))
        }
    }
}

/// Makes each change in a transaction of its own, so that one that fails takes none of its neighbours along. It is rare,
/// and a savepoint for each change would cost all the others a copy of every page they touch.
fn make_apart(connection: &mut Connection, changes: &[Change]) -> Vec<Outcome> {
    let alone = |change| {
        make(connection, std::slice::from_ref(change)).unwrap_or_else(|failure| vec![Err(Error::Store(failure))])
    };
    changes.iter().flat_map(alone).collect()
}

#[cfg(test)]
mod tests;
