//! Which flow a case follows: minors whatever the offence, adults with HG/KM, and doubt until a person settles it.

use super::*;
use crate::arbitrary;
use crate::testing::{act, family, nee};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;

const SETTLEMENTS: [SettledAge; 4] =
    [SettledAge::Under12, SettledAge::Minor, SettledAge::Adult, SettledAge::Unresolvable];

fn flow_of(birth: &str, from: Date, until: Date, hg_km: &HgKm, settled: Option<SettledAge>) -> Flow {
    determine(SuspectKind::Person, age_at_act(&family(birth, &[]), &act(from, until)), hg_km, settled)
}

fn on(birth: &str, day: Date, hg_km: &HgKm) -> Flow {
    flow_of(birth, day, day, hg_km, None)
}

fn doubts<const N: usize>(doubts: [Doubt; N]) -> Flow {
    Flow::Undecided(BTreeSet::from(doubts))
}

fn outside() -> Flow {
    Flow::Outside(Outside::AdultWithoutHgKm)
}

#[test]
fn the_twelfth_birthday_on_the_day_of_the_act_makes_flow_a_and_the_day_before_none() {
    // A3, A7, scenario 4.
    assert_eq!(on("2014-05-31", date(2026, 5, 31), &HgKm::Ja), Flow::A);
    assert_eq!(on("2014-06-01", date(2026, 5, 31), &HgKm::Ja), Flow::Under12);
    assert_eq!(on("2008-06-01", date(2026, 5, 31), &HgKm::Ja), Flow::A);
    assert_eq!(on("2008-05-31", date(2026, 5, 31), &HgKm::Ja), Flow::B);
}

#[test]
fn a_suspect_born_on_29_february_is_an_adult_from_1_march() {
    // Scenario 5.
    assert_eq!(on("2008-02-29", date(2026, 2, 28), &nee()), Flow::A);
    assert_eq!(on("2008-02-29", date(2026, 3, 1), &nee()), outside());
}

#[test]
fn the_age_at_the_act_counts_and_not_the_age_today() {
    // A4: seventeen then, thirty now.
    assert_eq!(on("1996-02-01", date(2013, 5, 1), &HgKm::Ja), Flow::A);
}

#[test]
fn a_minor_is_in_flow_a_whatever_is_known_of_hg_km() {
    for hg_km in [HgKm::Ja, nee(), HgKm::Onbekend] {
        assert_eq!(on("2010-01-01", date(2026, 5, 31), &hg_km), Flow::A);
    }
}

#[test]
fn an_adult_is_in_flow_b_only_with_hg_km_and_out_of_scope_only_when_that_was_earned() {
    // A8, D1.
    let day = date(2026, 5, 31);
    assert_eq!(on("1990-01-01", day, &HgKm::Ja), Flow::B);
    assert_eq!(on("1990-01-01", day, &nee()), outside());
    assert_eq!(on("1990-01-01", day, &HgKm::Onbekend), doubts([Doubt::HgKmUnknown]));
}

#[test]
fn under_twelve_stays_under_twelve_whatever_is_known_of_hg_km() {
    for hg_km in [HgKm::Ja, nee(), HgKm::Onbekend] {
        assert_eq!(on("2016-01-01", date(2026, 5, 31), &hg_km), Flow::Under12);
    }
}

#[test]
fn a_birth_year_that_straddles_eighteen_leaves_the_flow_undecided() {
    // Scenario 6, A33.
    let day = date(2026, 5, 31);
    assert_eq!(on("2008", day, &HgKm::Ja), doubts([Doubt::AroundEighteen]));
    assert_eq!(on("2008", day, &nee()), doubts([Doubt::AroundEighteen]));
    assert_eq!(on("2008", day, &HgKm::Onbekend), doubts([Doubt::AroundEighteen, Doubt::HgKmUnknown]));
    assert_eq!(on("2014-05", date(2026, 5, 15), &HgKm::Ja), doubts([Doubt::AroundTwelve]));
    assert_eq!(on("", day, &HgKm::Ja), doubts([Doubt::AroundTwelve, Doubt::AroundEighteen]));
}

