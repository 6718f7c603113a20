//! `zsm import`: a register from a file, into the journal of an office that does not run.

mod progress;

use super::House;
use crate::{office, restore};
use anyhow::{Context, anyhow, bail};
use clap::Args;
use progress::Progress;
use std::fs::{File, Metadata};
use std::io::{BufReader, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use zsm::Kind;
use zsm_chassis::Clock;
use zsm_journal::{Journal, OpenError};
use zsm_source::import::{Against, Imported, News, import};

/// Import a register into the journal of an office that does not run.
///
/// The first line of the file is {"name": …, "as_of": …, "records": …}, with how many records follow; each line after it
/// is one person in JSON. The fields stand in tests/scenarios/README.md. Every bad line is named and the good ones are
/// kept, but while a line is bad or missing the register does not say that it is complete until `as_of`, and nobody is
/// removed from it. The same file again changes nothing.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The office: rvdk, reclassering or veilig-thuis.
    #[arg(long, value_name = "NAME")]
    office: String,
    /// Go back to a file that is older than the register.
    #[arg(long)]
    older: bool,
    /// The register, a line per person (NDJSON).
    file: PathBuf,
}

impl Import {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let kind = office::named(&self.office).filter(|kind| *kind != Kind::Om);
        let kind = kind.ok_or_else(|| {
            anyhow!("no office `{}` has a register; choose from rvdk, reclassering, veilig-thuis", self.office)
        })?;
        let folder = house.config()?.config.folder;
        restore::refuse_unfinished(&folder)?;
        let file = File::open(&self.file).with_context(|| format!("{} cannot be opened", self.file.display()))?;
        let journal = match Journal::open(&folder.join(format!("{}.db", kind.slug()))).await {
            Ok(journal) => journal,
            Err(OpenError::Owned { .. }) => {
                bail!("{} is running on this journal; stop that node first (Ctrl-C), then import again", kind.slug())
            }
            Err(error) => return Err(error.into()),
        };
        let bytes = file.metadata().ok().filter(Metadata::is_file).map(|about| about.len());
        let stderr = std::io::stderr();
        let mut progress = Progress::new(stderr.is_terminal(), bytes, stderr);
        let against = Against { office: kind, now: Clock::system().now(), older: self.older };
        let done = import(&journal, BufReader::new(file), against, |news| match news {
            News::Read { lines, bytes } => progress.read(lines, bytes),
            News::Wrong(line, fault) => progress.say(&format!("line {line}: {fault}")),
        })
        .await;
        progress.end();
        journal.close().await;
        let done = done.with_context(|| format!("{} was not imported", self.file.display()))?;
        println!("{}", told(kind, &done));
        Ok(if done.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What came of it, in a line.
fn told(kind: Kind, done: &Imported) -> String {
    let office = kind.slug();
    let mut line = if done.is_unchanged() {
        format!("{office}: unchanged, {} records", done.good)
    } else {
        let same = done.good - done.changed;
        format!("{office}: {} records new or changed, {same} unchanged, {} removed", done.changed, done.removed)
    };
    match done.wrong {
        0 => {}
        1 => line.push_str("; 1 line is bad and left out"),
        many => line.push_str(&format!("; {many} lines are bad and left out")),
    }
    if let Some(announced) = done.announced {
        let found = done.good + done.wrong;
        line.push_str(&format!("; the file says that it has {announced} records and has {found}"));
    }
    if !done.is_sound() {
        line.push_str(", so the register is no further complete than before: mend the file and import it again");
    }
    line
}

#[cfg(test)]
mod tests;
