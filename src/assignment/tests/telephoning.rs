//! A source cannot answer otherwise, and is phoned (A16, D20): one adviser notes it, a second confirms it.

use super::*;
use crate::item::{Code, State, Trouble};
use crate::look::Finding;
use crate::organisation::Role;
use crate::personal::Sensitive;
use crate::telephone::Call;

fn colleague() -> Actor {
    Actor { person: "ambtenaar-2".into(), ..rvdk() }
}

fn call() -> Call {
    Call { spoken_with: text("Piket"), number: text("030-0000000"), at: now() }
}

fn record(question: &Question, answer: Answer) -> Command {
    Command::RecordTelephoneAnswer { question: question.name, call: call(), answer: Box::new(answer) }
}

fn confirm(question: &Question, number: u32) -> Command {
    Command::ConfirmTelephoneAnswer { question: question.name, number }
}

/// The question to Veilig Thuis, of which someone noted by telephone that nobody is known.
fn noted() -> (Lead, Question) {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(record(&vt, not_known(&vt)), &rvdk());
    (assignment, vt)
}

fn confirmed() -> (Lead, Question) {
    let (mut assignment, vt) = noted();
    assignment.done(confirm(&vt, 1), &colleague());
    (assignment, vt)
}

/// The same, of a call at another time.
fn of_a_call_at(at: Timestamp, question: &Question, answer: Answer) -> Command {
    let call = Call { at, ..call() };
    Command::RecordTelephoneAnswer { question: question.name, call, answer: Box::new(answer) }
}

/// The source is not done: the rest is still to come.
fn partly(question: &Question) -> Answer {
    let substance = |person| known(person).substance().cloned().unwrap();
    let rest = |person| Outcome::Partly { substance: substance(person), still_to_come: text("de rest") };
    answer_to(question, rest)
}

fn taken_back(question: &Question, version: u32, of: u32) -> Command {
    let retraction = Retraction { of, reason: text("een andere Jan Vries") };
    Command::DeliverRetraction { question: question.name, version, retraction }
}

fn retracted(assignment: &Lead) -> BTreeSet<u32> {
    assignment.body().retracted().remove(&Item::VeiligThuis).unwrap_or_default()
}

fn latest(assignment: &Lead) -> u32 {
    assignment.body().tracks[&Item::VeiligThuis].standing().latest
}

#[test]
fn what_one_adviser_notes_does_not_count_and_is_told_as_incomplete() {
    // D20, D29.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let events = assignment.done(record(&vt, not_known(&vt)), &rvdk());
    let tell = Errand::TellTelephoneAnswer { question: vt.name, number: 1 };
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [tell, Errand::Report]);
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Incomplete(Code::NogNietVolledig));
    assert_eq!(latest(&assignment), 0);
    let weigh = Command::Weigh { item: Item::VeiligThuis, version: 1, reason: text("reden"), lines: Vec::new() };
    assert_eq!(assignment.refusal(weigh, &rvdk()), malformed("version", Problem::NoSuchVersion));
}

#[test]
fn who_noted_it_does_not_confirm_it() {
    let (assignment, vt) = noted();
    let itself = Some(Refusal::NotNow(NotNow::SecondPerson));
    assert_eq!(assignment.refusal(confirm(&vt, 1), &rvdk()), itself);
    let (assignment, vt) = confirmed();
    assert_eq!(assignment.refusal(confirm(&vt, 1), &rvdk()), itself);
}

#[test]
fn a_second_adviser_makes_it_a_version_that_counts_once_weighed() {
    let (mut assignment, vt) = noted();
    let events = assignment.done(confirm(&vt, 1), &colleague());
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Report]);
    assert_eq!((state(&assignment, Item::VeiligThuis), latest(&assignment)), (State::Answered, 1));
    assert_eq!(assignment.done(confirm(&vt, 1), &colleague()), []);
    let weigh = weighing(assignment.body(), Item::VeiligThuis).unwrap();
    assignment.done(weigh, &rvdk());
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Weighed);
    // For the last look the source still gave nothing (D28).
    let questions = assignment.body().snapshot(1).questions;
    assert_eq!(questions.iter().find(|one| one.question == vt.name).map(|one| one.version), Some(0));
}

