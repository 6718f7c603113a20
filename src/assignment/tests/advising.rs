//! The adviser's acts: search, weigh, sign, and sign again; a person's, never the machine's.

use super::*;
use crate::advice::Content as Written;
use crate::decision::{Route, Stance};
use crate::gate::{Open, Reason, Subject};
use crate::item::State;
use crate::look::Finding;
use crate::organisation::Role;
use crate::outcome::Outcome;
use crate::weighing::Line;

fn weigh(item: Item, version: u32) -> Command {
    Command::Weigh { item, version, reason: text("reden"), lines: Vec::new() }
}

fn sign_command(assignment: &Lead) -> Command {
    Command::Sign(Box::new(content(assignment.body())))
}

fn own_file(assignment: &Lead) -> Command {
    let about = &assignment.body().tracks[&Item::EigenOnderzoek].about;
    Command::RecordOwnFile(Box::new(answer_about(about, |_| Outcome::NotKnown)))
}

fn ready_to_sign() -> Lead {
    let mut assignment = flow_a();
    complete(&mut assignment);
    assignment
}

fn unsignable(assignment: &Lead, command: Command) -> (Faults, Vec<Open>) {
    match assignment.refusal(command, &rvdk()) {
        Some(Refusal::Unsignable(faults, open)) => (faults, open),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_an_adviser_of_the_lead_searches_weighs_and_signs() {
    // A22, invariant 8: no service, no other office and no other region.
    let assignment = ready_to_sign();
    for command in [own_file(&assignment), weigh(Item::Politiedossier, 1), sign_command(&assignment)] {
        assert_eq!(assignment.refusal(command.clone(), &rvdk()), None);
        for stranger in [adviser(Kind::Reclassering), elsewhere(Kind::Rvdk, Role::Adviseur)] {
            assert_eq!(assignment.refusal(command.clone(), &stranger), OTHER_ORGANISATION);
        }
        for other in [service(Kind::Rvdk), desk(Kind::Rvdk), om(), prosecutor(), desk(Kind::VeiligThuis)] {
            assert_eq!(assignment.refusal(command.clone(), &other), OTHER_ROLE, "{other:?}");
        }
    }
}

#[test]
fn the_own_search_says_what_was_searched_by_whom_and_about_whom() {
    // D8: the same outcomes; no judgement and no triage of its own.
    let mut assignment = flow_a();
    let lawful = answer_about(&[1, 3], |_| Outcome::NotKnown);
    let refused = |answer: Answer| assignment.refusal(Command::RecordOwnFile(Box::new(answer)), &rvdk());
    assert_eq!(refused(answer_about(&[1], |_| Outcome::NotKnown)), malformed("answer.outcomes", Problem::LeftOut));
    let judging = Answer { judgement: Some(judged(&[])), ..lawful.clone() };
    assert_eq!(refused(judging), malformed("answer.judgement", Problem::NotForThisOffice));
    let mut unsearched = lawful.clone();
    unsearched.searched.identifiers.clear();
    assert_eq!(refused(unsearched), malformed("answer.searched.identifiers", Problem::Missing));
    let mut forged = lawful;
    forged.searched.by = "iemand-anders".into();
    let events = assignment.done(Command::RecordOwnFile(Box::new(forged)), &rvdk());
    assert!(matches!(&events[..], [Event::OwnFileRecorded { answer }] if answer.searched.by == rvdk().person));
    assert_eq!(state(&assignment, Item::EigenOnderzoek), State::Answered);
}

#[test]
fn a_version_that_is_missing_replaced_or_incomplete_cannot_be_weighed() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, |_| Outcome::NotKnown);
    let refused = |assignment: &Lead, version| assignment.refusal(weigh(Item::Oudercheck, version), &rvdk());
    assert_eq!(refused(&assignment, 1), None);
    assert_eq!(refused(&assignment, 2), malformed("version", Problem::NoSuchVersion));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::Ambiguous { candidates: 2 });
    assert_eq!(refused(&assignment, 1), Some(Refusal::NotNow(NotNow::Superseded)));
    assert_eq!(refused(&assignment, 2), Some(Refusal::NotNow(NotNow::NotWeighable)));
    let not_asked = assignment.refusal(weigh(Item::Kindcheck, 1), &rvdk());
    assert_eq!(not_asked, Some(Refusal::NotNow(NotNow::NotRequired)));
}

