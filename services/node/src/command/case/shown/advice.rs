//! What was advised: the three degrees, what weakens them, and who sees it otherwise (D17, lesson 16).

use super::{by, line};
use crate::command::case::words;
use std::io::{self, Write};
use zsm::degree::Dimension;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as om;

/// Every advice in a line, and of the latest what it holds.
pub(super) fn write(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    let Some(latest) = case.advices.last() else { return Ok(()) };
    writeln!(out, "Advies{}", words::advice_standing(case.advice_standing()))?;
    case.advices.iter().try_for_each(|advice| signed(advice, out))?;
    retracted(&latest.rests_on_retracted, "het laatste advies", out)?;
    if let Some(content) = &latest.content {
        degrees(content, out)?;
        disagreements(content, out)?;
    }
    latest.holes.iter().try_for_each(|hole| line(out, "Niet volledig", hole.sentence.trim_end_matches('.')))
}

/// A warning: part of what it rests on was about someone else.
pub(super) fn retracted(items: &[i32], what: &str, out: &mut impl Write) -> io::Result<()> {
    items.iter().try_for_each(|item| {
        line(out, "Let op", &format!("{what} rust op een antwoord dat is teruggetrokken: {}", words::item(*item)))
    })
}

fn signed(advice: &model::Advice, out: &mut impl Write) -> io::Result<()> {
    let mut text = format!("getekend {}", words::moment(advice.signed_at.as_ref()));
    text.push_str(&by(advice.signed_by.as_ref()));
    if advice.reaffirms > 0 {
        text.push_str(&format!("; gelijk aan versie {}", advice.reaffirms));
    }
    if let Some(proposal) = advice.content.as_ref().and_then(|content| content.proposal.as_ref()) {
        text.push_str(&format!("; voorstel: {}", words::route(proposal.route)));
    }
    line(out, &format!("versie {}", advice.version), &text)
}

fn degrees(content: &model::AdviceContent, out: &mut impl Write) -> io::Result<()> {
    let degrees = [
        (Dimension::Acute, &content.acute),
        (Dimension::Structural, &content.structural),
        (Dimension::Complexity, &content.complexity),
    ];
    degrees.into_iter().try_for_each(|(dimension, degree)| {
        let Some(degree) = degree.as_ref().and_then(|one| one.degree.as_ref()) else { return Ok(()) };
        let text = match degree {
            model::degree::Degree::Known(known) => {
                let least = if known.at_least { "ten minste " } else { "" };
                format!("{least}{} ({})", words::level(known.level), known.severity)
            }
            model::degree::Degree::Onbekend(unknown) => format!("niet bekend ({})", unknown.because),
        };
        line(out, "Graad", &format!("{}: {text}", dimension.title().to_lowercase()))
    })
}

fn disagreements(content: &model::AdviceContent, out: &mut impl Write) -> io::Result<()> {
    content.disagreements.iter().try_for_each(|one| {
        let who = match one.voice {
            Some(model::disagreement::Voice::Item(item)) => words::item(item),
            Some(model::disagreement::Voice::Adviser(_)) | None => "de adviseur",
        };
        let what = words::dimension(one.dimension).to_lowercase();
        line(out, "Verschil", &format!("{who} ziet {what} anders dan Veilig Thuis: {}", one.text))
    })
}
