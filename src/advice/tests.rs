//! The advice: three degrees, Veilig Thuis's judgement, what the partners said, and every fault at once.

use super::*;
use crate::degree::Level;
use crate::fault::Fault;
use crate::opinion::Opinion;
use crate::testing::{acute_part, degree, empty, instrument, judged, text};

const ITEMS: [Item; 3] = [Item::VeiligThuis, Item::Oudercheck, Item::EigenOnderzoek];

fn content() -> Content {
    Content {
        acute: degree(Level::Geen),
        structural: degree(Level::Aanwijzingen),
        complexity: Degree::Onbekend { because: text("onbekend") },
        instrument: InstrumentUse::Used(instrument()),
        judgement_version: 2,
        deviation: None,
        disagreements: Vec::new(),
        substance: BTreeMap::from([(Item::VeiligThuis, text("inhoud"))]),
        safety_conditions: SafetyConditions::None,
        proposal: Proposal { route: Route::Halt, reason: text("voorstel") },
    }
}

fn faults_in(content: &Content, flow: &Flow, judgement: Option<(u32, &Judgement)>) -> Vec<(String, Problem)> {
    let judgements = judgement.map(|(version, judgement)| (version, vec![judgement]));
    let grounds = Grounds {
        flow,
        items: BTreeSet::from(ITEMS),
        known_in: BTreeSet::from([Item::VeiligThuis]),
        judgements,
        opinions: Vec::new(),
        holes: BTreeSet::new(),
    };
    let faults = content.faults(&grounds);
    faults.iter().map(|Fault { field, problem }| (field.replacen("content.", "", 1), *problem)).collect()
}

#[track_caller]
fn assert_faults(content: &Content, expected: &[(&str, Problem)]) {
    let expected: Vec<_> = expected.iter().map(|(field, problem)| ((*field).to_owned(), *problem)).collect();
    assert_eq!(faults_in(content, &Flow::A, Some((2, &judged(&[])))), expected);
}

#[test]
fn an_advice_that_says_all_it_must_has_no_faults() {
    assert_faults(&content(), &[]);
}

#[test]
fn a_degree_needs_words_on_its_severity_and_something_it_rests_on() {
    // D17.
    let silent = Degree::Known { level: Level::Geen, at_least: true, severity: empty(), rests_on: BTreeSet::new() };
    assert_faults(
        &Content { acute: silent, ..content() },
        &[("acute.known.severity", Problem::Missing), ("acute.known.rests_on", Problem::Missing)],
    );
    let elsewhere = BTreeSet::from([Item::Kindcheck]);
    let level = Level::Aanwijzingen;
    let structural = Degree::Known { level, at_least: false, severity: text("ernst"), rests_on: elsewhere };
    assert_faults(&Content { structural, ..content() }, &[("structural.known.rests_on", Problem::NotAsked)]);
}

#[test]
fn unknown_is_a_degree_only_with_a_reason() {
    // A19, scenario 9.
    let unknown = || Degree::Onbekend { because: empty() };
    let content = Content { acute: unknown(), structural: unknown(), complexity: unknown(), ..content() };
    assert_faults(
        &content,
        &[
            ("acute.onbekend.because", Problem::Missing),
            ("structural.onbekend.because", Problem::Missing),
            ("complexity.onbekend.because", Problem::Missing),
        ],
    );
}

#[test]
fn the_instrument_is_obligatory_in_flow_a_and_may_be_left_with_a_reason_in_flow_b() {
    // R-3.8.2a-4, A20, D18.
    let unused = |because| Content { instrument: InstrumentUse::NotUsed { because }, ..content() };
    assert_faults(&unused(text("geen tijd")), &[("instrument.not_used", Problem::InstrumentObligatory)]);
    let judged = judged(&[]);
    let in_b = |content: &Content| faults_in(content, &Flow::B, Some((2, &judged)));
    assert_eq!(in_b(&unused(text("geen tijd"))), []);
    assert_eq!(in_b(&unused(empty())), [("instrument.not_used.because".to_owned(), Problem::Missing)]);
    let nameless = Instrument { name: String::new(), version: String::new() };
    assert_faults(
        &Content { instrument: InstrumentUse::Used(nameless), ..content() },
        &[("instrument.used.name", Problem::Missing), ("instrument.used.version", Problem::Missing)],
    );
}

