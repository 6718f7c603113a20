//! A client as an organisation would write one: typed calls over TCP, and the same request again until it is answered.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Response, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use zsm::{Kind, Region};
use zsm_chassis::switchboard::broke;
use zsm_chassis::{Clock, DevelopmentIssuer, authenticate};
use zsm_node::{NAMES, caller};
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::adviser_service_client::AdviserServiceClient;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::om::v1::case_service_client::CaseServiceClient;
use zsm_proto::pb::source::v1 as source;
use zsm_proto::pb::source::v1::source_service_client::SourceServiceClient;

use crate::program::House;

/// How long to go on asking an office that is not there.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long one try may take.
const TERM: Duration = Duration::from_secs(10);
/// How long to wait between tries.
pub(crate) const PAUSE: Duration = Duration::from_millis(15);
/// How long a token is good for.
const TOKEN_TERM: SignedDuration = SignedDuration::from_hours(1);

/// A request that has its RPC.
pub(crate) trait Asked: Clone + Send {
    /// What comes back.
    type Reply: Send;
    /// The name of the RPC.
    const RPC: &'static str;

    /// Sends it.
    fn send(at: Channel, request: Request<Self>) -> impl Future<Output = Result<Response<Self::Reply>, Status>> + Send;
}

/// A request by a person on something that exists: it carries the etag of what was read.
pub(crate) trait Changes: Asked {
    /// What is asked to read the etag.
    type Getter: Asked<Reply: Tagged>;

    /// Reads the thing that is changed.
    fn getter(&self) -> Self::Getter;

    /// The same request with this etag.
    fn tagged(self, etag: String) -> Self;
}

/// A reply with an etag.
pub(crate) trait Tagged {
    /// It.
    fn etag(self) -> String;
}

macro_rules! rpcs {
    ($($client:ident { $($method:ident: $request:ty => $reply:ty,)+ })+) => {
        $($(impl Asked for $request {
            type Reply = $reply;
            const RPC: &'static str = stringify!($method);

            async fn send(at: Channel, request: Request<Self>) -> Result<Response<$reply>, Status> {
                $client::new(at).$method(request).await
            }
        })+)+
    };
}

macro_rules! changes {
    ($($getter:ty => $gives:ty: $($request:ty),+;)+) => {
        $(impl Tagged for $gives {
            fn etag(self) -> String {
                self.etag
            }
        }
        $(impl Changes for $request {
            type Getter = $getter;

            fn getter(&self) -> $getter {
                <$getter>::from_name(&self.name)
            }

            fn tagged(self, etag: String) -> Self {
                Self { etag, ..self }
            }
        })+)+
    };
}

/// A request that only names what it reads.
trait FromName {
    fn from_name(name: &str) -> Self;
}

macro_rules! named {
    ($($getter:ty),+) => {
        $(impl FromName for $getter {
            fn from_name(name: &str) -> Self {
                Self { name: name.to_owned() }
            }
        })+
    };
}

rpcs! {
    CaseServiceClient {
        register_case: om::RegisterCaseRequest => om::RegisterCaseResponse,
        confirm_household: om::ConfirmHouseholdRequest => om::ConfirmHouseholdResponse,
        get_case: om::GetCaseRequest => om::GetCaseResponse,
        get_case_gate: om::GetCaseGateRequest => om::GetCaseGateResponse,
        list_cases: om::ListCasesRequest => om::ListCasesResponse,
        decide_case: om::DecideCaseRequest => om::DecideCaseResponse,
        close_case: om::CloseCaseRequest => om::CloseCaseResponse,
    }
    AdviserServiceClient {
        get_assignment: adviser::GetAssignmentRequest => adviser::GetAssignmentResponse,
        record_own_file: adviser::RecordOwnFileRequest => adviser::RecordOwnFileResponse,
        weigh_answer: adviser::WeighAnswerRequest => adviser::WeighAnswerResponse,
        sign_advice: adviser::SignAdviceRequest => adviser::SignAdviceResponse,
        raise_acute_signal: adviser::RaiseAcuteSignalRequest => adviser::RaiseAcuteSignalResponse,
        deliver_answer: adviser::DeliverAnswerRequest => adviser::DeliverAnswerResponse,
    }
    SourceServiceClient {
        get_question: source::GetQuestionRequest => source::GetQuestionResponse,
        take_up_question: source::TakeUpQuestionRequest => source::TakeUpQuestionResponse,
        answer_question: source::AnswerQuestionRequest => source::AnswerQuestionResponse,
        raise_acute_signal: source::RaiseAcuteSignalRequest => source::RaiseAcuteSignalResponse,
        ask_question: source::AskQuestionRequest => source::AskQuestionResponse,
    }
}

named!(om::GetCaseRequest, adviser::GetAssignmentRequest, source::GetQuestionRequest);

changes! {
    om::GetCaseRequest => om::GetCaseResponse:
        om::ConfirmHouseholdRequest, om::DecideCaseRequest, om::CloseCaseRequest;
    adviser::GetAssignmentRequest => adviser::GetAssignmentResponse:
        adviser::RecordOwnFileRequest, adviser::WeighAnswerRequest, adviser::SignAdviceRequest;
    source::GetQuestionRequest => source::GetQuestionResponse:
        source::TakeUpQuestionRequest, source::AnswerQuestionRequest;
}

