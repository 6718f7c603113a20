//! What an administrator sees of errands, and does to them.

use super::*;
use crate::testing::{Bring, Office, STREAM};
use tonic::Code;
use zsm_chassis::Caller;
use zsm_journal::Standing;

struct Desk {
    office: Office,
    errands: Errands,
}

fn as_caller<T>(who: &str, message: T) -> Request<T> {
    let (organisation, role) = who.split_once('/').unwrap();
    let (organisation, region) = organisation.split_once('@').unwrap_or((organisation, "midden"));
    let mut request = Request::new(message);
    let caller = [organisation, region, role, "b-1"].map(str::to_owned);
    let [organisation, region, role, person] = caller;
    request.extensions_mut().insert(Caller { organisation, region, role, person });
    request
}

const ADMINISTRATOR: &str = "om/beheerder";

impl Desk {
    async fn open() -> Self {
        let office = Office::open().await;
        let errands = Errands::new(Kind::Om, &office.runner);
        Self { office, errands }
    }

    async fn list(&self, who: &str, request: pb::ListErrandsRequest) -> Result<pb::ListErrandsResponse, Status> {
        self.errands.list_errands(as_caller(who, request)).await.map(Response::into_inner)
    }

    async fn all(&self) -> Vec<pb::Errand> {
        self.list(ADMINISTRATOR, pb::ListErrandsRequest::default()).await.unwrap().errands
    }

    async fn stop(&self, who: &str, id: u128, name: &str, reason: &str) -> Result<(), Status> {
        let request_id = uuid::Uuid::from_u128(id).to_string();
        let request = pb::StopErrandRequest { request_id, name: name.into(), reason: reason.into() };
        self.errands.stop_errand(as_caller(who, request)).await.map(drop)
    }

    async fn retry(&self, id: u128, name: &str) -> Result<(), Status> {
        let request_id = uuid::Uuid::from_u128(id).to_string();
        let request = pb::RetryErrandRequest { request_id, name: name.into() };
        self.errands.retry_errand(as_caller(ADMINISTRATOR, request)).await.map(drop)
    }

    /// Tries the only errand there is.
    async fn try_it(&self) {
        let errand = self.office.open_errands().await.remove(0);
        self.office.carry_out(errand).await;
    }
}

#[tokio::test]
async fn the_list_says_what_waits_and_why() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(7)).await;
    let before = desk.all().await.remove(0);
    assert_eq!((before.resource.as_str(), before.task.as_str()), (STREAM, "bring news 7"));
    assert_eq!((before.state(), before.failure), (pb::ErrandState::Pending, None));

    desk.office.fails(Some(Status::unavailable("the message is about Jansen")));
    desk.try_it().await;
    let after = desk.all().await.remove(0);
    assert_eq!((after.state(), after.tries), (pb::ErrandState::Retrying, 1));
    assert_eq!(after.failure.unwrap().code, "UNAVAILABLE");
    assert!(after.next_try.unwrap().seconds >= 1);
    assert_eq!(after.put_at.unwrap().seconds, 0);
}

#[tokio::test]
async fn the_list_goes_by_page_and_by_state() {
    let desk = Desk::open().await;
    for number in 0..3 {
        desk.office.tell(Bring::News(number)).await;
    }
    desk.office.fails(Some(Status::unavailable("")));
    desk.try_it().await;
    let page = |page_token: String, state: pb::ErrandState| {
        let request = pb::ListErrandsRequest { page_size: 2, page_token, state: state.into() };
        desk.list(ADMINISTRATOR, request)
    };
    let tasks = |page: &pb::ListErrandsResponse| page.errands.iter().map(|one| one.task.clone()).collect::<Vec<_>>();
    let first = page(String::new(), pb::ErrandState::Unspecified).await.unwrap();
    assert_eq!(tasks(&first), ["bring news 0", "bring news 1"]);
    let second = page(first.next_page_token, pb::ErrandState::Unspecified).await.unwrap();
    assert_eq!((tasks(&second), second.next_page_token.as_str()), (vec!["bring news 2".to_owned()], ""));
    assert_eq!(tasks(&page(String::new(), pb::ErrandState::Pending).await.unwrap()), ["bring news 1"]);
    assert_eq!(page("x".into(), pb::ErrandState::Pending).await.unwrap_err().code(), Code::InvalidArgument);
    let unknown = pb::ListErrandsRequest { state: 99, ..Default::default() };
    assert_eq!(desk.list(ADMINISTRATOR, unknown).await.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn only_the_administrator_of_this_organisation_gets_anything() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(1)).await;
    let name = desk.all().await.remove(0).name;
    for who in ["om/officier", "om/operator", "om/dienst", "rvdk/beheerder"] {
        let listed = desk.list(who, pb::ListErrandsRequest::default()).await;
        assert_eq!(listed.unwrap_err().code(), Code::PermissionDenied, "{who}");
        assert_eq!(desk.stop(who, 1, &name, "r").await.unwrap_err().code(), Code::PermissionDenied, "{who}");
    }
    let elsewhere = desk.list("om@oost/beheerder", pb::ListErrandsRequest::default()).await.unwrap();
    assert_eq!(elsewhere.errands, []);
    assert_eq!(desk.stop("om@oost/beheerder", 2, &name, "r").await.unwrap_err().code(), Code::PermissionDenied);
    assert_eq!(desk.all().await[0].state(), pb::ErrandState::Pending);
}

