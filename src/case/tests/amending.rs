//! The police correct what they registered (A36, D2, D3, D23).

use super::*;
use crate::flow::SuspectKind;
use crate::household::{Person, Relation};
use crate::identity::Identity;
use crate::item::Item;
use crate::organisation::Role;
use crate::police::EntryRoute;

/// The suspect of these cases, born on another day.
fn born(birth: &str) -> Amendment {
    suspect_is(identity(1, birth))
}

fn hg_km(hg_km: HgKm) -> Amendment {
    Amendment { hg_km: Some(hg_km), ..correction() }
}

fn persons(persons: &[Person]) -> Amendment {
    Amendment { persons: persons.to_vec(), ..correction() }
}

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events
        .iter()
        .map(|event| match event {
            Event::Amended { .. } => "amended",
            Event::AssignmentEnded { corrected: true, .. } => "ended",
            Event::Briefed { .. } => "briefed",
            Event::AlertRaised(_) => "alert",
            _ => "other",
        })
        .collect()
}

fn lead_of(case: &Story<CaseLaw>) -> Option<Kind> {
    case.body().assignment.as_ref().map(|assigned| assigned.lead.kind)
}

#[test]
fn a_minor_who_turns_out_an_adult_gets_another_lead_and_the_old_one_is_told() {
    // A36, D23: a changed lead is a new assignment.
    let (mut case, _) = ready(minor());
    let events = case.done(amend(born(ADULT)), &police());
    assert_eq!(kinds(&events), ["amended", "ended", "briefed"]);
    let errands: Vec<Errand> = events.iter().flat_map(react).collect();
    assert_eq!(errands, [Errand::WithdrawFormer { number: 1 }, Errand::Brief { version: 2 }]);
    assert_eq!((case.body().flow(), lead_of(&case)), (Flow::B, Some(Kind::Reclassering)));
    let assigned = case.body().assignment.as_ref().unwrap();
    assert_eq!(assigned.name, AssignmentName::derive(case_name(), 2));
    assert_eq!((assigned.number(), assigned.delivered), (2, 0));
    assert!(required(&case).of(Item::Kindcheck).is_some() && required(&case).of(Item::Oudercheck).is_none(), "D7");
    assert!(case.body().latest_advice().is_none(), "D19: an advice of the former lead does not count");
    assert!(!open(&case).is_empty());
    assert!(matches!(case.refusal(decide_it(&case, 1), &prosecutor()), Some(Refusal::Incomplete(_))));
}

#[test]
fn the_same_lead_gets_a_new_version_of_the_same_assignment() {
    // D23.
    let (mut case, _) = ready(minor());
    let name = case.body().assignment.as_ref().unwrap().name;
    let events = case.done(amend(born("2010-10-10")), &police());
    assert_eq!(kinds(&events), ["amended", "briefed"]);
    assert_eq!(case.body().assignment.as_ref().unwrap().name, name);
    assert_eq!((version(&case), case.body().household_version), (2, 2), "the confirmed list takes it over");
    let brief = case.body().brief().unwrap();
    assert_eq!(brief.household.persons[0].identity.reveal(), Some(&identity(1, "2010-10-10")));
    assert!(open(&case).contains(&(Subject::Advice, Reason::Stale)), "{:?}", open(&case));
}

#[test]
fn an_adult_who_turns_out_to_have_no_victims_of_hg_km_asks_nothing_any_more() {
    // A36, A8: everything that was asked is excess.
    let (mut case, _) = ready(adult());
    let events = case.done(amend(hg_km(nee())), &police());
    assert_eq!(kinds(&events), ["amended", "ended"]);
    assert_eq!(open(&case), [(Subject::Flow, Reason::OutsideScope)]);
    assert_eq!(waiting(case.body()), Some(Waiting::Closing));
    assert_eq!(case.refusal(close(CloseReason::OutsideScope), &prosecutor()), None, "D2: earned");
}

#[test]
fn hg_km_that_becomes_known_brings_a_running_case_into_flow_b() {
    // D2.
    let mut case = registered(outside());
    case.done(amend(hg_km(HgKm::Ja)), &police());
    assert_eq!(case.body().flow(), Flow::B);
    let household = case.body().facts.household.clone();
    case.done(Command::ConfirmHousehold(household, None), &operator());
    assert_eq!(lead_of(&case), Some(Kind::Reclassering));
    let missing = (Subject::ReportToVt, Reason::Missing);
    assert!(open(&case).contains(&missing), "D6: in HG/KM the report must be made");
}

