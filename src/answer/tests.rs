//! An answer: exactly the asked persons, a closed set of outcomes, and a judgement on this case's report.

use super::*;
use crate::arbitrary;
use crate::fault::Fault;
use crate::outcome::Substance;
use crate::testing::*;
use proptest::prelude::*;

fn vt() -> Question {
    question_of(&flow_a(), Item::VeiligThuis)
}

fn oudercheck() -> Question {
    question_of(&flow_a(), Item::Oudercheck)
}

fn nobody(question: &Question) -> Answer {
    answer_to(question, |_| Outcome::NotKnown)
}

fn everybody(question: &Question) -> Answer {
    answer_to(question, known)
}

#[track_caller]
fn assert_faults(question: &Question, answer: &Answer, expected: &[(&str, Problem)]) {
    let faults = answer.faults(question, "answer", now());
    let expected: Vec<Fault> =
        expected.iter().map(|(field, problem)| Fault { field: format!("answer.{field}"), problem: *problem }).collect();
    assert_eq!(faults.iter().cloned().collect::<Vec<_>>(), expected);
}

fn every_kind() -> [(Outcome, Option<Code>); 7] {
    use Code::*;
    [
        (known(1), None),
        (Outcome::NotKnown, None),
        (Outcome::Partly { substance: substance(), still_to_come: text("rest") }, Some(NogNietVolledig)),
        (Outcome::TriageRunning { substance: substance(), expected: hours(100) }, Some(NogNietVolledig)),
        (Outcome::Ambiguous { candidates: 2 }, Some(Identiteit)),
        (Outcome::Refused { ground: text("grond") }, Some(Geweigerd)),
        (Outcome::WrongRegion { region: "noord".into() }, Some(Regio)),
    ]
}

#[test]
fn of_all_outcomes_only_known_and_not_known_count() {
    // D11, invariant 2.
    for (outcome, code) in every_kind() {
        assert_eq!(outcome.incomplete(), code, "{outcome:?}");
        let is_only_that = answer_about(&[1], |_| outcome.clone());
        assert_eq!(is_only_that.incomplete(), code);
    }
}

#[test]
fn one_person_whose_outcome_does_not_count_makes_the_answer_incomplete() {
    for (outcome, code) in every_kind() {
        let answer = answer_about(&[1, 2, 3], |person| if person == 3 { outcome.clone() } else { known(person) });
        assert_eq!(answer.incomplete(), code);
    }
}

#[test]
fn an_answer_about_exactly_the_asked_persons_is_right() {
    for question in [vt(), oudercheck(), question_of(&flow_b(), Item::Kindcheck)] {
        assert_faults(&question, &everybody(&question), &[]);
        assert_faults(&question, &nobody(&question), &[]);
    }
}

#[test]
fn leaving_out_an_asked_person_is_no_answer() {
    let question = vt();
    let mut answer = everybody(&question);
    answer.outcomes.pop();
    assert_faults(&question, &answer, &[("outcomes", Problem::LeftOut)]);
    let question = oudercheck();
    let silence = Answer { outcomes: Vec::new(), ..nobody(&question) };
    assert_faults(&question, &silence, &[("outcomes", Problem::LeftOut)]);
}

#[test]
fn an_outcome_about_someone_not_asked_or_twice_is_a_fault() {
    let question = oudercheck();
    let mut answer = nobody(&question);
    answer.outcomes.push(PersonOutcome { person: 9, outcome: Outcome::NotKnown });
    assert_faults(&question, &answer, &[("outcomes[1].person", Problem::NotAsked)]);
    answer.outcomes[1].person = 2;
    assert_faults(&question, &answer, &[("outcomes[1].person", Problem::Duplicate)]);
}

#[test]
fn known_without_any_words_is_a_fault() {
    let question = oudercheck();
    let silent = Substance { for_advice: empty(), for_adviser: empty() };
    let mut answer = nobody(&question);
    answer.outcomes[0].outcome = Outcome::Known(silent.clone());
    assert_faults(&question, &answer, &[("outcomes[0].substance.for_advice", Problem::Missing)]);
    answer.outcomes[0].outcome = Outcome::Known(Substance { for_adviser: text("alleen voor u"), ..silent });
    assert_faults(&question, &answer, &[]);
}

#[test]
fn what_was_searched_must_be_said() {
    // D13.
    let question = oudercheck();
    let mut answer = nobody(&question);
    answer.searched =
        Searched { identifiers: BTreeSet::new(), register: String::new(), as_of: hours(1), ..answer.searched };
    assert_faults(
        &question,
        &answer,
        &[
            ("searched.identifiers", Problem::Missing),
            ("searched.register", Problem::Missing),
            ("searched.as_of", Problem::InFuture),
        ],
    );
}

