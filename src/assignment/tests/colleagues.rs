//! Colleagues at one desk: one handles the assignment, another takes it over, and several write on a draft.

use super::*;
use crate::draft::{Draft, DraftDegree};
use crate::organisation::Role;

fn colleague() -> Actor {
    Actor { person: "ambtenaar-2".into(), ..rvdk() }
}

fn draft(words: &str) -> Draft {
    let acute = Some(DraftDegree::Onbekend { because: text(words) });
    Draft { acute, ..Draft::default() }
}

fn save(based_on: u32, words: &str) -> Command {
    Command::SaveDraft { based_on, draft: Box::new(draft(words)) }
}

fn handler(assignment: &Lead) -> Option<&str> {
    assignment.body().handler.as_ref().map(|handler| handler.by.person.as_str())
}

fn weigh_dossier() -> Command {
    Command::Weigh { item: Item::Politiedossier, version: 1, reason: text("reden"), lines: Vec::new() }
}

fn own_file(assignment: &Lead) -> Command {
    let about = &assignment.body().tracks[&Item::EigenOnderzoek].about;
    Command::RecordOwnFile(Box::new(answer_about(about, |_| Outcome::NotKnown)))
}

#[test]
fn the_first_adviser_who_weighs_searches_or_drafts_handles_the_assignment() {
    let begun = flow_a();
    assert_eq!(handler(&begun), None);
    for command in [weigh_dossier(), own_file(&begun), save(0, "begin")] {
        let mut assignment = begun.clone();
        assignment.done(command, &colleague());
        assert_eq!(handler(&assignment), Some("ambtenaar-2"));
        let since = assignment.body().handler.as_ref().map(|handler| handler.since);
        assert_eq!(since, Some(now()));
    }
}

#[test]
fn what_a_colleague_handles_is_read_by_others_and_not_acted_on() {
    let mut assignment = flow_a();
    complete(&mut assignment);
    let sign_it = Command::Sign(Box::new(content(assignment.body())));
    for command in [weigh_dossier(), own_file(&assignment), sign_it.clone()] {
        assert_eq!(assignment.refusal(command.clone(), &rvdk()), None);
        let refused = assignment.refusal(command, &colleague());
        assert_eq!(refused, Some(Refusal::NotNow(NotNow::WithColleague)));
    }
    assignment.done(sign_it, &rvdk());
    let withdraw = Command::WithdrawAdvice { version: 1, reason: text("vergissing") };
    assert_eq!(assignment.refusal(withdraw, &colleague()), Some(Refusal::NotNow(NotNow::WithColleague)));
}

#[test]
fn a_colleague_takes_over_in_the_open_and_then_acts() {
    let mut assignment = flow_a();
    assignment.done(weigh_dossier(), &rvdk());
    let read = assignment.body().revision;
    let events = assignment.done(Command::TakeOver, &colleague());
    assert_eq!(events, [Event::TakenOver { by: colleague(), from: Some(rvdk()) }]);
    assert_eq!(events.iter().flat_map(react).count(), 0, "who handles it is for the lead alone");
    assert!(assignment.body().revision > read, "the other reads it again");
    assert_eq!(handler(&assignment), Some("ambtenaar-2"));
    assignment.done(own_file(&assignment), &colleague());
    assert_eq!(assignment.refusal(weigh_dossier(), &rvdk()), Some(Refusal::NotNow(NotNow::WithColleague)));
    assert_eq!(assignment.done(Command::TakeOver, &colleague()), [], "it is so already");
}

#[test]
fn only_an_adviser_of_the_same_lead_takes_over_or_drafts() {
    // D19, D32.
    let mut assignment = flow_a();
    for command in [Command::TakeOver, save(0, "begin")] {
        for stranger in [adviser(Kind::Reclassering), elsewhere(Kind::Rvdk, Role::Adviseur)] {
            assert_eq!(assignment.refusal(command.clone(), &stranger), OTHER_ORGANISATION);
        }
        for other in [service(Kind::Rvdk), desk(Kind::Rvdk), om(), prosecutor()] {
            assert_eq!(assignment.refusal(command.clone(), &other), OTHER_ROLE, "{other:?}");
        }
    }
    assignment.done(Command::Withdraw, &om());
    for command in [Command::TakeOver, save(0, "begin")] {
        assert_eq!(assignment.refusal(command, &rvdk()), Some(Refusal::NotNow(NotNow::Withdrawn)));
    }
}

#[test]
fn a_draft_is_kept_and_nothing_follows_from_it() {
    let mut assignment = flow_a();
    let (read, told) = (assignment.body().revision, assignment.body().snapshot(0));
    let events = assignment.done(save(0, "begin"), &rvdk());
    assert!(matches!(&events[..], [Event::DraftSaved { draft }] if draft.version == 1 && draft.by == rvdk()));
    assert_eq!(events.iter().flat_map(react).count(), 0, "OM hears nothing of it (D29)");
    assert_eq!(assignment.body().revision, read, "the etag of other acts stays");
    assert_eq!(assignment.body().snapshot(0), told);
    assert_eq!(assignment.done(save(1, "begin"), &rvdk()), [], "it is so already");
    assignment.done(save(1, "verder"), &rvdk());
    assert_eq!(assignment.body().draft.as_ref().map(|saved| saved.version), Some(2));
}

#[test]
fn of_two_who_write_on_one_draft_the_second_overwrites_nothing() {
    let mut assignment = flow_a();
    assignment.done(save(0, "begin"), &rvdk());
    assignment.done(save(1, "van de een"), &colleague());
    assert_eq!(assignment.done(save(1, "van de ander"), &rvdk()), [], "both are shown, neither is lost");
    let kept = assignment.body().draft.clone().unwrap();
    assert_eq!((kept.version, kept.draft, kept.by), (2, draft("van de een"), colleague()));
    assignment.done(save(2, "van beiden"), &rvdk());
    assert_eq!(handler(&assignment), Some("ambtenaar-1"), "who writes along does not take over");
    assert_eq!(assignment.refusal(save(4, "later"), &rvdk()), malformed("based_on", Problem::NoSuchVersion));
}

#[test]
fn signing_clears_the_draft_and_the_next_one_counts_on() {
    let mut assignment = flow_a();
    assignment.done(save(0, "begin"), &rvdk());
    complete(&mut assignment);
    sign(&mut assignment);
    assert_eq!(assignment.body().draft, None);
    assignment.done(save(0, "opnieuw"), &colleague());
    assert_eq!(assignment.body().draft.as_ref().map(|saved| saved.version), Some(2));
    assert_eq!(assignment.done(save(1, "van voor het tekenen"), &rvdk()), [], "an older one overwrites nothing");
}

#[test]
fn a_draft_never_opens_the_gate() {
    let mut assignment = flow_a();
    assignment.done(save(0, "begin"), &rvdk());
    assert!(!open_for_signing(assignment.body()).is_empty());
    complete(&mut assignment);
    assert_eq!(assignment.body().advice_state(), AdviceState::None);
}
