//! What the source tells the lead: that someone works on it, and every answer of the desk. Of acute danger it warns OM.
//! What was taken back it also takes back where the same was answered.

use std::sync::Arc;
use tonic::transport::Channel;
use zsm::enquiry::{Command, Enquiry, Errand, State};
use zsm::name::{QuestionName, SignalName, derive};
use zsm::{Actor, Kind, Organisation, Role};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Carried, Carry, Clerk, No};
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::adviser_service_client::AdviserServiceClient;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::om::v1::case_service_client::CaseServiceClient;

use crate::incident;
use crate::law::Enquiries;

/// Carries errands to the lead that asked, and to OM.
#[derive(Debug)]
pub(crate) struct ToOthers {
    clerk: Clerk<Enquiries>,
    calls: Calls,
    rvdk: AdviserServiceClient<Channel>,
    reclassering: AdviserServiceClient<Channel>,
    om: CaseServiceClient<Channel>,
}

impl ToOthers {
    pub(crate) fn new(calls: &Calls, clerk: Clerk<Enquiries>) -> Self {
        let client = |kind| AdviserServiceClient::new(calls.channel(kind)).max_decoding_message_size(MESSAGE_LIMIT);
        Self {
            clerk,
            calls: calls.clone(),
            rvdk: client(Kind::Rvdk),
            reclassering: client(Kind::Reclassering),
            om: CaseServiceClient::new(calls.channel(Kind::Om)),
        }
    }

    fn lead_of(&self, enquiry: &Enquiry) -> AdviserServiceClient<Channel> {
        match enquiry.question.asked_by.kind {
            Kind::Reclassering => self.reclassering.clone(),
            _ => self.rvdk.clone(),
        }
    }

    async fn report_taken_up(&self, enquiry: &Enquiry) -> Result<(), tonic::Status> {
        let question = &enquiry.question;
        let report = adviser::ReportQuestionStateRequest {
            request_id: derive(&format!("{}/taken-up", question.name)).to_string(),
            name: question.assignment.to_string(),
            question: question.name.to_string(),
            state: adviser::QuestionState::Opgepakt.into(),
            sequence: 1,
        };
        let request = self.calls.request(&question.addressee, report)?;
        self.lead_of(enquiry).report_question_state(request).await.map(drop)
    }

    async fn deliver(&self, enquiry: &Enquiry, version: u32) -> Result<(), tonic::Status> {
        let question = &enquiry.question;
        // What was taken back since travels no more: that it was, does.
        let given = enquiry.answer_at(version).filter(|_| !enquiry.is_retracted(version));
        let retraction = enquiry.retraction_at(version).map(|taken_back| (&taken_back.retraction).into());
        if given.is_none() && retraction.is_none() {
            return Ok(());
        }
        let delivery = adviser::DeliverAnswerRequest {
            request_id: derive(&format!("{}/answers/{version}", question.name)).to_string(),
            name: question.assignment.to_string(),
            question: question.name.to_string(),
            version,
            answer: given.map(|given| (&given.answer).into()),
            retraction,
        };
        let request = self.calls.request(&question.addressee, delivery)?;
        self.lead_of(enquiry).deliver_answer(request).await.map(drop)
    }

    /// Stays within the office: the leads hear of each by its own question.
    async fn take_back_copies(&self, enquiry: &Enquiry) -> Result<(), tonic::Status> {
        let by = service_of(enquiry.question.addressee.clone());
        let done = incident::take_back_copies(&self.clerk, enquiry, &by).await;
        done.map_err(|no| no.status(""))
    }

    /// How the question stands now of which the answer was given here too.
    async fn follow(&self, origin: QuestionName) -> Carried<Command> {
        let read: Result<_, No> = self.clerk.read(&origin.to_string()).await;
        match read.map(|read| read.state.as_ref().clone()) {
            Ok(Some(origin)) => Carried::Replied(Command::FollowOrigin(origin)),
            Ok(None) => Carried::Done,
            Err(no) => Carried::Failed(no.status("")),
        }
    }

    async fn signal(&self, enquiry: &Enquiry, name: SignalName) -> Result<(), tonic::Status> {
        let signal = enquiry.signals.iter().find(|signal| signal.name == name);
        let Some((case, signal)) = enquiry.question.case.zip(signal) else { return Ok(()) };
        let warning = om::ReceiveAcuteSignalRequest {
            request_id: derive(&format!("{name}/receive")).to_string(),
            name: case.to_string(),
            signal: Some(signal.into()),
        };
        let request = self.calls.request(&enquiry.question.addressee, warning)?;
        self.om.clone().receive_acute_signal(request).await.map(drop)
    }
}

impl Carry<Enquiries> for ToOthers {
    async fn carry(&self, state: Arc<State>, _: u64, errand: Errand, _: u32) -> Carried<Command> {
        let Some(enquiry) = state.as_deref() else { return Carried::Done };
        let sent = match errand {
            Errand::TakeBackCopies => self.take_back_copies(enquiry).await,
            Errand::FollowOrigin { origin } => return self.follow(origin).await,
            Errand::ReportTakenUp => self.report_taken_up(enquiry).await,
            Errand::Signal { signal } => self.signal(enquiry, signal).await,
            Errand::Deliver { version } => self.deliver(enquiry, version).await,
        };
        sent.map_or_else(Carried::Failed, |()| Carried::Done)
    }

    fn acts_as(&self, state: &State) -> Option<Actor> {
        let organisation = state.as_ref()?.question.addressee.clone();
        Some(service_of(organisation))
    }
}

fn service_of(organisation: Organisation) -> Actor {
    Actor { organisation, role: Role::Dienst, person: "regel:bron-1".into() }
}
