//! Starting, stopping and the command line: what is wrong is told in a sentence, and the exit code tells it too.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::process::Output;
use std::time::Duration;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use zsm::Kind;
use zsm_node::NAMES;
use zsm_proto::pb::om::v1 as om;

use crate::client::Client;
use crate::program::{House, four_free_ports, run};

const CASES: &str = "zsm.om.v1.CaseService";
const ADVISER: &str = "zsm.adviser.v1.AdviserService";
const ERRANDS: &str = "zsm.office.v1.ErrandService";
const SOURCE: &str = "zsm.source.v1.SourceService";

/// What each office serves of its own.
fn services(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Om => &[CASES, ERRANDS],
        Kind::Rvdk | Kind::Reclassering => &[ADVISER, SOURCE, ERRANDS],
        Kind::VeiligThuis => &[SOURCE, ERRANDS],
        Kind::Politie => &[],
    }
}

/// Tries to serve from a folder on ports, and gives the sentence in which that was refused.
fn refused(folder: &Path, first_port: u16) -> String {
    let output = run(&["serve", "--folder", folder.to_str().unwrap(), "--first-port", &first_port.to_string()]);
    assert!(!output.status.success(), "it served");
    sentence(&output)
}

/// The one line that the program says before it ends badly.
fn sentence(output: &Output) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    let said: Vec<&str> = stderr.lines().filter(|line| line.starts_with("zsm: ")).collect();
    assert_eq!(said.len(), 1, "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    said[0].to_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_second_node_on_the_same_ports_is_told_which_port_is_taken() {
    let house = House::open();
    let elsewhere = House::new();
    let said = refused(&elsewhere.folder(), house.first_port());
    assert!(said.contains(&format!("port {} on 127.0.0.1 is already in use", house.first_port())), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_over_the_same_journals_is_told_who_has_them() {
    let house = House::open();
    // Its journal is open from then on.
    assert!(Client::of(&house).is_well(Kind::Om).await);
    let said = refused(&house.folder(), four_free_ports());
    assert!(said.contains("om.db is already in use by a running process"), "{said}");
}

#[test]
fn ports_beyond_the_last_one_are_refused() {
    let said = refused(&House::new().folder(), 65_534);
    assert!(said.contains("the first port must leave room for four"), "{said}");
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let house = House::new();
    let file = house.folder().join("not-a-folder");
    std::fs::write(&file, "a letter").unwrap();
    let said = refused(&file, house.first_port());
    assert!(said.contains("cannot be made; choose another with --folder"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a letter");
}

#[test]
fn a_file_that_is_no_journal_is_refused_and_left_as_it_is() {
    let house = House::new();
    let letter = "a letter, many times over\n".repeat(1_000);
    std::fs::write(house.journal(Kind::Rvdk), &letter).unwrap();
    let said = refused(&house.folder(), house.first_port());
    assert!(said.contains("rvdk.db is not a journal of this program and is left as it is"), "{said}");
    assert_eq!(std::fs::read_to_string(house.journal(Kind::Rvdk)).unwrap(), letter);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_a_newer_program_is_refused_and_left_as_it_is() {
    /// Where a SQLite file keeps the number that its program gives it (`user_version`), in big endian.
    const VERSION: std::ops::Range<usize> = 60..64;
    let mut house = House::open();
    assert!(Client::of(&house).is_well(Kind::VeiligThuis).await);
    assert!(house.interrupt().success());
    let sound = std::fs::read(house.journal(Kind::VeiligThuis)).unwrap();
    let mut bytes = sound.clone();
    bytes[VERSION].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(house.journal(Kind::VeiligThuis), &bytes).unwrap();
    let said = refused(&house.folder(), house.first_port());
    assert!(said.contains("veilig-thuis.db was written by a newer version of this program (schema 99"), "{said}");
    assert_eq!(std::fs::read(house.journal(Kind::VeiligThuis)).unwrap(), bytes);
    // The offices that were started before it are stopped again: nothing holds their journals.
    std::fs::write(house.journal(Kind::VeiligThuis), &sound).unwrap();
    house.start();
    assert!(Client::of(&house).is_well(Kind::VeiligThuis).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_stops_the_node_well_while_clients_stay_connected() {
    for signal in ["INT", "TERM"] {
        let mut house = House::open();
        let client = Client::of(&house);
        for kind in NAMES {
            assert!(client.is_well(kind).await, "{}", kind.slug());
        }
        let ended = house.signal(signal);
        assert_eq!(ended.code(), Some(0), "SIG{signal}");
        for kind in NAMES {
            let log = house.folder().join(format!("{}.db-wal", kind.slug()));
            assert!(!log.exists(), "{} was not folded into its journal", log.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_office_tells_that_it_is_well_and_what_it_speaks() {
    let house = House::open();
    let client = Client::of(&house);
    for kind in NAMES {
        assert!(client.is_well(kind).await, "{}", kind.slug());
        let mut health = HealthClient::new(client.channel(kind));
        for service in services(kind) {
            let said = health.check(HealthCheckRequest { service: (*service).to_owned() }).await.unwrap();
            assert_eq!(said.into_inner().status(), ServingStatus::Serving, "{} at {}", service, kind.slug());
        }
        let spoken = spoken(&client, kind).await;
        for service in services(kind) {
            assert!(spoken.contains(*service), "{} does not show {service}: {spoken:?}", kind.slug());
        }
    }
}

/// The services that an office shows by reflection.
async fn spoken(client: &Client, at: Kind) -> BTreeSet<String> {
    let ask = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut reflection = ServerReflectionClient::new(client.channel(at));
    let mut told = reflection.server_reflection_info(tokio_stream::once(ask)).await.unwrap().into_inner();
    let Some(MessageResponse::ListServicesResponse(list)) = told.message().await.unwrap().unwrap().message_response
    else {
        panic!("no list of services");
    };
    list.service.into_iter().map(|one| one.name).collect()
}

#[test]
fn nobody_on_another_machine_can_reach_an_office() {
    // The address by which others know this machine; nothing is sent.
    let outward = UdpSocket::bind("0.0.0.0:0").unwrap();
    let known = outward.connect("192.0.2.1:9").ok().and_then(|()| outward.local_addr().ok()).map(|one| one.ip());
    let Some(outside) = known.filter(|ip: &IpAddr| !ip.is_loopback() && !ip.is_unspecified()) else { return };
    let house = House::open();
    for kind in NAMES {
        let at = SocketAddr::new(outside, house.address(kind).port());
        let reached = TcpStream::connect_timeout(&at, Duration::from_secs(2));
        assert!(reached.is_err(), "{} can be reached on {at}", kind.slug());
    }
}

#[test]
fn help_names_every_command_and_every_option() {
    let house = [
        "--folder",
        "ZSM_FOLDER",
        "--first-port",
        "ZSM_FIRST_PORT",
        "--config",
        "ZSM_CONFIG",
        "--metrics",
        "ZSM_TELEMETRY__METRICS",
        "--otlp",
        "ZSM_TELEMETRY__OTLP",
        "--log-format",
        "ZSM_TELEMETRY__LOG_FORMAT",
        "--help",
    ];
    let helps: [(&[&str], &[&str]); 10] = [
        (&["--help"], &["serve", "play", "token", "call", "case", "import", "completions", "--version", "synthetic"]),
        (&["serve", "--help"], &["serve until Ctrl-C"]),
        (&["play", "--help"], &["<FILE>", "--json", "--coverage", "--against"]),
        (&["config", "--help"], &["check", "example"]),
        (&["token", "--help"], &["--as", "CALLER", "--minutes", "480"]),
        (&["call", "--help"], &["<OFFICE>", "<RPC>", "--as", "--with", "CaseService/GetCase"]),
        (&["case", "--help"], &["[NAME]", "--stuck", "--as", "--json"]),
        (&["import", "--help"], &["--office", "<FILE>", "NDJSON"]),
        (&["completions", "--help"], &["bash", "zsh", "fish"]),
        (&["help"], &["serve", "play", "token", "call", "case", "import", "completions"]),
    ];
    for (words, named) in helps {
        let output = run(words);
        let told = stdout(&output);
        assert!(output.status.success(), "{words:?}");
        for word in named.iter().chain(&house) {
            assert!(told.contains(word), "`zsm {}` does not name {word}:\n{told}", words.join(" "));
        }
    }
}

#[test]
fn what_the_program_does_not_know_is_refused() {
    for words in
        [&["--colour"][..], &["serv"], &["serve", "--first-port", "many"], &["token"], &["call", "om"], &["play"]]
    {
        let output = run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("error: "), "{words:?}");
    }
}

#[test]
fn settings_that_do_not_fit_are_refused_together_by_the_flags_that_say_them() {
    let output = run(&["--log-format", "xml", "--metrics", "7400", "--otlp", "a b"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    for flag in ["--log-format", "--metrics", "--otlp"] {
        assert!(told.contains(&format!("flag {flag}: telemetry.")), "{told}");
    }
}

#[test]
fn a_command_that_cannot_be_carried_out_says_why() {
    let house = House::new();
    let (folder, port) = (house.folder(), house.first_port().to_string());
    let at = ["--folder", folder.to_str().unwrap(), "--first-port", port.as_str()];
    let tries: [(&[&str], &str); 8] = [
        (&["call", "om", "CaseService/ListCases", "--as", "om/officier"], "no office was ever started"),
        (&["call", "kadaster", "CaseService/ListCases", "--as", "om/officier"], "there is no office `kadaster`"),
        (&["call", "om", "CaseService/ListCases", "--as", "om/officier", "--with", "{"], "the request is not JSON"),
        (&["token", "--as", "om/koning"], "`koning` is geen rol"),
        (&["token", "--as", "om"], "`om` is geen aanroeper"),
        (&["play", "nowhere.yaml"], "nowhere.yaml"),
        (&["case", "cases/1"], "start the offices with `cargo run`"),
        (&["import", "--office", "rvdk", "nowhere.ndjson"], "nowhere.ndjson cannot be opened"),
    ];
    for (words, why) in tries {
        let output = run(&[words, &at].concat());
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let said = sentence(&output);
        assert!(said.contains(why), "{words:?}: {said}");
    }
}

#[test]
fn a_call_from_the_command_line_is_answered() {
    let house = House::open();
    let (folder, port) = (house.folder(), house.first_port().to_string());
    let at = ["--folder", folder.to_str().unwrap(), "--first-port", port.as_str()];
    let listed = run(&[&["call", "om", "CaseService/ListCases", "--as", "om/officier"][..], &at].concat());
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    assert!(stdout(&listed).contains("{}"), "{}", stdout(&listed));
    let refused = run(&[&["call", "om", "CaseService/ListCases", "--as", "rvdk/adviseur"][..], &at].concat());
    assert_eq!(refused.status.code(), Some(1));
    assert!(stdout(&refused).contains("PERMISSION_DENIED"), "{}", stdout(&refused));
}

#[test]
fn a_case_is_shown_as_a_person_reads_it() {
    let house = House::open();
    let (folder, port) = (house.folder(), house.first_port().to_string());
    let at = ["--folder", folder.to_str().unwrap(), "--first-port", port.as_str()];
    let request = r#"{"bvh_number": "PL0900-2026-1", "arrested": false, "entry_route": "POLITIE", "region": "midden",
        "act": {"from": "2026-11-02"}, "offences": ["300 Sr"], "hg_km": {"answer": "JA"},
        "person": {"bsn": "999990020", "surname": "Voorbeeld", "birth_date": "1991-08-21"}}"#;
    let register = ["call", "om", "CaseService/RegisterCase", "--as", "politie/politie", "--with", request];
    let registered = stdout(&run(&[&register[..], &at].concat()));
    let name = registered.split('"').find(|word| word.starts_with("cases/")).unwrap();
    let shown = run(&[&["case", name][..], &at].concat());
    let told = stdout(&shown);
    assert!(shown.status.success() && told.contains(name), "{told}");
    for part in ["Gezin (nog niet bevestigd)", "1 verdachte", "Open (", "  - Het gezin is nog niet bevestigd."] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    assert!(!told.contains("999990020") && !told.contains("Voorbeeld"), "{told}");
    let data = stdout(&run(&[&["case", name.trim_start_matches("cases/"), "--json"][..], &at].concat()));
    assert!(data.contains("\"household_version\"") || data.contains("\"etag\""), "{data}");
    let none = run(&[&["case", "cases/0192f000-0000-7000-8000-000000000000"][..], &at].concat());
    assert_eq!(none.status.code(), Some(1));
    assert!(stdout(&none).contains("NOT_FOUND"), "{}", stdout(&none));
}

#[test]
fn the_cases_that_stand_still_are_listed_with_the_reason() {
    let house = House::open();
    let (folder, port) = (house.folder(), house.first_port().to_string());
    let at = ["--folder", folder.to_str().unwrap(), "--first-port", port.as_str()];
    let om = |rpc: &str, by: &str, request: &str| {
        let said = run(&[&["call", "om", rpc, "--as", by, "--with", request][..], &at].concat());
        assert!(said.status.success(), "{}", stdout(&said));
        stdout(&said)
    };
    let list = |by: &str, form: &[&str]| stdout(&run(&[&["case", "--stuck", "--as", by][..], form, &at].concat()));
    assert!(list("om/operator", &[]).contains("Geen enkele zaak staat stil."));
    let registered = om(
        "CaseService/RegisterCase",
        "politie/politie",
        r#"{"bvh_number": "PL0900-2026-2", "arrested": false, "entry_route": "POLITIE", "region": "midden",
        "act": {"from": "2026-11-02"}, "offences": ["310 Sr"],
        "hg_km": {"answer": "NEE", "established_by": "wachtcommandant", "established_at": "2026-11-02T10:00:00Z",
            "minors_witnessed": false},
        "person": {"bsn": "999990020", "surname": "Voorbeeld", "birth_date": "1991-08-21"}}"#,
    );
    let name = registered.split('"').find(|word| word.starts_with("cases/")).unwrap();
    let close = format!(r#"{{"name": "{name}", "reason": "BUITEN_REIKWIJDTE", "explanation": "Geen geweld thuis."}}"#);
    om("CaseService/CloseCase", "om/officier", &close);
    assert!(list("om/operator", &[]).contains("Geen enkele zaak staat stil."), "it is at rest");
    let amend =
        format!(r#"{{"name": "{name}", "amendment": {{"hg_km": {{"answer": "JA"}}}}, "reason": "Toch thuis."}}"#);
    om("CaseService/AmendCase", "politie/politie", &amend);
    let told = list("om/operator", &[]);
    for part in [name, "PL0900-2026-2, afgelopen", "Er is nieuws na het einde van de zaak", "1 zaak staat stil"] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    assert!(!told.contains("999990020") && !told.contains("Voorbeeld"), "{told}");
    assert!(list("om/officier", &["--json"]).contains("\"nieuws-na-beslissing\""));
    assert!(list("politie/politie", &[]).contains("ROL"), "the police have no such list");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_is_imported_once_the_node_has_stopped() {
    let mut house = House::open();
    // Its journal is open from then on.
    assert!(Client::of(&house).is_well(Kind::VeiligThuis).await);
    let folder = house.folder();
    let file = folder.join("register.ndjson");
    let header =
        |records| format!(r#"{{"name": "Register Proef", "as_of": "2026-11-02T09:00:00Z", "records": {records}}}"#);
    let record = r#"{"bsn": "999990020", "involvement": [{"kind": "melding"}]}"#;
    let words = ["import", "--office", "veilig-thuis", file.to_str().unwrap(), "--folder", folder.to_str().unwrap()];
    std::fs::write(&file, format!("{}\n{record}\n{{\n", header(2))).unwrap();
    assert!(sentence(&run(&words)).contains("veilig-thuis is running on this journal; stop that node first"));
    assert!(house.interrupt().success());

    let bad = run(&words);
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("line 3: it is not json (column 1)"));
    std::fs::write(&file, format!("{}\n{record}\n", header(1))).unwrap();
    assert!(run(&words).status.success());
    let again = run(&words);
    assert!(stdout(&again).contains("veilig-thuis: unchanged, 1 records"), "{}", stdout(&again));
    house.start();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_the_command_line_is_accepted() {
    let house = House::open();
    let made = run(&["token", "--as", "om/officier", "--folder", house.folder().to_str().unwrap()]);
    assert!(made.status.success());
    assert!(sentence(&made).contains("DEVELOPMENT TOKEN"));
    let told = stdout(&made);
    let token = told.split_whitespace().find(|word| word.starts_with("ey")).unwrap();
    let listed = Client::of(&house).with_token(Kind::Om, token, om::ListCasesRequest::default()).await;
    assert!(listed.unwrap().cases.is_empty());
}

#[test]
fn playing_tells_by_its_exit_code_whether_it_went_well() {
    let folder = tempfile::tempdir().unwrap();
    let (well, wrong) = (folder.path().join("goed.yaml"), folder.path().join("fout.yaml"));
    let told = |expected: &str| {
        format!(
            "title: Lege lijst\nstart: 2026-11-20T10:00:00Z\nsteps:\n  - at: om\n    as: om/officier\n    \
             call: CaseService/ListCases\n    expect: {expected}\n"
        )
    };
    std::fs::write(&well, told("{ok: {cases: []}}")).unwrap();
    std::fs::write(&wrong, told("{refused: {}}")).unwrap();
    let played = run(&["play", well.to_str().unwrap()]);
    assert!(played.status.success() && stdout(&played).contains("alles goed"), "{}", stdout(&played));
    let played = run(&["play", folder.path().to_str().unwrap()]);
    assert_eq!(played.status.code(), Some(1));
    assert!(stdout(&played).contains("1 goed, 1 anders: fout"), "{}", stdout(&played));

    let played = run(&["play", "--json", folder.path().to_str().unwrap()]);
    assert_eq!(played.status.code(), Some(1));
    let told = stdout(&played);
    // The test that is this program says something before; nothing comes after.
    let document: serde_json::Value = serde_json::from_str(&told[told.find('{').unwrap()..]).unwrap();
    assert_eq!(document["passed"], false);
    assert_eq!(
        (&document["scenarios"][0]["file"], &document["scenarios"][0]["passed"]),
        (&"fout".into(), &false.into())
    );
    assert_eq!(document["scenarios"][1]["steps"][0]["verdict"], "ok");

    let covered = run(&["play", "--coverage", folder.path().to_str().unwrap()]);
    assert!(covered.status.success() && stdout(&covered).contains("Zonder scenario (95 van 95)"));

    let stray = "title: x\nrules: [A2, A99]\nsteps:\n  - advance: 1h\n";
    std::fs::write(&wrong, stray).unwrap();
    let covered = run(&["play", "--coverage", folder.path().to_str().unwrap()]);
    assert_eq!(covered.status.code(), Some(1));
    assert!(stdout(&covered).contains("A99 is geen regel, in fout"), "{}", stdout(&covered));
}

#[test]
fn every_scenario_is_read_before_any_is_played() {
    let folder = tempfile::tempdir().unwrap();
    let good = "title: x\nstart: 2026-11-20T10:00:00Z\nsteps:\n  - advance: 1h\n";
    for (name, text) in [("1.yaml", good), ("2.yaml", "title: x\nsteps: []\n"), ("3.yaml", "title: [\n")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let absent = folder.path().join("offices.toml");
    let (all, against) = (folder.path().to_str().unwrap(), absent.to_str().unwrap());
    for words in [&["play", all][..], &["play", all, "--against", against]] {
        let played = run(words);
        let told = String::from_utf8_lossy(&played.stderr).into_owned();
        assert_eq!(played.status.code(), Some(1));
        assert!(told.contains("2: `steps`") && told.contains("3 is geen geldige YAML"), "{told}");
        assert!(!stdout(&played).contains("stappen"), "{}", stdout(&played));
    }
}
