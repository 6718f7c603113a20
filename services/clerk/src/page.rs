//! Lists by page: the streams on a shelf, in order of name.

use crate::no::No;
use zsm::{Faults, Problem, Refusal};
use zsm_journal::Journal;

/// A page of names.
#[derive(Clone, Debug)]
pub struct Page {
    /// The streams.
    pub streams: Vec<String>,
    /// For the next page; empty on the last.
    pub next: String,
}

impl Page {
    /// The page of a shelf after a token. Sizes above 200 are cut, zero means 50.
    ///
    /// # Errors
    /// A negative size, or a journal that cannot be read.
    pub async fn of(journal: &Journal, shelf: &str, size: i32, token: &str) -> Result<Page, No> {
        let size = page_size(size)?;
        let after = (!token.is_empty()).then_some(token);
        let listed = journal.list(shelf, after, size + 1).await?;
        let more = listed.len() > size;
        let streams: Vec<String> = listed.into_iter().take(size).map(|one| one.stream).collect();
        let next = if more { streams.last().cloned().unwrap_or_default() } else { String::new() };
        Ok(Page { streams, next })
    }
}

/// How many are listed at once: sizes above 200 are cut, zero means 50.
///
/// # Errors
/// A negative size.
pub fn page_size(asked: i32) -> Result<usize, No> {
    let size = usize::try_from(asked).map_err(|_| Refusal::Malformed(Faults::one("page_size", Problem::Form)))?;
    Ok(if size == 0 { 50 } else { size.min(200) })
}