#[test]
fn an_answer_of_an_earlier_round_cannot_be_weighed() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::VeiligThuis, 1, |_| Outcome::NotKnown);
    let brief = briefed_again(&assignment, |household| drop(household.persons.pop()));
    assignment.done(Command::Update(Box::new(brief)), &om());
    let refusal = assignment.refusal(weigh(Item::VeiligThuis, 1), &rvdk());
    assert_eq!(refusal, Some(Refusal::NotNow(NotNow::Superseded)));
}

#[test]
fn a_weighing_has_a_reason_and_a_line_for_each_known_person() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    assert_eq!(assignment.refusal(weigh(Item::Oudercheck, 1), &rvdk()), malformed("lines", Problem::LeftOut));
    let lines = vec![Line { person: 2, text: text("betekenis") }];
    let weighing = |reason| Command::Weigh { item: Item::Oudercheck, version: 1, reason, lines: lines.clone() };
    assert_eq!(assignment.refusal(weighing(empty()), &rvdk()), malformed("reason", Problem::Missing));
    let events = assignment.done(weighing(text("reden")), &rvdk());
    assert!(matches!(&events[..], [Event::Weighed { weighing, .. }] if weighing.by == rvdk() && weighing.at == now()));
    assert_eq!(state(&assignment, Item::Oudercheck), State::Weighed);
}

#[test]
fn an_advice_cannot_be_signed_while_anything_is_open_and_all_of_it_is_named() {
    // D7: the gate at the lead, with the faults of the text beside it.
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, |_| Outcome::NotKnown);
    let mut silent = content(assignment.body());
    silent.proposal.reason = empty();
    let (faults, open) = unsignable(&assignment, Command::Sign(Box::new(silent)));
    assert_eq!(faults, Faults::one("content.proposal.reason", Problem::Missing));
    let item = |item, reason| Open { subject: Subject::Item(item), reason };
    assert_eq!(
        open,
        [
            item(Item::VeiligThuis, Reason::Queued),
            item(Item::EigenOnderzoek, Reason::Missing),
            item(Item::Politiedossier, Reason::NotWeighed),
            item(Item::Oudercheck, Reason::NotWeighed),
        ]
    );
    assert_eq!(open, open_for_signing(assignment.body()));
}

#[test]
fn a_faulty_advice_is_not_signed_though_all_is_in() {
    // P9, R-3.2.5-2.
    let assignment = ready_to_sign();
    assert_eq!(open_for_signing(assignment.body()), []);
    let acute = crate::degree::Degree::Onbekend { because: empty() };
    let (faults, open) =
        unsignable(&assignment, Command::Sign(Box::new(Written { acute, ..content(assignment.body()) })));
    let mut expected = Faults::one("content.acute.onbekend.because", Problem::Missing);
    expected.add("content.disagreements.acute.adviseur", Problem::DeviationUnexplained);
    assert_eq!((faults, open), (expected, vec![]));
}

#[test]
fn a_firm_degree_over_a_hole_is_not_signed_and_a_signed_advice_carries_its_holes() {
    // D17: Veilig Thuis has not judged the conditions for direct safety, and left complexity out.
    use crate::degree::{Degree, Dimension};
    use crate::hole::{Hole, Kind};
    let mut assignment = ready_to_sign();
    let sound = content(assignment.body());
    let Degree::Known { level, severity, rests_on, .. } = sound.acute.clone() else { panic!("{sound:?}") };
    let acute = Degree::Known { level, at_least: false, severity, rests_on };
    let (faults, _) = unsignable(&assignment, Command::Sign(Box::new(Written { acute, ..sound.clone() })));
    assert_eq!(faults, Faults::one("content.acute.known.at_least", Problem::AtLeastOverHole));
    assignment.done(Command::Sign(Box::new(sound)), &rvdk());
    let hole = |dimension, kind| Hole { dimension, item: Item::VeiligThuis, kind };
    let expected = [hole(Dimension::Acute, Kind::ConditionsNotJudged), hole(Dimension::Complexity, Kind::LeftOut)];
    assert_eq!(assignment.body().advices[0].holes, BTreeSet::from(expected));
}

