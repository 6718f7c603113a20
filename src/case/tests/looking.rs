//! The last look before the decision (D28), and what others hear of it afterwards (D34).

use super::*;
use crate::decision::{Proposed, Route, Stance};
use crate::item::Item;
use crate::look::{Finding, Look, Matter, Phoned};
use crate::organisation::Role;
use crate::telephone::Call;
use jiff::{SignedDuration, Timestamp};

fn matters(case: &Story<CaseLaw>) -> Vec<Matter> {
    to_look_at(&case.state, case.body().revision, &proposed(1), None, &prosecutor(), now()).unwrap()
}

/// What everybody says when one of them, asked about this, says something else.
fn but(case: &Story<CaseLaw>, subject: Subject, finding: Finding) -> Look {
    let said = |matter: Matter| match matter.subject() == subject {
        true => (matter, finding),
        false => (matter, Finding::Current),
    };
    Look::new(matters(case).into_iter().map(said).collect())
}

fn phoned(at: Timestamp) -> Proposed {
    let call = Call { spoken_with: text("piket"), number: text("030"), at };
    Proposed { phoned: vec![Phoned { office: organisation(Kind::VeiligThuis), call }], ..proposed(1) }
}

const VT: Subject = Subject::Item(Item::VeiligThuis);

/// A decision for which Veilig Thuis was phoned.
fn decided_by_telephone() -> Story<CaseLaw> {
    decided_by_telephone_on().0
}

/// The same, with the assignment that it rests on.
fn decided_by_telephone_on() -> (Story<CaseLaw>, Story<AssignmentLaw>) {
    let (mut case, assignment) = ready(minor());
    let look = but(&case, VT, Finding::Unreachable);
    case.done(Command::Decide(phoned(now()), None, look), &prosecutor());
    (case, assignment)
}

fn of_vt(case: &Story<CaseLaw>) -> Matter {
    let decision = case.body().decision().unwrap();
    decision.look.iter().find(|seen| seen.matter.subject() == VT).unwrap().matter.clone()
}

#[test]
fn the_lead_and_every_source_are_looked_at_and_nobody_else() {
    for (facts, lead, sources) in [
        (minor(), Kind::Rvdk, [Kind::VeiligThuis, Kind::Reclassering]),
        (adult(), Kind::Reclassering, [Kind::VeiligThuis, Kind::Rvdk]),
    ] {
        let (case, _) = ready(facts);
        let offices: Vec<Kind> = matters(&case).iter().map(|matter| matter.office().kind).collect();
        assert_eq!(offices, [sources[0], sources[1], lead]);
    }
}

#[test]
fn what_an_office_said_after_the_first_decision_stays_with_it_when_the_case_is_opened_again() {
    // D28, D2.
    let mut case = decided_by_telephone();
    let vt = of_vt(&case);
    case.done(Command::NoteLookedAgain(vt.clone(), Finding::Current), &service(Kind::Om));
    case.done(Command::Reopen(text("te vroeg"), None), &prosecutor());
    let said = |case: &Story<CaseLaw>| case.body().chapters[0].looked_again.get(&vt).copied();
    assert_eq!(said(&case), Some(Finding::Current));
    let look = but(&case, VT, Finding::Unreachable);
    case.done(Command::Decide(phoned(now()), None, look), &prosecutor());
    assert_eq!(said(&case), Some(Finding::Current));
    assert!(case.body().looked_again.is_empty(), "the second was not confirmed yet");
}

#[test]
fn who_read_the_case_before_it_changed_has_nobody_asked() {
    let (case, _) = ready(minor());
    let read = case.body().revision - 1;
    let asked = to_look_at(&case.state, read, &proposed(1), None, &prosecutor(), now());
    assert_eq!(asked, Err(Refusal::Outdated));
}

#[test]
fn while_the_gate_is_shut_or_the_decision_is_wrong_nobody_is_asked() {
    // E2: no calls otherwise.
    let asked = |case: &Story<CaseLaw>, proposed: &Proposed, by: &Actor| {
        to_look_at(&case.state, case.body().revision, proposed, None, by, now())
    };
    let shut = confirmed(minor());
    assert!(matches!(asked(&shut, &proposed(1), &prosecutor()), Err(Refusal::Incomplete(_))));
    let (mut case, _) = ready(minor());
    let route = Proposed { route: Route::Halt, stance: Stance::Follows, ..proposed(1) };
    assert!(asked(&case, &route, &prosecutor()).is_err());
    assert_eq!(asked(&case, &proposed(1), &operator()).err(), OTHER_ROLE);
    assert_eq!(asked(&case, &proposed(1), &elsewhere(Kind::Om, Role::Officier)).err(), OTHER_ORGANISATION);
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(asked(&case, &proposed(1), &prosecutor()).err(), Some(Refusal::NotNow(NotNow::Decided)));
}

