//! Whatever bytes come in: a value or faults, never a panic, and never a refusal without a fault.

use super::samples::{self, wire};
use crate::convert::{Read, Writes, read, request_id_faults};
use crate::pb::{adviser::v1 as adviser, model::v1 as model, office::v1 as office, om::v1 as om, source::v1 as source};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use prost::Message;
use zsm::arbitrary as any_of;

/// Reads what can be decoded; what it says must hang together.
fn survives<M: Message + Default + Read<T>, T>(bytes: &[u8]) {
    if let Ok(message) = M::decode(bytes)
        && let Err(faults) = read(message)
    {
        assert!(!faults.is_empty(), "refused without a fault");
        assert!(faults.iter().all(|fault| !fault.field.is_empty()));
    }
}

fn every_request_survives(bytes: &[u8]) {
    survives::<om::RegisterCaseRequest, _>(bytes);
    survives::<om::RecordPoliceReportRequest, _>(bytes);
    survives::<om::ConfirmHouseholdRequest, _>(bytes);
    survives::<om::SettleFlowRequest, _>(bytes);
    survives::<om::DecideCaseRequest, _>(bytes);
    survives::<om::CloseCaseRequest, _>(bytes);
    survives::<om::RecordCallRequest, _>(bytes);
    survives::<om::RecordCustodyEventRequest, _>(bytes);
    survives::<om::StrikeCustodyEventRequest, _>(bytes);
    survives::<om::DecideDossierPermissionRequest, _>(bytes);
    survives::<om::AmendCaseRequest, _>(bytes);
    survives::<om::AnswerAlertRequest, _>(bytes);
    survives::<om::ReopenCaseRequest, _>(bytes);
    survives::<om::ReportProgressRequest, _>(bytes);
    survives::<om::SubmitAdviceRequest, _>(bytes);
    survives::<om::ReceiveAcuteSignalRequest, _>(bytes);
    survives::<adviser::RaiseAcuteSignalRequest, _>(bytes);
    survives::<source::RaiseAcuteSignalRequest, _>(bytes);
    survives::<om::GetCaseRequest, _>(bytes);
    survives::<om::GetCaseGateRequest, _>(bytes);
    survives::<om::GetCaseTimelineRequest, _>(bytes);
    survives::<adviser::CreateAssignmentRequest, _>(bytes);
    survives::<adviser::UpdateAssignmentRequest, _>(bytes);
    survives::<adviser::WithdrawAssignmentRequest, _>(bytes);
    survives::<adviser::ReaffirmAdviceRequest, _>(bytes);
    survives::<adviser::SaveAdviceDraftRequest, _>(bytes);
    survives::<adviser::TakeOverAssignmentRequest, _>(bytes);
    survives::<adviser::GetAssignmentRequest, _>(bytes);
    survives::<adviser::RecordOwnFileRequest, _>(bytes);
    survives::<adviser::WeighAnswerRequest, _>(bytes);
    survives::<adviser::SignAdviceRequest, _>(bytes);
    survives::<adviser::WithdrawAdviceRequest, _>(bytes);
    survives::<adviser::RetryQuestionRequest, _>(bytes);
    survives::<adviser::AskFurtherRequest, _>(bytes);
    survives::<adviser::LetGoQuestionRequest, _>(bytes);
    survives::<adviser::RecordTelephoneAnswerRequest, _>(bytes);
    survives::<adviser::ConfirmTelephoneAnswerRequest, _>(bytes);
    survives::<adviser::ReportQuestionStateRequest, _>(bytes);
    survives::<adviser::DeliverAnswerRequest, _>(bytes);
    survives::<adviser::ConfirmAdviceCurrentRequest, _>(bytes);
    survives::<adviser::ConfirmAdviceCurrentResponse, _>(bytes);
    survives::<adviser::NotifyDecisionRequest, _>(bytes);
    survives::<source::AskQuestionRequest, _>(bytes);
    survives::<source::AskQuestionResponse, _>(bytes);
    survives::<source::WithdrawQuestionRequest, _>(bytes);
    survives::<source::TakeUpQuestionRequest, _>(bytes);
    survives::<source::GetQuestionRequest, _>(bytes);
    survives::<source::ConfirmAnswerCurrentRequest, _>(bytes);
    survives::<source::ConfirmAnswerCurrentResponse, _>(bytes);
    survives::<source::NotifyDecisionRequest, _>(bytes);
    survives::<source::AnswerQuestionRequest, _>(bytes);
    survives::<source::RetractAnswerRequest, _>(bytes);
    survives::<source::NoteTelephoneAnswerRequest, _>(bytes);
    survives::<source::ConfirmTelephoneAnswerRequest, _>(bytes);
    survives::<office::ListErrandsRequest, _>(bytes);
    survives::<office::RetryErrandRequest, _>(bytes);
    survives::<office::StopErrandRequest, _>(bytes);
}

/// The bytes of requests with much in them.
fn requests() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any_of::registration(any_of::later()).prop_map(|one| wire(&one).encode_to_vec()),
        any_of::household(true)
            .prop_map(|one| { samples::confirmation(model::Household::from(&one).persons).encode_to_vec() }),
        any_of::question().prop_map(|one| {
            source::AskQuestionRequest { question: Some((&one).into()), ..Default::default() }.encode_to_vec()
        }),
        any_of::answer().prop_map(|one| samples::delivery((&one).into()).encode_to_vec()),
        any_of::content().prop_map(|one| {
            adviser::SignAdviceRequest { content: Some((&one).into()), ..samples::signing() }.encode_to_vec()
        }),
        any_of::brief().prop_map(|one| {
            adviser::UpdateAssignmentRequest { brief: Some((&one).into()), ..Default::default() }.encode_to_vec()
        }),
        (any_of::advice(), any_of::snapshot()).prop_map(|(advice, snapshot)| {
            om::SubmitAdviceRequest {
                name: samples::CASE.into(),
                advice: Some((&advice).into()),
                snapshot: Some((&snapshot).into()),
                ..Default::default()
            }
            .encode_to_vec()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        every_request_survives(&bytes);
    }

    #[test]
    fn spoiled_requests(mut bytes in requests(), spoils in vec((any::<Index>(), any::<u8>()), 0..6)) {
        for (place, byte) in spoils {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        every_request_survives(&bytes);
    }

    #[test]
    fn any_instant(seconds in any::<i64>(), nanos in any::<i32>()) {
        let _ = read(prost_types::Timestamp { seconds, nanos });
    }

    #[test]
    fn any_request_id(id in ".{0,40}") {
        let _ = request_id_faults(&id);
    }
}

#[test]
fn a_request_id_is_a_uuid() {
    assert!(request_id_faults("6a1f1f0e-0000-4000-8000-000000000001").is_empty());
    assert_eq!(request_id_faults("").iter().next().map(|fault| fault.problem), Some(zsm::Problem::Missing));
    assert_eq!(request_id_faults("1").iter().next().map(|fault| fault.problem), Some(zsm::Problem::Form));
}

#[test]
fn only_writes_by_a_person_on_something_that_exists_have_an_etag() {
    let close = om::CloseCaseRequest { request_id: "r".into(), etag: "e".into(), ..Default::default() };
    assert_eq!((close.request_id(), close.etag()), ("r", Some("e")));
    let register = om::RegisterCaseRequest { request_id: "r".into(), ..Default::default() };
    assert_eq!((register.request_id(), register.etag()), ("r", None));
}
