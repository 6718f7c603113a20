//! Assignments one after another: only the current one counts, and nothing of a former one is lost (D19, D21, D22).

use super::*;
use crate::item::Item;
use crate::organisation::Role;

fn rvdk() -> Actor {
    service(Kind::Rvdk)
}

/// A minor of whom RvdK advised, who turned out an adult: 3RO leads now. With the assignment at RvdK.
fn replaced() -> (Story<CaseLaw>, Story<AssignmentLaw>) {
    let (mut case, assignment) = ready(minor());
    case.done(Command::NoteDelivered(1), &service(Kind::Om));
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    (case, assignment)
}

#[test]
fn news_of_a_former_lead_is_recorded_once_and_never_counted() {
    let (mut case, mut former) = replaced();
    deliver(&mut former, Item::VeiligThuis, 2, known);
    weigh_all(&mut former);
    sign(&mut former);
    let before = open(&case);
    let news = submission(&former);
    let events = case.done(news.clone(), &rvdk());
    assert!(matches!(&events[..], [Event::FormerReported { number: 1, advice: Some(_), .. }]), "{events:?}");
    assert_eq!((open(&case), case.body().latest_advice(), &case.body().progress), (before, None, &None));
    assert_eq!(case.body().former[0].advices.len(), 2, "kept, and readable");
    assert_eq!(case.done(news, &rvdk()), [], "once");
}

#[test]
fn news_of_a_former_lead_is_recorded_after_the_end_too_and_raises_no_alert() {
    // D19, D21: only what concerns the current assignment is news.
    let (mut case, former) = replaced();
    let mut current = assigned(&case);
    complete(&mut current);
    sign(&mut current);
    case.done(submission(&current), &service(Kind::Reclassering));
    assert_eq!(open(&case), []);
    case.done(decide_it(&case, 1), &prosecutor());
    let mut snapshot = former.body().snapshot(1000);
    snapshot.advice = crate::progress::AdviceState::Withdrawn(1);
    let events = case.done(Command::ReportProgress(snapshot), &rvdk());
    assert!(matches!(&events[..], [Event::FormerReported { .. }]), "{events:?}");
    assert_eq!(case.body().alerts, []);
}

#[test]
fn a_lead_speaks_of_its_own_assignment_only() {
    // D19, invariant 12.
    let (case, former) = replaced();
    let of_former = former.body().snapshot(1000);
    let of_current = Snapshot { assignment: case.body().assignment.as_ref().unwrap().name, ..of_former.clone() };
    let report = Command::ReportProgress;
    assert_eq!(case.refusal(report(of_current.clone()), &rvdk()), OTHER_ORGANISATION);
    assert_eq!(case.refusal(report(of_former.clone()), &service(Kind::Reclassering)), OTHER_ORGANISATION);
    for stranger in [service(Kind::VeiligThuis), elsewhere(Kind::Rvdk, Role::Dienst), police()] {
        for snapshot in [&of_former, &of_current] {
            assert_eq!(case.refusal(report(snapshot.clone()), &stranger), OTHER_ORGANISATION, "{stranger:?}");
        }
    }
    let of_none = Snapshot { assignment: AssignmentName::derive(case_name(), 9), ..of_former };
    assert_eq!(case.refusal(report(of_none), &rvdk()), malformed("snapshot.assignment", Problem::Form));
}

#[test]
fn a_brief_that_reaches_a_former_lead_late_is_ended_there_once_more() {
    // D23: the end overtook the brief, and found nothing at the lead.
    let mut case = confirmed(minor());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    let events = case.done(Command::NoteDelivered(1), &service(Kind::Om));
    assert_eq!(events, [Event::FormerBriefed { number: 1, version: 1 }]);
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::WithdrawFormer { number: 1 }]);
    assert_eq!(case.done(Command::NoteDelivered(1), &service(Kind::Om)), [], "told once");
    assert_eq!(case.body().assignment.as_ref().unwrap().delivered, 0, "the new lead has nothing yet");
}