#[test]
fn not_due_holds_in_hg_km_only_where_veilig_thuis_heard_first() {
    // D6: what was lawful without HG/KM must be brought anew.
    for (route, stays) in [(EntryRoute::Police, false), (EntryRoute::VeiligThuis, true)] {
        let mut facts = outside();
        facts.entry_route = route;
        facts.police.report_to_vt = Some(not_due(Some("VT-1")));
        let mut case = registered(facts);
        case.done(amend(hg_km(HgKm::Ja)), &police());
        assert_eq!(case.body().facts.police.report_to_vt.is_some(), stays, "{route:?}");
    }
}

#[test]
fn a_birth_date_that_straddles_stops_every_look_up_until_it_is_settled() {
    // D3: an undecided flow closes the gate and ends the look-ups; settled, it goes on under a new number.
    let (mut case, _) = ready(minor());
    let events = case.done(amend(born(AROUND_EIGHTEEN)), &police());
    assert_eq!(kinds(&events), ["amended", "ended"]);
    assert!(open(&case).contains(&(Subject::Flow, Reason::Undecided)));
    let settlement =
        Settlement { age: Some(SettledAge::Unresolvable), hg_km: None, reason: text("niet te achterhalen") };
    let events = case.done(Command::Settle(settlement, None), &prosecutor());
    assert!(
        matches!(&events[1], Event::Briefed { assignment, .. } if *assignment == AssignmentName::derive(case_name(), 2))
    );
}

#[test]
fn a_settled_age_that_the_corrected_facts_exclude_holds_no_more() {
    // D3. Also when a later correction leaves room for it again.
    let mut case = registered(registration(parent_and_child(AROUND_EIGHTEEN), HgKm::Ja));
    let settlement = Settlement { age: Some(SettledAge::Adult), hg_km: None, reason: text("paspoort") };
    case.done(Command::Settle(settlement, None), &prosecutor());
    assert_eq!(case.body().flow(), Flow::B);
    case.done(amend(born(FIFTEEN)), &police());
    assert_eq!((case.body().flow(), case.body().settled), (Flow::A, None));
    case.done(amend(born(AROUND_EIGHTEEN)), &police());
    assert!(matches!(case.body().flow(), Flow::Undecided(_)));
}

#[test]
fn another_act_can_be_another_flow() {
    // A4, D3.
    let (mut case, _) = ready(registration(parent_and_child("2008-06-01"), HgKm::Ja));
    assert_eq!(case.body().flow(), Flow::A);
    let later = act(today(), today());
    case.done(amend(Amendment { act: Some(later), ..correction() }), &police());
    assert_eq!(lead_of(&case), Some(Kind::Reclassering));
}

#[test]
fn others_on_the_list_count_once_the_operator_confirmed_them() {
    // D7, D23: a confirmed list is not overwritten; the gate is shut until it is confirmed anew.
    let (mut case, _) = ready(minor());
    let sister = person(4, Relation::BroerZus, "2018-01-01");
    let events = case.done(amend(persons(std::slice::from_ref(&sister))), &police());
    assert_eq!(kinds(&events), ["amended"], "nothing is asked on the word of the police alone");
    assert_eq!(open(&case), [(Subject::Household, Reason::NotConfirmed)]);
    assert_eq!(waiting(case.body()), Some(Waiting::Household));
    assert!(case.body().facts.household.person(4).is_none());
    let proposed = case.body().list_of_police().clone();
    assert!(proposed.person(4).is_some());
    let without = case.body().facts.household.clone();
    let refusal = case.refusal(Command::ConfirmHousehold(without, None), &operator());
    assert_eq!(refusal, malformed("reason", Problem::ShrinksWithoutReason), "leaving her out takes a reason");
    case.done(Command::ConfirmHousehold(proposed, None), &operator());
    assert!(required(&case).of(Item::VeiligThuis).unwrap().answer_about().contains(&4));
    assert!(!open(&case).contains(&(Subject::Household, Reason::NotConfirmed)));
}

