//! Fan-out: how long RvdK takes beyond its slowest source.
//!
//! RvdK is real, with its journal on disk. Its sources take 20 ms and time themselves; OM is a stand-in that notes when
//! a snapshot arrives in which both answers are in, which is after both are durable at RvdK. Noted is
//! that moment minus the start of `CreateAssignment`, minus the slowest source's own time. It holds one call more than goal 3
//! asks for.
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tonic::service::Routes;
use tonic::{Request, Response, Status};
use zsm::name::{AssignmentName, CaseName};
use zsm::{Kind, Region};
use zsm_chassis::{Caller, Clock, DevelopmentIssuer, Ids, Office, Shutdown, Switchboard};
use zsm_clerk::{Policy, Surroundings};
use zsm_journal::Journal;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;

use crate::figures::{Figures, at_share, millis};

const PARTNER: Duration = Duration::from_millis(20);
const ASSIGNMENTS: usize = 96;

/// How long each question took at its source, by assignment.
type Own = Arc<Mutex<HashMap<String, Duration>>>;

/// A source that knows nobody and takes its time.
struct SlowSource(Own);

#[tonic::async_trait]
impl source::source_service_server::SourceService for SlowSource {
    async fn ask_question(
        &self,
        request: Request<source::AskQuestionRequest>,
    ) -> Result<Response<source::AskQuestionResponse>, Status> {
        let begun = Instant::now();
        let question = request.into_inner().question.ok_or_else(|| Status::invalid_argument("question"))?;
        let of_vt = question.item == i32::from(model::ItemKind::VeiligThuis);
        let not_known = |subject: &model::Subject| model::PersonOutcome {
            person: subject.person,
            outcome: Some(model::person_outcome::Outcome::NotKnown(model::NotKnown {})),
        };
        let answer = model::Answer {
            outcomes: question.subjects.iter().map(not_known).collect(),
            searched: Some(model::Searched {
                identifiers: vec![model::IdentifierKind::Bsn.into()],
                register: "bench".into(),
                as_of: Some(zsm_proto::instant(Timestamp::UNIX_EPOCH)),
                by: "bench".into(),
            }),
            judgement: of_vt.then_some(model::Judgement {
                judgement: Some(model::judgement::Judgement::NoReportKnown(model::NoReportKnown {})),
            }),
            safety_conditions: of_vt.then_some(model::SafetyConditions {
                state: Some(model::safety_conditions::State::None(model::NoSafetyConditions {})),
            }),
            further_persons: Vec::new(),
            opinion: None,
        };
        tokio::time::sleep(PARTNER).await;
        let mut own = self.0.lock().unwrap();
        let slowest = own.entry(question.assignment).or_default();
        *slowest = (*slowest).max(begun.elapsed());
        drop(own);
        let answered = source::AnsweredReply { version: 1, answer: Some(answer) };
        let reply = Some(source::ask_question_response::Reply::Answered(answered));
        Ok(Response::new(source::AskQuestionResponse { reply }))
    }

    async fn list_questions(
        &self,
        _: Request<source::ListQuestionsRequest>,
    ) -> Result<Response<source::ListQuestionsResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn get_question(
        &self,
        _: Request<source::GetQuestionRequest>,
    ) -> Result<Response<source::GetQuestionResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn take_up_question(
        &self,
        _: Request<source::TakeUpQuestionRequest>,
    ) -> Result<Response<source::TakeUpQuestionResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn answer_question(
        &self,
        _: Request<source::AnswerQuestionRequest>,
    ) -> Result<Response<source::AnswerQuestionResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn confirm_answer_current(
        &self,
        _: Request<source::ConfirmAnswerCurrentRequest>,
    ) -> Result<Response<source::ConfirmAnswerCurrentResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn raise_acute_signal(
        &self,
        _: Request<source::RaiseAcuteSignalRequest>,
    ) -> Result<Response<source::RaiseAcuteSignalResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn notify_decision(
        &self,
        _: Request<source::NotifyDecisionRequest>,
    ) -> Result<Response<source::NotifyDecisionResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn retract_answer(
        &self,
        _: Request<source::RetractAnswerRequest>,
    ) -> Result<Response<source::RetractAnswerResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn note_telephone_answer(
        &self,
        _: Request<source::NoteTelephoneAnswerRequest>,
    ) -> Result<Response<source::NoteTelephoneAnswerResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn confirm_telephone_answer(
        &self,
        _: Request<source::ConfirmTelephoneAnswerRequest>,
    ) -> Result<Response<source::ConfirmTelephoneAnswerResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }

    async fn withdraw_question(
        &self,
        _: Request<source::WithdrawQuestionRequest>,
    ) -> Result<Response<source::WithdrawQuestionResponse>, Status> {
        Err(Status::unimplemented("bench"))
    }
}

