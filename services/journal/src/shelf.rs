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
    connection
        .prepare_cached(
            "SELECT stream, version, at FROM streams WHERE shelf = ?1 AND stream > ?2 ORDER BY stream LIMIT ?3",
        )?
        .query_map(
            // A stream has a name, so every stream is past the empty one.
            params![shelf, after.unwrap_or(""), i64::try_from(most).unwrap_or(i64::MAX)],
            |row| Ok(Listed { stream: row.get(0)?, version: row.get(1)?, at: row.get(2)? }),
        )?
        .collect()
}

#[cfg(test)]
mod tests;
