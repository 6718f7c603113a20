//! What is asked: all at once at the start, and later only what is new or changed (D23).

use super::*;
use crate::draft::{Draft, SavedDraft};
use crate::household::{Household, Relation};
use crate::item::State;
use crate::organisation::Role;
use std::collections::BTreeSet;

fn questions(events: &[Event]) -> Vec<(Item, u32)> {
    let asked = |event: &Event| match event {
        Event::Asked { item, question: Some(question), .. } => Some((*item, question.round)),
        _ => None,
    };
    events.iter().filter_map(asked).collect()
}

fn withdrawn(events: &[Event]) -> Vec<QuestionName> {
    let withdrawn = |event: &Event| match event {
        Event::QuestionWithdrawn { question, .. } => Some(*question),
        _ => None,
    };
    events.iter().filter_map(withdrawn).collect()
}

fn add_brother(household: &mut Household) {
    household.persons.push(person(4, Relation::BroerZus, ADULT));
}

#[test]
fn all_sources_are_asked_at_once() {
    for (assignment, other) in [(flow_a(), Item::Oudercheck), (flow_b(), Item::Kindcheck)] {
        let mut asked = questions(&assignment.events);
        asked.sort();
        assert_eq!(asked, [(Item::VeiligThuis, 1), (other, 1)]);
        let errands: Vec<Errand> = assignment.events.iter().flat_map(react).collect();
        for item in [Item::VeiligThuis, other] {
            let question = question_of(&assignment, item);
            assert!(errands.contains(&Errand::Ask { item, question: question.name }));
            assert!(question.faults("question", now()).is_empty());
            assert_eq!(state(&assignment, item), State::Queued);
        }
        assert_eq!(state(&assignment, Item::EigenOnderzoek), State::NotAsked);
        assert_eq!(state(&assignment, Item::Politiedossier), State::Answered, "the dossier came along");
    }
}

#[test]
fn only_om_begins_changes_and_ends_an_assignment() {
    let case = confirmed(registration(parent_and_child(FIFTEEN), crate::offence::HgKm::Ja));
    let begin = creation(case.body());
    let nothing: Lead = Story::new();
    assert_eq!(nothing.refusal(Command::Withdraw, &om()), Some(Refusal::NotFound));
    let assignment = assigned(&case);
    let update = Command::Update(Box::new(next(assignment.body().brief.as_ref().unwrap())));
    for stranger in [elsewhere(Kind::Om, Role::Dienst), service(Kind::Rvdk), service(Kind::Reclassering)] {
        assert_eq!(nothing.refusal(begin.clone(), &stranger), OTHER_ORGANISATION);
        for command in [begin.clone(), update.clone(), Command::Withdraw] {
            assert_eq!(assignment.refusal(command, &stranger), OTHER_ORGANISATION);
        }
    }
}

#[test]
fn an_assignment_for_another_flow_name_or_principal_is_malformed() {
    let case = confirmed(registration(parent_and_child(FIFTEEN), crate::offence::HgKm::Ja));
    let Command::Create(creation) = creation(case.body()) else { unreachable!() };
    let refused = |creation| Lead::new().refusal(Command::Create(Box::new(creation)), &om());
    let second = Creation { earlier: 1, ..(*creation).clone() };
    assert_eq!(refused(second.clone()), malformed("name", Problem::Form));
    let name = AssignmentName::derive(creation.case, 2);
    assert_eq!(refused(Creation { name, ..(*creation).clone() }), malformed("name", Problem::Form));
    assert_eq!(refused(Creation { name, ..second }), None, "D23: the second of this case");
    let other = Creation { lead: organisation(Kind::Reclassering), ..(*creation).clone() };
    assert_eq!(refused(other), malformed("lead.kind", Problem::NotForThisOffice));
    let no_om = Creation { principal: organisation(Kind::Politie), ..*creation };
    assert_eq!(refused(no_om), malformed("principal.kind", Problem::NotForThisOffice));
}

