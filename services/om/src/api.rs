//! `zsm.om.v1.CaseService`: each RPC straight down — permit, read, command, reply.

use crate::law::{Cases, shelf};
use crate::look::LastLook;
use crate::mandate::Mandates;
use crate::residence::Residences;
use crate::{shown, siblings, stuck};
use jiff::Timestamp;
use tonic::{Request, Response, Status};
use zsm::advice::Advice;
use zsm::authority::{Act, Permit};
use zsm::case::timeline::timeline;
use zsm::case::{Amendment, Case, CloseReason, Command, LoggedCall, Registration, Settlement, to_look_at};
use zsm::custody::Step;
use zsm::date::day_of;
use zsm::decision::Proposed;
use zsm::household::Household;
use zsm::look::Look;
use zsm::name::{AlertName, CaseName};
use zsm::permission::Permission;
use zsm::police::PoliceRecord;
use zsm::progress::Snapshot;
use zsm::refusal::{Forbidden, Refusal};
use zsm::signal::Signal;
use zsm::term::Terms;
use zsm::{Faults, Problem, Role, Sensitive, view};
use zsm_chassis::Ids;
use zsm_clerk::{Clerk, Law, No, Page, Performed, Policy, etag, parse, permit, revision_in};
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as pb;
use zsm_proto::pb::om::v1::case_service_server::CaseService;

/// The service.
#[derive(Debug)]
pub(crate) struct Api {
    clerk: Clerk<Cases>,
    ids: Ids,
    mandates: Mandates,
    residences: Residences,
    terms: Terms,
    last_look: LastLook,
}

type State = <Cases as Law>::State;
type Reply<T> = Result<Response<T>, Status>;

impl Api {
    pub(crate) fn new(clerk: Clerk<Cases>, ids: Ids, mandates: Mandates, policy: &Policy, last_look: LastLook) -> Self {
        Self { clerk, ids, mandates, residences: Residences::of(policy), terms: policy.terms, last_look }
    }

    /// A case of the caller's own table, or that the caller's police registered (D31).
    async fn own(&self, permit: &Permit, name: CaseName) -> Result<Performed<State>, No> {
        let read = self.clerk.read(&name.to_string()).await?;
        let case = read.state.as_ref().as_ref().ok_or(Refusal::NotFound)?;
        if may_read(case, permit) { Ok(read) } else { Err(Refusal::Forbidden(Forbidden::Organisation).into()) }
    }

    async fn list(&self, permit: &Permit, request: &pb::ListCasesRequest) -> Result<pb::ListCasesResponse, No> {
        let shelf = shelf(&permit.actor().organisation.region, request.ended);
        let page = Page::of(self.clerk.journal(), &shelf, request.page_size, &request.page_token).await?;
        let mut cases = Vec::with_capacity(page.streams.len());
        for stream in page.streams {
            let read = self.clerk.read(&stream).await?;
            let case = read.state.as_deref().filter(|case| may_read(case, permit));
            if let Some(case) = case {
                cases.push(self.shown(permit, case).await?);
            }
        }
        Ok(pb::ListCasesResponse { cases, next_page_token: page.next })
    }

    /// A case with its siblings, as the caller may see them.
    async fn shown(&self, permit: &Permit, case: &Case) -> Result<pb::Case, No> {
        let sight = view::of_case(permit.actor().role);
        let siblings = self.siblings(permit, case).await?;
        let siblings = siblings.iter().map(|sibling| siblings::shown(sibling, sight)).collect();
        Ok(pb::Case { siblings, ..shown::case(case, sight) })
    }

    async fn siblings(&self, permit: &Permit, case: &Case) -> Result<Vec<Case>, No> {
        siblings::of(&self.clerk, case, |sibling| may_read(sibling, permit)).await
    }

    /// The cases of the incident of which the gate is shut; nothing where the caller may not read this one.
    async fn siblings_open(&self, permit: &Permit, name: CaseName) -> Result<Vec<String>, No> {
        let read = self.clerk.read(&name.to_string()).await?;
        match read.state.as_deref().filter(|case| may_read(case, permit)) {
            Some(case) => Ok(siblings::open(&self.siblings(permit, case).await?)),
            None => Ok(Vec::new()),
        }
    }

    async fn timeline(&self, permit: &Permit, name: CaseName) -> Result<pb::GetCaseTimelineResponse, No> {
        self.own(permit, name).await?;
        let history = self.clerk.history(&name.to_string()).await?;
        let moments = timeline(history.iter().map(|(event, at)| (event, *at)));
        let sight = view::of_case(permit.actor().role);
        let seen = moments.iter().filter(|moment| sight.states || moment.what.is_of_the_case());
        Ok(pb::GetCaseTimelineResponse { moments: seen.map(shown::moment).collect() })
    }