#[test]
fn whatever_an_office_says_but_current_keeps_the_decision_shut() {
    let (case, _) = ready(minor());
    for subject in [VT, Subject::Item(Item::Oudercheck), Subject::Advice] {
        for finding in [Finding::Newer, Finding::InProgress, Finding::UnknownQuestion, Finding::Unreachable] {
            let look = but(&case, subject, finding);
            let refusal = case.refusal(Command::Decide(proposed(1), None, look), &prosecutor());
            let Some(Refusal::Incomplete(incomplete)) = refusal else { panic!("decided: {subject:?} {finding:?}") };
            let open = [Open { subject, reason: finding.holds_back().unwrap() }];
            assert_eq!(incomplete.open(), open);
        }
    }
    let blind = Command::Decide(proposed(1), None, Look::default());
    assert!(matches!(case.refusal(blind, &prosecutor()), Some(Refusal::Incomplete(_))));
}

#[test]
fn what_changed_while_the_look_was_taken_was_not_looked_at() {
    // On a version conflict the gate is evaluated again with the same look.
    let (mut case, mut assignment) = ready(minor());
    let before = decide_it(&case, 1);
    deliver(&mut assignment, Item::VeiligThuis, 2, |_| crate::outcome::Outcome::NotKnown);
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    assert_eq!(open(&case), [], "the gate is open on newer versions");
    let Command::Decide(_, _, look) = before else { panic!("it decides") };
    let Some(Refusal::Incomplete(incomplete)) = case.refusal(Command::Decide(proposed(2), None, look), &prosecutor())
    else {
        panic!("decided on what nobody looked at")
    };
    let changed: Vec<(Subject, Reason)> = incomplete.open().iter().map(|one| (one.subject, one.reason)).collect();
    assert_eq!(changed, [(VT, Reason::NotLookedAt), (Subject::Advice, Reason::NotLookedAt)]);
}

#[test]
fn a_lead_that_does_not_say_which_questions_it_asked_must_first_report_again() {
    let (mut case, assignment) = ready(minor());
    let silent = Snapshot { questions: Vec::new(), ..assignment.body().snapshot(1000) };
    case.done(Command::ReportProgress(silent), &service(Kind::Rvdk));
    let Some(Refusal::Incomplete(incomplete)) = case.refusal(decide_it(&case, 1), &prosecutor()) else { panic!() };
    let open: Vec<(Subject, Reason)> = incomplete.open().iter().map(|one| (one.subject, one.reason)).collect();
    assert_eq!(open, [(VT, Reason::NotProcessed), (Subject::Item(Item::Oudercheck), Reason::NotProcessed)]);
}

#[test]
fn a_telephone_call_of_the_last_hour_stands_in_for_an_office_that_cannot_be_reached() {
    let (mut case, _) = ready(minor());
    let decide = |case: &Story<CaseLaw>, minutes: i64| {
        let at = now() - SignedDuration::from_mins(minutes);
        Command::Decide(phoned(at), None, but(case, VT, Finding::Unreachable))
    };
    let old = case.refusal(decide(&case, 61), &prosecutor());
    assert_eq!(old, malformed("phoned[0].call.at", Problem::TooLongAgo));
    assert_eq!(case.refusal(decide(&case, -1), &prosecutor()), malformed("phoned[0].call.at", Problem::InFuture));
    let events = case.done(decide(&case, 60), &prosecutor());
    let [Event::Decided(decision)] = &events[..] else { panic!("{events:?}") };
    let by_phone: Vec<Subject> =
        decision.look.iter().filter(|seen| seen.phoned.is_some()).map(|seen| seen.matter.subject()).collect();
    assert_eq!((by_phone, decision.look.len()), (vec![VT], 3));
}

#[test]
fn an_office_without_a_part_in_it_is_not_phoned_for_it() {
    let (case, _) = ready(minor());
    let mut proposed = phoned(now());
    proposed.phoned[0].office = elsewhere(Kind::VeiligThuis, Role::Dienst).organisation;
    let refusal = case.refusal(deciding(&case, proposed, None), &prosecutor());
    assert_eq!(refusal, malformed("phoned[0].office", Problem::OfficeNotInvolved));
}

