//! A journal that another program keeps from being written, for tests of whoever leans on one.

use std::path::Path;

use rusqlite::Connection;

use crate::StoreError;

/// Holds the file's write lock until it is dropped. Who opened the journal can still read it.
#[derive(Debug)]
pub struct Blocked {
    _holds: Connection,
}

impl Blocked {
    /// Takes the lock of the journal at `path`, waiting for who has it.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub fn at(path: &Path) -> Result<Blocked, StoreError> {
        let connection = Connection::open(path).map_err(StoreError::before_commit)?;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::before_commit)?;
        Ok(Blocked { _holds: connection })
    }
}
