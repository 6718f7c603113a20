//! An adviser warns of acute danger, at any moment (D27).

use super::*;
use crate::organisation::Role;
use crate::signal::Warning;
use std::collections::BTreeSet;

fn raise() -> Command {
    Command::RaiseSignal(warning())
}

fn errands(events: &[Event]) -> Vec<Errand> {
    events.iter().flat_map(react).collect()
}

#[test]
fn a_warning_goes_to_om_at_once_and_each_is_one_of_its_own() {
    let mut assignment = flow_a();
    let first = assignment.done(raise(), &rvdk());
    let second = assignment.done(raise(), &rvdk());
    let [Event::SignalRaised(signal)] = &first[..] else { panic!("{first:?}") };
    assert_eq!(errands(&first), [Errand::Signal { signal: signal.name }]);
    assert_ne!(errands(&first), errands(&second));
    assert_eq!((signal.warning.clone(), signal.by.clone(), signal.at), (warning(), rvdk(), now()));
    first.iter().for_each(assert_kept);
    assert_clean(assignment.body());
}

#[test]
fn a_colleague_warns_too_and_handles_nothing_by_that() {
    let mut assignment = flow_a();
    search_own_file(&mut assignment);
    let handler = assignment.body().handler.clone();
    let colleague = Actor { person: "ambtenaar-2".into(), ..rvdk() };
    assert_eq!(assignment.done(raise(), &colleague).len(), 1);
    assert_eq!(assignment.body().handler, handler);
}

#[test]
fn a_warning_goes_after_the_end_too() {
    for end in [Command::Withdraw, Command::Recall] {
        let mut assignment = flow_a();
        assignment.done(end, &om());
        assert_eq!(errands(&assignment.done(raise(), &rvdk())).len(), 1);
    }
}

#[test]
fn a_warning_says_what_is_going_on_what_must_be_done_and_for_whom() {
    let bare = Warning { situation: empty(), action: empty(), released_to: BTreeSet::new() };
    let mut faults = Faults::new();
    for field in ["situation", "action", "released_to"] {
        faults.require(false, format!("warning.{field}"), Problem::Missing);
    }
    assert_eq!(flow_a().refusal(Command::RaiseSignal(bare), &rvdk()), Some(Refusal::Malformed(faults)));
}

#[test]
fn only_an_adviser_of_the_lead_warns_from_its_assignment() {
    // D19, D31.
    let assignment = flow_a();
    for stranger in [elsewhere(Kind::Rvdk, Role::Adviseur), adviser(Kind::Reclassering)] {
        assert_eq!(assignment.refusal(raise(), &stranger), OTHER_ORGANISATION);
    }
    for other in [service(Kind::Rvdk), desk(Kind::Rvdk), prosecutor(), police()] {
        assert_eq!(assignment.refusal(raise(), &other), OTHER_ROLE);
    }
}
