//! What a record says about its person, as an answer gives it.

use crate::record::{Involvement, JudgementRecord, Record};
use zsm::household::PersonNumber;
use zsm::judgement::{Instrument, Judged, Judgement, SafetyConditions};
use zsm::outcome::Substance;
use zsm::register::Found;
use zsm::{Item, Sensitive};

/// Nobody was found.
pub(super) fn not_found(person: PersonNumber) -> Found {
    Found { person, known: None, judgement: None, safety_conditions: None }
}

/// What was found about a person.
pub(super) fn found(person: PersonNumber, record: Record, item: Item) -> Found {
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