    /// Where everyone on a list lives, as of today.
    fn settle(&self, household: &mut Option<model::Household>) -> Faults {
        let persons = household.iter_mut().flat_map(|household| &mut household.persons);
        self.residences.settle(persons, "household.persons", day_of(self.clerk.now()))
    }

    /// What the other offices say right before this decision. Nobody is asked when it would be refused anyhow (D28); no
    /// stream is held meanwhile: what changes in between, the law finds not to have been looked at.
    async fn look(&self, permit: &Permit, name: CaseName, read: u64, proposed: &Proposed) -> Result<Look, No> {
        let (by, mandate) = (permit.actor(), self.mandate_of(permit));
        let now = self.clerk.read(&name.to_string()).await?;
        match to_look_at(&now.state, read, proposed, mandate.as_deref(), by, self.clerk.now()) {
            Ok(matters) => Ok(self.last_look.at(matters, &by.organisation).await),
            Err(_) => Ok(Look::default()),
        }
    }

    fn mandate_of(&self, permit: &Permit) -> Option<String> {
        let actor = permit.actor();
        let mandate = self.mandates.of(&actor.person, day_of(self.clerk.now()));
        mandate.filter(|_| actor.role == Role::Parketsecretaris).map(str::to_owned)
    }
}

fn may_read(case: &Case, permit: &Permit) -> bool {
    let by = permit.actor();
    match by.role {
        Role::Politie => by.is_of(&case.registered_by.organisation),
        _ => by.is_of(&case.principal()),
    }
}

#[tonic::async_trait]
impl CaseService for Api {
    async fn register_case(&self, request: Request<pb::RegisterCaseRequest>) -> Reply<pb::RegisterCaseResponse> {
        let permit = permit(&request, Act::RegisterCase)?;
        let request = request.into_inner();
        let mut settled = request.clone();
        let unsettled = self.settle(&mut settled.household);
        let (facts, mut faults): (Registration, _) = parse(settled)?;
        faults.require(self.residences.regions.contains(&facts.region), "region", Problem::Unknown);
        faults.merge(unsettled);
        let name = CaseName::new(self.ids.draw());
        let reply = |done: &Performed<State>| pb::RegisterCaseResponse {
            name: done.state.as_ref().as_ref().map(|case| case.name.to_string()).unwrap_or_default(),
            etag: etag_of(done),
            flow: flow_of(done).into(),
        };
        self.clerk.reply(&request, &permit, name, (Command::Register(name, Box::new(facts)), faults), reply).await
    }

