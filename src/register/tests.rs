//! A register answers by itself only what is certain; everything else goes to the desk.

use super::*;
use crate::arbitrary;
use crate::identity::Identity;
use crate::personal::Sensitive;
use crate::testing::*;
use jiff::SignedDuration;
use proptest::prelude::*;

/// The answer under the terms that hold when nobody agreed otherwise.
fn answer(question: &Question, lookup: &Lookup, received: Timestamp) -> Option<Answer> {
    super::answer(question, lookup, Terms::default(), received)
}

fn at_vt() -> Question {
    question_of(&flow_a(), Item::VeiligThuis)
}

/// VT's question in a case that is no HG/KM and of which VT has no report.
fn at_vt_without_report() -> Question {
    Question { hg_km: false, report: None, zorgmelding: None, ..at_vt() }
}

fn oudercheck() -> Question {
    question_of(&flow_a(), Item::Oudercheck)
}

fn not_found(person: PersonNumber) -> Found {
    Found { person, known: None, judgement: None, safety_conditions: None }
}

fn found(person: PersonNumber) -> Found {
    let Outcome::Known(substance) = known(person) else { unreachable!() };
    Found { known: Some(substance), judgement: Some(judged(&[REPORT])), ..not_found(person) }
}

fn lookup(found: Vec<Found>) -> Lookup {
    Lookup {
        register: "register".into(),
        as_of: hours(-1),
        found,
        in_doubt: BTreeSet::new(),
        children_of_reference: Some(false),
    }
}

fn everyone(question: &Question, one: impl Fn(PersonNumber) -> Found) -> Lookup {
    lookup(question.answer_about().into_iter().map(one).collect())
}

fn outcomes(question: &Question, lookup: &Lookup) -> Option<Vec<Outcome>> {
    let answer = answer(question, lookup, now())?;
    Some(answer.outcomes.into_iter().map(|one| one.outcome).collect())
}

#[test]
fn nobody_known_at_3ro_is_answered_at_once_and_says_what_was_searched() {
    let question = oudercheck();
    let answer = answer(&question, &everyone(&question, not_found), now()).unwrap();
    assert_eq!(answer.outcomes, [PersonOutcome { person: 2, outcome: Outcome::NotKnown }]);
    assert_eq!(answer.searched.identifiers, BTreeSet::from([Identifier::Bsn]));
    assert_eq!((answer.searched.by.as_str(), answer.searched.as_of), (RULE, hours(-1)));
}

#[test]
fn who_is_known_is_known() {
    let question = oudercheck();
    let lookup = lookup(vec![Found { judgement: None, ..found(2) }]);
    assert_eq!(outcomes(&question, &lookup), Some(vec![known(2)]));
}

#[test]
fn a_register_of_more_than_a_day_old_or_from_the_future_goes_to_the_desk() {
    // D13.
    let question = oudercheck();
    let at = |as_of| Lookup { as_of, ..everyone(&question, not_found) };
    assert!(answer(&question, &at(hours(-24)), now()).is_some());
    assert!(answer(&question, &at(hours(-25)), now()).is_none());
    assert!(answer(&question, &at(hours(1)), now()).is_none());
}

#[test]
fn what_counts_as_fresh_and_when_triage_is_expected_is_as_agreed() {
    // D13, T6.
    let hour = SignedDuration::from_hours(1);
    let agreed = Terms { register_fresh: hour, triage: hour, ..Terms::default() };
    let question = oudercheck();
    let at = |as_of| Lookup { as_of, ..everyone(&question, not_found) };
    assert!(super::answer(&question, &at(hours(-1)), agreed, now()).is_some());
    assert!(super::answer(&question, &at(hours(-2)), agreed, now()).is_none());
    let question = at_vt();
    let old = |person| Found { judgement: Some(judged(&["VT-2020-1"])), ..found(person) };
    let answer = super::answer(&question, &everyone(&question, old), agreed, now()).unwrap();
    let expected =
        |one: &PersonOutcome| matches!(one.outcome, Outcome::TriageRunning { expected, .. } if expected == hours(1));
    assert!(answer.outcomes.iter().all(expected));
}

