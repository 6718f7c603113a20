//! The text that a person reads.

use super::*;
use prost_types::Timestamp;
use zsm_proto::pb::model::v1::{ItemKind, ItemState, PersonRole, Relation, Route};

fn at(seconds: i64) -> Option<Timestamp> {
    Some(Timestamp { seconds: 1_793_610_000 + seconds, nanos: 0 })
}

fn official(person: &str) -> Option<model::Official> {
    Some(model::Official { person: person.into(), ..Default::default() })
}

fn person(number: u32, role: PersonRole, relation: Relation) -> model::Person {
    let identity = model::Identity { bsn: "999990020".into(), surname: "Voorbeeld".into(), ..Default::default() };
    let (roles, relation) = (vec![role.into()], relation.into());
    model::Person { number, identity: Some(identity), roles, relation, at_address: number == 1, ..Default::default() }
}

fn case() -> om::Case {
    let suspect = person(1, PersonRole::Verdachte, Relation::Zelf);
    let mother = person(2, PersonRole::Betrokkene, Relation::Ouder);
    let item = model::ItemProgress {
        item: ItemKind::VeiligThuis.into(),
        state: ItemState::Ontvangen.into(),
        since: at(0),
        latest: 2,
        weighed: 1,
        ..Default::default()
    };
    let sentence = "Veilig Thuis: nog niet gewogen in de laatste versie.".to_owned();
    om::Case {
        name: "cases/1".into(),
        state: om::CaseState::Open.into(),
        flow: model::Flow::A.into(),
        bvh_number: "PL1".into(),
        registered_at: at(0),
        household_version: 1,
        household: Some(model::Household { persons: vec![suspect, mother], unborn_of: vec![2] }),
        items: vec![item],
        open: vec![model::OpenPoint { sentence, ..Default::default() }],
        ..Default::default()
    }
}

fn text(case: &om::Case) -> String {
    let mut out = Vec::new();
    write(case, &[], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_open_case_shows_the_family_by_number_and_all_that_is_open() {
    let shown = "\
cases/1
  Stand                  open
  Stroom                 A: minderjarige verdachte
  BVH-nummer             PL1
  Geregistreerd          02-11-2026 10:00
Gezin (bevestigd, versie 1)
  1 verdachte            zelf, woont op het adres
  2 betrokkene           ouder
  ongeboren kind         van persoon 2
Onderdelen
  Veilig Thuis           ontvangen, nog niet gewogen, sinds 02-11-2026 10:00, versie 2
Open (1)
  - Veilig Thuis: nog niet gewogen in de laatste versie.
";
    assert_eq!(text(&case()), shown);
}

#[test]
fn who_someone_is_is_never_shown() {
    let text = text(&case());
    assert!(!text.contains("999990020") && !text.contains("Voorbeeld"), "{text}");
}

#[test]
fn a_decided_case_shows_the_advice_the_decision_and_what_came_after() {
    let proposal = Some(model::RouteProposal { route: Route::Halt.into(), reason: "x".into() });
    let content = Some(model::AdviceContent { proposal, ..Default::default() });
    let advice =
        model::Advice { version: 1, content, signed_by: official("a-1"), signed_at: at(60), ..Default::default() };
    let decision = om::Decision {
        route: Route::Dagvaarding.into(),
        motivation: "Het gezin is veilig.".into(),
        advice_version: 1,
        deviates_because: "Recidive.".into(),
        by: official("ovj-1"),
        at: at(120),
        ..Default::default()
    };
    let subject = "cases/1/items/veilig-thuis".to_owned();
    let alert = om::Alert { subject, reason: "NIEUWE_INFORMATIE".into(), at: at(180), ..Default::default() };
    let decided = om::Case {
        state: om::CaseState::Beslist.into(),
        open: Vec::new(),
        advices: vec![advice],
        decision: Some(decision),
        alerts: vec![alert],
        ..case()
    };
    let shown = "\
Advies
  versie 1               getekend 02-11-2026 10:01 door a-1; voorstel: Halt
Beslissing
  Route                  dagvaarding
  Beslist                02-11-2026 10:02 door ovj-1
  Gelezen advies         versie 1
  Motivering             Het gezin is veilig.
  Wijkt af van advies    Recidive.
Nieuws na het einde (1)
  Veilig Thuis           nieuwe informatie, 02-11-2026 10:03; nog niet beantwoord
";
    let text = text(&decided);
    assert!(text.ends_with(shown), "{text}");
}

#[test]
fn a_case_of_which_little_may_be_seen_shows_what_there_is() {
    let closed = om::Case {
        name: "cases/2".into(),
        state: om::CaseState::Gesloten.into(),
        close_reason: om::CloseReason::Dubbel.into(),
        ..Default::default()
    };
    let text = text(&closed);
    assert!(text.contains("gesloten zonder beslissing: dubbel geregistreerd"), "{text}");
    assert!(!text.contains("Gezin") && !text.contains("Open"), "{text}");
}

#[test]
fn what_happened_and_what_was_not_delivered_stand_below() {
    let undelivered = model::Undelivered {
        kind: model::UndeliveredKind::Intrekking.into(),
        trouble: model::Trouble::Vastgelopen.into(),
    };
    let case = om::Case { undelivered: vec![undelivered], ..Default::default() };
    let moment = |seconds, sentence: &str, by| om::Moment { at: at(seconds), sentence: sentence.into(), by };
    let moments = [
        moment(0, "De zaak is geregistreerd.", official("p-1")),
        moment(60, "Veilig Thuis: gevraagd, nog geen antwoord.", None),
    ];
    let mut out = Vec::new();
    write(&case, &moments, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let shown = "\
Niet bezorgd (1)
  intrekking             komt niet aan
Verloop
  02-11-2026 10:00       De zaak is geregistreerd (p-1)
  02-11-2026 10:01       Veilig Thuis: gevraagd, nog geen antwoord
";
    assert!(text.ends_with(shown), "{text}");
}

#[test]
fn nobody_draws_on_the_screen_of_an_official() {
    let case = om::Case { bvh_number: "PL1\u{1b}[2K\n  Stand   beslist".into(), ..case() };
    let text = text(&case);
    assert!(!text.contains('\u{1b}') && !text.contains("\n  Stand   beslist"), "{text}");
}
