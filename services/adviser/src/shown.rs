//! An assignment as its adviser sees it.

use jiff::Timestamp;
use zsm::Item;
use zsm::assignment::{Assignment, Track, Withdrawal, open_for_signing};
use zsm::progress::Progress;
use zsm::term::Terms;
use zsm_proto::pb::adviser::v1 as pb;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::{instant, open_point};

pub(crate) fn in_full(assignment: &Assignment, terms: Terms) -> pb::Assignment {
    let resource = assignment.name.to_string();
    let arrested = assignment.brief.as_ref().is_some_and(|brief| brief.arrested);
    let further = assignment.further.iter().map(|named| pb::NamedFurtherPerson {
        reference: Some((&named.further).into()),
        person: Some((&named.person).into()),
    });
    pb::Assignment {
        case: assignment.case.to_string(),
        lead: Some((&assignment.lead).into()),
        brief: assignment.brief.as_deref().map(Into::into),
        items: assignment.required().map(|(kind, track)| item(kind, track, arrested, terms)).collect(),
        advices: assignment.advices.iter().map(Into::into).collect(),
        advice_stale: assignment.is_stale(),
        open: open_for_signing(assignment).iter().map(|open| open_point(open, &resource)).collect(),
        withdrawn: assignment.withdrawn,
        further_persons: further.collect(),
        withdrawals: assignment.withdrawals.iter().map(withdrawal).collect(),
        undelivered: assignment.troubles.iter().map(|trouble| (*trouble).into()).collect(),
        name: resource,
    }
}

fn withdrawal(withdrawal: &Withdrawal) -> pb::AdviceWithdrawal {
    pb::AdviceWithdrawal {
        version: withdrawal.version,
        reason: withdrawal.reason.text().to_owned(),
        by: Some((&withdrawal.by).into()),
        at: Some(instant(withdrawal.at)),
    }
}

pub(crate) fn in_short(assignment: &Assignment) -> pb::AssignmentSummary {
    let snapshot = assignment.snapshot(0);
    pb::AssignmentSummary {
        name: assignment.name.to_string(),
        case: assignment.case.to_string(),
        flow: assignment.brief.as_ref().map_or(model::Flow::Unspecified, |brief| (&brief.flow).into()).into(),
        items: snapshot.items.iter().map(|(item, progress)| (*item, progress).into()).collect(),
        advice: model::AdviceState::from(snapshot.advice).into(),
    }
}

fn item(item: Item, track: &Track, arrested: bool, terms: Terms) -> pb::AssignmentItem {
    let progress = Progress { standing: track.standing(), since: track.since };
    let due: Option<Timestamp> = track.question.as_ref().map(|_| terms.answer_due(track.asked_at, arrested));
    pb::AssignmentItem {
        progress: Some((item, &progress).into()),
        question: track.question.as_ref().map(|question| question.name.to_string()).unwrap_or_default(),
        due: due.map(instant),
        answers: track.versions.iter().map(Into::into).collect(),
        weighings: track.weighings.iter().map(Into::into).collect(),
    }
}
