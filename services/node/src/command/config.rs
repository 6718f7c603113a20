//! `zsm config`: the configuration as it holds, and an example.

use super::House;
use clap::{Args, Subcommand};
use std::io::{self, Write};
use std::process::ExitCode;

/// A file in which every setting says what it says by default.
const EXAMPLE: &str = include_str!("../../../../deploy/zsm.example.toml");

/// Look at the configuration.
#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(subcommand)]
    look: Look,
}

#[derive(Debug, Subcommand)]
enum Look {
    /// Print every setting as it holds with who said so, without secrets; or all that is wrong.
    Check,
    /// Print a file with every setting and its default.
    Example,
}

impl Config {
    pub(super) fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let mut out = io::stdout().lock();
        match self.look {
            Look::Check => house.config()?.write(&mut out)?,
            Look::Example => out.write_all(EXAMPLE.as_bytes())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
