//! The last look.

use super::*;
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::Kind;
use crate::testing::*;
use proptest::prelude::*;

fn answer(item: Item, kind: Kind, version: u32) -> Matter {
    let question = QuestionName::derive(assignment_name(), item, 1);
    Matter::Answer(Enquired { item, question, addressee: organisation(kind), version })
}

fn matters() -> Vec<Matter> {
    let lead = organisation(Kind::Rvdk);
    let advice = Matter::Advice { assignment: assignment_name(), lead, version: 1, assignment_version: 1 };
    vec![answer(Item::VeiligThuis, Kind::VeiligThuis, 1), answer(Item::Oudercheck, Kind::Reclassering, 1), advice]
}

fn said(findings: [Finding; 3]) -> Look {
    Look::new(matters().into_iter().zip(findings).collect())
}

fn phoned(kind: Kind, minutes: i64) -> Phoned {
    let at = now() - SignedDuration::from_mins(minutes);
    Phoned { office: organisation(kind), call: Call { spoken_with: text("piket"), number: text("030"), at } }
}

fn open(look: &Look, phoned: &[Phoned]) -> Vec<Open> {
    look.pass(matters(), phoned).err().map(|incomplete| incomplete.open().to_vec()).unwrap_or_default()
}

const VT: Subject = Subject::Item(Item::VeiligThuis);

#[test]
fn only_when_every_office_says_that_all_is_current_the_look_is_passed() {
    // D28.
    let current = said([Finding::Current; 3]);
    let seen = current.pass(matters(), &[]).unwrap().into_seen();
    assert_eq!(seen.into_iter().map(|seen| (seen.matter, seen.phoned)).collect::<Vec<_>>(), {
        matters().into_iter().map(|matter| (matter, None)).collect::<Vec<_>>()
    });
    for (finding, reason) in [
        (Finding::Newer, Reason::NewerElsewhere),
        (Finding::InProgress, Reason::BeingSupplemented),
        (Finding::UnknownQuestion, Reason::UnknownElsewhere),
        (Finding::Unreachable, Reason::Unreachable),
    ] {
        let look = said([finding, Finding::Current, Finding::Current]);
        assert_eq!(open(&look, &[]), [Open { subject: VT, reason }]);
        let look = said([Finding::Current, Finding::Current, finding]);
        assert_eq!(open(&look, &[]), [Open { subject: Subject::Advice, reason }]);
    }
}

#[test]
fn all_that_is_open_is_named_at_once() {
    let look = said([Finding::Newer, Finding::Unreachable, Finding::InProgress]);
    let subjects: Vec<Subject> = open(&look, &[]).into_iter().map(|one| one.subject).collect();
    assert_eq!(subjects, [VT, Subject::Item(Item::Oudercheck), Subject::Advice]);
}

#[test]
fn what_was_not_looked_at_in_exactly_this_version_was_not_looked_at() {
    let look = said([Finding::Current; 3]);
    let mut newer = matters();
    newer[0] = answer(Item::VeiligThuis, Kind::VeiligThuis, 2);
    let refused = look.pass(newer, &[]).unwrap_err();
    assert_eq!(refused.open(), [Open { subject: VT, reason: Reason::NotLookedAt }]);
    let refused = Look::default().pass(matters(), &[phoned(Kind::VeiligThuis, 1)]).unwrap_err();
    assert_eq!(refused.open().len(), 3, "a call does not replace the look itself");
}

#[test]
fn a_call_stands_in_for_the_office_that_could_not_be_reached_and_for_no_other() {
    let look = said([Finding::Unreachable, Finding::Unreachable, Finding::Current]);
    let vt = [phoned(Kind::VeiligThuis, 5)];
    assert_eq!(open(&look, &vt), [Open { subject: Subject::Item(Item::Oudercheck), reason: Reason::Unreachable }]);
    let both = [phoned(Kind::VeiligThuis, 5), phoned(Kind::Reclassering, 60)];
    let seen = look.pass(matters(), &both).unwrap().into_seen();
    assert_eq!(seen.iter().map(|seen| seen.phoned.is_some()).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn what_an_office_says_itself_goes_before_a_call() {
    let call = [phoned(Kind::VeiligThuis, 5)];
    let newer = said([Finding::Newer, Finding::Current, Finding::Current]);
    assert_eq!(open(&newer, &call), [Open { subject: VT, reason: Reason::NewerElsewhere }]);
    let seen = said([Finding::Current; 3]).pass(matters(), &call).unwrap().into_seen();
    assert!(seen.iter().all(|seen| seen.phoned.is_none()), "a call that was not needed is not kept");
}

#[test]
fn a_call_is_of_the_last_hour_and_names_whom_and_which_number() {
    let found = |phoned: &[Phoned]| {
        let faults = faults_of_calls(phoned, "phoned", now());
        faults.iter().map(|fault| (fault.field.clone(), fault.problem)).collect::<Vec<_>>()
    };
    assert_eq!(found(&[phoned(Kind::VeiligThuis, 60)]), []);
    assert_eq!(found(&[phoned(Kind::VeiligThuis, 61)]), [("phoned[0].call.at".into(), Problem::TooLongAgo)]);
    assert_eq!(found(&[phoned(Kind::VeiligThuis, -1)]), [("phoned[0].call.at".into(), Problem::InFuture)]);
    let call = Call { spoken_with: empty(), number: empty(), at: now() };
    let nobody = Phoned { office: organisation(Kind::Rvdk), call };
    let missing = |field: &str| (format!("phoned[1].call.{field}"), Problem::Missing);
    let good = phoned(Kind::VeiligThuis, 1);
    assert_eq!(found(&[good.clone(), nobody]), [missing("spoken_with"), missing("number")]);
    assert_eq!(found(&[good.clone(), good]), [("phoned[1].office".into(), Problem::Duplicate)]);
}

#[test]
fn an_office_that_has_no_part_in_the_decision_is_not_phoned_for_it() {
    let elsewhere = phoned(Kind::Om, 1);
    let faults = faults_of_offices(&[phoned(Kind::Rvdk, 1), elsewhere], &matters(), "phoned");
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.problem)).collect();
    assert_eq!(found, [("phoned[1].office", Problem::OfficeNotInvolved)]);
}

proptest! {
    #[test]
    fn whatever_is_said_and_phoned_nothing_passes_but_what_is_current_or_phoned(
        findings in proptest::array::uniform3(crate::arbitrary::finding()),
        vt in any::<bool>(), reclassering in any::<bool>(), lead in any::<bool>(),
    ) {
        let calls = [(vt, Kind::VeiligThuis), (reclassering, Kind::Reclassering), (lead, Kind::Rvdk)];
        let phoned: Vec<Phoned> = calls.iter().filter(|(made, _)| *made).map(|(_, kind)| phoned(*kind, 1)).collect();
        let settled = |at: usize| match findings[at] {
            Finding::Current => true,
            Finding::Unreachable => calls[at].0,
            Finding::Newer | Finding::InProgress | Finding::UnknownQuestion => false,
        };
        let passed = said(findings).pass(matters(), &phoned).is_ok();
        prop_assert_eq!(passed, (0..3).all(settled));
    }
}
