//! The connections to the file, and how durable they are.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// Statements each connection keeps prepared; more than there are.
const PREPARED: usize = 64;

/// How long a connection waits for the lock of another program. A backup holds the locks of all journals for moments, and
/// for some seconds when one of them is busy: a commit must outlast that, and still fail before the 10 s of a call are over,
/// so that its caller hears why.
const BUSY: Duration = Duration::from_secs(6);

/// What the writing connection asks for, beside the write-ahead log:
/// every commit is flushed to the disk before it counts; what is deleted is overwritten, for a person who must be
/// forgotten must not stay behind in free pages; and the log is cut back after a large load.
const WRITING: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 67108864;
";

/// The connection that writes; makes the file if there is none.
pub(crate) fn writing(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0))?;
    connection.execute_batch(WRITING)?;
    prepared(connection)
}

/// Does something on a connection that fails at once when another program has the lock, where it would wait else.
pub(crate) fn impatiently<T>(
    connection: &mut Connection,
    what: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.busy_timeout(Duration::ZERO)?;
    let done = what(connection);
    connection.busy_timeout(BUSY)?;
    done
}

/// A connection that reads, beside the one that writes.
pub(crate) fn reading(path: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepared(connection)
}

/// Has statements prepared once: without a stable plan SQLite prepares a statement anew for each value it is asked with.
fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}
