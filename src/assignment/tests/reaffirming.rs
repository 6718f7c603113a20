//! News that changes nothing: weighed and signed anew in one act, with every check of signing (D24).

use super::*;
use crate::advice::Content as Written;
use crate::degree::Level;
use crate::gate::{Open, Reason, Subject};
use crate::judgement::{Judged, Judgement};
use crate::retraction::Retraction;
use crate::weighing::Line;

fn signed() -> Lead {
    let mut assignment = flow_a();
    complete(&mut assignment);
    sign(&mut assignment);
    assignment
}

fn reading(item: Item, version: u32, persons: &[u32]) -> Reading {
    let line = |person: &u32| Line { person: *person, text: text("regel") };
    Reading { item, version, reason: text("geen gevolg"), lines: persons.iter().map(line).collect() }
}

fn reaffirm(readings: &[Reading]) -> Command {
    Command::Reaffirm(Reaffirmation { readings: readings.to_vec(), brief_has_no_effect: empty() })
}

/// Veilig Thuis judges again.
fn judge_again(assignment: &mut Lead, change: impl FnOnce(&mut Judged)) {
    let vt = question_of(assignment, Item::VeiligThuis);
    let mut answer = answer_to(&vt, |person| if person == 1 { known(person) } else { Outcome::NotKnown });
    if let Some(Judgement::Judged(judged)) = &mut answer.judgement {
        change(judged);
    }
    assignment.done(deliver_command(&vt, 2, answer), &source(&vt));
}

