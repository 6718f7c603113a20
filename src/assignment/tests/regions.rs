//! More than one office for one item: whoever belongs to another region is asked about there, once (D32).

use super::*;
use crate::degree::Dimension;
use crate::item::{Code, State, Trouble};
use crate::judgement::Judgement;
use crate::organisation::{Region, Role};
use crate::outcome::Outcome;
use crate::retraction::Retraction;
use proptest::prelude::*;

const VT: Item = Item::VeiligThuis;

fn sent_to(region: &str) -> Outcome {
    Outcome::WrongRegion { region: region.into() }
}

/// The questions that run for an item, in the order in which they were asked.
fn running(assignment: &Lead, item: Item) -> Vec<Question> {
    assignment.body().tracks[&item].running().map(|strand| Question::clone(&strand.question)).collect()
}

fn answer_with(assignment: &mut Lead, question: &Question, version: u32, answer: Answer) -> Vec<Event> {
    assignment.done(deliver_command(question, version, answer), &of(&question.addressee, Role::Dienst))
}

fn say(assignment: &mut Lead, question: &Question, version: u32, outcome: impl Fn(u32) -> Outcome) -> Vec<Event> {
    answer_with(assignment, question, version, answer_to(question, outcome))
}

/// The little sister, person 3, belongs to another region; the others are known where the report was made.
fn sister_in(region: &'static str) -> impl Fn(u32) -> Outcome {
    move |person| if person == 3 { sent_to(region) } else { known(person) }
}

fn latest(assignment: &Lead) -> u32 {
    assignment.body().tracks[&VT].standing().latest
}

#[test]
fn whoever_belongs_to_another_region_is_asked_about_there_at_once() {
    // D32: by itself, about that person alone, of the office of the same kind.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    let events = say(&mut assignment, &first, 1, sister_in("noord"));
    let [_, second] = &running(&assignment, VT)[..] else { panic!("{events:?}") };
    assert_eq!(second.addressee.to_string(), "veilig-thuis@noord");
    assert_eq!((second.round, second.answer_about()), (2, vec![3]));
    assert!(second.faults("question", now()).is_empty());
    let errands: Vec<Errand> = events.iter().flat_map(react).collect();
    assert!(errands.contains(&Errand::Ask { item: VT, question: second.name }));
    assert_eq!(state(&assignment, VT), State::Queued, "as far as the question that is least far");
}

#[test]
fn the_other_region_settles_it_and_silence_never_does() {
    // D32, invariant 2: a wrong region is never "not known".
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    assert_eq!(weigh_refusal(&assignment, 1), Some(Refusal::NotNow(NotNow::NotWeighable)));
    let second = question_of(&assignment, VT);
    answer_with(&mut assignment, &second, 1, no_report_in(&second));
    assert_eq!((state(&assignment, VT), latest(&assignment)), (State::Answered, 2));
    let told = assignment.body().tracks[&VT].latest().unwrap().content.answers().count();
    assert_eq!(told, 2, "both answers are read together");
    assignment.done(weighing(assignment.body(), VT).unwrap(), &rvdk());
    assert_eq!(state(&assignment, VT), State::Weighed);
}

fn weigh_refusal(assignment: &Lead, version: u32) -> Option<Refusal> {
    let lines = Vec::new();
    assignment.refusal(Command::Weigh { item: VT, version, reason: text("reden"), lines }, &rvdk())
}

/// Nobody known, and no report, as a region may say that did not get this case's report.
fn no_report_in(question: &Question) -> Answer {
    Answer { judgement: Some(Judgement::NoReportKnown), ..not_known(question) }
}

#[test]
fn only_the_region_with_this_cases_report_must_judge_on_it() {
    // D14, A30.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    assert_eq!((second.reported_in.as_ref(), &second.report), (Some(&first.addressee.region), &None));
    assert!(no_report_in(&second).faults(&second, "answer", now()).is_empty());
    assert!(!no_report_in(&first).faults(&first, "answer", now()).is_empty());
}

#[test]
fn a_region_that_sends_everyone_on_sends_the_report_on_too() {
    // D14: somebody judges on this case's report, or the gate stays shut.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    let nobody = Answer { judgement: None, ..answer_to(&first, |_| sent_to("noord")) };
    answer_with(&mut assignment, &first, 1, nobody);
    let second = question_of(&assignment, VT);
    assert_eq!((second.reported_in.as_ref(), second.report.as_deref()), (None, Some(REPORT)));
    assert!(!no_report_in(&second).faults(&second, "answer", now()).is_empty());
    say(&mut assignment, &second, 1, known);
    assert_eq!(state(&assignment, VT), State::Answered);
}

