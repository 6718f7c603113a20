//! Who in the register is a person that is asked about, and who may be (A33).

use crate::record::Record;
use std::collections::BTreeSet;
use zsm::household::PersonNumber;
use zsm::identity::{Bsn, Deviation, Identity, KEY_RULES, Match, Normal, compare};
use zsm::question::Question;
use zsm_journal::Journal;

/// Most rows that are looked at for one key. Where more have it, nobody is ruled out.
const MOST: u32 = 100;
/// Most candidates that are shown for one person.
const SHOWN: usize = 20;

/// How a person stands in the register.
pub(super) enum Met {
    /// Surely this one.
    Known(Box<Record>),
    /// The BSN is not there, and nobody comes near.
    NotKnown,
    /// A person must look.
    InDoubt,
}

/// Somebody in the register who may be a person that is asked about. Personal data: for the desk's eyes.
pub(crate) struct Candidate {
    pub(crate) person: PersonNumber,
    pub(crate) record: Record,
    /// In what the two differ; nothing when all that was asked with is the same.
    pub(crate) deviations: BTreeSet<Deviation>,
}

/// The candidates for the persons of a question.
#[derive(Default)]
pub(crate) struct Candidates {
    pub(crate) listed: Vec<Candidate>,
    /// There may be more than are listed.
    pub(crate) more: bool,
}

/// Those around a person: everyone who may be meant.
struct Around {
    near: Vec<(Record, BTreeSet<Deviation>)>,
    all: bool,
}

/// Looks a person up: by BSN, else by what else is known. Nothing comes back when a record cannot be read.
pub(super) async fn meet(
    journal: &Journal,
    identity: &Identity,
    key_rules: u32,
) -> Result<Option<Met>, zsm_journal::Error> {
    if let Some(bsn) = &identity.bsn {
        match by_bsn(journal, bsn).await? {
            Err(_) => return Ok(None),
            Ok(Some(record)) => return Ok(Some(Met::Known(Box::new(record)))),
            Ok(None) => {}
        }
    }
    let Some(Around { mut near, all }) = around(journal, identity).await? else { return Ok(None) };
    let sure = all && key_rules == KEY_RULES;
    Ok(Some(match (near.pop(), near.is_empty()) {
        (Some((record, deviations)), true) if sure && deviations.is_empty() => Met::Known(Box::new(record)),
        (None, _) if sure && identity.bsn.is_some() => Met::NotKnown,
        _ => Met::InDoubt,
    }))
}

/// Everyone in the register who may be a person of a question and is not surely so by BSN; the nearest first.
pub(crate) async fn candidates(journal: &Journal, question: &Question) -> Result<Candidates, zsm_journal::Error> {
    let mut candidates = Candidates::default();
    let subjects = question.subjects.iter().map(|one| (one.person, &one.identity));
    let reference = question.reference.iter().map(|one| (one.person, &one.identity));
    for (person, identity) in subjects.chain(reference) {
        let Some(identity) = identity.reveal() else { continue };
        if let Some(bsn) = &identity.bsn
            && !journal.register_find(bsn.digits()).await?.is_empty()
        {
            continue;
        }
        let Some(Around { mut near, all }) = around(journal, identity).await? else {
            candidates.more = true;
            continue;
        };
        near.sort_by_key(|(_, deviations)| deviations.len());
        candidates.more |= !all || near.len() > SHOWN;
        let listed = near.into_iter().take(SHOWN);
        candidates.listed.extend(listed.map(|(record, deviations)| Candidate { person, record, deviations }));
    }
    Ok(candidates)
}

/// Whether near the reference person stands a minor nobody asked about, of whom the register knows no parents: it cannot
/// say whose child that is. So too where not all could be read.
pub(super) async fn may_hold_a_child(
    journal: &Journal,
    reference: &Identity,
    bsn: &str,
    question: &Question,
) -> Result<bool, zsm_journal::Error> {
    let keys = Normal::of(reference).search_keys().into_iter().collect();
    let rows = journal.register_find_any(keys, MOST).await?;
    let asked: Vec<&Identity> = question.subjects.iter().filter_map(|one| one.identity.reveal()).collect();
    let may_be = |row: &String| {
        let Ok(record) = serde_json::from_str::<Record>(row) else { return true };
        let held = record.identity();
        let is_meant = || asked.iter().any(|one| matches!(compare(one, &held), Match::Exact));
        let is_adult = held.birth.age_on(question.asked_on).reached(18);
        record.parents.is_empty() && record.bsn != bsn && !is_adult && !is_meant()
    };
    Ok(!rows.all || rows.bodies.iter().any(may_be))
}

async fn by_bsn(journal: &Journal, bsn: &Bsn) -> Result<Result<Option<Record>, serde_json::Error>, zsm_journal::Error> {
    let rows = journal.register_find(bsn.digits()).await?;
    Ok(rows.first().map(|row| serde_json::from_str(row)).transpose())
}

async fn around(journal: &Journal, identity: &Identity) -> Result<Option<Around>, zsm_journal::Error> {
    let keys: Vec<String> = Normal::of(identity).search_keys().into_iter().collect();
    if keys.is_empty() {
        return Ok(Some(Around { near: Vec::new(), all: true }));
    }
    let rows = journal.register_find_any(keys, MOST).await?;
    let mut near = Vec::new();
    for row in &rows.bodies {
        let Ok(record) = serde_json::from_str::<Record>(row) else { return Ok(None) };
        match compare(identity, &record.identity()) {
            Match::Exact => near.push((record, BTreeSet::new())),
            Match::Candidate(deviations) => near.push((record, deviations)),
            Match::Different => {}
        }
    }
    if near.iter().filter(|(_, deviations)| deviations.is_empty()).count() > 1 {
        near.iter_mut().filter(|(_, deviations)| deviations.is_empty()).for_each(|(_, deviations)| {
            deviations.insert(Deviation::SeveralFit);
        });
    }
    Ok(Some(Around { near, all: rows.all }))
}

#[cfg(test)]
mod tests;
