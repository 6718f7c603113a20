//! What should not come in over the wire: it is refused, it changes nothing, and the office goes on.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use tonic::{Code, Status};
use tonic_types::StatusExt;
use zsm::Kind;
use zsm_chassis::DevelopmentIssuer;
use zsm_journal::Journal;
use zsm_node::NAMES;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::model::v1::person_outcome::Outcome;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;

use crate::case::{Acknowledged, Drive, Ending};
use crate::client::Client;
use crate::program::House;
use crate::story::{Plot, Story};

const DESK: &str = "veilig-thuis/balie";
const SERVICE: &str = "veilig-thuis/dienst:regel:bron-1";

/// A house in which a desk has taken a question up, and how every stream stands there.
struct Scene {
    house: House,
    client: Client,
    story: Story,
    acknowledged: Acknowledged,
    before: BTreeMap<String, usize>,
}

impl Scene {
    async fn set() -> Self {
        let mut house = House::open();
        let client = Client::of(&house);
        let story = Story::new(1, Plot::AtTheDesk, client.now());
        let mut drive = Drive::new(&client, story.clone());
        while drive.acknowledged.taken_up.is_empty() {
            assert!(drive.act().await);
        }
        let acknowledged = drive.acknowledged;
        // What is under way arrives first, so that a second look sees the same.
        let mut before = versions(&mut house).await;
        loop {
            house.start();
            for kind in NAMES {
                assert!(client.is_well(kind).await);
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let again = versions(&mut house).await;
            if again == before {
                break;
            }
            before = again;
        }
        house.start();
        Self { house, client, story, acknowledged, before }
    }

    fn question(&self) -> String {
        self.acknowledged.taken_up[0].clone()
    }

    /// A sound answer to the question.
    fn answer(&self) -> model::Answer {
        self.story.desk_answer(zsm::Item::VeiligThuis, &[1, 2], 1)
    }

    async fn answered(&self, answer: model::Answer) -> Status {
        let request = source::AnswerQuestionRequest {
            request_id: self.story.request_id("hostile"),
            name: self.question(),
            etag: String::new(),
            answer: Some(answer),
        };
        self.client.change(Kind::VeiligThuis, DESK, request).await.expect_err("it was taken for an answer")
    }

    async fn delivered(&self, mut answer: model::Answer) -> Status {
        // A source says who searched.
        answer.searched.iter_mut().for_each(|searched| searched.by = "veilig-thuis-balie-1".into());
        let request = adviser::DeliverAnswerRequest {
            request_id: self.story.request_id("hostile"),
            name: self.acknowledged.assignment.clone(),
            question: self.question(),
            version: 1,
            answer: Some(answer),
        };
        self.client.ask(Kind::Rvdk, SERVICE, request).await.expect_err("it was taken for an answer")
    }

    /// Nothing changed, and the offices still do their work: the case can be finished.
    async fn unharmed(mut self) {
        let after = versions(&mut self.house).await;
        assert_eq!(after, self.before, "something was written");
        self.house.start();
        let finished = Drive::resumed(&self.client, self.story.clone(), self.acknowledged.clone()).finish().await;
        assert_eq!(finished.ended, Some(Ending::Decided));
    }
}

/// How many facts every stream holds, and how many errands are open; the node is stopped for it.
async fn versions(house: &mut House) -> BTreeMap<String, usize> {
    assert!(house.interrupt().success());
    let mut versions = BTreeMap::new();
    for kind in NAMES {
        let journal = Journal::open(&house.journal(kind)).await.unwrap();
        for stream in journal.streams("").await.unwrap() {
            let facts = journal.read(&stream).await.unwrap();
            versions.insert(format!("{} {stream}", kind.slug()), facts.len());
        }
        versions.insert(format!("{} errands", kind.slug()), journal.errands().await.unwrap().len());
        journal.close().await;
    }
    versions
}

/// The fields that a refusal names.
fn fields(status: &Status) -> Vec<String> {
    let details = status.get_details_bad_request();
    details.into_iter().flat_map(|one| one.field_violations).map(|one| one.field).collect()
}

fn assert_names(status: &Status, field: &str) {
    assert_eq!(status.code(), Code::InvalidArgument, "{field}: {status:?}");
    assert!(fields(status).iter().any(|one| one == field), "{field} is not among {:?}", fields(status));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_nothing_or_something_unknown_is_refused_by_field() {
    let scene = Scene::set().await;
    let sound = scene.answer();
    type Spoil = fn(&mut model::Answer);
    let spoilt: [(&str, Spoil); 12] = [
        ("answer.outcomes[0].outcome", |answer| answer.outcomes[0].outcome = None),
        ("answer.outcomes", |answer| answer.outcomes.clear()),
        ("answer.outcomes[1].person", |answer| answer.outcomes[1].person = 1),
        ("answer.outcomes[1].person", |answer| answer.outcomes[1].person = 7),
        ("answer.searched", |answer| answer.searched = None),
        ("answer.searched.identifiers[0]", |answer| answer.searched.as_mut().unwrap().identifiers = vec![77]),
        ("answer.searched.identifiers[0]", |answer| answer.searched.as_mut().unwrap().identifiers = vec![0]),
        ("answer.searched.as_of", |answer| answer.searched.as_mut().unwrap().as_of = None),
        ("answer.judgement.judgement", |answer| answer.judgement.as_mut().unwrap().judgement = None),
        ("answer.judgement.judged.acute", |answer| {
            let judged = model::Judged { acute: 99, ..Default::default() };
            answer.judgement.as_mut().unwrap().judgement = Some(model::judgement::Judgement::Judged(judged));
        }),
        ("answer.safety_conditions.state", |answer| answer.safety_conditions.as_mut().unwrap().state = None),
        ("answer.outcomes[0].ambiguous.candidates", |answer| {
            answer.outcomes[0].outcome = Some(Outcome::Ambiguous(model::Ambiguous { candidates: 1 }));
        }),
    ];
    for (field, spoil) in spoilt {
        let mut answer = sound.clone();
        spoil(&mut answer);
        assert_names(&scene.answered(answer.clone()).await, field);
        assert_names(&scene.delivered(answer).await, field);
    }
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_show_who_they_are_is_told_nothing() {
    let scene = Scene::set().await;
    let asked = || om::GetCaseRequest { name: scene.acknowledged.case.clone() };
    let strange = DevelopmentIssuer::ephemeral().unwrap();
    let officer = zsm_node::caller::parse("om/officier").unwrap();
    let by_a_stranger = strange.issue(&officer, scene.client.now(), jiff::SignedDuration::from_hours(1)).unwrap();
    let good = scene.client.token("om/officier");
    let (head, tail) = good.split_at(good.len() - 8);
    let spoilt = format!("{head}{}", tail.chars().rev().collect::<String>());
    let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
    let tokens =
        ["", "garbage", "a.b.c", &spoilt, &unsigned, &by_a_stranger, &scene.client.expired_token("om/officier")];
    for token in tokens {
        let status = scene.client.with_token(Kind::Om, token, asked()).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated, "{token}: {status:?}");
        assert!(!status.message().contains(&scene.acknowledged.case));
    }
    let status = scene.client.without_token(Kind::Om, asked()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_refused_whoever_they_say_they_are() {
    let scene = Scene::set().await;
    let name = scene.acknowledged.case.clone();
    for who in ["rvdk/adviseur", "veilig-thuis/balie", "om@noord/officier", "politie@noord/politie", "om/dienst"] {
        let status = scene.client.ask(Kind::Om, who, om::GetCaseRequest { name: name.clone() }).await.unwrap_err();
        assert_eq!(status.code(), Code::PermissionDenied, "{who}: {status:?}");
    }
    let mut answer = scene.answer();
    answer.searched.as_mut().unwrap().by = "veilig-thuis-balie-1".into();
    for who in ["rvdk/dienst", "veilig-thuis@noord/dienst", "om/dienst", "veilig-thuis/balie"] {
        let request = adviser::DeliverAnswerRequest {
            request_id: scene.story.request_id("by-another"),
            name: scene.acknowledged.assignment.clone(),
            question: scene.question(),
            version: 1,
            answer: Some(answer.clone()),
        };
        let status = scene.client.ask(Kind::Rvdk, who, request).await.unwrap_err();
        assert_eq!(status.code(), Code::PermissionDenied, "{who}: {status:?}");
    }
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_a_sound_id_or_etag_is_refused() {
    let scene = Scene::set().await;
    for (request_id, field) in [("", "request_id"), ("seven", "request_id")] {
        let request = om::RegisterCaseRequest { request_id: request_id.into(), ..scene.story.registration() };
        let status = scene.client.ask(Kind::Om, "politie/politie", request).await.unwrap_err();
        assert_names(&status, field);
    }
    let reused = om::RegisterCaseRequest { bvh_number: "PL0900-2026-999999".into(), ..scene.story.registration() };
    let status = scene.client.ask(Kind::Om, "politie/politie", reused).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists, "{status:?}");

    let answer = |etag: &str| source::AnswerQuestionRequest {
        request_id: scene.story.request_id("etags"),
        name: scene.question(),
        etag: etag.into(),
        answer: Some(scene.answer()),
    };
    for etag in ["", "7", "r-1", "rr"] {
        let status = scene.client.ask(Kind::VeiligThuis, DESK, answer(etag)).await.unwrap_err();
        assert_names(&status, "etag");
    }
    let status = scene.client.ask(Kind::VeiligThuis, DESK, answer("r999")).await.unwrap_err();
    assert_eq!(status.code(), Code::Aborted, "{status:?}");
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_too_large_is_refused_and_the_office_goes_on() {
    let scene = Scene::set().await;
    for (at, size) in [(Kind::Om, 1024 * 1024), (Kind::Om, 9 * 1024 * 1024)] {
        let large = om::RegisterCaseRequest { bvh_number: "9".repeat(size), ..scene.story.registration() };
        let status = scene.client.once(at, "politie/politie", large).await.unwrap_err();
        assert!(matches!(status.code(), Code::ResourceExhausted | Code::OutOfRange), "{status:?}");
    }
    // Just small enough to be read, and still no number of an incident.
    let long = om::RegisterCaseRequest { bvh_number: "9".repeat(1_000_000), ..scene.story.registration() };
    let status = scene.client.ask(Kind::Om, "politie/politie", long).await.unwrap_err();
    assert_names(&status, "bvh_number");
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_call_harm_nobody() {
    let scene = Scene::set().await;
    let garbage: [&[u8]; 4] = [
        b"GET / HTTP/1.1\r\nHost: om\r\n\r\n",
        &[0xff; 4096],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"",
    ];
    for kind in NAMES {
        for bytes in garbage {
            let mut line = TcpStream::connect(scene.house.address(kind)).unwrap();
            // The office may hang up before all of it is said.
            line.write_all(bytes).ok();
        }
        assert!(scene.client.is_well(kind).await);
    }
    scene.unharmed().await;
}