#[test]
fn a_person_without_a_bsn_goes_to_the_desk() {
    let mut question = oudercheck();
    let everyone = everyone(&question, not_found);
    question.subjects[0].identity = Sensitive::about(2, Identity { bsn: None, ..identity(2, ADULT) });
    assert!(answer(&question, &everyone, now()).is_none());
    question.subjects[0].identity = Sensitive::forgotten(2);
    assert!(answer(&question, &everyone, now()).is_none());
}

#[test]
fn a_person_without_a_bsn_can_be_known_by_all_four_other_identifiers_and_never_be_not_known() {
    // A33, D13.
    let mut question = oudercheck();
    let whole = Identity { bsn: None, ..identity(2, ADULT) };
    question.subjects[0].identity = Sensitive::about(2, whole.clone());
    let known_by_four = Found { judgement: None, ..found(2) };
    let answer = answer(&question, &lookup(vec![known_by_four.clone()]), now()).unwrap();
    assert_eq!(answer.outcomes, [PersonOutcome { person: 2, outcome: known(2) }]);
    assert_eq!(answer.searched.identifiers, BTreeSet::from([Identifier::NameAndBirth, Identifier::Address]));
    assert!(super::answer(&question, &everyone(&question, not_found), Terms::default(), now()).is_none());
    question.subjects[0].identity = Sensitive::about(2, Identity { postcode: String::new(), ..whole });
    assert!(super::answer(&question, &lookup(vec![known_by_four]), Terms::default(), now()).is_none());
}

#[test]
fn while_the_register_holds_somebody_who_may_be_meant_it_answers_about_nobody() {
    // D13: one wrong letter never makes anybody not known.
    let question = at_vt_without_report();
    let sure = everyone(&question, not_found);
    assert!(answer(&question, &sure, now()).is_some());
    for person in question.answer_about() {
        let in_doubt = Lookup { in_doubt: BTreeSet::from([person]), ..sure.clone() };
        assert!(answer(&question, &in_doubt, now()).is_none());
    }
}

#[test]
fn a_person_who_was_not_looked_up_goes_to_the_desk() {
    // Invariant 2.
    let question = at_vt_without_report();
    let mut partial = everyone(&question, not_found);
    assert!(answer(&question, &partial, now()).is_some());
    partial.found.pop();
    assert!(answer(&question, &partial, now()).is_none());
}

#[test]
fn in_hg_km_cases_veilig_thuis_never_says_not_known_by_itself() {
    // D13: not for all, and not for one among known persons.
    let question = at_vt();
    assert!(answer(&question, &everyone(&question, not_found), now()).is_none());
    let mut one_missing = everyone(&question, found);
    one_missing.found[1] = not_found(2);
    assert!(answer(&question, &one_missing, now()).is_none());
    let without_report = Question { report: None, ..question };
    assert!(answer(&without_report, &everyone(&without_report, not_found), now()).is_none());
}

#[test]
fn without_hg_km_and_without_a_report_veilig_thuis_may_know_of_nothing() {
    let question = at_vt_without_report();
    let answer = answer(&question, &everyone(&question, not_found), now()).unwrap();
    assert!(answer.outcomes.iter().all(|one| one.outcome == Outcome::NotKnown));
    assert_eq!(answer.judgement, Some(Judgement::NoReportKnown));
    assert_eq!(answer.safety_conditions, Some(SafetyConditions::None));
}

#[test]
fn a_report_that_was_not_judged_yet_is_triage_running() {
    // D14: the older judgement travels as history.
    let question = at_vt();
    let old = |person| Found { judgement: Some(judged(&["VT-2020-1"])), ..found(person) };
    let answer = answer(&question, &everyone(&question, old), now()).unwrap();
    assert!(answer.outcomes.iter().all(|one| matches!(one.outcome, Outcome::TriageRunning { .. })));
    assert_eq!(answer.judgement, Some(judged(&["VT-2020-1"])));
    assert!(answer.incomplete().is_some());
}

#[test]
fn not_known_with_an_unjudged_report_goes_to_the_desk() {
    // A40: the report may still be in the inbox.
    let question = Question { hg_km: false, ..at_vt() };
    assert!(answer(&question, &everyone(&question, not_found), now()).is_none());
}

#[test]
fn known_without_a_judgement_goes_to_the_desk() {
    let question = at_vt();
    let unjudged = |person| Found { judgement: None, ..found(person) };
    assert!(answer(&question, &everyone(&question, unjudged), now()).is_none());
}

