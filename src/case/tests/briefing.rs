//! The person list and the brief: what the lead is asked, and that it never shrinks by itself.

use super::*;
use crate::household::{AgeClass, Further, Person, PersonRole, Relation};
use crate::item::Item;
use crate::organisation::Role;
use crate::permission::Permission;
use proptest::prelude::*;

fn confirm(household: Household) -> Command {
    Command::ConfirmHousehold(household, None)
}

fn listed(case: &Story<CaseLaw>) -> Household {
    case.body().facts.household.clone()
}

fn further() -> Further {
    Further { reference: "assignments/x/further/1".into(), age: AgeClass::Adult }
}

fn with_further(mut household: Household) -> Household {
    let identity = Sensitive::forgotten(4);
    household.persons.push(Person { identity, further: Some(further()), ..person(4, Relation::OverigGezin, "") });
    household
}

/// A case of which the lead told that an answer named a further person.
fn with_news_of_a_further_person() -> Story<CaseLaw> {
    let (mut case, assignment) = ready(minor());
    let mut snapshot = assignment.body().snapshot(1000);
    snapshot.further_persons.push(further());
    case.done(Command::ReportProgress(snapshot), &service(Kind::Rvdk));
    case
}

#[test]
fn nobody_is_asked_before_the_person_list_is_confirmed() {
    let mut case = registered(minor());
    assert!(case.body().assignment.is_none());
    assert_eq!(open(&case), [(Subject::Household, Reason::NotConfirmed), (Subject::Advice, Reason::Missing)]);
    let events = case.done(confirm(minor().household), &operator());
    assert!(matches!(&events[..], [Event::HouseholdConfirmed { version: 1, .. }, Event::Briefed { version: 1, .. }]));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Brief { version: 1 }]);
}

#[test]
fn outside_the_agreements_a_person_list_is_not_confirmed_and_nobody_is_asked() {
    for facts in [outside(), under_twelve()] {
        let household = facts.household.clone();
        let case = registered(facts);
        let refusal = case.refusal(confirm(household), &operator());
        assert_eq!(refusal, Some(Refusal::NotNow(NotNow::OutsideScope)));
    }
}

#[test]
fn a_second_unborn_child_is_never_left_out_in_silence() {
    // A11, D9: a kindcheck has one search key. Nobody but an official leaves one out.
    let mut facts = adult();
    facts.household.unborn_of.extend([1, 2]);
    let mut case = registered(facts);
    let both = listed(&case);
    let refusal = case.refusal(confirm(both.clone()), &operator());
    assert_eq!(refusal, Some(Refusal::Malformed(Faults::one("household.unborn_of[1]", Problem::SecondUnborn))));
    let one = Household { unborn_of: BTreeSet::from([2]), ..both };
    case.done(confirm(one), &operator());
}

#[test]
fn the_suspect_stays_who_the_police_registered() {
    let mut case = registered(minor());
    let mut household = minor().household;
    household.persons[0].identity = Sensitive::about(1, identity(1, ADULT));
    let refusal = case.refusal(confirm(household.clone()), &operator());
    assert_eq!(refusal, malformed("household.persons[0].identity", Problem::Superfluous));
    household.persons[0].identity = Sensitive::forgotten(1);
    case.done(confirm(household), &operator());
    assert_eq!(case.body().facts.household, minor().household);
}

#[test]
fn whoever_drops_from_the_list_drops_with_a_reason() {
    // D7, invariant 11.
    let mut case = confirmed(minor());
    let mut fewer = listed(&case);
    fewer.persons.pop();
    for reason in [None, Some(empty())] {
        let refusal = case.refusal(Command::ConfirmHousehold(fewer.clone(), reason), &operator());
        assert_eq!(refusal, malformed("reason", Problem::ShrinksWithoutReason));
    }
    case.done(Command::ConfirmHousehold(fewer, Some(text("hoort er niet bij"))), &operator());
    assert_eq!(version(&case), 2);
}

