//! The call log of a case: whom the table called, and what came of it (A16, R-2-3). It answers and opens nothing.

use crate::fault::{Faults, Problem};
use crate::item::Item;
use crate::organisation::Organisation;
use crate::personal::Sensitive;
use crate::telephone::Call;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A call that the table made about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedCall {
    /// Which office was called.
    pub whom: Organisation,
    /// The item it was about; nothing when it was about the case as a whole.
    pub item: Option<Item>,
    /// The call.
    pub call: Call,
    /// What came of it.
    pub outcome: Sensitive<String>,
}

impl LoggedCall {
    /// What is wrong with it, as seen at an instant.
    pub fn faults(&self, path: &str, now: Timestamp) -> Faults {
        let mut faults = self.call.faults(&format!("{path}.call"), now);
        faults.require(!self.outcome.text().is_empty(), format!("{path}.outcome"), Problem::Missing);
        faults
    }
}
