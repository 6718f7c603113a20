//! `zsm play`: scenario files, each against fresh offices.

use crate::play::{Coverage, Outcome, Player, Scenario, scenario_files};
use crate::stage::Stage;
use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::json;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Play scenario files, each against fresh offices with their own time.
#[derive(Debug, Args)]
pub(super) struct Play {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell what came of them in one JSON document: {passed, scenarios: [{file, title, rules, steps, passed}]}.
    #[arg(long)]
    json: bool,
    /// Play nothing; tell which scenarios name which rule, and which rules none does.
    #[arg(long, conflicts_with = "json")]
    coverage: bool,
}

impl Play {
    pub(super) async fn run(&self) -> anyhow::Result<ExitCode> {
        let files = scenario_files(&self.files)?;
        if files.is_empty() {
            bail!("there is no scenario file in what was named");
        }
        if self.coverage {
            let scenarios = files.iter().map(|file| Scenario::read_file(file)).collect::<Result<Vec<_>, _>>()?;
            Coverage::of(&scenarios).write(&mut io::stdout().lock())?;
            return Ok(ExitCode::SUCCESS);
        }
        let player = Player::new()?;
        let mut outcomes = Vec::with_capacity(files.len());
        for file in &files {
            let scenario = Scenario::read_file(file)?;
            let stage = Stage::set(&scenario).await.map_err(|sentence| anyhow!(sentence))?;
            let outcome = if self.json {
                player.play(&stage, &scenario, &mut io::sink()).await?
            } else {
                player.play(&stage, &scenario, &mut io::stdout().lock()).await?
            };
            stage.strike().await;
            outcomes.push(outcome);
        }
        let passed = outcomes.iter().all(|outcome| outcome.passed);
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &json!({"passed": passed, "scenarios": outcomes}))?;
            writeln!(out)?;
        } else {
            write_total(&outcomes, &mut out)?;
        }
        Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The line below all scenarios.
fn write_total(outcomes: &[Outcome], out: &mut impl Write) -> io::Result<()> {
    let wrong: Vec<&str> = outcomes.iter().filter(|one| !one.passed).map(|one| one.file.as_str()).collect();
    let good = outcomes.len() - wrong.len();
    if wrong.is_empty() {
        let many = if good == 1 { "scenario" } else { "scenario's" };
        writeln!(out, "{good} {many} gespeeld, alles goed")
    } else {
        writeln!(out, "{good} goed, {} anders: {}", wrong.len(), wrong.join(", "))
    }
}
