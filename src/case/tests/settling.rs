//! The flow of a case: settled by a person where the facts leave room, and never twice.

use super::*;
use crate::item::Item;
use crate::organisation::Role;

fn around_eighteen(hg_km: HgKm) -> Registration {
    registration(parent_and_child(AROUND_EIGHTEEN), hg_km)
}

fn settle(age: Option<SettledAge>, hg_km: Option<HgKm>) -> Command {
    Command::Settle(Settlement { age, hg_km, reason: text("reden") }, None)
}

#[test]
fn an_undecided_case_is_shut_and_nobody_is_asked() {
    // D2, D3, scenario 6.
    let case = confirmed(around_eighteen(HgKm::Onbekend));
    assert!(case.body().assignment.is_none());
    assert_eq!(
        open(&case),
        [(Subject::Flow, Reason::Undecided), (Subject::HgKm, Reason::Unknown), (Subject::Advice, Reason::Missing),]
    );
    assert!(matches!(case.refusal(decide_it(&case, 1), &prosecutor()), Some(Refusal::Incomplete(_))));
}

#[test]
fn an_adult_of_whom_hg_km_is_unknown_is_shut_and_nobody_is_asked() {
    // D1.
    let case = confirmed(registration(parent_and_child(ADULT), HgKm::Onbekend));
    assert!(case.body().assignment.is_none());
    assert!(open(&case).contains(&(Subject::Flow, Reason::Undecided)));
}

#[test]
fn once_settled_the_lead_of_that_flow_is_briefed() {
    for (settled, hg_km, lead) in [
        (SettledAge::Minor, HgKm::Ja, Some(Kind::Rvdk)),
        (SettledAge::Adult, HgKm::Ja, Some(Kind::Reclassering)),
        (SettledAge::Unresolvable, nee(), Some(Kind::Rvdk)),
        (SettledAge::Adult, nee(), None),
    ] {
        let mut case = confirmed(around_eighteen(hg_km));
        case.done(settle(Some(settled), None), &prosecutor());
        assert_eq!(case.body().assignment.as_ref().map(|one| one.lead.kind), lead, "{settled:?}");
    }
}

#[test]
fn around_eighteen_and_unresolvable_with_hg_km_the_suspect_joins_the_oudercheck() {
    // D3.
    let mut case = confirmed(registration(family(AROUND_EIGHTEEN, &[]), HgKm::Ja));
    case.done(settle(Some(SettledAge::Unresolvable), None), &prosecutor());
    let required = required(&case);
    let asked = &required.of(Item::Oudercheck).unwrap().subjects;
    assert_eq!(asked.iter().map(|one| (one.person, one.age_uncertain)).collect::<Vec<_>>(), [(1, true)]);
}

#[test]
fn age_and_hg_km_are_settled_together_where_both_are_in_doubt() {
    let case = registered(around_eighteen(HgKm::Onbekend));
    let refused = |age, hg_km| case.refusal(settle(age, hg_km), &prosecutor());
    assert_eq!(refused(None, Some(HgKm::Ja)), malformed("age", Problem::Missing));
    assert_eq!(refused(Some(SettledAge::Adult), None), malformed("hg_km", Problem::Missing));
    assert_eq!(refused(Some(SettledAge::Adult), Some(HgKm::Ja)), None);
    assert_eq!(refused(Some(SettledAge::Minor), None), None, "D1: then HG/KM is an open item of the gate");
}

#[test]
fn a_settlement_outside_the_facts_is_refused() {
    let case = registered(around_eighteen(HgKm::Ja));
    let refused = |age, hg_km| case.refusal(settle(age, hg_km), &prosecutor());
    assert_eq!(refused(Some(SettledAge::Under12), None), malformed("age", Problem::ExcludedByFacts));
    assert_eq!(refused(Some(SettledAge::Minor), Some(nee())), malformed("hg_km", Problem::Superfluous));
    assert_eq!(
        refused(Some(SettledAge::Minor), Some(HgKm::Onbekend)),
        malformed("hg_km.answer", Problem::ExcludedByFacts)
    );
    let witnessed = HgKm::Nee { established_by: text("agent"), established_at: hours(-1), minors_witnessed: true };
    let unknown = registered(registration(parent_and_child(ADULT), HgKm::Onbekend));
    let refusal = unknown.refusal(settle(None, Some(witnessed)), &prosecutor());
    assert_eq!(refusal, malformed("hg_km.minors_witnessed", Problem::WitnessCountsAsKm));
}

#[test]
fn where_nothing_is_in_doubt_nothing_is_settled() {
    let nothing = Some(Refusal::NotNow(NotNow::NothingToSettle));
    for facts in [minor(), adult(), outside(), under_twelve(), parked()] {
        let case = registered(facts);
        assert_eq!(case.refusal(settle(Some(SettledAge::Minor), None), &prosecutor()), nothing);
    }
}

#[test]
fn hg_km_that_is_unknown_in_flow_a_is_an_open_item_until_it_is_settled() {
    // D1.
    let mut case = confirmed(registration(parent_and_child(FIFTEEN), HgKm::Onbekend));
    assert!(case.body().brief().unwrap().hg_km, "treated as JA");
    assert!(open(&case).contains(&(Subject::HgKm, Reason::Unknown)));
    assert_eq!(case.refusal(settle(None, None), &prosecutor()), malformed("hg_km", Problem::Missing));
    case.done(settle(None, Some(nee())), &prosecutor());
    assert!(!open(&case).contains(&(Subject::HgKm, Reason::Unknown)));
    assert!(!case.body().brief().unwrap().hg_km);
    assert_eq!(version(&case), 2, "the lead hears of it");
}

#[test]
fn a_settled_age_is_not_settled_again() {
    // A changed lead would be a new assignment (D23).
    let mut case = confirmed(around_eighteen(HgKm::Onbekend));
    case.done(settle(Some(SettledAge::Unresolvable), None), &prosecutor());
    let again = case.refusal(settle(Some(SettledAge::Adult), Some(HgKm::Ja)), &prosecutor());
    assert_eq!(again, malformed("age", Problem::Superfluous));
    case.done(settle(None, Some(HgKm::Ja)), &prosecutor());
    assert_eq!(case.body().lead().unwrap().kind, Kind::Rvdk);
}

#[test]
fn settling_is_for_the_prosecution_of_the_table() {
    let case = registered(around_eighteen(HgKm::Ja));
    let command = settle(Some(SettledAge::Minor), None);
    assert_eq!(case.refusal(command.clone(), &prosecutor()), None);
    assert_eq!(case.refusal(command.clone(), &operator()), OTHER_ROLE);
    assert_eq!(case.refusal(command, &elsewhere(Kind::Om, Role::Officier)), OTHER_ORGANISATION);
}

#[test]
fn an_unknown_suspect_has_no_flow_and_stays_parked() {
    // A38.
    let case = registered(parked());
    assert_eq!(case.body().flow(), Flow::Undecided([Doubt::SuspectUnknown].into()));
    assert!(open(&case).contains(&(Subject::Flow, Reason::Unknown)));
}