#[test]
fn the_same_assignment_again_asks_nothing_again() {
    // E4, scenario 20.
    let case = confirmed(registration(parent_and_child(FIFTEEN), crate::offence::HgKm::Ja));
    let mut assignment = assigned(&case);
    assert_eq!(assignment.done(creation(case.body()), &om()), []);
    let brief = assignment.body().brief.clone().unwrap();
    assert_eq!(assignment.done(Command::Update(brief.clone()), &om()), []);
    let other = Brief { arrested: !brief.arrested, ..*brief };
    let refusal = assignment.refusal(Command::Update(Box::new(other)), &om());
    assert_eq!(refusal, malformed("brief.version", Problem::Duplicate));
}

#[test]
fn a_question_keeps_what_was_agreed_on_the_acute_part_when_it_was_asked() {
    // D15.
    let case = confirmed(registration(parent_and_child(FIFTEEN), crate::offence::HgKm::Ja));
    let Command::Create(creation) = creation(case.body()) else { unreachable!() };
    let brief = creation.brief.clone();
    let agreed = Brief { acute_part_suffices: true, ..brief.clone() };
    let mut assignment = Story::new();
    assignment.done(Command::Create(Box::new(Creation { brief: agreed, ..*creation })), &om());
    assert!(question_of(&assignment, Item::VeiligThuis).acute_part_suffices);
    assert!(!question_of(&assignment, Item::Oudercheck).acute_part_suffices);
    // The agreement ends: the same version again is the same, and a next one asks nothing anew.
    assert_eq!(assignment.done(Command::Update(Box::new(brief.clone())), &om()), []);
    let events = assignment.done(Command::Update(Box::new(next(&brief))), &om());
    assert!(matches!(&events[..], [Event::Briefed { .. }]), "{events:?}");
    assert!(question_of(&assignment, Item::VeiligThuis).acute_part_suffices);
}

#[test]
fn only_what_changed_is_asked_again_and_the_old_question_is_withdrawn() {
    let mut assignment = flow_a();
    complete(&mut assignment);
    let (vt, oudercheck) = (question_of(&assignment, Item::VeiligThuis), question_of(&assignment, Item::Oudercheck));
    let with_a_sister =
        briefed_again(&assignment, |household| household.persons.push(person(4, Relation::BroerZus, "2018-01-01")));
    let events = assignment.done(Command::Update(Box::new(with_a_sister)), &om());
    assert_eq!(questions(&events), [(Item::VeiligThuis, 2)]);
    assert_eq!(withdrawn(&events), [vt.name]);
    assert_eq!(question_of(&assignment, Item::Oudercheck), oudercheck);
    let state_of = |item| state(&assignment, item);
    assert_eq!(state_of(Item::VeiligThuis), State::Queued, "what was answered before no longer counts");
    assert_eq!(state_of(Item::EigenOnderzoek), State::NotAsked, "the own files are searched again");
    assert_eq!(state_of(Item::Oudercheck), State::Weighed);
    assert_eq!(state_of(Item::Politiedossier), State::Weighed);
    assert!(
        events
            .iter()
            .flat_map(react)
            .any(|one| one == Errand::Withdraw { question: vt.name, addressee: Kind::VeiligThuis })
    );
}

#[test]
fn a_new_brief_that_changes_no_question_asks_nothing() {
    let mut assignment = flow_a();
    complete(&mut assignment);
    let brief = next(assignment.body().brief.as_ref().unwrap());
    let events = assignment.done(Command::Update(Box::new(brief)), &om());
    assert!(matches!(&events[..], [Event::Briefed { .. }]));
}

