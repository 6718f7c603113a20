//! An assignment as its adviser sees it.

use crate::newer;
use jiff::Timestamp;
use zsm::Item;
use zsm::advice::Advice;
use zsm::assignment::{Assignment, Given, Handler, Strand, TakenBack, Telephoned, Track, Withdrawal, open_for_signing};
use zsm::draft::SavedDraft;
use zsm::item::State;
use zsm::progress::Progress;
use zsm::term::Terms;
use zsm_proto::pb::adviser::v1 as pb;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::{advice_readable, draft_readable, further_question, instant, open_point, weighing_readable};

pub(crate) fn in_full(assignment: &Assignment, terms: Terms) -> pb::Assignment {
    let resource = assignment.name.to_string();
    let arrested = assignment.brief.as_ref().is_some_and(|brief| brief.arrested);
    let further = assignment.named().map(|named| pb::NamedFurtherPerson {
        reference: Some((&named.further).into()),
        person: Some((&named.person).into()),
    });
    let closed_off = assignment.closed_off.iter().map(|closed| pb::ClosedOff {
        item: model::ItemKind::from(closed.excess.item).into(),
        asked_at: Some(instant(closed.excess.asked_at)),
        answered: closed.answered,
    });
    let readable = !assignment.recalled;
    let advices = assignment.advices.iter().filter(|_| readable);
    let no_longer_named = assignment.brief.as_ref().map(|brief| assignment.no_longer_named(&brief.household));
    pb::Assignment {
        case: assignment.case.to_string(),
        lead: Some((&assignment.lead).into()),
        brief: assignment.readable_brief().as_ref().map(Into::into),
        items: assignment.required().map(|(kind, track)| item(assignment, kind, track, arrested, terms)).collect(),
        advices: advices.map(|one| advice(assignment, one)).collect(),
        advice_stale: assignment.is_stale(),
        open: open_for_signing(assignment).iter().map(|open| open_point(open, &resource)).collect(),
        withdrawn: assignment.withdrawn,
        further_persons: further.filter(|_| readable).collect(),
        withdrawals: assignment.withdrawals.iter().filter(|_| readable).map(withdrawal).collect(),
        closed_off: closed_off.collect(),
        handler: assignment.handler.as_ref().map(handler),
        news: newer::news(assignment),
        draft: assignment.draft.as_deref().filter(|_| readable).map(|one| draft(assignment, one)),
        decision: assignment.decision().map(Into::into),
        undelivered: assignment.troubles.iter().map(|trouble| (*trouble).into()).collect(),
        signals: assignment.signals.iter().filter(|_| readable).map(Into::into).collect(),
        related: Vec::new(),
        no_longer_named: no_longer_named.unwrap_or_default().into_iter().collect(),
        name: resource,
    }
}

/// An advice, without what rests on answers that were taken back or closed off.
fn advice(assignment: &Assignment, one: &Advice) -> model::Advice {
    advice_readable(one, &assignment.retracted_in(one), &assignment.closed_off_in(one))
}

/// A draft, without what rests on answers that were taken back or closed off since; of an assignment that was recalled, no
/// text at all.
pub(crate) fn draft(assignment: &Assignment, saved: &SavedDraft) -> pb::AdviceDraft {
    let shown = draft_readable(saved, &(&assignment.retracted_since(saved.at) | &assignment.closed_off_since(saved)));
    pb::AdviceDraft { content: shown.content.filter(|_| !assignment.recalled), ..shown }
}

fn withdrawal(withdrawal: &Withdrawal) -> pb::AdviceWithdrawal {
    pb::AdviceWithdrawal {
        version: withdrawal.version,
        reason: withdrawal.reason.text().to_owned(),
        by: Some((&withdrawal.by).into()),
        at: Some(instant(withdrawal.at)),
    }
}

fn handler(handler: &Handler) -> pb::Handler {
    pb::Handler { by: Some((&handler.by).into()), since: Some(instant(handler.since)) }
}

pub(crate) fn in_short(assignment: &Assignment) -> pb::AssignmentSummary {
    let snapshot = assignment.snapshot(0);
    pb::AssignmentSummary {
        name: assignment.name.to_string(),
        case: assignment.case.to_string(),
        flow: assignment.brief.as_ref().map_or(model::Flow::Unspecified, |brief| (&brief.flow).into()).into(),
        items: snapshot.items.iter().map(|(item, progress)| (*item, progress).into()).collect(),
        advice: model::AdviceState::from(snapshot.advice).into(),
        handler: assignment.handler.as_ref().map(handler),
    }
}

