//! The register: what is known by identifier, replaced as a whole or row by row.

use std::collections::{BTreeMap, BTreeSet, HashSet};
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

/// Rows that have one of some keys.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RegisterRows {
    /// Their bodies, as json, each row once, in the order they were loaded.
    pub bodies: Vec<String>,
    /// No key had more rows than were asked for.
    pub all: bool,
}

impl fmt::Debug for RegisterRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterRow").finish_non_exhaustive()
    }
}

impl fmt::Debug for RegisterRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterRows").finish_non_exhaustive()
    }
}

/// Puts a new register in the place of the old one.
pub(crate) fn load(connection: &Connection, header: &str, rows: &[RegisterRow]) -> rusqlite::Result<()> {
    connection.execute_batch("DELETE FROM register_header; DELETE FROM register_rows; DELETE FROM register_keys")?;
    describe(connection, header)?;
    rows.iter().try_for_each(|row| insert(connection, row))
}

/// Lets the register say this about itself.
pub(crate) fn describe(connection: &Connection, new: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO register_header (one, header) VALUES (1, ?1)")?
        .execute([new])
        .map(drop)
}

/// Puts rows in the place of those that are found by their first key, and gives how many were new or otherwise. A row
/// that is there already is not written again.
pub(crate) fn upsert(connection: &Connection, rows: &[RegisterRow]) -> rusqlite::Result<u64> {
    let mut changed = 0;
    for row in rows {
        let standing = match row.keys.first() {
            Some(name) => numbered(connection, name)?,
            None => Vec::new(),
        };
        if let [(number, body)] = standing.as_slice()
            && *body == row.body
            && keys(connection, *number)? == row.keys.iter().cloned().collect()
        {
            continue;
        }
        for (number, _) in standing {
            remove(connection, number)?;
        }
        insert(connection, row)?;
        changed += 1;
    }
    Ok(changed)
}

/// Removes every row that none of these keys finds, and lets the register say this about itself. Gives how many rows
/// were removed.
pub(crate) fn finish(connection: &Connection, new: &str, kept: &HashSet<String>) -> rusqlite::Result<u64> {
    let mut gone = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut statement =
        connection.prepare_cached("SELECT row, key FROM register_rows LEFT JOIN register_keys USING (row)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (number, key): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        if key.is_some_and(|key| kept.contains(&key)) { &mut found } else { &mut gone }.insert(number);
    }
    let mut removed = 0;
    for number in gone.difference(&found) {
        remove(connection, *number)?;
        removed += 1;
    }
    if header(connection)?.as_deref() != Some(new) {
        describe(connection, new)?;
    }
    Ok(removed)
}

fn insert(connection: &Connection, row: &RegisterRow) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO register_rows (body) VALUES (?1)")?.execute([&row.body])?;
    let number = connection.last_insert_rowid();
    for key in &row.keys {
        connection
            .prepare_cached("INSERT OR IGNORE INTO register_keys (key, row) VALUES (?1, ?2)")?
            .execute(params![key, number])?;
    }
    Ok(())
}

fn remove(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    for key in keys(connection, number)? {
        connection
            .prepare_cached("DELETE FROM register_keys WHERE key = ?1 AND row = ?2")?
            .execute(params![key, number])?;
    }
    connection.prepare_cached("DELETE FROM register_rows WHERE row = ?1")?.execute([number])?;
    Ok(())
}

/// Whether there is neither a header nor a row.
pub(crate) fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let anything = "SELECT EXISTS (SELECT 1 FROM register_header) OR EXISTS (SELECT 1 FROM register_rows)";
    connection.prepare_cached(anything)?.query_one([], |row| row.get(0)).map(|anything: bool| !anything)
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

/// The rows that have one of these keys, and of each key no more than so many.
pub(crate) fn find_any(connection: &Connection, keys: &[String], most: u32) -> rusqlite::Result<RegisterRows> {
    let mut statement = connection.prepare_cached(
        "SELECT row, body FROM register_keys JOIN register_rows USING (row) WHERE key = ?1 ORDER BY row LIMIT ?2",
    )?;
    let (mut found, mut all) = (BTreeMap::new(), true);
    for key in keys {
        let mut rows = statement.query(params![key, i64::from(most) + 1])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            if count > most {
                all = false;
            } else {
                found.insert(row.get::<_, i64>(0)?, row.get(1)?);
            }
        }
    }
    Ok(RegisterRows { bodies: found.into_values().collect(), all })
}

/// The bodies of so many rows after a row, in the order they were loaded, with their numbers.
pub(crate) fn page(connection: &Connection, after: i64, most: u32) -> rusqlite::Result<Vec<(i64, String)>> {
    connection
        .prepare_cached("SELECT row, body FROM register_rows WHERE row > ?1 ORDER BY row LIMIT ?2")?
        .query_map(params![after, most], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The rows with a key, with their numbers.
fn numbered(connection: &Connection, key: &str) -> rusqlite::Result<Vec<(i64, String)>> {
    connection
        .prepare_cached("SELECT row, body FROM register_keys JOIN register_rows USING (row) WHERE key = ?1")?
        .query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Every key of a row.
fn keys(connection: &Connection, number: i64) -> rusqlite::Result<BTreeSet<String>> {
    connection
        .prepare_cached("SELECT key FROM register_keys WHERE row = ?1")?
        .query_map([number], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests;