/// The adviser asks the north about people in words of his own, a moment after what came before.
fn ask_the_north(assignment: &mut Lead, persons: &[u32]) -> Question {
    ask_in(assignment, "noord", persons)
}

fn ask_in(assignment: &mut Lead, region: &str, persons: &[u32]) -> Question {
    let (persons, region) = (persons.to_vec(), Region::parse(region));
    let ask = FurtherAsk { item: VT, persons, text: text("Is de moeder op 3 november gebeld?"), region };
    assignment.done(Command::AskFurther(ask), &rvdk());
    question_of(assignment, VT)
}

#[test]
fn while_nobody_judges_on_the_report_a_wrong_region_stays_open() {
    // D14: another region spoke about the sister, but not on this case's report. The way out is to ask there.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    answer_with(&mut assignment, &second, 1, no_report_in(&second));
    let nobody = |person| sent_to(if person == 3 { "noord" } else { "" });
    let nobody = Answer { judgement: None, ..answer_to(&first, nobody) };
    answer_with(&mut assignment, &first, 2, nobody);
    assert_eq!(running(&assignment, VT).len(), 2, "the sister was asked about there");
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
    let third = ask_the_north(&mut assignment, &[1, 2]);
    assert_eq!((third.report.as_deref(), third.reported_in.as_ref()), (Some(REPORT), None));
    say(&mut assignment, &third, 1, known);
    assert_eq!(state(&assignment, VT), State::Answered);
}

#[test]
fn a_question_of_the_advisers_own_does_not_stand_in_for_the_one_that_is_required() {
    // R-3.8-3, D32: nobody looked the sister up, whatever was said about a telephone call.
    for answered in [true, false] {
        let mut assignment = flow_a();
        let first = question_of(&assignment, VT);
        let narrow = ask_the_north(&mut assignment, &[3]);
        if answered {
            answer_with(&mut assignment, &narrow, 1, no_report_in(&narrow));
        }
        say(&mut assignment, &first, 1, sister_in("noord"));
        let required = question_of(&assignment, VT);
        assert_eq!((required.addressee.to_string().as_str(), required.answer_about()), ("veilig-thuis@noord", vec![3]));
        assert_eq!((required.text.as_ref(), running(&assignment, VT).len()), (None, 3));
        if !answered {
            answer_with(&mut assignment, &narrow, 1, no_report_in(&narrow));
        }
        assert_eq!(state(&assignment, VT), State::Queued);
        answer_with(&mut assignment, &required, 1, no_report_in(&required));
        assert_eq!(state(&assignment, VT), State::Answered);
    }
}

#[test]
fn what_an_adviser_asked_before_a_region_could_not_be_named_does_not_settle_it() {
    // R-3.8-3, D32: what he asks because of it does.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    let narrow = ask_the_north(&mut assignment, &[3]);
    answer_with(&mut assignment, &narrow, 1, no_report_in(&narrow));
    say(&mut assignment, &first, 1, sister_in(""));
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
    let later = ask_the_north(&mut assignment, &[3]);
    answer_with(&mut assignment, &later, 1, no_report_in(&later));
    assert_eq!(state(&assignment, VT), State::Answered);
}

#[test]
fn what_an_adviser_asks_because_of_a_question_of_his_own_settles_that_one_and_not_the_required_one() {
    // R-3.8-3, D32: no region but the first was asked what OM requires about the sister.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    let narrow = ask_in(&mut assignment, "noord", &[3]);
    answer_with(&mut assignment, &narrow, 1, answer_to(&narrow, |_| sent_to("")));
    let next = ask_in(&mut assignment, "oost", &[3]);
    answer_with(&mut assignment, &next, 1, no_report_in(&next));
    say(&mut assignment, &first, 1, sister_in(""));
    let settled = |question: &Question| {
        let body = assignment.body();
        body.tracks[&VT].is_answered(body.strand(question.name).unwrap())
    };
    assert!(settled(&narrow) && !settled(&first));
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
}

#[test]
fn what_follows_from_a_question_of_the_advisers_own_stands_in_for_no_more_than_that_one() {
    // R-3.8-3, D32.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    let narrow = ask_the_north(&mut assignment, &[3]);
    say(&mut assignment, &first, 1, sister_in(""));
    answer_with(&mut assignment, &narrow, 1, answer_to(&narrow, |_| sent_to("zuid")));
    let sent_on = question_of(&assignment, VT);
    assert_eq!((sent_on.addressee.region.as_str(), &sent_on.text), ("zuid", &narrow.text));
    answer_with(&mut assignment, &sent_on, 1, no_report_in(&sent_on));
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
}

