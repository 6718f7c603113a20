//! News from the lead: never refused for being late, never counted twice, never out of order, never lost.

use super::*;
use crate::advice::Advice;
use crate::item::Item;
use crate::organisation::Role;
use proptest::prelude::*;

fn lead() -> Actor {
    service(Kind::Rvdk)
}

fn advice_of(assignment: &Story<AssignmentLaw>) -> Box<Advice> {
    Box::new(assignment.body().advices[0].clone())
}

/// After VT answered again.
fn with_a_newer_answer(assignment: &mut Story<AssignmentLaw>) -> Snapshot {
    deliver(assignment, Item::VeiligThuis, 2, known);
    assignment.body().snapshot(assignment.events.len() as u64)
}

fn alerts(case: &Story<CaseLaw>) -> Vec<(Subject, u32)> {
    case.body().alerts.iter().map(|alert| (alert.subject, alert.version)).collect()
}

#[test]
fn only_the_lead_of_this_case_reports_and_submits() {
    // D19, invariant 12.
    let (case, assignment) = ready(minor());
    let snapshot = assignment.body().snapshot(1000);
    let report = Command::ReportProgress(snapshot.clone());
    let submit = Command::SubmitAdvice(advice_of(&assignment), snapshot);
    for command in [report, submit] {
        assert_eq!(case.refusal(command.clone(), &lead()), None);
        for stranger in
            [elsewhere(Kind::Rvdk, Role::Dienst), service(Kind::Reclassering), service(Kind::VeiligThuis), police()]
        {
            assert_eq!(case.refusal(command.clone(), &stranger), OTHER_ORGANISATION, "{stranger:?}");
        }
    }
}

#[test]
fn without_an_assignment_nobody_is_the_lead() {
    let (_, assignment) = ready(minor());
    let report = Command::ReportProgress(assignment.body().snapshot(1));
    assert_eq!(registered(minor()).refusal(report, &lead()), OTHER_ORGANISATION);
}

#[test]
fn news_of_another_assignment_or_an_advice_signed_elsewhere_is_malformed() {
    let (case, assignment) = ready(minor());
    let mut snapshot = assignment.body().snapshot(1000);
    let mut advice = advice_of(&assignment);
    advice.version = 2;
    advice.signed_by = adviser(Kind::Reclassering);
    let foreign = case.refusal(Command::SubmitAdvice(advice, snapshot.clone()), &lead());
    assert_eq!(foreign, malformed("advice.signed_by", Problem::NotForThisOffice));
    snapshot.assignment = AssignmentName::derive(case_name(), 2);
    assert_eq!(
        case.refusal(Command::ReportProgress(snapshot), &lead()),
        malformed("snapshot.assignment", Problem::Form)
    );
}

#[test]
fn the_same_advice_again_is_no_news_and_another_under_its_number_is_refused() {
    // E4, invariants 4 and 5.
    let (mut case, assignment) = ready(minor());
    let before = case.state.clone();
    assert_eq!(case.done(submission(&assignment), &lead()), []);
    assert_eq!(case.state, before);
    let mut forged = advice_of(&assignment);
    forged.content.proposal.reason = text("anders");
    let snapshot = assignment.body().snapshot(1000);
    assert_eq!(
        case.refusal(Command::SubmitAdvice(forged, snapshot), &lead()),
        malformed("advice.version", Problem::Duplicate)
    );
}

#[test]
fn a_lower_sequence_never_replaces_a_higher_one() {
    // D22. Also when the higher one told what was known already.
    let (mut case, mut assignment) = ready(minor());
    let told = case.body().progress.clone().unwrap();
    let revision = case.body().revision;
    case.done(Command::ReportProgress(Snapshot { sequence: 500, ..told.clone() }), &lead());
    assert_eq!(case.body().revision, revision, "nobody has to look at it again");
    let newer = with_a_newer_answer(&mut assignment);
    let late = Command::ReportProgress(Snapshot { sequence: 499, ..newer.clone() });
    let recorded = Event::NotCounted { sequence: 499, advice: None };
    assert_eq!(case.done(late.clone(), &lead()), [recorded], "D21: recorded, not counted");
    assert_eq!(case.done(late, &lead()), [], "once");
    assert_eq!(open(&case), []);
    case.done(Command::ReportProgress(Snapshot { sequence: 501, ..newer }), &lead());
    assert!(!open(&case).is_empty());
}

#[test]
fn an_advice_that_overtakes_its_report_lands_and_counts_with_it() {
    let (_, assignment) = ready(minor());
    let mut case = confirmed(minor());
    let early = assignment.body().snapshot(1);
    let unsigned = Snapshot { advice: crate::progress::AdviceState::None, ..early };
    case.done(Command::ReportProgress(Snapshot { sequence: 9, ..unsigned.clone() }), &lead());
    case.done(Command::SubmitAdvice(advice_of(&assignment), unsigned), &lead());
    assert_eq!(open(&case), [(Subject::Advice, Reason::Missing)]);
    case.done(Command::ReportProgress(assignment.body().snapshot(10)), &lead());
    assert_eq!(open(&case), []);
}

