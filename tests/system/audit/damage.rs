//! The audit sees: one fact of good journals is lost, doubled or changed, and the damage is named.

use serde_json::{Value, json};
use std::path::Path;
use zsm::Kind;
use zsm_journal::{Batch, Fact, Journal, Recorded};
use zsm_node::NAMES;
use zsm_proto::pb::adviser::v1 as adviser;

use super::Record;
use crate::case::{Acknowledged, Drive};
use crate::client::Client;
use crate::kills::calm;
use crate::program::House;
use crate::story::{Plot, Story};

/// What is done to the last fact of a kind in a journal whose text holds a word.
struct Damage {
    at: Kind,
    fact: &'static str,
    with: &'static str,
    done: Done,
    /// What the audit says of it, in part.
    found: &'static str,
}

enum Done {
    Lost,
    Doubled,
    /// The stream of the fact is gone altogether.
    AllLost,
    /// The value at a pointer is another.
    Changed(&'static str, Value),
}

use Done::{AllLost, Changed, Doubled, Lost};

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_damage_is_found() {
    let (house, driven) = good_journals().await;
    let mut missed = Vec::new();
    for damage in damages() {
        let place = tempfile::Builder::new().prefix("zsm-damage-").tempdir().unwrap();
        for kind in NAMES.into_iter().filter(|kind| *kind != damage.at) {
            let name = format!("{}.db", kind.slug());
            std::fs::copy(house.folder().join(&name), place.path().join(&name)).unwrap();
        }
        let name = format!("{}.db", damage.at.slug());
        copy_damaged(&house.folder().join(&name), &place.path().join(&name), &damage).await;
        let faults = Record::of(place.path()).await.faults(&driven);
        let Damage { at, fact, with, found, .. } = damage;
        if !faults.iter().any(|fault| fault.contains(found)) {
            let faults = faults.join("\n  ");
            missed.push(format!("{} {fact} {with}: '{found}' is not among\n  {faults}", at.slug()));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A house at rest in which three cases came to their end: by registers alone, over desks with a warning afterwards, and
/// without a decision.
async fn good_journals() -> (House, Vec<Acknowledged>) {
    let mut house = House::open();
    let client = Client::of(&house);
    let mut driven = Vec::new();
    for (number, plot) in (1..).zip([Plot::Unknown, Plot::Triage, Plot::Dropped]) {
        driven.push(Drive::new(&client, Story::new(number, plot, client.now())).finish().await);
    }
    let (story, warned) = (Story::new(2, Plot::Triage, client.now()), &mut driven[1]);
    let (lead, who) = story.lead();
    let (request_id, warning) = (story.request_id("adviser/warn"), Some(story.warning()));
    let warn = adviser::RaiseAcuteSignalRequest { request_id, name: warned.assignment.clone(), warning };
    client.ask(lead, who, warn).await.unwrap();
    warned.warned.push(lead);
    let record = calm(&mut house).await;
    let faults = record.faults(&driven);
    assert!(faults.is_empty(), "good journals are not found to be good: {}", faults.join("\n"));
    (house, driven)
}

fn damages() -> Vec<Damage> {
    let (om, rvdk, reclassering, vt) = (Kind::Om, Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis);
    let damage = |at, fact, with, done, found| Damage { at, fact, with, done, found };
    let service = json!("Dienst");
    vec![
        damage(reclassering, "Answered", r#""version":2"#, Lost, "was given and nobody brings it"),
        damage(reclassering, "Answered", r#""version":2"#, Doubled, "counts twice"),
        damage(reclassering, "Answered", r#""version":2"#, Changed("/version", json!(7)), "its source never gave"),
        damage(reclassering, "Weighed", "veilig-thuis", Lost, "was signed while veilig-thuis was not weighed"),
        damage(reclassering, "Weighed", "kindcheck", Changed("/weighing/by/role", service.clone()), "was weighed by"),
        damage(reclassering, "Weighed", "kindcheck", Doubled, "was weighed 2 times"),
        damage(reclassering, "Asked", "veilig-thuis", Changed("/question/round", json!(9)), "was asked by no lead"),
        damage(reclassering, "AdviceSigned", "", Lost, "was never signed"),
        damage(reclassering, "AdviceSigned", "", Changed("/advice/rests_on/kindcheck", json!(3)), "rests on"),
        damage(reclassering, "OwnFileRecorded", "", Doubled, "2 own files"),
        damage(reclassering, "Created", "", AllLost, "is with no lead"),
        damage(rvdk, "QuestionWithdrawn", "", Lost, "is still waited for"),
        damage(rvdk, "Withdrawn", "", Lost, "nobody tells the lead that it was closed"),
        damage(vt, "Answered", r#""version":1"#, Lost, "its source never gave"),
        damage(vt, "Answered", r#""version":2"#, Changed("/version", json!(3)), "answer 3 stands where 2 should"),
        damage(vt, "Answered", "regel:register-1", Changed("/answer/outcomes/0/person", json!(9)), "who was asked"),
        damage(
            vt,
            "Answered",
            "NotKnown",
            Changed("/answer/searched/as_of", json!("2020-01-01T00:00:00Z")),
            "by itself that someone is not known",
        ),
        damage(vt, "Answered", "Balie", Changed("/by/organisation/kind", json!("rvdk")), "is by"),
        damage(vt, "Received", "", Doubled, "arrived twice"),
        damage(vt, "TakenUp", "", Lost, "no longer taken up"),
        damage(vt, "Withdrawn", "", Lost, "is no longer needed"),
        damage(om, "Registered", "", Doubled, "registered twice"),
        damage(om, "Registered", "", AllLost, "that OM never wrote"),
        damage(om, "Registered", "310 Sr", Changed("/facts/offences/0", json!("Fictief")), "tells of Fictief"),
        damage(om, "HouseholdConfirmed", "", Changed("/by/role", service.clone()), "the household was confirmed by"),
        damage(om, "HouseholdConfirmed", "", Lost, "brief 1 follows"),
        damage(om, "Briefed", "kindcheck", Changed("/required/items/1/subjects", json!([])), "is required, not"),
        damage(om, "Progressed", "", Doubled, "counts late"),
        damage(om, "Progressed", "kindcheck", Changed("/snapshot/sequence", json!(999)), "the lead does not have"),
        damage(om, "Progressed", "kindcheck", Changed("/snapshot/items/kindcheck/standing/latest", json!(4)), "tells"),
        damage(om, "AdviceReceived", "", Lost, "on no advice"),
        damage(om, "AdviceReceived", "", Doubled, "counts twice"),
        damage(om, "SignalReceived", "", Lost, "nobody brings signals/"),
        damage(om, "SignalReceived", "", Doubled, "reached OM 2 times"),
        damage(om, "Decided", "", Lost, "was decided 0"),
        damage(om, "Decided", "", Doubled, "ended before it was decided"),
        damage(om, "Decided", "", Changed("/by/role", service), "by someone who may not"),
        damage(om, "Decided", "kindcheck", Changed("/rests_on/veilig-thuis", json!(1)), "on other versions"),
        damage(om, "Closed", "", Changed("/reason", json!("OutsideScope")), "closed as out of scope, and is not"),
    ]
}

/// Copies a journal, with the damage done to one fact of one stream.
async fn copy_damaged(from: &Path, to: &Path, damage: &Damage) {
    let (from, to) = (Journal::open(from).await.unwrap(), Journal::open(to).await.unwrap());
    let mut done = false;
    for stream in from.streams("").await.unwrap() {
        let mut facts = from.read(&stream).await.unwrap();
        let hit = facts.iter().rposition(|fact| fact.kind == damage.fact && fact.body.contains(damage.with));
        if let Some(place) = hit.filter(|_| !done) {
            do_damage(&mut facts, place, &damage.done);
            done = true;
        }
        for (expected, Recorded { at, kind, body, personal, .. }) in (0..).zip(facts) {
            let facts = vec![Fact { kind, body, personal }];
            to.append(Batch { stream: stream.clone(), expected, at, facts, ..Batch::default() }).await.unwrap();
        }
    }
    assert!(done, "{} holds no {} with {}", damage.at.slug(), damage.fact, damage.with);
    from.close().await;
    to.close().await;
}

fn do_damage(facts: &mut Vec<Recorded>, place: usize, done: &Done) {
    match done {
        Lost => drop(facts.remove(place)),
        Doubled => facts.insert(place, facts[place].clone()),
        AllLost => facts.clear(),
        Changed(pointer, value) => {
            let mut body: Value = serde_json::from_str(&facts[place].body).unwrap();
            let there =
                body.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not in {}", facts[place].body));
            assert_ne!(there, value, "no damage is done at {pointer}");
            *there = value.clone();
            facts[place].body = body.to_string();
        }
    }
}