#[test]
fn a_region_that_was_not_asked_about_someone_settles_nothing_about_them() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    answer_with(&mut assignment, &second, 1, no_report_in(&second));
    let mother_too = |person| if person == 2 { sent_to("") } else { sister_in("noord")(person) };
    say(&mut assignment, &first, 2, mother_too);
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
}

#[test]
fn regions_that_send_someone_back_and_forth_are_each_asked_once() {
    // D32: no ping-pong; then an adviser must act.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    let back = |assignment: &mut Lead, version, region: &str| {
        let answer = Answer { judgement: None, ..answer_to(&second, |_| sent_to(region)) };
        answer_with(assignment, &second, version, answer)
    };
    back(&mut assignment, 1, "midden");
    assert_eq!(running(&assignment, VT).len(), 2);
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
    back(&mut assignment, 2, "zuid");
    let third = question_of(&assignment, VT);
    assert_eq!(third.addressee.region, Region::parse("zuid").unwrap());
    answer_with(&mut assignment, &third, 1, no_report_in(&third));
    assert_eq!(state(&assignment, VT), State::Answered, "the last of them knows");
}

#[test]
fn a_region_that_cannot_be_named_waits_for_an_adviser() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in(""));
    assert_eq!(running(&assignment, VT).len(), 1);
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
}

#[test]
fn who_was_sent_to_a_region_by_mistake_is_no_longer_asked_about_there() {
    // A36, invariant 7: perhaps there is no such region, and nobody would ever answer.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("nergens"));
    let second = question_of(&assignment, VT);
    let events = say(&mut assignment, &first, 2, known);
    assert!(events.contains(&Event::LetGo { item: VT, question: second.name, dismissal: None }));
    assert!(matches!(events[1], Event::QuestionWithdrawn { question, .. } if question == second.name));
    assert_eq!((state(&assignment, VT), latest(&assignment)), (State::Answered, 2));
    let late = answer_with(&mut assignment, &second, 1, no_report_in(&second));
    assert!(matches!(late[0], Event::NotCounted { .. }));
}

fn taken_back(question: &Question, version: u32, of: u32) -> Command {
    let retraction = Retraction { of, reason: text("een ander") };
    Command::DeliverRetraction { question: question.name, version, retraction }
}

#[test]
fn a_region_that_is_not_there_is_let_go_when_the_answer_that_named_it_is_taken_back() {
    // D12, D32, invariant 9: a retraction is no correction, and calls the question off as well.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("nergens"));
    let second = question_of(&assignment, VT);
    let stuck = Command::NoteTrouble(Errand::Ask { item: VT, question: second.name }, Trouble::Refused);
    assignment.done(stuck, &service(Kind::Rvdk));
    let events = assignment.done(taken_back(&first, 2, 1), &source(&first));
    let Question { name, addressee, .. } = second.clone();
    let called_off = [
        Event::QuestionWithdrawn { question: name, addressee },
        Event::LetGo { item: VT, question: name, dismissal: None },
    ];
    assert_eq!(events[1..], called_off);
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::NogNietVolledig), "the first region answers anew");
    say(&mut assignment, &first, 3, known);
    assert_eq!(state(&assignment, VT), State::Answered);
}

#[test]
fn what_an_adviser_asked_is_not_called_off_by_what_a_source_says() {
    // D7: only a person lets go of it, also where the source had named that region.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let sent_on = question_of(&assignment, VT);
    let (persons, region) = (vec![3], Region::parse("noord"));
    let ask = FurtherAsk { item: VT, persons, text: text("Is het kind nu veilig?"), region };
    assignment.done(Command::AskFurther(ask), &rvdk());
    let own = question_of(&assignment, VT);
    for news in [deliver_command(&first, 2, answer_to(&first, known)), taken_back(&first, 2, 1)] {
        let mut assignment = assignment.clone();
        assignment.done(news, &source(&first));
        assert_eq!(assignment.body().strand(sent_on.name), None);
        assert!(assignment.body().strand(own.name).is_some());
    }
}

#[test]
fn a_question_that_a_retraction_left_standing_is_called_off_by_the_next_answer() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("nergens"));
    let Command::DeliverRetraction { question, version, retraction } = taken_back(&first, 2, 1) else { unreachable!() };
    let retracted = Event::AnswerRetracted { question, version, retraction };
    assignment.state = evolve(assignment.state.clone(), &retracted, now());
    assert_eq!(running(&assignment, VT).len(), 2);
    say(&mut assignment, &first, 3, known);
    assert_eq!((running(&assignment, VT).len(), state(&assignment, VT)), (1, State::Answered));
}