#[test]
fn an_act_period_with_a_birthday_in_it_leaves_the_flow_undecided() {
    // A4: computed at both ends.
    let period = |hg_km| flow_of("2008-05-15", date(2026, 5, 1), date(2026, 5, 31), hg_km, None);
    assert_eq!(period(&HgKm::Ja), doubts([Doubt::AroundEighteen]));
    assert_eq!(flow_of("2009-05-15", date(2026, 5, 1), date(2026, 5, 31), &HgKm::Ja, None), Flow::A);
    assert_eq!(
        flow_of("2014-05-15", date(2026, 5, 1), date(2026, 5, 31), &HgKm::Ja, None),
        doubts([Doubt::AroundTwelve])
    );
}

#[test]
fn an_unresolvable_age_is_flow_a_around_eighteen_and_around_twelve() {
    // D3.
    let day = date(2026, 5, 31);
    for (birth, hg_km) in [("2008", HgKm::Ja), ("2008", nee()), ("2014", HgKm::Ja), ("", nee())] {
        assert_eq!(flow_of(birth, day, day, &hg_km, Some(SettledAge::Unresolvable)), Flow::A);
    }
}

#[test]
fn a_settlement_that_the_facts_exclude_changes_nothing() {
    let day = date(2026, 5, 31);
    assert_eq!(flow_of("2010-01-01", day, day, &HgKm::Ja, Some(SettledAge::Adult)), Flow::A);
    assert_eq!(flow_of("1990-01-01", day, day, &HgKm::Ja, Some(SettledAge::Minor)), Flow::B);
    assert_eq!(flow_of("1990-01-01", day, day, &HgKm::Ja, Some(SettledAge::Unresolvable)), Flow::B);
    assert_eq!(flow_of("2008", day, day, &HgKm::Ja, Some(SettledAge::Under12)), doubts([Doubt::AroundEighteen]));
    assert_eq!(flow_of("2014", day, day, &HgKm::Ja, Some(SettledAge::Adult)), doubts([Doubt::AroundTwelve]));
}

#[test]
fn a_legal_person_is_outside_and_an_unknown_suspect_is_parked() {
    // A38.
    let age = Age { least: 30, most: 30 };
    assert_eq!(determine(SuspectKind::LegalPerson, age, &HgKm::Ja, None), Flow::Outside(Outside::LegalPerson));
    for settled in [None, Some(SettledAge::Adult), Some(SettledAge::Minor)] {
        assert_eq!(determine(SuspectKind::Unknown, age, &HgKm::Ja, settled), doubts([Doubt::SuspectUnknown]));
    }
}

#[test]
fn a_suspect_who_is_also_a_victim_stays_in_flow_a() {
    // A37.
    let mut household = family("2010-01-01", &[]);
    household.persons[0].roles.insert(crate::household::PersonRole::Slachtoffer);
    let age = age_at_act(&household, &act(date(2026, 5, 1), date(2026, 5, 1)));
    assert_eq!(determine(SuspectKind::Person, age, &HgKm::Ja, None), Flow::A);
}

#[test]
fn without_a_known_birth_date_the_age_is_open_on_both_limits() {
    let nobody = Household::default();
    let age = age_at_act(&nobody, &act(date(2026, 5, 1), date(2026, 5, 1)));
    assert!(age.straddles(TWELVE) && age.straddles(EIGHTEEN));
}

#[test]
fn the_suspect_joins_the_oudercheck_only_when_unresolvable_around_eighteen_with_hg_km() {
    let around = Age { least: 17, most: 18 };
    let unresolvable = Some(SettledAge::Unresolvable);
    assert!(suspect_may_be_adult(around, &HgKm::Ja, unresolvable));
    assert!(suspect_may_be_adult(around, &HgKm::Onbekend, unresolvable), "D1: unknown counts as JA");
    assert!(!suspect_may_be_adult(around, &nee(), unresolvable));
    assert!(!suspect_may_be_adult(around, &HgKm::Ja, Some(SettledAge::Minor)));
    assert!(!suspect_may_be_adult(Age { least: 11, most: 12 }, &HgKm::Ja, unresolvable));
}

