//! A case as a caller may see it (D29, D31).

use std::collections::{BTreeMap, BTreeSet};
use zsm::advice::Advice;
use zsm::case::timeline::Moment;
use zsm::case::{AdviceStanding, Case, Chapter, CloseReason, End, Errand, Former, gate};
use zsm::custody::Recorded;
use zsm::decision::Decision;
use zsm::gate::{Open, Subject};
use zsm::look::{Finding, Matter, Seen};
use zsm::name::{AlertName, AssignmentName};
use zsm::retraction::{rests_on, told_in};
use zsm::view::Sight;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as pb;
use zsm_proto::{advice_readable, instant, open_point};

pub(crate) fn case(case: &Case, sight: Sight) -> pb::Case {
    let resource = case.name.to_string();
    let open = open(case);
    let progress = case.progress.as_ref();
    let items = progress.into_iter().flat_map(|snapshot| &snapshot.items).map(|(item, one)| (*item, one).into());
    let advice = case.advice_standing();
    let assigned = case.assignment.as_ref();
    let current = assigned.map(|assigned| assigned.name);
    let of_current = |signed| {
        let shown = current.filter(|_| sight.advices).map(|name| advices(case, name, signed));
        shown.unwrap_or_default()
    };
    pb::Case {
        state: state(case).into(),
        flow: model::Flow::from(&case.flow()).into(),
        lead: case.lead().as_ref().map(Into::into),
        assignment: assigned.map(|one| one.name.to_string()).unwrap_or_default(),
        bvh_number: case.facts.bvh_number.clone(),
        registered_at: Some(instant(case.registered_at)),
        household_version: case.household_version,
        household: sight.household.then(|| case.list_of_police().into()),
        items: if sight.states { items.collect() } else { Vec::new() },
        open: if sight.states { points(&open, &resource) } else { Vec::new() },
        advices: of_current(&case.advices),
        advices_not_counted: of_current(&case.advices_not_counted),
        advice_stale: sight.states && advice == AdviceStanding::Stale,
        advice_standing: if sight.states { advice.into() } else { pb::AdviceStanding::Unspecified }.into(),
        decision: case
            .decision()
            .filter(|_| sight.decision)
            .map(|made| decided(case, made, current, &case.looked_again)),
        alerts: if sight.states { alerts(case, sight) } else { Vec::new() },
        signals: signals(case, sight),
        close_reason: case.end.as_ref().map_or(pb::CloseReason::Unspecified, close_reason).into(),
        required: assigned.filter(|_| sight.states).map(|one| (&one.required).into()),
        asr: sight.advices && case.is_asr(),
        undelivered: if sight.states { undelivered(case) } else { Vec::new() },
        further_persons: progress
            .filter(|_| sight.household)
            .map(|snapshot| snapshot.further_persons.iter().map(Into::into).collect())
            .unwrap_or_default(),
        custody: custody(case),
        siblings: Vec::new(),
        calls: if sight.states { case.calls.iter().map(|(call, by)| (call, by).into()).collect() } else { Vec::new() },
        dossier_permission: case.permission.as_ref().filter(|_| sight.decision).map(Into::into),
        former_assignments: if sight.states { former_assignments(case, sight) } else { Vec::new() },
        chapters: case.chapters.iter().map(|one| chapter(case, one, sight)).collect(),
        excess: if sight.decision { case.excess().map(Into::into).collect() } else { Vec::new() },
        corrections: if sight.decision { all(&case.corrections) } else { Vec::new() },
        settlements: if sight.decision { all(&case.settlements) } else { Vec::new() },
        reductions: if sight.decision { all(&case.reductions) } else { Vec::new() },
        explanation: case.end.as_ref().filter(|_| sight.decision).map(explanation).unwrap_or_default(),
        name: resource,
    }
}

