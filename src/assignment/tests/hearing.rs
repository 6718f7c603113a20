//! What the sources say: in any order, twice, late, and only by who was asked.

use super::*;
use crate::household::{AgeClass, Relation};
use crate::identity::Identity;
use crate::item::{Code, State};
use crate::organisation::Role;
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use proptest::prelude::*;

fn further(number: u32, birth: &str) -> FurtherPerson {
    FurtherPerson { identity: Sensitive::case(identity(number, birth)), remark: text("ook in huis") }
}

fn with_further(question: &Question, further: &[FurtherPerson]) -> Answer {
    Answer { further_persons: further.to_vec(), ..not_known(question) }
}

fn named(events: &[Event]) -> Vec<AgeClass> {
    let named = |event: &Event| match event {
        Event::FurtherPersonNamed { further, .. } => Some(further.age),
        _ => None,
    };
    events.iter().filter_map(named).collect()
}

/// A case in which VT's question was withdrawn for a new round.
fn in_round_two() -> (Lead, Question) {
    let mut assignment = flow_a();
    let first = question_of(&assignment, Item::VeiligThuis);
    let brief = briefed_again(&assignment, |household| household.persons.push(person(4, Relation::BroerZus, FIFTEEN)));
    assignment.done(Command::Update(Box::new(brief)), &om());
    (assignment, first)
}

#[test]
fn an_answer_from_a_clock_that_runs_a_little_ahead_is_news() {
    // A16, D21: right by the clock of its source; hours ahead is no clock.
    let assignment = flow_a();
    let oudercheck = question_of(&assignment, Item::Oudercheck);
    let searched_in = |seconds: i64| {
        let mut answer = not_known(&oudercheck);
        answer.searched.as_of = now() + jiff::SignedDuration::from_secs(seconds);
        assignment.refusal(deliver_command(&oudercheck, 1, answer), &source(&oudercheck))
    };
    assert_eq!((searched_in(1), searched_in(300)), (None, None));
    assert_eq!(searched_in(3600), malformed("answer.searched.as_of", Problem::InFuture));
}

#[test]
fn only_the_asked_organisation_of_the_asked_region_answers() {
    // D19, invariant 12.
    let assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    for command in [
        deliver_command(&vt, 1, not_known(&vt)),
        Command::NoteReceived { question: vt.name },
        Command::NoteTakenUp { question: vt.name, sequence: 1 },
    ] {
        assert_eq!(assignment.refusal(command.clone(), &source(&vt)), None);
        for stranger in
            [elsewhere(Kind::VeiligThuis, Role::Dienst), service(Kind::Reclassering), service(Kind::Rvdk), om()]
        {
            assert_eq!(assignment.refusal(command.clone(), &stranger), OTHER_ORGANISATION, "{stranger:?}");
        }
    }
}

#[test]
fn an_answer_to_a_question_that_was_never_asked_has_nowhere_to_go() {
    let assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let unknown = Question { name: QuestionName::derive(assignment_name(), Item::Kindcheck, 1), ..vt.clone() };
    let command = deliver_command(&unknown, 1, not_known(&vt));
    assert_eq!(assignment.refusal(command.clone(), &service(Kind::VeiligThuis)), Some(Refusal::NotFound));
    assert_eq!(assignment.refusal(command, &elsewhere(Kind::VeiligThuis, Role::Dienst)), OTHER_ORGANISATION);
}

#[test]
fn a_question_travels_and_never_travels_back() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let mut after = |command| {
        assignment.done(command, &source(&vt));
        state(&assignment, Item::VeiligThuis)
    };
    assert_eq!(after(Command::NoteReply(vt.name, Reply::Pending)), State::Asked);
    assert_eq!(after(Command::NoteTakenUp { question: vt.name, sequence: 1 }), State::TakenUp);
    assert_eq!(after(Command::NoteReceived { question: vt.name }), State::TakenUp);
    assert_eq!(after(Command::NoteTakenUp { question: vt.name, sequence: 2 }), State::TakenUp);
    assert_eq!(after(deliver_command(&vt, 1, not_known(&vt))), State::Answered);
    assert_eq!(after(Command::NoteTakenUp { question: vt.name, sequence: 3 }), State::Answered);
}

