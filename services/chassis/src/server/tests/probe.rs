//! A small office to try the machinery on, and how to call it without a contract.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::service::Routes;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tower::{Service, ServiceExt};

use crate::caller::Caller;
use crate::clock::Clock;
use crate::issuer::DevelopmentIssuer;
use crate::issuer::tests::adviser;
use crate::server::{Office, ServeError, serve};
use crate::shutdown::{Drained, Shutdown};
use crate::switchboard::Switchboard;
use crate::telemetry::context;

pub(crate) const NAME: &str = "probe";
pub(crate) const TERM: SignedDuration = SignedDuration::from_hours(1);

/// Says who called (`Who`) or on which trace (`Where`), or waits until it is let go (anything else).
#[derive(Clone)]
struct Probe {
    begun: Arc<Notify>,
    let_go: Arc<Notify>,
}

/// The office while it runs.
pub(crate) struct Running {
    pub(crate) shutdown: Shutdown,
    pub(crate) clock: Clock,
    pub(crate) begun: Arc<Notify>,
    pub(crate) let_go: Arc<Notify>,
    pub(crate) able: watch::Sender<bool>,
    pub(crate) served: JoinHandle<Option<Result<(), ServeError>>>,
    pub(crate) token_of_the_start: String,
    issuer: DevelopmentIssuer,
}

impl NamedService for Probe {
    const NAME: &'static str = "test.Probe";
}

impl Service<Request<Body>> for Probe {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let Self { begun, let_go } = self.clone();
        Box::pin(async move {
            if request.uri().path().ends_with("/Where") {
                return Ok(Status::ok(context::here().unwrap_or_default()).into_http());
            }
            if !request.uri().path().ends_with("/Who") {
                begun.notify_one();
                let_go.notified().await;
            }
            let who = request.extensions().get::<Caller>().map(|caller| caller.person.as_str());
            Ok(Status::ok(who.unwrap_or_default()).into_http())
        })
    }
}

impl Running {
    pub(crate) fn start(board: &Switchboard, listener: Option<TcpListener>) -> Self {
        let issuer = DevelopmentIssuer::ephemeral().unwrap();
        let clock = Clock::driven(Timestamp::UNIX_EPOCH);
        let shutdown = Shutdown::new();
        let probe = Probe { begun: Arc::default(), let_go: Arc::default() };
        let able = watch::Sender::new(true);
        let office = Office {
            name: NAME,
            routes: Routes::new(probe.clone()),
            descriptors: &[],
            services: vec!["test.Probe".into()],
            able: able.subscribe(),
        };
        let serving = serve(office, listener, board.plug(NAME), issuer.verifier(), clock.clone(), shutdown.clone());
        Self {
            served: shutdown.spawn("probe", serving),
            token_of_the_start: issuer.issue(&adviser(), clock.now(), TERM).unwrap(),
            shutdown,
            clock,
            begun: probe.begun,
            let_go: probe.let_go,
            able,
            issuer,
        }
    }

    pub(crate) fn token(&self) -> String {
        self.token_of(&adviser())
    }

    pub(crate) fn token_of(&self, caller: &Caller) -> String {
        self.issuer.issue(caller, self.clock.now(), TERM).unwrap()
    }

    /// Puts a call in hand that lasts until it is let go.
    pub(crate) async fn begin_waiting(&self, channel: &Channel) -> JoinHandle<(Code, String)> {
        let (channel, token) = (channel.clone(), self.token());
        let in_hand = tokio::spawn(async move { call(&channel, "Wait", Some(&token)).await });
        self.begun.notified().await;
        in_hand
    }

    pub(crate) async fn stop(self, grace: Duration) -> Drained {
        let drained = self.shutdown.drained(grace).await;
        if let Some(served) = self.served.await.unwrap() {
            served.unwrap();
        }
        drained
    }
}

/// The status of a call of the probe, and what it said.
pub(crate) async fn call(channel: &Channel, method: &str, token: Option<&str>) -> (Code, String) {
    call_with(channel, method, token, &[]).await
}

/// The same, with headers.
pub(crate) async fn call_with(
    channel: &Channel,
    method: &str,
    token: Option<&str>,
    headers: &[(&str, &str)],
) -> (Code, String) {
    let mut request = Request::post(format!("http://probe/test.Probe/{method}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.header("content-type", "application/grpc").body(Body::empty()).unwrap();
    let status = match channel.clone().oneshot(request).await {
        Ok(response) => Status::from_header_map(response.headers()).unwrap(),
        Err(error) => Status::from_error(error.into()),
    };
    (status.code(), status.message().to_owned())
}

/// What the office says of its health.
pub(crate) async fn health(channel: &Channel, service: &str) -> Result<i32, Status> {
    let request = HealthCheckRequest { service: service.into() };
    let response = HealthClient::new(channel.clone()).check(request).await?;
    Ok(response.into_inner().status)
}
