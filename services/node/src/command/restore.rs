//! `zsm restore`: a backup in the place of the journals.

use super::House;
use crate::restore;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use zsm_chassis::Clock;

/// Put a backup in the place of the journals of a node that does not run.
///
/// Every copy is read from end to end first. The journals that are there are put aside in a folder beside them and never
/// removed. When it is interrupted, no node starts on what is there; run it again.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A folder that `zsm backup` made.
    dir: PathBuf,
}

impl Restore {
    pub(super) fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let folder = house.config()?.config.folder;
        let restored = restore::restore(&self.dir, &folder, Clock::system().now())?;
        println!("{} holds the journals as of {}", folder.display(), restored.taken_at);
        if let Some(aside) = restored.aside {
            println!("what was there before is in {}", aside.display());
        }
        println!("What was acknowledged after that moment is not there: deploy/README.md says who must be told.");
        Ok(ExitCode::SUCCESS)
    }
}
