//! An office whose journal cannot be written says that it is not well, the others go on, and it comes back by itself.

use std::time::{Duration, Instant};
use tonic::Code;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_types::StatusExt;
use zsm::Kind;
use zsm_journal::blocked::Blocked;
use zsm_node::NAMES;
use zsm_proto::pb::om::v1 as om;

use crate::case::{Drive, Ending};
use crate::client::{Client, PAUSE};
use crate::collector::Collector;
use crate::program::House;
use crate::seen::{page, until};
use crate::story::{Plot, Story};

/// How long to wait for what happens by itself.
const PATIENCE: Duration = Duration::from_secs(60);

async fn becomes(client: &Client, at: Kind, status: ServingStatus) {
    let begun = Instant::now();
    while client.health(at, "").await != Some(status) {
        assert!(begun.elapsed() < PATIENCE, "{} does not become {status:?}", at.slug());
        tokio::time::sleep(PAUSE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_cannot_write_says_so_and_comes_back_by_itself() {
    let house = House::open();
    let client = Client::of(&house);
    for kind in NAMES {
        assert!(client.is_well(kind).await);
    }
    let story = Story::new(1, Plot::Unknown, client.now());
    let blocked = Blocked::at(&house.journal(Kind::Om)).unwrap();
    let refused = client.once(Kind::Om, "politie/politie", story.registration()).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unavailable, "{refused:?}");
    let reason = refused.get_details_error_info().map(|info| info.reason);
    assert_eq!(reason.as_deref(), Some("OPSLAG"), "it says that nothing can be kept now");

    becomes(&client, Kind::Om, ServingStatus::NotServing).await;
    assert_eq!(client.health(Kind::Om, "zsm.om.v1.CaseService").await, Some(ServingStatus::NotServing));
    for kind in [Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis] {
        assert!(client.is_well(kind).await, "{}", kind.slug());
    }
    let seen = page(&house).await;
    assert!(seen.contains(r#"zsm_journal_writable{office="om"} 0"#), "{seen}");
    assert!(seen.contains(r#"zsm_journal_writable{office="rvdk"} 1"#), "{seen}");
    let listed = client.once(Kind::Om, "om/officier", om::ListCasesRequest::default()).await;
    assert!(listed.unwrap().cases.is_empty(), "what can be read is still shown");

    drop(blocked);
    // Nobody asks for anything: the journal tries for itself.
    becomes(&client, Kind::Om, ServingStatus::Serving).await;
    assert_eq!(client.health(Kind::Om, "zsm.om.v1.CaseService").await, Some(ServingStatus::Serving));
    assert_eq!(Drive::new(&client, story).finish().await.ended, Some(Ending::Decided));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_carried_out_after_a_restart_belongs_to_the_trace_of_the_act_that_caused_it() {
    let collector = Collector::open().await;
    let quick = [("OTEL_BSP_SCHEDULE_DELAY", "100")];
    let mut house = House::told(&["--otlp", &collector.url()], &quick);
    house.start();
    let client = Client::of(&house);
    for kind in NAMES {
        assert!(client.is_well(kind).await);
    }
    // The lead cannot write what OM asks it, so that OM has to go on trying.
    let blocked = Blocked::at(&house.journal(Kind::Rvdk)).unwrap();
    let mut drive = Drive::new(&client, Story::new(1, Plot::Unknown, client.now()));
    while !drive.acknowledged.household {
        assert!(drive.act().await);
    }
    until("an errand to be retried", || async {
        page(&house).await.contains(r#"zsm_errands{office="om",state="retried"} 1"#)
    })
    .await;
    let confirmed = |collector: &Collector| {
        let spans = collector.spans();
        spans.iter().find(|span| span.name.ends_with("/ConfirmHousehold")).map(crate::collector::Span::trace)
    };
    until("the confirmation to be exported", || async { confirmed(&collector).is_some() }).await;
    let cause = confirmed(&collector).unwrap();
    house.kill();
    drop(blocked);
    house.start();
    assert_eq!(drive.finish().await.ended, Some(Ending::Decided));
    until("the lead to be on the trace", || async {
        let created = |span: &crate::collector::Span| {
            span.name.ends_with("/CreateAssignment") && span.attribute("code").as_deref() == Some("Ok")
        };
        collector.spans().iter().any(|span| created(span) && span.trace() == cause && span.has_cause())
    })
    .await;
    until("the questions, which follow from it as well", || async {
        collector.offices_by_trace()[&cause].contains("veilig-thuis")
    })
    .await;
}
