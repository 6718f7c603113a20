//! The lock that keeps a journal to one owner.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::OpenError;

/// The right to use a journal, until it is dropped. The lock file itself stays: removing it could let two owners in.
#[derive(Debug)]
pub struct Ownership {
    locked: File,
}

impl Drop for Ownership {
    /// Lets go of the lock itself: a child that is being started has a copy of the open file for a moment, and closing
    /// ours alone would leave the lock with that copy.
    fn drop(&mut self) {
        // When this fails the lock goes with the last copy of the file.
        let _ = self.locked.unlock();
    }
}

impl Ownership {
    /// Takes the lock beside the journal at `path`, whether there is a journal or not.
    ///
    /// # Errors
    /// [`OpenError::Owned`] while somebody uses the journal, [`OpenError::Folder`] when there can be no file there.
    pub fn take(path: &Path) -> Result<Ownership, OpenError> {
        // Links are followed, so that one file has one lock.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(lock_path(path))
            .map_err(|reason| OpenError::folder(path, reason))?;
        match file.try_lock() {
            Ok(()) => Ok(Ownership { locked: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Owned { path: path.to_owned() }),
            Err(TryLockError::Error(reason)) => Err(OpenError::folder(path, reason)),
        }
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests;