#[test]
fn a_retraction_that_was_overtaken_or_comes_after_the_end_calls_nothing_off() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, known);
    say(&mut assignment, &first, 3, sister_in("noord"));
    let mut ended = assignment.clone();
    let events = assignment.done(taken_back(&first, 2, 1), &source(&first));
    assert!(matches!(events[..], [Event::AnswerRetracted { .. }]), "{events:?}");
    assert_eq!(running(&assignment, VT).len(), 2);
    ended.done(Command::Withdraw, &om());
    let late = ended.done(taken_back(&first, 4, 3), &source(&first));
    assert!(!late.iter().any(|event| matches!(event, Event::LetGo { .. })), "{late:?}");
}

#[test]
fn what_another_region_answered_stays_though_the_first_takes_its_words_back() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    answer_with(&mut assignment, &second, 1, no_report_in(&second));
    say(&mut assignment, &first, 2, known);
    assert_eq!(running(&assignment, VT).len(), 2);
    assert_eq!((state(&assignment, VT), latest(&assignment)), (State::Answered, 3));
}

#[test]
fn a_region_that_was_named_by_mistake_settles_nothing_though_it_answered() {
    // D12, D32: all that is known of the sister is that a region knows nothing where nobody says that she lives.
    for taken in [false, true] {
        let mut assignment = flow_a();
        let first = question_of(&assignment, VT);
        say(&mut assignment, &first, 1, sister_in("noord"));
        let second = question_of(&assignment, VT);
        answer_with(&mut assignment, &second, 1, no_report_in(&second));
        assert_eq!(state(&assignment, VT), State::Answered);
        if taken {
            assignment.done(taken_back(&first, 2, 1), &source(&first));
        }
        say(&mut assignment, &first, 3, sister_in(""));
        assert_eq!((running(&assignment, VT).len(), state(&assignment, VT)), (2, State::Incomplete(Code::Regio)));
        let mut named_again = assignment.clone();
        say(&mut named_again, &first, 4, sister_in("noord"));
        assert_eq!(state(&named_again, VT), State::Answered);
        let further = ask_the_north(&mut assignment, &[3]);
        answer_with(&mut assignment, &further, 1, no_report_in(&further));
        assert_eq!(state(&assignment, VT), State::Answered, "an adviser asks because of it");
    }
}

#[test]
fn a_region_that_nobody_names_any_more_settles_nothing_for_the_one_that_had_named_it() {
    // D32.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    let nobody = |region: &str| Answer { judgement: None, ..answer_to(&second, |_| sent_to(region)) };
    answer_with(&mut assignment, &second, 1, nobody("zuid"));
    let third = question_of(&assignment, VT);
    answer_with(&mut assignment, &third, 1, no_report_in(&third));
    answer_with(&mut assignment, &second, 2, nobody(""));
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
    say(&mut assignment, &first, 2, sister_in("zuid"));
    assert_eq!(state(&assignment, VT), State::Answered, "another names it");
}

#[test]
fn what_was_overtaken_on_its_way_asks_nobody_anything() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 2, known);
    say(&mut assignment, &first, 1, sister_in("noord"));
    assert_eq!(running(&assignment, VT).len(), 1);
    assert_eq!((state(&assignment, VT), latest(&assignment)), (State::Answered, 2));
}

#[test]
fn each_region_speaks_for_its_own_question_only() {
    // D19, D32.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    for (question, stranger) in [(&first, &second), (&second, &first)] {
        let command = deliver_command(question, 2, not_known(question));
        assert_eq!(assignment.refusal(command, &of(&stranger.addressee, Role::Dienst)), OTHER_ORGANISATION);
    }
}

#[test]
fn a_new_round_closes_the_questions_in_every_region() {
    // D19, D23: and what still comes of them is kept and never counted.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    let brief = briefed_again(&assignment, |household| drop(household.persons.pop()));
    let events = assignment.done(Command::Update(Box::new(brief)), &om());
    for question in [&first, &second] {
        let Question { name, addressee, .. } = question.clone();
        assert!(events.contains(&Event::QuestionWithdrawn { question: name, addressee }));
    }
    assert_eq!(running(&assignment, VT).iter().map(|question| question.round).collect::<Vec<_>>(), [3]);
    let late = answer_with(&mut assignment, &second, 1, no_report_in(&second));
    assert!(matches!(late[0], Event::NotCounted { .. }));
    assert_eq!(state(&assignment, VT), State::Queued);
    assert_eq!(assignment.body().tracks[&VT].strands.len(), 3, "all stay readable");
}

