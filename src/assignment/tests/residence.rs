//! Veilig Thuis is asked where each person lives, and every region must answer (A30, D32).

use super::*;
use crate::household::{Household, PersonNumber};
use crate::item::{Code, State};
use crate::judgement::Judgement;
use crate::organisation::{Region, Role};
use proptest::prelude::*;
use std::collections::BTreeSet;

const VT: Item = Item::VeiligThuis;
const REGIONS: [Option<&str>; 4] = [None, Some("midden"), Some("noord"), Some("zuid")];

/// Who lives in which region; nothing where nobody said so.
fn live_in(household: &mut Household, regions: &[Option<&str>]) {
    for (person, region) in household.persons.iter_mut().zip(regions) {
        person.vt_region = region.and_then(Region::parse);
    }
}

/// A minor suspect, the mother and the little sister, each in a region.
fn family_in(regions: [Option<&str>; 3]) -> Lead {
    let mut household = parent_and_child(FIFTEEN);
    live_in(&mut household, &regions);
    assigned(&confirmed(registration(household, crate::offence::HgKm::Ja)))
}

fn moves_to(assignment: &mut Lead, regions: &[Option<&str>]) -> Vec<Event> {
    let brief = briefed_again(assignment, |household| live_in(household, regions));
    assignment.done(Command::Update(Box::new(brief)), &om())
}

fn running(assignment: &Lead) -> Vec<Question> {
    assignment.body().tracks[&VT].running().map(|strand| Question::clone(&strand.question)).collect()
}

/// What runs: in which region, about whom.
fn asked(assignment: &Lead) -> Vec<(String, Vec<PersonNumber>)> {
    let asked = |question: Question| (question.addressee.region.as_str().to_owned(), question.answer_about());
    running(assignment).into_iter().map(asked).collect()
}

fn at(region: &str, about: &[PersonNumber]) -> (String, Vec<PersonNumber>) {
    (region.to_owned(), about.to_vec())
}

/// Everyone is known; a region without the report knows of none.
fn answer(assignment: &mut Lead, question: &Question) -> Vec<Event> {
    say(assignment, question, known)
}

fn say(assignment: &mut Lead, question: &Question, outcome: impl Fn(PersonNumber) -> Outcome) -> Vec<Event> {
    let mut answer = answer_to(question, outcome);
    if question.reported_in.is_some() {
        answer.judgement = Some(Judgement::NoReportKnown);
    }
    let version = assignment.body().strand(question.name).map_or(0, Strand::latest_version) + 1;
    assignment.done(deliver_command(question, version, answer), &of(&question.addressee, Role::Dienst))
}

fn sent_to(region: &str) -> Outcome {
    Outcome::WrongRegion { region: region.into() }
}

fn let_go(events: &[Event]) -> Vec<QuestionName> {
    let let_go = |event: &Event| match event {
        Event::LetGo { question, .. } => Some(*question),
        _ => None,
    };
    events.iter().filter_map(let_go).collect()
}

#[test]
fn every_region_where_somebody_lives_is_asked_about_who_lives_there() {
    // A30: at once, the region of the lead first; of whom nothing is said, there.
    let assignment = family_in([None, Some("midden"), Some("noord")]);
    let [home, away] = &running(&assignment)[..] else { panic!("two regions") };
    assert_eq!(asked(&assignment), [at("midden", &[1, 2]), at("noord", &[3])]);
    assert!(home.faults("question", now()).is_empty() && away.faults("question", now()).is_empty());
    assert_eq!((home.report.as_deref(), home.reported_in.as_ref()), (Some(REPORT), None));
    assert_eq!(
        (&away.report, away.reported_in.as_ref()),
        (&None, Some(&home.addressee.region)),
        "D14: one judges on it"
    );
    let errands: BTreeSet<Errand> = assignment.events.iter().flat_map(react).collect();
    let asks = |question: &Question| errands.contains(&Errand::Ask { item: VT, question: question.name });
    assert!(asks(home) && asks(away));
}

