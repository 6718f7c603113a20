//! How an import begins: what the first line must say, and what the register says of itself while the file is read.

use super::ImportError;
use crate::register::Header;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use zsm::Kind;
use zsm::identity::KEY_RULES;
use zsm_journal::Journal;

/// How far the clock of whoever made the file may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_secs(60);

/// What a file is held against.
#[derive(Clone, Copy, Debug)]
pub struct Against {
    /// The office whose register it must be.
    pub office: Kind,
    /// What time it is.
    pub now: Timestamp,
    /// Whether the file may be older than the register is.
    pub older: bool,
}

/// The first line of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstLine {
    name: String,
    as_of: Timestamp,
    pub(super) records: u64,
}

impl FirstLine {
    pub(super) fn read(line: &[u8]) -> Result<Self, ImportError> {
        serde_json::from_slice(line).map_err(|_| ImportError::Header)
    }

    /// What the register says of itself once all of the file is in it.
    pub(super) fn whole(&self) -> Result<String, serde_json::Error> {
        self.until(self.as_of)
    }

    fn until(&self, as_of: Timestamp) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Header { name: self.name.clone(), as_of, provisional: false, key_rules: KEY_RULES })
    }
}

/// Sees to it that nobody seems not known because of a line that was not read yet, also when the import is interrupted
/// and the node starts again. An imported register that the file renews stays as complete as it was. None, the one that
/// the office began with and one that the file goes back from are complete until never: they answer nothing by themselves.
pub(super) async fn begin(
    journal: &Journal,
    first: &FirstLine,
    against: Against,
    before: Option<&str>,
) -> Result<(), ImportError> {
    if first.as_of.duration_since(against.now) > AHEAD {
        return Err(ImportError::InFuture { file: first.as_of, now: against.now });
    }
    let standing = before.and_then(|header| serde_json::from_str::<Header>(header).ok());
    match standing.filter(|header| !header.provisional) {
        Some(standing) if standing.as_of <= first.as_of => Ok(()),
        Some(standing) if !against.older => Err(ImportError::Older { file: first.as_of, register: standing.as_of }),
        _ => Ok(journal.register_describe(first.until(Timestamp::UNIX_EPOCH)?).await?),
    }
}
