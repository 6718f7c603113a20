//! Traces: which of our spans are traced, and where they go.

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use super::{EXPORT, Error, Settings, resource};

/// The field by which a span says that it is to be traced.
const MARK: &str = "office";

/// Draws the ids of traces, by chance, and exports them if there is a collector. Without one the ids travel all the
/// same, so that logs can be put together. Every call is traced: what an office keeps is not for its partners to say.
pub(super) fn provider(settings: &Settings) -> Result<SdkTracerProvider, Error> {
    let provider = SdkTracerProvider::builder().with_resource(resource()).with_sampler(Sampler::AlwaysOn);
    let Some(at) = &settings.otlp else { return Ok(provider.build()) };
    let exporter = SpanExporter::builder().with_tonic().with_endpoint(at.to_string()).with_timeout(EXPORT).build();
    let exporter = exporter.map_err(|_| Error::Collector(at.clone()))?;
    Ok(provider.with_batch_exporter(exporter).build())
}

/// Traces the spans that name their office, and nothing else: no span of a library, and no line of the log, which has a
/// reader of its own.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(super::SERVICE))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
        .with_filter(filter_fn(is_traced))
}

fn is_traced(of: &Metadata<'_>) -> bool {
    of.is_span() && *of.level() <= Level::INFO && of.target().starts_with("zsm") && of.fields().field(MARK).is_some()
}
