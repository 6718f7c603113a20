//! What is so after an event. Total: every event fits every state that can precede it.

use super::{Alert, AlertAnswer, Assigned, Case, Correction, End, Errand, Event, Exit, Reduced, Settled, State};
use crate::custody::Struck;
use crate::gate::Subject;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The case after an event.
pub fn evolve(state: State, event: &Event, at: Timestamp) -> State {
    let Some(mut case) = state else { return begin(event, at) };
    let nothing_new = matches!(event, Event::Progressed { snapshot }
        if case.progress.as_ref().is_some_and(|known| known.says_the_same_as(snapshot)));
    case.revision += u64::from(!nothing_new);
    if !nothing_new && !is_beside(event) {
        case.moved_at = at;
    }
    match event {
        Event::Registered { .. } => {}
        Event::PoliceRecorded { police, .. } => case.facts.police = police.clone(),
        Event::HouseholdConfirmed { version, household, reason, by } => {
            case.household_version = *version;
            case.confirmed_at = at;
            case.facts.household = household.clone();
            case.corrected = None;
            case.reductions.extend(reason.iter().map(|reason| Reduced {
                household_version: *version,
                reason: reason.clone(),
                by: by.clone(),
                at,
            }));
            remember_numbers(&mut case);
        }
        Event::FlowSettled { settlement, by } => {
            case.settlements.push(Settled { settlement: settlement.clone(), by: by.clone(), at });
            case.settled = settlement.age.or(case.settled);
            if let Some(hg_km) = &settlement.hg_km {
                case.facts.hg_km = hg_km.clone();
            }
        }
        Event::Briefed { assignment, lead, version, required, dossier_version } => {
            let before = case.assignment.as_ref();
            case.assignment = Some(Assigned {
                name: *assignment,
                lead: lead.clone(),
                earlier: u32::try_from(case.former.len()).unwrap_or(u32::MAX),
                first: before.map_or(*version, |assigned| assigned.first),
                version: *version,
                delivered: before.map_or(0, |assigned| assigned.delivered),
                required: required.clone(),
                dossier_version: *dossier_version,
                held: case.is_held(),
                trouble: None,
                basis: case.basis(),
            });
        }
        Event::BriefDelivered { version } | Event::BriefDeliveredLate { version } => {
            // After the end the trouble is that of the withdrawal; before it, that of the current version.
            let closed = matches!(case.end, Some(End::Closed(_)));
            if let Some(assigned) = &mut case.assignment {
                assigned.delivered = assigned.delivered.max(*version);
                assigned.trouble = assigned.trouble.filter(|_| !closed && *version < assigned.version);
            }
        }
        Event::Progressed { snapshot } => case.progress = Some(snapshot.clone()),
        Event::AdviceReceived { advice } => {
            case.advices.insert(advice.version, (**advice).clone());
        }
        Event::AssignmentEnded { corrected, .. } => case.end_assignment(*corrected),
        Event::FormerBriefed { number, version } => {
            if let Some(former) = case.former_mut(*number) {
                former.assigned.delivered = former.assigned.delivered.max(*version);
            }
        }
        Event::FormerReported { number, sequence, advice, excess } => {
            if let Some(former) = case.former_mut(*number) {
                if former.heard.iter().all(|heard| heard < sequence) {
                    former.excess = excess.clone();
                }
                former.heard.insert(*sequence);
                former.advices.extend(advice.iter().map(|advice| (advice.version, (**advice).clone())));
            }
        }
        Event::FormerTroubled { number, trouble } => {
            if let Some(former) = case.former_mut(*number) {
                former.assigned.trouble = Some(*trouble);
            }
        }
        Event::FormerTold { number } => {
            if let Some(former) = case.former_mut(*number) {
                former.assigned.trouble = None;
            }
        }
        Event::NotCounted { sequence, advice } => {
            case.not_counted.insert(*sequence);
            case.advices_not_counted.extend(advice.iter().map(|advice| (advice.version, (**advice).clone())));
        }
        Event::Amended { amendment, by } => {
            let (amendment, before) = ((**amendment).clone(), amendment.replaced_in(&case));
            case.amend(&amendment, at);
            case.corrections.push(Correction { amendment, before, by: by.clone(), at });
        }
        Event::AnswersRetracted { assignment, versions } => {
            let known = case.retracted.entry(*assignment).or_default();
            for (item, versions) in versions {
                known.entry(*item).or_default().extend(versions);
            }
        }
        Event::SignalReceived(signal) => case.signals.push((**signal).clone()),
        Event::AlertRaised(alert) => case.alerts.push(*alert),
        Event::AlertAnswered { number, reason, by } => {
            let answer = AlertAnswer { exit: Exit::Stands, reason: reason.clone(), by: by.clone(), at };
            case.alert_answers.insert(*number, answer);
        }
        Event::Reopened { reason, by, .. } => case.reopen(reason, by, at),
        Event::Troubled { trouble } => {
            if let Some(assigned) = &mut case.assignment {
                assigned.trouble = Some(*trouble);
            }
        }
        Event::CallTroubled { errand, trouble } => {
            case.troubles.insert((*errand, *trouble));
        }
        Event::CallRecovered { errand } => case.troubles.retain(|(troubled, _)| troubled != errand),
        Event::Decided(decision) => case.end = Some(End::Decided(decision.clone())),
        Event::LookedAgain { matter, finding } => {
            case.looked_again.insert(matter.clone(), *finding);
            case.troubles.retain(|(troubled, _)| *troubled != Errand::again(matter));
        }
        Event::Closed(closing) => case.end = Some(End::Closed(closing.clone())),
        Event::CallLogged { call, by } => case.calls.push(((**call).clone(), by.clone())),
        Event::CustodyRecorded(recorded) => case.custody.push(recorded.clone()),
        Event::CustodyStruck { number, reason, by } => {
            let struck = Struck { reason: reason.clone(), by: by.clone(), at };
            case.custody_struck.insert(*number, struck);
        }
        Event::DossierPermissionDecided { permission, .. } => case.permission = Some(permission.clone()),
    }
    Some(case)
}