/// Takes in whatever RvdK tells OM, and notes when both answers are in.
#[derive(Clone)]
struct NotesArrival(mpsc::UnboundedSender<(String, Instant)>);

impl<B: Send + 'static> tower::Service<http::Request<B>> for NotesArrival
where
    B: tonic::codegen::Body<Data = bytes::Bytes> + Unpin,
    B::Error: std::fmt::Debug,
{
    type Response = http::Response<tonic::body::Body>;
    type Error = std::convert::Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let sender = self.0.clone();
        Box::pin(async move {
            let body = http_body_util::BodyExt::collect(request.into_body()).await.unwrap().to_bytes();
            // Five bytes of gRPC framing stand before the message.
            let report: om::ReportProgressRequest = prost::Message::decode(body.slice(5..)).unwrap();
            let snapshot = report.snapshot.unwrap_or_default();
            let is_in = |item: &&model::ItemProgress| item.state == i32::from(model::ItemState::Ontvangen);
            let asked = [model::ItemKind::VeiligThuis.into(), model::ItemKind::Oudercheck.into()];
            if snapshot.items.iter().filter(is_in).filter(|item| asked.contains(&item.item)).count() == 2 {
                let _ = sender.send((snapshot.assignment, Instant::now()));
            }
            let empty = bytes::Bytes::from_static(&[0, 0, 0, 0, 0]);
            let mut reply = http::Response::new(tonic::body::Body::new(http_body_util::Full::new(empty)));
            reply.headers_mut().insert("content-type", http::HeaderValue::from_static("application/grpc"));
            reply.headers_mut().insert("grpc-status", http::HeaderValue::from_static("0"));
            Ok(reply)
        })
    }
}

impl tonic::server::NamedService for NotesArrival {
    const NAME: &'static str = om::case_service_server::SERVICE_NAME;
}

/// Has so many assignments of RvdK asked out at once, and notes how long that took beyond the slowest source.
pub(crate) async fn measure(place: &Path, concurrent: usize, figures: &mut Figures) {
    let folder = tempfile::tempdir_in(place).unwrap();
    let around = Surroundings {
        clock: Clock::system(),
        ids: Ids::system(),
        switchboard: Switchboard::default(),
        issuer: DevelopmentIssuer::ephemeral().unwrap(),
        shutdown: Shutdown::new(),
        policy: Policy::default(),
    };
    let own: Own = Arc::default();
    let (sender, mut arrivals) = mpsc::unbounded_channel();
    plug(&around, "om", Routes::new(NotesArrival(sender)));
    for kind in [Kind::VeiligThuis, Kind::Reclassering] {
        let slow = source::source_service_server::SourceServiceServer::new(SlowSource(Arc::clone(&own)));
        plug(&around, kind.slug(), Routes::new(slow));
    }
    let journal = Journal::open(&folder.path().join("rvdk.db")).await.unwrap();
    let rvdk = zsm_rvdk::build(journal.clone(), &around);
    around.shutdown.spawn("errands", rvdk.runner.clone().run(around.shutdown.clone()));
    plug(&around, "rvdk", rvdk.office.routes);

    let channel = around.switchboard.channel("rvdk");
    let mut beyond = Vec::new();
    // The first turns warm up and do not count.
    for turn in 0..=ASSIGNMENTS / concurrent {
        let mut begun = HashMap::new();
        for _ in 0..concurrent {
            let create = assignment();
            let name = create.name.clone();
            let request = signed(&around, create);
            let mut client = adviser::adviser_service_client::AdviserServiceClient::new(channel.clone());
            begun.insert(name, Instant::now());
            tokio::spawn(async move { client.create_assignment(request).await.unwrap() });
        }
        while !begun.is_empty() {
            let (name, at) = arrivals.recv().await.unwrap();
            // Later snapshots of the same assignment say the same again.
            let Some(start) = begun.remove(&name) else { continue };
            let slowest = own.lock().unwrap().get(&name).copied().unwrap_or_default();
            if turn > 0 {
                beyond.push((at - start).saturating_sub(slowest));
            }
        }
    }
    figures.note("fan-out beyond the slowest source p50, ms", concurrent, millis(at_share(&beyond, 50)));
    figures.note("fan-out beyond the slowest source p99, ms", concurrent, millis(at_share(&beyond, 99)));
    around.shutdown.drained(Duration::ZERO).await;
    journal.close().await;
}

