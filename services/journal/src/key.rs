//! Keys: names that one stream holds, alone in the journal.

use rusqlite::{Connection, OptionalExtension};

/// The stream that holds a key.
pub(crate) fn holder(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached("SELECT stream FROM keys WHERE key = ?1")?.query_one([key], |row| row.get(0)).optional()
}

/// The streams that hold a key beginning with `prefix`, in the order of their keys.
pub(crate) fn holders(connection: &Connection, prefix: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT key, stream FROM keys WHERE key >= ?1 ORDER BY key")?;
    let mut rows = statement.query([prefix])?;
    let mut holders = Vec::new();
    // Keys are in byte order, so those with the prefix stand together at the front.
    while let Some(row) = rows.next()? {
        if !row.get_ref(0)?.as_str()?.starts_with(prefix) {
            break;
        }
        holders.push(row.get(1)?);
    }
    Ok(holders)
}

/// Gives a key, free or its own already, to a stream.
pub(crate) fn hold(connection: &Connection, key: &str, stream: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO keys (key, stream) VALUES (?1, ?2)")?.execute([key, stream])?;
    Ok(())
}

/// Takes a key from a stream that holds it.
pub(crate) fn free(connection: &Connection, key: &str, stream: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM keys WHERE key = ?1 AND stream = ?2")?.execute([key, stream])?;
    Ok(())
}