/// The custody of the suspect; nothing when nothing is known of it (D26).
pub(crate) fn custody(case: &Case) -> Option<pb::Custody> {
    const HELD_BACK: &str = "De poort is dicht: over deze zaak is nog niet te beslissen.";
    let custody = case.custody();
    let held_back = if case.is_held_back() { HELD_BACK } else { "" };
    let anything = custody.since.is_some() || !case.custody.is_empty();
    anything.then(|| pb::Custody {
        state: pb::CustodyState::from(custody.standing).into(),
        since: custody.since.map(instant),
        term_ends: custody.term_ends().map(instant),
        held_back: held_back.to_owned(),
        events: (1..).zip(&case.custody).map(|(number, recorded)| act(case, number, recorded)).collect(),
    })
}

fn act(case: &Case, number: u32, recorded: &Recorded) -> pb::CustodyEvent {
    let struck = case.custody_struck.get(&number).map(Into::into);
    pb::CustodyEvent { number, struck, ..recorded.into() }
}

pub(crate) fn moment(moment: &Moment) -> pb::Moment {
    pb::Moment { at: Some(instant(moment.at)), sentence: moment.what.words(), by: moment.by.as_ref().map(Into::into) }
}

/// All that keeps the gate shut; nothing once the case has ended.
pub(crate) fn open(case: &Case) -> Vec<Open> {
    if case.end.is_some() {
        return Vec::new();
    }
    gate(case).err().map(|incomplete| incomplete.open().to_vec()).unwrap_or_default()
}

pub(crate) fn points(open: &[Open], resource: &str) -> Vec<model::OpenPoint> {
    open.iter().map(|one| open_point(one, resource)).collect()
}

fn undelivered(case: &Case) -> Vec<model::Undelivered> {
    let current = case.assignment.as_ref().and_then(|assigned| {
        let errand = match case.end {
            Some(End::Closed(_)) => Errand::Withdraw,
            _ => Errand::Brief { version: assigned.version },
        };
        Some((errand, assigned.trouble?))
    });
    let former = case.former.iter().filter_map(|Former { assigned, .. }| {
        Some((Errand::WithdrawFormer { number: assigned.number() }, assigned.trouble?))
    });
    let others = case.troubles.iter().copied();
    former.chain(current).chain(others).map(Into::into).collect()
}

pub(crate) fn state(case: &Case) -> pb::CaseState {
    case.end.as_ref().map_or(pb::CaseState::Open, ended)
}

fn ended(end: &End) -> pb::CaseState {
    match end {
        End::Decided(_) => pb::CaseState::Beslist,
        End::Closed(_) => pb::CaseState::Gesloten,
    }
}

fn chapter(case: &Case, chapter: &Chapter, sight: Sight) -> pb::Chapter {
    pb::Chapter {
        state: ended(&chapter.end).into(),
        decision: decision(case, chapter).filter(|_| sight.decision),
        close_reason: close_reason(&chapter.end).into(),
        assignment: chapter.assignment.map(|name| name.to_string()).unwrap_or_default(),
        reason: if sight.decision { chapter.reason.text().to_owned() } else { String::new() },
        by: Some((&chapter.by).into()),
        at: Some(instant(chapter.at)),
        explanation: if sight.decision { explanation(&chapter.end) } else { String::new() },
    }
}

fn former_assignments(case: &Case, sight: Sight) -> Vec<pb::FormerAssignment> {
    let former = case.former.iter().map(|former| {
        let advices = if sight.advices { advices(case, former.assigned.name, &former.advices) } else { Vec::new() };
        pb::FormerAssignment { advices, ..former.into() }
    });
    former.collect()
}

/// The advices of an assignment, as they may be read.
fn advices(case: &Case, assignment: AssignmentName, advices: &BTreeMap<u32, Advice>) -> Vec<model::Advice> {
    let retracted = case.retracted(assignment);
    let closed = |advice| told_in(advice, |version| advices.get(&version), &retracted);
    advices.values().map(|advice| advice_readable(advice, &closed(advice), &BTreeSet::new())).collect()
}

