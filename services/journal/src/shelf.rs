//! Shelves: streams that stand together, to be listed.

use rusqlite::{Connection, params};

/// A stream on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name of the stream.
    pub stream: String,
    /// The version it is at.
    pub version: u64,
    /// When it last got facts or was last put on a shelf, in microseconds since the epoch.
    pub at: i64,
}

/// The streams on a shelf by name, from the first one past `after`.
pub(crate) fn list(
    connection: &Connection,
    shelf: &str,
    after: Option<&str>,
    most: usize,
) -> rusqlite::Result<Vec<Listed>> {
    const LIST: &str =
        "SELECT stream, version, at FROM streams WHERE shelf = ?1 AND stream > ?2 ORDER BY stream LIMIT ?3";
    listed(connection, LIST, shelf, after, most)
}

/// Those of them that wait for something: found among all that wait, for most of what ended waits for nothing.
pub(crate) fn waiting(
    connection: &Connection,
    shelf: &str,
    after: Option<&str>,
    most: usize,
) -> rusqlite::Result<Vec<Listed>> {
    const WAITING: &str = "SELECT stream, version, at FROM streams INDEXED BY streams_by_waits
         WHERE waits IS NOT NULL AND shelf = ?1 AND stream > ?2 ORDER BY stream LIMIT ?3";
    listed(connection, WAITING, shelf, after, most)
}

fn listed(
    connection: &Connection,
    statement: &str,
    shelf: &str,
    after: Option<&str>,
    most: usize,
) -> rusqlite::Result<Vec<Listed>> {
    // A stream has a name, so every stream is past the empty one.
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    connection
        .prepare_cached(statement)?
        .query_map(params![shelf, after.unwrap_or(""), most], |row| {
            Ok(Listed { stream: row.get(0)?, version: row.get(1)?, at: row.get(2)? })
        })?
        .collect()
}

#[cfg(test)]
mod tests;
