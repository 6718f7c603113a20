//! Every case can end (D25, invariant 15), and what ended stays ended.

use super::signals::{receive, signal};
use super::*;
use crate::custody::Step;
use crate::item::Item;
use crate::permission::Permission;
use proptest::prelude::*;

const REASONS: [CloseReason; 7] = [
    CloseReason::Duplicate,
    CloseReason::DroppedByPolice,
    CloseReason::SuspectDied,
    CloseReason::Transferred,
    CloseReason::PartnerRefuses,
    CloseReason::OutsideScope,
    CloseReason::DecidedElsewhere,
];

#[test]
fn a_case_can_be_closed_for_every_reason_but_outside_scope_is_earned() {
    // D1, D2: an undecided case has not earned it.
    let around_eighteen = registration(parent_and_child(AROUND_EIGHTEEN), HgKm::Ja);
    let unknown = registration(parent_and_child(ADULT), HgKm::Onbekend);
    for (facts, earned) in [
        (minor(), false),
        (adult(), false),
        (around_eighteen, false),
        (unknown, false),
        (parked(), false),
        (outside(), true),
        (under_twelve(), true),
    ] {
        let case = registered(facts);
        for reason in REASONS {
            let refusal = case.refusal(close(reason), &prosecutor());
            let taken = earned || reason != CloseReason::OutsideScope;
            assert_eq!(refusal, if taken { None } else { malformed("reason", Problem::ExcludedByFacts) }, "{reason:?}");
        }
    }
}

#[test]
fn only_the_prosecutor_says_that_it_was_decided_elsewhere() {
    let case = registered(minor());
    let mandated = |reason| Command::Close(reason, text("toelichting"), Some("m-1".into()));
    assert_eq!(case.refusal(mandated(CloseReason::DecidedElsewhere), &secretary()), OTHER_ROLE);
    assert_eq!(case.refusal(close(CloseReason::DecidedElsewhere), &prosecutor()), None);
    assert_eq!(case.refusal(mandated(CloseReason::Duplicate), &secretary()), None);
    assert_eq!(case.refusal(mandated(CloseReason::Duplicate), &operator()), OTHER_ROLE);
}

#[test]
fn closing_makes_no_decision_and_ends_the_assignment() {
    let (mut case, _) = ready(minor());
    let events = case.done(close(CloseReason::SuspectDied), &prosecutor());
    assert!(matches!(&events[..], [Event::Closed(closing)] if closing.by == prosecutor() && closing.at == now()));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Withdraw]);
}

#[test]
fn a_brief_that_arrives_after_the_case_was_closed_is_withdrawn_once_more() {
    // D25: the end overtook the brief, and found nothing at the lead.
    let mut case = confirmed(minor());
    let version = case.body().assignment.as_ref().unwrap().version;
    case.done(close(CloseReason::Duplicate), &prosecutor());
    let events = case.done(Command::NoteDelivered(version), &service(Kind::Om));
    assert_eq!(events, [Event::BriefDeliveredLate { version }]);
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Withdraw]);
    assert_eq!(case.done(Command::NoteDelivered(version), &service(Kind::Om)), [], "told once");
}

#[test]
fn what_the_police_bring_after_the_decision_is_an_alert_about_that_very_part() {
    // A14, D6.
    use crate::police::Notice;
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let made = |reference: &str| Some(Notice::Made { reference: reference.into(), under: None });
    let notices = PoliceRecord { report_to_vt: made("VT-2"), zorgmelding: made("ZORG-2"), ..PoliceRecord::default() };
    case.done(Command::RecordPolice(notices), &police());
    let lij = Some(crate::police::Document::Absent { because: text("ligt stil") });
    case.done(Command::RecordPolice(PoliceRecord { lij, ..PoliceRecord::default() }), &police());
    let subjects: Vec<Subject> = case.body().alerts.iter().map(|alert| alert.subject).collect();
    assert_eq!(subjects, [Subject::ReportToVt, Subject::Zorgmelding, Subject::Item(Item::Politiedossier)]);
}

#[test]
fn what_ended_is_not_acted_on_any_more() {
    let end = |case: &mut Story<CaseLaw>, decided: bool| {
        let command = if decided { decide_it(case, 1) } else { close(CloseReason::Duplicate) };
        case.done(command, &prosecutor());
    };
    for (decided, why) in [(true, NotNow::Decided), (false, NotNow::Closed)] {
        let (mut case, _) = ready(minor());
        let household = case.body().facts.household.clone();
        end(&mut case, decided);
        let settlement = Settlement { age: None, hg_km: Some(nee()), reason: text("reden") };
        for (command, by) in [
            (Command::ConfirmHousehold(household, None), operator()),
            (Command::Settle(settlement, None), prosecutor()),
            (decide_it(&case, 1), prosecutor()),
            (close(CloseReason::Duplicate), prosecutor()),
        ] {
            assert_eq!(case.refusal(command.clone(), &by), Some(Refusal::NotNow(why)), "{command:?}");
        }
    }
}

