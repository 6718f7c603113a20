//! What came of a scenario, as data and as text for the reader.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::expectation::Difference;
use super::scenario::{Action, Scenario, Step};
use super::wants::Want;

/// Widths of the columns.
const OFFICE: usize = 13;
const ACTION: usize = 48;

/// What came of a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Name of the file, without its ending.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// The rules and decisions it shows.
    pub rules: Vec<String>,
    /// What came of each step.
    pub steps: Vec<StepResult>,
    /// What it wants and the offices do not give; then it was not played.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub wants: BTreeSet<Want>,
    /// It was played, and every step went as expected.
    pub passed: bool,
}

/// What came of a step.
#[derive(Clone, Debug, Serialize)]
pub struct StepResult {
    /// From one.
    pub number: usize,
    /// The sentence for the reader.
    pub note: Option<String>,
    /// Who acted: the organisation that calls, or the office that stops or starts.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// How it went.
    pub verdict: Verdict,
    /// Where it was otherwise.
    pub differences: Vec<Difference>,
}

/// How a step went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As expected.
    Ok,
    /// Refused with this reason, or this code where there is no reason, and that was expected.
    RefusedAsExpected(String),
    /// Otherwise than expected.
    Different,
    /// It could not be played; why, in a sentence.
    Broken(String),
    /// An earlier step was not as expected.
    NotPlayed,
}

impl Outcome {
    /// The outcome of a scenario of which every step was played or passed over.
    pub(super) fn new(scenario: &Scenario, steps: Vec<StepResult>) -> Self {
        Self {
            file: scenario.file.clone(),
            title: scenario.title.clone(),
            rules: scenario.rules.clone(),
            wants: BTreeSet::new(),
            passed: steps.iter().all(|step| step.verdict.is_good()),
            steps,
        }
    }

    /// The outcome of a scenario that cannot be played on offices that do not give this; told on `out`.
    pub(crate) fn not_played(scenario: &Scenario, wants: BTreeSet<Want>, out: &mut impl Write) -> io::Result<Self> {
        let steps = scenario.steps.iter().map(|step| StepResult::new(step, Verdict::NotPlayed, Vec::new())).collect();
        write_heading(scenario, out)?;
        let reasons: Vec<String> = wants.iter().map(Want::to_string).collect();
        writeln!(out, "niet gespeeld; dit scenario vraagt {}", reasons.join(", "))?;
        Ok(Self { wants, passed: false, ..Self::new(scenario, steps) })
    }
}

impl StepResult {
    /// The result of `step`.
    pub(super) fn new(step: &Step, verdict: Verdict, differences: Vec<Difference>) -> Self {
        let (actor, action) = match &step.action {
            Action::Call(call) => (organisation(&call.caller), call.method.clone()),
            Action::Until(until) => {
                (organisation(&until.call.caller), format!("{} (tot het klopt)", until.call.method))
            }
            Action::Advance(by) => ("tijd".to_owned(), format!("{by:#} verder")),
            Action::Stop(office) => (office.clone(), "valt stil".to_owned()),
            Action::Start(office) => (office.clone(), "is er weer".to_owned()),
        };
        Self { number: step.number, note: step.note.clone(), actor, action, verdict, differences }
    }
}

impl Verdict {
    /// The step went as expected.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Ok | Self::RefusedAsExpected(_))
    }
}

/// The line above the steps.
pub(super) fn write_heading(scenario: &Scenario, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{} — {}", scenario.file, scenario.title)?;
    if !scenario.rules.is_empty() {
        write!(out, " ({})", scenario.rules.join(", "))?;
    }
    writeln!(out)
}

/// The line of a step that was played, and its differences.
pub(super) fn write_step(step: &StepResult, out: &mut impl Write) -> io::Result<()> {
    if let Some(note) = &step.note {
        writeln!(out, "     {note}")?;
    }
    let dots = ".".repeat(ACTION.saturating_sub(step.action.chars().count()).max(3));
    write!(out, "{:>3}  {:<OFFICE$} {} {dots} ", step.number, step.actor, step.action)?;
    match &step.verdict {
        Verdict::Ok => writeln!(out, "ok")?,
        Verdict::RefusedAsExpected(reason) => writeln!(out, "geweigerd {reason}, zoals verwacht")?,
        Verdict::Different => writeln!(out, "ANDERS")?,
        Verdict::NotPlayed => writeln!(out, "niet gespeeld")?,
        Verdict::Broken(sentence) => writeln!(out, "FOUT\n       {sentence}")?,
    }
    for difference in &step.differences {
        let Difference { path, expected, got } = difference;
        let path = if path.is_empty() { String::new() } else { format!("{path} = ") };
        writeln!(out, "       verwacht  {path}{expected}\n       kreeg     {got}")?;
    }
    Ok(())
}

/// The line below the steps.
pub(super) fn write_footing(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let count = outcome.steps.len();
    let steps = if count == 1 { "stap" } else { "stappen" };
    let Some(at) = outcome.steps.iter().position(|step| !step.verdict.is_good()) else {
        return writeln!(out, "{count} {steps}, goed");
    };
    write!(out, "stap {} van {count} is niet goed", outcome.steps[at].number)?;
    match count - at - 1 {
        0 => writeln!(out),
        1 => writeln!(out, "; de stap daarna is niet gespeeld, want die bouwt hierop voort"),
        rest => writeln!(out, "; de {rest} stappen daarna zijn niet gespeeld, want die bouwen hierop voort"),
    }
}

fn organisation(caller: &str) -> String {
    caller.split(['@', '/']).next().unwrap_or(caller).to_owned()
}
