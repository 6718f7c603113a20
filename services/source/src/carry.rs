//! What the source tells the lead: that someone works on it, and every answer of the desk. Of acute danger it warns OM.

use std::sync::Arc;
use tonic::transport::Channel;
use zsm::enquiry::{Enquiry, Errand, State};
use zsm::name::{SignalName, derive};
use zsm::{Actor, Kind, Role};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Carried, Carry};
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::adviser_service_client::AdviserServiceClient;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::om::v1::case_service_client::CaseServiceClient;

use crate::law::Enquiries;

/// Carries errands to the lead that asked, and to OM.
#[derive(Debug)]
pub(crate) struct ToOthers {
    calls: Calls,
    rvdk: AdviserServiceClient<Channel>,
    reclassering: AdviserServiceClient<Channel>,
    om: CaseServiceClient<Channel>,
}

impl ToOthers {
    pub(crate) fn new(calls: &Calls) -> Self {
        let client = |kind| AdviserServiceClient::new(calls.channel(kind)).max_decoding_message_size(MESSAGE_LIMIT);
        Self {
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
    async fn carry(&self, state: Arc<State>, _: u64, errand: Errand, _: u32) -> Carried<zsm::enquiry::Command> {
        let Some(enquiry) = state.as_ref() else { return Carried::Done };
        let sent = match errand {
            Errand::ReportTakenUp => self.report_taken_up(enquiry).await,
            Errand::Signal { signal } => self.signal(enquiry, signal).await,
            Errand::Deliver { version } => self.deliver(enquiry, version).await,
        };
        sent.map_or_else(Carried::Failed, |()| Carried::Done)
    }

    fn acts_as(&self, state: &State) -> Option<Actor> {
        let organisation = state.as_ref()?.question.addressee.clone();
        Some(Actor { organisation, role: Role::Dienst, person: "regel:bron-1".into() })
    }
}
