//! How the advice stands at OM, also after the end (A14, D24).

use super::*;
use crate::item::Item;

fn told(case: &mut Story<CaseLaw>, assignment: &Story<AssignmentLaw>) -> AdviceStanding {
    case.done(submission(assignment), &service(Kind::Rvdk));
    case.body().advice_standing()
}

#[test]
fn the_advice_stands_at_om_as_it_does_at_the_lead() {
    let mut case = confirmed(minor());
    assert_eq!(case.body().advice_standing(), AdviceStanding::None);
    let mut assignment = assigned(&case);
    complete(&mut assignment);
    sign(&mut assignment);
    assert_eq!(told(&mut case, &assignment), AdviceStanding::Signed);
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    assert_eq!(told(&mut case, &assignment), AdviceStanding::Stale);
    weigh_all(&mut assignment);
    sign(&mut assignment);
    assert_eq!(told(&mut case, &assignment), AdviceStanding::Signed, "signed anew");
    let withdrawal = crate::assignment::Command::WithdrawAdvice { version: 2, reason: text("te vroeg") };
    assignment.done(withdrawal, &adviser(Kind::Rvdk));
    assert_eq!(told(&mut case, &assignment), AdviceStanding::Withdrawn, "taken back is not stale");
    assert!(!assignment.body().is_stale());
}

#[test]
fn an_advice_that_news_overtook_after_the_decision_is_stale_though_nothing_is_open() {
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(case.body().advice_standing(), AdviceStanding::Signed);
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    assert_eq!(told(&mut case, &assignment), AdviceStanding::Stale);
    case.done(Command::Reopen(text("nieuws"), None), &prosecutor());
    assert_eq!(case.body().advice_standing(), AdviceStanding::Stale);
}

#[test]
fn an_advice_for_an_earlier_version_of_the_assignment_does_not_stand() {
    let (mut case, _) = ready(minor());
    let other = identity(1, "2010-10-10");
    case.done(amend(suspect_is(other)), &police());
    assert_eq!(case.body().advice_standing(), AdviceStanding::Stale);
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    assert_eq!(case.body().advice_standing(), AdviceStanding::None, "another lead gave none yet");
}