#[test]
fn after_a_decision_the_lead_and_veilig_thuis_hear_of_it_and_who_was_phoned_is_asked_again() {
    // D34, M16: of the sources only Veilig Thuis hears.
    let (mut case, assignment) = ready(minor());
    let vt = question_of(&assignment, Item::VeiligThuis).name;
    let events = case.done(decide_it(&case, 1), &prosecutor());
    let errands: Vec<Errand> = events.iter().flat_map(react).collect();
    assert_eq!(errands, [Errand::TellLead, Errand::TellSource { question: vt }]);
    let phoned: Vec<Errand> = decided_by_telephone().events.iter().flat_map(react).collect();
    assert!(phoned.contains(&Errand::ConfirmAnswer { question: vt }));
    assert!(!phoned.contains(&Errand::ConfirmAdvice));
}

#[test]
fn whoever_was_phoned_confirms_it_afterwards_and_is_done() {
    let mut case = decided_by_telephone();
    let (vt, om) = (of_vt(&case), service(Kind::Om));
    let current = Command::NoteLookedAgain(vt.clone(), Finding::Current);
    assert_eq!(case.done(current.clone(), &om), [Event::LookedAgain { matter: vt.clone(), finding: Finding::Current }]);
    assert_eq!((case.done(current, &om), case.body().alerts.len()), (vec![], 0), "once");
    assert_eq!(waiting(case.body()), None);
}

#[test]
fn anything_else_that_the_phoned_office_says_afterwards_is_an_alert() {
    for finding in [Finding::Newer, Finding::InProgress, Finding::UnknownQuestion] {
        let mut case = decided_by_telephone();
        let noted = Command::NoteLookedAgain(of_vt(&case), finding);
        let events = case.done(noted.clone(), &service(Kind::Om));
        let [Event::LookedAgain { .. }, Event::AlertRaised(alert)] = &events[..] else { panic!("{events:?}") };
        assert_eq!((alert.subject, alert.version), (VT, 0));
        assert_eq!(case.done(noted, &service(Kind::Om)), [], "once");
        assert_eq!(waiting(case.body()), Some(Waiting::Alert));
    }
    // Of an office that answered for itself nobody asks again.
    let mut case = decided_by_telephone();
    let look = case.body().decision().unwrap().look.clone();
    let unasked = look.into_iter().find(|seen| seen.phoned.is_none()).unwrap().matter;
    assert_eq!(case.done(Command::NoteLookedAgain(unasked, Finding::Newer), &service(Kind::Om)), []);
}

#[test]
fn what_the_phoned_office_says_and_the_lead_tells_of_it_is_one_piece_of_news() {
    // D21: in either order.
    let (mut case, mut assignment) = decided_by_telephone_on();
    let (om, rvdk) = (service(Kind::Om), service(Kind::Rvdk));
    let newer = Command::NoteLookedAgain(of_vt(&case), Finding::Newer);
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    let told = submission(&assignment);
    let mut other_way_round = case.clone();
    for (story, [first, second]) in [
        (&mut case, [(newer.clone(), &om), (told.clone(), &rvdk)]),
        (&mut other_way_round, [(told, &rvdk), (newer, &om)]),
    ] {
        story.done(first.0, first.1);
        story.done(second.0, second.1);
        assert_eq!(story.body().alerts.len(), 1);
        story.done(Command::AnswerAlert(1, text("verandert niets")), &prosecutor());
        weigh_all(&mut assignment);
        story.done(submission(&assignment), &rvdk);
        assert_eq!(story.body().alerts.len(), 1, "what was known when it was answered is no news");
    }
    deliver(&mut assignment, Item::VeiligThuis, 3, known);
    case.done(submission(&assignment), &rvdk);
    assert_eq!(
        case.body().alerts[1..].iter().map(|alert| (alert.subject, alert.version)).collect::<Vec<_>>(),
        [(VT, 3)]
    );
}

#[test]
fn trouble_with_a_notice_stands_on_the_case_until_it_came_through() {
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let om = service(Kind::Om);
    let trouble = Command::NoteTrouble(Errand::TellLead, Trouble::Stuck);
    let events = case.done(trouble.clone(), &om);
    assert_eq!(events, [Event::CallTroubled { errand: Errand::TellLead, trouble: Trouble::Stuck }]);
    assert_eq!((case.done(trouble, &om), waiting(case.body())), (vec![], Some(Waiting::Trouble)));
    case.done(Command::NoteRecovery(Errand::TellLead), &om);
    assert_eq!((waiting(case.body()), case.done(Command::NoteRecovery(Errand::TellLead), &om)), (None, vec![]));
}
