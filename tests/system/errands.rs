//! `zsm errands`: what waits at which office and why, and what an administrator can do about it.
//!
//! In one process every office can be reached, so nothing waits for long. What waits here is put in the journal of OM with
//! a moment that is far away.

use std::process::Output;
use std::time::{Duration, Instant};
use zsm::Kind;
use zsm_journal::{Batch, Journal, NewErrand};
use zsm_proto::pb::om::v1 as om;

use crate::case::Drive;
use crate::client::Client;
use crate::program::{House, run, serving};
use crate::story::{Plot, Story};

/// Ids that begin alike, so that a beginning can mean two.
const WITHDRAWAL: &str = "0a1b2c3d-0000-5000-8000-000000000001";
const FOREIGN: &str = "0a1b2c3d-0000-5000-8000-000000000002";
/// 2100, in microseconds.
const FAR: i64 = 4_102_444_800_000_000;
/// How long a call to the lead may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A node with a confirmed case, at whose OM two errands wait for 2100: one to withdraw the assignment, and one that this
/// release does not know. Gives the case.
async fn waiting() -> (House, String) {
    let mut house = House::open();
    let client = Client::of(&house);
    let mut drive = Drive::new(&client, Story::new(1, Plot::Unknown, client.now()));
    while drive.acknowledged.own_file == 0 {
        assert!(drive.act().await);
    }
    let case = drive.acknowledged.case.clone();
    assert!(house.interrupt().success());
    let journal = Journal::open(&house.journal(Kind::Om)).await.unwrap();
    let expected = journal.read(&case).await.unwrap().len() as u64;
    let errand = |id: &str, errand: &str| NewErrand {
        id: id.to_owned(),
        kind: "cases".to_owned(),
        subject: format!(r#"{{"since":1,"errand":"{errand}"}}"#),
        not_before: FAR,
        urgent: false,
    };
    let errands = vec![errand(WITHDRAWAL, "Withdraw"), errand(FOREIGN, "Something")];
    let batch = Batch { stream: case.clone(), expected, errands, ..Batch::default() };
    journal.append(batch).await.unwrap();
    journal.close().await;
    house.start();
    (house, case)
}

fn errands(house: &House, words: &[&str]) -> Output {
    let (folder, port) = (house.folder(), house.first_port().to_string());
    let house = ["--folder", folder.to_str().unwrap(), "--first-port", &port];
    run(&[&["errands"], words, &house].concat())
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// Waits until it is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_lists_stops_and_retries() {
    let (house, case) = waiting().await;
    let listed = errands(&house, &["list"]);
    let text = said(&listed);
    assert!(listed.status.success(), "{text}");
    for part in ["withdraw assignment at lead", "unknown to this release", &case, "pending", "2100-01-01T00:00:00Z"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains(WITHDRAWAL) && text.contains(FOREIGN), "ids that begin alike are shown whole: {text}");
    // What the lead still had to report when the node stopped goes out first.
    let at_lead = ["list", "--office", "rvdk"];
    until("the lead's errands are done", || said(&errands(&house, &at_lead)).contains("no errand is open")).await;

    for (words, sentence) in [
        (vec!["stop", "0a1b2c3d", "--reason", "Storing."], "`0a1b2c3d` is the beginning of 2 errands"),
        (vec!["stop", "ffff", "--reason", "Storing."], "there is no open errand `ffff`"),
        (vec!["stop", WITHDRAWAL], "--reason"),
        (vec!["stop", WITHDRAWAL, "--reason", ""], "reason ONTBREEKT"),
        (vec!["list", "--office", "elders"], "there is no office `elders`"),
        (vec!["list", "--office", "om", "--as", "om/officier"], "ROL"),
    ] {
        let refused = errands(&house, &words);
        assert!(!refused.status.success() && said(&refused).contains(sentence), "{words:?}: {}", said(&refused));
    }

    let stopped = errands(&house, &["stop", WITHDRAWAL, "--reason", "Storing bij de Raad."]);
    assert!(stopped.status.success(), "{}", said(&stopped));
    let text = said(&errands(&house, &["list"]));
    assert!(text.contains("by om-beheerder-1: Storing bij de Raad."), "{text}");
    let json = String::from_utf8(errands(&house, &["list", "--json"]).stdout).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(json.get(json.find('{').unwrap()..=json.rfind('}').unwrap()).unwrap()).unwrap();
    let states: Vec<_> =
        json["errands"].as_array().unwrap().iter().map(|one| (&one["office"], &one["state"])).collect();
    assert_eq!(
        format!("{states:?}"),
        r#"[(String("om"), String("ERRAND_STATE_STOPPED")), (String("om"), String("ERRAND_STATE_PENDING"))]"#
    );

    let retried = errands(&house, &["retry", WITHDRAWAL, "--office", "om"]);
    assert!(retried.status.success(), "{}", said(&retried));
    until("it is carried out", || !said(&errands(&house, &["list"])).contains(WITHDRAWAL)).await;
    let client = Client::of(&house);
    let read = client.ask(Kind::Om, "om/officier", om::GetCaseRequest { name: case }).await.unwrap();
    assert_eq!(read.case.unwrap().undelivered, [], "and that it came through is noted in the case");
}

/// What the program prints as JSON.
fn json(output: &Output) -> serde_json::Value {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    // The test that is this program says something before and after.
    let whole = text.find('{').zip(text.rfind('}')).and_then(|(from, to)| text.get(from..=to));
    serde_json::from_str(whole.unwrap_or_else(|| panic!("{}", said(output)))).unwrap()
}

#[test]
fn what_waits_is_listed_and_stopped_in_every_region_while_other_offices_are_away() {
    let house = House::new();
    let (om, away) = (house.address(Kind::Om), house.address(Kind::VeiligThuis));
    let file = house.folder().join("om.toml");
    let elsewhere = ["rvdk", "reclassering", "veilig-thuis"]
        .map(|name| format!("[offices.{name}]\naddress = 'http://{away}'\n"))
        .concat();
    std::fs::write(&file, format!("regions = ['noord', 'oost']\n[offices.om]\nlisten = '{om}'\n{elsewhere}")).unwrap();
    let folder = house.folder();
    let told = ["--config", file.to_str().unwrap(), "--folder", folder.to_str().unwrap(), "--metrics", "none"];
    let zsm = |words: &[&str]| run(&[words, &told].concat());
    let _node = serving(&[&["serve"], &told[..]].concat(), &[om]);

    let call = |rpc: &str, who: &str, with: serde_json::Value| {
        let output = zsm(&["call", "om", rpc, "--as", who, "--with", &with.to_string()]);
        assert!(output.status.success(), "{}", said(&output));
        json(&output)
    };
    let person = serde_json::json!({"bsn": "999990020", "surname": "Voorbeeld", "birth_date": "1991-08-21"});
    let case = call(
        "CaseService/RegisterCase",
        "politie@oost/politie",
        serde_json::json!({
            "bvh_number": "PL0900-2026-1", "arrested": false, "entry_route": "POLITIE", "region": "oost",
            "act": {"from": "2026-11-02"}, "offences": ["300 Sr"], "hg_km": {"answer": "JA"}, "person": person,
        }),
    );
    let suspect = serde_json::json!({"number": 1, "roles": ["VERDACHTE"], "relation": "ZELF", "at_address": true});
    call(
        "CaseService/ConfirmHousehold",
        "om@oost/operator",
        serde_json::json!({"name": case["name"], "household": {"persons": [suspect]}}),
    );

    let listed = zsm(&["errands", "list", "--json"]);
    let all = json(&listed);
    assert_eq!(listed.status.code(), Some(1), "{}", said(&listed));
    let id = all["errands"][0]["name"].as_str().unwrap().to_owned();
    assert_eq!(all["errands"][0]["resource"], case["name"], "{all}");
    let silent: Vec<&str> = all["silent"].as_array().unwrap().iter().filter_map(|one| one["office"].as_str()).collect();
    assert_eq!(silent, ["rvdk", "reclassering", "veilig-thuis"]);

    let stopped = zsm(&["errands", "stop", &id, "--reason", "Storing."]);
    assert!(stopped.status.success(), "{}", said(&stopped));
    let listed = zsm(&["errands", "list"]);
    assert_eq!(listed.status.code(), Some(1), "{}", said(&listed));
    for part in
        ["by om-beheerder-1: Storing.", "the errands of veilig-thuis are not known: veilig-thuis does not answer"]
    {
        assert!(said(&listed).contains(part), "{part}: {}", said(&listed));
    }
    let retried = zsm(&["errands", "retry", &id]);
    assert!(retried.status.success(), "{}", said(&retried));
    let nowhere = zsm(&["errands", "retry", "ffff"]);
    assert!(said(&nowhere).contains("it may be at rvdk, reclassering, veilig-thuis"), "{}", said(&nowhere));
    assert!(zsm(&["errands", "list", "--office", "om"]).status.success(), "of this one everything is known");
}
