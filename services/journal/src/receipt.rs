//! Receipts: what was answered to a request, for when it is asked again.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, params};

/// The answer that was given to a request. Debug output hides the reply.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What the request is known by; unique across the journal.
    pub key: String,
    /// A digest of what was asked, so that another request under the same key is noticed.
    pub digest: String,
    /// The reply, as it was sent.
    pub reply: Vec<u8>,
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt").field("key", &self.key).field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// The receipt that was kept under a key.
pub(crate) fn find(connection: &Connection, key: &str) -> rusqlite::Result<Option<Receipt>> {
    connection
        .prepare_cached("SELECT key, digest, reply FROM receipts WHERE key = ?1")?
        .query_one([key], |row| Ok(Receipt { key: row.get(0)?, digest: row.get(1)?, reply: row.get(2)? }))
        .optional()
}

/// Keeps a receipt under a key that is known to be free.
pub(crate) fn keep(connection: &Connection, receipt: &Receipt, stream: &str, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO receipts (key, digest, reply, stream, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![receipt.key, receipt.digest, receipt.reply, stream, at])?;
    Ok(())
}
