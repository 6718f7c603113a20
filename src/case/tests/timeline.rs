//! What happened to a case, in the order in which it happened.

use super::waiting::complete_but;
use super::*;
use crate::case::timeline::{What, timeline};
use crate::item::{Item, State};
use crate::organisation::Kind;
use crate::outcome::Outcome;

fn of(case: &Story<CaseLaw>) -> Vec<(What, Option<Actor>)> {
    let moments = timeline(case.events.iter().map(|event| (event, now())));
    moments.into_iter().map(|moment| (moment.what, moment.by)).collect()
}

#[test]
fn a_case_tells_its_moments_from_registration_to_decision_with_who_acted() {
    let mut case = registered(minor());
    case.done(Command::ConfirmHousehold(case.body().facts.household.clone(), None), &operator());
    let mut assignment = assigned(&case);
    case.done(Command::NoteDelivered(1), &service(Kind::Om));
    case.done(submission(&assignment), &service(Kind::Rvdk));
    deliver(&mut assignment, Item::VeiligThuis, 1, |_| Outcome::NotKnown);
    complete_but(&mut assignment, Item::Oudercheck);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    case.done(decide_it(&case, 1), &prosecutor());

    let told = of(&case);
    let place = |wanted: &dyn Fn(&What) -> bool| told.iter().position(|(what, _)| wanted(what)).expect("it is told");
    let order = [
        place(&|what| *what == What::Registered),
        place(&|what| *what == What::HouseholdConfirmed(1)),
        place(&|what| matches!(what, What::Briefed(1, lead) if lead.kind == Kind::Rvdk)),
        place(&|what| *what == What::BriefDelivered(1)),
        place(&|what| matches!(what, What::Item(Item::Oudercheck, one) if one.state == State::Answered)),
        place(&|what| matches!(what, What::Item(Item::Oudercheck, one) if one.state == State::Weighed)),
        place(&|what| *what == What::AdviceSigned(1)),
        place(&|what| *what == What::Decided),
    ];
    assert!(order.is_sorted(), "{told:?}");
    assert_eq!((&told[0].1, &told[1].1), (&Some(police()), &Some(operator())));
    assert_eq!(told.last(), Some(&(What::Decided, Some(prosecutor()))));
    let signed = told.iter().filter(|(what, _)| matches!(what, What::AdviceSigned(_))).count();
    assert_eq!(signed, 1, "what the lead tells again is no moment");
}

#[test]
fn a_moment_says_states_and_never_content() {
    // D29, invariant 9: nothing that anyone wrote about the family.
    let mut case = registered(minor());
    case.done(close(CloseReason::Duplicate), &prosecutor());
    for (what, _) in of(&case) {
        assert!(!what.words().contains(MARKER), "{}", what.words());
        assert!(what.is_of_the_case());
    }
}
