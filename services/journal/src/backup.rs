//! Copies of several journals as of one moment, taken while their owners go on writing.
//!
//! Journals tell each other news, and each notes for itself what it sent and what it got. Copied one after the other they
//! would not agree: one says that it delivered what the other, copied earlier, never got. So all are locked against
//! writing for a moment, in which a look into each is begun; what is copied afterwards, at leisure, is what those looks
//! see. To the journals it is as if all had lost their power at that moment.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::{OpenError, place, schema, store};

/// How often to look for the lock of one journal, half a millisecond apart, while those of others are held: their owners
/// wait meanwhile, a second at most for each.
const LOOKS: i32 = 2_000;
/// SQLite itself would look every tenth of a second, and between two commits of a busy journal it is free for less.
const BETWEEN: Duration = Duration::from_micros(500);
/// How often to begin anew when one of them was busy.
const TRIES: usize = 10;
/// How long everybody can write before it begins anew; SQLite looks for a lock every tenth of a second at least.
const PAUSE: Duration = Duration::from_millis(300);

/// Why journals could not be copied, or a copy is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no journal.
    #[error("there is no journal {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is no journal that this program can read.
    #[error(transparent)]
    Unusable(#[from] OpenError),
    /// One of the journals was written all the time.
    #[error("the journal {} is being written all the time; try again later", path.display())]
    Busy {
        /// The journal.
        path: PathBuf,
    },
    /// A journal could not be read.
    #[error("the journal {} could not be read: {reason}", path.display())]
    Unreadable {
        /// The journal.
        path: PathBuf,
        /// What the store said.
        reason: String,
    },
    /// The copy could not be written.
    #[error("the copy {} could not be written: {reason}; check that the disk has room", path.display())]
    Unwritable {
        /// The copy.
        path: PathBuf,
        /// What the store said.
        reason: String,
    },
    /// The file is damaged.
    #[error("the journal {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

/// What a journal holds, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Its schema.
    pub schema: u32,
    /// How many facts.
    pub facts: u64,
    /// How many errands that are not done.
    pub open_errands: u64,
}

/// One moment of several journals. While it lasts, their logs are not cut back.
#[derive(Debug)]
pub struct Cut {
    looks: Vec<Look>,
}

/// A journal as it was at the moment of the cut.
#[derive(Debug)]
struct Look {
    path: PathBuf,
    connection: Connection,
}

impl Cut {
    /// Takes the moment of these journals, in use or not. Their owners wait for it, some milliseconds.
    ///
    /// # Errors
    /// When one of them is missing, is no journal, is one of a newer program, is written all the time or cannot be read.
    pub fn take(paths: &[PathBuf]) -> Result<Cut, BackupError> {
        let mut locks = Vec::with_capacity(paths.len());
        let mut looks = Vec::with_capacity(paths.len());
        for path in paths {
            must_be_a_journal(path)?;
            locks.push((path, lockable(path).map_err(|failure| unreadable(path, failure))?));
            let connection = store::reading(path).map_err(|failure| unreadable(path, failure))?;
            looks.push(Look { path: path.clone(), connection });
        }
        for _ in 1..TRIES {
            match begin(&locks, &looks) {
                Err(BackupError::Busy { .. }) => thread::sleep(PAUSE),
                done => return done.map(|()| Cut { looks }),
            }
        }
        begin(&locks, &looks).map(|()| Cut { looks })
    }

    /// Copies every journal to a file of its own, in the same order. The files are on the disk when this answers; whether
    /// the journals were whole, [`examine`] tells.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] and [`BackupError::Unwritable`].
    pub fn copy(&self, to: &[PathBuf]) -> Result<(), BackupError> {
        self.looks.iter().zip(to).try_for_each(|(look, to)| look.copy(to))
    }
}

impl Look {
    fn copy(&self, to: &Path) -> Result<(), BackupError> {
        let unwritable = |reason: String| BackupError::Unwritable { path: to.to_owned(), reason };
        place::make_private(to).map_err(|reason| unwritable(reason.to_string()))?;
        self.copy_into(to).map_err(|failure| match failure.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                BackupError::Damaged { path: self.path.clone() }
            }
            _ => unwritable(failure.to_string()),
        })?;
        let flushed = std::fs::File::open(to).and_then(|file| file.sync_all());
        flushed.map_err(|reason| unwritable(reason.to_string()))
    }

    fn copy_into(&self, to: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open(to)?;
        let backup = Backup::new(&self.connection, &mut copy)?;
        // All in one step: between two steps a copy of a journal in use could have to begin anew.
        let StepResult::Done = backup.step(-1)? else { return Err(busy()) };
        drop(backup);
        // One file that needs none beside it, until it is opened as a journal again.
        copy.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get::<_, String>(0)).map(drop)
    }
}

/// Holds every journal against writing while the look into each begins.
fn begin(locks: &[(&PathBuf, Connection)], looks: &[Look]) -> Result<(), BackupError> {
    let mut held = Vec::with_capacity(locks.len());
    for (path, lock) in locks {
        let failed = |failure: rusqlite::Error| match failure.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => BackupError::Busy { path: (*path).clone() },
            _ => unreadable(path, failure),
        };
        lock.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        held.push(Held(lock));
    }
    for look in looks {
        // A transaction sees the moment of its first read.
        let begun = look.connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master");
        begun.map_err(|failure| unreadable(&look.path, failure))?;
    }
    Ok(())
}

/// A journal that nobody can write meanwhile.
struct Held<'a>(&'a Connection);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // Nothing was written; a lock that cannot be given back ends with its connection.
        self.0.execute_batch("ROLLBACK").ok();
    }
}

/// Reads a copy from end to end, and gives what it holds.
///
/// # Errors
/// When it is missing, is no journal, is one of a newer program, or is damaged.
pub fn examine(path: &Path) -> Result<Contents, BackupError> {
    must_be_a_journal(path).map_err(|failure| match failure {
        BackupError::Unusable(OpenError::Store { path, .. }) => BackupError::Damaged { path },
        other => other,
    })?;
    let damaged = |_| BackupError::Damaged { path: path.to_owned() };
    let connection = store::reading(path).map_err(damaged)?;
    let said: String = connection.query_one("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(damaged)?;
    if said == "ok" {
        contents(&connection).map_err(damaged)
    } else {
        Err(BackupError::Damaged { path: path.to_owned() })
    }
}

fn must_be_a_journal(path: &Path) -> Result<(), BackupError> {
    match path.metadata() {
        Ok(file) if file.is_file() && file.len() > 0 => Ok(schema::inspect(path)?),
        _ => Err(BackupError::Missing { path: path.to_owned() }),
    }
}

fn lockable(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(|looks| {
        thread::sleep(BETWEEN);
        looks < LOOKS
    }))?;
    Ok(connection)
}

fn contents(connection: &Connection) -> rusqlite::Result<Contents> {
    let count = |sql| connection.query_one(sql, [], |row| row.get::<_, u64>(0));
    Ok(Contents {
        schema: schema::version(connection)?,
        facts: count("SELECT count(*) FROM facts")?,
        open_errands: count("SELECT count(*) FROM errands WHERE done = 0")?,
    })
}

fn unreadable(path: &Path, failure: rusqlite::Error) -> BackupError {
    BackupError::Unreadable { path: path.to_owned(), reason: failure.to_string() }
}

fn busy() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)
}

#[cfg(test)]
mod tests;
