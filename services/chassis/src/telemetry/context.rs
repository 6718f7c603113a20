//! The trace that an act belongs to, as it travels: a W3C `traceparent`, and nothing beside it.
//!
//! It holds two random numbers and a flag. What else the standard lets travel (`tracestate`, baggage) is never read and
//! never sent: it is free text of strangers.

use std::collections::HashMap;

use http::HeaderMap;
use opentelemetry::Context;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, Status, TraceContextExt, TraceId};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tonic::metadata::{Ascii, MetadataValue};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The header.
const HEADER: &str = "traceparent";

/// Where the current span is, to be kept or sent; nothing outside a span that is traced.
pub fn here() -> Option<String> {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&Context::current(), &mut carrier);
    carrier.remove(HEADER)
}

/// The trace that the current span belongs to.
pub(super) fn trace() -> Option<TraceId> {
    let trace = Context::current().span().span_context().trace_id();
    (trace != TraceId::INVALID).then_some(trace)
}

/// Makes a span go on where another one was. Only before it is entered for the first time; what cannot be read begins
/// a trace of its own.
pub fn continues(span: &Span, there: &str) {
    if let Some(there) = read(there) {
        // Where no traces are drawn there is none to go on.
        let _ = span.set_parent(Context::new().with_remote_span_context(there));
    }
}

/// Lets a span refer to another that is not its cause: the act before it. Within one trace there is nothing to refer to.
pub fn links(span: &Span, there: &str) {
    let own = span.context().span().span_context().trace_id();
    if let Some(there) = read(there).filter(|there| there.trace_id() != own) {
        span.add_link(there);
    }
}

/// Gives a span the name under which it is looked for, once it was entered.
pub fn name(span: &Span, name: &str) {
    span.context().span().update_name(name.to_owned());
}

/// Marks a span as gone wrong by our own fault.
pub(crate) fn failed(span: &Span) {
    span.set_status(Status::error(""));
}

/// Sends along where the current span is.
pub fn send<T>(request: &mut tonic::Request<T>) {
    let here: Option<MetadataValue<Ascii>> = here().and_then(|here| here.parse().ok());
    if let Some(here) = here {
        request.metadata_mut().insert(HEADER, here);
    }
}

/// What was sent along.
pub(crate) fn sent(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER)?.to_str().ok()
}

fn read(there: &str) -> Option<SpanContext> {
    let carrier = HashMap::from([(HEADER.to_owned(), there.to_owned())]);
    let read = TraceContextPropagator::new().extract(&carrier);
    let there = read.span().span_context().clone();
    there.is_valid().then_some(there)
}