#[test]
fn news_before_the_decision_shuts_the_gate() {
    // A14, scenario 7, invariant 5.
    let (mut case, mut assignment) = ready(minor());
    let newer = with_a_newer_answer(&mut assignment);
    case.done(Command::ReportProgress(newer), &lead());
    assert_eq!(
        open(&case),
        [(Subject::Item(Item::VeiligThuis), Reason::NotWeighed), (Subject::Advice, Reason::Stale),]
    );
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &lead());
    assert_eq!(open(&case), [], "D24: signed again");
    assert_eq!(case.body().advices.len(), 2, "the earlier advice stays readable");
}

#[test]
fn news_after_the_decision_is_an_alert_once() {
    // D21, invariant 5.
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let decided = case.body().end.clone();
    let newer = with_a_newer_answer(&mut assignment);
    case.done(Command::ReportProgress(newer.clone()), &lead());
    assert_eq!(alerts(&case), [(Subject::Item(Item::VeiligThuis), 2)]);
    assert_eq!(case.done(Command::ReportProgress(newer), &lead()), []);
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &lead());
    assert_eq!(alerts(&case), [(Subject::Item(Item::VeiligThuis), 2), (Subject::Advice, 2)]);
    assert!(case.body().advices.contains_key(&2));
    assert_eq!(case.body().end, decided, "the decision stands");
}

#[test]
fn a_further_person_or_a_withdrawn_advice_after_the_decision_is_an_alert() {
    let (mut case, assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let mut snapshot = assignment.body().snapshot(1000);
    snapshot.advice = crate::progress::AdviceState::Withdrawn(1);
    let age = crate::household::AgeClass::Minor;
    snapshot.further_persons.push(crate::household::Further { reference: "f".into(), age });
    case.done(Command::ReportProgress(snapshot), &lead());
    assert_eq!(alerts(&case), [(Subject::Advice, 1), (Subject::Household, 1)]);
}

#[test]
fn news_to_a_closed_case_is_kept_and_not_counted() {
    let (mut case, mut assignment) = ready(minor());
    let version = case.body().assignment.as_ref().unwrap().version;
    case.done(Command::NoteDelivered(version), &service(Kind::Om));
    case.done(close(CloseReason::Transferred), &prosecutor());
    let newer = with_a_newer_answer(&mut assignment);
    let before = case.body().progress.clone();
    let events = case.done(Command::ReportProgress(newer), &lead());
    assert!(matches!(&events[..], [Event::NotCounted { advice: None, .. }]));
    assert_eq!(case.body().progress, before);
}

#[test]
fn a_lead_that_works_on_a_closed_case_of_which_nobody_knew_that_it_had_it_hears_of_the_end_again() {
    // D25: the call that brought it was given up here, and arrived there all the same.
    let (mut case, assignment) = ready(minor());
    case.done(close(CloseReason::Transferred), &prosecutor());
    let report = |sequence| Command::ReportProgress(assignment.body().snapshot(sequence));
    let events = case.done(report(1001), &lead());
    assert!(matches!(&events[..], [Event::BriefDeliveredLate { version: 1 }, Event::NotCounted { .. }]), "{events:?}");
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Withdraw]);
    assert!(matches!(&case.done(report(1002), &lead())[..], [Event::NotCounted { .. }]), "told once");
}