#[test]
fn the_same_answer_twice_counts_once_and_another_under_its_number_is_refused() {
    // E4, invariant 5.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assert_eq!(deliver(&mut assignment, Item::VeiligThuis, 1, known).len(), 1);
    let before = assignment.state.clone();
    assert_eq!(deliver(&mut assignment, Item::VeiligThuis, 1, known), []);
    let reply = Command::NoteReply(vt.name, Reply::Answered(1, Box::new(answer_to(&vt, known))));
    assert_eq!(assignment.done(reply, &source(&vt)), [], "the reply to the ask brought it already");
    assert_eq!(assignment.state, before);
    let refusal = assignment.refusal(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    assert_eq!(refusal, malformed("version", Problem::Duplicate));
}

#[test]
fn of_answers_out_of_order_the_highest_version_counts_and_all_stay_readable() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::Oudercheck, 3, known);
    deliver(&mut assignment, Item::Oudercheck, 1, |_| Outcome::Ambiguous { candidates: 2 });
    let track = &assignment.body().tracks[&Item::Oudercheck];
    assert_eq!((track.latest().unwrap().version, track.standing().state), (3, State::Answered));
    let strand = track.running().next().unwrap();
    assert_eq!(strand.answers.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(
        track.versions.iter().map(|one| one.version).collect::<Vec<_>>(),
        [3],
        "what was overtaken changes nothing"
    );
}

#[test]
fn an_answer_that_does_not_count_leaves_the_item_incomplete() {
    let mut assignment = flow_a();
    let mut after = |version, outcome: Outcome| {
        deliver(&mut assignment, Item::Oudercheck, version, |_| outcome.clone());
        state(&assignment, Item::Oudercheck)
    };
    assert_eq!(after(1, Outcome::Refused { ground: text("grond") }), State::Incomplete(Code::Geweigerd));
    assert_eq!(after(2, Outcome::WrongRegion { region: String::new() }), State::Incomplete(Code::Regio));
    assert_eq!(after(3, Outcome::NotKnown), State::Answered);
    assert_eq!(after(4, Outcome::Ambiguous { candidates: 2 }), State::Incomplete(Code::Identiteit), "also afterwards");
}

#[test]
fn a_malformed_answer_and_a_version_nought_are_refused() {
    let assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let silence = Answer { outcomes: Vec::new(), ..not_known(&vt) };
    let refused = |version, answer| assignment.refusal(deliver_command(&vt, version, answer), &source(&vt));
    assert_eq!(refused(1, silence), malformed("answer.outcomes", Problem::LeftOut));
    assert_eq!(refused(0, not_known(&vt)), malformed("version", Problem::NoSuchVersion));
    assert_eq!(refused(u32::MAX, not_known(&vt)), malformed("version", Problem::Form));
}

#[test]
fn an_answer_to_a_withdrawn_question_is_kept_once_and_never_counted() {
    // D19, invariant 13.
    let (mut assignment, first) = in_round_two();
    let late = deliver_command(&first, 1, not_known(&first));
    let events = assignment.done(late.clone(), &source(&first));
    // Whoever answers may not have heard that it was withdrawn.
    assert!(matches!(&events[..], [Event::NotCounted { version: 1, .. }, Event::QuestionWithdrawn { .. }]));
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Queued);
    assert_eq!(assignment.done(late.clone(), &source(&first)), []);
    assert_eq!(assignment.refusal(late, &service(Kind::Reclassering)), OTHER_ORGANISATION);
    let taken_up = Command::NoteTakenUp { question: first.name, sequence: 1 };
    assert_eq!(assignment.done(taken_up, &source(&first)), []);
}

#[test]
fn in_a_new_round_the_first_version_counts_again_and_the_old_one_no_longer() {
    let mut assignment = flow_a();
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    let brief = briefed_again(&assignment, |household| household.persons.push(person(4, Relation::BroerZus, FIFTEEN)));
    assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Queued);
    assert_eq!(assignment.refusal(weighing(assignment.body(), Item::Politiedossier).unwrap(), &rvdk()), None);
    deliver(&mut assignment, Item::VeiligThuis, 1, known);
    let track = &assignment.body().tracks[&Item::VeiligThuis];
    assert_eq!((track.latest().unwrap().version, track.versions.len()), (3, 2));
}

#[test]
fn a_snapshot_names_every_question_of_this_round_with_the_latest_version_at_its_source() {
    // D28, D29: what the last look needs, and no word of content.
    let (mut assignment, first) = in_round_two();
    let enquired = |assignment: &Lead, item| {
        let questions = assignment.body().snapshot(1).questions;
        let found: Vec<_> = questions.into_iter().filter(|enquired| enquired.item == item).collect();
        found.into_iter().map(|enquired| (enquired.question, enquired.addressee, enquired.version)).collect::<Vec<_>>()
    };
    let second = question_of(&assignment, Item::VeiligThuis);
    assert_ne!(first.name, second.name);
    assert_eq!(enquired(&assignment, Item::VeiligThuis), [(second.name, second.addressee.clone(), 0)]);
    assignment.done(deliver_command(&second, 2, not_known(&second)), &source(&second));
    assignment.done(deliver_command(&second, 1, not_known(&second)), &source(&second));
    assert_eq!(enquired(&assignment, Item::VeiligThuis), [(second.name, second.addressee.clone(), 2)]);
    assert_eq!(enquired(&assignment, Item::EigenOnderzoek), []);
}

