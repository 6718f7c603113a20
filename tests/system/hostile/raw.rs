//! A client that keeps to HTTP/2 and to nothing else: it decides itself what is sent, taken in and dropped.

use bytes::Bytes;
use h2::client::{Builder, ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use http::{HeaderMap, Request};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long an answer may take before the office counts as gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub(super) struct Line {
    requests: SendRequest<Bytes>,
    connection: JoinHandle<Result<(), h2::Error>>,
}

/// How a call ended, by its gRPC status; or why there is none.
pub(super) type Ended = Result<i32, String>;

impl Line {
    /// Connects, and lets the office send this many bytes of an answer unasked.
    pub(super) async fn open(at: SocketAddr, window: u32) -> Result<Self, String> {
        let tcp = TcpStream::connect(at).await.map_err(|error| error.to_string())?;
        let shaken = Builder::new().initial_window_size(window).handshake(tcp);
        let shaken = timeout(PATIENCE, shaken).await.map_err(|_| "no handshake".to_owned())?;
        let (requests, connection) = shaken.map_err(|error| error.to_string())?;
        Ok(Self { requests, connection: tokio::spawn(connection) })
    }

    /// Whether the connection is still there.
    pub(super) fn is_open(&self) -> bool {
        !self.connection.is_finished()
    }

    /// Begins a call; what is said and taken in is for the caller to decide.
    pub(super) async fn begin(
        &mut self,
        path: &str,
        heads: &[(&'static str, String)],
    ) -> Result<(ResponseFuture, SendStream<Bytes>), String> {
        let ready = timeout(PATIENCE, self.requests.clone().ready()).await.map_err(|_| "no room".to_owned())?;
        let mut ready = ready.map_err(|error| error.to_string())?;
        let request = Request::post(format!("http://office{path}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        let request = heads.iter().fold(request, |request, (name, value)| request.header(*name, value));
        ready.send_request(request.body(()).unwrap(), false).map_err(|error| error.to_string())
    }

    /// A whole call with this message.
    pub(super) async fn call(&mut self, path: &str, token: &str, message: &[u8]) -> Ended {
        let (answer, mut said) = self.begin(path, &[("authorization", format!("Bearer {token}"))]).await?;
        said.send_data(framed(message), true).map_err(|error| error.to_string())?;
        ended(answer).await
    }
}

/// A message as gRPC frames it.
pub(super) fn framed(message: &[u8]) -> Bytes {
    let mut framed = vec![0];
    framed.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
    framed.extend(message);
    framed.into()
}

/// How a call ended.
pub(super) async fn ended(answer: ResponseFuture) -> Ended {
    let answer = timeout(PATIENCE, answer).await.map_err(|_| "no answer".to_owned())?;
    let (head, mut body) = answer.map_err(|error| error.to_string())?.into_parts();
    if let Some(status) = status(&head.headers) {
        return Ok(status);
    }
    if head.status != 200 {
        return Err(head.status.to_string());
    }
    while let Some(bytes) = body.data().await {
        let taken = bytes.map_err(|error| error.to_string())?.len();
        body.flow_control().release_capacity(taken).map_err(|error| error.to_string())?;
    }
    let trailers = body.trailers().await.map_err(|error| error.to_string())?.unwrap_or_default();
    status(&trailers).ok_or_else(|| "no status".to_owned())
}

/// An answer of which only the head was taken in; nothing when there is none.
pub(super) async fn head(answer: ResponseFuture) -> Option<(Option<i32>, RecvStream)> {
    let (head, body) = timeout(PATIENCE, answer).await.ok()?.ok()?.into_parts();
    Some((status(&head.headers), body))
}

fn status(heads: &HeaderMap) -> Option<i32> {
    heads.get("grpc-status")?.to_str().ok()?.parse().ok()
}
