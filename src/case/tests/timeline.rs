//! What happened to a case, in the order in which it happened.

use super::waiting::complete_but;
use super::*;
use crate::case::timeline::{What, timeline};
use crate::item::{Item, State};
use crate::organisation::{Kind, Role};
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
        place(&|what| *what == What::Decided(Role::Officier)),
    ];
    assert!(order.is_sorted(), "{told:?}");
    assert_eq!((&told[0].1, &told[1].1), (&Some(police()), &Some(operator())));
    assert_eq!(told.last(), Some(&(What::Decided(Role::Officier), Some(prosecutor()))));
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

#[test]
fn the_end_says_who_decided_or_why_the_case_was_closed() {
    // D25: what was decided outside this service is shown as that.
    let (mut case, _) = ready(minor());
    case.done(deciding(&case, proposed(1), Some("m-1")), &secretary());
    assert_eq!(of(&case).last().unwrap().0.words(), "De parketsecretaris heeft beslist, met een mandaat.");
    for (reason, words) in [
        (CloseReason::Duplicate, "De zaak is gesloten zonder beslissing: de zaak stond er dubbel in."),
        (CloseReason::DecidedElsewhere, "De zaak is gesloten: er is beslist buiten dit systeem."),
    ] {
        let mut case = registered(minor());
        case.done(close(reason), &prosecutor());
        assert_eq!(of(&case).last().unwrap().0.words(), words);
    }
}

#[test]
fn after_the_end_it_is_the_withdrawal_that_does_not_arrive() {
    let om = service(Kind::Om);
    let last = |case: &Story<CaseLaw>| of(case).pop().unwrap().0;
    let mut case = confirmed(minor());
    case.done(Command::NoteTrouble(Errand::Brief { version: 1 }, Trouble::Stuck), &om);
    assert_eq!(last(&case), What::Troubled);
    case.done(Command::NoteDelivered(1), &om);
    assert_eq!(last(&case), What::BriefDelivered(1));
    case.done(close(CloseReason::Duplicate), &prosecutor());
    case.done(Command::NoteTrouble(Errand::Withdraw, Trouble::Stuck), &om);
    assert_eq!(last(&case), What::WithdrawalTroubled(None));
    case.done(Command::NoteDelivered(1), &om);
    assert_eq!(last(&case), What::WithdrawalArrived(None));
    case.done(Command::Reopen(text("te vroeg"), None), &prosecutor());
    case.done(Command::NoteTrouble(Errand::WithdrawFormer { number: 1 }, Trouble::Stuck), &om);
    assert_eq!(last(&case).words(), "De intrekking van adviesopdracht 1 komt niet aan.");
    case.done(Command::NoteFormerTold(1), &om);
    assert_eq!(last(&case), What::WithdrawalArrived(Some(1)));
}

#[test]
fn what_was_recorded_later_says_when_it_was_done() {
    // D26, A16: a term counts from the act, not from the note of it.
    let mut case = confirmed(minor());
    let last = |case: &Story<CaseLaw>| of(case).pop().unwrap().0.words();
    case.done(Command::RecordCustody(crate::custody::Step::Inverzekeringstelling, now()), &operator());
    assert_eq!(last(&case), "De verdachte is in verzekering gesteld (op 01-06-2026 om 12:00 uur).");
}

#[test]
fn an_answered_signal_is_no_answered_news() {
    // D27: after a knife it does not read that the case stays as it is.
    let mut case = confirmed(minor());
    case.done(signals::receive(&signals::signal(1)), &service(Kind::VeiligThuis));
    case.done(Command::AnswerAlert(1, text("politie is erheen")), &prosecutor());
    assert_eq!(of(&case).pop().unwrap().0.words(), "Op het acute signaal is gereageerd.");
}

#[test]
fn what_an_office_that_was_phoned_says_afterwards_is_told_as_it_was_said() {
    // D28.
    use crate::gate::Subject;
    use crate::look::Finding;
    let words = |finding| What::LookedAgain(Subject::Item(Item::VeiligThuis), finding).words();
    assert_eq!(words(Finding::InProgress), "Veilig Thuis: wordt daar op dit moment aangevuld.");
    assert_eq!(words(Finding::UnknownQuestion), "Veilig Thuis: is daar niet of niet meer bekend.");
}
