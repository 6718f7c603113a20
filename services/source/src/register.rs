//! Loading a register, and looking the persons of a question up in it.

mod content;
mod index;
mod search;
mod tellable;

pub(crate) use index::renew;
pub(crate) use search::{Candidate, candidates};
pub(crate) use tellable::is_tellable;

use crate::record::{LoadError, Record, RecordFault, Register};
use jiff::Timestamp;
use search::Met;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zsm::Kind;
use zsm::date::PartialDate;
use zsm::identity::{Bsn, Identity, KEY_RULES, Normal};
use zsm::question::Question;
use zsm::register::Lookup;
use zsm_journal::{Journal, RegisterRow};

/// What is kept of the register as a whole.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) as_of: Timestamp,
    /// The office began with it; no import brought it, and any may take its place.
    #[serde(default)]
    pub(crate) provisional: bool,
    /// By which rules all rows stand under the keys of their persons; under none where an earlier program put them down.
    #[serde(default)]
    pub(crate) key_rules: u32,
}

/// Loads the register that an office begins with.
pub(crate) async fn load(journal: &Journal, register: Register, office: Kind) -> Result<(), LoadError> {
    let faults = faults(&register.records, office);
    if !faults.is_empty() {
        return Err(LoadError::Records(faults));
    }
    let rows = register.records.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let Register { name, as_of, .. } = register;
    let header = serde_json::to_string(&Header { name, as_of, provisional: true, key_rules: KEY_RULES })?;
    Ok(journal.register_load(header, rows).await?)
}

fn faults(records: &[Record], office: Kind) -> Vec<(usize, RecordFault)> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (number, record) in (1..).zip(records) {
        faults.extend(faults_of(record, office).into_iter().map(|fault| (number, fault)));
        if !seen.insert(record.key()) {
            faults.push((number, RecordFault::Duplicate));
        }
    }
    faults
}

/// All that is wrong with one record of an office by itself.
pub(crate) fn faults_of(record: &Record, office: Kind) -> Vec<RecordFault> {
    let elsewhere = office != Kind::VeiligThuis;
    let checks = [
        (!record.bsn.is_empty() && Bsn::parse(&record.bsn).is_none(), RecordFault::Bsn),
        (record.bsn.is_empty() && record.surname.is_empty(), RecordFault::Nameless),
        (PartialDate::parse(&record.birth_date).is_none(), RecordFault::BirthDate),
        (record.parents.iter().any(|parent| Bsn::parse(parent).is_none()), RecordFault::Parent),
        (record.involvement.is_empty() && record.judgement.is_none(), RecordFault::Empty),
        (record.involvement.iter().any(|one| one.kind.office() != office), RecordFault::Involvement),
        (elsewhere && record.judgement.is_some(), RecordFault::Judgement),
        (elsewhere && record.safety_conditions.is_some(), RecordFault::SafetyConditions),
        (!tellable::is_record_tellable(record), RecordFault::Untellable),
    ];
    checks.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
}

/// A record as the journal keeps it: by its own key first, then under the numbers of the parents and the keys by which
/// its person is found.
pub(crate) fn row(record: &Record) -> Result<RegisterRow, serde_json::Error> {
    let parents = record.parents.iter().map(|parent| parent_key(parent));
    let found_by = Normal::of(&record.identity()).keys();
    let keys = std::iter::once(record.key()).chain(parents).chain(found_by).collect();
    Ok(RegisterRow { keys, body: serde_json::to_string(record)? })
}

/// What the register holds on the persons of a question; nothing when there is no register, or when what it holds
/// cannot be read: then the question goes to the desk (invariant 2).
pub async fn lookup(journal: &Journal, question: &Question) -> Result<Option<Lookup>, zsm_journal::Error> {
    let Some(header) = journal.register_header().await? else { return Ok(None) };
    let Ok(header) = serde_json::from_str::<Header>(&header) else { return Ok(None) };
    let mut lookup = Lookup {
        register: header.name,
        as_of: header.as_of,
        found: Vec::new(),
        in_doubt: BTreeSet::new(),
        children_of_reference: None,
    };
    for subject in &question.subjects {
        let Some(identity) = subject.identity.reveal() else { continue };
        let Some(met) = search::meet(journal, identity, header.key_rules).await? else { return Ok(None) };
        match met {
            Met::Known(record) => lookup.found.push(content::found(subject.person, *record, question.item)),
            Met::NotKnown => lookup.found.push(content::not_found(subject.person)),
            Met::InDoubt => drop(lookup.in_doubt.insert(subject.person)),
        }
    }
    if let Some(reference) = &question.reference
        && let Some(identity) = reference.identity.reveal()
    {
        let Some(met) = search::meet(journal, identity, header.key_rules).await? else { return Ok(None) };
        if matches!(met, Met::InDoubt) {
            lookup.in_doubt.insert(reference.person);
        }
        if let Some(bsn) = number(identity, met) {
            let children = journal.register_find(&parent_key(&bsn)).await?;
            let unnamed = children.iter().any(|child| !is_asked_about(child, question))
                || header.key_rules != KEY_RULES
                || search::may_hold_a_child(journal, identity, &bsn, question).await?;
            lookup.children_of_reference = Some(unnamed);
        }
        // No content about the reference person is asked (D9): the search was for children.
        lookup.found.push(content::not_found(reference.person));
    }
    Ok(Some(lookup))
}

/// The number under which somebody's children stand: the one that was said, else that of the record that surely is of him.
fn number(identity: &Identity, met: Met) -> Option<String> {
    match (&identity.bsn, met) {
        (Some(bsn), _) => Some(bsn.digits().to_owned()),
        (None, Met::Known(record)) => Some(record.bsn).filter(|bsn| !bsn.is_empty()),
        (None, Met::NotKnown | Met::InDoubt) => None,
    }
}

/// Whether the person of a row is a subject of the question, by number; a row that cannot be read is of somebody else.
fn is_asked_about(row: &str, question: &Question) -> bool {
    let Ok(record) = serde_json::from_str::<Record>(row) else { return false };
    let mut asked = question.subjects.iter().filter_map(|subject| subject.identity.reveal()?.bsn.as_ref());
    asked.any(|bsn| bsn.digits() == record.bsn)
}

/// Children stand under their parents' numbers too, apart from their own.
fn parent_key(bsn: &str) -> String {
    format!("parent:{bsn}")
}

#[cfg(test)]
mod tests;