#[test]
fn only_veilig_thuis_is_asked_where_people_live() {
    let assignment = family_in([None, Some("noord"), None]);
    let oudercheck = question_of(&assignment, Item::Oudercheck);
    assert_eq!(
        (oudercheck.addressee.to_string().as_str(), oudercheck.answer_about()),
        ("reclassering@midden", vec![2])
    );
}

#[test]
fn while_one_region_is_silent_the_item_does_not_count() {
    // A30, scenario 64, invariant 2.
    let mut assignment = family_in([None, None, Some("noord")]);
    let [home, away] = &running(&assignment)[..] else { panic!("two regions") };
    answer(&mut assignment, home);
    assert_eq!(state(&assignment, VT), State::Queued);
    answer(&mut assignment, away);
    assert_eq!(state(&assignment, VT), State::Answered);
    assert_eq!(assignment.body().judgements().len(), 2, "both are quoted (A32)");
}

#[test]
fn where_nobody_lives_in_the_region_of_the_lead_another_judges_on_the_report() {
    let assignment = family_in([Some("noord"), Some("zuid"), Some("noord")]);
    assert_eq!(asked(&assignment), [at("noord", &[1, 3]), at("zuid", &[2])]);
    let reports: Vec<_> = running(&assignment).into_iter().map(|question| question.report).collect();
    assert_eq!(reports, [Some(REPORT.to_owned()), None]);
}

#[test]
fn a_change_in_one_region_leaves_what_was_asked_in_the_others() {
    // D23: the answer of the other region stands.
    let mut assignment = family_in([None, None, Some("noord")]);
    let [home, away] = &running(&assignment)[..] else { panic!("two regions") };
    answer(&mut assignment, home);
    answer(&mut assignment, away);
    let cousin = person(4, crate::household::Relation::OverigGezin, ADULT);
    let brief = briefed_again(&assignment, |household| {
        household.persons.push(crate::household::Person { vt_region: Region::parse("noord"), ..cousin });
    });
    let events = assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!(asked(&assignment), [at("midden", &[1, 2]), at("noord", &[3, 4])]);
    assert_eq!(running(&assignment)[0].name, home.name);
    assert_eq!(let_go(&events), [away.name]);
    let Question { name: question, addressee, .. } = away.clone();
    assert!(events.contains(&Event::QuestionWithdrawn { question, addressee }), "its source is told");
    assert_eq!(state(&assignment, VT), State::Queued);
    let anew = question_of(&assignment, VT);
    answer(&mut assignment, &anew);
    assert_eq!(state(&assignment, VT), State::Answered);
}

#[test]
fn a_region_where_nobody_lives_any_more_is_let_go() {
    let mut assignment = family_in([None, None, Some("noord")]);
    let away = question_of(&assignment, VT);
    let brief = briefed_again(&assignment, |household| drop(household.persons.pop()));
    let events = assignment.done(Command::Update(Box::new(brief)), &om());
    assert_eq!((asked(&assignment), let_go(&events)), (vec![at("midden", &[1, 2])], vec![away.name]));
}

#[test]
fn when_the_region_with_the_report_falls_away_another_judges_on_it() {
    // D14: what is asked there anew bears it.
    let mut assignment = family_in([None, Some("noord"), Some("zuid")]);
    moves_to(&mut assignment, &[Some("noord"), Some("noord"), Some("zuid")]);
    assert_eq!(asked(&assignment), [at("zuid", &[3]), at("noord", &[1, 2])]);
    let at_noord = question_of(&assignment, VT);
    assert_eq!((at_noord.reported_in, at_noord.report.as_deref()), (None, Some(REPORT)));
}

#[test]
fn when_no_question_with_the_report_is_left_all_are_put_anew() {
    // D14: or nobody would judge on it.
    let mut assignment = family_in([Some("noord"), Some("noord"), None]);
    let away = question_of(&assignment, VT);
    assert_eq!((away.report.as_ref(), away.answer_about()), (None, vec![1, 2]));
    let brief = briefed_again(&assignment, |household| drop(household.persons.pop()));
    assignment.done(Command::Update(Box::new(brief)), &om());
    let anew = question_of(&assignment, VT);
    assert_eq!((asked(&assignment), anew.round), (vec![at("noord", &[1, 2])], 3));
    assert_eq!((anew.reported_in, anew.report.as_deref()), (None, Some(REPORT)));
}

