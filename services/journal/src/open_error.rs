//! Why a journal cannot be opened, in sentences for whoever starts the program.

use std::path::{Path, PathBuf};

/// Why a journal cannot be opened. Each message names the path and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made, or no file can be made in it.
    #[error("the journal {} cannot be kept in that folder: {reason}; choose a folder this user may write in", path.display())]
    Folder {
        /// The path of the journal.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// The path is that of a folder.
    #[error("the journal path {} is a folder; give the path of a file, for instance {}", path.display(), path.join("journal.db").display())]
    Directory {
        /// The path of the folder.
        path: PathBuf,
    },
    /// Somebody has the journal open already, in this process or another.
    #[error("the journal {} is already in use by a running process; stop that one first or choose another path", path.display())]
    Owned {
        /// The path of the journal.
        path: PathBuf,
    },
    /// The file is something else. It is left as it is.
    #[error("the file {} is not a journal of this program and is left as it is; choose another path or move that file away", path.display())]
    NotAJournal {
        /// The path of the file.
        path: PathBuf,
    },
    /// The journal was written by a newer program. It is left as it is.
    #[error("the journal {} was written by a newer version of this program (schema {found}, this one knows up to {known}) and is left as it is; start the newer version", path.display())]
    Newer {
        /// The path of the journal.
        path: PathBuf,
        /// The schema of the file.
        found: u32,
        /// The newest schema this program knows.
        known: u32,
    },
    /// The file could not be read or written.
    #[error("the journal {} could not be opened: {reason}; check that the disk has room and that this user may write the file", path.display())]
    Store {
        /// The path of the journal.
        path: PathBuf,
        /// What the store said.
        reason: String,
    },
}

impl OpenError {
    /// A failure of the folder around the journal at `path`.
    pub(crate) fn folder(path: &Path, reason: impl ToString) -> OpenError {
        OpenError::Folder { path: path.to_owned(), reason: reason.to_string() }
    }

    /// A failure of the file at `path`.
    pub(crate) fn store(path: &Path, reason: impl ToString) -> OpenError {
        OpenError::Store { path: path.to_owned(), reason: reason.to_string() }
    }
}