#[test]
fn the_sources_own_answer_takes_its_place_and_must_be_weighed_anew() {
    let (mut assignment, vt) = confirmed();
    assignment.done(weighing(assignment.body(), Item::VeiligThuis).unwrap(), &rvdk());
    assignment.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    assert_eq!((state(&assignment, Item::VeiligThuis), latest(&assignment)), (State::Answered, 2));
    let track = &assignment.body().tracks[&Item::VeiligThuis];
    let told = |version| track.version(version).and_then(|one| one.content.told()[0].telephoned);
    assert_eq!((told(1), told(2)), (Some(1), None));
}

#[test]
fn what_came_after_the_sources_own_answer_is_not_confirmed_any_more() {
    let (mut assignment, vt) = noted();
    assignment.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    let superseded = Some(Refusal::NotNow(NotNow::Overtaken));
    assert_eq!(assignment.refusal(confirm(&vt, 1), &colleague()), superseded);
    assert_eq!(assignment.refusal(record(&vt, not_known(&vt)), &rvdk()), superseded);
    assert_eq!((state(&assignment, Item::VeiligThuis), latest(&assignment)), (State::Answered, 1));
}

#[test]
fn by_telephone_comes_what_an_answer_in_part_still_lacks() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let unsure = answer_to(&vt, |_| Outcome::Ambiguous { candidates: 2 });
    assignment.done(deliver_command(&vt, 1, unsure), &source(&vt));
    assignment.done(record(&vt, not_known(&vt)), &rvdk());
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Incomplete(Code::Identiteit));
    assignment.done(confirm(&vt, 1), &colleague());
    assert_eq!((state(&assignment, Item::VeiligThuis), latest(&assignment)), (State::Answered, 2));
}

#[test]
fn of_two_notes_the_later_one_that_was_confirmed_counts() {
    let (mut assignment, vt) = noted();
    let known_by_phone = answer_to(&vt, known);
    assignment.done(record(&vt, known_by_phone), &rvdk());
    assignment.done(confirm(&vt, 2), &colleague());
    assert_eq!(assignment.refusal(confirm(&vt, 1), &colleague()), Some(Refusal::NotNow(NotNow::Overtaken)));
    assert!(assignment.body().tracks[&Item::VeiligThuis].latest().is_some_and(|one| !one.content.known().is_empty()));
}

#[test]
fn it_is_checked_as_an_answer_and_the_call_must_be_said() {
    // D11, D13: "not known" is earned by telephone too.
    let assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let mut answer = not_known(&vt);
    answer.searched.register = String::new();
    answer.outcomes.pop();
    let nobody = Call { spoken_with: Sensitive::case(String::new()), ..call() };
    let command = Command::RecordTelephoneAnswer { question: vt.name, call: nobody, answer: Box::new(answer) };
    let Some(Refusal::Malformed(faults)) = assignment.refusal(command, &rvdk()) else { panic!("it is wrong") };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["answer.outcomes", "answer.searched.register", "call.spoken_with"]);
}

