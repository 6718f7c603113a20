//! What is seen of the offices from outside, and what may never be: nobody's name is in any line of the log, span,
//! metric, error or path, whatever is asked and however it goes wrong.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::metadata::MetadataMap;
use tonic::{Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_prost::ProstCodec;
use zsm::Kind;
use zsm_chassis::Ids;
use zsm_node::NAMES;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::source::v1 as source;

use crate::case::{Acknowledged, Drive, Ending};
use crate::client::{Client, PAUSE};
use crate::collector::Collector;
use crate::program::House;
use crate::story::{MARK, Plot, Story};

/// How long to wait for what happens by itself.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is personal in the stories, in the registers that ship, and in what proves who someone is.
const MARKS: [&str; 17] = [
    MARK,
    "999990044",
    "999990056",
    "999990020",
    "999990019",
    "999990032",
    "1991-08-21",
    "1994-03-02",
    "2018-05-14",
    "PL0900-",
    "VT-2026-",
    "Herhaald geweld",
    "Genoemd als degene die sloeg",
    "melder wil niet",
    "komt niet in de woning",
    "9876ZX",
    // How every token begins.
    "eyJ0eXAi",
];
/// All that a span says, and the field by which its kind is told.
const KEYS: [&str; 5] = ["office", "method", "code", "kind", "tries"];

/// The page of metrics.
pub(crate) async fn page(house: &House) -> String {
    let mut connection = TcpStream::connect(house.metrics()).await.unwrap();
    connection.write_all(b"GET /metrics HTTP/1.1\r\nHost: zsm\r\n\r\n").await.unwrap();
    let mut page = String::new();
    connection.read_to_string(&mut page).await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    page
}

/// Waits for something that happens by itself.
pub(crate) async fn until(what: &str, is: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_name_is_in_any_line_span_metric_error_or_path() {
    let collector = Collector::open().await;
    let all = [("RUST_LOG", "trace"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200")];
    let mut house = House::told(&["--log-format", "json", "--otlp", &collector.url()], &all);
    house.start();
    let client = Client::of(&house);
    let plots = [Plot::AtTheDesk, Plot::Known, Plot::Triage];
    let mut drives: Vec<Drive<'_>> = plots
        .into_iter()
        .zip(1..)
        .map(|(plot, number)| Drive::new(&client, Story::new(number, plot, client.now())))
        .collect();
    for drive in &mut drives {
        while drive.acknowledged.own_file == 0 {
            assert!(drive.act().await);
        }
    }
    let pages = vec![page(&house).await];
    house.kill();
    house.start();
    let mut told = Vec::new();
    for drive in drives {
        provoke(&client, &drive.acknowledged).await;
        told.push(drive.finish().await);
    }
    for one in &told {
        provoke(&client, one).await;
    }
    // Of what was provoked one registration came in; the others were under way and are decided.
    let waits = |page: &str| page.lines().any(|line| line.starts_with("zsm_cases{") && !line.contains("\"gezin\""));
    assert!(waits(&pages[0]), "{}", pages[0]);
    until("decided cases to wait for nothing", async || !waits(&page(&house).await)).await;
    let pages = [pages, vec![page(&house).await]].concat();
    let ended = format!(r#"zsm_cases_ended{{how="beslist",office="om"}} {}"#, told.len());
    assert!(pages.iter().any(|page| page.contains(&ended)), "{}", pages[pages.len() - 1]);
    assert!(house.interrupt().success());

    can_see(&house, &collector, &pages, &client);
    let mut found = Vec::new();
    let mut search = |place: &str, bytes: &[u8], marks: &[&str]| {
        found.extend(marks.iter().filter_map(|mark| Some(format!("{place}: {}", around(bytes, mark)?))));
    };
    for line in house.said().lines() {
        search("log", line.as_bytes(), &MARKS);
    }
    // What goes to others holds no name of a case either: nothing there strings its days together.
    let streams = told.iter().flat_map(|one| [one.case.as_str(), one.assignment.as_str()]);
    let everything: Vec<&str> = MARKS.into_iter().chain(streams.map(id)).collect();
    for (path, message) in collector.taken() {
        search("path of an export", path.as_bytes(), &everything);
        search("export", &message, &everything);
    }
    for span in collector.spans() {
        search("id of a trace", span.trace().as_bytes(), &MARKS);
    }
    for page in &pages {
        search("page", page.as_bytes(), &everything);
    }
    for status in client.refusals() {
        search("error", status.message().as_bytes(), &MARKS);
        search("details of an error", status.details(), &MARKS);
        search("metadata of an error", format!("{:?}", status.metadata()).as_bytes(), &MARKS);
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
}

/// The search is worth something: what should be there was there to be searched.
fn can_see(house: &House, collector: &Collector, pages: &[String], client: &Client) {
    let spans = collector.spans();
    for kind in NAMES {
        let own = spans.iter().filter(|span| span.attribute("office").as_deref() == Some(kind.slug()));
        assert!(own.count() > 10, "there are spans of {}", kind.slug());
    }
    for span in &spans {
        assert!(span.keys().iter().all(|key| KEYS.contains(key)), "{span:?}");
        assert!(span.state.is_empty() && span.events() == 0, "{span:?}");
    }
    let traces = collector.offices_by_trace();
    for lead in ["rvdk", "reclassering"] {
        let through = |offices: &&std::collections::BTreeSet<String>| {
            ["om", lead, "veilig-thuis"].iter().all(|office| offices.contains(*office))
        };
        assert!(traces.values().any(|offices| through(&offices)), "one trace goes from OM by {lead} to a source");
    }
    let linked = |trace: &String| traces.contains_key(trace);
    assert!(spans.iter().any(|span| span.links().iter().any(linked)), "an act refers to the act before it");
    assert!(spans.iter().any(|span| span.name == "assignments/Ask" && span.has_cause()));

    let metrics: Vec<u8> = collector.taken().into_iter().flat_map(|(_, message)| message).collect();
    let measured =
        ["calls", "call.duration", "errands", "errands.oldest", "cases", "journal.appends", "journal.commits"];
    for name in measured {
        assert!(around(&metrics, &format!("zsm.{name}")).is_some(), "zsm.{name} is exported");
        let on_page = format!("zsm_{}", name.replace('.', "_"));
        assert!(pages.iter().all(|page| page.contains(&on_page)), "{on_page} is on the page");
    }

    let said = house.said();
    let lines = said.lines().filter(|line| !line.starts_with("zsm: "));
    let lines: Vec<serde_json::Value> =
        lines.map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect();
    assert!(lines.iter().any(|line| line["level"] == "TRACE"), "everything was logged");
    let traced = lines.iter().filter_map(|line| line["trace_id"].as_str());
    assert!(traced.filter(|trace| traces.contains_key(*trace)).count() > 100, "lines of the log name their trace");

    let reasons: std::collections::BTreeSet<String> =
        client.refusals().iter().map(|status| format!("{:?}", status.code())).collect();
    for code in [
        "InvalidArgument",
        "PermissionDenied",
        "NotFound",
        "Unauthenticated",
        "Aborted",
        "FailedPrecondition",
        "AlreadyExists",
        "Unimplemented",
        "Internal",
    ] {
        assert!(reasons.contains(code), "{code} was provoked: {reasons:?}");
    }
}

/// The id in a name.
fn id(name: &str) -> &str {
    name.split('/').nth(1).unwrap()
}

/// Where a mark stands in some bytes, with what is around it.
fn around(bytes: &[u8], mark: &str) -> Option<String> {
    let at = bytes.windows(mark.len()).position(|window| window == mark.as_bytes())?;
    let around = &bytes[at.saturating_sub(200)..bytes.len().min(at + 100)];
    Some(format!("{mark} in {}", String::from_utf8_lossy(around)))
}

/// Asks what will be refused, for as many reasons as there are, each time with marks in it.
async fn provoke(client: &Client, told: &Acknowledged) {
    let story = Story::new(900, Plot::Known, client.now());
    let fresh = || Ids::system().draw().to_string();
    let registration = || om::RegisterCaseRequest { request_id: fresh(), ..story.registration() };
    let person = |identity: model::Identity| om::RegisterCaseRequest {
        suspect: Some(om::register_case_request::Suspect::Person(identity)),
        ..registration()
    };
    let sound = match registration().suspect {
        Some(om::register_case_request::Suspect::Person(identity)) => identity,
        _ => panic!("the suspect is a person"),
    };
    let mark = || MARK.to_owned();

    // What is wrong with a request.
    let police = "politie/politie";
    for wrong in [
        om::RegisterCaseRequest { request_id: mark(), ..registration() },
        om::RegisterCaseRequest { bvh_number: mark().repeat(100), ..registration() },
        om::RegisterCaseRequest { region: mark(), offences: vec![mark()], ..registration() },
        om::RegisterCaseRequest { act: Some(model::Act { from: mark(), ..Default::default() }), ..registration() },
        person(model::Identity { bsn: mark(), birth_date: mark(), ..sound.clone() }),
        person(model::Identity { bsn: "999990021".into(), birth_date: "1991-08-21-1".into(), ..sound.clone() }),
        person(model::Identity { surname: mark().repeat(200), postcode: mark(), ..sound.clone() }),
        om::RegisterCaseRequest { household: None, suspect: None, ..registration() },
    ] {
        client.once(Kind::Om, police, wrong).await.unwrap_err();
    }
    // The same incident and suspect once more; the same request with another content.
    client.once(Kind::Om, police, registration()).await.ok();
    client.once(Kind::Om, police, registration()).await.unwrap_err();
    let reused = om::RegisterCaseRequest { bvh_number: mark(), ..story.registration() };
    client.once(Kind::Om, police, story.registration()).await.ok();
    client.once(Kind::Om, police, reused).await.ok();

    // Who may not, and what is not there.
    for who in ["rvdk/adviseur", "veilig-thuis/balie", "om@noord/officier"] {
        client.once(Kind::Om, who, registration()).await.unwrap_err();
        client.once(Kind::Om, who, om::GetCaseRequest { name: told.case.clone() }).await.unwrap_err();
    }
    for name in [mark(), format!("cases/{MARK}"), format!("cases/{}", fresh()), format!("{}/{MARK}", told.case)] {
        client.once(Kind::Om, "om/officier", om::GetCaseRequest { name }).await.unwrap_err();
    }
    let decide = |etag: &str| om::DecideCaseRequest {
        request_id: fresh(),
        name: told.case.clone(),
        etag: etag.into(),
        route: model::Route::Dagvaarding.into(),
        motivation: mark(),
        advice_version: 1,
        stance: Some(om::decide_case_request::Stance::Deviates(om::DeviatesFromAdvice { because: mark() })),
        phoned: Vec::new(),
    };
    for etag in [MARK, "r0", "r999"] {
        client.once(Kind::Om, "om/officier", decide(etag)).await.unwrap_err();
    }
    client.change(Kind::Om, "om/officier", decide("")).await.unwrap_err();
    let weigh = |name: String| adviser::WeighAnswerRequest {
        request_id: fresh(),
        name,
        etag: "r1".into(),
        item: model::ItemKind::VeiligThuis.into(),
        version: 99,
        reason: mark(),
        lines: vec![model::WeighingLine { person: 99, text: mark() }],
    };
    for lead in [Kind::Rvdk, Kind::Reclassering] {
        for who in ["rvdk/adviseur", "reclassering/adviseur"] {
            client.once(lead, who, weigh(told.assignment.clone())).await.unwrap_err();
            client.once(lead, who, weigh(mark())).await.unwrap_err();
        }
    }
    for source in [Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis] {
        let answer = model::Answer { outcomes: Vec::new(), ..story.own_file(&[1]) };
        let (request_id, name) = (fresh(), format!("questions/{}", fresh()));
        let answer = source::AnswerQuestionRequest {
            request_id,
            name,
            etag: "r1".into(),
            answer: Some(answer),
            same_as: String::new(),
        };
        client.once(source, "veilig-thuis/balie", answer).await.unwrap_err();
    }
    client.once(Kind::Om, "om/officier", om::ListCasesRequest { page_token: mark(), ..Default::default() }).await.ok();

    // Who shows nothing, or nonsense.
    let asked = || om::GetCaseRequest { name: told.case.clone() };
    client.without_token(Kind::Om, asked()).await.unwrap_err();
    let forged = format!("{}{MARK}", client.token("om/officier"));
    for token in [MARK, forged.as_str(), client.expired_token("om/officier").as_str()] {
        client.with_token(Kind::Om, token, asked()).await.unwrap_err();
    }

    for at in NAMES {
        strange(client, at).await;
    }
}

/// Calls that no client of ours makes: other methods, other bytes, other headers.
async fn strange(client: &Client, at: Kind) {
    let token = client.token("om/officier");
    for path in ["/zsm.om.v1.CaseService/Kwikzilver", "/Kwikzilver/Kwikzilver", "/Kwikzilver?bsn=999990044"] {
        let call = raw(client, at, path, MARK.to_owned(), &token).await;
        client.note(call.unwrap_err());
    }
    // A name that is no text.
    let bytes = [&[0xff, 0xfe], MARK.as_bytes()].concat();
    if at == Kind::Om {
        client.note(raw(client, at, "/zsm.om.v1.CaseService/GetCase", bytes, &token).await.unwrap_err());
    }
    let asked = HealthCheckRequest { service: MARK.to_owned() };
    client.note(HealthClient::new(client.channel(at)).check(asked).await.unwrap_err());
}

/// One call to any path, with marks in every header that a trace could be taken from.
async fn raw<M>(client: &Client, at: Kind, path: &'static str, message: M, token: &str) -> Result<(), Status>
where
    M: prost::Message + Default + 'static,
{
    let mut request = Request::new(message);
    zsm_chassis::authenticate::show(&mut request, token).unwrap();
    mark_headers(request.metadata_mut());
    let mut grpc = tonic::client::Grpc::new(client.channel(at));
    grpc.ready().await.unwrap();
    let codec: ProstCodec<M, om::GetCaseResponse> = ProstCodec::default();
    grpc.unary(request, http::uri::PathAndQuery::from_static(path), codec).await.map(drop)
}

fn mark_headers(headers: &mut MetadataMap) {
    // There is room enough for a number of a person.
    let trace = "00-00000000000000000000000999990044-00000009999900ff-01";
    for (name, value) in [
        ("traceparent", trace),
        ("tracestate", "naam=Kwikzilver"),
        ("baggage", "naam=Kwikzilver"),
        ("x-naam", "Kwikzilver"),
        ("grpc-timeout", "999990044S"),
        ("b3", "00000000000000000000000999990044-00000009999900ff-1"),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_gone_delays_nothing() {
    a_case_goes_through(&Collector::gone().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_never_answers_delays_nothing() {
    a_case_goes_through(&Collector::dumb().await).await;
}

async fn a_case_goes_through(collector: &Collector) {
    let often = [("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_METRIC_EXPORT_INTERVAL", "50")];
    let mut house = House::told(&["--otlp", &collector.url()], &often);
    house.start();
    let client = Client::of(&house);
    let done = Drive::new(&client, Story::new(1, Plot::Known, client.now())).finish().await;
    assert_eq!(done.ended, Some(Ending::Decided));
    assert!(page(&house).await.contains("zsm_calls_total"));
    assert!(house.interrupt().success(), "the node stops well");
}
