//! What every command may say of the house: the flags that are the last layer of the configuration.

use super::Line;
use crate::config::{self, Effective, Entry, Faults, Source};
use clap::{Args, CommandFactory};
use std::path::PathBuf;
use toml::Value;

/// Where the offices are.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct House {
    /// The configuration; zsm.toml is read when none is named and it is there.
    #[arg(long, env = "ZSM_CONFIG", value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Folder of the journals and of the development issuer's key (ZSM_FOLDER) [default: var].
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(super) folder: Option<PathBuf>,
    /// The first of four ports on 127.0.0.1: om, rvdk, reclassering, veilig-thuis (ZSM_FIRST_PORT) [default: 7401].
    #[arg(long, value_name = "PORT", global = true)]
    pub(super) first_port: Option<u16>,
    /// Where the page of metrics of served offices listens, on this machine, or none (ZSM_TELEMETRY__METRICS) [default:
    /// the port before the first one].
    #[arg(long, value_name = "ADDRESS", global = true)]
    pub(super) metrics: Option<String>,
    /// The collector that gets traces and metrics of served offices by OTLP over gRPC, such as http://127.0.0.1:4317
    /// (ZSM_TELEMETRY__OTLP).
    #[arg(long, value_name = "URL", global = true)]
    pub(super) otlp: Option<String>,
    /// How logs of served offices are written: human, or json with one object a line; RUST_LOG says what is logged
    /// (ZSM_TELEMETRY__LOG_FORMAT) [default: human].
    #[arg(long, value_name = "FORMAT", global = true)]
    pub(super) log_format: Option<String>,
}

impl House {
    /// The configuration that holds.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn config(&self) -> Result<Effective, Faults> {
        let folder = self.folder.as_ref().map(|folder| folder.display().to_string().into());
        let first_port = self.first_port.map(|port| i64::from(port).into());
        let text = |said: &Option<String>| said.clone().map(Value::String);
        let said = [
            ("folder", "--folder", folder),
            ("first_port", "--first-port", first_port),
            ("telemetry.metrics", "--metrics", text(&self.metrics)),
            ("telemetry.otlp", "--otlp", text(&self.otlp)),
            ("telemetry.log_format", "--log-format", text(&self.log_format)),
        ];
        let entry = |(key, flag, value): (&str, _, Option<_>)| {
            Some(Entry { key: key.to_owned(), value: value?, source: Source::Flag(flag) })
        };
        // What the command line reads from the environment by itself is no setting.
        let line = Line::command();
        let arguments = line.get_arguments().chain(line.get_subcommands().flat_map(clap::Command::get_arguments));
        let others = arguments.filter_map(|one| Some(one.get_env()?.to_string_lossy().into_owned())).collect();
        let flags = said.into_iter().filter_map(entry).collect();
        config::load(self.config.as_deref(), std::env::vars_os(), &others, flags)
    }

    /// The flags by which another command finds the same offices; nothing for the defaults.
    pub(super) fn flags(&self) -> String {
        let config = self.config.as_ref().map(|file| format!(" --config {}", file.display()));
        let folder = self.folder.as_ref().map(|folder| format!(" --folder {}", folder.display()));
        let first_port = self.first_port.map(|port| format!(" --first-port {port}"));
        [config, folder, first_port].into_iter().flatten().collect()
    }
}
