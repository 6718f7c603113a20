//! What the lead asks of sources and tells OM.

use crate::law::{Assignments, wanted};
use std::sync::Arc;
use tonic::Status;
use tonic::transport::Channel;
use zsm::assignment::{Assignment, Command, Errand, Reply, State};
use zsm::name::{QuestionName, SignalName, derive};
use zsm::{Actor, Item, Kind, Role};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Carried, Carry, withdrawn_before_it_came};
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::om::v1::case_service_client::CaseServiceClient;
use zsm_proto::pb::source::v1 as source;
use zsm_proto::pb::source::v1::source_service_client::SourceServiceClient;

/// Who the service acts as: a rule, no person (E8).
pub(crate) const RULE: &str = "regel:adviesopdracht-1";

/// Carries errands to the sources and to OM.
#[derive(Debug)]
pub(crate) struct ToOthers {
    calls: Calls,
    om: CaseServiceClient<Channel>,
    veilig_thuis: SourceServiceClient<Channel>,
    rvdk: SourceServiceClient<Channel>,
    reclassering: SourceServiceClient<Channel>,
}

impl ToOthers {
    pub(crate) fn new(calls: &Calls) -> Self {
        let source = |kind| SourceServiceClient::new(calls.channel(kind)).max_decoding_message_size(MESSAGE_LIMIT);
        Self {
            calls: calls.clone(),
            om: CaseServiceClient::new(calls.channel(Kind::Om)).max_decoding_message_size(MESSAGE_LIMIT),
            veilig_thuis: source(Kind::VeiligThuis),
            rvdk: source(Kind::Rvdk),
            reclassering: source(Kind::Reclassering),
        }
    }

    fn source(&self, kind: Kind) -> SourceServiceClient<Channel> {
        match kind {
            Kind::Rvdk => self.rvdk.clone(),
            Kind::Reclassering => self.reclassering.clone(),
            Kind::VeiligThuis | Kind::Politie | Kind::Om => self.veilig_thuis.clone(),
        }
    }

    async fn ask(&self, assignment: &Assignment, item: Item, name: QuestionName, tries: u32) -> Carried<Command> {
        let Some(strand) = wanted(assignment, item, name) else {
            // An earlier try may have brought it there all the same, after its withdrawal found nothing.
            let Some(past) = assignment.past.get(&name) else { return Carried::Done };
            let told = self.withdraw(assignment, name, past.addressee.kind, tries).await;
            return told.map_or_else(Carried::Failed, |()| Carried::Done);
        };
        let question = &*strand.question;
        let ask = source::AskQuestionRequest {
            request_id: derive(&format!("{name}/ask")).to_string(),
            question: Some(question.into()),
        };
        let request = match self.calls.request(&assignment.lead, ask) {
            Ok(request) => request,
            Err(status) => return Carried::Failed(status),
        };
        match self.source(question.addressee.kind).ask_question(request).await {
            // A reply that cannot be read is never taken for an answer (invariant 2).
            Ok(reply) => match zsm_proto::read::<_, Reply>(reply.into_inner()) {
                Ok(reply) => Carried::Replied(Command::NoteReply(name, reply)),
                Err(_) => Carried::Failed(Status::internal("the reply is of a newer contract")),
            },
            Err(status) => Carried::Failed(status),
        }
    }

    async fn withdraw(
        &self,
        assignment: &Assignment,
        question: QuestionName,
        to: Kind,
        tries: u32,
    ) -> Result<(), Status> {
        let withdrawal = source::WithdrawQuestionRequest {
            request_id: derive(&format!("{question}/withdraw")).to_string(),
            name: question.to_string(),
        };
        let request = self.calls.request(&assignment.lead, withdrawal)?;
        match self.source(to).withdraw_question(request).await {
            Err(status) if status.code() == tonic::Code::NotFound => withdrawn_before_it_came(tries),
            other => other.map(drop),
        }
    }

    /// What was noted of a call can go there only after the question, which may still be on its way.
    async fn tell_telephone_answer(
        &self,
        assignment: &Assignment,
        question: QuestionName,
        number: u32,
    ) -> Result<(), Status> {
        let strand = assignment.strand(question).filter(|_| !assignment.withdrawn);
        let Some((strand, note)) = strand.and_then(|strand| Some((strand, strand.note(number)?))) else {
            return Ok(());
        };
        let noted = source::NoteTelephoneAnswerRequest {
            request_id: derive(&format!("{question}/telephone/{number}")).to_string(),
            name: question.to_string(),
            note: Some((&note).into()),
        };
        let request = self.calls.request(&assignment.lead, noted)?;
        match self.source(strand.question.addressee.kind).note_telephone_answer(request).await {
            Err(status) if status.code() == tonic::Code::NotFound => {
                Err(Status::unavailable("the question has not arrived there yet"))
            }
            other => other.map(drop),
        }
    }

    async fn report(&self, assignment: &Assignment, sequence: u64) -> Result<(), Status> {
        let report = om::ReportProgressRequest {
            request_id: derive(&format!("{}/progress/{sequence}", assignment.name)).to_string(),
            name: assignment.case.to_string(),
            snapshot: Some((&assignment.snapshot(sequence)).into()),
        };
        let request = self.calls.request(&assignment.lead, report)?;
        self.om.clone().report_progress(request).await.map(drop)
    }

    async fn submit(&self, assignment: &Assignment, version: u32, sequence: u64) -> Result<(), Status> {
        let Some(advice) = assignment.advices.iter().find(|advice| advice.version == version) else { return Ok(()) };
        let submission = om::SubmitAdviceRequest {
            request_id: derive(&format!("{}/advices/{version}/{sequence}", assignment.name)).to_string(),
            name: assignment.case.to_string(),
            advice: Some(advice.into()),
            snapshot: Some((&assignment.snapshot(sequence)).into()),
        };
        let request = self.calls.request(&assignment.lead, submission)?;
        self.om.clone().submit_advice(request).await.map(drop)
    }

    async fn signal(&self, assignment: &Assignment, name: SignalName) -> Result<(), Status> {
        let Some(signal) = assignment.signals.iter().find(|signal| signal.name == name) else { return Ok(()) };
        let warning = om::ReceiveAcuteSignalRequest {
            request_id: derive(&format!("{name}/receive")).to_string(),
            name: assignment.case.to_string(),
            signal: Some(signal.into()),
        };
        let request = self.calls.request(&assignment.lead, warning)?;
        self.om.clone().receive_acute_signal(request).await.map(drop)
    }
}

impl Carry<Assignments> for ToOthers {
    async fn carry(&self, state: Arc<State>, version: u64, errand: Errand, tries: u32) -> Carried<Command> {
        let Some(assignment) = state.as_ref() else { return Carried::Done };
        let told = match errand {
            Errand::Ask { item, question } => return self.ask(assignment, item, question, tries).await,
            Errand::Withdraw { question, addressee } => self.withdraw(assignment, question, addressee, tries).await,
            Errand::TellTelephoneAnswer { question, number } => {
                self.tell_telephone_answer(assignment, question, number).await
            }
            Errand::Report => self.report(assignment, version).await,
            Errand::Signal { signal } => self.signal(assignment, signal).await,
            Errand::Submit { version: advice } => self.submit(assignment, advice, version).await,
        };
        told.map_or_else(Carried::Failed, |()| Carried::Done)
    }

    fn acts_as(&self, state: &State) -> Option<Actor> {
        let organisation = state.as_ref()?.lead.clone();
        Some(Actor { organisation, role: Role::Dienst, person: RULE.into() })
    }
}