#[test]
fn before_the_list_is_confirmed_a_correction_is_the_list() {
    let mut case = registered(minor());
    case.done(amend(persons(&[person(4, Relation::BroerZus, "2018-01-01")])), &police());
    assert!(case.body().facts.household.person(4).is_some());
    assert_eq!(case.body().household_version, 0);
}

#[test]
fn a_suspect_who_was_unknown_can_be_named() {
    // A38, D3: the way out of a parked case.
    let mut case = registered(parked());
    case.done(amend(born(FIFTEEN)), &police());
    assert_eq!((case.body().facts.suspect, case.body().flow()), (SuspectKind::Person, Flow::A));
    assert_eq!(case.body().facts.household.persons.len(), 1);
}

#[test]
fn what_is_so_already_is_no_correction() {
    let (mut case, _) = ready(minor());
    let facts = case.body().facts.clone();
    let same = Amendment {
        suspect: Some(facts.household.persons[0].identity.clone()),
        act: Some(facts.act),
        offences: facts.offences,
        hg_km: Some(facts.hg_km),
        persons: facts.household.persons[1..].to_vec(),
        ..correction()
    };
    assert_eq!(case.done(amend(same.clone()), &police()), []);
    let other = Amendment { offences: vec!["art. 302 Sr".into()], ..same };
    let events = case.done(amend(other), &police());
    let only_offences = Amendment { offences: vec!["art. 302 Sr".into()], ..correction() };
    assert!(matches!(&events[..], [Event::Amended { amendment, .. }] if **amendment == only_offences));
    assert_eq!(open(&case), [], "the lead asks and advises on nothing else");
}

#[test]
fn a_correction_names_every_fault_by_its_field() {
    let (case, _) = ready(minor());
    let refused = |amendment| case.refusal(amend(amendment), &police());
    assert_eq!(refused(correction()), malformed("amendment", Problem::Missing));
    assert_eq!(refused(Amendment { reason: empty(), ..born(ADULT) }), malformed("reason", Problem::Missing));
    let tomorrow = today().tomorrow().unwrap();
    let mut faults = Faults::one("amendment.act.from", Problem::InFuture);
    faults.add("amendment.act.until", Problem::InFuture);
    let future = Amendment { act: Some(act(tomorrow, tomorrow)), ..correction() };
    assert_eq!(refused(future), Some(Refusal::Malformed(faults)));
    let witnessed = HgKm::Nee { established_by: text("agent"), established_at: now(), minors_witnessed: true };
    assert_eq!(refused(hg_km(witnessed)), malformed("amendment.hg_km.minors_witnessed", Problem::WitnessCountsAsKm));
    assert_eq!(refused(born("2026-06-01")), malformed("amendment.suspect.birth", Problem::BeforeBirth));
    let unborn = Identity { birth: crate::date::PartialDate::Day(tomorrow), ..identity(1, ADULT) };
    assert!(refused(suspect_is(unborn)).is_some());
    let suspect = person(1, Relation::Zelf, ADULT);
    assert_eq!(refused(persons(&[suspect])), malformed("amendment.persons[0].number", Problem::Superfluous));
    let someone_else =
        Person { identity: person(9, Relation::Ouder, ADULT).identity, ..person(2, Relation::Ouder, ADULT) };
    assert_eq!(refused(persons(&[someone_else])), malformed("amendment.persons[0].number", Problem::NumberOfAnother));
    let of_three = Person {
        identity: person(3, Relation::Kind, "2019-01-01").identity,
        ..person(5, Relation::Kind, "2019-01-01")
    };
    assert_eq!(refused(persons(&[of_three])), malformed("amendment.persons[0].identity", Problem::Duplicate));
}

#[test]
fn only_the_police_of_the_case_correct() {
    // D31.
    let (case, _) = ready(minor());
    let command = amend(born(ADULT));
    assert_eq!(case.refusal(command.clone(), &elsewhere(Kind::Politie, Role::Politie)), OTHER_ORGANISATION);
    for by in [operator(), prosecutor(), secretary(), adviser(Kind::Rvdk)] {
        assert_eq!(case.refusal(command.clone(), &by), OTHER_ROLE);
    }
}

