//! Errands: what must still be done, kept until it is done or gives up.

use rusqlite::{Connection, Row, params};

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
    /// Whether it has given up: it is not due until it is revived.
    pub stuck: bool,
}

/// Puts an errand down, unless its id is known already.
pub(crate) fn put(connection: &Connection, errand: &NewErrand, stream: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO errands (id, stream, kind, subject, not_before) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![errand.id, stream, errand.kind, errand.subject, errand.not_before])?;
    Ok(())
}

/// Marks an errand as done.
pub(crate) fn settle(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE errands SET done = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Marks an open errand as one that gives up.
pub(crate) fn give_up(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE errands SET stuck = 1 WHERE id = ?1 AND done = 0")?.execute([id])?;
    Ok(())
}

/// Lets an open errand start again, due from `at`.
pub(crate) fn revive(connection: &Connection, id: &str, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE errands SET stuck = 0, attempts = 0, not_before = ?2 WHERE id = ?1 AND done = 0")?
        .execute(params![id, at])?;
    Ok(())
}

/// Notes the attempts made on an open errand, and when to try again.
pub(crate) fn postpone(connection: &Connection, id: &str, attempts: u32, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE errands SET attempts = ?2, not_before = ?3 WHERE id = ?1 AND done = 0")?
        .execute(params![id, attempts, at])?;
    Ok(())
}

/// The errands that may be tried now, the one that waits longest first.
pub(crate) fn due(connection: &Connection, now: i64, most: usize) -> rusqlite::Result<Vec<Errand>> {
    connection
        .prepare_cached(
            "SELECT id, stream, kind, subject, attempts, not_before, stuck FROM errands
             WHERE done = 0 AND stuck = 0 AND not_before <= ?1 ORDER BY not_before, seq LIMIT ?2",
        )?
        .query_map(params![now, i64::try_from(most).unwrap_or(i64::MAX)], errand)?
        .collect()
}

/// The earliest moment at which an errand may be tried.
pub(crate) fn next_due(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT min(not_before) FROM errands WHERE done = 0 AND stuck = 0")?
        .query_one([], |row| row.get(0))
}

/// All errands that are not done, in the order they were put down.
pub(crate) fn open(connection: &Connection) -> rusqlite::Result<Vec<Errand>> {
    connection
        .prepare_cached(
            "SELECT id, stream, kind, subject, attempts, not_before, stuck FROM errands
             WHERE done = 0 ORDER BY seq",
        )?
        .query_map([], errand)?
        .collect()
}

fn errand(row: &Row<'_>) -> rusqlite::Result<Errand> {
    Ok(Errand {
        id: row.get(0)?,
        stream: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        attempts: row.get(4)?,
        not_before: row.get(5)?,
        stuck: row.get(6)?,
    })
}

#[cfg(test)]
mod tests;
