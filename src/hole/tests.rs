//! A hole in an item is a hole under every degree that rests on it.

use super::*;
use crate::judgement::Judged;
use crate::outcome::Outcome;
use crate::testing::*;

fn by_vt(judgement: Judgement, conditions: SafetyConditions) -> Answer {
    let answer = answer_about(&[1], |_| Outcome::NotKnown);
    Answer { judgement: Some(judgement), safety_conditions: Some(conditions), ..answer }
}

fn kinds(holes: &BTreeSet<Hole>) -> Vec<(Dimension, Kind)> {
    holes.iter().map(|hole| (hole.dimension, hole.kind)).collect()
}

#[test]
fn what_veilig_thuis_left_out_is_a_hole_in_that_dimension_only() {
    // R-3.2.5-2: complexity may be absent in the judgement, and yet the advice must state it.
    let holes = in_answer(Item::VeiligThuis, &by_vt(judged(&[]), SafetyConditions::None));
    assert_eq!(kinds(&holes), [(Dimension::Complexity, Kind::LeftOut)]);
    let Judgement::Judged(judged) = judged(&[]) else { unreachable!() };
    let whole = Judgement::Judged(Judged { complexity: Some(Level::Geen), ..judged });
    assert!(in_answer(Item::VeiligThuis, &by_vt(whole, SafetyConditions::None)).is_empty());
    let nothing = by_vt(Judgement::NoReportKnown, SafetyConditions::None);
    assert!(in_answer(Item::VeiligThuis, &nothing).is_empty(), "no report is an answer, not a hole");
}

#[test]
fn an_acute_part_leaves_the_other_two_open_and_conditions_not_judged_the_acute_one() {
    // D15, D16.
    let part = by_vt(Judgement::AcutePart(acute_part(true)), SafetyConditions::NotYetJudged);
    assert_eq!(
        kinds(&in_answer(Item::VeiligThuis, &part)),
        [
            (Dimension::Acute, Kind::ConditionsNotJudged),
            (Dimension::Structural, Kind::OnlyAcutePart),
            (Dimension::Complexity, Kind::OnlyAcutePart),
        ]
    );
}

#[test]
fn an_absent_or_withheld_dossier_and_an_absent_lij_are_holes_everywhere() {
    // D8, A34.
    assert!(in_dossier(&full_record()).is_empty());
    let absent = || Some(Document::Absent { because: text("niet opgemaakt") });
    let everywhere = |kind| Dimension::ALL.map(|dimension| (dimension, kind)).to_vec();
    let without_lij = PoliceRecord { lij: absent(), ..full_record() };
    assert_eq!(kinds(&in_dossier(&without_lij)), everywhere(Kind::NoLij));
    let without_dossier = PoliceRecord { dossier: absent(), ..full_record() };
    assert_eq!(kinds(&in_dossier(&without_dossier)), everywhere(Kind::NoDossier));
    let withheld = PoliceRecord { dossier: Some(Document::Withheld), ..full_record() };
    assert_eq!(kinds(&in_dossier(&withheld)), everywhere(Kind::Withheld));
}

#[test]
fn a_firm_degree_below_established_does_not_stand_over_a_hole() {
    // D17: "ten minste".
    let holes = in_answer(Item::VeiligThuis, &by_vt(judged(&[]), SafetyConditions::None));
    let over = |level, at_least, rests_on: &[Item]| {
        let rests_on = rests_on.iter().copied().collect();
        let degree = Degree::Known { level, at_least, severity: text("ernst"), rests_on };
        faults(&degree, Dimension::Complexity, &holes)
    };
    let refused = Faults::one("complexity.known.at_least", Problem::AtLeastOverHole);
    for level in [Level::Geen, Level::Aanwijzingen] {
        assert_eq!(over(level, false, &[Item::VeiligThuis]), refused);
        assert_eq!(over(level, false, &[Item::EigenOnderzoek, Item::VeiligThuis]), refused, "one hole is enough");
        assert!(over(level, true, &[Item::VeiligThuis]).is_empty());
        assert!(over(level, false, &[Item::EigenOnderzoek]).is_empty(), "it rests on something that is whole");
    }
    assert!(over(Level::Vastgesteld, false, &[Item::VeiligThuis]).is_empty(), "there is nothing above it");
    let acute = Degree::Known {
        level: Level::Geen,
        at_least: false,
        severity: text("ernst"),
        rests_on: BTreeSet::from([Item::VeiligThuis]),
    };
    assert!(faults(&acute, Dimension::Acute, &holes).is_empty(), "the hole is in another dimension");
}

#[test]
fn under_what_is_not_known_every_hole_of_its_dimension_is_shown() {
    let holes = in_answer(Item::VeiligThuis, &by_vt(judged(&[]), SafetyConditions::None));
    let unknown = Degree::Onbekend { because: text("onbekend") };
    assert_eq!(under(&unknown, Dimension::Complexity, &holes), holes);
    assert!(under(&unknown, Dimension::Acute, &holes).is_empty());
    assert!(faults(&unknown, Dimension::Complexity, &holes).is_empty(), "it has its reason already");
}
