//! One caller's flood leaves room for another.

use std::convert::Infallible;
use std::future::pending;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Frame;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service, ServiceExt, service_fn};

use super::{CHECK, Share};
use crate::caller::Caller;

fn by(person: &str) -> Caller {
    Caller { organisation: "om".into(), region: "midden".into(), role: "officier".into(), person: person.into() }
}

fn asked(by: Option<Caller>, path: &str) -> Request<()> {
    let mut request = Request::builder().uri(path).body(()).unwrap();
    if let Some(caller) = by {
        request.extensions_mut().insert(caller);
    }
    request
}

/// A reply of which more is to come.
struct Unread;

impl http_body::Body for Unread {
    type Data = bytes::Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Status>>> {
        Poll::Pending
    }
}

async fn answer(share: &Share, by: Option<Caller>, path: &str) -> (Code, Response<Body>) {
    let answers = service_fn(|_: Request<()>| async { Ok::<_, Infallible>(Response::new(Body::new(Unread))) });
    let answer = share.layer(answers).oneshot(asked(by, path)).await.unwrap();
    (Status::from_header_map(answer.headers()).map_or(Code::Ok, |status| status.code()), answer)
}

#[tokio::test]
async fn who_has_a_full_share_in_hand_is_refused_and_another_is_served() {
    let share = Share::of(2);
    let never = service_fn(|_: Request<()>| pending::<Result<Response<Body>, Infallible>>());
    let mut flooded = share.layer(never);
    let in_hand = [(); 2].map(|()| flooded.call(asked(Some(by("a")), "/x")));
    assert_eq!(answer(&share, Some(by("a")), "/x").await.0, Code::ResourceExhausted);
    assert_eq!(answer(&share, Some(by("b")), "/x").await.0, Code::Ok);
    assert_eq!(answer(&share, None, "/x").await.0, Code::Ok);
    drop(in_hand);
    assert_eq!(answer(&share, Some(by("a")), "/x").await.0, Code::Ok);
    assert!(share.in_hand.is_empty(), "who has nothing in hand is forgotten");
}

#[tokio::test]
async fn a_reply_that_is_not_taken_in_keeps_its_place() {
    let share = Share::of(1);
    let (_, reply) = answer(&share, Some(by("a")), "/x").await;
    assert_eq!(answer(&share, Some(by("a")), "/x").await.0, Code::ResourceExhausted);
    drop(reply);
    assert_eq!(answer(&share, Some(by("a")), "/x").await.0, Code::Ok);
}

#[tokio::test]
async fn strangers_share_one_share_and_none_keeps_another_from_asking_whether_the_office_is_well() {
    let share = Share::of(1);
    let (_, _watched) = answer(&share, None, "/grpc.health.v1.Health/Watch").await;
    assert_eq!(answer(&share, None, "/grpc.health.v1.Health/Watch").await.0, Code::ResourceExhausted);
    assert_eq!(answer(&share, None, CHECK).await.0, Code::Ok);
}
