//! `zsm.adviser.v1.AdviserService`: each RPC straight down — permit, read, command, reply.

use crate::law::{Assignments, shelf};
use crate::{draft, shown};
use tonic::{Request, Response, Status};
use zsm::advice::Content;
use zsm::answer::Answer;
use zsm::assignment::{Brief, Command, Creation, FurtherAsk, Reaffirmation, confirm};
use zsm::authority::{Act, Permit};
use zsm::decision::Notice;
use zsm::draft::Draft;
use zsm::name::{AssignmentName, QuestionName};
use zsm::refusal::{Forbidden, Refusal};
use zsm::signal::Warning;
use zsm::telephone::Call;
use zsm::weighing::Line;
use zsm::{Item, Kind, Problem, Region, Sensitive};
use zsm_clerk::{Clerk, Law, No, Page, Performed, Policy, etag, parse, permit};
use zsm_proto::pb::adviser::v1 as pb;
use zsm_proto::pb::adviser::v1::adviser_service_server::AdviserService;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::{Brought, Reported};

/// The service of one office.
#[derive(Debug)]
pub(crate) struct Api {
    kind: Kind,
    clerk: Clerk<Assignments>,
    policy: Policy,
}

type State = <Assignments as Law>::State;
type Reply<T> = Result<Response<T>, Status>;

impl Api {
    pub(crate) fn new(kind: Kind, clerk: Clerk<Assignments>, policy: Policy) -> Self {
        Self { kind, clerk, policy }
    }

    /// A brief with what was agreed in the region of its lead (D15).
    fn as_agreed(&self, mut brief: Brief, region: &Region) -> Brief {
        brief.acute_part_suffices = self.policy.acute_part_suffices.contains(region);
        brief
    }

    /// An assignment of the caller's own organisation (D31).
    async fn own(&self, permit: &Permit, name: AssignmentName) -> Result<Performed<State>, No> {
        let read = self.clerk.read(&name.to_string()).await?;
        let assignment = read.state.as_ref().as_ref().ok_or(Refusal::NotFound)?;
        let own = permit.actor().is_of(&assignment.lead);
        if own { Ok(read) } else { Err(Refusal::Forbidden(Forbidden::Organisation).into()) }
    }