#[test]
fn a_signed_advice_quotes_veilig_thuis_and_says_on_what_it_rests() {
    let mut assignment = ready_to_sign();
    let events = assignment.done(sign_command(&assignment), &rvdk());
    let [Event::AdviceSigned { advice }] = &events[..] else { panic!("{events:?}") };
    assert_eq!(advice.judgement, judged(&[REPORT]));
    assert_eq!(advice.rests_on, assignment.body().required().map(|(item, _)| (item, 1)).collect());
    assert_eq!((advice.version, advice.assignment_version, &advice.signed_by), (1, 1, &rvdk()));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Submit { version: 1 }]);
}

#[test]
fn a_newer_answer_makes_the_advice_stale_and_the_item_unweighed() {
    // Invariant 4, A14: whatever is newer, a partner's answer, an own search, a dossier or the brief itself.
    let newer = |assignment: &mut Lead, which: u8| match which {
        0 => drop(deliver(assignment, Item::VeiligThuis, 2, known)),
        1 => drop(assignment.done(own_file(assignment), &rvdk())),
        2 => {
            let brief = next(assignment.body().brief.as_ref().unwrap());
            let brief = Box::new(Brief { dossier_version: 2, ..brief });
            assignment.done(Command::Update(brief), &om());
        }
        _ => {
            let brief = Box::new(next(assignment.body().brief.as_ref().unwrap()));
            assignment.done(Command::Update(brief), &om());
        }
    };
    let items = [Some(Item::VeiligThuis), Some(Item::EigenOnderzoek), Some(Item::Politiedossier), None];
    for (which, item) in (0..).zip(items) {
        let mut assignment = ready_to_sign();
        sign(&mut assignment);
        assert!(!assignment.body().is_stale());
        newer(&mut assignment, which);
        assert!(assignment.body().is_stale());
        if let Some(item) = item {
            assert_eq!(state(&assignment, item), State::Answered);
            assert!(assignment.act(sign_command(&assignment), &rvdk()).is_err(), "first weigh it");
            let command = weighing(assignment.body(), item).unwrap();
            assignment.done(command, &rvdk());
        }
        sign(&mut assignment);
        assert!(!assignment.body().is_stale(), "D24: it can always be signed again");
        let versions: Vec<u32> = assignment.body().advices.iter().map(|advice| advice.version).collect();
        assert_eq!(versions, [1, 2], "the earlier advice stays readable");
    }
}

#[test]
fn what_was_weighed_stays_readable_beside_what_replaced_it() {
    let mut assignment = ready_to_sign();
    let before = assignment.body().tracks[&Item::VeiligThuis].clone();
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    let track = &assignment.body().tracks[&Item::VeiligThuis];
    assert_eq!(track.version(1), before.version(1));
    assert_eq!(track.weighing(1), before.weighing(1));
    assert_eq!(track.standing().weighed, 1);
}

#[test]
fn a_weighing_or_an_advice_comes_from_no_command_but_the_advisers() {
    // Invariant 8.
    let ready = ready_to_sign();
    let vt = question_of(&ready, Item::VeiligThuis);
    let brief = Box::new(next(ready.body().brief.as_ref().unwrap()));
    for (command, by) in [
        (Command::Update(brief), om()),
        (Command::Withdraw, om()),
        (deliver_command(&vt, 2, not_known(&vt)), source(&vt)),
        (Command::NoteReply(vt.name, Reply::Pending), source(&vt)),
        (Command::NoteTakenUp { question: vt.name, sequence: 1 }, source(&vt)),
        (Command::NoteReceived { question: vt.name }, source(&vt)),
        (Command::NoteTrouble(Errand::Report, Trouble::Stuck), service(Kind::Rvdk)),
        (own_file(&ready), rvdk()),
    ] {
        let events = decide(&ready.state, command, &by, now()).unwrap();
        assert!(!events.iter().any(|event| matches!(event, Event::Weighed { .. } | Event::AdviceSigned { .. })));
    }
}

fn withdraw(version: u32) -> Command {
    Command::WithdrawAdvice { version, reason: text("vergissing") }
}

fn signed() -> Lead {
    let mut assignment = ready_to_sign();
    assignment.done(sign_command(&assignment), &rvdk());
    assignment
}

