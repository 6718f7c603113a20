//! What is said, and what travels.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tracing::Span;

use super::{LogFormat, Settings, begin, context, logs::filter, page};
use crate::server::bind;
use crate::shutdown::Shutdown;

const THERE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Spans are traced from now on. All tests of this crate share it.
pub(crate) fn traced() {
    begin(&Settings::default()).map(drop).unwrap();
}

fn trace_of(traceparent: &str) -> &str {
    traceparent.split('-').nth(1).unwrap()
}

fn span() -> Span {
    tracing::info_span!(parent: None, "rpc", office = "om")
}

#[test]
fn a_filter_defaults_to_info_and_nonsense_is_refused() {
    let is = |asked: Option<&str>, wanted: &str| {
        let filter = filter(asked).unwrap().to_string();
        let said: BTreeSet<&str> = filter.split(',').collect();
        let silent = "tonic::transport::service::grpc_timeout=off";
        assert_eq!(said, wanted.split(',').chain([silent]).collect(), "{asked:?}");
    };
    is(None, "opentelemetry=warn,info");
    is(Some(" "), "opentelemetry=warn,info");
    is(Some("warn"), "warn");
    assert!(filter(Some("zsm=loud=er")).is_err());
}

#[test]
fn a_log_format_is_one_of_two() {
    assert_eq!("json".parse::<LogFormat>().unwrap(), LogFormat::Json);
    assert_eq!("human".parse::<LogFormat>().unwrap(), LogFormat::Human);
    assert!("xml".parse::<LogFormat>().unwrap_err().to_string().contains("human or json"));
}

#[tokio::test]
async fn setting_up_twice_is_fine_and_ends_without_a_collector() {
    traced();
    begin(&Settings::default()).unwrap().flush().await;
}

#[tokio::test]
async fn what_is_no_collector_is_refused_with_an_address_that_is_one() {
    for wrong in ["https://collector/", "collector:4317", "/collector"] {
        let settings = Settings { otlp: Some(wrong.parse().unwrap()), ..Settings::default() };
        let said = begin(&settings).unwrap_err().to_string();
        assert!(said.contains(&format!("{wrong} is not the address of a collector")), "{said}");
    }
}

#[tokio::test]
async fn a_span_goes_on_where_another_was_and_what_cannot_be_read_begins_anew() {
    traced();
    let span_that_goes_on = span();
    context::continues(&span_that_goes_on, THERE);
    let here = span_that_goes_on.in_scope(context::here).unwrap();
    assert_eq!(trace_of(&here), trace_of(THERE));
    assert_ne!(here, THERE, "a step of its own on the same trace");
    for nonsense in ["", "Fictief", "00-Fictief-b7ad6b7169203331-01", "00-00000000000000000000000000000000-0-01"] {
        let span = span();
        context::continues(&span, nonsense);
        context::links(&span, nonsense);
        let here = span.in_scope(context::here).unwrap();
        assert!(!here.contains("Fictief") && trace_of(&here) != trace_of(THERE), "{here}");
    }
}

#[tokio::test]
async fn a_span_that_names_no_office_is_not_traced() {
    traced();
    assert_eq!(tracing::info_span!(parent: None, "task", name = "serve").in_scope(context::here), None);
    assert_eq!(context::here(), None);
}

#[tokio::test]
async fn a_request_carries_where_it_comes_from_and_nothing_beside_it() {
    traced();
    let mut request = tonic::Request::new(());
    context::send(&mut request);
    assert!(request.metadata().is_empty(), "outside any trace");
    let span = span();
    context::continues(&span, THERE);
    span.in_scope(|| context::send(&mut request));
    let sent = request.metadata().get("traceparent").unwrap().to_str().unwrap();
    assert_eq!((trace_of(sent), request.metadata().len()), (trace_of(THERE), 1));
}

#[tokio::test]
async fn the_page_is_read_under_its_own_path_only() {
    let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let at = listener.local_addr().unwrap();
    let shutdown = Shutdown::new();
    let serving = tokio::spawn(page::serve(listener, shutdown.clone()));
    assert!(said(at, "GET /metrics").await.starts_with("HTTP/1.1 200 OK"));
    assert!(said(at, "GET /").await.starts_with("HTTP/1.1 404"));
    assert!(said(at, "GET /metrics/").await.starts_with("HTTP/1.1 404"));
    assert!(said(at, "POST /metrics").await.starts_with("HTTP/1.1 405"));
    assert!(said(at, "nonsense").await.starts_with("HTTP/1.1 400"));
    shutdown.soft();
    serving.await.unwrap();
}

async fn said(at: SocketAddr, line: &str) -> String {
    let mut connection = TcpStream::connect(at).await.unwrap();
    connection.write_all(format!("{line} HTTP/1.1\r\nHost: here\r\n\r\n").as_bytes()).await.unwrap();
    let mut said = String::new();
    connection.read_to_string(&mut said).await.unwrap();
    said
}
