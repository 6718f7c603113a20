//! The shorter of two terms holds.

use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request, Response};
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, ServiceExt, service_fn};

use super::{Deadline, allowed};

#[track_caller]
fn check(header: &'static str, then: Option<Duration>) {
    let headers = HeaderMap::from_iter([("grpc-timeout".parse().unwrap(), HeaderValue::from_static(header))]);
    assert_eq!(allowed(&headers), then, "{header}");
}

#[test]
fn what_a_caller_allows_is_read_in_every_unit() {
    check("2H", Some(Duration::from_secs(7200)));
    check("2M", Some(Duration::from_secs(120)));
    check("2S", Some(Duration::from_secs(2)));
    check("2m", Some(Duration::from_millis(2)));
    check("2u", Some(Duration::from_micros(2)));
    check("99999999n", Some(Duration::from_nanos(99_999_999)));
    for nonsense in ["", "S", "2", "2s", "-2S", "+2S", "123456789S"] {
        check(nonsense, None);
    }
}

async fn outcome(most: Duration, header: &str) -> Code {
    let never = service_fn(|_: Request<()>| pending::<Result<Response<Body>, Infallible>>());
    let request = Request::builder().header("grpc-timeout", header).body(()).unwrap();
    let response = Deadline::new(most).layer(never).oneshot(request).await.unwrap();
    Status::from_header_map(response.headers()).unwrap().code()
}

#[tokio::test]
async fn the_shorter_term_ends_the_call() {
    assert_eq!(outcome(Duration::from_millis(10), "8H").await, Code::DeadlineExceeded);
    assert_eq!(outcome(Duration::from_secs(3600), "10m").await, Code::DeadlineExceeded);
}
