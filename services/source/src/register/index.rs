//! The keys under which the persons of a register are found, made anew where other rules made them.

use super::{Header, row};
use crate::record::{LoadError, Record};
use zsm::identity::KEY_RULES;
use zsm_journal::Journal;

/// How many rows are put down together.
const BATCH: u32 = 1_000;

/// Puts every row under its keys where an earlier program did not. Until that is done the register is in doubt about
/// everyone whose BSN it does not hold. A row that cannot be read keeps the keys it has, and the register its doubt.
pub(crate) async fn renew(journal: &Journal) -> Result<(), LoadError> {
    let Some(header) = journal.register_header().await? else { return Ok(()) };
    let Ok(header) = serde_json::from_str::<Header>(&header) else { return Ok(()) };
    if header.key_rules == KEY_RULES {
        return Ok(());
    }
    let mut last = 0;
    loop {
        let page = journal.register_page(last, BATCH).await?;
        let Some((end, _)) = page.last() else { break };
        last = *end;
        let records: Result<Vec<Record>, _> = page.iter().map(|(_, body)| serde_json::from_str(body)).collect();
        let Ok(records) = records else { return Ok(()) };
        // Rows that change are put down at the end and met once more; then they are so already.
        journal.register_upsert(records.iter().map(row).collect::<Result<Vec<_>, _>>()?).await?;
    }
    let renewed = Header { key_rules: KEY_RULES, ..header };
    Ok(journal.register_describe(serde_json::to_string(&renewed)?).await?)
}

#[cfg(test)]
mod tests;
