//! Every call ends in time: in the caller's time if that is shorter than ours.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, Request, Response};
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

#[cfg(test)]
mod tests;

/// The layer. Transport has its own, but that one says CANCELLED, which says nothing of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    most: Duration,
}

/// A service under [`Deadline`].
#[derive(Clone, Debug)]
pub(super) struct Timed<S> {
    inner: S,
    most: Duration,
}

impl Deadline {
    pub(super) fn new(most: Duration) -> Self {
        Self { most }
    }
}

impl<S> Layer<S> for Deadline {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed { inner, most: self.most }
    }
}

impl<S, B> Service<Request<B>> for Timed<S>
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
        let allowed = allowed(request.headers()).map_or(self.most, |asked| asked.min(self.most));
        // Begun here, so that it is over before the transport's own for the same header.
        let over = tokio::time::sleep(allowed);
        let answer = self.inner.call(request);
        Box::pin(async move {
            tokio::select! {
                biased;
                answer = answer => answer,
                () = over => {
                    Ok(Status::deadline_exceeded("the call took longer than it was allowed").into_http())
                }
            }
        })
    }
}

/// What the caller allows; nothing when it says nothing that can be understood.
fn allowed(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get("grpc-timeout")?.to_str().ok()?;
    let (count, unit) = asked.split_at_checked(asked.len().checked_sub(1)?)?;
    if count.len() > 8 || !count.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let count: u64 = count.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(count * 3600)),
        "M" => Some(Duration::from_secs(count * 60)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}