#[test]
fn who_noted_it_stands_as_who_searched() {
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let events = assignment.done(record(&vt, not_known(&vt)), &colleague());
    let [Event::TelephoneAnswerRecorded { answer, by, .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((answer.searched.by.as_str(), by.person.as_str()), ("ambtenaar-2", "ambtenaar-2"));
}

#[test]
fn it_opens_the_item_also_where_the_question_does_not_get_through() {
    // E3: the question can still be asked again.
    let (mut assignment, vt) = noted();
    let ask = Errand::Ask { item: Item::VeiligThuis, question: vt.name };
    assignment.done(Command::NoteTrouble(ask, Trouble::Stuck), &service(Kind::Rvdk));
    assert_eq!(assignment.body().tracks[&Item::VeiligThuis].standing().trouble, Some(Trouble::Stuck));
    assignment.done(confirm(&vt, 1), &colleague());
    assert_eq!(assignment.body().tracks[&Item::VeiligThuis].standing().trouble, None);
    assert_eq!(assignment.done(Command::Retry(Item::VeiligThuis), &rvdk()).len(), 1);
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Answered);
}

#[test]
fn only_advisers_of_the_lead_note_and_confirm() {
    // D19, D31.
    let (assignment, vt) = noted();
    for command in [record(&vt, not_known(&vt)), confirm(&vt, 1)] {
        for other in [operator(), prosecutor(), desk(Kind::Rvdk), desk(Kind::VeiligThuis)] {
            assert_eq!(assignment.refusal(command.clone(), &other), OTHER_ROLE, "{other:?}");
        }
        assert_eq!(assignment.refusal(command.clone(), &adviser(Kind::Reclassering)), OTHER_ORGANISATION);
        assert_eq!(assignment.refusal(command.clone(), &elsewhere(Kind::Rvdk, Role::Adviseur)), OTHER_ORGANISATION);
        assert_eq!(assignment.refusal(command, &service(Kind::Rvdk)), OTHER_ROLE);
    }
}

#[test]
fn after_the_end_or_to_a_question_that_does_not_run_it_is_refused() {
    let (mut assignment, vt) = noted();
    let brief = briefed_again(&assignment, |household| household.persons.truncate(2));
    assignment.done(Command::Update(Box::new(brief)), &om());
    let withdrawn = Some(Refusal::NotNow(NotNow::Withdrawn));
    assert_eq!(assignment.refusal(confirm(&vt, 1), &colleague()), withdrawn);
    let (mut ended, vt) = noted();
    ended.done(Command::Withdraw, &om());
    assert_eq!(ended.refusal(record(&vt, not_known(&vt)), &rvdk()), withdrawn);
    assert_eq!(ended.refusal(confirm(&vt, 1), &colleague()), withdrawn);
    let nowhere = Command::ConfirmTelephoneAnswer { question: QuestionName::new(uuid::Uuid::from_u128(1)), number: 1 };
    assert_eq!(flow_a().refusal(nowhere, &rvdk()), Some(Refusal::NotFound));
    assert_eq!(noted().0.refusal(confirm(&vt, 2), &colleague()), malformed("number", Problem::NoSuchVersion));
}

#[test]
fn its_source_is_told_what_was_noted_and_not_by_whom_until_there_is_something_newer() {
    // D20, D29.
    let (mut assignment, vt) = noted();
    let told = |assignment: &Lead, number| assignment.body().strand(vt.name).and_then(|strand| strand.note(number));
    let note = told(&assignment, 1).unwrap();
    assert_eq!((note.number, note.followed, &note.call, note.answer.searched.by.as_str()), (1, 0, &call(), ""));
    assignment.done(confirm(&vt, 1), &colleague());
    assert_eq!(told(&assignment, 1), Some(note), "it can still be confirmed there");
    assert_eq!(told(&assignment, 2), None);
    assignment.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    assert_eq!(told(&assignment, 1), None);
}

#[test]
fn what_its_source_confirmed_and_took_back_is_not_read_any_more_as_it_was_noted() {
    // D12: also what two advisers stood for.
    let (mut assignment, vt) = confirmed();
    let note = assignment.body().strand(vt.name).and_then(|strand| strand.note(1)).unwrap();
    assignment.done(deliver_command(&vt, 1, *note.answer), &source(&vt));
    assert_eq!(retracted(&assignment), BTreeSet::new());
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(retracted(&assignment), BTreeSet::from([1, 2]));
    assert!(assignment.body().strand(vt.name).is_some_and(|strand| strand.is_note_retracted(&strand.telephoned[0])));
}

#[test]
fn what_its_source_confirms_is_the_sources_own_answer_and_needs_no_second_adviser() {
    // D20.
    let (mut assignment, vt) = noted();
    let note = assignment.body().strand(vt.name).and_then(|strand| strand.note(1)).unwrap();
    assignment.done(deliver_command(&vt, 1, *note.answer), &source(&vt));
    assert!(
        assignment.body().strand(vt.name).is_some_and(|strand| strand.is_confirmed_by_source(&strand.telephoned[0]))
    );
    assert_eq!((state(&assignment, Item::VeiligThuis), latest(&assignment)), (State::Answered, 1));
    assignment.done(weighing(assignment.body(), Item::VeiligThuis).unwrap(), &rvdk());
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Weighed);
}

#[test]
fn a_person_named_by_telephone_is_told_to_om_once_it_is_confirmed() {
    // D10.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let identity = Sensitive::case(identity(20, ADULT));
    let further_persons = vec![FurtherPerson { identity, remark: text("ook in huis") }];
    assignment.done(record(&vt, Answer { further_persons, ..not_known(&vt) }), &rvdk());
    assert_eq!(assignment.body().snapshot(1).further_persons, []);
    assignment.done(confirm(&vt, 1), &colleague());
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
}

