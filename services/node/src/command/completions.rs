//! `zsm completions`: what a shell needs to complete the command line.

use super::Line;
use clap::{Args, CommandFactory, ValueEnum};
use std::io::{self, Write};
use std::process::ExitCode;

/// Print the completions of a shell, to be kept where that shell looks for them.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

/// The shells that are known.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Completions {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        io::stdout().lock().write_all(&script(self.shell))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn script(shell: Shell) -> Vec<u8> {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    // Into memory first: writing to a pipe that was closed would end in a panic.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Line::command(), "zsm", &mut script);
    script
}

#[cfg(test)]
mod tests {
    //! Every shell learns every command.

    use super::*;

    #[test]
    fn every_shell_learns_every_command() {
        for shell in Shell::value_variants() {
            let script = String::from_utf8(script(*shell)).unwrap();
            for command in Line::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell:?}: {}", command.get_name());
            }
            assert!(script.contains("coverage"), "{shell:?}");
        }
    }
}
