//! The form of the file: whether it is a journal, which schema it has, and how it moves forward.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::OpenError;

/// Marks a file as a journal of this program: `ZSMJ`.
const APPLICATION_ID: i32 = 0x5A53_4D4A;

/// What brings the file from each schema to the next. Numbered from 1; only ever added to.
const MIGRATIONS: [&str; 6] = [
    include_str!("../migrations/0001_journal.sql"),
    include_str!("../migrations/0002_register_by_row.sql"),
    include_str!("../migrations/0003_why_an_errand_waits.sql"),
    include_str!("../migrations/0004_seen_from_outside.sql"),
    include_str!("../migrations/0005_how_a_stream_ended.sql"),
    include_str!("../migrations/0006_what_cannot_wait.sql"),
];

/// The newest schema this program knows.
#[expect(clippy::cast_possible_truncation, reason = "the list is written by hand and short")]
const KNOWN: u32 = MIGRATIONS.len() as u32;

/// What a file says about itself.
struct Form {
    application: i32,
    schema: u32,
    tables: u32,
}

impl Form {
    fn read(connection: &Connection) -> rusqlite::Result<Form> {
        Ok(Form {
            application: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
            schema: connection.pragma_query_value(None, "user_version", |row| row.get(0))?,
            tables: connection.query_one("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?,
        })
    }

    /// A file nobody has written anything in, or that was left at the very start of its first opening.
    fn is_blank(&self) -> bool {
        self.application == 0 && self.schema == 0 && self.tables == 0
    }
}

/// The schema of a file.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    Ok(Form::read(connection)?.schema)
}

/// Refuses a file that is not a journal this program can use, without changing it.
pub(crate) fn inspect(path: &Path) -> Result<(), OpenError> {
    if !path.exists() {
        return Ok(());
    }
    let form = form_of(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .or_else(|failure| match failure.sqlite_error_code() {
            // Its first opening was cut short, and whoever opens it must undo what was half done; then it can be read.
            Some(ErrorCode::ReadOnly) => form_of(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
            _ => Err(failure),
        })
        .map_err(|failure| match failure.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => OpenError::NotAJournal { path: path.to_owned() },
            _ => OpenError::store(path, failure),
        })?;
    if form.is_blank() {
        Ok(())
    } else if form.application != APPLICATION_ID {
        Err(OpenError::NotAJournal { path: path.to_owned() })
    } else if form.schema > KNOWN {
        Err(OpenError::Newer { path: path.to_owned(), found: form.schema, known: KNOWN })
    } else {
        Ok(())
    }
}

fn form_of(path: &Path, flags: OpenFlags) -> rusqlite::Result<Form> {
    Form::read(&Connection::open_with_flags(path, flags)?)
}

/// Brings the file to the newest schema, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = Form::read(&transaction)?.schema;
    if from < KNOWN {
        for migration in MIGRATIONS.iter().skip(from as usize) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        stamp(&transaction)?;
        tracing::info!(from, to = KNOWN, "the journal moved to a newer schema");
    }
    transaction.commit()
}

/// Writes which schema the file has.
pub(crate) fn stamp(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "user_version", KNOWN)
}

#[cfg(test)]
mod tests;
