//! Only a verified caller comes in, and only health and reflection are open.

use std::convert::Infallible;

use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, ServiceExt, service_fn};

use super::{Authenticate, show};
use crate::caller::Caller;
use crate::clock::Clock;
use crate::issuer::DevelopmentIssuer;
use crate::issuer::tests::adviser;

const WEIGH: &str = "/zsm.dossier.v1.Dossier/Weigh";

struct Door {
    issuer: DevelopmentIssuer,
    clock: Clock,
}

impl Door {
    fn new() -> Self {
        Self { issuer: DevelopmentIssuer::ephemeral().unwrap(), clock: Clock::driven(Timestamp::UNIX_EPOCH) }
    }

    fn token(&self) -> String {
        self.issuer.issue(&adviser(), self.clock.now(), SignedDuration::from_hours(1)).unwrap()
    }

    /// The status of a call and whom the service behind the door saw.
    async fn call(&self, request: Request<()>) -> (Code, Option<Caller>) {
        let inner = service_fn(|request: Request<()>| async move {
            let mut response: Response<Body> = Status::ok("").into_http();
            if let Some(caller) = request.extensions().get::<Caller>() {
                response.extensions_mut().insert(caller.clone());
            }
            Ok::<_, Infallible>(response)
        });
        let layer = Authenticate::new(self.issuer.verifier(), self.clock.clone());
        let response = layer.layer(inner).oneshot(request).await.unwrap();
        let status = Status::from_header_map(response.headers()).unwrap();
        (status.code(), response.extensions().get().cloned())
    }
}

fn asking(path: &str, authorization: &[&str]) -> Request<()> {
    let mut request = Request::builder().uri(path);
    for value in authorization {
        request = request.header("authorization", *value);
    }
    request.body(()).unwrap()
}

#[tokio::test]
async fn a_verified_caller_is_known_behind_the_door() {
    let door = Door::new();
    for scheme in ["Bearer", "bearer"] {
        let shown = format!("{scheme} {}", door.token());
        assert_eq!(door.call(asking(WEIGH, &[&shown])).await, (Code::Ok, Some(adviser())));
    }
}

#[tokio::test]
async fn what_is_shown_by_show_is_accepted() {
    let door = Door::new();
    let mut request = tonic::Request::new(());
    show(&mut request, &door.token()).unwrap();
    let shown = request.metadata().get("authorization").unwrap().to_str().unwrap().to_owned();
    assert_eq!(door.call(asking(WEIGH, &[&shown])).await.0, Code::Ok);
    assert!(show(&mut request, "a\nb").is_err());
}

#[tokio::test]
async fn without_a_good_token_no_one_comes_in() {
    let door = Door::new();
    let good = format!("Bearer {}", door.token());
    let refused: [&[&str]; 6] = [&[], &["Basic eDp5"], &["Bearer"], &["Bearer "], &["Bearer garbage"], &[&good, &good]];
    for authorization in refused {
        let outcome = door.call(asking(WEIGH, authorization)).await;
        assert_eq!(outcome, (Code::Unauthenticated, None), "{authorization:?}");
    }
    door.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(door.call(asking(WEIGH, &[&good])).await.0, Code::Unauthenticated);
}

#[tokio::test]
async fn health_and_reflection_are_open_and_nothing_that_resembles_them() {
    let door = Door::new();
    for open in ["/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/Foo"] {
        assert_eq!(door.call(asking(open, &[])).await.0, Code::Ok, "{open}");
    }
    for closed in ["/grpc.health.v1.HealthX/Check", "/x/grpc.health.v1.Health/Check", "/grpc.reflectionx/Foo"] {
        assert_eq!(door.call(asking(closed, &[])).await.0, Code::Unauthenticated, "{closed}");
    }
}

#[tokio::test]
async fn a_caller_put_there_by_someone_else_is_no_proof() {
    let mut request = asking("/grpc.health.v1.Health/Check", &[]);
    request.extensions_mut().insert(adviser());
    assert_eq!(Door::new().call(request).await, (Code::Ok, None));
}