/// Everyone at once: each call says as whom it is made.
pub(crate) struct Client {
    channels: BTreeMap<Kind, Channel>,
    issuer: DevelopmentIssuer,
    clock: Clock,
    tokens: Mutex<BTreeMap<&'static str, String>>,
    looks_every: Duration,
    /// How long each call took that was answered, by RPC.
    took: Mutex<Vec<(&'static str, Duration)>>,
    refusals: Mutex<Vec<Status>>,
}

impl Client {
    /// A client of a house; it outlives kills and restarts of the node. Must be made within a runtime.
    pub(crate) fn of(house: &House) -> Self {
        let channel = |kind| {
            let at = format!("http://{}", house.address(kind));
            (kind, Endpoint::from_shared(at).unwrap().connect_timeout(TERM).connect_lazy())
        };
        Self {
            channels: NAMES.map(channel).into(),
            issuer: DevelopmentIssuer::open(&house.folder()).unwrap(),
            clock: Clock::system(),
            tokens: Mutex::default(),
            looks_every: PAUSE,
            took: Mutex::default(),
            refusals: Mutex::default(),
        }
    }

    /// The same, looking this often whether what it waits for is there.
    pub(crate) fn looking_every(self, looks_every: Duration) -> Self {
        Self { looks_every, ..self }
    }

    /// Waits a moment for what must happen by itself.
    pub(crate) async fn pause(&self) {
        tokio::time::sleep(self.looks_every).await;
    }

    /// How long the calls took since this was asked before.
    pub(crate) fn taken(&self) -> Vec<(&'static str, Duration)> {
        std::mem::take(&mut self.took.lock().unwrap())
    }

    /// The line to an office.
    pub(crate) fn channel(&self, at: Kind) -> Channel {
        self.channels[&at].clone()
    }

    /// Now, as the offices see it.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A token for `ORG/ROLE[:PERSON]`.
    pub(crate) fn token(&self, who: &'static str) -> String {
        let make = || {
            self.issuer.issue(&caller::parse(who, &Region::midden()).unwrap(), self.clock.now(), TOKEN_TERM).unwrap()
        };
        self.tokens.lock().unwrap().entry(who).or_insert_with(make).clone()
    }

    /// A token that ended an hour ago.
    pub(crate) fn expired_token(&self, who: &'static str) -> String {
        let then = self.clock.now() - TOKEN_TERM - TOKEN_TERM;
        self.issuer.issue(&caller::parse(who, &Region::midden()).unwrap(), then, TOKEN_TERM).unwrap()
    }

    /// Whether an office says that it is well, asked until it answers or half a minute is over.
    pub(crate) async fn is_well(&self, at: Kind) -> bool {
        self.health(at, "").await == Some(ServingStatus::Serving)
    }

    /// What an office says of the health of a service, asked until it answers or half a minute is over.
    pub(crate) async fn health(&self, at: Kind, service: &str) -> Option<ServingStatus> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE / 2 {
            let asked = HealthCheckRequest { service: service.to_owned() };
            if let Ok(said) = HealthClient::new(self.channel(at)).check(asked).await {
                return Some(said.into_inner().status());
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }

    /// One try.
    pub(crate) async fn once<Q: Asked>(&self, at: Kind, who: &'static str, request: Q) -> Result<Q::Reply, Status> {
        self.with_token(at, &self.token(who), request).await
    }

    /// One try that shows this token.
    pub(crate) async fn with_token<Q: Asked>(&self, at: Kind, token: &str, request: Q) -> Result<Q::Reply, Status> {
        let mut request = Request::new(request);
        authenticate::show(&mut request, token).unwrap();
        self.send(at, request).await
    }

    /// One try that shows no token.
    pub(crate) async fn without_token<Q: Asked>(&self, at: Kind, request: Q) -> Result<Q::Reply, Status> {
        self.send(at, Request::new(request)).await
    }

    async fn send<Q: Asked>(&self, at: Kind, request: Request<Q>) -> Result<Q::Reply, Status> {
        let begun = Instant::now();
        let sent = tokio::time::timeout(TERM, Q::send(self.channel(at), request)).await;
        // Not while it only looks whether something is there yet.
        if matches!(&sent, Ok(Ok(_))) {
            self.took.lock().unwrap().push((Q::RPC, begun.elapsed()));
        }
        let answer = sent.unwrap_or_else(|_| Err(Status::unavailable("no answer"))).map(Response::into_inner);
        answer.inspect_err(|status| self.note(status.clone()))
    }

    /// Keeps what was refused to a call that was made another way.
    pub(crate) fn note(&self, refused: Status) {
        self.refusals.lock().unwrap().push(refused);
    }

    /// Everything that was refused.
    pub(crate) fn refusals(&self) -> Vec<Status> {
        self.refusals.lock().unwrap().clone()
    }

    /// The same request, until the office answers it.
    pub(crate) async fn ask<Q: Asked>(&self, at: Kind, who: &'static str, request: Q) -> Result<Q::Reply, Status> {
        let begun = Instant::now();
        loop {
            match self.once(at, who, request.clone()).await {
                Err(status) if was_not_answered(&status) => {
                    assert!(begun.elapsed() < PATIENCE, "{} does not answer: {status:?}", at.slug());
                    tokio::time::sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    }

    /// The same request, each time with the etag as it is then, until the office answers it otherwise than that
    /// something changed.
    pub(crate) async fn change<Q: Changes>(&self, at: Kind, who: &'static str, request: Q) -> Result<Q::Reply, Status> {
        let begun = Instant::now();
        loop {
            let read = self.ask(at, who, request.getter()).await?;
            match self.ask(at, who, request.clone().tagged(read.etag())).await {
                Err(status) if status.code() == Code::Aborted => {
                    assert!(begun.elapsed() < PATIENCE, "{} keeps changing: {status:?}", at.slug());
                }
                answer => return answer,
            }
        }
    }
}

/// Whether it is unknown what became of a request: then the same is asked again (E4).
fn was_not_answered(status: &Status) -> bool {
    broke(status) || matches!(status.code(), Code::Unavailable | Code::DeadlineExceeded)
}
