//! The page of metrics: `GET /metrics` over plain HTTP, in the text form that Prometheus reads.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use prometheus::{Encoder, TextEncoder};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::shutdown::Shutdown;

/// How many readers are served at once.
const READERS: usize = 4;
/// How long one reader may take.
const TERM: Duration = Duration::from_secs(10);
/// How long to rest when no connection can be taken, as when the process has too many files open.
const REST: Duration = Duration::from_millis(100);

/// Serves the page until a stop is asked for.
pub async fn serve(listener: TcpListener, shutdown: Shutdown) {
    let room = Arc::new(Semaphore::new(READERS));
    loop {
        let next = async { (Arc::clone(&room).acquire_owned().await, listener.accept().await) };
        let next = tokio::select! {
            () = shutdown.soft_requested() => return,
            next = next => next,
        };
        match next {
            (Ok(place), Ok((connection, _))) => {
                shutdown.spawn("metrics", async move {
                    serve_one(connection).await;
                    drop(place);
                });
            }
            _ => tokio::time::sleep(REST).await,
        }
    }
}

async fn serve_one(connection: TcpStream) {
    let served = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(connection), service_fn(answer));
    // A reader who goes away or dawdles has only himself to blame.
    let _ = tokio::time::timeout(TERM, served).await;
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    if request.uri().path() != "/metrics" {
        return Ok(plain(StatusCode::NOT_FOUND, "there is only /metrics here\n"));
    }
    if request.method() != Method::GET {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "it can only be read\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET"));
        return Ok(refused);
    }
    // Reading the figures may wait for a journal.
    let page = tokio::task::spawn_blocking(page).await;
    Ok(match page {
        Ok(Ok(page)) => plain(StatusCode::OK, page),
        Ok(Err(_)) | Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the metrics cannot be read\n"),
    })
}

fn page() -> prometheus::Result<String> {
    let mut page = Vec::new();
    TextEncoder::new().encode(&prometheus::gather(), &mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    response
}
