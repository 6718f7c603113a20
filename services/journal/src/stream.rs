//! Streams: facts in the order they happened, under one name.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Batch, Fact, Personal};

/// A fact as it stands in a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The version of the stream with this fact as its last.
    pub version: u64,
    /// When it happened, in microseconds since the epoch.
    pub at: i64,
    /// What kind of fact it is.
    pub kind: String,
    /// The fact itself, as json.
    pub body: String,
    /// What it says about people, by slot and then person; what was forgotten is missing.
    pub personal: Vec<Personal>,
}

/// The version a stream is at; 0 if it holds no facts.
pub(crate) fn version(connection: &Connection, stream: &str) -> rusqlite::Result<u64> {
    let version = connection
        .prepare_cached("SELECT version FROM streams WHERE stream = ?1")?
        .query_one([stream], |row| row.get(0))
        .optional()?;
    Ok(version.unwrap_or(0))
}

/// The trace of the act that wrote last, if it had one.
pub(crate) fn trace(connection: &Connection, stream: &str) -> rusqlite::Result<Option<String>> {
    let trace = connection
        .prepare_cached("SELECT trace FROM streams WHERE stream = ?1")?
        .query_one([stream], |row| row.get(0))
        .optional()?;
    Ok(trace.flatten())
}

/// Notes where a stream stands. Without a shelf it stays on the one it is on; without facts nobody wrote, and what it
/// waits for, how it ended and the trace of the last act stay.
pub(crate) fn stand(connection: &Connection, batch: &Batch, version: u64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO streams (stream, version, at, shelf, waits, ended, trace)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (stream) DO UPDATE
             SET version = excluded.version, at = excluded.at, shelf = coalesce(excluded.shelf, shelf),
                 waits = iif(?8, excluded.waits, waits), ended = iif(?8, excluded.ended, ended),
                 trace = iif(?8, excluded.trace, trace)",
        )?
        .execute(params![
            batch.stream,
            version,
            batch.at,
            batch.shelf,
            batch.waits,
            batch.ended,
            batch.trace,
            !batch.facts.is_empty()
        ])?;
    Ok(())
}

/// Adds a fact, and beside it what is personal.
pub(crate) fn record(
    connection: &Connection,
    stream: &str,
    version: u64,
    at: i64,
    fact: &Fact,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO facts (stream, version, at, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![stream, version, at, fact.kind, fact.body])?;
    for personal in &fact.personal {
        connection
            .prepare_cached("INSERT INTO personal (stream, version, slot, person, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![stream, version, personal.slot, personal.person, personal.body])?;
    }
    Ok(())
}

/// A whole stream in order. One statement, so that it is one moment of the journal.
pub(crate) fn read(connection: &Connection, stream: &str) -> rusqlite::Result<Vec<Recorded>> {
    let mut statement = connection.prepare_cached(
        "SELECT facts.version, facts.at, facts.kind, facts.body, personal.slot, personal.person, personal.body
         FROM facts LEFT JOIN personal ON personal.stream = facts.stream AND personal.version = facts.version
         WHERE facts.stream = ?1 ORDER BY facts.version, personal.slot, personal.person",
    )?;
    let mut rows = statement.query([stream])?;
    let mut recorded: Vec<Recorded> = Vec::new();
    while let Some(row) = rows.next()? {
        let version = row.get(0)?;
        let personal = personal(row)?;
        match recorded.last_mut() {
            Some(last) if last.version == version => last.personal.extend(personal),
            _ => recorded.push(Recorded {
                version,
                at: row.get(1)?,
                kind: row.get(2)?,
                body: row.get(3)?,
                personal: personal.into_iter().collect(),
            }),
        }
    }
    Ok(recorded)
}

/// The names of all streams that start with `prefix`, in order.
pub(crate) fn named(connection: &Connection, prefix: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT stream FROM streams WHERE stream >= ?1 ORDER BY stream")?;
    let mut names = Vec::new();
    for name in statement.query_map([prefix], |row| row.get::<_, String>(0))? {
        let name = name?;
        // Names are in byte order, so those with the prefix stand together at the front.
        if !name.starts_with(prefix) {
            break;
        }
        names.push(name);
    }
    Ok(names)
}

fn personal(row: &Row<'_>) -> rusqlite::Result<Option<Personal>> {
    match row.get(4)? {
        Some(slot) => Ok(Some(Personal { slot, person: row.get(5)?, body: row.get(6)? })),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests;