#[test]
fn veilig_thuis_always_states_the_safety_conditions_and_a_judgement_where_an_outcome_counts() {
    // D14, D16.
    let question = vt();
    let bare = Answer { judgement: None, safety_conditions: None, ..everybody(&question) };
    assert_faults(&question, &bare, &[("safety_conditions", Problem::Missing), ("judgement", Problem::Missing)]);
    let running = Outcome::TriageRunning { substance: substance(), expected: hours(100) };
    let not_yet = Answer { judgement: None, ..answer_to(&question, |_| running.clone()) };
    assert_faults(&question, &not_yet, &[]);
}

#[test]
fn in_hg_km_cases_veilig_thuis_cannot_know_of_no_report() {
    let question = vt();
    let answer = Answer { judgement: Some(Judgement::NoReportKnown), ..nobody(&question) };
    assert_faults(&question, &answer, &[("judgement.no_report_known", Problem::NotInHgKm)]);
    let other = Question { hg_km: false, report: None, ..question };
    assert_faults(&other, &answer, &[]);
}

#[test]
fn without_a_judgement_on_this_cases_report_nobody_is_known_yet() {
    // D14.
    let question = vt();
    let old = Some(judged(&["VT-2020-1"]));
    let answer = Answer { judgement: old.clone(), ..everybody(&question) };
    assert_faults(
        &question,
        &answer,
        &[
            ("outcomes[0].known", Problem::ReportNotCovered),
            ("outcomes[1].known", Problem::ReportNotCovered),
            ("outcomes[2].known", Problem::ReportNotCovered),
        ],
    );
    let answer = Answer { judgement: old.clone(), ..nobody(&question) };
    assert_faults(&question, &answer, &[("judgement", Problem::ReportNotCovered)]);
    let running = Outcome::TriageRunning { substance: substance(), expected: hours(100) };
    let answer = Answer {
        judgement: old.clone(),
        ..answer_to(&question, |person| if person == 1 { running.clone() } else { Outcome::NotKnown })
    };
    assert_faults(&question, &answer, &[]);
    let without_report = Question { report: None, ..question };
    let answer = Answer { judgement: old, ..everybody(&without_report) };
    assert_faults(&without_report, &answer, &[]);
}

#[test]
fn no_report_known_does_not_answer_for_a_report_that_was_made() {
    let question = Question { hg_km: false, ..vt() };
    let answer = Answer { judgement: Some(Judgement::NoReportKnown), ..nobody(&question) };
    assert_faults(&question, &answer, &[("judgement", Problem::ReportNotCovered)]);
}

#[test]
fn a_judgement_of_tomorrow_is_a_fault() {
    let question = vt();
    let Judgement::Judged(judged) = judged(&[REPORT]) else { unreachable!() };
    let tomorrow = today().tomorrow().unwrap();
    let judgement = crate::judgement::Judged { date: tomorrow, ..judged };
    let answer = Answer { judgement: Some(Judgement::Judged(judgement)), ..everybody(&question) };
    assert_faults(&question, &answer, &[("judgement.judged.date", Problem::InFuture)]);
}

#[test]
fn an_outcome_that_needs_more_than_its_kind_says_it() {
    // D11, A35.
    let question = oudercheck();
    let with = |outcome: Outcome| answer_to(&question, |_| outcome.clone());
    let partly = Outcome::Partly { substance: substance(), still_to_come: empty() };
    assert_faults(&question, &with(partly), &[("outcomes[0].partly.still_to_come", Problem::Missing)]);
    let refused = Outcome::Refused { ground: Sensitive::case("  ".into()) };
    assert_faults(&question, &with(refused), &[("outcomes[0].refused.ground", Problem::Missing)]);
    let nobody = Outcome::Ambiguous { candidates: 0 };
    assert_faults(&question, &with(nobody), &[("outcomes[0].ambiguous.candidates", Problem::Form)]);
    for said in [
        Outcome::Partly { substance: substance(), still_to_come: text("de rest") },
        Outcome::Refused { ground: text("grond") },
        Outcome::Ambiguous { candidates: 2 },
        Outcome::WrongRegion { region: String::new() },
    ] {
        assert_faults(&question, &with(said), &[]);
    }
}

#[test]
fn another_region_is_named_by_its_name_or_not_at_all() {
    // D32: it stands in plain in what is stored, so no words about anybody can be in it.
    let question = oudercheck();
    let to = |region: &str| answer_to(&question, |_| Outcome::WrongRegion { region: region.into() });
    for free_text in ["Woont nu bij oma in Noord", "Noord", " "] {
        assert_faults(&question, &to(free_text), &[("outcomes[0].wrong_region.region", Problem::Form)]);
    }
    for named in ["noord", ""] {
        assert_faults(&question, &to(named), &[]);
    }
}

