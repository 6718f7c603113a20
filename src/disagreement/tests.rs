//! Veilig Thuis, a partner and the adviser see it otherwise: each difference has its line, and none is invented.

use super::*;
use crate::fault::Fault;
use crate::judgement::Judged;
use crate::opinion::Opinion;
use crate::testing::{empty, judged, text};

const ADVISER: Voice = Voice::Adviser;
const PARTNER: Voice = Voice::Item(Item::Oudercheck);

/// Veilig Thuis: acute none, structural signs, complexity left out.
fn by_vt() -> Judgement {
    judged(&[])
}

fn opinion(acute: Option<Level>, structural: Option<Level>, complexity: Option<Level>) -> Vec<Held> {
    vec![Held { item: Item::Oudercheck, opinion: Opinion { acute, structural, complexity } }]
}

fn with_vt(adviser: [Option<Level>; 3], opinions: &[Held]) -> Vec<(Dimension, Voice)> {
    let level = |dimension| adviser[Dimension::ALL.iter().position(|one| *one == dimension).unwrap()];
    let found = with_judgement(&by_vt(), level, opinions);
    found.into_iter().map(|one| (one.dimension, one.voice)).collect()
}

#[test]
fn a_partner_and_the_adviser_each_differ_on_their_own_dimension() {
    // A32, scenario 74: VT sees no acute danger, 3RO does.
    let as_vt = [Some(Level::Geen), Some(Level::Aanwijzingen), Some(Level::Vastgesteld)];
    assert_eq!(with_vt(as_vt, &[]), [], "what VT left out nobody differs from");
    let alarmed = opinion(Some(Level::Vastgesteld), Some(Level::Aanwijzingen), Some(Level::Geen));
    assert_eq!(with_vt(as_vt, &alarmed), [(Dimension::Acute, PARTNER)]);
    let along = [Some(Level::Vastgesteld), Some(Level::Aanwijzingen), None];
    assert_eq!(with_vt(along, &alarmed), [(Dimension::Acute, ADVISER), (Dimension::Acute, PARTNER)]);
    let unknown = [None, None, None];
    assert_eq!(
        with_vt(unknown, &opinion(None, None, None)),
        [(Dimension::Acute, ADVISER), (Dimension::Structural, ADVISER)]
    );
}

#[test]
fn nobody_differs_from_a_judgement_that_is_not_there() {
    let opinions = opinion(Some(Level::Vastgesteld), None, None);
    assert!(with_judgement(&Judgement::NoReportKnown, |_| None, &opinions).is_empty());
    let Judgement::Judged(judged) = by_vt() else { unreachable!() };
    let complete = Judgement::Judged(Judged { complexity: Some(Level::Geen), ..judged });
    let found = with_judgement(&complete, |dimension| complete.level(dimension), &[]);
    assert!(found.is_empty());
}

#[test]
fn every_difference_needs_a_line_and_every_line_a_difference() {
    let acute = |voice| Disagreement { dimension: Dimension::Acute, voice };
    let line = |disagreement, text| Explained { disagreement, text };
    let there = BTreeSet::from([acute(ADVISER), acute(PARTNER)]);
    let found = |lines: &[Explained]| {
        let faults = faults(lines, &there);
        faults.iter().map(|Fault { field, problem }| (field.clone(), *problem)).collect::<Vec<_>>()
    };
    let both = vec![line(acute(ADVISER), text("want")), line(acute(PARTNER), text("want"))];
    assert_eq!(found(&both), []);
    let adviser = "disagreements.acute.adviseur".to_owned();
    let partner = "disagreements.acute.oudercheck".to_owned();
    assert_eq!(
        found(&[]),
        [(adviser.clone(), Problem::DeviationUnexplained), (partner.clone(), Problem::DeviationUnexplained)]
    );
    let silent = vec![both[0].clone(), line(acute(PARTNER), empty())];
    assert_eq!(found(&silent), [(partner, Problem::DeviationUnexplained)], "one line does not speak for another voice");
    let invented = Disagreement { dimension: Dimension::Structural, voice: ADVISER };
    let more = [both.clone(), vec![line(invented, text("want"))]].concat();
    assert_eq!(found(&more), [("disagreements.structural.adviseur".to_owned(), Problem::Superfluous)]);
    let twice = [both.clone(), vec![both[0].clone()]].concat();
    assert_eq!(found(&twice), [(adviser, Problem::Duplicate)]);
}