#[test]
fn veilig_thuiss_judgement_is_quoted_at_its_latest_version() {
    // R-3.2.5-1.
    assert_faults(&Content { judgement_version: 0, ..content() }, &[("judgement_version", Problem::Missing)]);
    assert_faults(&Content { judgement_version: 1, ..content() }, &[("judgement_version", Problem::NoSuchVersion)]);
    let none_yet = faults_in(&content(), &Flow::A, None);
    assert_eq!(none_yet, [("judgement_version".to_owned(), Problem::NoSuchVersion)]);
}

#[test]
fn a_difference_with_veilig_thuis_in_any_degree_must_be_explained() {
    // A32: the adviser's degree and a partner's view each have their line.
    let by_vt = judged(&[]);
    let lines = |content: &Content, opinions: Vec<Held>| {
        let items = BTreeSet::from(ITEMS);
        let grounds = Grounds {
            flow: &Flow::A,
            items,
            known_in: BTreeSet::new(),
            judgements: Some((2, vec![&by_vt])),
            opinions,
            holes: BTreeSet::new(),
        };
        let faults = content.disagreement_faults(&grounds);
        faults.iter().map(|fault| fault.field.clone()).collect::<Vec<_>>()
    };
    let nobody = Vec::new;
    assert_eq!(lines(&content(), nobody()), [""; 0]);
    let differing = Content { acute: degree(Level::Vastgesteld), ..content() };
    assert_eq!(lines(&differing, nobody()), ["content.disagreements.acute.adviseur"]);
    let together = Content { deviation: Some(text("want")), ..differing };
    assert_eq!(
        lines(&together, nobody()),
        ["content.disagreements.acute.adviseur", "content.deviation"],
        "one reason for all is no longer enough"
    );
    let worried = Opinion { acute: None, structural: Some(Level::Vastgesteld), complexity: None };
    let opinions = vec![Held { item: Item::Oudercheck, opinion: worried }];
    assert_eq!(lines(&content(), opinions), ["content.disagreements.structural.oudercheck"]);
}

#[test]
fn of_an_acute_part_only_the_acute_degree_is_quoted_and_the_others_stay_unknown() {
    // D15.
    let part = Judgement::AcutePart(acute_part(true));
    let faults = |content: &Content| faults_in(content, &Flow::A, Some((2, &part)));
    assert_eq!(faults(&content()), [("structural.known".to_owned(), Problem::OnlyAcutePart)]);
    let unknown = || Degree::Onbekend { because: text("de triage loopt nog") };
    let waiting = Content { structural: unknown(), ..content() };
    assert_eq!(faults(&waiting), []);
    let grounds = Grounds {
        flow: &Flow::A,
        items: BTreeSet::from(ITEMS),
        known_in: BTreeSet::new(),
        judgements: Some((2, vec![&part])),
        opinions: Vec::new(),
        holes: BTreeSet::new(),
    };
    let deviating = Content { acute: degree(Level::Vastgesteld), ..waiting };
    let expected = Faults::one("content.disagreements.acute.adviseur", Problem::DeviationUnexplained);
    assert_eq!(deviating.disagreement_faults(&grounds), expected);
}

#[test]
fn what_a_partner_knows_is_told_and_nothing_of_who_was_not_asked() {
    // R-3.8.2-3.
    assert_faults(
        &Content { substance: BTreeMap::new(), ..content() },
        &[("substance.veilig-thuis", Problem::Missing)],
    );
    let silent = BTreeMap::from([(Item::VeiligThuis, empty()), (Item::Kindcheck, text("inhoud"))]);
    assert_faults(
        &Content { substance: silent, ..content() },
        &[("substance.veilig-thuis", Problem::Missing), ("substance.kindcheck", Problem::NotAsked)],
    );
}

#[test]
fn the_proposal_has_a_reason() {
    let proposal = Proposal { route: Route::Halt, reason: empty() };
    assert_faults(&Content { proposal, ..content() }, &[("proposal.reason", Problem::Missing)]);
}