    /// Assignments of this lead for other suspects of the same incident (A13): how far the advice is, and nothing of what it
    /// says. An earlier assignment of the same case is about the same suspect.
    async fn related(&self, state: &State) -> Result<Vec<pb::RelatedAssignment>, No> {
        let Some(assignment) = state else { return Ok(Vec::new()) };
        let incident = assignment.brief.as_ref().and_then(|brief| brief.incident);
        let Some(incident) = incident else { return Ok(Vec::new()) };
        let mut related = Vec::new();
        // The same office can hold questions of this incident too.
        let place = format!("{incident}/{}/", Assignments::COLLECTION);
        for stream in self.clerk.journal().holders(&place).await? {
            let read = self.clerk.read(&stream).await?;
            let other = read.state.as_deref();
            let other = other.filter(|other| other.case != assignment.case && other.lead == assignment.lead);
            related.extend(other.map(|other| pb::RelatedAssignment {
                name: other.name.to_string(),
                advice: model::AdviceState::from(other.advice_state()).into(),
            }));
        }
        Ok(related)
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
        let (name, _): (AssignmentName, _) = parse(request.into_inner())?;
        let read = self.own(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        let related = self.related(&read.state).await.map_err(|no| no.status(&name.to_string()))?;
        let assignment = read.state.as_deref();
        let assignment = assignment.map(|one| pb::Assignment { related, ..shown::in_full(one, self.policy.terms) });
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
        let ((name, answer), faults): ((AssignmentName, Answer), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let track = done.state.as_ref().as_ref().and_then(|one| one.tracks.get(&Item::EigenOnderzoek));
            let version = track.and_then(|track| track.latest()).map_or(0, |latest| latest.version);
            pb::RecordOwnFileResponse { etag: etag_of(done), version }
        };
        self.clerk.reply(&request, &permit, name, (Command::RecordOwnFile(Box::new(answer)), faults), reply).await
    }

    async fn weigh_answer(&self, request: Request<pb::WeighAnswerRequest>) -> Reply<pb::WeighAnswerResponse> {
        type Parts = (AssignmentName, Item, u32, Sensitive<String>, Vec<Line>);
        let permit = permit(&request, Act::WeighAnswer)?;
        let request = request.into_inner();
        let ((name, item, version, reason, lines), faults): (Parts, _) = parse(request.clone())?;
        let command = Command::Weigh { item, version, reason, lines };
        let reply = |done: &Performed<State>| pb::WeighAnswerResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn sign_advice(&self, request: Request<pb::SignAdviceRequest>) -> Reply<pb::SignAdviceResponse> {
        let permit = permit(&request, Act::SignAdvice)?;
        let request = request.into_inner();
        let ((name, content), faults): ((AssignmentName, Content), _) = parse(request.clone())?;
        let reply =
            |done: &Performed<State>| pb::SignAdviceResponse { etag: etag_of(done), version: latest_advice(done) };
        self.clerk.reply(&request, &permit, name, (Command::Sign(Box::new(content)), faults), reply).await
    }

    async fn withdraw_advice(&self, request: Request<pb::WithdrawAdviceRequest>) -> Reply<pb::WithdrawAdviceResponse> {
        let permit = permit(&request, Act::WithdrawAdvice)?;
        let request = request.into_inner();
        let ((name, version, reason), faults): ((AssignmentName, u32, Sensitive<String>), _) = parse(request.clone())?;
        let command = Command::WithdrawAdvice { version, reason };
        let reply = |done: &Performed<State>| pb::WithdrawAdviceResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn reaffirm_advice(&self, request: Request<pb::ReaffirmAdviceRequest>) -> Reply<pb::ReaffirmAdviceResponse> {
        let permit = permit(&request, Act::ReaffirmAdvice)?;
        let request = request.into_inner();
        let ((name, reaffirmation), faults): ((AssignmentName, Reaffirmation), _) = parse(request.clone())?;
        let reply =
            |done: &Performed<State>| pb::ReaffirmAdviceResponse { etag: etag_of(done), version: latest_advice(done) };
        self.clerk.reply(&request, &permit, name, (Command::Reaffirm(reaffirmation), faults), reply).await
    }

    async fn save_advice_draft(
        &self,
        request: Request<pb::SaveAdviceDraftRequest>,
    ) -> Reply<pb::SaveAdviceDraftResponse> {
        let permit = permit(&request, Act::SaveAdviceDraft)?;
        let request = request.into_inner();
        let ((name, based_on, sent), faults): ((AssignmentName, u32, Draft), _) = parse(request.clone())?;
        let command = Command::SaveDraft { based_on, draft: Box::new(sent.clone()) };
        let reply = |done: &Performed<State>| draft::outcome(&done.state, &sent);
        let said = self.clerk.reply(&request, &permit, name, (command, faults), reply).await?.into_inner();
        let whole = draft::in_words(&self.clerk, &name.to_string(), said, request.content).await;
        whole.map(Response::new).map_err(|no| no.status(&name.to_string()))
    }

    async fn take_over_assignment(
        &self,
        request: Request<pb::TakeOverAssignmentRequest>,
    ) -> Reply<pb::TakeOverAssignmentResponse> {
        let permit = permit(&request, Act::TakeOverAssignment)?;
        let request = request.into_inner();
        let (name, faults): (AssignmentName, _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::TakeOverAssignmentResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::TakeOver, faults), reply).await
    }

    async fn raise_acute_signal(
        &self,
        request: Request<pb::RaiseAcuteSignalRequest>,
    ) -> Reply<pb::RaiseAcuteSignalResponse> {
        let permit = permit(&request, Act::RaiseAcuteSignal)?;
        let request = request.into_inner();
        let ((name, warning), faults): ((AssignmentName, Warning), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let signals = done.state.iter().flat_map(|assignment| &assignment.signals);
            let signal = signals.last().map(|signal| signal.name.to_string()).unwrap_or_default();
            pb::RaiseAcuteSignalResponse { etag: etag_of(done), signal }
        };
        self.clerk.reply(&request, &permit, name, (Command::RaiseSignal(warning), faults), reply).await
    }

    async fn retry_question(&self, request: Request<pb::RetryQuestionRequest>) -> Reply<pb::RetryQuestionResponse> {
        let permit = permit(&request, Act::RetryQuestion)?;
        let request = request.into_inner();
        let ((name, item), faults): ((AssignmentName, Item), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::RetryQuestionResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::Retry(item), faults), reply).await
    }

    async fn ask_further(&self, request: Request<pb::AskFurtherRequest>) -> Reply<pb::AskFurtherResponse> {
        let permit = permit(&request, Act::AskFurther)?;
        let request = request.into_inner();
        let ((name, ask), mut faults): ((AssignmentName, FurtherAsk), _) = parse(request.clone())?;
        let known = ask.region.as_ref().is_none_or(|region| self.policy.regions.contains(region));
        faults.require(known, "region", Problem::Unknown);
        let item = ask.item;
        let reply = |done: &Performed<State>| {
            let track = done.state.as_ref().as_ref().and_then(|one| one.tracks.get(&item));
            let asked = track.and_then(|track| track.running().last());
            let question = asked.map(|strand| strand.question.name.to_string()).unwrap_or_default();
            pb::AskFurtherResponse { etag: etag_of(done), question }
        };
        self.clerk.reply(&request, &permit, name, (Command::AskFurther(ask), faults), reply).await
    }

    async fn record_telephone_answer(
        &self,
        request: Request<pb::RecordTelephoneAnswerRequest>,
    ) -> Reply<pb::RecordTelephoneAnswerResponse> {
        type Parts = (AssignmentName, QuestionName, Call, Answer);
        let permit = permit(&request, Act::RecordTelephoneAnswer)?;
        let request = request.into_inner();
        let ((name, question, call, answer), faults): (Parts, _) = parse(request.clone())?;
        let command = Command::RecordTelephoneAnswer { question, call, answer: Box::new(answer) };
        let reply = |done: &Performed<State>| {
            let assignment = done.state.as_ref().as_ref();
            let noted = assignment.and_then(|one| one.strand(question)?.telephoned.last());
            let number = noted.map_or(0, |noted| noted.number);
            pb::RecordTelephoneAnswerResponse { etag: etag_of(done), number }
        };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn confirm_telephone_answer(
        &self,
        request: Request<pb::ConfirmTelephoneAnswerRequest>,
    ) -> Reply<pb::ConfirmTelephoneAnswerResponse> {
        let permit = permit(&request, Act::ConfirmTelephoneAnswer)?;
        let request = request.into_inner();
        let ((name, question, number), faults): ((AssignmentName, QuestionName, u32), _) = parse(request.clone())?;
        let command = Command::ConfirmTelephoneAnswer { question, number };
        let reply = |done: &Performed<State>| {
            let assignment = done.state.as_ref().as_ref();
            let latest = assignment.and_then(|one| one.tracks.get(&one.item_of(question)?)?.latest());
            let version = latest.map_or(0, |latest| latest.version);
            pb::ConfirmTelephoneAnswerResponse { etag: etag_of(done), version }
        };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn let_go_question(&self, request: Request<pb::LetGoQuestionRequest>) -> Reply<pb::LetGoQuestionResponse> {
        let permit = permit(&request, Act::LetGoQuestion)?;
        let request = request.into_inner();
        let ((name, question, reason), faults): ((AssignmentName, QuestionName, Sensitive<String>), _) =
            parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::LetGoQuestionResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::LetGo { question, reason }, faults), reply).await
    }

    async fn create_assignment(
        &self,
        request: Request<pb::CreateAssignmentRequest>,
    ) -> Reply<pb::CreateAssignmentResponse> {
        let permit = permit(&request, Act::CreateAssignment)?;
        let request = request.into_inner();
        let (creation, faults): (Creation, _) = parse(request.clone())?;
        if creation.lead.kind != self.kind {
            let refusal = Refusal::Malformed(zsm::Faults::one("lead.kind", Problem::NotForThisOffice));
            return Err(zsm_proto::status::refused(&refusal, ""));
        }
        let (name, region) = (creation.name, creation.lead.region.clone());
        let brief = self.as_agreed(creation.brief, &region);
        let command = Command::Create(Box::new(Creation { brief, ..creation }));
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::CreateAssignmentResponse {}).await
    }