#[test]
fn who_was_sent_on_and_turns_out_to_live_there_is_not_asked_about_again() {
    // D23, D32.
    let mut assignment = family_in([None, None, None]);
    let first = question_of(&assignment, VT);
    say(&mut assignment, &first, |person| if person == 3 { sent_to("noord") } else { known(person) });
    let away = question_of(&assignment, VT);
    moves_to(&mut assignment, &[None, None, Some("noord")]);
    assert_eq!(asked(&assignment), [at("noord", &[3]), at("midden", &[1, 2])]);
    assert_eq!(running(&assignment)[0].name, away.name);
    assert_eq!(running(&assignment)[1].report.as_deref(), Some(REPORT));
}

#[test]
fn what_a_region_had_asked_elsewhere_goes_when_its_own_question_goes() {
    // D23, D32.
    let mut assignment = family_in([None, Some("noord"), Some("noord")]);
    let away = question_of(&assignment, VT);
    say(&mut assignment, &away, |person| if person == 3 { sent_to("zuid") } else { known(person) });
    let sent_on = question_of(&assignment, VT);
    let same = Box::new(next(assignment.body().brief.as_ref().unwrap()));
    assert!(matches!(&assignment.done(Command::Update(same), &om())[..], [Event::Briefed { .. }]));
    let events = moves_to(&mut assignment, &[None, None, Some("noord")]);
    assert_eq!(asked(&assignment), [at("midden", &[1, 2]), at("noord", &[3])]);
    assert!(matches!(events[1], Event::QuestionWithdrawn { .. }) && !running(&assignment).contains(&sent_on));
}

#[test]
fn a_wrong_region_is_asked_in_the_right_one_once_however_many_were_asked() {
    // D32: no ping-pong, and a region that is asked about others is asked about this one too.
    let mut assignment = family_in([None, None, Some("noord")]);
    let away = question_of(&assignment, VT);
    say(&mut assignment, &away, |_| sent_to("midden"));
    assert_eq!(asked(&assignment), [at("midden", &[1, 2]), at("noord", &[3]), at("midden", &[3])]);
    let back = question_of(&assignment, VT);
    assert_eq!(back.reported_in, None, "D14: the region with the report judges on it here too");
    say(&mut assignment, &back, |_| sent_to("noord"));
    assert_eq!(running(&assignment).len(), 3, "it was asked about there");
    let home = running(&assignment)[0].clone();
    answer(&mut assignment, &home);
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
}

#[test]
fn a_region_that_sends_everyone_on_hands_the_report_to_one_that_is_asked_already() {
    // D14.
    let mut assignment = family_in([None, None, Some("noord")]);
    let [home, away] = &running(&assignment)[..] else { panic!("two regions") };
    answer(&mut assignment, away);
    let nobody = Answer { judgement: None, ..answer_to(home, |_| sent_to("noord")) };
    assignment.done(deliver_command(home, 1, nobody), &source(home));
    let with_report = question_of(&assignment, VT);
    assert_eq!((with_report.addressee.region.as_str(), with_report.answer_about()), ("noord", vec![1, 2]));
    assert_eq!((with_report.reported_in.as_ref(), with_report.report.as_deref()), (None, Some(REPORT)));
    answer(&mut assignment, &with_report);
    assert_eq!(state(&assignment, VT), State::Answered);
}

