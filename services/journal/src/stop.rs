//! Stops: who stopped an errand, and why.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, params};

/// Somebody stops an errand.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewStop {
    /// The id of the errand.
    pub errand: String,
    /// Who stops it, as json.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// An errand was stopped. Debug output hides the reason.
#[derive(Clone, PartialEq, Eq)]
pub struct Stop {
    /// When, in microseconds since the epoch.
    pub at: i64,
    /// By whom, as json.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl fmt::Debug for NewStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewStop").field("errand", &self.errand).finish_non_exhaustive()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Keeps who stopped an errand. What was kept before stays.
pub(crate) fn keep(connection: &Connection, stop: &NewStop, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO errand_stops (errand, at, by, reason) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![stop.errand, at, stop.by, stop.reason])?;
    Ok(())
}

/// The last time that an errand was stopped.
pub(crate) fn last(connection: &Connection, errand: &str) -> rusqlite::Result<Option<Stop>> {
    connection
        .prepare_cached("SELECT at, by, reason FROM errand_stops WHERE errand = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_one([errand], |row| Ok(Stop { at: row.get(0)?, by: row.get(1)?, reason: row.get(2)? }))
        .optional()
}