#[test]
fn whoever_drops_from_a_look_up_drops_with_a_reason_too() {
    // Invariant 11: a changed relation, date of birth or unborn child makes the required set smaller.
    let case = {
        let mut facts = minor();
        facts.household.unborn_of.insert(2);
        confirmed(facts)
    };
    let shrunk = malformed("reason", Problem::ShrinksWithoutReason);
    let mut no_family = listed(&case);
    no_family.persons[1].relation = Relation::GeenFamilie;
    assert_eq!(case.refusal(confirm(no_family), &operator()), shrunk);
    let mut younger = listed(&case);
    younger.persons[1].identity = Sensitive::about(2, identity(2, FIFTEEN));
    assert_eq!(case.refusal(confirm(younger), &operator()), shrunk);
    let mut born = listed(&case);
    born.unborn_of.clear();
    assert_eq!(case.refusal(confirm(born), &operator()), shrunk);
    let mut victim_too = listed(&case);
    victim_too.persons[1].roles.insert(PersonRole::Slachtoffer);
    assert_eq!(case.refusal(confirm(victim_too), &operator()), None);
}

#[test]
fn before_the_first_confirmation_the_operator_may_still_set_the_list() {
    let case = registered(minor());
    assert_eq!(case.refusal(confirm(family(FIFTEEN, &[])), &operator()), None);
}

#[test]
fn a_further_person_shuts_the_gate_until_it_stands_on_the_confirmed_list() {
    // D10.
    let mut case = with_news_of_a_further_person();
    assert_eq!(open(&case), [(Subject::Household, Reason::FurtherPerson)]);
    case.done(confirm(with_further(listed(&case))), &operator());
    assert!(required(&case).of(Item::Oudercheck).unwrap().subjects.iter().any(|one| one.person == 4));
    assert!(open(&case).contains(&(Subject::Assignment, Reason::NotProcessed)));
    assert!(!open(&case).contains(&(Subject::Household, Reason::FurtherPerson)));
}

#[test]
fn a_further_person_that_the_lead_never_named_is_nobody() {
    let unknown = malformed("household.persons[3].further_person", Problem::UnknownPerson);
    let before_any_news = confirmed(minor());
    assert_eq!(before_any_news.refusal(confirm(with_further(listed(&before_any_news))), &operator()), unknown);
    let case = with_news_of_a_further_person();
    let mut household = with_further(listed(&case));
    household.persons[3].further = Some(Further { age: AgeClass::Minor, ..further() });
    assert_eq!(case.refusal(confirm(household), &operator()), unknown, "not of another age either");
}

#[test]
fn a_dossier_has_a_version_once_it_is_there_with_its_lij_in_flow_a() {
    // D8: an absent one with a reason is a version too.
    let bare = |facts: Registration| Registration { police: PoliceRecord::default(), ..facts };
    let dossier = |case: &Story<CaseLaw>| case.body().brief().unwrap().dossier_version;
    let mut case = confirmed(bare(minor()));
    assert_eq!(dossier(&case), 0);
    let mut record = |part: PoliceRecord| {
        case.done(Command::RecordPolice(part), &police());
        dossier(&case)
    };
    let absent = crate::police::Document::Absent { because: text("niet gemaakt") };
    assert_eq!(record(PoliceRecord { dossier: Some(document()), ..PoliceRecord::default() }), 0);
    assert_eq!(record(PoliceRecord { lij: Some(absent), ..PoliceRecord::default() }), 1);
    assert_eq!(record(PoliceRecord { zorgmelding: Some(made("ZM-9")), ..PoliceRecord::default() }), 1);
    assert_eq!(record(PoliceRecord { lij: Some(document()), ..PoliceRecord::default() }), 2);
    let mut adult = confirmed(bare(adult()));
    adult.done(Command::RecordPolice(PoliceRecord { dossier: Some(document()), ..PoliceRecord::default() }), &police());
    assert_eq!(dossier(&adult), 1);
}

#[test]
fn the_report_to_vt_and_the_zorgmelding_are_oms_own_open_items() {
    // D7, A40.
    let bare = |facts: Registration| Registration { police: PoliceRecord::default(), ..facts };
    let missing = [(Subject::ReportToVt, Reason::Missing), (Subject::Zorgmelding, Reason::Missing)];
    assert!(missing.iter().all(|one| open(&confirmed(bare(minor()))).contains(one)));
    let without_hg_km = bare(registration(parent_and_child(FIFTEEN), nee()));
    let open = open(&confirmed(without_hg_km));
    assert!(!open.contains(&missing[0]) && open.contains(&missing[1]));
}