#[test]
fn an_advice_that_no_adviser_signed_or_that_does_not_hold_together_is_refused() {
    // P9, D18, invariants 1 and 8: whatever a service of the lead sends.
    let (case, assignment) = ready(minor());
    let signed = Advice { version: 2, ..assignment.body().advices[0].clone() };
    let refused = |advice: Advice| {
        let snapshot = assignment.body().snapshot(1000);
        match case.refusal(Command::SubmitAdvice(Box::new(advice), snapshot), &lead()) {
            Some(Refusal::Malformed(faults)) => faults.iter().map(|fault| fault.field.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(Advice { signed_by: lead(), ..signed.clone() }), ["advice.signed_by"]);
    assert_eq!(refused(Advice { signed_at: hours(1), ..signed.clone() }), ["advice.signed_at"]);
    assert_eq!(refused(Advice { scale: 7, ..signed.clone() }), ["advice.scale"]);
    let mut other = signed.clone();
    other.content.judgement_version = 99;
    assert_eq!(refused(other), ["advice.content.judgement_version"]);
    let mut without = signed;
    without.content.instrument = crate::advice::InstrumentUse::NotUsed { because: text("geen tijd") };
    assert_eq!(refused(without), ["advice.content.instrument.not_used"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_news_from_the_lead_is_taken_in_every_state_of_a_case(
        ended in 0..3u8, snapshots in proptest::collection::vec(crate::arbitrary::snapshot(), 1..5),
    ) {
        // Invariant 13, E1.
        let (mut case, assignment) = ready(minor());
        match ended {
            0 => {}
            1 => drop(case.done(decide_it(&case, 1), &prosecutor())),
            _ => drop(case.done(close(CloseReason::PartnerRefuses), &prosecutor())),
        }
        let highest = |snapshots: &[Snapshot]| snapshots.iter().map(|one| one.sequence).max().unwrap();
        let mine = |one: &Snapshot| Snapshot { assignment: assignment_name(), ..one.clone() };
        for snapshot in &snapshots {
            prop_assert!(case.act(Command::ReportProgress(mine(snapshot)), &lead()).is_ok());
        }
        let advice = Advice { version: 2, ..assignment.body().advices[0].clone() };
        let submit = Command::SubmitAdvice(Box::new(advice), mine(&snapshots[0]));
        prop_assert!(case.act(submit, &lead()).is_ok());
        if ended < 2 {
            let first = assignment.events.len() as u64;
            prop_assert_eq!(case.body().progress.as_ref().unwrap().sequence, highest(&snapshots).max(first));
            prop_assert!(case.body().advices.contains_key(&2));
        }
    }
}

#[test]
fn a_second_advice_that_is_taken_back_after_the_decision_is_an_alert_too() {
    let (mut case, mut assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    with_a_newer_answer(&mut assignment);
    weigh_all(&mut assignment);
    sign(&mut assignment);
    case.done(submission(&assignment), &lead());
    for number in case.body().unanswered().collect::<Vec<_>>() {
        case.done(Command::AnswerAlert(number, text("verandert niets")), &prosecutor());
    }
    let withdrawal = crate::assignment::Command::WithdrawAdvice { version: 2, reason: text("klopt niet") };
    assignment.done(withdrawal, &adviser(Kind::Rvdk));
    let snapshot = assignment.body().snapshot(assignment.events.len() as u64);
    case.done(Command::ReportProgress(snapshot), &lead());
    assert_eq!(case.body().unanswered().count(), 1, "news after the decision");
}

#[test]
fn a_further_person_in_the_place_of_another_is_an_alert_and_the_same_person_is_not() {
    let (mut case, assignment) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let names = |reference: &str, sequence| {
        let further = crate::household::Further { reference: reference.into(), age: crate::household::AgeClass::Minor };
        let snapshot = assignment.body().snapshot(sequence);
        Command::ReportProgress(Snapshot { further_persons: vec![further], ..snapshot })
    };
    case.done(names("f", 1000), &lead());
    case.done(names("f", 1001), &lead());
    assert_eq!(alerts(&case).len(), 1);
    case.done(names("g", 1002), &lead());
    assert_eq!(alerts(&case).len(), 2);
}

#[test]
fn an_advice_is_recorded_on_a_closed_case_although_its_snapshot_came_before() {
    let (mut case, mut assignment) = ready(minor());
    case.done(close(CloseReason::Transferred), &prosecutor());
    with_a_newer_answer(&mut assignment);
    weigh_all(&mut assignment);
    sign(&mut assignment);
    let snapshot = assignment.body().snapshot(assignment.events.len() as u64);
    case.done(Command::ReportProgress(snapshot), &lead());
    let events = case.done(submission(&assignment), &lead());
    assert!(matches!(&events[..], [Event::NotCounted { advice: Some(_), .. }]), "{events:?}");
    assert_eq!(case.done(submission(&assignment), &lead()), [], "once");
    assert!(case.body().advices_not_counted.contains_key(&2), "it can be read");
    assert!(!case.body().advices.contains_key(&2), "and is no advice of the case");
    // Opened again it belongs to the assignment that ended, and its next try brings nothing new (E1).
    case.done(Command::Reopen(text("toch"), None), &prosecutor());
    assert_eq!(case.body().former[0].advices.keys().copied().collect::<Vec<_>>(), [1, 2]);
    let Command::SubmitAdvice(advice, snapshot) = submission(&assignment) else { panic!("it submits") };
    let later = Snapshot { sequence: snapshot.sequence + 1, ..snapshot };
    let events = case.done(Command::SubmitAdvice(advice, later), &lead());
    assert!(matches!(&events[..], [Event::FormerReported { advice: None, .. }]), "{events:?}");
}

#[test]
fn trouble_with_a_later_version_outlives_the_reply_to_an_earlier_one() {
    let mut case = confirmed(minor());
    let household = case.body().facts.household.clone();
    case.done(Command::ConfirmHousehold(household, None), &operator());
    let at_om = service(Kind::Om);
    case.done(Command::NoteTrouble(Errand::Brief { version: 2 }, Trouble::Refused), &at_om);
    case.done(Command::NoteDelivered(1), &at_om);
    assert_eq!(waiting(case.body()), Some(Waiting::Trouble));
}