    async fn update_assignment(
        &self,
        request: Request<pb::UpdateAssignmentRequest>,
    ) -> Reply<pb::UpdateAssignmentResponse> {
        let permit = permit(&request, Act::UpdateAssignment)?;
        let request = request.into_inner();
        let ((name, brief), faults): ((AssignmentName, Brief), _) = parse(request.clone())?;
        let region = permit.actor().organisation.region.clone();
        let command = Command::Update(Box::new(self.as_agreed(brief, &region)));
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::UpdateAssignmentResponse {}).await
    }

    async fn withdraw_assignment(
        &self,
        request: Request<pb::WithdrawAssignmentRequest>,
    ) -> Reply<pb::WithdrawAssignmentResponse> {
        let permit = permit(&request, Act::WithdrawAssignment)?;
        let request = request.into_inner();
        let ((name, corrected), faults): ((AssignmentName, bool), _) = parse(request.clone())?;
        let command = if corrected { Command::Recall } else { Command::Withdraw };
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::WithdrawAssignmentResponse {}).await
    }

    async fn report_question_state(
        &self,
        request: Request<pb::ReportQuestionStateRequest>,
    ) -> Reply<pb::ReportQuestionStateResponse> {
        let permit = permit(&request, Act::ReportQuestionState)?;
        let request = request.into_inner();
        let ((name, question, state, sequence), faults): ((AssignmentName, QuestionName, Reported, u64), _) =
            parse(request.clone())?;
        let command = match state {
            Reported::Received => Command::NoteReceived { question },
            Reported::TakenUp => Command::NoteTakenUp { question, sequence },
        };
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::ReportQuestionStateResponse {}).await
    }

    async fn deliver_answer(&self, request: Request<pb::DeliverAnswerRequest>) -> Reply<pb::DeliverAnswerResponse> {
        let permit = permit(&request, Act::DeliverAnswer)?;
        let request = request.into_inner();
        let ((name, question, version, brought), faults): ((AssignmentName, QuestionName, u32, Brought), _) =
            parse(request.clone())?;
        let command = match brought {
            Brought::Answer(answer) => Command::Deliver { question, version, answer },
            Brought::Retraction(retraction) => Command::DeliverRetraction { question, version, retraction },
        };
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::DeliverAnswerResponse {}).await
    }

    async fn notify_decision(&self, request: Request<pb::NotifyDecisionRequest>) -> Reply<pb::NotifyDecisionResponse> {
        let permit = permit(&request, Act::NotifyDecision)?;
        let request = request.into_inner();
        let ((name, notice), faults): ((AssignmentName, Notice), _) = parse(request.clone())?;
        let command = Command::NoteDecision(notice);
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::NotifyDecisionResponse {}).await
    }

    async fn confirm_advice_current(
        &self,
        request: Request<pb::ConfirmAdviceCurrentRequest>,
    ) -> Reply<pb::ConfirmAdviceCurrentResponse> {
        let permit = permit(&request, Act::ConfirmAdviceCurrent)?;
        let ((name, advice, assignment), faults): ((AssignmentName, u32, u32), _) = parse(request.into_inner())?;
        let refused = |refusal: Refusal| No::from(refusal).status(&name.to_string());
        faults.or(()).map_err(|faults| refused(faults.into()))?;
        let read = self.clerk.read(&name.to_string()).await.map_err(|no| no.status(&name.to_string()))?;
        let finding = confirm(&read.state, advice, assignment, permit.actor()).map_err(refused)?;
        Ok(Response::new(pb::ConfirmAdviceCurrentResponse { finding: model::Finding::from(finding).into() }))
    }
}

fn latest_advice(done: &Performed<State>) -> u32 {
    let latest = done.state.as_ref().as_ref().and_then(|one| one.advices.last());
    latest.map_or(0, |advice| advice.version)
}

fn etag_of(done: &Performed<State>) -> String {
    etag(Assignments::revision(&done.state))
}
