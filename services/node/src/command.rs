//! The command line.

mod backup;
mod call;
mod case;
mod completions;
mod errands;
mod import;
mod play;
mod restore;
mod serve;
mod telemetry;
mod token;

use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The ZSM assistant: what must be known and weighed before the prosecutor decides.
///
/// Without a command, `zsm` serves: om, rvdk, reclassering and veilig-thuis in one process on loopback, each with its
/// own journal. All data that ship with it are synthetic.
#[derive(Debug, Parser)]
#[command(name = "zsm", version, arg_required_else_help = false)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    house: House,
    #[command(flatten)]
    telemetry: telemetry::Telemetry,
}

/// The folder that is used when none is named.
const FOLDER: &str = "var";
/// The first port that is used when none is named.
const FIRST_PORT: u16 = 7401;

/// Where the offices are.
#[derive(Clone, Debug, Args)]
struct House {
    /// Folder of the journals and of the development issuer's key.
    #[arg(long, env = "ZSM_FOLDER", default_value = FOLDER, value_name = "FOLDER", global = true)]
    folder: PathBuf,
    /// The first of four ports on 127.0.0.1: om, rvdk, reclassering, veilig-thuis.
    #[arg(long, env = "ZSM_FIRST_PORT", default_value_t = FIRST_PORT, value_name = "PORT", global = true)]
    first_port: u16,
}

impl House {
    /// The flags by which another command finds the same offices; nothing for the default.
    fn flags(&self) -> String {
        let mut flags = String::new();
        if self.folder != Path::new(FOLDER) {
            flags.push_str(&format!(" --folder {}", self.folder.display()));
        }
        if self.first_port != FIRST_PORT {
            flags.push_str(&format!(" --first-port {}", self.first_port));
        }
        flags
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start every office and serve until Ctrl-C (this is what `zsm` does by itself).
    Serve,
    /// Play scenario files, each against fresh offices with their own time.
    Play(play::Play),
    /// Make a development token. Only offices on this machine accept it.
    Token(token::Token),
    /// Call one RPC of a running office, with a request in JSON.
    Call(call::Call),
    /// Show a case of the running OM as a person reads it.
    Case(case::Case),
    /// List the calls that offices still have to make, have one tried now, or stop one.
    Errands(errands::Errands),
    /// Copy the journals, of a node that runs or not, to a folder.
    Backup(backup::Backup),
    /// Put a backup in the place of the journals of a node that does not run.
    Restore(restore::Restore),
    /// Import a register into the journal of an office that does not run.
    Import(import::Import),
    /// Print the completions of a shell: bash, zsh or fish.
    Completions(completions::Completions),
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs a command line, of which the first word is the name of the program. Help and a line that cannot be read end the
/// process.
pub fn run_with(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line = Line::parse_from(words);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("no runtime could be started: {error}")),
    };
    let done = runtime.block_on(async {
        match line.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::run(&line.house, &line.telemetry).await,
            Command::Play(play) => play.run().await,
            Command::Token(token) => token.run(&line.house),
            Command::Call(call) => call.run(&line.house).await,
            Command::Case(case) => case.run(&line.house).await,
            Command::Errands(errands) => errands.run(&line.house).await,
            Command::Backup(backup) => backup.run(&line.house),
            Command::Restore(restore) => restore.run(&line.house),
            Command::Import(import) => import.run(&line.house).await,
            Command::Completions(completions) => completions.run(),
        }
    });
    match done {
        Ok(code) => code,
        Err(error) => failed(&format!("{error:#}")),
    }
}

fn failed(sentence: &str) -> ExitCode {
    eprintln!("zsm: {sentence}");
    ExitCode::FAILURE
}