fn plug(around: &Surroundings, name: &'static str, routes: Routes) {
    let (descriptors, able) = (zsm_proto::DESCRIPTORS, tokio::sync::watch::Sender::new(true).subscribe());
    let office = Office { name, routes, descriptors, services: Vec::new(), able };
    let (pipes, verifier) = (around.switchboard.plug(name), around.issuer.verifier());
    let serving = zsm_chassis::serve(office, None, pipes, verifier, around.clock.clone(), around.shutdown.clone());
    around.shutdown.spawn("serve", serving);
}

fn assignment() -> adviser::CreateAssignmentRequest {
    let case = CaseName::new(Ids::system().draw());
    let organisation = |kind: Kind| Some((&zsm::Organisation::new(kind, Region::midden())).into());
    let person = |number, bsn: &str, birth: &str, role: model::PersonRole, relation: model::Relation| model::Person {
        number,
        identity: Some(model::Identity { bsn: bsn.into(), birth_date: birth.into(), ..model::Identity::default() }),
        roles: vec![role.into()],
        relation: relation.into(),
        at_address: true,
        further_person: None,
        ..model::Person::default()
    };
    let asked = |item: model::ItemKind, persons: &[u32]| model::Requirement {
        item: item.into(),
        subjects: persons.iter().map(|person| model::AskedPerson { person: *person, age_uncertain: false }).collect(),
        reference_person: 0,
        unborn: false,
    };
    let (suspect, parent) = (model::PersonRole::Verdachte, model::PersonRole::Betrokkene);
    adviser::CreateAssignmentRequest {
        request_id: Ids::system().draw().to_string(),
        name: AssignmentName::derive(case, 1).to_string(),
        case: case.to_string(),
        earlier: 0,
        lead: organisation(Kind::Rvdk),
        principal: organisation(Kind::Om),
        brief: Some(adviser::Brief {
            version: 1,
            household_version: 1,
            flow: model::Flow::A.into(),
            household: Some(model::Household {
                persons: vec![
                    person(1, "999990044", "2011-04-02", suspect, model::Relation::Zelf),
                    person(2, "999990056", "1982-07-15", parent, model::Relation::Ouder),
                ],
                unborn_of: Vec::new(),
            }),
            required: Some(model::RequiredSet {
                items: vec![asked(model::ItemKind::VeiligThuis, &[1, 2]), asked(model::ItemKind::Oudercheck, &[2])],
                rule_set: 1,
                day: "2026-11-20".into(),
            }),
            hg_km: false,
            arrested: true,
            police: Some(model::PoliceRecord::default()),
            dossier_version: 0,
            incident: String::new(),
        }),
    }
}

fn signed<T>(around: &Surroundings, message: T) -> Request<T> {
    let caller = Caller {
        organisation: "om".into(),
        region: "midden".into(),
        role: "dienst".into(),
        person: "regel:bench".into(),
    };
    let token = around.issuer.issue(&caller, around.clock.now(), SignedDuration::from_mins(5)).unwrap();
    let mut request = Request::new(message);
    zsm_chassis::authenticate::show(&mut request, &token).unwrap();
    request
}
