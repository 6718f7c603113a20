//! Loading a register, and looking the persons of a question up in it.

use crate::record::{Involvement, JudgementRecord, LoadError, Record, RecordFault, Register};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zsm::date::PartialDate;
use zsm::household::PersonNumber;
use zsm::identity::Bsn;
use zsm::judgement::{Instrument, Judged, Judgement, SafetyConditions};
use zsm::outcome::Substance;
use zsm::question::Question;
use zsm::register::{Found, Lookup};
use zsm::{Item, Kind, Sensitive};
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
}

/// Loads the register that an office begins with.
pub(crate) async fn load(journal: &Journal, register: Register, office: Kind) -> Result<(), LoadError> {
    let faults = faults(&register.records, office);
    if !faults.is_empty() {
        return Err(LoadError::Records(faults));
    }
    let rows = register.records.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let header = serde_json::to_string(&Header { name: register.name, as_of: register.as_of, provisional: true })?;
    Ok(journal.register_load(header, rows).await?)
}

fn faults(records: &[Record], office: Kind) -> Vec<(usize, RecordFault)> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (number, record) in (1..).zip(records) {
        faults.extend(faults_of(record, office).into_iter().map(|fault| (number, fault)));
        if !seen.insert(&record.bsn) {
            faults.push((number, RecordFault::Duplicate));
        }
    }
    faults
}

/// All that is wrong with one record of an office by itself.
pub(crate) fn faults_of(record: &Record, office: Kind) -> Vec<RecordFault> {
    let elsewhere = office != Kind::VeiligThuis;
    let checks = [
        (Bsn::parse(&record.bsn).is_none(), RecordFault::Bsn),
        (PartialDate::parse(&record.birth_date).is_none(), RecordFault::BirthDate),
        (record.parents.iter().any(|parent| Bsn::parse(parent).is_none()), RecordFault::Parent),
        (record.involvement.is_empty() && record.judgement.is_none(), RecordFault::Empty),
        (record.involvement.iter().any(|one| one.kind.office() != office), RecordFault::Involvement),
        (elsewhere && record.judgement.is_some(), RecordFault::Judgement),
        (elsewhere && record.safety_conditions.is_some(), RecordFault::SafetyConditions),
    ];
    checks.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
}

/// A record as the journal keeps it: by its own number first, then under those of the parents.
pub(crate) fn row(record: &Record) -> Result<RegisterRow, serde_json::Error> {
    let parents = record.parents.iter().map(|parent| parent_key(parent));
    let keys = std::iter::once(record.bsn.clone()).chain(parents).collect();
    Ok(RegisterRow { keys, body: serde_json::to_string(record)? })
}

/// What the register holds on the persons of a question; nothing when there is no register, or when what it holds
/// cannot be read: then the question goes to the desk (invariant 2).
pub async fn lookup(journal: &Journal, question: &Question) -> Result<Option<Lookup>, zsm_journal::Error> {
    let Some(header) = journal.register_header().await? else { return Ok(None) };
    let Ok(header) = serde_json::from_str::<Header>(&header) else { return Ok(None) };
    let mut found = Vec::new();
    for subject in &question.subjects {
        let bsn = subject.identity.reveal().and_then(|identity| identity.bsn.as_ref());
        let Some(bsn) = bsn else { continue };
        let Ok(record) = find(journal, bsn).await? else { return Ok(None) };
        found.push(read(subject.person, record, question.item));
    }
    let mut children_of_reference = false;
    if let Some(reference) = &question.reference
        && let Some(bsn) = reference.identity.reveal().and_then(|identity| identity.bsn.as_ref())
    {
        let children = journal.register_find(&parent_key(bsn.digits())).await?;
        children_of_reference = children.iter().any(|child| !is_asked_about(child, question));
        // No content about the reference person is asked (D9): the search was for children.
        found.push(Found { person: reference.person, known: None, judgement: None, safety_conditions: None });
    }
    Ok(Some(Lookup { register: header.name, as_of: header.as_of, found, children_of_reference }))
}

async fn find(journal: &Journal, bsn: &Bsn) -> Result<Result<Option<Record>, serde_json::Error>, zsm_journal::Error> {
    let rows = journal.register_find(bsn.digits()).await?;
    Ok(rows.first().map(|row| serde_json::from_str(row)).transpose())
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

fn read(person: PersonNumber, record: Option<Record>, item: Item) -> Found {
    let Some(record) = record else {
        return Found { person, known: None, judgement: None, safety_conditions: None };
    };
    let of_vt = item == Item::VeiligThuis;
    Found {
        person,
        known: Some(substance(person, &record.involvement)),
        judgement: record.judgement.filter(|_| of_vt).map(|judgement| Judgement::Judged(judged(judgement))),
        safety_conditions: record.safety_conditions.filter(|_| of_vt).map(conditions),
    }
}

fn substance(person: PersonNumber, involvement: &[Involvement]) -> Substance {
    let lines: Vec<String> = involvement.iter().map(for_advice).collect();
    let for_adviser: Vec<&str> =
        involvement.iter().map(|one| one.for_adviser.as_str()).filter(|text| !text.is_empty()).collect();
    let known =
        if lines.is_empty() { "Bekend; zie het oordeel van Veilig Thuis.".to_owned() } else { lines.join("\n") };
    Substance {
        for_advice: Sensitive::about(person, known),
        for_adviser: Sensitive::about(person, for_adviser.join("\n")),
    }
}

fn for_advice(one: &Involvement) -> String {
    let period = match (one.from, one.until) {
        (Some(from), Some(until)) => format!(" ({from} tot {until})"),
        (Some(from), None) => format!(" (sinds {from})"),
        (None, Some(until)) => format!(" (tot {until})"),
        (None, None) => String::new(),
    };
    let text = if one.for_advice.is_empty() { "." } else { one.for_advice.as_str() };
    let between = if one.for_advice.is_empty() { "" } else { ": " };
    format!("{}{period}{between}{text}", one.kind.title())
}

fn judged(record: JudgementRecord) -> Judged {
    Judged {
        acute: record.acute.into(),
        structural: record.structural.into(),
        complexity: record.complexity.map(Into::into),
        text: Sensitive::case(record.text),
        instrument: Instrument { name: record.instrument.name, version: record.instrument.version },
        date: record.date,
        covers: record.covers,
    }
}

fn conditions(list: Vec<String>) -> SafetyConditions {
    if list.is_empty() {
        SafetyConditions::None
    } else {
        SafetyConditions::List(list.into_iter().map(Sensitive::case).collect())
    }
}

#[cfg(test)]
mod tests;
