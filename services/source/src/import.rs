//! A register from a file with a line per person (NDJSON): the first line is `{"name": …, "as_of": …, "records": …}`, each
//! line after it one [`Record`]. `records` is how many there are, so that a file that was cut off is found out.
//!
//! What is good is kept at once; only when every line was good and none was missing does the register say that it is
//! complete until the file's `as_of`, and are those who are no longer in it removed. Until then it stays complete until
//! where it was. What an earlier import did not make, or made of a newer file, is complete until never meanwhile: the
//! person on a line that is bad, missing or not read yet must never seem not known (D13).

mod begin;

pub use begin::Against;

use crate::record::{Record, RecordFault};
use crate::register::{faults_of, row};
use begin::{FirstLine, begin};
use jiff::Timestamp;
use std::collections::HashSet;
use std::fmt;
use std::io::BufRead;
use zsm::Kind;
use zsm_journal::{Journal, RegisterRow};

/// How many rows are put down together.
const BATCH: usize = 1_000;

/// What is told while a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// So much was read, the header too.
    Read {
        /// Lines.
        lines: u64,
        /// Bytes.
        bytes: u64,
    },
    /// A line that is wrong: its number, from one, and how.
    Wrong(u64, LineFault),
}

/// What is wrong with a line. It tells where, never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// No JSON from this column on.
    Json(usize),
    /// JSON, but at this column not what a record holds.
    Shape(usize),
    /// A record that is wrong.
    Record(RecordFault),
}

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Good records in the file.
    pub good: u64,
    /// Lines that were left out.
    pub wrong: u64,
    /// Records that were new or otherwise than before.
    pub changed: u64,
    /// Persons who were in the register and not in the file.
    pub removed: u64,
    /// The register says something else about itself than before.
    pub renewed: bool,
    /// How many records the file says it has, where that is not how many there are.
    pub announced: Option<u64>,
}

/// Why a register could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The first line is no header.
    #[error(
        "line 1 must say what the register is, until when it is complete and how many records follow, as in {{\"name\": \"Register Oost\", \"as_of\": \"2026-11-02T09:00:00Z\", \"records\": 100000}}; nothing was imported"
    )]
    Header,
    /// The file is older than the register.
    #[error(
        "the register is complete until {register} and the file only until {file}; nothing was imported (`--older` goes back to it)"
    )]
    Older {
        /// Until when the file is complete.
        file: Timestamp,
        /// Until when the register is.
        register: Timestamp,
    },
    /// The file is complete until later than now.
    #[error("the file says that it is complete until {file}, and it is {now}; nothing was imported")]
    InFuture {
        /// Until when the file is complete.
        file: Timestamp,
        /// What time it is.
        now: Timestamp,
    },
    /// The file cannot be read.
    #[error("the file cannot be read after line {0}: {1}")]
    File(u64, std::io::Error),
    /// The journal cannot be used.
    #[error("the register could not be kept: {0}")]
    Journal(#[from] zsm_journal::Error),
    /// A record could not be written as JSON.
    #[error("a record could not be written as json")]
    Json(#[from] serde_json::Error),
}

impl Imported {
    /// Nothing in the journal is otherwise than it was.
    pub fn is_unchanged(&self) -> bool {
        self.changed == 0 && self.removed == 0 && !self.renewed
    }

    /// Every line was good, and none was missing.
    pub fn is_sound(&self) -> bool {
        self.wrong == 0 && self.announced.is_none()
    }
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineFault::Json(column) => write!(f, "it is not json (column {column})"),
            LineFault::Shape(column) => {
                write!(f, "a field is unknown, missing, given twice or of another kind (column {column})")
            }
            LineFault::Record(fault) => f.write_str(fault.words()),
        }
    }
}

/// Reads a file into the register of a journal.
///
/// # Errors
/// Why it stopped; what was put down before that stays, and the register is no further complete than it was.
pub async fn import(
    journal: &Journal,
    mut file: impl BufRead,
    against: Against,
    mut told: impl FnMut(News),
) -> Result<Imported, ImportError> {
    let (mut line, mut number) = (Vec::new(), 1);
    file.read_until(b'\n', &mut line).map_err(|error| ImportError::File(0, error))?;
    let first = FirstLine::read(&line)?;
    let before = journal.register_header().await?;
    begin(journal, &first, against, before.as_deref()).await?;
    let mut bytes = length(&line);
    let mut done = Imported::default();
    let mut seen = HashSet::new();
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line).map_err(|error| ImportError::File(number, error))? == 0 {
            break;
        }
        number += 1;
        bytes += length(&line);
        told(News::Read { lines: number, bytes });
        let text = line.trim_ascii_end();
        if text.is_empty() {
            continue;
        }
        match read(text, &mut seen, against.office) {
            Ok(record) => {
                done.good += 1;
                batch.push(row(&record)?);
            }
            Err(faults) => {
                done.wrong += 1;
                faults.into_iter().for_each(|fault| told(News::Wrong(number, fault)));
            }
        }
        if batch.len() == BATCH {
            done.changed += put(journal, &mut batch).await?;
        }
    }
    done.changed += put(journal, &mut batch).await?;
    done.announced = Some(first.records).filter(|announced| *announced != done.good + done.wrong);
    if done.is_sound() {
        done.removed = journal.register_finish(first.whole()?, seen).await?;
    }
    done.renewed = journal.register_header().await? != before;
    Ok(done)
}

fn length(line: &[u8]) -> u64 {
    u64::try_from(line.len()).unwrap_or(u64::MAX)
}

/// The record on a line, or all that is wrong with it.
fn read(line: &[u8], seen: &mut HashSet<String>, office: Kind) -> Result<Record, Vec<LineFault>> {
    let record: Record = serde_json::from_slice(line).map_err(|error| {
        vec![if error.is_data() { LineFault::Shape(error.column()) } else { LineFault::Json(error.column()) }]
    })?;
    let mut faults = faults_of(&record, office);
    if faults.is_empty() && !seen.insert(record.key()) {
        faults.push(RecordFault::Duplicate);
    }
    if faults.is_empty() { Ok(record) } else { Err(faults.into_iter().map(LineFault::Record).collect()) }
}

async fn put(journal: &Journal, batch: &mut Vec<RegisterRow>) -> Result<u64, zsm_journal::Error> {
    if batch.is_empty() {
        return Ok(0);
    }
    journal.register_upsert(std::mem::replace(batch, Vec::with_capacity(BATCH))).await
}

#[cfg(test)]
mod tests;
