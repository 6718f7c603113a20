//! What the served offices say about themselves, and to whom.

use clap::Args;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;
use tonic::transport::Uri;
use zsm_chassis::telemetry::{LogFormat, Settings};

/// What is said, and to whom.
#[derive(Clone, Debug, Args)]
pub(super) struct Telemetry {
    /// Where the page of metrics listens, on this machine only: an address such as 127.0.0.1:7400, or none. It is the
    /// port before the first one if nothing is said.
    #[arg(long, env = "ZSM_METRICS", value_name = "ADDRESS", global = true)]
    metrics: Option<Page>,
    /// The collector that gets traces and metrics by OTLP over gRPC, such as http://127.0.0.1:4317.
    #[arg(long, env = "ZSM_OTLP", value_name = "URL", global = true)]
    otlp: Option<Uri>,
    /// How logs are written: human, or json with one object a line. RUST_LOG says what is logged.
    #[arg(long, env = "ZSM_LOG_FORMAT", value_name = "FORMAT", default_value = "human", global = true)]
    log_format: LogFormat,
}

/// Where the page of metrics listens.
#[derive(Clone, Copy, Debug)]
enum Page {
    None,
    At(SocketAddr),
}

impl Telemetry {
    /// The settings, for offices from this port on.
    pub(super) fn settings(&self, first_port: u16) -> Settings {
        let before = first_port.checked_sub(1).filter(|port| *port > 0);
        let metrics = match self.metrics {
            Some(Page::None) => None,
            Some(Page::At(address)) => Some(address),
            None => before.map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
        };
        Settings { logs: self.log_format, otlp: self.otlp.clone(), metrics }
    }
}

impl FromStr for Page {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        match given {
            "none" => Ok(Page::None),
            _ => given.parse().map(Page::At).map_err(|_| "an address such as 127.0.0.1:7400 is wanted, or none".into()),
        }
    }
}

#[cfg(test)]
mod tests;
