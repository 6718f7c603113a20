//! The key file of the development issuer: made once, whoever comes first.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use super::Error;
use crate::ids::Ids;

/// The document at `path`, or a new one that is there from now on.
pub(super) fn load_or_make(folder: &Path, path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder).map_err(failed)?;
            place(folder, path, &make()?).map_err(failed)?;
            fs::read(path).map_err(failed)
        }
        read => read.map_err(failed),
    }
}

/// A new key, in PKCS#8.
pub(super) fn make() -> Result<Vec<u8>, Error> {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Error::NoKey)?;
    Ok(document.as_ref().to_vec())
}

/// The public half of a key in PKCS#8, if it is one.
pub(super) fn public_half(document: &[u8]) -> Option<Vec<u8>> {
    let pair = Ed25519KeyPair::from_pkcs8(document).ok()?;
    Some(pair.public_key().as_ref().to_vec())
}

/// Puts the document at `path` unless one is there already. It is written aside and then linked:
/// the name appears at once, whole and only for the first, so that no one reads half a key.
fn place(folder: &Path, path: &Path, document: &[u8]) -> io::Result<()> {
    let aside = folder.join(format!("issuer.key.{}", Ids::system().draw()));
    let placed = write_private(&aside, document).and_then(|()| fs::hard_link(&aside, path));
    let _ = fs::remove_file(&aside);
    match placed {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        placed => placed,
    }
}

fn write_private(path: &Path, document: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(document)?;
    file.sync_all()
}
