//! `zsm play`: scenario files, each against fresh offices, or against offices that run already.

use super::{House, token};
use crate::config;
use crate::play::{Coverage, Outcome, Player, Scenario, Want, scenario_files};
use crate::remote::Remote;
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
    /// Play against offices that run already: a TOML file with a line `office = "http://127.0.0.1:PORT"` for each. What
    /// wants fresh offices (its own time, registers or lists, an office that stops) is not played, and says so.
    #[arg(long, value_name = "OFFICES", conflicts_with = "coverage")]
    against: Option<PathBuf>,
    /// Tell what came of them in one JSON document: {passed, scenarios: [{file, title, rules, steps, wants, passed}]}.
    #[arg(long)]
    json: bool,
    /// Play nothing; tell which scenarios name which rule, and which rules none does. A number that is no rule is an error.
    #[arg(long, conflicts_with = "json")]
    coverage: bool,
}

impl Play {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let files = scenario_files(&self.files)?;
        if files.is_empty() {
            bail!("there is no scenario file in what was named");
        }
        let scenarios = read(&files)?;
        if self.coverage {
            let coverage = Coverage::of(&scenarios);
            coverage.write(&mut io::stdout().lock())?;
            return Ok(if coverage.strays().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let remote = self.remote(house).await?;
        let player = Player::new()?;
        let mut outcomes = Vec::with_capacity(scenarios.len());
        for scenario in &scenarios {
            let mut out: Box<dyn Write> = if self.json { Box::new(io::sink()) } else { Box::new(io::stdout()) };
            outcomes.push(play(&player, remote.as_ref(), scenario, &mut out).await?);
        }
        // What was not played went neither well nor wrong; something must have been played.
        let mut played = outcomes.iter().filter(|outcome| outcome.wants.is_empty()).peekable();
        let passed = played.peek().is_some() && played.all(|outcome| outcome.passed);
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &json!({"passed": passed, "scenarios": outcomes}))?;
            writeln!(out)?;
        } else {
            write_total(&outcomes, &mut out)?;
        }
        Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// The offices that run already, when they are to be played against.
    async fn remote(&self, house: &House) -> anyhow::Result<Option<Remote>> {
        let Some(file) = &self.against else { return Ok(None) };
        let offices = config::offices(file)?;
        let config = house.config()?.config;
        let issuer = token::issuer_of_running(&config.folder)?;
        Remote::reach(&offices, issuer, config.default_region()).await.map(Some).map_err(|sentence| anyhow!(sentence))
    }
}

/// Every scenario, before any is played; or all that cannot be read.
fn read(files: &[PathBuf]) -> anyhow::Result<Vec<Scenario>> {
    let (scenarios, faults): (Vec<_>, Vec<_>) =
        files.iter().map(|file| Scenario::read_file(file)).partition(Result::is_ok);
    if faults.is_empty() {
        return Ok(scenarios.into_iter().flatten().collect());
    }
    let told = |fault| format!("{:#}", anyhow::Error::new(fault));
    bail!("{}", faults.into_iter().filter_map(Result::err).map(told).collect::<Vec<_>>().join("; "));
}

async fn play(
    player: &Player,
    remote: Option<&Remote>,
    scenario: &Scenario,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let Some(remote) = remote else {
        let stage = Stage::set(scenario).await.map_err(|sentence| anyhow!(sentence))?;
        let outcome = player.play(&stage, scenario, out).await?;
        stage.strike().await;
        return Ok(outcome);
    };
    let wants = Want::of(scenario);
    if wants.is_empty() {
        Ok(player.play(remote, scenario, out).await?)
    } else {
        Ok(Outcome::not_played(scenario, wants, out)?)
    }
}

/// The line below all scenarios.
fn write_total(outcomes: &[Outcome], out: &mut impl Write) -> io::Result<()> {
    let (played, passed_over): (Vec<_>, Vec<_>) = outcomes.iter().partition(|one| one.wants.is_empty());
    let wrong: Vec<&str> = played.iter().filter(|one| !one.passed).map(|one| one.file.as_str()).collect();
    let good = played.len() - wrong.len();
    if wrong.is_empty() {
        let many = if good == 1 { "scenario" } else { "scenario's" };
        let well = if good == 0 { "" } else { ", alles goed" };
        write!(out, "{good} {many} gespeeld{well}")?;
    } else {
        write!(out, "{good} goed, {} anders: {}", wrong.len(), wrong.join(", "))?;
    }
    match passed_over.len() {
        0 => writeln!(out),
        many => writeln!(out, "; {many} niet gespeeld"),
    }
}