fn item(assignment: &Assignment, item: Item, track: &Track, arrested: bool, terms: Terms) -> pb::AssignmentItem {
    let progress = Progress { standing: track.standing(), since: track.since };
    let due = |strand: &Strand| terms.answer_due(strand.asked_at, arrested);
    let open = track.running().filter(|strand| track.state_of(strand) < State::Answered).map(due).min();
    let first_due = open.or_else(|| track.running().map(due).max());
    let readable = |version| assignment.is_readable(item, version);
    let questions = track.strands.iter().enumerate();
    let questions = questions.map(|(place, strand)| (assignment.is_question_readable(item, place), strand));
    let weighings = track.weighings.iter().filter(|one| readable(one.version));
    let retracted = track.retracted();
    pb::AssignmentItem {
        progress: Some((item, &progress).into()),
        holes: track.holes(item).iter().filter(|_| !assignment.recalled).map(Into::into).collect(),
        question: track.running().next().map(|strand| strand.question.name.to_string()).unwrap_or_default(),
        due: first_due.map(instant),
        answers: newer::versions(assignment, item, track, &retracted),
        weighings: weighings.map(|one| weighing_readable(one, &retracted)).collect(),
        questions: questions.map(|(readable, strand)| question(track, strand, due(strand), readable)).collect(),
    }
}

fn answer(strand: &Strand, given: &Given) -> pb::QuestionAnswer {
    let shown = pb::QuestionAnswer::from((strand.question.name, given));
    if strand.is_retracted(given.version) {
        pb::QuestionAnswer { answer: None, retracted: true, ..shown }
    } else {
        shown
    }
}

/// What was said by telephone; not read any more once the source took it back.
fn telephoned(strand: &Strand, noted: &Telephoned) -> pb::TelephoneAnswer {
    let mut shown = pb::TelephoneAnswer::from(noted);
    if strand.is_confirmed_by_source(noted) {
        shown.state = pb::TelephoneAnswerState::BronBevestigde.into();
    } else if strand.has_overtaken(noted) {
        shown.state = pb::TelephoneAnswerState::Achterhaald.into();
    }
    if strand.is_note_retracted(noted) { pb::TelephoneAnswer { answer: None, ..shown } } else { shown }
}

fn question(track: &Track, strand: &Strand, due: Timestamp, readable: bool) -> pb::AskedQuestion {
    let asked = &*strand.question;
    let state = track.state_of(strand);
    let answers = strand.answers.iter().filter(|_| readable).map(|given| answer(strand, given));
    let noted = strand.telephoned.iter().filter(|_| readable);
    pb::AskedQuestion {
        name: asked.name.to_string(),
        round: asked.round,
        addressee: Some((&asked.addressee).into()),
        about: asked.answer_about(),
        asked_at: Some(instant(strand.asked_at)),
        due: Some(instant(due)),
        state: model::ItemState::from(state).into(),
        incomplete: model::IncompleteCode::from(state).into(),
        trouble: strand.open_trouble().map_or(model::Trouble::Unspecified, Into::into).into(),
        closed: strand.closed,
        answers: answers.collect(),
        taken_back: strand.retractions.iter().map(|one| taken_back(one, readable)).collect(),
        telephoned: noted.map(|noted| telephoned(strand, noted)).collect(),
        further: further_question(strand).map(|one| if readable { one } else { without_words(one) }),
    }
}

/// That an answer was taken back, and when; why, only where the answers themselves are still read: a reason may name
/// somebody (A36).
fn taken_back(one: &TakenBack, readable: bool) -> pb::AnswerTakenBack {
    let mut shown = pb::AnswerTakenBack::from(one);
    if let Some(retraction) = shown.retraction.as_mut().filter(|_| !readable) {
        retraction.reason.clear();
    }
    shown
}

/// That it was asked and let go, and by whom.
fn without_words(further: pb::FurtherQuestion) -> pb::FurtherQuestion {
    let dismissal = further.dismissal.map(|one| pb::Dismissal { reason: String::new(), ..one });
    pb::FurtherQuestion { text: String::new(), dismissal, ..further }
}
