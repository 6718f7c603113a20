//! What the tests of this crate share: journals in temporary folders, and small batches.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Batch, Fact, Journal, NewErrand, Personal, Receipt};

/// A journal in a folder of its own.
pub(crate) struct Desk {
    pub(crate) journal: Journal,
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Desk {
        let folder = TempDir::new().unwrap();
        let journal = Journal::open(&folder.path().join("journal.db")).await.unwrap();
        Desk { journal, folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    /// Closes the journal and opens it again.
    pub(crate) async fn reopened(self) -> Desk {
        let path = self.path();
        self.journal.close().await;
        Desk { journal: Journal::open(&path).await.unwrap(), folder: self.folder }
    }

    /// A connection of its own to the same file, as another program would have.
    pub(crate) fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }
}

pub(crate) fn fact(body: &str) -> Fact {
    Fact { kind: "noted".to_owned(), body: body.to_owned(), personal: Vec::new() }
}

pub(crate) fn personal(slot: u32, person: u32, body: &str) -> Personal {
    Personal { slot, person, body: body.to_owned() }
}

/// A batch with one fact.
pub(crate) fn batch(stream: &str, expected: u64) -> Batch {
    Batch { facts: vec![fact("{}")], ..bare(stream, expected) }
}

/// A batch without facts.
pub(crate) fn bare(stream: &str, expected: u64) -> Batch {
    Batch { stream: stream.to_owned(), expected, at: 1_000, ..Batch::default() }
}

pub(crate) fn errand(id: &str, not_before: i64) -> NewErrand {
    NewErrand { id: id.to_owned(), kind: "send".to_owned(), subject: "{}".to_owned(), not_before, urgent: false }
}

pub(crate) fn receipt(key: &str, reply: &[u8]) -> Receipt {
    Receipt { key: key.to_owned(), digest: "digest".to_owned(), reply: reply.to_owned() }
}