#[test]
fn what_a_correction_shows_to_be_needless_is_closed_off_also_when_the_case_was_closed() {
    // A36, D23.
    let (mut case, _) = ready(adult());
    case.done(close(CloseReason::Transferred), &prosecutor());
    let events = case.done(amend(hg_km(nee())), &police());
    assert_eq!(kinds(&events), ["amended", "alert", "ended"]);
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::WithdrawFormer { number: 1 }]);
    assert!(case.body().former[0].corrected, "its lead is told that it need not have asked");
    let events = case.done(Command::Reopen(text("toch"), None), &prosecutor());
    assert!(matches!(&events[..], [Event::Reopened { .. }]), "it ended once: {events:?}");
}

#[test]
fn what_a_decision_rests_on_stays_with_its_lead_until_the_prosecutor_opens_the_case_again() {
    // A36 after D21: who asked still brings the news about what was decided on.
    let (mut case, mut assignment) = ready(adult());
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(kinds(&case.done(amend(hg_km(nee())), &police())), ["amended", "alert"]);
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    case.done(submission(&assignment), &service(Kind::Reclassering));
    assert_eq!(case.body().alerts.last().map(|alert| alert.subject), Some(Subject::Item(Item::VeiligThuis)));
    let events = case.done(Command::Reopen(text("toch"), None), &prosecutor());
    assert_eq!(kinds(&events), ["other", "ended"]);
}

#[test]
fn after_the_end_a_correction_is_recorded_and_an_alert_when_it_matters() {
    // D2, D21.
    let alert_of = |case: &mut Story<CaseLaw>, amendment| {
        let events = case.done(amend(amendment), &police());
        assert!(matches!(events[0], Event::Amended { .. }));
        assert!(!events.iter().any(|event| matches!(event, Event::Briefed { .. } | Event::AssignmentEnded { .. })));
        case.body().alerts.last().map(|alert| alert.subject)
    };
    let offences = || Amendment { offences: vec!["art. 302 Sr".into()], ..correction() };
    let decided = || {
        let (mut case, _) = ready(minor());
        case.done(decide_it(&case, 1), &prosecutor());
        case
    };
    assert_eq!(alert_of(&mut decided(), born(ADULT)), Some(Subject::Flow));
    assert_eq!(alert_of(&mut decided(), born("2010-10-10")), Some(Subject::Household), "VT was asked about another");
    assert_eq!(alert_of(&mut decided(), hg_km(nee())), Some(Subject::HgKm), "no report to VT was due");
    let mut act = decided().body().facts.act.clone();
    act.from = act.from.yesterday().unwrap();
    let another_day = || Amendment { act: Some(act.clone()), ..correction() };
    assert_eq!(alert_of(&mut decided(), another_day()), Some(Subject::Act), "the decision rested on it");
    assert_eq!(alert_of(&mut decided(), offences()), Some(Subject::Act));
    let closed = |facts, reason| {
        let mut case = registered(facts);
        case.done(close(reason), &prosecutor());
        case
    };
    let mut outside = closed(outside(), CloseReason::OutsideScope);
    assert_eq!(alert_of(&mut outside, offences()), None);
    assert_eq!(alert_of(&mut closed(minor(), CloseReason::Duplicate), another_day()), None);
    assert_eq!(alert_of(&mut outside, hg_km(HgKm::Ja)), Some(Subject::Flow), "it belongs in flow b");
    assert_eq!(waiting(outside.body()), Some(Waiting::Alert), "somebody must look at it");
    assert_eq!(alert_of(&mut closed(minor(), CloseReason::Duplicate), born("2010-10-10")), None);
}

#[test]
fn a_corrected_suspect_reaches_the_lead_while_the_rest_of_the_list_waits() {
    // D23, E4: nobody else on the list is told of on the word of the police alone.
    let mut case = confirmed(minor());
    let assignment = assigned(&case);
    case.done(amend(persons(&[person(9, Relation::Ouder, "1980-01-01")])), &police());
    let moved = Identity { house_number: "99".into(), ..identity(1, FIFTEEN) };
    let events = case.done(amend(suspect_is(moved)), &police());
    assert_eq!((kinds(&events), version(&case)), (vec!["amended", "briefed"], 2));
    let brief = case.body().brief().unwrap();
    assert_eq!(brief.household.person(1).unwrap().identity.reveal().unwrap().house_number, "99");
    assert!(brief.household.person(9).is_none());
    assert_eq!(assignment.refusal(creation(case.body()), &service(Kind::Om)), None);
    assert!(open(&case).contains(&(Subject::Household, Reason::NotConfirmed)));
}
