//! What can come of using a journal that is open, other than what was asked.

use std::sync::Arc;

use crate::Receipt;

/// Why a journal did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The stream is not at the version the writer expected: somebody else wrote first.
    #[error("the stream is at version {actual}, not at the version that was expected")]
    Conflict {
        /// The version the stream is at.
        actual: u64,
    },
    /// A key of the batch belongs to another stream.
    #[error("the key is held by another stream")]
    KeyTaken {
        /// The stream that holds the key.
        stream: String,
    },
    /// The errand that was to be stopped is not open: it was done, or never there.
    #[error("the errand is not open")]
    NotOpen,
    /// The request was answered before; this is the receipt that was kept then.
    #[error("the request has been answered before")]
    ReceiptExists(Receipt),
    /// The file could not be read or written.
    #[error(transparent)]
    Store(StoreError),
    /// The journal was closed before it took this up.
    #[error("the journal is closed")]
    Stopped,
}

/// The file of the journal could not be read or written.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the file of the journal could not be used: {reason}")]
pub struct StoreError {
    reason: Arc<str>,
    nothing_happened: bool,
}

impl Error {
    /// Whether it is certain that this call changed nothing, so that trying again can do no harm.
    ///
    /// False only when a commit failed or its answer was lost: the change may turn out to be there after a restart.
    pub fn nothing_happened(&self) -> bool {
        match self {
            Error::Conflict { .. }
            | Error::KeyTaken { .. }
            | Error::NotOpen
            | Error::ReceiptExists(_)
            | Error::Stopped => true,
            Error::Store(failure) => failure.nothing_happened,
        }
    }
}

impl StoreError {
    /// A failure before the commit: what was done is rolled back, or nothing was to be changed at all.
    pub(crate) fn before_commit(failure: rusqlite::Error) -> StoreError {
        StoreError { reason: failure.to_string().into(), nothing_happened: true }
    }

    /// A failure of the commit itself. It is rolled back here, but pages may have reached the disk already and a
    /// crash could bring them back.
    pub(crate) fn at_commit(failure: rusqlite::Error) -> StoreError {
        StoreError { reason: failure.to_string().into(), nothing_happened: false }
    }

    /// The writer took a change up and never answered.
    pub(crate) fn lost() -> StoreError {
        StoreError { reason: "the answer was lost".into(), nothing_happened: false }
    }
}