#[test]
fn differing_judgements_or_conditions_go_to_the_desk() {
    // D14: one VtOordeel per question.
    let question = at_vt();
    let mut lookup = everyone(&question, found);
    assert!(answer(&question, &lookup, now()).is_some());
    lookup.found[2].judgement = Some(judged(&[REPORT, "VT-2020-1"]));
    assert!(answer(&question, &lookup, now()).is_none());
    let mut lookup = everyone(&question, found);
    lookup.found[0].safety_conditions = Some(SafetyConditions::None);
    lookup.found[1].safety_conditions = Some(SafetyConditions::NotYetJudged);
    assert!(answer(&question, &lookup, now()).is_none());
}

#[test]
fn an_unborn_child_or_a_child_nobody_named_goes_to_the_desk() {
    // D9.
    let named = question_of(&flow_b(), Item::Kindcheck);
    let mut lookup = everyone(&named, not_found);
    assert!(answer(&named, &lookup, now()).is_some());
    lookup.children_of_reference = Some(true);
    assert!(answer(&named, &lookup, now()).is_none());
    lookup.children_of_reference = Some(false);
    let mut unborn = named;
    unborn.reference.as_mut().unwrap().unborn = true;
    assert!(answer(&unborn, &lookup, now()).is_none());
}

#[test]
fn while_no_search_for_children_was_made_the_named_child_is_not_answered_about_either() {
    // D9, D13: a reference person without a BSN may have children whom nobody looked for.
    let mut question = question_of(&flow_b(), Item::Kindcheck);
    let unsearched = Lookup { children_of_reference: None, ..everyone(&question, not_found) };
    assert!(answer(&question, &unsearched, now()).is_none());
    question.reference = None;
    assert!(answer(&question, &unsearched, now()).is_some(), "nobody's children were asked for");
}

#[test]
fn what_is_known_of_the_reference_person_is_no_answer_about_children() {
    // D9: a search key, no content about that person.
    let mut question = question_of(&flow_b(), Item::Kindcheck);
    question.subjects.clear();
    let nobody = lookup(vec![not_found(1)]);
    assert_eq!(outcomes(&question, &nobody), Some(vec![Outcome::NotKnown]));
    let former_pupil = lookup(vec![Found { judgement: None, ..found(1) }]);
    assert!(answer(&question, &former_pupil, now()).is_none());
}

fn any_lookup(question: &Question) -> impl Strategy<Value = Lookup> + use<> {
    let one = |person| {
        (0..4u8).prop_map(move |luck| match luck {
            0 => None,
            1 => Some(not_found(person)),
            2 => Some(found(person)),
            _ => Some(Found { judgement: None, ..found(person) }),
        })
    };
    let found: Vec<_> = question.answer_about().into_iter().map(one).collect();
    let doubt = proptest::option::weighted(0.1, 1..=3u32);
    (found, -40..2i64, proptest::bool::weighted(0.1), doubt).prop_map(|(found, hour, children, doubt)| Lookup {
        as_of: hours(hour),
        children_of_reference: Some(children),
        in_doubt: doubt.into_iter().collect(),
        ..lookup(found.into_iter().flatten().collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whoever_was_not_searched_by_bsn_in_a_fresh_register_never_becomes_not_known(
        (question, lookup) in arbitrary::question().prop_flat_map(|question| (Just(question.clone()), any_lookup(&question))),
    ) {
        let Some(answer) = answer(&question, &lookup, now()) else { return Ok(()) };
        prop_assert!(answer.faults(&question, "answer", now()).is_empty());
        prop_assert!(lookup.in_doubt.is_empty());
        let persons = question.subjects.iter().map(|one| (one.person, &one.identity));
        let persons: Vec<_> = persons.chain(question.reference.iter().map(|one| (one.person, &one.identity))).collect();
        for one in answer.outcomes.iter().filter(|one| one.outcome == Outcome::NotKnown) {
            let searched = lookup.found.iter().find(|found| found.person == one.person);
            prop_assert!(searched.is_some_and(|found| found.known.is_none()));
            prop_assert!(lookup.as_of <= now() && lookup.as_of >= hours(-24));
            prop_assert!(!(question.hg_km && question.item == Item::VeiligThuis));
            let identity = persons.iter().find(|(person, _)| *person == one.person).and_then(|(_, who)| who.reveal());
            prop_assert!(identity.is_some_and(|identity| identity.bsn.is_some()));
        }
    }
}
