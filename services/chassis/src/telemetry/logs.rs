//! Logs on stderr: lines for a person, or one JSON object a line with the trace it belongs to.

use std::fmt;

use tracing::{Event, Subscriber};
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt::format::{Format, Json, JsonFields, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

use super::{LogFormat, context};

/// The variable that says what is logged.
pub(super) const VARIABLE: &str = "RUST_LOG";

/// What is logged when no one says otherwise; of telemetry itself only what goes wrong.
const DEFAULT: &str = "info,opentelemetry=warn";

/// What is logged.
pub(super) fn filter(asked: Option<&str>) -> Result<EnvFilter, ParseError> {
    let asked = asked.map(str::trim).filter(|asked| !asked.is_empty()).unwrap_or(DEFAULT);
    // It quotes what a stranger wrote in a header.
    Ok(EnvFilter::try_new(asked)?.add_directive("tonic::transport::service::grpc_timeout=off".parse()?))
}

/// Writes what the filter lets through.
pub(super) fn layer<S>(format: LogFormat, filter: EnvFilter) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Human => lines.with_filter(filter).boxed(),
        LogFormat::Json => {
            let json = tracing_subscriber::fmt::format().json().flatten_event(true).with_span_list(false);
            lines.fmt_fields(JsonFields::new()).event_format(Traced(json)).with_filter(filter).boxed()
        }
    }
}

/// JSON that begins with the trace of the span it is said in.
struct Traced(Format<Json>);

impl<S, N> FormatEvent<S, N> for Traced
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, line: &FmtContext<'_, S, N>, mut to: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let Some(trace) = context::trace() else { return self.0.format_event(line, to, event) };
        let mut json = String::new();
        self.0.format_event(line, Writer::new(&mut json), event)?;
        let rest = json.strip_prefix('{').unwrap_or(&json);
        write!(to, "{{\"trace_id\":\"{trace}\",{rest}")
    }
}