    async fn record_police_report(
        &self,
        request: Request<pb::RecordPoliceReportRequest>,
    ) -> Reply<pb::RecordPoliceReportResponse> {
        let permit = permit(&request, Act::RecordPoliceReport)?;
        let request = request.into_inner();
        let ((name, police), faults): ((CaseName, PoliceRecord), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::RecordPoliceReportResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::RecordPolice(police), faults), reply).await
    }

    async fn confirm_household(
        &self,
        request: Request<pb::ConfirmHouseholdRequest>,
    ) -> Reply<pb::ConfirmHouseholdResponse> {
        let permit = permit(&request, Act::ConfirmHousehold)?;
        let request = request.into_inner();
        let mut settled = request.clone();
        let unsettled = self.settle(&mut settled.household);
        let ((name, household, reason), mut faults): ((CaseName, Household, Option<Sensitive<String>>), _) =
            parse(settled)?;
        faults.merge(unsettled);
        let reply = |done: &Performed<State>| {
            let case = done.state.as_ref().as_ref();
            let assigned = case.and_then(|case| case.assignment.as_ref());
            pb::ConfirmHouseholdResponse {
                etag: etag_of(done),
                household_version: case.map_or(0, |case| case.household_version),
                required: assigned.map(|assigned| (&assigned.required).into()),
            }
        };
        self.clerk.reply(&request, &permit, name, (Command::ConfirmHousehold(household, reason), faults), reply).await
    }

    async fn settle_flow(&self, request: Request<pb::SettleFlowRequest>) -> Reply<pb::SettleFlowResponse> {
        let permit = permit(&request, Act::SettleFlow)?;
        let request = request.into_inner();
        let ((name, settlement), faults): ((CaseName, Settlement), _) = parse(request.clone())?;
        let reply =
            |done: &Performed<State>| pb::SettleFlowResponse { etag: etag_of(done), flow: flow_of(done).into() };
        self.clerk
            .reply(&request, &permit, name, (Command::Settle(settlement, self.mandate_of(&permit)), faults), reply)
            .await
    }

    async fn get_case(&self, request: Request<pb::GetCaseRequest>) -> Reply<pb::GetCaseResponse> {
        let permit = permit(&request, Act::GetCase)?;
        let (name, _): (CaseName, _) = parse(request.into_inner())?;
        let read = self.own(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        let case = match read.state.as_deref() {
            Some(case) => Some(self.shown(&permit, case).await.map_err(|no| no.status(&name.to_string()))?),
            None => None,
        };
        Ok(Response::new(pb::GetCaseResponse { case, etag: etag_of(&read) }))
    }

    async fn list_cases(&self, request: Request<pb::ListCasesRequest>) -> Reply<pb::ListCasesResponse> {
        let permit = permit(&request, Act::ListCases)?;
        let page = self.list(&permit, request.get_ref()).await;
        page.map(Response::new).map_err(|no| no.status(""))
    }

    async fn list_stuck_cases(&self, request: Request<pb::ListStuckCasesRequest>) -> Reply<pb::ListStuckCasesResponse> {
        let permit = permit(&request, Act::ListStuckCases)?;
        let region = &permit.actor().organisation.region;
        let page = stuck::list(&self.clerk, region, self.terms, request.get_ref()).await;
        page.map(Response::new).map_err(|no| no.status(""))
    }

    async fn get_case_timeline(
        &self,
        request: Request<pb::GetCaseTimelineRequest>,
    ) -> Reply<pb::GetCaseTimelineResponse> {
        let permit = permit(&request, Act::GetCaseTimeline)?;
        let (name, _): (CaseName, _) = parse(request.into_inner())?;
        let said = self.timeline(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        Ok(Response::new(said))
    }

    async fn get_case_gate(&self, request: Request<pb::GetCaseGateRequest>) -> Reply<pb::GetCaseGateResponse> {
        let permit = permit(&request, Act::GetCaseGate)?;
        let (name, _): (CaseName, _) = parse(request.into_inner())?;
        let read = self.own(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        let case = read.state.as_deref();
        let open = case.map(shown::open).unwrap_or_default();
        let passable = open.is_empty() && case.is_some_and(|case| case.end.is_none());
        let open = shown::points(&open, &name.to_string());
        let siblings_open = self.siblings_open(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        Ok(Response::new(pb::GetCaseGateResponse { passable, open, etag: etag_of(&read), siblings_open }))
    }

    async fn decide_case(&self, request: Request<pb::DecideCaseRequest>) -> Reply<pb::DecideCaseResponse> {
        let permit = permit(&request, Act::DecideCase)?;
        let request = request.into_inner();
        let ((name, proposed), faults): ((CaseName, Proposed), _) = parse(request.clone())?;
        let look = match (faults.is_empty(), revision_in(&request.etag)) {
            (true, Some(read)) => self.look(&permit, name, read, &proposed).await,
            _ => Ok(Look::default()),
        };
        let look = look.map_err(|no| no.status(&name.to_string()))?;
        let command = Command::Decide(proposed, self.mandate_of(&permit), look);
        let siblings_open = self.siblings_open(&permit, name).await.map_err(|no| no.status(&name.to_string()))?;
        let reply = |done: &Performed<State>| pb::DecideCaseResponse {
            etag: etag_of(done),
            siblings_open: siblings_open.clone(),
        };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn close_case(&self, request: Request<pb::CloseCaseRequest>) -> Reply<pb::CloseCaseResponse> {
        let permit = permit(&request, Act::CloseCase)?;
        let request = request.into_inner();
        let ((name, reason, explanation), faults): ((CaseName, CloseReason, Sensitive<String>), _) =
            parse(request.clone())?;
        let command = Command::Close(reason, explanation, self.mandate_of(&permit));
        let reply = |done: &Performed<State>| pb::CloseCaseResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn record_call(&self, request: Request<pb::RecordCallRequest>) -> Reply<pb::RecordCallResponse> {
        let permit = permit(&request, Act::RecordCall)?;
        let request = request.into_inner();
        let ((name, call), faults): ((CaseName, LoggedCall), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::RecordCallResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::LogCall(Box::new(call)), faults), reply).await
    }

    async fn record_custody_event(
        &self,
        request: Request<pb::RecordCustodyEventRequest>,
    ) -> Reply<pb::RecordCustodyEventResponse> {
        let permit = permit(&request, Act::RecordCustodyEvent)?;
        let request = request.into_inner();
        let ((name, step, at), faults): ((CaseName, Step, Timestamp), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let custody = done.state.as_deref().and_then(shown::custody);
            pb::RecordCustodyEventResponse { etag: etag_of(done), custody }
        };
        self.clerk.reply(&request, &permit, name, (Command::RecordCustody(step, at), faults), reply).await
    }

    async fn strike_custody_event(
        &self,
        request: Request<pb::StrikeCustodyEventRequest>,
    ) -> Reply<pb::StrikeCustodyEventResponse> {
        let permit = permit(&request, Act::StrikeCustodyEvent)?;
        let request = request.into_inner();
        let ((name, number, reason), faults): ((CaseName, u32, Sensitive<String>), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| {
            let custody = done.state.as_deref().and_then(shown::custody);
            pb::StrikeCustodyEventResponse { etag: etag_of(done), custody }
        };
        self.clerk.reply(&request, &permit, name, (Command::StrikeCustody(number, reason), faults), reply).await
    }

    async fn decide_dossier_permission(
        &self,
        request: Request<pb::DecideDossierPermissionRequest>,
    ) -> Reply<pb::DecideDossierPermissionResponse> {
        let permit = permit(&request, Act::DecideDossierPermission)?;
        let request = request.into_inner();
        let ((name, permission), faults): ((CaseName, Permission), _) = parse(request.clone())?;
        let reply = |done: &Performed<State>| pb::DecideDossierPermissionResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (Command::DecidePermission(permission), faults), reply).await
    }

    async fn amend_case(&self, request: Request<pb::AmendCaseRequest>) -> Reply<pb::AmendCaseResponse> {
        let permit = permit(&request, Act::AmendCase)?;
        let request = request.into_inner();
        let mut settled = request.clone();
        let persons = settled.amendment.iter_mut().flat_map(|amendment| &mut amendment.persons);
        let unsettled = self.residences.settle(persons, "amendment.persons", day_of(self.clerk.now()));
        let ((name, amendment), mut faults): ((CaseName, Amendment), _) = parse(settled)?;
        faults.merge(unsettled);
        let command = Command::Amend(Box::new(amendment));
        let reply = |done: &Performed<State>| pb::AmendCaseResponse { etag: etag_of(done), flow: flow_of(done).into() };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn reopen_case(&self, request: Request<pb::ReopenCaseRequest>) -> Reply<pb::ReopenCaseResponse> {
        let permit = permit(&request, Act::ReopenCase)?;
        let request = request.into_inner();
        let ((name, reason), faults): ((CaseName, Sensitive<String>), _) = parse(request.clone())?;
        let command = Command::Reopen(reason, self.mandate_of(&permit));
        let reply = |done: &Performed<State>| pb::ReopenCaseResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, name, (command, faults), reply).await
    }

    async fn answer_alert(&self, request: Request<pb::AnswerAlertRequest>) -> Reply<pb::AnswerAlertResponse> {
        let permit = permit(&request, Act::AnswerAlert)?;
        let request = request.into_inner();
        let ((alert, reason), faults): ((AlertName, Sensitive<String>), _) = parse(request.clone())?;
        let command = Command::AnswerAlert(alert.number, reason);
        let reply = |done: &Performed<State>| pb::AnswerAlertResponse { etag: etag_of(done) };
        self.clerk.reply(&request, &permit, alert.case, (command, faults), reply).await
    }

    async fn report_progress(&self, request: Request<pb::ReportProgressRequest>) -> Reply<pb::ReportProgressResponse> {
        let permit = permit(&request, Act::ReportProgress)?;
        let request = request.into_inner();
        let ((name, snapshot), faults): ((CaseName, Snapshot), _) = parse(request.clone())?;
        let command = Command::ReportProgress(snapshot);
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::ReportProgressResponse {}).await
    }

    async fn submit_advice(&self, request: Request<pb::SubmitAdviceRequest>) -> Reply<pb::SubmitAdviceResponse> {
        let permit = permit(&request, Act::SubmitAdvice)?;
        let request = request.into_inner();
        let ((name, advice, snapshot), faults): ((CaseName, Advice, Snapshot), _) = parse(request.clone())?;
        let command = Command::SubmitAdvice(Box::new(advice), snapshot);
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::SubmitAdviceResponse {}).await
    }

    async fn receive_acute_signal(
        &self,
        request: Request<pb::ReceiveAcuteSignalRequest>,
    ) -> Reply<pb::ReceiveAcuteSignalResponse> {
        let permit = permit(&request, Act::ReceiveAcuteSignal)?;
        let request = request.into_inner();
        let ((name, signal), faults): ((CaseName, Signal), _) = parse(request.clone())?;
        let command = Command::ReceiveSignal(Box::new(signal));
        self.clerk.reply(&request, &permit, name, (command, faults), |_| pb::ReceiveAcuteSignalResponse {}).await
    }
}

fn etag_of(done: &Performed<State>) -> String {
    etag(Cases::revision(&done.state))
}

fn flow_of(done: &Performed<State>) -> model::Flow {
    done.state.as_ref().as_ref().map_or(model::Flow::Unspecified, |case| (&case.flow()).into())
}
