//! `zsm token`: a development token.

use super::House;
use crate::caller;
use anyhow::{anyhow, bail};
use clap::Args;
use jiff::SignedDuration;
use std::path::Path;
use std::process::ExitCode;
use zsm::Region;
use zsm_chassis::{Clock, DevelopmentIssuer};

/// Make a development token. Only offices on this machine accept it.
#[derive(Debug, Args)]
pub(super) struct Token {
    /// Who calls: ORG[@REGION]/ROLE[:PERSON], as in rvdk/adviseur or om@midden/officier:ovj-2. Of the first configured
    /// region when none is named.
    #[arg(long = "as", value_name = "CALLER")]
    caller: String,
    /// For how many minutes it is good.
    #[arg(long, default_value_t = 480, value_name = "MINUTES", value_parser = clap::value_parser!(u16).range(1..=1440))]
    minutes: u16,
}

impl Token {
    pub(super) fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let config = house.config()?.config;
        std::fs::create_dir_all(&config.folder)?;
        let issuer = DevelopmentIssuer::open(&config.folder)?;
        let term = SignedDuration::from_mins(self.minutes.into());
        println!("{}", make(&issuer, &self.caller, &config.default_region(), term)?);
        eprintln!("zsm: DEVELOPMENT TOKEN, made without asking who you are; offices accept it on loopback only");
        Ok(ExitCode::SUCCESS)
    }
}

/// The issuer whose tokens are trusted by offices that were started with a folder.
pub(super) fn issuer_of_running(folder: &Path) -> anyhow::Result<DevelopmentIssuer> {
    if !folder.join("issuer.key").exists() {
        // Making a key here would only move the surprise to an UNAUTHENTICATED later.
        let folder = folder.display();
        bail!(
            "no office was ever started with the folder {folder}; start the offices with `cargo run`, or name theirs with --folder"
        );
    }
    Ok(DevelopmentIssuer::open(folder)?)
}

pub(super) fn make(
    issuer: &DevelopmentIssuer,
    caller: &str,
    default: &Region,
    term: SignedDuration,
) -> anyhow::Result<String> {
    let caller = caller::parse(caller, default).map_err(|sentence| anyhow!(sentence))?;
    Ok(issuer.issue(&caller, Clock::system().now(), term)?)
}
