//! Errands: what must still be done, kept until it is done. One that gave up or was stopped rests until it is revived.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::stop::Stop;
use crate::{Batch, stop};

/// Something that must be done because of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewErrand {
    /// What the errand is known by, unique across the journal. The same id is the same errand, for good: one that
    /// is done does not come back.
    pub id: String,
    /// What kind of errand it is.
    pub kind: String,
    /// What it is about, as a small piece of json without personal data.
    pub subject: String,
    /// When it may first be tried, in microseconds since the epoch.
    pub not_before: i64,
    /// Whether it goes before all others.
    pub urgent: bool,
}

/// An errand that is not done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// What the errand is known by, unique across the journal.
    pub id: String,
    /// The stream whose batch brought it.
    pub stream: String,
    /// What kind of errand it is.
    pub kind: String,
    /// What it is about, as a small piece of json without personal data.
    pub subject: String,
    /// How often it was tried, as far as it was postponed.
    pub attempts: u32,
    /// When it may be tried (again), in microseconds since the epoch.
    pub not_before: i64,
    /// Whether it goes before all others.
    pub urgent: bool,
    /// Whether it is tried at all.
    pub standing: Standing,
    /// When it was put down, in microseconds since the epoch; unknown for one from before that was kept.
    pub put_at: Option<i64>,
    /// The last try that failed.
    pub failure: Option<Failure>,
    /// The trace of the batch that brought it.
    pub trace: Option<String>,
}

/// Whether an errand is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is tried until it is done.
    Tried,
    /// It gave up: it is not due until it is revived.
    GivenUp,
    /// Somebody stopped it: it is not due until it is revived.
    Stopped,
}

/// A try that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When, in microseconds since the epoch.
    pub at: i64,
    /// Why, as a code; never a message, which could be about a person.
    pub code: String,
}

impl Standing {
    fn number(self) -> i64 {
        match self {
            Standing::Tried => 0,
            Standing::GivenUp => 1,
            Standing::Stopped => 2,
        }
    }

    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Standing> {
        let number: i64 = row.get(column)?;
        let known = [Standing::Tried, Standing::GivenUp, Standing::Stopped].into_iter();
        known
            .into_iter()
            .find(|one| one.number() == number)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(column, "stuck".to_owned(), Type::Integer))
    }
}

/// What is read of an errand, in the order in which [`errand`] takes it.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, id, stream, kind, subject, attempts, not_before, stuck, put_at, failed_at, failure, trace, \
             urgent FROM errands ",
            $rest
        )
    };
}

/// Puts an errand of a batch down, unless its id is known already.
pub(crate) fn put(connection: &Connection, errand: &NewErrand, of: &Batch) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO errands (id, stream, kind, subject, not_before, put_at, trace, urgent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            errand.id,
            of.stream,
            errand.kind,
            errand.subject,
            errand.not_before,
            of.at,
            of.trace,
            errand.urgent
        ])?;
    Ok(())
}

/// Marks an errand as done.
pub(crate) fn settle(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE errands SET done = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Lets an open errand rest, and says why.
pub(crate) fn rest(connection: &Connection, id: &str, standing: Standing) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE errands SET stuck = ?2 WHERE id = ?1 AND done = 0")?
        .execute(params![id, standing.number()])?;
    Ok(())
}

/// Lets an open errand start again, due from `at`.
pub(crate) fn revive(connection: &Connection, id: &str, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE errands SET stuck = 0, attempts = 0, not_before = ?2 WHERE id = ?1 AND done = 0")?
        .execute(params![id, at])?;
    Ok(())
}

/// Notes the attempts made on an open errand, why the last one failed, and when to try again.
pub(crate) fn postpone(
    connection: &Connection,
    id: &str,
    attempts: u32,
    at: i64,
    failure: &Failure,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE errands SET attempts = ?2, not_before = ?3, failed_at = ?4, failure = ?5 WHERE id = ?1 AND done = 0",
        )?
        .execute(params![id, attempts, at, failure.at, failure.code])?;
    Ok(())
}

/// The errands that may be tried now, the one that waits longest first: those that are urgent, at most so many, and then at
/// most so many of the others.
pub(crate) fn due(connection: &Connection, now: i64, most: usize) -> rusqlite::Result<Vec<Errand>> {
    let urgent =
        select!("WHERE done = 0 AND stuck = 0 AND urgent = 1 AND not_before <= ?1 ORDER BY not_before, seq LIMIT ?2");
    let others =
        select!("WHERE done = 0 AND stuck = 0 AND urgent = 0 AND not_before <= ?1 ORDER BY not_before, seq LIMIT ?2");
    let mut due = Vec::new();
    for select in [urgent, others] {
        let mut found = connection.prepare_cached(select)?;
        let found = found.query_map(params![now, limit(most)], errand)?;
        due.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(due)
}

/// The earliest moment at which an errand may be tried.
pub(crate) fn next_due(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT min(not_before) FROM errands WHERE done = 0 AND stuck = 0")?
        .query_one([], |row| row.get(0))
}

/// The errands that are not done and stand past a place, with their places, in the order they were put down.
pub(crate) fn open(connection: &Connection, after: u64, most: usize) -> rusqlite::Result<Vec<(u64, Errand)>> {
    connection
        .prepare_cached(select!("WHERE done = 0 AND seq > ?1 ORDER BY seq LIMIT ?2"))?
        .query_map(params![after, limit(most)], |row| Ok((row.get(0)?, errand(row)?)))?
        .collect()
}

/// An errand that is not done, with the last time it was stopped.
pub(crate) fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<(Errand, Option<Stop>)>> {
    let found = connection.prepare_cached(select!("WHERE done = 0 AND id = ?1"))?.query_one([id], errand).optional()?;
    match found {
        Some(errand) => Ok(Some((errand, stop::last(connection, id)?))),
        None => Ok(None),
    }
}

/// The errands of a stream that gave up or were stopped.
pub(crate) fn resting(connection: &Connection, stream: &str) -> rusqlite::Result<Vec<Errand>> {
    connection
        .prepare_cached(select!("WHERE done = 0 AND stuck > 0 AND stream = ?1 ORDER BY seq"))?
        .query_map([stream], errand)?
        .collect()
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn errand(row: &Row<'_>) -> rusqlite::Result<Errand> {
    let failed: Option<i64> = row.get(9)?;
    let code: Option<String> = row.get(10)?;
    Ok(Errand {
        id: row.get(1)?,
        stream: row.get(2)?,
        kind: row.get(3)?,
        subject: row.get(4)?,
        attempts: row.get(5)?,
        not_before: row.get(6)?,
        standing: Standing::read(row, 7)?,
        put_at: row.get(8)?,
        failure: failed.zip(code).map(|(at, code)| Failure { at, code }),
        trace: row.get(11)?,
        urgent: row.get(12)?,
    })
}

#[cfg(test)]
mod tests;