#[test]
fn another_region_named_by_telephone_is_asked_once_it_is_confirmed_until_the_source_says_otherwise() {
    // D32.
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let moved = answer_to(&vt, |_| Outcome::WrongRegion { region: "noord".into() });
    assignment.done(record(&vt, moved), &rvdk());
    let events = assignment.done(confirm(&vt, 1), &colleague());
    assert!(matches!(&events[..], [Event::TelephoneAnswerConfirmed { .. }, Event::AlsoAsked { .. }]), "{events:?}");
    let events = assignment.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    let called_off = |event: &Event| matches!(event, Event::LetGo { item: Item::VeiligThuis, .. });
    assert!(events.iter().any(called_off), "{events:?}");
}

#[test]
fn what_its_source_wrote_after_the_call_and_took_back_closes_what_was_noted_of_it_and_is_not_signed_anew() {
    // D12, D24: in whatever words the source wrote it.
    let mut assignment = flow_a();
    complete_but_for_vt(&mut assignment);
    let vt = question_of(&assignment, Item::VeiligThuis);
    let identity = Sensitive::case(identity(20, ADULT));
    let further_persons = vec![FurtherPerson { identity, remark: text("haar vriend") }];
    let by_phone = Answer { further_persons, ..answer_to(&vt, known) };
    assignment.done(record(&vt, by_phone), &rvdk());
    assignment.done(confirm(&vt, 1), &colleague());
    weigh_all(&mut assignment);
    sign(&mut assignment);
    assert_eq!(assignment.body().snapshot(1).further_persons.len(), 1);
    let own_words = answer_to(&vt, known);
    assignment.done(deliver_command(&vt, 1, own_words), &source(&vt));
    assert_eq!(retracted(&assignment), BTreeSet::new());
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(retracted(&assignment), BTreeSet::from([1, 2]), "the note, and what was written after it");
    assert_eq!(assignment.body().snapshot(1).further_persons, [], "D10");
    assignment.done(deliver_command(&vt, 3, not_known(&vt)), &source(&vt));
    let reading = Reading { item: Item::VeiligThuis, version: 4, reason: text("geen gevolg"), lines: Vec::new() };
    let refusal = assignment
        .refusal(Command::Reaffirm(Reaffirmation { readings: vec![reading], brief_has_no_effect: empty() }), &rvdk());
    assert_eq!(refusal, Some(Refusal::NotNow(NotNow::RestsOnRetracted)));
}

fn complete_but_for_vt(assignment: &mut Lead) {
    deliver(assignment, Item::Oudercheck, 1, |_| Outcome::NotKnown);
    search_own_file(assignment);
}

#[test]
fn what_was_said_after_the_source_had_taken_an_answer_back_stays() {
    // D12: a later call, and a supplement that was taken back alone.
    let (mut assignment, vt) = confirmed();
    assignment.done(deliver_command(&vt, 1, partly(&vt)), &source(&vt));
    assignment.done(deliver_command(&vt, 2, answer_to(&vt, known)), &source(&vt));
    assignment.done(taken_back(&vt, 3, 2), &source(&vt));
    assignment.done(record(&vt, not_known(&vt)), &rvdk());
    assignment.done(confirm(&vt, 2), &colleague());
    let strand = assignment.body().strand(vt.name).unwrap();
    assert!(!strand.is_note_retracted(&strand.telephoned[0]) && !strand.is_note_retracted(&strand.telephoned[1]));
}

#[test]
fn a_note_is_closed_off_also_where_the_answer_after_it_never_arrived() {
    let (mut assignment, vt) = confirmed();
    assignment.done(taken_back(&vt, 2, 1), &source(&vt));
    assert_eq!(retracted(&assignment), BTreeSet::from([1]));
}