#[test]
fn each_flow_has_its_lead_and_no_other_way_has_one() {
    assert_eq!(Flow::A.lead(), Some(Kind::Rvdk));
    assert_eq!(Flow::B.lead(), Some(Kind::Reclassering));
    for flow in [outside(), Flow::Under12, doubts([Doubt::HgKmUnknown])] {
        assert_eq!(flow.lead(), None);
    }
}

fn hg_km() -> impl Strategy<Value = HgKm> {
    select(vec![HgKm::Ja, nee(), HgKm::Onbekend])
}

fn ages() -> impl Strategy<Value = Age> {
    (0..40u16, 0..30u16).prop_map(|(least, more)| Age { least, most: least + more })
}

fn settled() -> impl Strategy<Value = Option<SettledAge>> {
    proptest::option::of(select(SETTLEMENTS.to_vec()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_is_certainly_a_minor_of_twelve_or_over_is_in_flow_a(
        one in TWELVE..EIGHTEEN, other in TWELVE..EIGHTEEN, hg_km in hg_km(), settled in settled(),
    ) {
        let age = Age { least: one.min(other), most: one.max(other) };
        prop_assert_eq!(determine(SuspectKind::Person, age, &hg_km, settled), Flow::A);
    }

    #[test]
    fn nobody_who_may_be_a_minor_is_in_flow_b_or_outside_without_a_person_settling_it(
        age in ages(), hg_km in hg_km(), settled in settled(),
    ) {
        let flow = determine(SuspectKind::Person, age, &hg_km, settled);
        if age.under(EIGHTEEN) {
            prop_assert!(!matches!(flow, Flow::B | Flow::Outside(_)));
        }
        if !age.reached(EIGHTEEN) && settled != Some(SettledAge::Adult) {
            prop_assert!(!matches!(flow, Flow::B | Flow::Outside(_)));
        }
    }

    #[test]
    fn flow_b_is_only_with_hg_km_and_outside_only_without(age in ages(), hg_km in hg_km(), settled in settled()) {
        match determine(SuspectKind::Person, age, &hg_km, settled) {
            Flow::B => prop_assert_eq!(hg_km, HgKm::Ja),
            Flow::Outside(_) => prop_assert!(!hg_km.binds()),
            _ => {}
        }
    }

    #[test]
    fn a_possible_settlement_always_ends_in_a_flow_outside_or_under_twelve(
        age in ages(), hg_km in select(vec![HgKm::Ja, nee()]), settled in select(SETTLEMENTS.to_vec()),
    ) {
        let flow = determine(SuspectKind::Person, age, &hg_km, Some(settled));
        if possible(age, settled) {
            prop_assert!(!matches!(flow, Flow::Undecided(_)), "{flow:?}");
        } else {
            prop_assert_eq!(flow, determine(SuspectKind::Person, age, &hg_km, None));
        }
    }

    #[test]
    fn every_age_in_doubt_has_a_way_out(age in ages()) {
        let open = age.straddles(TWELVE) || age.straddles(EIGHTEEN);
        prop_assert_eq!(SETTLEMENTS.iter().any(|settled| possible(age, *settled)), open);
    }

    #[test]
    fn a_longer_act_period_or_a_vaguer_birth_date_never_narrows_the_age(
        household in arbitrary::household(false), from in 0..400i32, lasted in 0..400i32,
    ) {
        let day = date(2024, 1, 1).saturating_add(from.days());
        let until = day.saturating_add(lasted.days());
        let (short, long) = (age_at_act(&household, &act(day, day)), age_at_act(&household, &act(day, until)));
        prop_assert!(long.least <= short.least && long.most >= short.most);
    }
}