/// Noted beside the gate: the case goes on waiting for what it waited for.
fn is_beside(event: &Event) -> bool {
    matches!(
        event,
        Event::NotCounted { .. }
            | Event::FormerBriefed { .. }
            | Event::FormerReported { .. }
            | Event::FormerTold { .. }
            | Event::CallLogged { .. }
            | Event::CustodyRecorded(_)
            | Event::CustodyStruck { .. }
            | Event::SignalReceived(_)
            | Event::AlertRaised(Alert { subject: Subject::Signal, .. })
            | Event::AlertAnswered { .. }
    )
}

fn begin(event: &Event, at: Timestamp) -> State {
    let Event::Registered { name, facts, by } = event else { return None };
    let mut case = Box::new(Case {
        name: *name,
        facts: (**facts).clone(),
        registered_by: by.clone(),
        registered_at: at,
        numbers: BTreeMap::new(),
        corrected: None,
        confirmed_at: at,
        settled: None,
        settlements: Vec::new(),
        corrections: Vec::new(),
        reductions: Vec::new(),
        household_version: 0,
        assignment: None,
        former: Vec::new(),
        progress: None,
        not_counted: BTreeSet::new(),
        advices_not_counted: BTreeMap::new(),
        retracted: BTreeMap::new(),
        advices: BTreeMap::new(),
        end: None,
        chapters: Vec::new(),
        signals: Vec::new(),
        alerts: Vec::new(),
        calls: Vec::new(),
        custody: Vec::new(),
        custody_struck: BTreeMap::new(),
        permission: None,
        moved_at: at,
        alert_answers: BTreeMap::new(),
        looked_again: BTreeMap::new(),
        troubles: BTreeSet::new(),
        revision: 1,
    });
    remember_numbers(&mut case);
    Some(case)
}

fn remember_numbers(case: &mut Case) {
    for person in &case.facts.household.persons {
        case.numbers.insert(person.number, person.clone());
    }
}
