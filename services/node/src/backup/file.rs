//! Files that hold dossiers: only their owner can read them, and they are on the disk when they are said to be.

use anyhow::Context;
use aws_lc_rs::digest::{Context as Digest, SHA256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// Writes a new file.
pub(crate) fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut file = private(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).with_context(|| unwritable(path))
}

/// Copies a file, and gives the size and the digest of what was copied.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<(u64, String)> {
    let mut source = Digested::open(from)?;
    let mut file = private(to)?;
    io::copy(&mut source, &mut file).and_then(|_| file.sync_all()).with_context(|| unwritable(to))?;
    Ok(source.finish())
}

/// The size and the digest (SHA-256, hexadecimal) of a file.
pub(crate) fn digest(path: &Path) -> anyhow::Result<(u64, String)> {
    let mut source = Digested::open(path)?;
    io::copy(&mut source, &mut io::sink()).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(source.finish())
}

/// Makes what was made, renamed or removed in a folder durable.
pub(crate) fn flush_folder(folder: &Path) -> anyhow::Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| unwritable(folder))
}

fn private(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| unwritable(path))
}

fn unwritable(path: &Path) -> String {
    format!("{} cannot be written; check that the disk has room and that this user may write there", path.display())
}

/// A file of which the digest is made while it is read.
struct Digested {
    file: File,
    digest: Digest,
    bytes: u64,
}

impl Digested {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(Self { file, digest: Digest::new(&SHA256), bytes: 0 })
    }

    fn finish(self) -> (u64, String) {
        let hex = self.digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        (self.bytes, hex)
    }
}

impl Read for Digested {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.digest.update(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}