#[tokio::test]
async fn news_that_is_stopped_stands_out_and_rests_until_it_is_retried() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(1)).await;
    let name = desk.all().await.remove(0).name;
    desk.stop(ADMINISTRATOR, 1, &name, "Storing.").await.unwrap();
    assert!(desk.office.troubled().await.contains(&Bring::News(1)));
    let stopped = desk.all().await.remove(0);
    assert_eq!((stopped.state(), stopped.next_try), (pb::ErrandState::Stopped, None));
    let stop = stopped.stop.unwrap();
    assert_eq!((stop.reason.as_str(), stop.by.unwrap().person.as_str()), ("Storing.", "b-1"));
    assert_eq!(desk.office.clerk.journal().due(i64::MAX, 9).await.unwrap(), []);

    desk.retry(2, &name).await.unwrap();
    let due = desk.office.clerk.journal().due(0, 9).await.unwrap();
    assert_eq!((due[0].attempts, due[0].standing), (0, Standing::Tried));
    desk.try_it().await;
    assert!(desk.all().await.is_empty());
    assert!(desk.office.troubled().await.is_empty(), "that it came through is noted too");
}

#[tokio::test]
async fn who_stopped_it_last_and_when_is_shown() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(1)).await;
    let name = desk.all().await.remove(0).name;
    desk.stop(ADMINISTRATOR, 1, &name, "Storing.").await.unwrap();
    // Its stream says it already, and is not written again; the hour is that of the second stop.
    desk.office.clock.advance(jiff::SignedDuration::from_hours(1));
    desk.stop(ADMINISTRATOR, 2, &name, "Verhuizing.").await.unwrap();
    let stop = desk.all().await.remove(0).stop.unwrap();
    assert_eq!((stop.at.unwrap().seconds, stop.reason.as_str()), (3_600, "Verhuizing."));
    assert_eq!(desk.office.clerk.read(STREAM).await.unwrap().version, 2);
}

#[tokio::test]
async fn a_request_that_is_repeated_acts_once() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(1)).await;
    let name = desk.all().await.remove(0).name;
    desk.stop(ADMINISTRATOR, 1, &name, "Storing.").await.unwrap();
    desk.retry(2, &name).await.unwrap();
    // The stop arrives once more, late: it was done, and is not done again.
    desk.stop(ADMINISTRATOR, 1, &name, "Storing.").await.unwrap();
    assert_eq!(desk.all().await[0].state(), pb::ErrandState::Pending);
    let other = desk.stop(ADMINISTRATOR, 1, &name, "Anders.").await.unwrap_err();
    assert_eq!(other.code(), Code::AlreadyExists);
    assert_eq!(desk.retry(3, "errands/1").await.unwrap_err().code(), Code::InvalidArgument);
    let unknown = format!("errands/{}", uuid::Uuid::from_u128(9));
    assert_eq!(desk.retry(4, &unknown).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(desk.stop(ADMINISTRATOR, 5, &unknown, "").await.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn news_that_arrives_while_it_is_stopped_is_no_trouble() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::News(1)).await;
    let errand = desk.office.open_errands().await.remove(0);
    let name = format!("errands/{}", errand.id);
    // It is at the other office, which has not answered.
    let leave = desk.office.other.leave.forget_permits(1_000);
    assert_eq!(leave, 1_000);
    let under_way = desk.office.carry_out(errand);
    let stopped = async {
        desk.stop(ADMINISTRATOR, 1, &name, "Storing.").await.unwrap();
        assert!(desk.office.troubled().await.contains(&Bring::News(1)));
        desk.office.other.leave.add_permits(1);
    };
    tokio::join!(under_way, stopped);
    assert!(desk.all().await.is_empty());
    assert!(desk.office.troubled().await.is_empty());
    assert_eq!(desk.stop(ADMINISTRATOR, 2, &name, "Te laat.").await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_question_that_gave_up_stays_in_the_list_until_it_is_asked_anew() {
    let desk = Desk::open().await;
    desk.office.tell(Bring::Question).await;
    desk.office.fails(Some(zsm_proto::status::refused(&Refusal::NotFound, "")));
    desk.try_it().await;
    let given_up = desk.all().await.remove(0);
    assert_eq!((given_up.state(), given_up.tries), (pb::ErrandState::GivenUp, 1));
    assert_eq!(given_up.failure.unwrap().code, "NOT_FOUND/BESTAAT_NIET");
    assert!(desk.office.troubled().await.contains(&Bring::Question));

    desk.office.tell(Bring::News(1)).await;
    assert_eq!(desk.all().await.len(), 2, "other news does not take its place");
    desk.office.tell(Bring::Question).await;
    let left = desk.all().await;
    assert_eq!(left.iter().map(|one| one.state()).collect::<Vec<_>>(), [pb::ErrandState::Pending; 2]);
    assert!(left.iter().all(|one| one.name != given_up.name));
}
