//! An answer or a dossier as parts, each a text that an official reads (Dutch, B1). Two that differ, differ in some part.

use crate::answer::{Answer, Identifier};
use crate::degree::{Dimension, Level};
use crate::household::PersonNumber;
use crate::judgement::{Judgement, SafetyConditions};
use crate::outcome::Outcome;
use crate::police::{Document, Notice, PoliceRecord};
use std::collections::BTreeMap;

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What came out about a person.
    Outcome(PersonNumber),
    /// What is known about a person, for the advice.
    ForAdvice(PersonNumber),
    /// What is known about a person, for the adviser only.
    ForAdviser(PersonNumber),
    /// What Veilig Thuis judged of a dimension.
    Judged(Dimension),
    /// Veilig Thuis's words on it, with instrument, day and reports.
    Judgement,
    /// Veiligheidsvoorwaarden.
    SafetyConditions,
    /// A partner's own view of a dimension.
    Opinion(Dimension),
    /// Persons whom nobody asked about yet.
    FurtherPersons,
    /// What was searched.
    Searched,
    /// The police dossier.
    Dossier,
    /// The outcome of the LIJ.
    Lij,
    /// The report to Veilig Thuis.
    ReportToVt,
    /// The zorgmelding.
    Zorgmelding,
}

/// The parts of an answer.
pub(super) fn of_answer(answer: &Answer) -> BTreeMap<Part, String> {
    let mut parts = BTreeMap::new();
    for one in &answer.outcomes {
        parts.insert(Part::Outcome(one.person), outcome(&one.outcome));
        if let Some(substance) = one.outcome.substance() {
            parts.insert(Part::ForAdvice(one.person), substance.for_advice.text().to_owned());
            parts.insert(Part::ForAdviser(one.person), substance.for_adviser.text().to_owned());
        }
    }
    for dimension in Dimension::ALL {
        let judged = answer.judgement.as_ref().and_then(|judgement| judgement.level(dimension));
        parts.extend(judged.map(|judged| (Part::Judged(dimension), level(judged).to_owned())));
        let held = answer.opinion.and_then(|opinion| opinion.level(dimension));
        parts.extend(held.map(|held| (Part::Opinion(dimension), level(held).to_owned())));
    }
    parts.extend(answer.judgement.as_ref().map(|one| (Part::Judgement, judgement(one))));
    parts.extend(answer.safety_conditions.as_ref().map(|one| (Part::SafetyConditions, conditions(one))));
    let further = answer.further_persons.iter().map(|one| {
        let identity = one.identity.reveal();
        let named = identity.map(|one| format!("{} {}, {}", one.first_names, one.surname, one.birth.text()));
        let bsn = identity.and_then(|one| one.bsn.as_ref()).map(|bsn| format!(", BSN {}", bsn.digits()));
        let lives = identity.map(|one| format!(", {} {}", one.postcode, one.house_number));
        let remark = one.remark.text();
        format!("{}{}{}: {remark}", named.unwrap_or_default(), bsn.unwrap_or_default(), lives.unwrap_or_default())
    });
    parts.insert(Part::FurtherPersons, further.collect::<Vec<_>>().join("\n"));
    let searched = &answer.searched;
    let by: Vec<&str> = searched.identifiers.iter().map(|one| identifier(*one)).collect();
    let searched = format!(
        "{}, bijgewerkt tot {}, op {}, door {}",
        searched.register,
        searched.as_of,
        by.join(" en "),
        searched.by
    );
    parts.insert(Part::Searched, searched);
    parts
}

/// The parts of what the police brought.
pub(super) fn of_dossier(record: &PoliceRecord) -> BTreeMap<Part, String> {
    let documents = [(Part::Dossier, &record.dossier), (Part::Lij, &record.lij)];
    let notices = [(Part::ReportToVt, &record.report_to_vt), (Part::Zorgmelding, &record.zorgmelding)];
    let documents = documents.into_iter().filter_map(|(part, one)| Some((part, document(one.as_ref()?))));
    let notices = notices.into_iter().filter_map(|(part, one)| Some((part, notice(one.as_ref()?))));
    documents.chain(notices).collect()
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Known(_) => "Bekend.".into(),
        Outcome::NotKnown => "Niet bekend.".into(),
        Outcome::Partly { still_to_come, .. } => format!("Deels bekend. Nog te komen: {}", still_to_come.text()),
        Outcome::TriageRunning { expected, .. } => format!("De triage loopt nog, verwacht {expected}."),
        Outcome::Ambiguous { candidates } => format!("Niet zeker om wie het gaat. Mogelijk: {candidates}."),
        Outcome::Refused { ground } => format!("Geweigerd. Grond: {}", ground.text()),
        Outcome::WrongRegion { region } => format!("Hoort bij een andere regio. {region}"),
    }
}

fn judgement(judgement: &Judgement) -> String {
    let (text, instrument, date, covers) = match judgement {
        Judgement::NoReportKnown => return "Geen melding bekend.".into(),
        Judgement::Judged(judged) => (&judged.text, &judged.instrument, judged.date, &judged.covers),
        Judgement::AcutePart(part) => (&part.text, &part.instrument, part.date, &part.covers),
    };
    let part = if judgement.acute_part().is_some() { "Alleen het acute deel. " } else { "" };
    let covers: Vec<&str> = covers.iter().map(String::as_str).collect();
    let (name, version) = (&instrument.name, &instrument.version);
    format!("{part}{} ({name} {version}, {date}, over {})", text.text(), covers.join(", "))
}

fn conditions(conditions: &SafetyConditions) -> String {
    match conditions {
        SafetyConditions::None => "Geen nodig.".into(),
        SafetyConditions::NotYetJudged => "Nog niet beoordeeld.".into(),
        SafetyConditions::List(list) => list.iter().map(|one| one.text()).collect::<Vec<_>>().join("\n"),
    }
}

fn document(document: &Document) -> String {
    match document {
        Document::Present { reference, summary } => format!("{reference}: {}", summary.text()),
        Document::Absent { because } => format!("Ontbreekt: {}", because.text()),
        Document::Withheld => "OM geeft dit niet vrij.".into(),
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Made { reference, under: None } => format!("Gedaan: {reference}"),
        Notice::Made { reference, under: Some(person) } => format!("Gedaan: {reference}, onder persoon {person}"),
        Notice::NotDue { because, vt_reference } => {
            format!("Niet nodig: {} {}", because.text(), vt_reference.as_deref().unwrap_or_default())
        }
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Geen => "geen",
        Level::Aanwijzingen => "aanwijzingen",
        Level::Vastgesteld => "vastgesteld",
    }
}

fn identifier(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::Bsn => "BSN",
        Identifier::NameAndBirth => "naam en geboortedatum",
        Identifier::Address => "adres",
    }
}