#[test]
fn an_answer_after_the_end_is_kept_once_and_never_counted() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let oudercheck = question_of(&assignment, Item::Oudercheck);
    deliver(&mut assignment, Item::Oudercheck, 1, known);
    assignment.done(Command::Withdraw, &om());
    for question in [vt, oudercheck] {
        let late = deliver_command(&question, 2, not_known(&question));
        let events = assignment.done(late.clone(), &source(&question));
        assert!(matches!(events[0], Event::NotCounted { version: 2, .. }));
        assert_eq!(assignment.done(late, &source(&question)), []);
    }
}

#[test]
fn a_further_person_is_named_to_om_by_an_opaque_reference_and_an_age_only() {
    // D10.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let answer = with_further(&vt, &[further(7, ADULT), further(8, FIFTEEN), further(9, AROUND_EIGHTEEN)]);
    let events = assignment.done(deliver_command(&vt, 1, answer), &source(&vt));
    assert_eq!(named(&events), [AgeClass::Adult, AgeClass::Minor, AgeClass::Uncertain]);
    let told = assignment.body().snapshot(1).further_persons;
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|one| one.reference.starts_with(&format!("{}/further/", assignment_name()))));
    assert_clean(&told);
}

#[test]
fn a_further_person_who_is_listed_named_before_or_named_twice_is_named_once() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let answer = with_further(&vt, &[further(2, "1980-01-01"), further(7, ADULT), further(7, ADULT)]);
    assert_eq!(named(&assignment.done(deliver_command(&vt, 1, answer), &source(&vt))), [AgeClass::Adult]);
    let again = with_further(&vt, &[further(7, ADULT)]);
    assert_eq!(named(&assignment.done(deliver_command(&vt, 2, again), &source(&vt))), []);
}

/// Someone of whom too little is known to be sure who it is.
fn vague(birth: &str) -> FurtherPerson {
    let identity = Identity { bsn: None, postcode: String::new(), ..identity(7, birth) };
    FurtherPerson { identity: Sensitive::case(identity), ..further(7, birth) }
}

#[test]
fn the_same_office_names_a_vague_person_once_and_two_of_them_are_two_each_time() {
    // D10: what an answer says again is no news, however little it says.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let one = vague(AROUND_EIGHTEEN);
    let mut hear = |version, persons: &[FurtherPerson]| {
        named(&assignment.done(deliver_command(&vt, version, with_further(&vt, persons)), &source(&vt))).len()
    };
    assert_eq!(hear(1, &[one.clone(), one.clone()]), 2);
    assert_eq!(hear(2, &[one.clone(), one.clone()]), 0);
    assert_eq!(hear(3, &[one.clone(), one.clone(), one.clone()]), 1);
    assert_eq!(hear(4, &[vague("2009"), one]), 1);
}

#[test]
fn two_offices_name_one_person_where_it_surely_is_one_and_else_two() {
    // D10, A33.
    let whole = |bsn: bool| {
        let known = identity(7, ADULT);
        let identity = Identity { bsn: known.bsn.clone().filter(|_| bsn), ..known };
        FurtherPerson { identity: Sensitive::case(identity), ..further(7, ADULT) }
    };
    for (first, second, news) in
        [(whole(true), whole(false), 0), (whole(false), whole(true), 0), (vague("2008"), vague("2008"), 1)]
    {
        let mut assignment = flow_a();
        let vt = question_of(&assignment, Item::VeiligThuis);
        let check = question_of(&assignment, Item::Oudercheck);
        assignment.done(deliver_command(&vt, 1, with_further(&vt, &[first])), &source(&vt));
        let events = assignment.done(deliver_command(&check, 1, with_further(&check, &[second])), &source(&check));
        assert_eq!(named(&events).len(), news);
    }
}

#[test]
fn who_is_named_by_nothing_but_a_remark_is_told_apart_by_it() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let child = |remark: &str| FurtherPerson {
        identity: Sensitive::case(Identity::unknown()),
        remark: Sensitive::case(remark.into()),
    };
    let first = with_further(&vt, &[child("baby")]);
    assert_eq!(named(&assignment.done(deliver_command(&vt, 1, first), &source(&vt))).len(), 1);
    let second = with_further(&vt, &[child("baby"), child("kleuter")]);
    assert_eq!(named(&assignment.done(deliver_command(&vt, 2, second), &source(&vt))).len(), 1);
}