fn unsignable(assignment: &Lead, readings: &[Reading]) -> (Faults, Vec<Open>) {
    match assignment.refusal(reaffirm(readings), &rvdk()) {
        Some(Refusal::Unsignable(faults, open)) => (faults, open),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_newer_than_the_standing_advice_is_news() {
    let mut assignment = signed();
    assert_eq!(assignment.body().newer(), []);
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    let newer = assignment.body().newer();
    assert_eq!(newer, [Newer { item: Item::Oudercheck, rested_on: 1, latest: 2, at: now() }]);
    assignment.done(Command::WithdrawAdvice { version: 1, reason: text("vergissing") }, &rvdk());
    assert_eq!(assignment.body().newer(), [], "no advice stands on which it could be news");
}

#[test]
fn news_without_effect_is_weighed_and_the_same_is_signed_in_one_act() {
    let mut assignment = signed();
    judge_again(&mut assignment, |judged| judged.text = text("uitgebreider"));
    let before = assignment.body().advices[0].content.clone();
    let events = assignment.done(reaffirm(&[reading(Item::VeiligThuis, 2, &[1])]), &rvdk());
    let [Event::Weighed { item: Item::VeiligThuis, weighing }, Event::AdviceSigned { advice }] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((weighing.version, &weighing.by), (2, &rvdk()));
    assert_eq!((advice.version, advice.reaffirms), (2, Some(1)));
    assert_eq!(advice.content.judgement_version, 2, "the judgement is quoted at its new version");
    let same = Written { judgement_version: 1, ..advice.content.clone() };
    assert_eq!(same, before);
    assert_eq!(advice.rests_on[&Item::VeiligThuis], 2);
    assert!(!assignment.body().is_stale());
}

#[test]
fn where_veilig_thuis_changed_its_judgement_the_same_advice_lacks_a_line() {
    // A32: what had the same level as Veilig Thuis now differs, and nobody explained that.
    let mut assignment = signed();
    judge_again(&mut assignment, |judged| judged.acute = Level::Vastgesteld);
    let (faults, open) = unsignable(&assignment, &[reading(Item::VeiligThuis, 2, &[1])]);
    assert_eq!(faults, Faults::one("content.disagreements.acute.adviseur", Problem::DeviationUnexplained));
    assert_eq!(open, []);
    assert_eq!(state(&assignment, Item::VeiligThuis), crate::item::State::Answered, "nothing was weighed either");
}

#[test]
fn a_refusal_names_every_fault_and_all_that_is_open() {
    let mut assignment = signed();
    judge_again(&mut assignment, |judged| judged.acute = Level::Vastgesteld);
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    let silent = Reading { reason: empty(), ..reading(Item::VeiligThuis, 2, &[]) };
    let (faults, open) = unsignable(&assignment, &[silent, reading(Item::Politiedossier, 1, &[])]);
    let named: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    let line = "content.disagreements.acute.adviseur";
    assert_eq!(named, ["readings[0].reason", "readings[0].lines", "readings[1].item", line]);
    let not_weighed = |item| Open { subject: Subject::Item(item), reason: Reason::NotWeighed };
    assert_eq!(open, [not_weighed(Item::VeiligThuis), not_weighed(Item::Oudercheck)]);
}

#[test]
fn an_older_version_or_an_answer_that_does_not_count_stays_open() {
    let mut assignment = signed();
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    let (_, open) = unsignable(&assignment, &[reading(Item::Oudercheck, 1, &[])]);
    assert_eq!(open, [Open { subject: Subject::Item(Item::Oudercheck), reason: Reason::NotWeighed }]);
    deliver(&mut assignment, Item::Oudercheck, 3, |_| Outcome::Ambiguous { candidates: 2 });
    let (_, open) = unsignable(&assignment, &[reading(Item::Oudercheck, 3, &[])]);
    let code = crate::item::Code::Identiteit;
    assert_eq!(open, [Open { subject: Subject::Item(Item::Oudercheck), reason: Reason::Incomplete(code) }]);
}

#[test]
fn without_news_or_without_an_advice_there_is_nothing_to_say_anew() {
    let mut assignment = flow_a();
    complete(&mut assignment);
    let refused = |assignment: &Lead| assignment.refusal(reaffirm(&[]), &rvdk());
    assert_eq!(refused(&assignment), Some(Refusal::NotNow(NotNow::NoAdviceStands)));
    sign(&mut assignment);
    assert_eq!(refused(&assignment), Some(Refusal::NotNow(NotNow::NothingNew)));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    assert_eq!(assignment.refusal(reaffirm(&[]), &service(Kind::Rvdk)), OTHER_ROLE);
    assert_eq!(assignment.refusal(reaffirm(&[]), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
    assignment.done(Command::WithdrawAdvice { version: 1, reason: text("vergissing") }, &rvdk());
    assert_eq!(refused(&assignment), Some(Refusal::NotNow(NotNow::NoAdviceStands)));
}

#[test]
fn saying_the_same_anew_leaves_what_a_colleague_is_writing() {
    let mut assignment = signed();
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    let draft = Box::new(crate::draft::Draft { judgement_version: 1, ..Default::default() });
    assignment.done(Command::SaveDraft { based_on: 0, draft }, &rvdk());
    assignment.done(reaffirm(&[reading(Item::Oudercheck, 2, &[])]), &rvdk());
    assert!(assignment.body().draft.is_some());
}

/// Veilig Thuis takes its first answer back, and answers again.
fn take_back_and_answer_again(assignment: &mut Lead, version: u32) {
    let vt = question_of(assignment, Item::VeiligThuis);
    let retraction = Retraction { of: 1, reason: text("een ander") };
    assignment.done(Command::DeliverRetraction { question: vt.name, version, retraction }, &source(&vt));
    assignment.done(deliver_command(&vt, version + 1, not_known(&vt)), &source(&vt));
}

#[test]
fn what_was_written_on_an_answer_that_was_taken_back_is_not_said_anew() {
    // D12.
    let mut assignment = signed();
    take_back_and_answer_again(&mut assignment, 2);
    let rests_on_retracted = Some(Refusal::NotNow(NotNow::RestsOnRetracted));
    let again = reaffirm(&[reading(Item::VeiligThuis, 3, &[])]);
    assert_eq!(assignment.refusal(again, &rvdk()), rests_on_retracted);
}

#[test]
fn what_was_said_anew_before_its_first_ground_was_taken_back_is_not_said_anew_again() {
    // D12: the text of the first advice stands in the second.
    let mut assignment = signed();
    judge_again(&mut assignment, |judged| judged.text = text("uitgebreider"));
    assignment.done(reaffirm(&[reading(Item::VeiligThuis, 2, &[1])]), &rvdk());
    take_back_and_answer_again(&mut assignment, 3);
    let rests_on_retracted = Some(Refusal::NotNow(NotNow::RestsOnRetracted));
    let again = reaffirm(&[reading(Item::VeiligThuis, 4, &[])]);
    assert_eq!(assignment.refusal(again, &rvdk()), rests_on_retracted);
}

#[test]
fn a_new_brief_is_news_and_is_said_to_have_no_effect_with_a_reason() {
    // D24: also where nothing else came in.
    let mut assignment = signed();
    let why = |reason| Command::Reaffirm(Reaffirmation { readings: Vec::new(), brief_has_no_effect: reason });
    assignment.done(Command::Update(Box::new(next(assignment.body().brief.as_ref().unwrap()))), &om());
    assert!(assignment.body().is_stale());
    let (faults, _) = unsignable(&assignment, &[]);
    assert_eq!(faults, Faults::one("brief_has_no_effect", Problem::Missing));
    let events = assignment.done(why(text("hetzelfde gezin")), &rvdk());
    let [Event::AdviceSigned { advice }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((&advice.brief_has_no_effect, advice.assignment_version), (&Some(text("hetzelfde gezin")), 2));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    let Some(Refusal::Unsignable(faults, _)) = assignment.refusal(why(text("niets")), &rvdk()) else { panic!() };
    assert_eq!(faults, Faults::one("brief_has_no_effect", Problem::Superfluous));
}

#[test]
fn what_was_taken_back_is_closed_off_in_every_advice_that_says_the_same_anew() {
    // D12: the second rests on a version that stands, in the words of the first.
    let mut assignment = signed();
    judge_again(&mut assignment, |judged| judged.text = text("uitgebreider"));
    assignment.done(reaffirm(&[reading(Item::VeiligThuis, 2, &[1])]), &rvdk());
    let vt = question_of(&assignment, Item::VeiligThuis);
    let retraction = Retraction { of: 1, reason: text("een ander") };
    assignment.done(Command::DeliverRetraction { question: vt.name, version: 3, retraction }, &source(&vt));
    let body = assignment.body();
    let closed: Vec<_> = body.advices.iter().map(|advice| body.retracted_in(advice)).collect();
    assert_eq!(closed, [[Item::VeiligThuis].into(), [Item::VeiligThuis].into()]);
    // Neither is it caught in a circle that a sender made up.
    let circle = Advice { reaffirms: Some(2), ..body.advices[1].clone() };
    let found = retraction::told_in(&circle, |_| Some(&circle), &body.retracted());
    assert!(found.is_empty());
}
