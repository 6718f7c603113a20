//! A repeat gets the first reply, whatever would be said of it today.

use super::*;
use crate::testing::{Bring, Command, Office, STREAM, actor};
use zsm::Role;
use zsm::authority::{self, Act};
use zsm_proto::pb::om::v1::{CloseCaseRequest, CloseCaseResponse};

/// The request with this id, read with these faults; what is said of it.
async fn ask(office: &Office, id: &str, explanation: &str, faults: Faults) -> Result<String, tonic::Code> {
    let permit = authority::permit(actor("om", Role::Officier), Act::CloseCase).unwrap();
    let request = CloseCaseRequest {
        request_id: id.into(),
        etag: "r0".into(),
        explanation: explanation.into(),
        ..CloseCaseRequest::default()
    };
    let reply = |done: &Performed<_>| CloseCaseResponse { etag: etag(done.version) };
    let command = (Command::Tell(Bring::News(1)), faults);
    let said = office.clerk.reply(&request, &permit, STREAM, command, reply).await;
    said.map(|said| said.into_inner().etag).map_err(|status| status.code())
}

#[tokio::test]
async fn a_repeat_that_would_be_wrong_today_gets_the_reply_of_its_first_time() {
    // E4: the reply was lost, and it is past midnight.
    let office = Office::open().await;
    let (id, other) = ("0190b0a0-0000-7000-8000-000000000001", "0190b0a0-0000-7000-8000-000000000002");
    let too_late = || Faults::one("vt_region", Problem::UnknownMunicipality);
    let first = ask(&office, id, "overgedragen", Faults::new()).await.unwrap();
    assert_eq!(ask(&office, id, "overgedragen", too_late()).await, Ok(first));
    assert_eq!(office.clerk.read(STREAM).await.unwrap().version, 1, "and it is done once");
    assert_eq!(ask(&office, other, "overgedragen", too_late()).await, Err(tonic::Code::InvalidArgument));
    assert_eq!(ask(&office, id, "iets anders", too_late()).await, Err(tonic::Code::InvalidArgument), "no repeat");
}
