//! Who calls is asked once, at the door, for every service of a server.

use std::pin::Pin;
use std::task::{Context, Poll};

use http::header::AUTHORIZATION;
use http::{HeaderMap, Request, Response};
use tonic::body::Body;
use tonic::metadata::{Ascii, MetadataValue};
use tower::{Layer, Service};
use tracing::Span;

use crate::caller::Caller;
use crate::clock::Clock;
use crate::telemetry::context;
use crate::verifier::{Rejected, Verifier};

#[cfg(test)]
mod tests;

/// What anyone may ask: whether the office is there and what it speaks. Neither touches a dossier.
const OPEN: [&str; 2] = ["/grpc.health.v1.Health/", "/grpc.reflection."];

/// The layer: verifies the bearer token and puts the [`Caller`] in the extensions of the request.
#[derive(Clone, Debug)]
pub struct Authenticate {
    verifier: Verifier,
    clock: Clock,
}

/// A service behind [`Authenticate`].
#[derive(Clone, Debug)]
pub struct Authenticated<S> {
    inner: S,
    door: Authenticate,
}

impl Authenticate {
    /// Tokens are held against `verifier`, and their terms against `clock`.
    pub fn new(verifier: Verifier, clock: Clock) -> Self {
        Self { verifier, clock }
    }

    fn admit<B>(&self, request: &mut Request<B>) -> Result<(), Rejected> {
        // What was put there by someone else is no proof.
        request.extensions_mut().remove::<Caller>();
        if is_open(request.uri().path()) {
            return Ok(());
        }
        let caller = self.verifier.verify(bearer(request.headers())?, self.clock.now())?;
        if caller.is_service() {
            go_on(request);
        }
        request.extensions_mut().insert(caller);
        Ok(())
    }
}

impl<S> Layer<S> for Authenticate {
    type Service = Authenticated<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Authenticated { inner, door: self.clone() }
    }
}

impl<S, B> Service<Request<B>> for Authenticated<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match self.door.admit(&mut request) {
            Ok(()) => Box::pin(self.inner.call(request)),
            Err(rejected) => {
                span_of(&request).in_scope(|| tracing::info!(reason = %rejected, "a call was refused at the door"));
                Box::pin(std::future::ready(Ok(tonic::Status::from(rejected).into_http())))
            }
        }
    }
}

/// Shows a token with an outgoing request.
pub fn show<T>(request: &mut tonic::Request<T>, token: &str) -> Result<(), Rejected> {
    let mut shown: MetadataValue<Ascii> = format!("Bearer {token}").parse().map_err(|_| Rejected::Malformed)?;
    // Keeps it out of logs and out of the header compression table.
    shown.set_sensitive(true);
    request.metadata_mut().insert("authorization", shown);
    Ok(())
}

/// The call goes on the trace of the office that makes it. Nobody else is asked: a `traceparent` holds 24 bytes of
/// whatever its sender likes, and ends in every log.
fn go_on<B>(request: &Request<B>) {
    if let Some(there) = context::sent(request.headers()) {
        context::continues(&span_of(request), there);
    }
}

/// The span of a call, as [`Trace`](crate::server) left it.
fn span_of<B>(request: &Request<B>) -> Span {
    request.extensions().get::<Span>().cloned().unwrap_or_else(Span::none)
}

fn is_open(path: &str) -> bool {
    OPEN.iter().any(|open| path.starts_with(open))
}

fn bearer(headers: &HeaderMap) -> Result<&str, Rejected> {
    let mut shown = headers.get_all(AUTHORIZATION).iter();
    let first = shown.next().ok_or(Rejected::Missing)?;
    if shown.next().is_some() {
        return Err(Rejected::Malformed); // two answers to one question
    }
    let first = first.to_str().map_err(|_| Rejected::Malformed)?;
    let (scheme, token) = first.split_once(' ').ok_or(Rejected::Malformed)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(Rejected::Missing) }
}
