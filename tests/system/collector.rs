//! A collector of traces and metrics that keeps whatever it is sent, byte for byte, and reads the spans in it.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body_util::combinators::WithTrailers;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::Message;
use tokio::net::TcpListener;

/// What was sent: the path, and the message.
type Taken = Arc<Mutex<Vec<(String, Bytes)>>>;
type Trailers = std::future::Ready<Option<Result<HeaderMap, Infallible>>>;

/// A collector, for as long as its runtime.
pub(crate) struct Collector {
    at: SocketAddr,
    taken: Taken,
}

impl Collector {
    /// A collector that takes everything.
    pub(crate) async fn open() -> Self {
        let (listener, taken) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Taken::default());
        let collector = Self { at: listener.local_addr().unwrap(), taken: Arc::clone(&taken) };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let taken = Arc::clone(&taken);
                let service = service_fn(move |request| take(request, Arc::clone(&taken)));
                let served =
                    http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(connection), service);
                tokio::spawn(served);
            }
        });
        collector
    }

    /// A collector that takes connections and never says a word.
    pub(crate) async fn dumb() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((connection, _)) = listener.accept().await {
                held.push(connection);
            }
        });
        Self { at, taken: Taken::default() }
    }

    /// A collector that is not there.
    pub(crate) async fn gone() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { at: listener.local_addr().unwrap(), taken: Taken::default() }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.at)
    }

    /// Everything that was sent so far, by path.
    pub(crate) fn taken(&self) -> Vec<(String, Bytes)> {
        self.taken.lock().unwrap().clone()
    }

    /// Every span that was sent so far.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let traces = self.taken().into_iter().filter(|(path, _)| path.ends_with("TraceService/Export"));
        let exports = traces.map(|(_, message)| Traces::decode(message).unwrap());
        let scopes = exports.flat_map(|export| export.resources).flat_map(|resource| resource.scopes);
        scopes.flat_map(|scope| scope.spans).collect()
    }

    /// The offices that every trace went through.
    pub(crate) fn offices_by_trace(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut traces: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for span in self.spans() {
            traces.entry(span.trace()).or_default().extend(span.attribute("office"));
        }
        traces
    }
}

async fn take(
    request: Request<Incoming>,
    taken: Taken,
) -> Result<Response<WithTrailers<Full<Bytes>, Trailers>>, hyper::Error> {
    let path = request.uri().path().to_owned();
    let body = request.into_body().collect().await?.to_bytes();
    // One message in a frame: a flag for compression, which nobody asked for, and four bytes of length.
    assert_eq!(body[0], 0, "it is compressed");
    taken.lock().unwrap().push((path, body.slice(5..)));
    let trailers = HeaderMap::from_iter([("grpc-status".parse().unwrap(), HeaderValue::from_static("0"))]);
    let empty = Full::new(Bytes::from_static(&[0; 5])).with_trailers(std::future::ready(Some(Ok(trailers))));
    let mut response = Response::new(empty);
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/grpc"));
    Ok(response)
}

/// `opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest`, as far as it is read here.
#[derive(Clone, PartialEq, Message)]
struct Traces {
    #[prost(message, repeated, tag = "1")]
    resources: Vec<ResourceSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct ResourceSpans {
    #[prost(message, repeated, tag = "2")]
    scopes: Vec<ScopeSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct ScopeSpans {
    #[prost(message, repeated, tag = "2")]
    spans: Vec<Span>,
}

/// A span.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Span {
    #[prost(bytes = "vec", tag = "1")]
    trace_id: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    span_id: Vec<u8>,
    /// What else travelled with the trace.
    #[prost(string, tag = "3")]
    pub(crate) state: String,
    #[prost(bytes = "vec", tag = "4")]
    parent: Vec<u8>,
    /// What it is called.
    #[prost(string, tag = "5")]
    pub(crate) name: String,
    #[prost(message, repeated, tag = "9")]
    attributes: Vec<Attribute>,
    #[prost(message, repeated, tag = "11")]
    events: Vec<Event>,
    #[prost(message, repeated, tag = "13")]
    links: Vec<Link>,
}

#[derive(Clone, PartialEq, Message)]
struct Attribute {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, tag = "2")]
    value: Option<Value>,
}

#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, tag = "1")]
    text: String,
}

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(string, tag = "2")]
    name: String,
}

#[derive(Clone, PartialEq, Message)]
struct Link {
    #[prost(bytes = "vec", tag = "1")]
    trace_id: Vec<u8>,
}

impl Span {
    /// The trace it belongs to.
    pub(crate) fn trace(&self) -> String {
        hex(&self.trace_id)
    }

    /// The traces it refers to.
    pub(crate) fn links(&self) -> Vec<String> {
        self.links.iter().map(|link| hex(&link.trace_id)).collect()
    }

    /// Whether something caused it.
    pub(crate) fn has_cause(&self) -> bool {
        !self.parent.is_empty()
    }

    /// What it says of itself in lines of a log; it should say nothing.
    pub(crate) fn events(&self) -> usize {
        self.events.len()
    }

    /// The keys of all that it says.
    pub(crate) fn keys(&self) -> BTreeSet<&str> {
        self.attributes.iter().map(|attribute| attribute.key.as_str()).collect()
    }

    /// What it says under a key.
    pub(crate) fn attribute(&self, key: &str) -> Option<String> {
        let found = self.attributes.iter().find(|attribute| attribute.key == key)?;
        found.value.as_ref().map(|value| value.text.clone())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