#[test]
fn the_own_files_are_searched_anew_for_someone_who_turns_out_to_be_another() {
    // D8, D23: what was found, or not, was about somebody else.
    let mut assignment = flow_a();
    complete(&mut assignment);
    let searched = assignment.body().tracks[&Item::EigenOnderzoek].about[0];
    let another = briefed_again(&assignment, |household| {
        let someone = household.persons.iter_mut().find(|person| person.number == searched).unwrap();
        someone.identity = person(searched, Relation::Zelf, "2010-06-07").identity;
    });
    assignment.done(Command::Update(Box::new(another)), &om());
    assert_eq!(state(&assignment, Item::EigenOnderzoek), State::NotAsked);
    assert_eq!(state(&assignment, Item::Politiedossier), State::Weighed);
}

#[test]
fn an_older_brief_that_arrives_late_changes_nothing() {
    let mut assignment = flow_a();
    let old = assignment.body().brief.clone().unwrap();
    let new = briefed_again(&assignment, add_brother);
    assignment.done(Command::Update(Box::new(new)), &om());
    let before = assignment.state.clone();
    assert_eq!(assignment.done(Command::Update(old), &om()), []);
    assert_eq!(assignment.state, before);
}

#[test]
fn an_item_that_is_no_longer_required_is_dropped_and_its_question_withdrawn() {
    // A36.
    let mut assignment = flow_a();
    let oudercheck = question_of(&assignment, Item::Oudercheck);
    let children_only = briefed_again(&assignment, |household| drop(household.persons.remove(1)));
    let events = assignment.done(Command::Update(Box::new(children_only)), &om());
    assert!(events.contains(&Event::Dropped { item: Item::Oudercheck }));
    assert!(withdrawn(&events).contains(&oudercheck.name));
    assert!(!assignment.body().snapshot(1).items.contains_key(&Item::Oudercheck));
    let refusal = assignment.refusal(Command::Retry(Item::Oudercheck), &rvdk());
    assert_eq!(refusal, Some(Refusal::NotNow(NotNow::NotRequired)));
}

#[test]
fn of_an_item_that_was_asked_too_much_nothing_is_read_in_advice_and_draft_and_nobody_stays_named() {
    // A36, D10.
    let mut assignment = flow_a();
    let oudercheck = question_of(&assignment, Item::Oudercheck);
    let friend = FurtherPerson { identity: Sensitive::case(identity(7, ADULT)), remark: text("haar vriend") };
    let answer = Answer { further_persons: vec![friend], ..not_known(&oudercheck) };
    complete(&mut assignment);
    sign(&mut assignment);
    assignment.done(deliver_command(&oudercheck, 2, answer), &source(&oudercheck));
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
    assert_eq!(assignment.body().closed_off_in(&assignment.body().advices[0]), BTreeSet::new());
    let draft = SavedDraft { version: 1, draft: Draft::default(), by: rvdk(), at: assignment.now };
    let without = briefed_again(&assignment, |household| drop(household.persons.remove(1)));
    assignment.done(Command::Update(Box::new(without)), &om());
    let (body, closed) = (assignment.body(), BTreeSet::from([Item::Oudercheck]));
    assert_eq!(body.closed_off_in(&body.advices[0]), closed);
    assert_eq!(body.closed_off_since(&draft), closed);
    assert_eq!(body.snapshot(1).further_persons, []);
    assert!(body.closed_off[0].answered);
}

#[test]
fn what_was_asked_too_much_is_answered_only_by_an_answer_of_its_own_round() {
    // A36: the answer of an earlier round was needed then.
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    let with = briefed_again(&assignment, |household| household.persons.push(person(9, Relation::Ouder, ADULT)));
    assignment.done(Command::Update(Box::new(with)), &om());
    let without =
        briefed_again(&assignment, |household| household.persons.retain(|person| ![2, 9].contains(&person.number)));
    assignment.done(Command::Update(Box::new(without)), &om());
    let [closed] = &assignment.body().closed_off[..] else { panic!("the oudercheck") };
    assert!(closed.up_to > 0 && !closed.answered);
}

