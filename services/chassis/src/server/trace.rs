//! A span for every call: which office, which method, how it ended. Never what was said.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tokio::time::Instant;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service};
use tracing::Instrument;

#[cfg(test)]
mod tests;

/// What a method is called that is none of ours: what a stranger writes does not enter the log.
const UNKNOWN: &str = "unknown";
/// What an office serves beside its own.
const COMMON: [&str; 2] = ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"];

/// The layer.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    office: &'static str,
    services: Arc<[String]>,
}

/// A service under [`Trace`].
#[derive(Clone, Debug)]
pub(super) struct Traced<S> {
    inner: S,
    trace: Trace,
}

impl Trace {
    pub(super) fn new(office: &'static str, services: Vec<String>) -> Self {
        Self { office, services: services.into() }
    }

    /// The method as it may be logged.
    fn method<'a>(&self, path: &'a str) -> &'a str {
        let Some(method) = path.strip_prefix('/') else { return UNKNOWN };
        let Some((service, name)) = method.split_once('/') else { return UNKNOWN };
        let ours = self.services.iter().any(|own| own == service) || COMMON.contains(&service);
        let plain = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if ours && plain { method } else { UNKNOWN }
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

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let method = self.trace.method(request.uri().path());
        let span = tracing::info_span!("rpc", office = self.trace.office, method);
        let begun = Instant::now();
        let answer = span.in_scope(|| self.inner.call(request));
        let traced = async move {
            let answer = answer.await?;
            log(code(&answer), begun);
            Ok(answer)
        };
        Box::pin(traced.instrument(span))
    }
}

/// How a call ended, as far as its head tells: a failed stream says so only in its trailers.
fn code(answer: &Response<Body>) -> Code {
    Status::from_header_map(answer.headers()).map_or(Code::Ok, |status| status.code())
}

fn log(code: Code, begun: Instant) {
    let millis = begun.elapsed().as_millis() as u64;
    match code {
        Code::Ok => tracing::debug!(millis, "answered"),
        Code::Internal | Code::Unknown | Code::DataLoss => tracing::error!(millis, ?code, "failed"),
        _ => tracing::info!(millis, ?code, "refused"),
    }
}
