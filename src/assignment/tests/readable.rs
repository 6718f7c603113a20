//! What is not read any more, though it stays in the journal.

use super::*;
use crate::police::{Document, PoliceRecord};

fn om() -> Actor {
    service(Kind::Om)
}

/// The dossier in every version and in the brief.
fn dossier_of(assignment: &Story<AssignmentLaw>) -> Vec<Option<Document>> {
    let body = assignment.body();
    let track = &body.tracks[&Item::Politiedossier];
    let versions = track.versions.iter().filter_map(|version| body.readable(Item::Politiedossier, track, version));
    let records = versions.map(|version| match version.content {
        Content::Dossier(record) => record.dossier,
        content => panic!("{content:?}"),
    });
    records.chain([body.readable_brief().unwrap().police.dossier]).collect()
}

#[test]
fn once_the_assignment_is_withdrawn_the_dossier_is_not_read_any_more() {
    // A34, P2: what OM refuses later reaches the assignment that follows only.
    let mut assignment = flow_a();
    let PoliceRecord { dossier, .. } = assignment.body().brief.as_ref().unwrap().police.clone();
    assert!(matches!(dossier, Some(Document::Present { .. })));
    assert_eq!(dossier_of(&assignment), [dossier.clone(), dossier]);
    assignment.done(Command::Withdraw, &om());
    assert_eq!(dossier_of(&assignment), [Some(Document::Withheld), Some(Document::Withheld)]);
    assert!(assignment.body().readable_brief().unwrap().police.lij.is_some(), "it tells of the suspect");
}

#[test]
fn of_an_assignment_that_was_recalled_the_brief_is_not_read_any_more() {
    // A36.
    let mut assignment = flow_a();
    assignment.done(Command::Recall, &om());
    assert_eq!(assignment.body().readable_brief(), None);
}
