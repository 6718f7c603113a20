//! `zsm.adviser.v1.AdviserService`: each RPC straight down — permit, read, command, reply.

use crate::law::{Assignments, shelf};
use crate::shown;
use tonic::{Request, Response, Status};
use zsm::assignment::{Brief, Command};
use zsm::advice::Content;
use zsm::answer::Answer;
use zsm::authority::{Act, Permit};
use zsm::name::{AssignmentName, CaseName, QuestionName};
use zsm::refusal::{Forbidden, Refusal};
use zsm::weighing::Line;
use zsm::{Item, Kind, Organisation, Sensitive};
use zsm_clerk::{Clerk, Law, No, Page, Performed, etag, permit};
use zsm_proto::pb::adviser::v1 as pb;
use zsm_proto::pb::adviser::v1::adviser_service_server::AdviserService;
use zsm_proto::{Read, Reported, Writes, read};

/// The service of one office.
#[derive(Debug)]
pub(crate) struct Api {
    kind: Kind,
    clerk: Clerk<Assignments>,
}

type State = <Assignments as Law>::State;
type Reply<T> = Result<Response<T>, Status>;

impl Api {
    pub(crate) fn new(kind: Kind, clerk: Clerk<Assignments>) -> Self {
        Self { kind, clerk }
    }

    /// Performs the command of a request, and gives its reply.
    async fn write<Q, R>(
        &self,
        request: &Q,
        permit: &Permit,
        name: AssignmentName,
        command: Command,
        reply: impl Fn(&Performed<State>) -> R,
    ) -> Reply<R>
    where
        Q: Writes,
        R: prost::Message + Default,
    {
        let done = self.clerk.write(request, permit, name.to_string(), command, reply).await;
        done.map(Response::new).map_err(|no| no.status(&name.to_string()))
    }

    /// An assignment of the caller's own organisation (D31).
    async fn own(&self, permit: &Permit, name: AssignmentName) -> Result<Performed<State>, No> {
        let read = self.clerk.read(&name.to_string()).await?;
        let assignment = read.state.as_ref().as_ref().ok_or(Refusal::NotFound)?;
        let own = permit.actor().is_of(&assignment.lead);
        if own { Ok(read) } else { Err(Refusal::Forbidden(Forbidden::Organisation).into()) }
    }

    async fn list(
        &self,
        permit: &Permit,
        request: &pb::ListAssignmentsRequest,
    ) -> Result<pb::ListAssignmentsResponse, No> {
        let shelf = shelf(&permit.actor().organisation, false);
        let page = Page::of(self.clerk.journal(), &shelf, request.page_size, &request.page_token).await?;
        let mut assignments = Vec::with_capacity(page.streams.len());
        for stream in page.streams {
            let read = self.clerk.read(&stream).await?;
            assignments.extend(read.state.as_deref().map(shown::in_short));
        }
        Ok(pb::ListAssignmentsResponse { assignments, next_page_token: page.next })
    }
}

#[tonic::async_trait]
impl AdviserService for Api {
    async fn get_assignment(&self, request: Request<pb::GetAssignmentRequest>) -> Reply<pb::GetAssignmentResponse> {
        let permit = permit(&request, Act::GetAssignment)?;
        let name: AssignmentName = parse(request.into_inner())?;
        let read = self.own(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        let assignment = read.state.as_deref().map(shown::in_full);
        Ok(Response::new(pb::GetAssignmentResponse { assignment, etag: etag_of(&read) }))
    }

    async fn list_assignments(
        &self,
        request: Request<pb::ListAssignmentsRequest>,
    ) -> Reply<pb::ListAssignmentsResponse> {
        let permit = permit(&request, Act::ListAssignments)?;
        let page = self.list(&permit, request.get_ref()).await;
        page.map(Response::new).map_err(|no| no.status(""))
    }

    async fn record_own_file(&self, request: Request<pb::RecordOwnFileRequest>) -> Reply<pb::RecordOwnFileResponse> {
        let permit = permit(&request, Act::RecordOwnFile)?;
        let request = request.into_inner();
        let (name, answer): (AssignmentName, Answer) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let track = done.state.as_ref().as_ref().and_then(|one| one.tracks.get(&Item::EigenOnderzoek));
            let version = track.and_then(|track| track.latest()).map_or(0, |latest| latest.version);
            pb::RecordOwnFileResponse { etag: etag_of(done), version }
        };
        self.write(&request, &permit, name, Command::RecordOwnFile(Box::new(answer)), reply).await
    }

