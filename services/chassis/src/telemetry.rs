//! What the process says about itself: logs on stderr, traces and metrics to a collector, metrics on a page.
//!
//! Only this crate names OpenTelemetry. What others see of it: [`Settings`] to begin with, [`context`] to carry a trace
//! along, [`metrics`] to have figures read. Nothing here waits for a collector, and nothing carries more than names from
//! closed lists, numbers and random ids.

pub mod context;
mod logs;
pub mod metrics;
pub mod page;
mod traces;

use std::net::SocketAddr;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use http::Uri;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkError;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[cfg(test)]
pub(crate) mod tests;

/// What the process is called at a collector.
const SERVICE: &str = "zsm";
/// How long one export may take.
const EXPORT: Duration = Duration::from_secs(3);
/// How long the last export may hold up the end of the process, a collector that is dead or not.
const FLUSH: Duration = Duration::from_secs(3);

/// What is said, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How logs are written.
    pub logs: LogFormat,
    /// The collector that gets traces and metrics by OTLP over gRPC; nothing to send none.
    pub otlp: Option<Uri>,
    /// Where the page of metrics listens; nothing to have none.
    pub metrics: Option<SocketAddr>,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person.
    #[default]
    Human,
    /// One JSON object a line, with the trace it belongs to.
    Json,
}

/// A log format that does not exist.
#[derive(Debug, thiserror::Error)]
#[error("there is no log format of that name; choose human or json")]
pub struct NoSuchFormat;

/// Why the process cannot say what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The environment asks for something that is not a log filter.
    #[error("the environment variable RUST_LOG is not a log filter; something like `info,zsm=debug` is")]
    Filter(#[source] ParseError),
    /// The collector cannot be called.
    #[error("{0} is not the address of a collector; something like http://127.0.0.1:4317 is")]
    Collector(Uri),
    /// The page of metrics cannot be made.
    #[error("the page of metrics cannot be made")]
    Page(#[source] OTelSdkError),
}

/// What was begun, to be flushed when the process ends.
#[derive(Debug)]
#[must_use = "what was not sent yet is lost unless it is flushed"]
pub struct Telemetry {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
}

/// Begins to say what the settings and `RUST_LOG` ask for. Must be called within a tokio runtime, and before an office
/// is served. Where logging was already set up it stays as it is.
///
/// # Errors
/// A log filter or a collector that cannot be.
pub fn begin(settings: &Settings) -> Result<Telemetry, Error> {
    let filter = logs::filter(std::env::var(logs::VARIABLE).ok().as_deref()).map_err(Error::Filter)?;
    if let Some(other) = settings.otlp.as_ref().filter(|at| at.scheme_str() != Some("http")) {
        return Err(Error::Collector(other.clone()));
    }
    let traces = traces::provider(settings)?;
    let metrics = metrics::provider(settings)?;
    let said = tracing_subscriber::registry().with(logs::layer(settings.logs, filter)).with(traces::layer(&traces));
    // The only error is that someone was here before, which is fine.
    let _ = said.try_init();
    opentelemetry::global::set_meter_provider(metrics.clone());
    Ok(Telemetry { traces, metrics })
}

impl Telemetry {
    /// Sends what is left, for 3 s at most.
    pub async fn flush(self) {
        let (done, flushed) = tokio::sync::oneshot::channel();
        // A thread of its own, for the last export blocks, and that of metrics knows no bound of less than 5 s.
        let begun = thread::Builder::new().name("telemetry-flush".to_owned()).spawn(move || {
            thread::scope(|both| {
                both.spawn(|| self.traces.shutdown_with_timeout(FLUSH));
                both.spawn(|| self.metrics.shutdown());
            });
            done.send(()).ok();
        });
        if begun.is_ok() && tokio::time::timeout(FLUSH, flushed).await.is_err() {
            tracing::warn!("the collector did not take the last traces and metrics in time");
        }
    }
}

impl FromStr for LogFormat {
    type Err = NoSuchFormat;

    fn from_str(name: &str) -> Result<Self, NoSuchFormat> {
        match name {
            "human" => Ok(LogFormat::Human),
            "json" => Ok(LogFormat::Json),
            _ => Err(NoSuchFormat),
        }
    }
}

fn resource() -> Resource {
    Resource::builder().with_service_name(SERVICE).build()
}
