//! The command line.

mod backup;
mod call;
mod case;
mod completions;
mod config;
mod errands;
mod house;
mod import;
mod play;
mod restore;
mod serve;
mod token;

use clap::{Parser, Subcommand};
use house::House;
use std::ffi::OsString;
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
    /// Look at the configuration: what holds and who said so, or an example of a file.
    Config(config::Config),
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
            Command::Serve => serve::run(&line.house).await,
            Command::Play(play) => play.run(&line.house).await,
            Command::Token(token) => token.run(&line.house),
            Command::Call(call) => call.run(&line.house).await,
            Command::Case(case) => case.run(&line.house).await,
            Command::Errands(errands) => errands.run(&line.house).await,
            Command::Backup(backup) => backup.run(&line.house),
            Command::Restore(restore) => restore.run(&line.house),
            Command::Import(import) => import.run(&line.house).await,
            Command::Config(config) => config.run(&line.house),
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
