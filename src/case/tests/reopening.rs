//! A case that ended is opened again, and how it had ended stays readable (D2, R-rk-12).

use super::*;
use crate::item::Item;
use crate::organisation::Role;

fn reopen() -> Command {
    Command::Reopen(text("afspraken geschonden"), None)
}

#[test]
fn a_decided_case_keeps_its_assignment_and_can_be_decided_again() {
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let assigned = case.body().assignment.clone();
    let events = case.done(Command::Reopen(text("te vroeg"), Some("m-1".into())), &secretary());
    assert!(matches!(&events[..], [Event::Reopened { .. }]), "{events:?}");
    assert_eq!((&case.body().assignment, &case.body().end), (&assigned, &None));
    assert_eq!(open(&case), [], "nothing new: the gate is as it was");
    case.done(decide_it(&case, 1), &prosecutor());
    let [chapter] = &case.body().chapters[..] else { panic!("one end of before") };
    assert!(matches!(chapter.end, End::Decided(_)) && matches!(case.body().end, Some(End::Decided(_))), "both stay");
    assert_eq!(chapter.assignment, Some(AssignmentName::derive(case_name(), 1)));
}

#[test]
fn news_after_the_decision_shuts_the_gate_of_the_case_that_is_opened_again() {
    // A14, D24.
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    case.done(reopen(), &prosecutor());
    let expected = [(Subject::Item(Item::VeiligThuis), Reason::NotWeighed), (Subject::Advice, Reason::Stale)];
    assert_eq!(open(&case), expected);
    assert_eq!(case.body().unanswered().count(), 0, "opening it again answers what stood");
    assert_eq!(case.body().alert_answers[&1].exit, Exit::Reopened);
    let late = Command::AnswerAlert(1, text("toch niet"));
    assert_eq!(case.refusal(late, &prosecutor()), Some(Refusal::NotNow(NotNow::AlertAnswered)));
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    case.done(decide_it(&case, 2), &prosecutor());
}

#[test]
fn what_was_an_alert_about_the_first_decision_can_be_one_about_the_second() {
    // Invariant 5.
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let reason = text("te vroeg");
    let withdrawal = crate::assignment::Command::WithdrawAdvice { version: 1, reason };
    assignment.done(withdrawal, &adviser(Kind::Rvdk));
    case.done(submission(&assignment), &service(Kind::Rvdk));
    assert_eq!(case.body().alerts.len(), 1);
    case.done(reopen(), &prosecutor());
    sign(&mut assignment);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    case.done(decide_it(&case, 2), &prosecutor());
    let told = case.body().progress.clone().unwrap();
    let back = Snapshot { sequence: told.sequence + 1, advice: crate::progress::AdviceState::Withdrawn(1), ..told };
    case.done(Command::ReportProgress(back), &service(Kind::Rvdk));
    assert_eq!(case.body().alerts.len(), 2);
    assert_eq!(waiting(case.body()), Some(Waiting::Alert));
}

#[test]
fn a_closed_case_gets_a_new_assignment() {
    let (mut case, _) = ready(minor());
    case.done(close(CloseReason::DroppedByPolice), &prosecutor());
    let events = case.done(reopen(), &prosecutor());
    assert!(matches!(events[1], Event::AssignmentEnded { number: 1, corrected: false }), "{events:?}");
    let errands: Vec<Errand> = events.iter().flat_map(react).collect();
    assert_eq!(errands, [Errand::WithdrawFormer { number: 1 }, Errand::Brief { version: 2 }]);
    assert_eq!(case.body().assignment.as_ref().unwrap().name, AssignmentName::derive(case_name(), 2));
    assert!(!open(&case).is_empty(), "everything is asked anew");
}

#[test]
fn hg_km_known_after_the_case_was_closed_leads_to_an_advice_all_the_same() {
    // D2: outside scope, an amendment, an alert, open again, flow b.
    let mut case = registered(outside());
    case.done(close(CloseReason::OutsideScope), &prosecutor());
    case.done(amend(Amendment { hg_km: Some(HgKm::Ja), ..correction() }), &police());
    case.done(reopen(), &prosecutor());
    assert_eq!(waiting(case.body()), Some(Waiting::Household));
    let household = case.body().facts.household.clone();
    case.done(Command::ConfirmHousehold(household, None), &operator());
    assert_eq!(case.body().assignment.as_ref().unwrap().lead.kind, Kind::Reclassering);
}