#[test]
fn a_question_of_the_advisers_own_settles_no_more_when_a_new_brief_puts_it_anew() {
    // R-3.8-3, D23, D32: he had not asked it because the mother belongs elsewhere. Asked again it does settle that.
    let mut assignment = family_in([None, None, Some("noord")]);
    let home = running(&assignment)[0].clone();
    let ask = |assignment: &mut Lead| {
        let (persons, region) = (vec![2, 3], Region::parse("oost"));
        let ask = FurtherAsk { item: VT, persons, text: text("Is de moeder gebeld?"), region };
        assignment.done(Command::AskFurther(ask), &rvdk());
        question_of(assignment, VT)
    };
    let narrow = ask(&mut assignment);
    say(&mut assignment, &home, |person| if person == 2 { sent_to("") } else { known(person) });
    let brief = briefed_again(&assignment, |household| {
        household.persons[2].identity = person(3, crate::household::Relation::Kind, "2012-02-02").identity;
    });
    assignment.done(Command::Update(Box::new(brief)), &om());
    let now_asked = running(&assignment);
    assert!(now_asked.contains(&home) && !now_asked.contains(&narrow));
    assert_eq!(asked(&assignment), [at("midden", &[1, 2]), at("noord", &[3]), at("oost", &[2, 3])]);
    for question in &now_asked[1..] {
        say(&mut assignment, question, |_| Outcome::NotKnown);
    }
    assert_eq!(state(&assignment, VT), State::Incomplete(Code::Regio));
    let again = ask(&mut assignment);
    say(&mut assignment, &again, |_| Outcome::NotKnown);
    assert_eq!(state(&assignment, VT), State::Answered);
}

fn spread() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    proptest::collection::vec(proptest::sample::select(REGIONS.to_vec()), 5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everyone_is_asked_about_once_and_the_item_counts_when_every_region_answered(
        spreads in proptest::collection::vec((spread(), 1..=5usize), 1..=4),
        order in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle(),
        answered in 0..=3usize,
    ) {
        // A30, D7, D14, D23.
        let mut household = family(FIFTEEN, &[
            (crate::household::Relation::Ouder, "1980-01-01"),
            (crate::household::Relation::Kind, "2019-01-01"),
            (crate::household::Relation::BroerZus, "2014-01-01"),
            (crate::household::Relation::OverigGezin, "1950-01-01"),
        ]);
        let everyone = household.clone();
        live_in(&mut household, &spreads[0].0);
        let mut assignment = assigned(&confirmed(registration(household, crate::offence::HgKm::Ja)));
        for (place, (regions, kept)) in spreads.iter().enumerate() {
            let before = running(&assignment);
            if place > 0 {
                let brief = briefed_again(&assignment, |household| {
                    household.persons.clone_from(&everyone.persons);
                    live_in(household, regions);
                    household.persons.truncate(*kept);
                });
                assignment.done(Command::Update(Box::new(brief)), &om());
            }
            let now_asked = running(&assignment);
            let mut about: Vec<PersonNumber> = now_asked.iter().flat_map(Question::answer_about).collect();
            about.sort_unstable();
            let required = assignment.body().brief.as_ref().unwrap().required.of(VT).unwrap().answer_about();
            prop_assert_eq!(&about, &required, "each once, and nobody else");
            for question in &now_asked {
                for person in question.answer_about() {
                    let lives_in = regions[person as usize - 1].unwrap_or("midden");
                    prop_assert_eq!(question.addressee.region.as_str(), lives_in);
                }
            }
            let bear = now_asked.iter().filter(|question| question.reported_in.is_none()).count();
            prop_assert_eq!(bear, 1, "one judges on the report");
            for question in &before {
                let same = now_asked.iter().filter(|other| question.asks_the_same_as(other));
                prop_assert!(same.clone().all(|other| other.name == question.name), "nothing is asked twice");
            }
            // Some answer before the next change.
            for question in now_asked.iter().take(answered) {
                answer(&mut assignment, question);
            }
        }
        let mut silent = running(&assignment);
        silent.retain(|question| assignment.body().strand(question.name).unwrap().latest().is_none());
        for place in order {
            let Some(question) = silent.get(place) else { continue };
            prop_assert_ne!(state(&assignment, VT), State::Answered);
            answer(&mut assignment, question);
        }
        prop_assert_eq!(state(&assignment, VT), State::Answered);
    }
}