#[test]
fn an_adviser_takes_a_signed_advice_back_and_signs_another() {
    // D24: it stays readable, OM hears that it no longer stands, and the way on is another signature.
    let mut assignment = signed();
    let events = assignment.done(withdraw(1), &rvdk());
    assert!(matches!(&events[..], [Event::AdviceWithdrawn(one)] if one.version == 1 && one.by == rvdk()));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Report]);
    assert_eq!(assignment.body().advice_state(), AdviceState::Withdrawn(1));
    assert!(!assignment.body().is_stale() && assignment.body().advices.len() == 1);
    assert_eq!(assignment.done(withdraw(1), &rvdk()), [], "it is so already");
    assignment.done(sign_command(&assignment), &rvdk());
    assert_eq!(assignment.body().advice_state(), AdviceState::Signed(2));
    assert_eq!(assignment.refusal(withdraw(1), &rvdk()), Some(Refusal::NotNow(NotNow::Overtaken)));
}

#[test]
fn only_an_advice_that_was_signed_is_taken_back_with_a_reason_and_by_the_lead() {
    let unsigned = ready_to_sign();
    assert_eq!(unsigned.refusal(withdraw(1), &rvdk()), malformed("version", Problem::NoSuchVersion));
    let assignment = signed();
    assert_eq!(assignment.refusal(withdraw(0), &rvdk()), malformed("version", Problem::NoSuchVersion));
    assert_eq!(assignment.refusal(withdraw(2), &rvdk()), malformed("version", Problem::NoSuchVersion));
    let silent = Command::WithdrawAdvice { version: 1, reason: empty() };
    assert_eq!(assignment.refusal(silent, &rvdk()), malformed("reason", Problem::Missing));
    assert_eq!(assignment.refusal(withdraw(1), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
    assert_eq!(assignment.refusal(withdraw(1), &service(Kind::Rvdk)), OTHER_ROLE);
}

#[test]
fn at_the_last_look_only_the_standing_advice_over_all_that_the_lead_has_is_current() {
    // D28.
    let mut assignment = flow_a();
    complete(&mut assignment);
    sign(&mut assignment);
    let says = |assignment: &Lead, advice, version| confirm(&assignment.state, advice, version, &om()).unwrap();
    assert_eq!(says(&assignment, 1, 1), Finding::Current);
    assert_eq!((says(&assignment, 2, 1), says(&assignment, 1, 2)), (Finding::Newer, Finding::Newer));
    let mut withdrawn = assignment.clone();
    withdrawn.done(Command::WithdrawAdvice { version: 1, reason: text("nieuws") }, &rvdk());
    assert_eq!(says(&withdrawn, 1, 1), Finding::Newer);
    let mut ended = assignment.clone();
    ended.done(Command::Withdraw, &om());
    assert_eq!(says(&ended, 1, 1), Finding::UnknownQuestion);
    assert_eq!(confirm(&None, 1, 1, &om()), Ok(Finding::UnknownQuestion));
    deliver(&mut assignment, Item::VeiligThuis, 2, |_| Outcome::NotKnown);
    assert_eq!(says(&assignment, 1, 1), Finding::Newer);
    for stranger in [elsewhere(Kind::Om, Role::Dienst), service(Kind::VeiligThuis), service(Kind::Rvdk)] {
        assert_eq!(confirm(&assignment.state, 1, 1, &stranger).err(), OTHER_ORGANISATION, "{stranger:?}");
    }
}

#[test]
fn the_lead_hears_what_was_decided_once_and_however_late() {
    // D34: followed, or not and why.
    let mut assignment = flow_a();
    let stance = Some(Stance::Deviates { because: text("want") });
    let first = Notice { route: Route::Halt, stance, at: now(), reopened_at: None };
    let told = |notice: &Notice| Command::NoteDecision(notice.clone());
    let stranger = elsewhere(Kind::Om, Role::Dienst);
    assert_eq!(assignment.refusal(told(&first), &stranger), OTHER_ORGANISATION);
    assignment.done(Command::Withdraw, &om());
    assert_eq!(assignment.done(told(&first), &om()), [Event::DecisionHeard(first.clone())]);
    assert_eq!(assignment.done(told(&first), &om()), []);
    let second = Notice { route: Route::Dagvaarding, stance: Some(Stance::Follows), at: hours(2), reopened_at: None };
    assignment.done(told(&second), &om());
    assert_eq!(assignment.body().decision(), Some(&second), "after a second decision that one stands");
}