#[test]
fn a_correction_after_the_decision_takes_effect_when_the_case_is_opened_again() {
    // D2, D23.
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    let events = case.done(reopen(), &prosecutor());
    let [Event::Reopened { .. }, Event::AssignmentEnded { corrected: true, .. }, Event::Briefed { lead, .. }] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(lead.kind, Kind::Reclassering);
    assert_eq!(case.body().former[0].advices.len(), 1, "what the first decision rested on stays readable");
}

#[test]
fn a_case_that_runs_is_not_opened_again_and_a_reason_is_obligatory() {
    let (mut case, _) = ready(minor());
    assert_eq!(case.refusal(reopen(), &prosecutor()), Some(Refusal::NotNow(NotNow::StillOpen)));
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(case.refusal(Command::Reopen(empty(), None), &prosecutor()), malformed("reason", Problem::Missing));
    for by in [operator(), police(), adviser(Kind::Rvdk)] {
        assert_eq!(case.refusal(reopen(), &by), OTHER_ROLE, "D31");
    }
    assert_eq!(case.refusal(reopen(), &elsewhere(Kind::Om, Role::Officier)), OTHER_ORGANISATION);
}

#[test]
fn a_call_about_a_decision_that_no_longer_stands_is_nobodys_trouble() {
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    case.done(Command::NoteTrouble(Errand::TellLead, Trouble::Stuck), &service(Kind::Om));
    case.done(reopen(), &prosecutor());
    case.done(close(CloseReason::Duplicate), &prosecutor());
    assert_eq!(waiting(case.body()), None, "nothing left to look at");
}

#[test]
fn what_was_still_to_be_told_of_the_first_decision_is_not_told_of_a_second_that_does_not_rest_on_it() {
    // D34, P6: who led was another, who asked Veilig Thuis anew.
    let (mut case, assignment) = ready(minor());
    let first = question_of(&assignment, Item::VeiligThuis).name;
    case.done(decide_it(&case, 1), &prosecutor());
    let tell_first = Errand::TellSource { question: first };
    assert!(case.body().decision_behind(tell_first).is_some());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    case.done(reopen(), &prosecutor());
    assert!(case.body().decision_behind(tell_first).is_none(), "no decision stands");
    let mut again = assigned(&case);
    complete(&mut again);
    sign(&mut again);
    case.done(submission(&again), &service(Kind::Reclassering));
    case.done(decide_it(&case, 1), &prosecutor());
    let second = question_of(&again, Item::VeiligThuis).name;
    assert!(case.body().decision_behind(Errand::TellSource { question: second }).is_some());
    assert_eq!(case.body().decision_behind(tell_first), None);
    case.done(Command::NoteTrouble(tell_first, Trouble::Stuck), &service(Kind::Om));
    assert_eq!(waiting(case.body()), None, "it is nobody's trouble");
}

#[test]
fn whoever_hears_of_a_decision_hears_when_it_no_longer_stands() {
    // D34: also when the case is closed afterwards, and once there is a lead of before.
    let (mut case, mut assignment) = ready(minor());
    let question = question_of(&assignment, Item::VeiligThuis).name;
    case.done(decide_it(&case, 1), &prosecutor());
    let heard = case.body().decision().unwrap().for_lead();
    case.now = hours(1);
    let events = case.done(reopen(), &prosecutor());
    let tell = [Errand::TellLeadReopened { number: 1 }, Errand::TellSourceReopened { question }];
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), tell);
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    let [at_lead, at_source] = tell.map(|errand| case.body().lapse_behind(errand).unwrap());
    assert_eq!(
        (at_lead.stance.clone(), at_lead.at, at_lead.reopened_at),
        (heard.stance.clone(), heard.at, Some(hours(1)))
    );
    assert_eq!(at_source.stance, None, "P6");
    let om = service(Kind::Om);
    for notice in [heard, at_lead] {
        assignment.done(crate::assignment::Command::NoteDecision(notice), &om);
    }
    assert_eq!(assignment.body().decision(), None);
    let stuck = Command::NoteTrouble(tell[0], Trouble::Stuck);
    case.done(stuck.clone(), &om);
    assert_eq!((case.done(stuck, &om), waiting(case.body())), (vec![], Some(Waiting::Trouble)));
    let through = case.body().recovered(tell[0]).expect("it stands out");
    case.done(through, &om);
    assert_ne!(waiting(case.body()), Some(Waiting::Trouble));
}

#[test]
fn of_a_case_that_was_closed_there_is_nothing_that_no_longer_stands() {
    let (mut case, _) = ready(minor());
    case.done(close(CloseReason::DroppedByPolice), &prosecutor());
    let events = case.done(reopen(), &prosecutor());
    assert!(matches!(&events[0], Event::Reopened { lapse: None, .. }), "{events:?}");
}
