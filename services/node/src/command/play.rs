//! `zsm play`: scenario files, each against fresh offices.

use crate::play::{Player, Scenario, scenario_files};
use crate::stage::Stage;
use anyhow::{anyhow, bail};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Play scenario files, each against fresh offices with their own time.
#[derive(Debug, Args)]
pub(super) struct Play {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Play {
    pub(super) async fn run(&self) -> anyhow::Result<ExitCode> {
        let files = scenario_files(&self.files)?;
        if files.is_empty() {
            bail!("there is no scenario file in what was named");
        }
        let player = Player::new()?;
        let (mut good, mut wrong) = (0_u32, Vec::new());
        for file in &files {
            let scenario = Scenario::read_file(file)?;
            let stage = Stage::set(&scenario).await.map_err(|sentence| anyhow!(sentence))?;
            let outcome = player.play(&stage, &scenario, &mut std::io::stdout().lock()).await?;
            stage.strike().await;
            if outcome.passed {
                good += 1;
            } else {
                wrong.push(scenario.file);
            }
        }
        let mut out = std::io::stdout().lock();
        if wrong.is_empty() {
            let many = if good == 1 { "scenario" } else { "scenario's" };
            writeln!(out, "{good} {many} gespeeld, alles goed")?;
            Ok(ExitCode::SUCCESS)
        } else {
            writeln!(out, "{good} goed, {} anders: {}", wrong.len(), wrong.join(", "))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
