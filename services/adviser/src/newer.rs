//! What changed from version to version, and since the advice that stands, for the adviser alone (D21, D24).

use std::collections::BTreeSet;
use zsm::Item;
use zsm::assignment::{Assignment, Newer, Track, Version};
use zsm::difference::between;
use zsm_proto::instant;
use zsm_proto::pb::adviser::v1 as pb;
use zsm_proto::pb::model::v1 as model;

/// Every version that can be read, each with what changed since the one before; nothing of an answer that was taken back.
pub(crate) fn versions(
    assignment: &Assignment,
    item: Item,
    track: &Track,
    retracted: &BTreeSet<u32>,
) -> Vec<pb::AnswerVersion> {
    let mut earlier: Option<Version> = None;
    let mut shown = Vec::with_capacity(track.versions.len());
    for version in track.versions.iter().filter_map(|version| assignment.readable(item, track, version)) {
        let difference = earlier.map(|earlier| changes(&earlier, &version)).unwrap_or_default();
        let retracted = retracted.contains(&version.version);
        shown.push(pb::AnswerVersion { difference, retracted, ..(&version).into() });
        earlier = Some(version);
    }
    shown
}

/// What came in since the advice that stands.
pub(crate) fn news(assignment: &Assignment) -> Vec<pb::News> {
    assignment.newer().into_iter().map(|newer| one(assignment, newer)).collect()
}

fn one(assignment: &Assignment, newer: Newer) -> pb::News {
    let Newer { item, rested_on, latest, at } = newer;
    let readable = |version| {
        let track = assignment.tracks.get(&item)?;
        assignment.readable(item, track, track.version(version)?)
    };
    let both = readable(rested_on).zip(readable(latest));
    pb::News {
        item: model::ItemKind::from(item).into(),
        rested_on,
        latest,
        arrived_at: Some(instant(at)),
        difference: both.map(|(earlier, later)| changes(&earlier, &later)).unwrap_or_default(),
    }
}

fn changes(earlier: &Version, later: &Version) -> Vec<pb::Change> {
    between(&earlier.content, &later.content).iter().map(Into::into).collect()
}
