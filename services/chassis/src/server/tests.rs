//! An office from door to drain, over a pipe and over a socket.

pub(crate) mod probe;

use std::time::Duration;

use tokio::time::timeout;
use tonic::Code;
use tonic_health::ServingStatus;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use super::bind;
use crate::caller::{Caller, SERVICE_ROLE};
use crate::issuer::tests::adviser;
use crate::shutdown::Drained;
use crate::switchboard::{Switchboard, broke};
use crate::telemetry::tests::traced;
use probe::{NAME, Running, call, call_with, health};

const GRACE: Duration = Duration::from_secs(5);

fn loopback() -> std::net::SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

#[tokio::test]
async fn the_same_routes_answer_on_the_pipe_and_on_the_socket() {
    let board = Switchboard::default();
    let listener = bind(loopback()).await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let office = Running::start(&board, Some(listener));
    board.remote("probe-elsewhere", at.parse().unwrap());

    for name in [NAME, "probe-elsewhere"] {
        let channel = board.channel(name);
        assert_eq!(health(&channel, "test.Probe").await.unwrap(), ServingStatus::Serving as i32, "{name}");
        assert_eq!(health(&channel, "").await.unwrap(), ServingStatus::Serving as i32, "{name}");
        assert_eq!(call(&channel, "Who", Some(&office.token())).await.0, Code::Ok, "{name}");
        assert_eq!(call(&channel, "Who", None).await.0, Code::Unauthenticated, "{name}");
        assert_eq!(call(&channel, "Nope", Some("garbage")).await.0, Code::Unauthenticated, "{name}");
    }
    assert_eq!(office.stop(GRACE).await, Drained::Softly);
}

#[tokio::test]
async fn the_service_knows_the_caller_whose_token_was_shown() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let (_, who) = call(&board.channel(NAME), "Who", Some(&office.token())).await;
    assert_eq!(who, "p-4711");
    office.clock.advance(probe::TERM);
    assert_eq!(call(&board.channel(NAME), "Who", Some(&office.token_of_the_start)).await.0, Code::Unauthenticated);
}

#[tokio::test]
async fn a_call_goes_on_the_trace_of_the_office_that_makes_it_and_of_nobody_else() {
    const SENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    traced();
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let service = office.token_of(&Caller { role: SERVICE_ROLE.into(), ..adviser() });
    let (channel, person) = (board.channel(NAME), office.token());
    let headers = [("traceparent", SENT), ("tracestate", "name=Fictief"), ("baggage", "name=Fictief")];
    let where_is = async |token: &str| call_with(&channel, "Where", Some(token), &headers).await.1;
    assert!(where_is(&service).await.contains("0af7651916cd43dd8448eb211c80319c"));
    let own = where_is(&person).await;
    assert!(own.starts_with("00-") && !own.contains("0af7651916cd43dd8448eb211c80319c"), "{own}");
    assert_eq!(call_with(&channel, "Where", None, &headers).await.0, Code::Unauthenticated);
}

#[tokio::test]
async fn an_office_that_cannot_do_its_work_says_so_until_it_can() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let channel = board.channel(NAME);
    for name in ["", "test.Probe"] {
        let request = HealthCheckRequest { service: name.into() };
        let mut watch = HealthClient::new(channel.clone()).watch(request).await.unwrap().into_inner();
        for (able, status) in
            [(true, ServingStatus::Serving), (false, ServingStatus::NotServing), (true, ServingStatus::Serving)]
        {
            office.able.send_replace(able);
            assert_eq!(watch.message().await.unwrap().unwrap().status, status as i32, "{name}");
        }
    }
    assert_eq!(call(&channel, "Who", Some(&office.token())).await.0, Code::Ok);
    office.stop(GRACE).await;
}

#[tokio::test]
async fn a_soft_stop_answers_the_call_in_hand_and_takes_no_other() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let channel = board.channel(NAME);
    let in_hand = office.begin_waiting(&channel).await;

    office.shutdown.soft();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(broke(&health(&channel, "").await.unwrap_err()));
    assert_eq!(health(&channel, "").await.unwrap_err().code(), Code::Unavailable);
    assert!(!in_hand.is_finished());

    office.let_go.notify_one();
    assert_eq!(in_hand.await.unwrap().0, Code::Ok);
    assert_eq!(office.stop(GRACE).await, Drained::Softly);
}

#[tokio::test]
async fn who_watches_the_health_is_told_of_the_drain_and_then_let_go() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let channel = board.channel(NAME);
    let request = HealthCheckRequest { service: "test.Probe".into() };
    let mut watch = HealthClient::new(channel.clone()).watch(request).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status, ServingStatus::Serving as i32);

    let in_hand = office.begin_waiting(&channel).await;
    office.shutdown.soft();
    assert_eq!(watch.message().await.unwrap().unwrap().status, ServingStatus::NotServing as i32);
    office.let_go.notify_one();
    assert_eq!(in_hand.await.unwrap().0, Code::Ok);
    assert!(watch.message().await.unwrap().is_none());
    assert_eq!(office.stop(GRACE).await, Drained::Softly);
}

#[tokio::test]
async fn a_hard_stop_breaks_the_call_in_hand() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let channel = board.channel(NAME);
    let in_hand = office.begin_waiting(&channel).await;

    assert_eq!(office.stop(Duration::from_millis(20)).await, Drained::Hard);
    let (code, _) = timeout(GRACE, in_hand).await.unwrap().unwrap();
    assert_ne!(code, Code::Ok);
    assert!(broke(&health(&channel, "").await.unwrap_err()));
}

#[tokio::test]
async fn a_call_that_broke_is_told_from_one_that_was_answered() {
    let board = Switchboard::default();
    let office = Running::start(&board, None);
    let channel = board.channel(NAME);
    let answered = health(&channel, "unheard of").await.unwrap_err();
    assert_eq!((answered.code(), broke(&answered)), (Code::NotFound, false));
    office.stop(Duration::ZERO).await;
    assert!(broke(&health(&channel, "").await.unwrap_err()));
}

#[tokio::test]
async fn a_taken_port_is_told_in_one_sentence() {
    let taken = bind(loopback()).await.unwrap().local_addr().unwrap();
    let _holder = bind(taken).await.unwrap();
    let said = bind(taken).await.unwrap_err().to_string();
    let port = taken.port();
    assert_eq!(
        said,
        format!(
            "port {port} on 127.0.0.1 is already in use by another process; \
             stop that process or choose another port"
        )
    );
}

#[tokio::test]
async fn a_port_open_to_others_is_refused_before_it_is_opened() {
    let said = bind("0.0.0.0:0".parse().unwrap()).await.unwrap_err().to_string();
    assert!(said.contains("loopback only"), "{said}");

    let open = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
    let board = Switchboard::default();
    let office = Running::start(&board, Some(open));
    assert!(office.served.await.unwrap().unwrap().is_err());
}
