//! A span and a count for every call: which office, which method, how it ended. Never what was said.

use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use tokio::time::Instant;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service};
use tracing::field::{Empty, debug};
use tracing::{Instrument, Span};

use super::methods::Methods;
use crate::telemetry::context;
use crate::telemetry::metrics::Calls;

/// The layer. It leaves the span of the call among the extensions of the request.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    office: &'static str,
    methods: Methods,
    calls: Calls,
}

/// A service under [`Trace`].
#[derive(Clone, Debug)]
pub(super) struct Traced<S> {
    inner: S,
    trace: Trace,
}

impl Trace {
    pub(super) fn new(office: &'static str, methods: Methods) -> Self {
        Self { office, methods, calls: Calls::of(office) }
    }

    fn ended(&self, method: &str, code: Code, begun: Instant) {
        let took = begun.elapsed();
        let millis = took.as_millis() as u64;
        match code {
            Code::Ok => tracing::debug!(millis, "answered"),
            Code::Internal | Code::Unknown | Code::DataLoss => {
                context::failed(&Span::current());
                tracing::error!(millis, ?code, "failed");
            }
            _ => tracing::info!(millis, ?code, "refused"),
        }
        let span = Span::current();
        span.record("code", debug(code));
        context::name(&span, method);
        self.calls.ended(method, code, took);
    }
}

impl<S> Layer<S> for Trace {
    type Service = Traced<S>;

    fn layer(&self, inner: S) -> Traced<S> {
        Traced { inner, trace: self.clone() }
    }
}

impl<S, B> Service<Request<B>> for Traced<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let trace = self.trace.clone();
        let method = trace.methods.at(request.uri().path()).to_owned();
        let span = tracing::info_span!(
            parent: None, "rpc", otel.kind = "server", office = trace.office, method, code = Empty
        );
        let begun = Instant::now();
        request.extensions_mut().insert(span.clone());
        // Not in the span yet: once it was entered, nobody can say any more which trace it goes on (`Authenticate`).
        let answer = self.inner.call(request);
        let traced = async move {
            let answer = answer.await?;
            trace.ended(&method, code(&answer), begun);
            Ok(answer)
        };
        Box::pin(traced.instrument(span))
    }
}

/// How a call ended, as far as its head tells: a failed stream says so only in its trailers.
fn code(answer: &Response<Body>) -> Code {
    Status::from_header_map(answer.headers()).map_or(Code::Ok, |status| status.code())
}