#[test]
fn a_late_reply_about_a_former_assignment_marks_nothing_of_the_current_one() {
    // D23, E4: versions are counted on over all assignments of a case, so that each is of one assignment alone.
    let mut case = confirmed(minor());
    case.done(amend(suspect_is(identity(1, "2010-10-10"))), &police());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    case.done(amend(suspect_is(identity(1, "1985-03-05"))), &police());
    let of = |case: &Story<CaseLaw>| {
        let of = |assigned: &Assigned| (assigned.number(), assigned.first, assigned.version, assigned.delivered);
        case.body().assigned().map(of).collect::<Vec<_>>()
    };
    assert_eq!(of(&case), [(1, 1, 2, 0), (2, 3, 4, 0)]);
    for version in [2, 1] {
        case.done(Command::NoteDelivered(version), &service(Kind::Om));
        assert_eq!(of(&case), [(1, 1, 2, 2), (2, 3, 4, 0)], "version {version}");
    }
    case.done(Command::NoteDelivered(3), &service(Kind::Om));
    assert_eq!(of(&case), [(1, 1, 2, 2), (2, 3, 4, 3)]);
}

#[test]
fn a_former_lead_that_cannot_be_told_stands_out_and_holds_back_nothing() {
    // E3.
    let (mut case, _) = replaced();
    let (errand, before) = (Errand::WithdrawFormer { number: 1 }, open(&case));
    let trouble = Command::NoteTrouble(errand, Trouble::Stuck);
    let stuck = Event::FormerTroubled { number: 1, trouble: Trouble::Stuck };
    assert_eq!(case.done(trouble.clone(), &service(Kind::Om)), [stuck]);
    assert_eq!(case.done(trouble, &service(Kind::Om)), []);
    assert_eq!(open(&case), before);
    assert_eq!(case.done(Command::NoteFormerTold(1), &service(Kind::Om)), [Event::FormerTold { number: 1 }]);
    assert_eq!(case.done(Command::NoteFormerTold(1), &service(Kind::Om)), []);
    let old = Command::NoteTrouble(Errand::Withdraw, Trouble::Stuck);
    assert_eq!(case.done(old, &service(Kind::Om)), [], "the case is not closed");
}

#[test]
fn what_a_former_lead_had_asked_for_nothing_is_shown_as_excess() {
    // A36.
    let (mut case, mut former) = replaced();
    former.done(crate::assignment::Command::Recall, &service(Kind::Om));
    case.done(submission(&former), &rvdk());
    let excess: Vec<Item> = case.body().excess().map(|excess| excess.item).collect();
    assert_eq!(excess, [Item::VeiligThuis, Item::Oudercheck, Item::EigenOnderzoek]);
}

#[test]
fn whom_only_a_former_lead_knows_must_be_seen_to_by_the_operator() {
    // D10, D23: OM does not know who it is, and neither does the new lead.
    let (mut case, mut assignment) = ready(minor());
    let question = question_of(&assignment, Item::VeiligThuis);
    let mut answer = answer_to(&question, known);
    let person = crate::answer::FurtherPerson { identity: Sensitive::case(identity(50, ADULT)), remark: text("oom") };
    answer.further_persons.push(person);
    let deliver = crate::assignment::Command::Deliver { question: question.name, version: 2, answer: Box::new(answer) };
    assignment.done(deliver, &service(Kind::VeiligThuis));
    case.done(submission(&assignment), &rvdk());
    let mut household = case.body().facts.household.clone();
    let further = case.body().progress.as_ref().unwrap().further_persons.first().cloned();
    let listed = person_by_reference(4, further);
    household.persons.push(listed);
    case.done(Command::ConfirmHousehold(household.clone(), None), &operator());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    assert!(case.body().assignment.is_none(), "nobody is asked about someone whom nobody knows");
    assert!(open(&case).contains(&(Subject::Household, Reason::NotConfirmed)));
    household.persons[0].identity = Sensitive::forgotten(1);
    let again = Command::ConfirmHousehold(household.clone(), Some(text("reden")));
    assert!(matches!(case.refusal(again, &operator()), Some(Refusal::Malformed(_))));
    household.persons.pop();
    case.done(Command::ConfirmHousehold(household, Some(text("de nieuwe adviseur kent hem niet"))), &operator());
    assert_eq!(case.body().assignment.as_ref().unwrap().number(), 2);
}

fn person_by_reference(number: u32, further: Option<crate::household::Further>) -> Person {
    let listed = person(number, crate::household::Relation::OverigGezin, "");
    Person { identity: Sensitive::forgotten(number), further, ..listed }
}