/// The decision, when it ended with one.
fn decision(case: &Case, chapter: &Chapter) -> Option<pb::Decision> {
    match &chapter.end {
        End::Decided(decision) => Some(decided(case, decision, chapter.assignment, &chapter.looked_again)),
        End::Closed(_) => None,
    }
}

/// The decision, with what was looked at right before it, whether who was phoned confirmed it since (D28), and what it rests
/// on that was taken back.
fn decided(
    case: &Case,
    decision: &Decision,
    assignment: Option<AssignmentName>,
    looked_again: &BTreeMap<Matter, Finding>,
) -> pb::Decision {
    let looked_at = |seen: &Seen| model::LookedAt {
        subject: format!("{}/items/{}", case.name, seen.matter.subject().slug()),
        office: Some(seen.matter.office().into()),
        phoned: seen.phoned.as_ref().map(Into::into),
        unconfirmed: seen.phoned.is_some() && looked_again.get(&seen.matter) != Some(&Finding::Current),
    };
    let retracted = assignment.map(|name| case.retracted(name)).unwrap_or_default();
    let rests = rests_on(&retracted, &decision.rests_on);
    let rests_on_retracted = rests.into_iter().map(|item| model::ItemKind::from(item).into()).collect();
    pb::Decision { look: decision.look.iter().map(looked_at).collect(), rests_on_retracted, ..decision.into() }
}

fn close_reason(end: &End) -> pb::CloseReason {
    let End::Closed(closing) = end else { return pb::CloseReason::Unspecified };
    match closing.reason {
        CloseReason::Duplicate => pb::CloseReason::Dubbel,
        CloseReason::DroppedByPolice => pb::CloseReason::IngetrokkenDoorPolitie,
        CloseReason::SuspectDied => pb::CloseReason::VerdachteOverleden,
        CloseReason::Transferred => pb::CloseReason::Overgedragen,
        CloseReason::PartnerRefuses => pb::CloseReason::PartnerWeigert,
        CloseReason::OutsideScope => pb::CloseReason::BuitenReikwijdte,
        CloseReason::DecidedElsewhere => pb::CloseReason::BuitenSysteemBeslist,
    }
}

/// Why it was closed, in words.
fn explanation(end: &End) -> String {
    match end {
        End::Closed(closing) => closing.explanation.text().to_owned(),
        End::Decided(_) => String::new(),
    }
}

fn all<'a, Law, Shown: From<&'a Law>>(these: &'a [Law]) -> Vec<Shown> {
    these.iter().map(Into::into).collect()
}

/// Acute signals as they may be read: at the table what must be done, and what is going on to whom it is released (D27).
fn signals(case: &Case, sight: Sight) -> Vec<model::AcuteSignal> {
    let learnt = case.signals.iter().filter(|signal| sight.learns_of(&signal.warning));
    let shown = learnt.map(|signal| {
        let mut shown = model::AcuteSignal::from(signal);
        if let Some(warning) = shown.warning.as_mut().filter(|_| !sight.reads(&signal.warning)) {
            warning.situation.clear();
        }
        shown
    });
    shown.collect()
}

/// Why there is an alert.
fn reason(subject: Subject) -> &'static str {
    if subject == Subject::Signal { "ACUUT_SIGNAAL" } else { "NIEUWE_INFORMATIE" }
}

fn alerts(case: &Case, sight: Sight) -> Vec<pb::Alert> {
    let resource = &case.name;
    let alerts = case.numbered_alerts().map(|(number, alert)| pb::Alert {
        subject: format!("{resource}/items/{}", alert.subject.slug()),
        reason: reason(alert.subject).into(),
        at: Some(instant(alert.at)),
        name: AlertName { case: case.name, number }.to_string(),
        answer: case.alert_answers.get(&number).map(|answer| {
            let shown = pb::AlertAnswer::from(answer);
            if sight.decision { shown } else { pb::AlertAnswer { reason: String::new(), ..shown } }
        }),
    });
    alerts.collect()
}