#[test]
fn a_lead_that_cannot_be_reached_keeps_the_gate_shut_until_it_can() {
    // E3.
    let (mut case, _) = ready(minor());
    let brief = Errand::Brief { version: 1 };
    for (trouble, reason) in [(Trouble::Stuck, Reason::Stuck), (Trouble::Refused, Reason::CallRefused)] {
        case.done(Command::NoteTrouble(brief, trouble), &service(Kind::Om));
        assert_eq!(open(&case), [(Subject::Assignment, reason)]);
        assert_eq!(case.done(Command::NoteTrouble(brief, trouble), &service(Kind::Om)), [], "once is enough");
    }
    case.done(Command::NoteDelivered(1), &service(Kind::Om));
    assert_eq!(open(&case), []);
    assert_eq!(case.done(Command::NoteDelivered(1), &service(Kind::Om)), []);
    let of_before = Command::NoteTrouble(Errand::Brief { version: 0 }, Trouble::Stuck);
    assert_eq!(case.done(of_before, &service(Kind::Om)), [], "a version that was replaced troubles nobody");
}

#[test]
fn what_was_asked_of_another_table_is_confirmed_there() {
    let case = registered(minor());
    let refusal = case.refusal(confirm(minor().household), &elsewhere(Kind::Om, Role::Operator));
    assert_eq!(refusal, OTHER_ORGANISATION);
}

/// What anybody may do that changes what the lead must know.
fn change(case: &Story<CaseLaw>, what: u8, other: bool) -> (Command, Actor) {
    let amended = |amendment| (amend(amendment), police());
    match what % 8 {
        0 => {
            let number = if other { "98" } else { "99" };
            amended(suspect_is(crate::identity::Identity { house_number: number.into(), ..identity(1, FIFTEEN) }))
        }
        1 => amended(suspect_is(identity(1, if other { ADULT } else { FIFTEEN }))),
        2 => {
            let (number, birth) = if other { (8, "1985-01-01") } else { (9, "2017-01-01") };
            amended(Amendment { persons: vec![person(number, Relation::OverigGezin, birth)], ..correction() })
        }
        3 => amended(Amendment { hg_km: Some(if other { HgKm::Ja } else { nee() }), ..correction() }),
        4 => {
            let refused = Permission::Refused { because: text("belang") };
            let permission = if other { Permission::Granted } else { refused };
            (Command::DecidePermission(permission), prosecutor())
        }
        5 => {
            let dossier = crate::police::Document::Present { reference: "PV".into(), summary: text("meer") };
            let zorgmelding = Some(made(if other { "ZM-8" } else { "ZM-9" }));
            let brought = PoliceRecord { dossier: Some(dossier), zorgmelding, ..PoliceRecord::default() };
            (Command::RecordPolice(brought), police())
        }
        6 => {
            let day = if other { today() } else { today().yesterday().unwrap() };
            amended(Amendment { act: Some(act(day, day)), ..correction() })
        }
        _ => (Command::ConfirmHousehold(case.body().list_of_police().clone(), Some(text("zo is het"))), operator()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_version_of_the_brief_says_the_same_however_late_it_is_brought(
        changes in proptest::collection::vec((any::<u8>(), any::<bool>()), 0..24),
    ) {
        // E4, D23: whatever the lead must know makes a new version.
        let mut case = confirmed(minor());
        let mut brought = BTreeMap::new();
        for (what, other) in changes {
            let (command, by) = change(&case, what, other);
            if case.refusal(command.clone(), &by).is_none() {
                case.done(command, &by);
            }
            if let Some(brief) = case.body().brief() {
                let lead = case.body().assignment.as_ref().unwrap().name;
                let same = brought.entry((lead, brief.version)).or_insert_with(|| brief.clone());
                prop_assert_eq!(&brief, same);
            }
        }
    }
}
