//! `zsm backup`: the journals as of one moment, in a folder of their own.

use super::House;
use crate::backup;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use zsm_chassis::Clock;

/// Copy the journals, of a node that runs or not, to a folder.
///
/// The four copies are of one moment, for which the offices wait some milliseconds. The development issuer's key is no
/// part of it. A folder that is not finished has no backup.json and another name.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The folder that is made; one that is there must be empty.
    dir: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let manifest = backup::take(&house.config()?.config.folder, &self.dir, Clock::system().now())?;
        for copy in &manifest.offices {
            println!("{:<13} {} facts, {} open errands", copy.office, copy.facts, copy.open_errands);
        }
        println!("{} holds the journals as of {}", self.dir.display(), manifest.taken_at);
        Ok(ExitCode::SUCCESS)
    }
}
