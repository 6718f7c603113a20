//! What every write carries: the id of the request, and the etag that was read.

use crate::pb::{adviser::v1 as adviser, office::v1 as office, om::v1 as om, source::v1 as source};
use prost::Message;
use zsm::{Faults, Problem};

/// A request that changes something.
pub trait Writes {
    /// UUID of this request: a repeat with the same content gets the first reply.
    fn request_id(&self) -> &str;

    /// The etag that was read; nothing when this request has none.
    fn etag(&self) -> Option<&str>;

    /// What is asked, as bytes: without the etag, which says what was read.
    fn content(&self) -> Vec<u8>;
}

/// What is wrong with the id of a request.
pub fn request_id_faults(request_id: &str) -> Faults {
    if request_id.is_empty() {
        Faults::one("request_id", Problem::Missing)
    } else if uuid::Uuid::try_parse(request_id).is_err() {
        Faults::one("request_id", Problem::Form)
    } else {
        Faults::new()
    }
}

macro_rules! writes {
    (with etag: $($with:ty),+; without: $($without:ty),+ $(;)?) => {
        $(impl Writes for $with {
            fn request_id(&self) -> &str {
                &self.request_id
            }

            fn etag(&self) -> Option<&str> {
                Some(&self.etag)
            }

            fn content(&self) -> Vec<u8> {
                Self { etag: String::new(), ..self.clone() }.encode_to_vec()
            }
        })+

        $(impl Writes for $without {
            fn request_id(&self) -> &str {
                &self.request_id
            }

            fn etag(&self) -> Option<&str> {
                None
            }

            fn content(&self) -> Vec<u8> {
                self.encode_to_vec()
            }
        })+
    };
}

writes! {
    with etag:
        om::RecordPoliceReportRequest,
        om::ConfirmHouseholdRequest,
        om::SettleFlowRequest,
        om::DecideCaseRequest,
        om::CloseCaseRequest,
        om::RecordCallRequest,
        om::RecordCustodyEventRequest,
        om::StrikeCustodyEventRequest,
        om::DecideDossierPermissionRequest,
        om::AmendCaseRequest,
        om::AnswerAlertRequest,
        om::ReopenCaseRequest,
        adviser::RecordOwnFileRequest,
        adviser::WeighAnswerRequest,
        adviser::SignAdviceRequest,
        adviser::WithdrawAdviceRequest,
        adviser::TakeOverAssignmentRequest,
        adviser::ReaffirmAdviceRequest,
        adviser::RetryQuestionRequest,
        adviser::AskFurtherRequest,
        adviser::LetGoQuestionRequest,
        adviser::RecordTelephoneAnswerRequest,
        adviser::ConfirmTelephoneAnswerRequest,
        source::TakeUpQuestionRequest,
        source::RetractAnswerRequest,
        source::ConfirmTelephoneAnswerRequest,
        source::AnswerQuestionRequest;
    without:
        om::RegisterCaseRequest,
        om::ReportProgressRequest,
        om::SubmitAdviceRequest,
        om::ReceiveAcuteSignalRequest,
        adviser::SaveAdviceDraftRequest,
        adviser::RaiseAcuteSignalRequest,
        adviser::CreateAssignmentRequest,
        adviser::UpdateAssignmentRequest,
        adviser::WithdrawAssignmentRequest,
        adviser::ReportQuestionStateRequest,
        adviser::DeliverAnswerRequest,
        adviser::NotifyDecisionRequest,
        source::RaiseAcuteSignalRequest,
        source::AskQuestionRequest,
        source::WithdrawQuestionRequest,
        source::NoteTelephoneAnswerRequest,
        source::NotifyDecisionRequest,
        office::RetryErrandRequest,
        office::StopErrandRequest;
}