#[test]
fn who_is_on_the_list_without_being_asked_about_is_named_when_an_answer_says_that_he_matters() {
    // D10: a witness who turns out to live there is looked up by nobody as long as he is only on the list.
    let mut assignment = flow_a();
    let with_a_witness = briefed_again(&assignment, |household| {
        household.persons.push(person(7, Relation::GeenFamilie, ADULT));
    });
    assignment.done(Command::Update(Box::new(with_a_witness)), &om());
    let vt = question_of(&assignment, Item::VeiligThuis);
    let witness = FurtherPerson { identity: person(7, Relation::GeenFamilie, ADULT).identity, ..further(7, ADULT) };
    let named = named(&assignment.done(deliver_command(&vt, 1, with_further(&vt, &[witness])), &source(&vt)));
    assert_eq!(named.len(), 1);
}

#[test]
fn a_further_person_from_the_own_files_is_news_too() {
    let mut assignment = flow_a();
    let about = assignment.body().tracks[&Item::EigenOnderzoek].about.clone();
    let answer = Answer { further_persons: vec![further(7, ADULT)], ..answer_about(&about, |_| Outcome::NotKnown) };
    let events = assignment.done(Command::RecordOwnFile(Box::new(answer)), &rvdk());
    assert_eq!(named(&events), [AgeClass::Adult]);
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
}

#[test]
fn who_stood_in_an_own_file_that_was_recorded_anew_is_no_longer_named() {
    // D10: it was the file of another family.
    let mut assignment = flow_a();
    let about = assignment.body().tracks[&Item::EigenOnderzoek].about.clone();
    let found = |further_persons| Answer { further_persons, ..answer_about(&about, |_| Outcome::NotKnown) };
    let record = |answer| Command::RecordOwnFile(Box::new(answer));
    assignment.done(record(found(vec![further(7, ADULT), further(8, ADULT)])), &rvdk());
    assignment.done(record(found(vec![further(8, ADULT)])), &rvdk());
    assert_eq!(assignment.body().snapshot(1).further_persons, [assignment.body().further[1].further.clone()]);
}

#[test]
fn who_stood_in_an_own_file_on_fewer_persons_stays_named() {
    // The list grew, and the new search was about the new person as well: it corrects nothing.
    let mut assignment = flow_a();
    let about = assignment.body().tracks[&Item::EigenOnderzoek].about.clone();
    let answer = Answer { further_persons: vec![further(7, ADULT)], ..answer_about(&about, |_| Outcome::NotKnown) };
    assignment.done(Command::RecordOwnFile(Box::new(answer)), &rvdk());
    let brief =
        briefed_again(&assignment, |household| household.persons.push(person(9, Relation::BroerZus, "2015-05-05")));
    assignment.done(Command::Update(Box::new(brief)), &om());
    let more = assignment.body().tracks[&Item::EigenOnderzoek].about.clone();
    assert_ne!(more, about);
    let again = answer_about(&more, |_| Outcome::NotKnown);
    assignment.done(Command::RecordOwnFile(Box::new(again)), &rvdk());
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
}

#[test]
fn once_listed_a_further_person_is_asked_about_by_the_name_that_only_the_lead_knows() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(deliver_command(&vt, 1, with_further(&vt, &[further(7, ADULT)])), &source(&vt));
    let reference = assignment.body().further[0].further.clone();
    let brief = briefed_again(&assignment, |household| {
        let identity: Sensitive<Identity> = Sensitive::forgotten(4);
        let person = person(4, Relation::OverigGezin, "");
        household.persons.push(crate::household::Person { identity, further: Some(reference), ..person });
    });
    assignment.done(Command::Update(Box::new(brief)), &om());
    for item in [Item::VeiligThuis, Item::Oudercheck] {
        let question = question_of(&assignment, item);
        let asked = question.subjects.iter().find(|one| one.person == 4).unwrap();
        assert_eq!(asked.identity.reveal(), Some(&identity(7, ADULT)), "{item}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lawful_answers_in_any_order_all_land_and_give_the_same_standing(
        order in Just(vec![1u32, 2, 3, 4]).prop_shuffle(), withdrawn in any::<bool>(),
        answers in {
            let question = question_of(&flow_a(), Item::Oudercheck);
            proptest::collection::vec(crate::arbitrary::answer_to(&question), 4)
        },
    ) {
        // Invariants 5 and 13.
        let mut assignment = flow_a();
        let question = question_of(&assignment, Item::Oudercheck);
        if withdrawn {
            assignment.done(Command::Withdraw, &om());
        }
        for version in order.iter().chain(&order) {
            let answer = answers[*version as usize - 1].clone();
            prop_assert!(assignment.act(deliver_command(&question, *version, answer), &source(&question)).is_ok());
        }
        let track = &assignment.body().tracks[&Item::Oudercheck];
        let given = track.strand(question.name).map_or(0, |strand| strand.answers.len());
        let landed = given + assignment.body().past.get(&question.name).map_or(0, |past| past.not_counted.len());
        prop_assert_eq!(landed, 4);
        if !withdrawn {
            prop_assert_eq!(track.latest().unwrap().content.answers().next(), Some(&answers[3]));
        }
    }
}