#[test]
fn what_the_police_bring_after_the_decision_is_an_alert_and_after_a_closing_too_late() {
    // A14: news after a decision is for the prosecutor to see; the decision stands.
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    let later = PoliceRecord {
        dossier: Some(crate::police::Document::Present { reference: "PV-2".into(), summary: text("aanvulling") }),
        ..PoliceRecord::default()
    };
    let events = case.done(Command::RecordPolice(later.clone()), &police());
    assert!(matches!(&events[..], [Event::PoliceRecorded { .. }, Event::AlertRaised(_)]));
    assert_eq!(case.done(Command::RecordPolice(later.clone()), &police()), []);
    let (mut closed, _) = ready(minor());
    closed.done(close(CloseReason::Duplicate), &prosecutor());
    assert_eq!(closed.refusal(Command::RecordPolice(later), &police()), Some(Refusal::NotNow(NotNow::Closed)));
}

const CUSTODY: [Step; 5] =
    [Step::Aankomst, Step::Inverzekeringstelling, Step::Verlenging, Step::Voorgeleiding, Step::Invrijheidstelling];

/// How many acts there are.
const ACTS: u8 = 16;

/// One of the acts that anybody may try, in one of five ways, as far as this case lets it through.
fn some_act(case: &Story<CaseLaw>, act: u8, way: u8) -> (Command, Actor) {
    let body = case.body();
    let mut household = body.facts.household.clone();
    let settled = [SettledAge::Under12, SettledAge::Minor, SettledAge::Adult, SettledAge::Unresolvable];
    let settlement = |hg_km| {
        let age = settled.into_iter().nth(usize::from(way));
        Command::Settle(Settlement { age, hg_km, reason: text("reden") }, None)
    };
    let birth = [FIFTEEN, ADULT, AROUND_EIGHTEEN, "2018-01-01", "1990"][usize::from(way)];
    match act {
        0 => (Command::ConfirmHousehold(household, None), operator()),
        1 => {
            household.persons.truncate(1);
            (Command::ConfirmHousehold(household, Some(text("reden"))), operator())
        }
        2 => (settlement(None), prosecutor()),
        3 => (settlement(Some(HgKm::Ja)), prosecutor()),
        4 => (settlement(Some(nee())), prosecutor()),
        5 => (Command::NoteTrouble(Errand::Withdraw, Trouble::Stuck), service(Kind::Om)),
        6 => (Command::RecordPolice(full_record()), police()),
        7 => (decide_it(case, 1), prosecutor()),
        8 => (amend(suspect_is(identity(1, birth))), police()),
        9 => (amend(Amendment { hg_km: Some(HgKm::Ja), ..correction() }), police()),
        10 => (amend(Amendment { hg_km: Some(nee()), ..correction() }), police()),
        11 => (Command::Reopen(text("reden"), None), prosecutor()),
        12 => (Command::DecidePermission(Permission::Refused { because: text("reden") }), prosecutor()),
        13 => (receive(&signal(usize::from(way))), service(Kind::VeiligThuis)),
        14 => (Command::RecordCustody(CUSTODY[usize::from(way)], case.now), operator()),
        _ => (close(CloseReason::Transferred), prosecutor()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happened_an_open_case_can_end(
        (at, facts) in crate::arbitrary::instant().prop_flat_map(|at| (Just(at), crate::arbitrary::registration(at))),
        acts in proptest::collection::vec((0..ACTS, 0..5u8), 0..16),
    ) {
        let mut case: Story<CaseLaw> = Story::new();
        case.now = at;
        let region = facts.region.clone();
        let there = |mut actor: Actor| {
            actor.organisation.region = region.clone();
            actor
        };
        case.done(Command::Register(case_name(), Box::new(facts)), &there(police()));
        for (act, way) in acts {
            let (command, by) = some_act(&case, act, way);
            let before = case.body().assignment.clone();
            let _ = case.act(command, &there(by));
            if let Some(before) = before {
                let kept = case.body().assigned().any(|one| (one.name, &one.lead) == (before.name, &before.lead));
                prop_assert!(kept, "another lead is another assignment, and none is forgotten (D19, D23)");
            }
            let in_a_flow = matches!(case.body().flow(), Flow::A | Flow::B);
            prop_assert!(in_a_flow || case.body().assignment.is_none() || case.body().end.is_some());
        }
        if case.body().end.is_none() {
            prop_assert!(case.act(close(CloseReason::PartnerRefuses), &there(prosecutor())).is_ok());
        }
    }
}