    async fn weigh_answer(&self, request: Request<pb::WeighAnswerRequest>) -> Reply<pb::WeighAnswerResponse> {
        type Parts = (AssignmentName, Item, u32, Sensitive<String>, Vec<Line>);
        let permit = permit(&request, Act::WeighAnswer)?;
        let request = request.into_inner();
        let (name, item, version, reason, lines): Parts = parse(request.clone())?;
        let command = Command::Weigh { item, version, reason, lines };
        let reply = |done: &Performed<State>| pb::WeighAnswerResponse { etag: etag_of(done) };
        self.write(&request, &permit, name, command, reply).await
    }

    async fn sign_advice(&self, request: Request<pb::SignAdviceRequest>) -> Reply<pb::SignAdviceResponse> {
        let permit = permit(&request, Act::SignAdvice)?;
        let request = request.into_inner();
        let (name, content): (AssignmentName, Content) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let latest = done.state.as_ref().as_ref().and_then(|one| one.advices.last());
            pb::SignAdviceResponse { etag: etag_of(done), version: latest.map_or(0, |advice| advice.version) }
        };
        self.write(&request, &permit, name, Command::Sign(Box::new(content)), reply).await
    }

    async fn retry_question(&self, request: Request<pb::RetryQuestionRequest>) -> Reply<pb::RetryQuestionResponse> {
        let permit = permit(&request, Act::RetryQuestion)?;
        let request = request.into_inner();
        let (name, item): (AssignmentName, Item) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::RetryQuestionResponse { etag: etag_of(done) };
        self.write(&request, &permit, name, Command::Retry(item), reply).await
    }

    async fn create_assignment(
        &self,
        request: Request<pb::CreateAssignmentRequest>,
    ) -> Reply<pb::CreateAssignmentResponse> {
        type Parts = (AssignmentName, CaseName, Organisation, Organisation, Brief);
        let permit = permit(&request, Act::CreateAssignment)?;
        let request = request.into_inner();
        let (name, case, lead, principal, brief): Parts = parse(request.clone())?;
        if lead.kind != self.kind {
            let refusal = Refusal::Malformed(zsm::Faults::one("lead.kind", zsm::Problem::NotForThisOffice));
            return Err(zsm_proto::status::refused(&refusal, ""));
        }
        let command = Command::Create { name, case, lead, principal, brief: Box::new(brief) };
        self.write(&request, &permit, name, command, |_| pb::CreateAssignmentResponse {}).await
    }

    async fn update_assignment(
        &self,
        request: Request<pb::UpdateAssignmentRequest>,
    ) -> Reply<pb::UpdateAssignmentResponse> {
        let permit = permit(&request, Act::UpdateAssignment)?;
        let request = request.into_inner();
        let (name, brief): (AssignmentName, Brief) = parse(request.clone())?;
        let command = Command::Update(Box::new(brief));
        self.write(&request, &permit, name, command, |_| pb::UpdateAssignmentResponse {}).await
    }

    async fn withdraw_assignment(
        &self,
        request: Request<pb::WithdrawAssignmentRequest>,
    ) -> Reply<pb::WithdrawAssignmentResponse> {
        let permit = permit(&request, Act::WithdrawAssignment)?;
        let request = request.into_inner();
        let name: AssignmentName = parse(request.clone())?;
        self.write(&request, &permit, name, Command::Withdraw, |_| pb::WithdrawAssignmentResponse {}).await
    }

    async fn report_question_state(
        &self,
        request: Request<pb::ReportQuestionStateRequest>,
    ) -> Reply<pb::ReportQuestionStateResponse> {
        let permit = permit(&request, Act::ReportQuestionState)?;
        let request = request.into_inner();
        let (name, question, state, sequence): (AssignmentName, QuestionName, Reported, u64) =
            parse(request.clone())?;
        let command = match state {
            Reported::Received => Command::NoteReceived { question },
            Reported::TakenUp => Command::NoteTakenUp { question, sequence },
        };
        self.write(&request, &permit, name, command, |_| pb::ReportQuestionStateResponse {}).await
    }

    async fn deliver_answer(&self, request: Request<pb::DeliverAnswerRequest>) -> Reply<pb::DeliverAnswerResponse> {
        let permit = permit(&request, Act::DeliverAnswer)?;
        let request = request.into_inner();
        let (name, question, version, answer): (AssignmentName, QuestionName, u32, Answer) = parse(request.clone())?;
        let command = Command::Deliver { question, version, answer: Box::new(answer) };
        self.write(&request, &permit, name, command, |_| pb::DeliverAnswerResponse {}).await
    }
}

/// A request as values of the law, or every fault by field.
fn parse<M: Read<T>, T>(message: M) -> Result<T, Status> {
    read(message).map_err(|faults| zsm_proto::status::refused(&Refusal::Malformed(faults), ""))
}

fn etag_of(done: &Performed<State>) -> String {
    etag(Assignments::revision(&done.state))
}
