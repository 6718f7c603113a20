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
  Veilig Thuis           02-11-2026 10:03; nog niet beantwoord
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
    assert!(text.contains("gesloten zonder beslissing: de zaak stond er dubbel in"), "{text}");
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

#[test]
fn a_case_with_bends_shows_each_of_them() {
    let table = model::Organisation { kind: model::OrganisationKind::VeiligThuis.into(), region: "midden".into() };
    let known = model::KnownDegree {
        level: model::Level::Aanwijzingen.into(),
        at_least: true,
        severity: "Er is gedreigd.".into(),
        ..Default::default()
    };
    let unknown = model::UnknownDegree { because: "Nog niet beoordeeld.".into() };
    let degree = |degree| Some(model::Degree { degree: Some(degree) });
    let content = model::AdviceContent {
        acute: degree(model::degree::Degree::Known(known)),
        structural: degree(model::degree::Degree::Onbekend(unknown)),
        disagreements: vec![model::Disagreement {
            dimension: model::Dimension::AcuutGevaar.into(),
            text: "De moeder is weggegaan.".into(),
            voice: Some(model::disagreement::Voice::Item(ItemKind::Oudercheck.into())),
        }],
        ..Default::default()
    };
    let sentence = "Acuut gevaar: er is geen politiedossier.".to_owned();
    let advice = model::Advice {
        version: 2,
        content: Some(content),
        signed_by: official("a-1"),
        signed_at: at(0),
        reaffirms: 1,
        holes: vec![model::Hole { sentence, ..Default::default() }],
        rests_on_retracted: vec![ItemKind::VeiligThuis.into()],
        ..Default::default()
    };
    let looked = model::LookedAt { subject: "cases/1/items/kindcheck".into(), unconfirmed: true, ..Default::default() };
    let decision = om::Decision { route: Route::Halt.into(), at: at(60), look: vec![looked], ..Default::default() };
    let chapter = om::Chapter {
        state: om::CaseState::Gesloten.into(),
        close_reason: om::CloseReason::Overgedragen.into(),
        reason: "Toch hier.".into(),
        by: official("ovj-2"),
        at: at(120),
        ..Default::default()
    };
    let lead = Some(model::Organisation { kind: model::OrganisationKind::Rvdk.into(), region: "midden".into() });
    let call = model::TelephoneCall { at: at(180), ..Default::default() };
    let warning = Some(model::Warning {
        situation: "Hij staat voor de deur.".into(),
        action: "Ga erheen.".into(),
        ..Default::default()
    });
    let by = Some(model::Official { organisation: Some(table.clone()), ..Default::default() });
    let refused = om::RefusedPermission { because: "Het onderzoek loopt.".into() };
    let bent = om::Case {
        household: None,
        items: Vec::new(),
        open: Vec::new(),
        state: om::CaseState::Beslist.into(),
        signals: vec![model::AcuteSignal { warning, by, at: at(0), ..Default::default() }],
        dossier_permission: Some(om::DossierPermission {
            decision: Some(om::dossier_permission::Decision::Refused(refused)),
        }),
        custody: Some(om::Custody {
            state: om::CustodyState::InVerzekering.into(),
            since: at(0),
            term_ends: at(259_200),
            held_back: "De poort is dicht: over deze zaak is nog niet te beslissen.".into(),
            ..Default::default()
        }),
        advices: vec![advice],
        decision: Some(decision),
        alerts: vec![om::Alert { subject: "cases/1/items/feit".into(), at: at(240), ..Default::default() }],
        chapters: vec![chapter],
        former_assignments: vec![om::FormerAssignment { lead, number: 1, corrected: true, ..Default::default() }],
        excess: vec![model::Excess { item: ItemKind::Oudercheck.into(), asked_at: at(0) }],
        siblings: vec![om::Sibling {
            name: "cases/9".into(),
            state: om::CaseState::Open.into(),
            flow: model::Flow::Onder12.into(),
            advice: model::AdviceState::Geen.into(),
        }],
        calls: vec![om::LoggedCall {
            whom: Some(table),
            call: Some(call),
            outcome: "Antwoord volgt.".into(),
            ..Default::default()
        }],
        ..case()
    };
    let shown = "\
  Dossier                blijft bij het OM: Het onderzoek loopt.
Acute signalen (1)
  Veilig Thuis (midden)  Hij staat voor de deur. Ga erheen. (02-11-2026 10:00)
Vrijheidsbeneming
  Stand                  in verzekering gesteld, sinds 02-11-2026 10:00
  Termijn tot            05-11-2026 10:00
  Let op                 De poort is dicht: over deze zaak is nog niet te beslissen.
Advies
  versie 2               getekend 02-11-2026 10:00 door a-1; gelijk aan versie 1
  Let op                 het laatste advies rust op een antwoord dat is teruggetrokken: Veilig Thuis
  Graad                  acuut gevaar: ten minste aanwijzingen (Er is gedreigd.)
  Graad                  structurele onveiligheid: niet bekend (Nog niet beoordeeld.)
  Verschil               Oudercheck (3RO) ziet acuut gevaar anders dan Veilig Thuis: De moeder is weggegaan.
  Niet volledig          Acuut gevaar: er is geen politiedossier
Beslissing
  Route                  Halt
  Beslist                02-11-2026 10:01
  Gelezen advies         versie 0
  Motivering             
  Let op                 Kindcheck (ZSM, RvdK): gebeld, en nog niet bevestigd
Nieuws na het einde (1)
  Het strafbare feit     02-11-2026 10:04; nog niet beantwoord
Eerder geëindigd (1)
  gesloten               de zaak is overgedragen
  heropend               02-11-2026 10:02 door ovj-2: Toch hier.
Eerdere opdrachten (1)
  opdracht 1             Raad voor de Kinderbescherming (midden); ingetrokken: de gegevens waren anders
Gevraagd, en achteraf niet nodig (1)
  Oudercheck (3RO)       02-11-2026 10:00
Andere verdachten van dit voorval (1)
  - cases/9: open; stroom verdachte jonger dan twaalf; nog geen advies
Gebeld (1)
  02-11-2026 10:03       Veilig Thuis (midden): Antwoord volgt.
";
    let text = text(&bent);
    assert!(text.ends_with(shown), "{text}");
}

#[test]
fn an_advice_that_was_taken_back_is_not_called_stale_and_a_closing_is_explained() {
    let advised = om::Case { advices: vec![model::Advice { version: 1, ..Default::default() }], ..case() };
    let withdrawn = om::Case { advice_standing: om::AdviceStanding::Ingetrokken.into(), ..advised.clone() };
    assert!(text(&withdrawn).contains("Advies (het laatste is ingetrokken)\n"));
    let stale = om::Case { advice_standing: om::AdviceStanding::Achterhaald.into(), ..advised };
    assert!(text(&stale).contains("Advies (het laatste is achterhaald)\n"));
    let closed = om::Case { explanation: "Staat er al in.".into(), ..case() };
    assert!(text(&closed).contains("  Toelichting            Staat er al in.\n"));
}
