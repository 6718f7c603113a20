//! Why the facts of a case are what they are stays readable (D3, D7, D21).

use super::*;
use crate::household::{Person, Relation};

#[test]
fn who_answers_an_alert_about_a_correction_reads_what_was_corrected_by_whom_and_why() {
    // D2, D7, D21.
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let before = case.body().facts.act.clone();
    let amendment = Amendment { act: Some(act(today(), today())), reason: text("een dag later"), ..correction() };
    case.done(amend(amendment.clone()), &police());
    let [corrected] = &case.body().corrections[..] else { panic!("one correction") };
    assert_eq!(corrected.before.act, Some(before));
    assert_eq!((&corrected.amendment, &corrected.by, corrected.at), (&amendment, &police(), now()));
    assert!(corrected.before.hg_km.is_none() && corrected.before.offences.is_empty(), "only what was corrected");
}

#[test]
fn of_each_person_whom_a_correction_touches_it_stays_readable_how_he_was_listed() {
    let mut case = confirmed(minor());
    let mother = case.body().facts.household.person(2).unwrap().clone();
    let corrected = Person { at_address: !mother.at_address, ..mother.clone() };
    let new = person(4, Relation::BroerZus, "2018-01-01");
    let suspect = identity(1, "2010-10-10");
    let amendment = Amendment { persons: vec![corrected.clone(), new], ..suspect_is(suspect) };
    case.done(amend(amendment), &police());
    let back = Amendment { persons: vec![mother.clone()], ..correction() };
    case.done(amend(back), &police());
    let [first, second] = &case.body().corrections[..] else { panic!("two corrections") };
    assert_eq!(first.before.suspect.as_ref().and_then(|known| known.reveal()), Some(&identity(1, FIFTEEN)));
    assert_eq!((&first.before.persons[..], &second.before.persons[..]), (&[mother][..], &[corrected][..]));
}

#[test]
fn the_reason_with_which_the_person_list_shrank_or_a_doubt_was_settled_stays_readable() {
    // D7, D3.
    let mut case = confirmed(minor());
    let mut household = case.body().facts.household.clone();
    household.persons.truncate(2);
    case.done(Command::ConfirmHousehold(household, Some(text("woont elders"))), &operator());
    let [reduced] = &case.body().reductions[..] else { panic!("one reduction") };
    assert_eq!((reduced.household_version, &reduced.reason, &reduced.by), (2, &text("woont elders"), &operator()));

    let mut doubtful = registered(registration(parent_and_child(AROUND_EIGHTEEN), HgKm::Ja));
    let settlement = Settlement { age: Some(SettledAge::Adult), hg_km: None, reason: text("paspoort") };
    doubtful.done(Command::Settle(settlement.clone(), None), &prosecutor());
    let [settled] = &doubtful.body().settlements[..] else { panic!("one settlement") };
    assert_eq!((&settled.settlement, &settled.by), (&settlement, &prosecutor()));
}