#[test]
fn the_end_withdraws_every_question_that_is_open_and_a_retry_asks_all_in_trouble() {
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    let stuck = Command::NoteTrouble(Errand::Ask { item: VT, question: second.name }, Trouble::Refused);
    assignment.done(stuck, &service(Kind::Rvdk));
    assert_eq!(assignment.body().tracks[&VT].standing().trouble, Some(Trouble::Refused), "an unknown region is seen");
    let retried = assignment.done(Command::Retry(VT), &rvdk());
    assert_eq!(retried, [Event::Retried { item: VT, question: second.name }]);
    let ended = assignment.done(Command::Withdraw, &om());
    let told = |question: &Question| {
        let (question, addressee) = (question.name, question.addressee.clone());
        ended.contains(&Event::QuestionWithdrawn { question, addressee })
    };
    assert!(told(&first) && told(&second));
}

#[test]
fn the_judgement_of_every_veilig_thuis_is_quoted_and_each_deviation_explained() {
    // R-3.2.5-1, A32, A30.
    let mut assignment = flow_a();
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, 1, sister_in("noord"));
    let second = question_of(&assignment, VT);
    let Judgement::Judged(mut judged) = judged(&[]) else { unreachable!() };
    judged.acute = crate::degree::Level::Vastgesteld;
    let heavier = Judgement::Judged(judged);
    let answer = Answer { judgement: Some(heavier.clone()), ..answer_to(&second, known) };
    answer_with(&mut assignment, &second, 1, answer);
    deliver(&mut assignment, Item::Oudercheck, 1, |_| Outcome::NotKnown);
    search_own_file(&mut assignment);
    weigh_all(&mut assignment);
    let mut silent = content(assignment.body());
    silent.disagreements.retain(|line| line.disagreement.dimension != Dimension::Acute);
    let unexplained = assignment.refusal(Command::Sign(Box::new(silent)), &rvdk());
    let faults = Faults::one("content.disagreements.acute.adviseur", Problem::DeviationUnexplained);
    assert_eq!(unexplained, Some(Refusal::Unsignable(faults, Vec::new())));
    sign(&mut assignment);
    let advice = assignment.body().advices.last().unwrap();
    assert_eq!(advice.judged_by.as_ref(), Some(&first.addressee));
    let [further] = &advice.further_judgements[..] else { panic!("{advice:?}") };
    assert_eq!((&further.by, &further.judgement), (&second.addressee, &heavier));
}

/// Answers of up to three regions, as (region, version) in the order of arrival.
fn arrivals() -> impl Strategy<Value = Vec<(usize, u32)>> {
    let all: Vec<(usize, u32)> = (0..3).flat_map(|at| (1..=3).map(move |version| (at, version))).collect();
    (Just(all).prop_shuffle(), 0..=9usize).prop_map(|(mut all, kept)| {
        all.truncate(kept);
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_version_of_an_item_rises_with_what_counts_and_does_not_depend_on_the_order(
        arrivals in arrivals(), regions in 1..=3usize,
    ) {
        // Invariants 4 and 5.
        let mut assignment = flow_a();
        let first = question_of(&assignment, VT);
        let sent = |person: u32| match (person, regions) {
            (2, 3) => sent_to("zuid"),
            (3, 2 | 3) => sent_to("noord"),
            _ => known(person),
        };
        say(&mut assignment, &first, 1, sent);
        let questions = running(&assignment, VT);
        prop_assert_eq!(questions.len(), regions);
        let arrivals: Vec<_> = arrivals.into_iter().filter(|(at, _)| *at < regions).collect();
        let tell = |assignment: &mut Lead, (at, version): (usize, u32)| {
            // The first region says the same at every version.
            let outcome = |person| if at == 0 { sent(person) } else { known(person) };
            say(assignment, &questions[at], version, outcome);
        };
        let mut before = latest(&assignment);
        for arrival in &arrivals {
            tell(&mut assignment, *arrival);
            prop_assert!(latest(&assignment) >= before, "a number never falls");
            before = latest(&assignment);
            let state = assignment.state.clone();
            tell(&mut assignment, *arrival);
            prop_assert_eq!(&assignment.state, &state, "the same again is no news");
        }
        let mut in_order = flow_a();
        say(&mut in_order, &first, 1, sent);
        let mut sorted = arrivals;
        sorted.sort_unstable();
        sorted.into_iter().for_each(|arrival| tell(&mut in_order, arrival));
        prop_assert_eq!(latest(&assignment), latest(&in_order));
        let content = |lead: &Lead| lead.body().tracks[&VT].latest().map(|version| version.content.clone());
        prop_assert_eq!(content(&assignment), content(&in_order));
        prop_assert_eq!(state(&assignment, VT), state(&in_order, VT));
    }
}
