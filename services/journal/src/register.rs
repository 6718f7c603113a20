//! The register: what is known by identifier, replaced as a whole.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, params};

/// A row of the register. Debug output hides the keys and the body.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RegisterRow {
    /// The identifiers the row is found by; other rows may have them too.
    pub keys: Vec<String>,
    /// What the row says, as json.
    pub body: String,
}

impl fmt::Debug for RegisterRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterRow").finish_non_exhaustive()
    }
}

/// Puts a new register in the place of the old one.
pub(crate) fn load(connection: &Connection, header: &str, rows: &[RegisterRow]) -> rusqlite::Result<()> {
    connection.execute_batch("DELETE FROM register_header; DELETE FROM register_rows; DELETE FROM register_keys")?;
    connection.prepare_cached("INSERT INTO register_header (one, header) VALUES (1, ?1)")?.execute([header])?;
    for row in rows {
        connection.prepare_cached("INSERT INTO register_rows (body) VALUES (?1)")?.execute([&row.body])?;
        let number = connection.last_insert_rowid();
        for key in &row.keys {
            connection
                .prepare_cached("INSERT OR IGNORE INTO register_keys (key, row) VALUES (?1, ?2)")?
                .execute(params![key, number])?;
        }
    }
    Ok(())
}

/// What the register says about itself; nothing if none was ever loaded.
pub(crate) fn header(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached("SELECT header FROM register_header")?.query_one([], |row| row.get(0)).optional()
}

/// The bodies of all rows with a key, in the order they were loaded.
pub(crate) fn find(connection: &Connection, key: &str) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT body FROM register_keys JOIN register_rows USING (row) WHERE key = ?1 ORDER BY row")?
        .query_map([key], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests;
