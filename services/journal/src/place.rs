//! Where a journal is kept.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use crate::OpenError;

/// Makes the folder if need be, and gives the one true path: links are followed, so that one file has one lock.
pub(crate) fn prepare(path: &Path) -> Result<PathBuf, OpenError> {
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|reason| OpenError::folder(path, reason))?;
    let (false, Some(name)) = (path.is_dir(), path.file_name()) else {
        return Err(OpenError::Directory { path: path.to_owned() });
    };
    if path.exists() {
        fs::canonicalize(path).map_err(|reason| OpenError::folder(path, reason))
    } else {
        let path = fs::canonicalize(folder).map_err(|reason| OpenError::folder(path, reason))?.join(name);
        make_private(&path).map_err(|reason| OpenError::folder(&path, reason))?;
        Ok(path)
    }
}

/// An empty file that only its owner can read; SQLite gives the log beside it the same rights.
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
