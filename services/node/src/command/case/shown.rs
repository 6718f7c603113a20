//! A case on a screen: where it stands, who is in it by number, and all that is open. No identity is shown; what officials
//! wrote is shown as they wrote it.

mod advice;
mod beside;
mod ending;
#[cfg(test)]
mod tests;

use super::words;
use std::io::{self, Write};
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as om;

/// Width of the first column.
const LEFT: usize = 22;

/// Writes a case.
pub(super) fn write(case: &om::Case, moments: &[om::Moment], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", case.name)?;
    let closed = words::close_reason(case.close_reason).map(|reason| format!(": {reason}")).unwrap_or_default();
    line(out, "Stand", &format!("{}{closed}", words::state(case.state)))?;
    if !case.explanation.is_empty() {
        line(out, "Toelichting", &case.explanation)?;
    }
    line(out, "Stroom", words::flow(case.flow))?;
    if let Some(lead) = &case.lead {
        line(out, "Leidt", &words::organisation(lead))?;
    }
    line(out, "BVH-nummer", &case.bvh_number)?;
    line(out, "Geregistreerd", &words::moment(case.registered_at.as_ref()))?;
    if case.asr {
        line(out, "Let op", "jongvolwassene: het jeugdstrafrecht kan worden gewogen")?;
    }
    beside::dossier(case, out)?;
    signals(case, out)?;
    beside::custody(case, out)?;
    household(case, out)?;
    items(case, out)?;
    open(case, out)?;
    advice::write(case, out)?;
    ending::decision(case, out)?;
    ending::alerts(case, out)?;
    ending::chapters(case, out)?;
    beside::before(case, out)?;
    beside::siblings(case, out)?;
    beside::calls(case, out)?;
    undelivered(case, out)?;
    timeline(moments, out)
}

/// One line, whatever stands in the text: a screen shows what was decided, and nobody who registers may draw on it.
fn line(out: &mut impl Write, name: &str, text: &str) -> io::Result<()> {
    let plain: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    writeln!(out, "  {name:<LEFT$} {plain}")
}

fn household(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    let Some(household) = &case.household else { return Ok(()) };
    match case.household_version {
        0 => writeln!(out, "Gezin (nog niet bevestigd)")?,
        version => writeln!(out, "Gezin (bevestigd, versie {version})")?,
    }
    for person in &household.persons {
        let roles: Vec<&str> = person.roles.iter().map(|role| words::role(*role)).collect();
        let address = if person.at_address { ", woont op het adres" } else { "" };
        let text = format!("{}{address}", words::relation(person.relation));
        line(out, &format!("{} {}", person.number, roles.join(", ")), &text)?;
    }
    for number in &household.unborn_of {
        line(out, "ongeboren kind", &format!("van persoon {number}"))?;
    }
    Ok(())
}

fn items(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.items.is_empty() {
        return Ok(());
    }
    writeln!(out, "Onderdelen")?;
    for one in &case.items {
        let mut text = words::item_state(one).to_owned();
        if let Some(since) = &one.since {
            text.push_str(&format!(", sinds {}", words::moment(Some(since))));
        }
        if one.latest > 0 {
            text.push_str(&format!(", versie {}", one.latest));
        }
        if let Some(trouble) = words::trouble(one.trouble) {
            text.push_str(&format!("; {trouble}"));
        }
        line(out, words::item(one.item), &text)?;
    }
    Ok(())
}

fn open(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.open.is_empty() {
        return match om::CaseState::try_from(case.state) {
            Ok(om::CaseState::Open) => writeln!(out, "Open: er staat niets open dat u mag zien"),
            _ => Ok(()),
        };
    }
    writeln!(out, "Open ({})", case.open.len())?;
    case.open.iter().try_for_each(|point| writeln!(out, "  - {}", point.sentence))
}

/// What must be done, and whether somebody looked at it: each signal has its alert, in the same order.
fn signals(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.signals.is_empty() {
        return Ok(());
    }
    writeln!(out, "Acute signalen ({})", case.signals.len())?;
    let mut alerts = case.alerts.iter().filter(|alert| is_of_a_signal(alert));
    case.signals.iter().try_for_each(|signal| {
        let warning = signal.warning.clone().unwrap_or_default();
        let situation = if warning.situation.is_empty() { String::new() } else { format!("{} ", warning.situation) };
        let from = signal.by.as_ref().and_then(|by| by.organisation.as_ref());
        let from = from.map(words::organisation).unwrap_or_default();
        // The police see no alerts.
        let done =
            alerts.next().map_or("", |alert| if alert.answer.is_some() { "; bekeken" } else { "; nog niet bekeken" });
        line(out, &from, &format!("{situation}{} ({}{done})", warning.action, words::moment(signal.at.as_ref())))
    })
}

fn is_of_a_signal(alert: &om::Alert) -> bool {
    alert.reason == "ACUUT_SIGNAAL"
}

fn undelivered(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.undelivered.is_empty() {
        return Ok(());
    }
    writeln!(out, "Niet bezorgd ({})", case.undelivered.len())?;
    case.undelivered
        .iter()
        .try_for_each(|one| line(out, words::undelivered(one.kind), words::undelivered_because(one.trouble)))
}

fn timeline(moments: &[om::Moment], out: &mut impl Write) -> io::Result<()> {
    if moments.is_empty() {
        return Ok(());
    }
    writeln!(out, "Verloop")?;
    moments.iter().try_for_each(|one| {
        let by = one.by.as_ref().map(|official| format!(" ({})", official.person)).unwrap_or_default();
        line(out, &words::moment(one.at.as_ref()), &format!("{}{by}", one.sentence.trim_end_matches('.')))
    })
}

/// Who acted, as an opaque id.
fn by(official: Option<&model::Official>) -> String {
    official.map(|one| format!(" door {}", one.person)).unwrap_or_default()
}