#[test]
fn a_triage_is_expected_after_the_answer_that_says_so() {
    // D11: who answers is held to it; on its way an answer may be late (D21).
    let question = vt();
    let expected = |at| answer_to(&question, |_| Outcome::TriageRunning { substance: substance(), expected: at });
    let faults = |at| {
        let faults = expected(at).faults_of_expectation("answer", now());
        faults.iter().map(|fault| (fault.field.clone(), fault.problem)).collect::<Vec<_>>()
    };
    assert_eq!(faults(now()), []);
    assert_eq!(faults(hours(-1))[0], ("answer.outcomes[0].triage_running.expected".to_owned(), Problem::InPast));
    assert_faults(&question, &expected(hours(-1)), &[]);
}

fn in_part(question: &Question, part: AcutePart) -> Answer {
    let running = Outcome::TriageRunning { substance: substance(), expected: hours(100) };
    Answer { judgement: Some(Judgement::AcutePart(part)), ..answer_to(question, |_| running.clone()) }
}

#[test]
fn the_acute_part_counts_while_the_triage_runs_only_where_that_was_agreed() {
    // D15.
    let agreed = Question { acute_part_suffices: true, ..vt() };
    let answer = in_part(&agreed, acute_part(true));
    assert_faults(&agreed, &answer, &[]);
    assert_eq!((answer.incomplete(), answer.awaits_more(), answer.known()), (None, true, agreed.answer_about()));
    let mut elsewhere = in_part(&vt(), acute_part(true));
    assert_faults(&vt(), &elsewhere, &[("judgement.acute_part.suffices", Problem::ExcludedByFacts)]);
    elsewhere.as_agreed_for(&vt());
    assert_faults(&vt(), &elsewhere, &[]);
    assert_eq!((elsewhere.incomplete(), elsewhere.known()), (Some(Code::NogNietVolledig), Vec::new()));
}

#[test]
fn another_hole_is_not_filled_by_the_acute_part() {
    // D11, D15.
    let agreed = Question { acute_part_suffices: true, ..vt() };
    let mut answer = in_part(&agreed, acute_part(true));
    answer.outcomes[1].outcome = Outcome::Refused { ground: text("grond") };
    assert_faults(&agreed, &answer, &[]);
    assert_eq!(answer.incomplete(), Some(Code::Geweigerd));
}

#[test]
fn an_acute_part_is_of_today_about_this_report_and_of_a_triage_that_runs() {
    // D14, D15.
    let question = vt();
    let other = AcutePart { covers: BTreeSet::new(), date: today().tomorrow().unwrap(), ..acute_part(false) };
    assert_faults(
        &question,
        &in_part(&question, other),
        &[("judgement.acute_part.date", Problem::InFuture), ("judgement.acute_part.covers", Problem::ReportNotCovered)],
    );
    let mut known = in_part(&question, acute_part(false));
    known.outcomes[0].outcome = Outcome::Known(substance());
    assert_faults(&question, &known, &[("outcomes[0].known", Problem::OnlyAcutePart)]);
    let nobody = Answer { judgement: known.judgement, ..nobody(&question) };
    assert_faults(&question, &nobody, &[("judgement.acute_part", Problem::OnlyAcutePart)]);
}

#[test]
fn only_veilig_thuis_judges_or_has_a_triage_running() {
    let question = oudercheck();
    let running = Outcome::TriageRunning { substance: substance(), expected: hours(100) };
    let answer = Answer { judgement: Some(judged(&[])), ..answer_to(&question, |_| running.clone()) };
    assert_faults(
        &question,
        &answer,
        &[("judgement", Problem::NotForThisOffice), ("outcomes[0].triage_running", Problem::NotForThisOffice)],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_with_one_outcome_less_or_more_is_never_accepted(
        (question, answer) in arbitrary::question().prop_flat_map(|question| {
            (Just(question.clone()), arbitrary::answer_to(&question))
        }),
        chosen in any::<proptest::sample::Index>(),
    ) {
        let at = arbitrary::later();
        prop_assert!(answer.faults(&question, "answer", at).is_empty());
        assert_kept(&answer);
        let one = chosen.index(answer.outcomes.len());
        let mut less = answer.clone();
        less.outcomes.remove(one);
        prop_assert!(!less.faults(&question, "answer", at).is_empty());
        let mut more = answer.clone();
        more.outcomes.push(answer.outcomes[one].clone());
        prop_assert!(!more.faults(&question, "answer", at).is_empty());
    }

    #[test]
    fn an_answer_is_complete_exactly_when_every_outcome_counts(answer in arbitrary::answer()) {
        // D11, D15.
        let suffices = matches!(&answer.judgement, Some(Judgement::AcutePart(part)) if part.suffices);
        let counts = |one: &PersonOutcome| match one.outcome {
            Outcome::Known(_) | Outcome::NotKnown => true,
            Outcome::TriageRunning { .. } => suffices,
            _ => false,
        };
        prop_assert_eq!(answer.incomplete().is_none(), answer.outcomes.iter().all(counts));
    }
}
