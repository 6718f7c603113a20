//! Restoring: the copies of a backup in the place of the journals, which are put aside and never removed.
//!
//! ```text
//! check every copy → copy it beside its journal → mark → put journals aside → give the copies their names → unmark
//! ```
//!
//! Until the mark is set nothing has changed. While it stands the journals may be of two moments, and no node starts; it
//! names the folder of what was put aside, so that restoring again goes on where the first time ended.

use crate::backup::{Copied, FORMAT, MANIFEST, Manifest, file, file_of};
use crate::office::NAMES;
use anyhow::{Context, bail};
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use zsm::Kind;
use zsm_journal::Ownership;
use zsm_journal::backup::{Contents, examine};

/// Stands in a folder while its journals are being replaced, and holds the name of the folder of the old ones.
const MARK: &str = "restore.unfinished";
/// What SQLite keeps beside a journal. It goes first: a journal that was put aside has all that belongs to it.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What a folder holds now.
#[derive(Debug)]
pub(crate) struct Restored {
    /// The moment its journals are of.
    pub(crate) taken_at: Timestamp,
    /// Where the journals went that were there; nothing when there were none.
    pub(crate) aside: Option<PathBuf>,
}

/// Refuses a folder whose journals may be of two moments.
///
/// # Errors
/// A sentence that says what to do.
pub(crate) fn refuse_unfinished(folder: &Path) -> anyhow::Result<()> {
    if folder.join(MARK).exists() {
        bail!(
            "a restore into {} was interrupted, so its journals may not belong together; run `zsm restore` again first",
            folder.display()
        );
    }
    Ok(())
}

/// Puts the copies of a backup in the place of the journals in a folder.
///
/// # Errors
/// A sentence. Either nothing has changed, or the folder is marked and this can be done again.
pub(crate) fn restore(from: &Path, folder: &Path, now: Timestamp) -> anyhow::Result<Restored> {
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let _owned = own(folder)?;
    // A restore that was killed before its mark left them.
    sweep(folder);
    let manifest = read(from)?;
    let copies = checked(from, &manifest)?;
    let marked = lay_ready(from, folder, &copies).and_then(|()| mark(folder, now));
    let aside = marked.inspect_err(|_| sweep(folder))?;
    for copy in &copies {
        put_aside(folder, &aside, &copy.file)?;
    }
    file::flush_folder(&aside)?;
    file::flush_folder(folder)?;
    for copy in &copies {
        rename(&ready(folder, &copy.file), &folder.join(&copy.file))?;
    }
    file::flush_folder(folder)?;
    let mark = folder.join(MARK);
    fs::remove_file(&mark).with_context(|| format!("{} cannot be removed", mark.display()))?;
    // It stays when it holds anything.
    let was_empty = fs::remove_dir(&aside).is_ok();
    file::flush_folder(folder)?;
    Ok(Restored { taken_at: manifest.taken_at, aside: (!was_empty).then_some(aside) })
}

/// Keeps every node away from the journals until it is dropped.
fn own(folder: &Path) -> anyhow::Result<Vec<Ownership>> {
    let taken = NAMES.into_iter().map(|kind| Ownership::take(&folder.join(file_of(kind))));
    taken.collect::<Result<_, _>>().context("nothing was changed")
}

fn read(from: &Path) -> anyhow::Result<Manifest> {
    let path = from.join(MANIFEST);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} is no whole backup: it has no readable {MANIFEST}", from.display()))?;
    let manifest: Manifest =
        serde_json::from_str(&text).with_context(|| format!("{} cannot be understood", path.display()))?;
    if manifest.format != FORMAT {
        bail!("{} is of format {}, and this program reads format {FORMAT}", path.display(), manifest.format);
    }
    Ok(manifest)
}

