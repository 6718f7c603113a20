//! Messages that say nothing, something unknown, or what their sender may not say.

use tonic::{Code, Status};
use tonic_types::StatusExt;
use zsm::Kind;
use zsm_chassis::DevelopmentIssuer;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::model::v1::person_outcome::Outcome;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;

use super::{DESK, Scene};

/// The fields that a refusal names.
fn fields(status: &Status) -> Vec<String> {
    let details = status.get_details_bad_request();
    details.into_iter().flat_map(|one| one.field_violations).map(|one| one.field).collect()
}

pub(super) fn assert_names(status: &Status, field: &str) {
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
            answer.outcomes[0].outcome = Some(Outcome::Ambiguous(model::Ambiguous { candidates: 0 }));
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
    let officer = zsm_node::caller::parse("om/officier", &zsm::Region::midden()).unwrap();
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
            retraction: None,
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
        same_as: String::new(),
    };
    for etag in ["", "7", "r-1", "rr"] {
        let status = scene.client.ask(Kind::VeiligThuis, DESK, answer(etag)).await.unwrap_err();
        assert_names(&status, "etag");
    }
    let status = scene.client.ask(Kind::VeiligThuis, DESK, answer("r999")).await.unwrap_err();
    assert_eq!(status.code(), Code::Aborted, "{status:?}");
    scene.unharmed().await;
}