#[test]
fn an_item_that_is_required_again_is_a_new_round() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    let parent = assignment.body().brief.as_ref().unwrap().household.persons[1].clone();
    let without = briefed_again(&assignment, |household| drop(household.persons.remove(1)));
    assignment.done(Command::Update(Box::new(without)), &om());
    let with = briefed_again(&assignment, |household| household.persons.push(parent));
    let events = assignment.done(Command::Update(Box::new(with)), &om());
    assert!(questions(&events).contains(&(Item::Oudercheck, 2)));
    assert_eq!(state(&assignment, Item::Oudercheck), State::Queued, "the answer of before does not count");
}

#[test]
fn a_new_dossier_is_a_new_version_that_is_not_weighed() {
    let mut assignment = flow_a();
    complete(&mut assignment);
    sign(&mut assignment);
    let brief = next(assignment.body().brief.as_ref().unwrap());
    let brief = Brief { dossier_version: 2, ..brief };
    assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(state(&assignment, Item::Politiedossier), State::Answered);
    assert!(assignment.body().is_stale());
}

#[test]
fn a_brief_for_another_lead_is_another_assignment() {
    // D23.
    let assignment = flow_a();
    let brief = next(assignment.body().brief.as_ref().unwrap());
    let brief = Brief { flow: crate::flow::Flow::B, ..brief };
    let refusal = assignment.refusal(Command::Update(Box::new(brief)), &om());
    assert_eq!(refusal, malformed("brief.flow", Problem::NotForThisOffice));
}

#[test]
fn a_brief_about_someone_who_is_not_on_its_list_is_malformed() {
    let assignment = flow_a();
    let mut brief = next(assignment.body().brief.as_ref().unwrap());
    brief.household.persons.pop();
    let Some(Refusal::Malformed(faults)) = assignment.refusal(Command::Update(Box::new(brief)), &om()) else {
        panic!("it was taken")
    };
    assert!(faults.iter().all(|fault| fault.problem == Problem::UnknownPerson) && !faults.is_empty());
}

#[test]
fn ending_withdraws_what_is_still_open_and_nothing_else() {
    // D25.
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    let events = assignment.done(Command::Withdraw, &om());
    assert_eq!(withdrawn(&events), [question_of(&assignment, Item::VeiligThuis).name]);
    assert_eq!(assignment.done(Command::Withdraw, &om()), []);
    let brief = next(assignment.body().brief.as_ref().unwrap());
    assert_eq!(assignment.done(Command::Update(Box::new(brief)), &om()), [], "nothing is asked any more");
    for command in [Command::Retry(Item::VeiligThuis), Command::Sign(Box::new(content(assignment.body())))] {
        assert_eq!(assignment.refusal(command, &rvdk()), Some(Refusal::NotNow(NotNow::Withdrawn)));
    }
}

#[test]
fn a_question_that_arrives_after_its_withdrawal_is_withdrawn_once_more() {
    // A36, D25: the withdrawal overtook the ask, and found nothing at the source.
    for reply in [Reply::Pending, Reply::Answered(1, Box::new(not_known(&question_of(&flow_a(), Item::VeiligThuis))))] {
        let mut assignment = flow_a();
        let vt = question_of(&assignment, Item::VeiligThuis);
        assignment.done(Command::Withdraw, &om());
        let events = assignment.done(Command::NoteReply(vt.name, reply.clone()), &rvdk());
        assert_eq!(withdrawn(&events), [vt.name], "{reply:?}");
        let addressee = vt.addressee.kind;
        let errands: Vec<Errand> = events.iter().flat_map(react).collect();
        assert!(errands.contains(&Errand::Withdraw { question: vt.name, addressee }));
        let again = deliver_command(&vt, 1, not_known(&vt));
        let heard = !assignment.done(again, &source(&vt)).is_empty();
        assert_eq!(heard, reply == Reply::Pending, "what was kept is known to be kept");
    }
}