/// The copy of every office, once all of them are as the manifest says; otherwise all that is wrong.
fn checked<'a>(from: &Path, manifest: &'a Manifest) -> anyhow::Result<Vec<&'a Copied>> {
    let (copies, faults): (Vec<_>, Vec<_>) =
        NAMES.into_iter().map(|kind| check(from, manifest, kind)).partition(Result::is_ok);
    if faults.is_empty() {
        return Ok(copies.into_iter().flatten().collect());
    }
    let faults: Vec<String> = faults.into_iter().filter_map(Result::err).collect();
    bail!("{} cannot be restored, and nothing was changed: {}", from.display(), faults.join("; "));
}

fn check<'a>(from: &Path, manifest: &'a Manifest, kind: Kind) -> Result<&'a Copied, String> {
    let name = kind.slug();
    let of_office = |copy: &&Copied| copy.office == name && copy.file == file_of(kind);
    let copy = manifest.offices.iter().find(of_office).ok_or_else(|| format!("{MANIFEST} names no copy for {name}"))?;
    let path = from.join(&copy.file);
    let (bytes, sha256) = file::digest(&path).map_err(|error| format!("{error:#}"))?;
    if (bytes, &sha256) != (copy.bytes, &copy.sha256) {
        return Err(format!("{} is not the file that was written there", path.display()));
    }
    let contents = examine(&path).map_err(|error| error.to_string())?;
    let told = Contents { schema: copy.schema, facts: copy.facts, open_errands: copy.open_errands };
    if contents == told { Ok(copy) } else { Err(format!("{} holds other than {MANIFEST} says", path.display())) }
}

/// Copies everything to where it needs only be given its name.
fn lay_ready(from: &Path, folder: &Path, copies: &[&Copied]) -> anyhow::Result<()> {
    let laid = copies.iter().try_for_each(|copy| {
        let (_, sha256) = file::copy(&from.join(&copy.file), &ready(folder, &copy.file))?;
        if sha256 == copy.sha256 { Ok(()) } else { bail!("{} changed while it was copied", copy.file) }
    });
    laid.context("nothing was changed")
}

/// Removes the copies that never got their name; they hold dossiers.
fn sweep(folder: &Path) {
    for kind in NAMES {
        fs::remove_file(ready(folder, &file_of(kind))).ok();
    }
}

fn ready(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.restoring"))
}

/// Marks the folder, unless an interrupted restore did, and gives where its journals go.
fn mark(folder: &Path, now: Timestamp) -> anyhow::Result<PathBuf> {
    let mark = folder.join(MARK);
    if let Ok(name) = fs::read_to_string(&mark) {
        return Ok(folder.join(name));
    }
    let name = format!("before-restore-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    let aside = folder.join(&name);
    // One that is there already holds what another restore put aside.
    fs::create_dir(&aside).with_context(|| format!("the folder {} cannot be made; try again", aside.display()))?;
    // Whole under its name or not there at all: half a name would part what belongs together.
    let written = folder.join(format!("{MARK}.new"));
    file::write(&written, name.as_bytes())?;
    rename(&written, &mark)?;
    file::flush_folder(folder)?;
    Ok(aside)
}

/// Moves a journal, with what SQLite keeps beside it, out of the way. A journal that went before is the true one: what
/// stands in its place now was put there by a restore that was interrupted.
fn put_aside(folder: &Path, aside: &Path, name: &str) -> anyhow::Result<()> {
    let went_before = aside.join(name).exists();
    for ending in BESIDE {
        let beside = folder.join(format!("{name}{ending}"));
        if beside.exists() && went_before {
            bail!("{} came there while a restore was unfinished; move it away and run it again", beside.display());
        }
        move_if_there(&beside, &aside.join(format!("{name}{ending}")))?;
    }
    if went_before { Ok(()) } else { move_if_there(&folder.join(name), &aside.join(name)) }
}

fn move_if_there(from: &Path, to: &Path) -> anyhow::Result<()> {
    if from.exists() { rename(from, to) } else { Ok(()) }
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("{} cannot be moved to {}", from.display(), to.display()))
}

#[cfg(test)]
mod tests;
