//! Plain figures of a journal, for whoever watches it: numbers and names from closed lists, nothing of a stream.

use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;

/// How many sizes of commits are told apart: 1, 2 to 3, 4 to 7 and so on.
const SIZES: usize = 10;

/// What was written since the journal was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Batches that were added.
    pub appends: u64,
    /// Commits that failed at the store.
    pub failures: u64,
    /// Commits by how many changes they made durable together; the last size has no bound.
    pub commits: Vec<Commits>,
}

/// Commits of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commits {
    /// The fewest changes.
    pub from: u64,
    /// How many commits were made.
    pub count: u64,
}

/// What waits and what ended: errands that are not done, streams that wait for something, and those that ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Errands that were not tried in vain yet.
    pub pending: u64,
    /// Errands that failed and are tried again.
    pub retried: u64,
    /// Errands that gave up or were stopped, or were tried in vain as often as was asked about.
    pub stuck: u64,
    /// When the oldest errand was asked for, in microseconds since the epoch.
    pub oldest: Option<i64>,
    /// Streams by what they wait for.
    pub waiting: Vec<(String, u64)>,
    /// Streams by how they ended.
    pub ended: Vec<(String, u64)>,
}

/// Counts what the writer does.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    appends: AtomicU64,
    failures: AtomicU64,
    commits: [AtomicU64; SIZES],
}

impl Tally {
    /// A commit of so many changes, of which so many were appends.
    pub(crate) fn committed(&self, changes: usize, appends: u64) {
        self.appends.fetch_add(appends, Ordering::Relaxed);
        let size = changes.checked_ilog2().map_or(0, |size| size as usize).min(SIZES - 1);
        if let Some(commits) = self.commits.get(size) {
            commits.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A commit that failed.
    pub(crate) fn failed(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Written {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let commits = self.commits.iter().enumerate();
        Written {
            appends: read(&self.appends),
            failures: read(&self.failures),
            commits: commits.map(|(size, count)| Commits { from: 1 << size, count: read(count) }).collect(),
        }
    }
}

/// What waits; an errand that was tried `ceiling` times in vain counts as stuck.
pub(crate) fn backlog(connection: &Connection, ceiling: u32) -> rusqlite::Result<Backlog> {
    let mut backlog = connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE stuck = 0 AND attempts = 0),
                    count(*) FILTER (WHERE stuck = 0 AND attempts > 0 AND attempts < ?1),
                    count(*) FILTER (WHERE stuck > 0 OR attempts >= ?1),
                    min(put_at)
             FROM errands WHERE done = 0",
        )?
        .query_one([ceiling], |row| {
            let (pending, retried, stuck) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Backlog { pending, retried, stuck, oldest: row.get(3)?, waiting: Vec::new(), ended: Vec::new() })
        })?;
    backlog.waiting = counted(
        connection,
        "SELECT waits, count(*) FROM streams WHERE waits IS NOT NULL GROUP BY waits ORDER BY waits",
    )?;
    backlog.ended = counted(
        connection,
        "SELECT ended, count(*) FROM streams WHERE ended IS NOT NULL GROUP BY ended ORDER BY ended",
    )?;
    Ok(backlog)
}

/// Names and how often each stands there.
fn counted(connection: &Connection, query: &str) -> rusqlite::Result<Vec<(String, u64)>> {
    connection.prepare_cached(query)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

#[cfg(test)]
mod tests;
