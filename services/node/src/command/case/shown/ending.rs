//! How the case ended, each time it did, and what came after.

use super::{advice, by, line};
use crate::command::case::words;
use std::io::{self, Write};
use zsm_proto::pb::om::v1 as om;

/// The decision as it stands.
pub(super) fn decision(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    let Some(one) = &case.decision else { return Ok(()) };
    writeln!(out, "Beslissing")?;
    line(out, "Route", words::route(one.route))?;
    line(out, "Beslist", &format!("{}{}", words::moment(one.at.as_ref()), by(one.by.as_ref())))?;
    if !one.mandate.is_empty() {
        line(out, "Mandaat", &one.mandate)?;
    }
    line(out, "Gelezen advies", &format!("versie {}", one.advice_version))?;
    line(out, "Motivering", &one.motivation)?;
    if !one.deviates_because.is_empty() {
        line(out, "Wijkt af van advies", &one.deviates_because)?;
    }
    advice::retracted(&one.rests_on_retracted, "de beslissing", out)?;
    one.look.iter().filter(|looked| looked.unconfirmed).try_for_each(|looked| {
        let text = format!("{}: gebeld, en nog niet bevestigd", words::subject(&looked.subject));
        line(out, "Let op", &text)
    })
}

/// How it had ended before it was opened again.
pub(super) fn chapters(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.chapters.is_empty() {
        return Ok(());
    }
    writeln!(out, "Eerder geëindigd ({})", case.chapters.len())?;
    case.chapters.iter().try_for_each(|one| {
        let end = match (&one.decision, words::close_reason(one.close_reason)) {
            (Some(decision), _) => {
                let (route, at) = (words::route(decision.route), words::moment(decision.at.as_ref()));
                format!("{route}, {at}{}", by(decision.by.as_ref()))
            }
            (None, Some(reason)) => reason.to_owned(),
            (None, None) => String::new(),
        };
        let decided = one.state() == om::CaseState::Beslist;
        line(out, if decided { "beslist" } else { "gesloten" }, &end)?;
        let why = if one.reason.is_empty() { String::new() } else { format!(": {}", one.reason) };
        line(out, "heropend", &format!("{}{}{why}", words::moment(one.at.as_ref()), by(one.by.as_ref())))
    })
}

/// The news, and what was done about it.
pub(super) fn alerts(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    let news: Vec<&om::Alert> = case.alerts.iter().filter(|alert| !super::is_of_a_signal(alert)).collect();
    if news.is_empty() {
        return Ok(());
    }
    writeln!(out, "Nieuws na het einde ({})", news.len())?;
    for alert in news {
        let exit = alert.answer.as_ref().map(om::AlertAnswer::exit);
        let done = match exit {
            None => "nog niet beantwoord",
            Some(om::AlertExit::Heropend) => "zaak heropend",
            Some(om::AlertExit::BlijftStaan | om::AlertExit::Unspecified) => "beantwoord, zaak blijft staan",
        };
        line(out, words::subject(&alert.subject), &format!("{}; {done}", words::moment(alert.at.as_ref())))?;
    }
    Ok(())
}
