//! Every caller has a share of an office, and no more: a flood from one leaves room for the others.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use http::{Request, Response};
use http_body::Frame;
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

use crate::caller::Caller;

#[cfg(test)]
mod tests;

/// How many calls of one caller an office has in hand at once; the next is refused at once. As many as the runner of an
/// office carries side by side, so that no office is refused for its own work. What a caller does not take in counts
/// too: a reply of at most 1 MiB is kept for it.
const IN_HAND: usize = 256;
/// Of a reply that is no larger, transport may keep what was not taken in: of all calls of a connection that is 1 MiB.
const SMALL: usize = 4 * 1024;
/// Asked by those who watch over the office. It answers at once and keeps nothing, so it needs no share, and no stranger
/// can use up the share of all strangers to make a healthy office look ill.
const CHECK: &str = "/grpc.health.v1.Health/Check";

/// The layer. Stands behind the one that finds out who calls; who need not say so are one caller together.
#[derive(Clone, Debug)]
pub(super) struct Share {
    most: usize,
    in_hand: Arc<DashMap<Option<Caller>, usize>>,
}

/// A service behind [`Share`].
#[derive(Clone, Debug)]
pub(super) struct Shared<S> {
    inner: S,
    share: Share,
}

/// A call in hand.
struct Place {
    caller: Option<Caller>,
    share: Share,
}

/// A reply that keeps its place until it was taken in, or nobody waits for it any more.
struct Held {
    body: Body,
    /// The last byte of a message, which goes by itself: transport takes a piece over as soon as there is room for a
    /// byte of it, and lets go of the reply with the last piece. So it lets go when all before that byte was taken in.
    last: Option<Bytes>,
    _place: Place,
}

impl Share {
    pub(super) fn new() -> Self {
        Self::of(IN_HAND)
    }

    fn of(most: usize) -> Self {
        Self { most, in_hand: Arc::default() }
    }

    fn take(&self, caller: Option<Caller>) -> Option<Place> {
        let mut count = self.in_hand.entry(caller.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        drop(count);
        Some(Place { caller, share: self.clone() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.share.in_hand.entry(self.caller.take()) {
            *count.get_mut() -= 1;
            // Who has nothing in hand is forgotten.
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

impl Held {
    /// Keeps the last byte of a large piece back.
    fn keep_last(&mut self, mut piece: Bytes) -> Bytes {
        if piece.len() > SMALL {
            self.last = Some(piece.split_off(piece.len() - 1));
        }
        piece
    }
}

impl http_body::Body for Held {
    type Data = <Body as http_body::Body>::Data;
    type Error = <Body as http_body::Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Some(last) = self.last.take() {
            return Poll::Ready(Some(Ok(Frame::data(last))));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        Poll::Ready(frame.map(|frame| Ok(frame?.map_data(|piece| self.keep_last(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.last.is_none() && self.body.is_end_stream()
    }
}

impl<S> Layer<S> for Share {
    type Service = Shared<S>;

    fn layer(&self, inner: S) -> Shared<S> {
        Shared { inner, share: self.clone() }
    }
}

impl<S, B> Service<Request<B>> for Shared<S>
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

    fn call(&mut self, request: Request<B>) -> Self::Future {
        if request.uri().path() == CHECK {
            return Box::pin(self.inner.call(request));
        }
        let Some(place) = self.share.take(request.extensions().get().cloned()) else {
            let refused = Status::resource_exhausted("too many calls of this caller are in hand; try again later");
            return Box::pin(std::future::ready(Ok(refused.into_http())));
        };
        let answer = self.inner.call(request);
        Box::pin(async move {
            let answer = answer.await?;
            Ok(answer.map(|body| Body::new(Held { body, last: None, _place: place })))
        })
    }
}
