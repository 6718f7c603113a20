//! Calls in hand are counted, so that a soft stop waits for them, and a hard one drops them.

use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use tokio_util::task::TaskTracker;
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

use crate::shutdown::Shutdown;

/// The layer.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    calls: TaskTracker,
    shutdown: Shutdown,
}

/// A service behind [`Guard`].
#[derive(Clone, Debug)]
pub(super) struct Guarded<S> {
    inner: S,
    guard: Guard,
}

impl Guard {
    /// Counts on `calls`, drops at the hard stop of `shutdown`.
    pub(super) fn new(calls: TaskTracker, shutdown: Shutdown) -> Self {
        Self { calls, shutdown }
    }
}

impl<S> Layer<S> for Guard {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { inner, guard: self.clone() }
    }
}

impl<S, B> Service<Request<B>> for Guarded<S>
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
        let Guard { calls, shutdown } = &self.guard;
        let answer = shutdown.scissors().run_until_cancelled_owned(self.inner.call(request));
        let answer = calls.track_future(shutdown.tracked(answer));
        Box::pin(async move {
            match answer.await {
                Some(answer) => answer,
                None => Ok(Status::unavailable("the office has stopped").into_http()),
            }
        })
    }
}
