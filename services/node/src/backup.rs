//! Backups: the journals of every office as of one moment, with a manifest that is written last.

pub(crate) mod file;

use crate::office::NAMES;
use crate::restore;
use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zsm::Kind;
use zsm_journal::backup::{BackupError, Contents, Cut, examine};

/// The file without which a folder is no backup.
pub(crate) const MANIFEST: &str = "backup.json";
/// The form of backups that this program writes and reads.
pub(crate) const FORMAT: u32 = 1;

/// What a backup says about itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The form of the backup.
    pub(crate) format: u32,
    /// The moment it is of.
    pub(crate) taken_at: Timestamp,
    /// A copy for each office.
    pub(crate) offices: Vec<Copied>,
}

/// The copy of one journal.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Copied {
    pub(crate) office: String,
    pub(crate) file: String,
    pub(crate) schema: u32,
    pub(crate) facts: u64,
    pub(crate) open_errands: u64,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// The file of an office's journal.
pub(crate) fn file_of(kind: Kind) -> String {
    format!("{}.db", kind.slug())
}

/// Copies the journals of a folder to a new one, whole or not at all.
///
/// # Errors
/// A sentence; then there is no new folder.
pub(crate) fn take(folder: &Path, to: &Path, now: Timestamp) -> anyhow::Result<Manifest> {
    restore::refuse_unfinished(folder)?;
    must_be_free(to)?;
    let (Some(parent), Some(name)) = (to.parent(), to.file_name()) else {
        bail!("{} cannot be the folder of a backup; name a new one", to.display());
    };
    let parent = if parent == Path::new("") { Path::new(".") } else { parent };
    fs::create_dir_all(parent).with_context(|| format!("the folder {} cannot be made", parent.display()))?;
    // Under another name until it is whole; removed again when anything fails.
    let partial = private_folder(parent, &format!(".{}.", name.to_string_lossy()), ".partial")?;

    let journals: Vec<PathBuf> = NAMES.map(|kind| folder.join(file_of(kind))).into();
    let copies: Vec<PathBuf> = NAMES.map(|kind| partial.path().join(file_of(kind))).into();
    let cut = Cut::take(&journals)?;
    cut.copy(&copies)?;
    drop(cut);
    let contents = whole(&journals, &copies)?;
    let each = NAMES.into_iter().zip(copies.iter().zip(contents));
    let offices = each.map(|(kind, (copy, contents))| copied(kind, copy, contents)).collect::<anyhow::Result<_>>()?;
    let manifest = Manifest { format: FORMAT, taken_at: now, offices };
    file::write(&partial.path().join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    file::flush_folder(partial.path())?;
    fs::rename(partial.path(), to).with_context(|| {
        format!("the backup cannot be given the name {}; name a folder that is not there yet", to.display())
    })?;
    // It has its name now: nothing is to be removed any more.
    let _ = partial.keep();
    file::flush_folder(parent)?;
    Ok(manifest)
}

/// A folder that only its owner can read, removed when it is dropped.
fn private_folder(parent: &Path, prefix: &str, suffix: &str) -> anyhow::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(suffix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(parent).with_context(|| format!("no folder can be made in {}", parent.display()))
}

fn must_be_free(to: &Path) -> anyhow::Result<()> {
    match fs::read_dir(to).map(|mut inside| inside.next().is_some()) {
        Ok(true) => bail!("{} is not empty; name a new folder for each backup", to.display()),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be the folder of a backup", to.display())),
    }
}

/// What each copy holds, once all of them are whole; otherwise every journal that is not.
fn whole(journals: &[PathBuf], copies: &[PathBuf]) -> anyhow::Result<Vec<Contents>> {
    let (whole, faults): (Vec<_>, Vec<_>) =
        journals.iter().zip(copies).map(|(journal, copy)| examined(journal, copy)).partition(Result::is_ok);
    if faults.is_empty() {
        return Ok(whole.into_iter().flatten().collect());
    }
    let faults: Vec<String> = faults.into_iter().filter_map(Result::err).map(|error| error.to_string()).collect();
    bail!("no backup was made: {}", faults.join("; "));
}

/// What a copy holds. Its damage is that of the journal.
fn examined(journal: &Path, copy: &Path) -> Result<Contents, BackupError> {
    examine(copy).map_err(|error| match error {
        BackupError::Damaged { .. } => BackupError::Damaged { path: journal.to_owned() },
        other => other,
    })
}

fn copied(kind: Kind, copy: &Path, contents: Contents) -> anyhow::Result<Copied> {
    let (bytes, sha256) = file::digest(copy)?;
    let Contents { schema, facts, open_errands } = contents;
    Ok(Copied { office: kind.slug().to_owned(), file: file_of(kind), schema, facts, open_errands, bytes, sha256 })
}