#[test]
fn a_call_of_before_the_question_the_sources_own_words_or_an_earlier_note_is_not_noted() {
    // D20, D21: what is older says nothing about what is newer.
    let too_early = malformed("call.at", Problem::OutOfOrder);
    let mut assignment = flow_a();
    let vt = question_of(&assignment, Item::VeiligThuis);
    let refusal = |assignment: &Lead, at| assignment.refusal(of_a_call_at(at, &vt, not_known(&vt)), &rvdk());
    assignment.now = hours(5);
    assert_eq!(refusal(&assignment, hours(-1)), too_early, "before it was asked");
    assert_eq!(refusal(&assignment, hours(1)), None);
    let mut noted = assignment.clone();
    noted.done(of_a_call_at(hours(3), &vt, not_known(&vt)), &rvdk());
    assert_eq!((refusal(&noted, hours(2)), refusal(&noted, hours(3))), (too_early.clone(), None), "an earlier call");
    let mut answered = assignment.clone();
    answered.done(deliver_command(&vt, 1, partly(&vt)), &source(&vt));
    answered.now = hours(6);
    assert_eq!(
        (refusal(&answered, hours(4)), refusal(&answered, hours(5))),
        (too_early.clone(), None),
        "its own words"
    );
    answered.done(taken_back(&vt, 2, 1), &source(&vt));
    answered.now = hours(7);
    assert_eq!((refusal(&answered, hours(5)), refusal(&answered, hours(6))), (too_early, None), "a retraction");
}

#[test]
fn a_later_call_that_nobody_confirmed_yet_holds_back_what_counted_before() {
    // D20, D28, D29.
    let mut assignment = flow_a();
    complete_but_for_vt(&mut assignment);
    let vt = question_of(&assignment, Item::VeiligThuis);
    assignment.done(record(&vt, not_known(&vt)), &rvdk());
    assignment.done(confirm(&vt, 1), &colleague());
    weigh_all(&mut assignment);
    sign(&mut assignment);
    let look = |assignment: &Lead| super::super::confirm(&assignment.state, 1, 1, &om());
    assert_eq!(look(&assignment), Ok(Finding::Current));
    let events = assignment.done(record(&vt, answer_to(&vt, known)), &rvdk());
    assert!(events.iter().flat_map(react).any(|errand| errand == Errand::Report));
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Incomplete(Code::NogNietVolledig));
    assert_eq!(look(&assignment), Ok(Finding::InProgress));
    assignment.done(confirm(&vt, 2), &colleague());
    assert_eq!(state(&assignment, Item::VeiligThuis), State::Answered);
}

#[test]
fn an_earlier_call_is_not_confirmed_while_a_later_one_waits() {
    // D20: the later one says how it is now.
    let (mut assignment, vt) = noted();
    assignment.done(record(&vt, answer_to(&vt, known)), &rvdk());
    assert_eq!(assignment.refusal(confirm(&vt, 1), &colleague()), Some(Refusal::NotNow(NotNow::Overtaken)));
    assert_eq!(assignment.refusal(confirm(&vt, 2), &colleague()), None);
}

#[test]
fn what_was_answered_is_not_let_go_because_a_later_call_waits() {
    // D7.
    let mut assignment = flow_a();
    let ask = FurtherAsk { item: Item::VeiligThuis, persons: vec![3], text: text("Is zij veilig?"), region: None };
    assignment.done(Command::AskFurther(ask), &rvdk());
    let own = question_of(&assignment, Item::VeiligThuis);
    for number in 1..=2 {
        assignment.done(record(&own, answer_to(&own, known)), &rvdk());
        let let_go = Command::LetGo { question: own.name, reason: text("niet nodig") };
        let answered = (number == 2).then_some(Refusal::NotNow(NotNow::Answered));
        assert_eq!(assignment.refusal(let_go, &rvdk()), answered);
        if number == 1 {
            assignment.done(confirm(&own, number), &colleague());
        }
    }
}

#[test]
fn at_the_end_a_source_that_was_only_phoned_is_told_that_its_question_was_withdrawn() {
    // D25, P6: it still has the question, and would look the family up.
    let (mut assignment, vt) = confirmed();
    let events = assignment.done(Command::Withdraw, &om());
    let Question { name: question, addressee, .. } = vt.clone();
    assert!(events.contains(&Event::QuestionWithdrawn { question, addressee }));
    let late = assignment.done(deliver_command(&vt, 1, not_known(&vt)), &source(&vt));
    assert!(matches!(&late[..], [Event::NotCounted { .. }, Event::QuestionWithdrawn { .. }]), "{late:?}");
}
