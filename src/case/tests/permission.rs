//! The dossier travels as far as OM lets it (R-1.4f-2, R-1.4f-3, A34, P2).

use super::*;
use crate::item::{Item, State};
use crate::permission::Permission;
use crate::police::Document;

fn refused(because: &str) -> Command {
    Command::DecidePermission(Permission::Refused { because: text(because) })
}

const GRANTED: Command = Command::DecidePermission(Permission::Granted);

/// The dossier in the brief that goes to the lead.
fn dossier(case: &Story<CaseLaw>) -> Option<Document> {
    case.body().brief().unwrap().police.dossier
}

#[test]
fn without_an_act_the_dossier_travels() {
    assert_eq!(dossier(&confirmed(minor())), Some(document()));
}

#[test]
fn a_refusal_takes_the_dossier_out_of_the_assignment_and_leaves_it_at_om() {
    let mut case = confirmed(minor());
    let events = case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    assert!(matches!(
        &events[..],
        [Event::DossierPermissionDecided { .. }, Event::Briefed { version: 2, dossier_version: 2, .. }]
    ));
    assert_eq!(events.iter().flat_map(react).collect::<Vec<_>>(), [Errand::Brief { version: 2 }]);
    assert_eq!(dossier(&case), Some(Document::Withheld));
    let brief = case.body().brief().unwrap();
    assert_eq!(brief.police.lij, Some(document()), "the LIJ tells nothing of the investigation");
    assert!(!format!("{:?}", crate::personal::seal(&brief).unwrap().1).contains("aanhouding"));
    assert_eq!(case.body().facts.police.dossier, Some(document()));
}

#[test]
fn a_refusal_says_why_and_only_the_prosecutor_decides() {
    let case = confirmed(minor());
    let mute = Command::DecidePermission(Permission::Refused { because: empty() });
    assert_eq!(case.refusal(mute, &prosecutor()), malformed("refused.because", Problem::Missing));
    for who in [secretary(), operator(), police()] {
        assert_eq!(case.refusal(GRANTED, &who), OTHER_ROLE);
    }
    assert_eq!(case.refusal(GRANTED, &elsewhere(Kind::Om, crate::Role::Officier)), OTHER_ORGANISATION);
}

#[test]
fn what_the_police_bring_while_it_is_refused_stays_at_om_and_bothers_nobody() {
    let mut case = confirmed(minor());
    case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    let later = PoliceRecord {
        dossier: Some(Document::Present { reference: "PV-2".into(), summary: text("aanvulling") }),
        ..PoliceRecord::default()
    };
    let events = case.done(Command::RecordPolice(later), &police());
    assert!(matches!(&events[..], [Event::PoliceRecorded { .. }]));
    assert_eq!(dossier(&case), Some(Document::Withheld));
}

#[test]
fn a_dossier_that_comes_after_the_refusal_never_travels() {
    let mut facts = minor();
    facts.police.dossier = None;
    let mut case = confirmed(facts);
    case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    assert_eq!(dossier(&case), None);
    case.done(Command::RecordPolice(full_record()), &police());
    assert_eq!(dossier(&case), Some(Document::Withheld));
}

#[test]
fn to_grant_again_sends_the_dossier_anew() {
    let mut case = confirmed(minor());
    case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    case.done(GRANTED, &prosecutor());
    assert_eq!((version(&case), dossier(&case)), (3, Some(document())));
    assert_eq!(case.done(GRANTED, &prosecutor()), [], "it is so already");
}

#[test]
fn the_police_cannot_withhold() {
    let case = registered(minor());
    let withheld = PoliceRecord { dossier: Some(Document::Withheld), ..PoliceRecord::default() };
    let refusal = case.refusal(Command::RecordPolice(withheld), &police());
    assert_eq!(refusal, malformed("police.dossier.withheld", Problem::NotForThisOffice));
}

#[test]
fn a_withheld_dossier_shuts_the_gate_until_it_is_weighed_and_counts_then() {
    // A34: OM holds the information itself.
    let (mut case, mut assignment) = ready(minor());
    case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    let update = |case: &Story<CaseLaw>| crate::assignment::Command::Update(Box::new(case.body().brief().unwrap()));
    assignment.done(update(&case), &service(Kind::Om));
    let track = assignment.body().tracks[&Item::Politiedossier].clone();
    assert_eq!(track.standing().state, State::Answered);
    for version in &track.versions {
        let crate::assignment::Content::Dossier(record) = track.readable(version).content else { unreachable!() };
        assert_eq!(record.dossier, Some(Document::Withheld), "also what was sent before is closed off");
    }
    assert!(matches!(case.refusal(decide_it(&case, 1), &prosecutor()), Some(Refusal::Incomplete(_))));
    assignment.done(weighing(assignment.body(), Item::Politiedossier).unwrap(), &adviser(Kind::Rvdk));
    sign(&mut assignment);
    case.done(submission(&assignment), &service(Kind::Rvdk));
    assert_eq!(open(&case), []);
    case.done(GRANTED, &prosecutor());
    assignment.done(update(&case), &service(Kind::Om));
    let track = &assignment.body().tracks[&Item::Politiedossier];
    let latest = track.latest().unwrap();
    assert_eq!((latest.version, track.readable(latest)), (3, latest.clone()));
}

#[test]
fn after_the_end_there_is_nothing_to_withhold() {
    let (mut case, _) = ready(minor());
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(case.refusal(GRANTED, &prosecutor()), Some(Refusal::NotNow(NotNow::Decided)));
}

#[test]
fn a_refusal_reaches_the_lead_while_a_corrected_list_waits() {
    // A34: what must not travel is withheld at once.
    let mut case = confirmed(minor());
    let mother = person(9, crate::household::Relation::Ouder, "1980-01-01");
    case.done(amend(Amendment { persons: vec![mother], ..correction() }), &police());
    let events = case.done(refused("er volgt nog een aanhouding"), &prosecutor());
    assert!(matches!(&events[..], [Event::DossierPermissionDecided { .. }, Event::Briefed { version: 2, .. }]));
    assert_eq!(dossier(&case), Some(Document::Withheld));
}
