//! What SQLite alone costs with the settings of a journal: the measure that a journal is held against.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::TransactionBehavior;

use crate::{OpenError, store};

/// Makes so many commits of so many small rows in a new file, and gives how long that took.
///
/// # Errors
/// When the file cannot be used.
pub fn commits(path: &Path, commits: u32, rows: u32) -> Result<Duration, OpenError> {
    let failed = |failure| OpenError::store(path, failure);
    let mut connection = store::writing(path).map_err(failed)?;
    connection
        .execute_batch("CREATE TABLE rows (seq INTEGER PRIMARY KEY, stream TEXT, version INTEGER, body TEXT, UNIQUE (stream, version))")
        .map_err(failed)?;
    let begun = Instant::now();
    for commit in 0..commits {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        for row in 0..rows {
            transaction
                .prepare_cached("INSERT INTO rows (stream, version, body) VALUES (?1, ?2, ?3)")
                .and_then(|mut insert| insert.execute((format!("{commit:08}-{row:04}"), 1, "{\"of\":\"some length\"}")))
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
    }
    Ok(begun.elapsed())
}
