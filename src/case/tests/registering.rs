//! Registering a case, and who may do what with it.

use super::*;
use crate::organisation::Role;

fn register(facts: Registration) -> Command {
    Command::Register(case_name(), Box::new(facts))
}

#[test]
fn police_of_the_region_register_a_case_and_nobody_else_does() {
    let nothing: Story<CaseLaw> = Story::new();
    assert_eq!(nothing.refusal(register(minor()), &police()), None);
    assert_eq!(nothing.refusal(register(minor()), &elsewhere(Kind::Politie, Role::Politie)), OTHER_ORGANISATION);
    for other in [prosecutor(), operator(), adviser(Kind::Rvdk), desk(Kind::VeiligThuis), service(Kind::Om)] {
        assert_eq!(nothing.refusal(register(minor()), &other), OTHER_ROLE, "{other:?}");
    }
}

#[test]
fn what_was_not_registered_does_not_exist() {
    let nothing: Story<CaseLaw> = Story::new();
    for command in [decide_it(&nothing, 1), close(CloseReason::Duplicate), Command::NoteDelivered(1)] {
        assert_eq!(nothing.refusal(command, &prosecutor()), Some(Refusal::NotFound));
    }
}

#[test]
fn a_second_registration_gets_the_name_of_the_first() {
    // D5.
    let case = registered(minor());
    let again = case.refusal(register(minor()), &police());
    assert_eq!(again, Some(Refusal::AlreadyExists(case_name().to_string())));
}

#[test]
fn everything_wrong_with_a_registration_is_named_at_once() {
    let mut facts = registration(family("2026-05-01", &[]), HgKm::Ja);
    facts.act.from = jiff::civil::date(2026, 4, 1);
    facts.offences.clear();
    facts.arrived_at = None;
    facts.police.report_to_vt = Some(not_due(Some("VT-1")));
    let Some(Refusal::Malformed(faults)) = Story::<CaseLaw>::new().refusal(register(facts), &police()) else {
        panic!("it was taken")
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["arrived_at", "offences", "act.from", "police.report_to_vt.not_due"]);
}

#[test]
fn only_the_registering_police_record_more_and_the_same_again_is_nothing() {
    let mut case = registered(Registration { police: PoliceRecord::default(), ..minor() });
    let record = Command::RecordPolice(full_record());
    assert_eq!(case.refusal(record.clone(), &elsewhere(Kind::Politie, Role::Politie)), OTHER_ORGANISATION);
    assert_eq!(case.refusal(record.clone(), &operator()), OTHER_ROLE);
    assert_eq!(case.done(record.clone(), &police()).len(), 1);
    assert_eq!(case.done(record, &police()), []);
    let unlawful = PoliceRecord { report_to_vt: Some(not_due(None)), ..PoliceRecord::default() };
    let refusal = case.refusal(Command::RecordPolice(unlawful), &police());
    assert_eq!(refusal, malformed("police.report_to_vt.not_due", Problem::NotInHgKm));
}

#[test]
fn each_human_act_is_refused_to_another_region_and_to_another_role() {
    // D19, D31, D32.
    let (case, _) = ready(minor());
    let household = case.body().facts.household.clone();
    let settlement = Settlement { age: None, hg_km: None, reason: text("reden") };
    for (command, kind, role) in [
        (Command::ConfirmHousehold(household, None), Kind::Om, Role::Operator),
        (Command::Settle(settlement, None), Kind::Om, Role::Officier),
        (decide_it(&case, 1), Kind::Om, Role::Officier),
        (close(CloseReason::Duplicate), Kind::Om, Role::Officier),
    ] {
        assert_ne!(case.refusal(command.clone(), &by(kind, role)), OTHER_ORGANISATION);
        assert_eq!(case.refusal(command.clone(), &elsewhere(kind, role)), OTHER_ORGANISATION, "{command:?}");
        for stranger in [service(Kind::Om), police(), adviser(Kind::Rvdk), desk(Kind::Reclassering)] {
            assert_eq!(case.refusal(command.clone(), &stranger), OTHER_ROLE, "{command:?} by {stranger:?}");
        }
    }
    assert_eq!(case.refusal(decide_it(&case, 1), &operator()), OTHER_ROLE);
}

#[test]
fn events_that_a_registration_never_had_change_nothing() {
    let case = registered(minor());
    assert_eq!(evolve(None, &Event::BriefDelivered { version: 1 }, now()), None);
    let again = evolve(case.state.clone(), &case.events[0], now()).unwrap();
    assert_eq!(again.facts, case.body().facts);
}
