//! What may happen to a case, and what follows from it.

use super::evolve::evolve;
use super::{Alert, Case, CloseReason, Closing, End, Event, Registration, Settlement, State};
use crate::advice::Advice;
use crate::authority::{self, Act};
use crate::date::day_of;
use crate::decision::{Decision, Proposed};
use crate::fault::{Faults, Problem};
use crate::flow::{Doubt, Flow, age_at_act, possible};
use crate::gate::{self, Advised, Complete, Incomplete, Open, Reason, Subject};
use crate::household::{Household, PersonNumber, SUSPECT};
use crate::item::{Item, Trouble};
use crate::name::{AssignmentName, CaseName};
use crate::offence::HgKm;
use crate::organisation::{Actor, Role};
use crate::personal::Sensitive;
use crate::police::PoliceRecord;
use crate::progress::{AdviceState, Snapshot};
use crate::refusal::{Forbidden, NotNow, Refusal};
use crate::required::{self, Facts, Required};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What someone asks of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Register it under this name.
    Register(CaseName, Box<Registration>),
    /// Record what the police bring later; parts that are given replace earlier ones.
    RecordPolice(PoliceRecord),
    /// Confirm the person list, with a reason where someone drops from it.
    ConfirmHousehold(Household, Option<Sensitive<String>>),
    /// Settle what the facts leave open.
    Settle(Settlement),
    /// The lead's snapshot.
    ReportProgress(Snapshot),
    /// The lead's signed advice.
    SubmitAdvice(Box<Advice>, Snapshot),
    /// Decide, with the mandate that covers a parketsecretaris today.
    Decide(Proposed, Option<String>),
    /// End without a decision.
    Close(CloseReason, Sensitive<String>),
    /// The lead took in a version of the assignment.
    NoteDelivered(u32),
    /// A call to the lead failed for good (E3).
    NoteTrouble(Trouble),
}

/// May this happen, and what happens then? An empty list means: it is so already.
///
/// # Errors
/// Why not.
pub fn decide(state: &State, command: Command, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let Some(case) = state else {
        return match command {
            Command::Register(name, facts) => register(name, facts, by, at),
            _ => Err(Refusal::NotFound),
        };
    };
    match command {
        Command::Register(..) => Err(Refusal::AlreadyExists(case.name.to_string())),
        Command::RecordPolice(police) => {
            authority::may(by, Act::RecordPoliceReport)?;
            own(by.organisation == case.registered_by.organisation)?;
            running(case)?;
            record_police(case, &police, by, at)
        }
        Command::ConfirmHousehold(household, reason) => {
            own_table(case, by, Act::ConfirmHousehold)?;
            running(case)?;
            confirm(case, household, reason, by, at)
        }
        Command::Settle(settlement) => {
            own_table(case, by, Act::SettleFlow)?;
            running(case)?;
            settle(case, settlement, by, at)
        }
        Command::ReportProgress(snapshot) => progress(case, snapshot, None, by, at),
        Command::SubmitAdvice(advice, snapshot) => progress(case, snapshot, Some(advice), by, at),
        Command::Decide(proposed, mandate) => {
            own_table(case, by, Act::DecideCase)?;
            take_decision(case, proposed, mandate, by, at)
        }
        Command::Close(reason, explanation) => {
            own_table(case, by, Act::CloseCase)?;
            running(case)?;
            close(case, reason, explanation, by, at)
        }
        Command::NoteDelivered(version) => {
            let assigned = case.assignment.as_ref().ok_or(Refusal::NotFound)?;
            let news = assigned.delivered < version || assigned.trouble.is_some();
            Ok(if news { vec![Event::BriefDelivered { version }] } else { Vec::new() })
        }
        Command::NoteTrouble(trouble) => {
            let news = case.assignment.as_ref().is_some_and(|assigned| assigned.trouble != Some(trouble));
            Ok(if news { vec![Event::Troubled { trouble }] } else { Vec::new() })
        }
    }
}

/// The gate of a case, over OM's own required set (D7).
///
/// # Errors
/// Everything that is open.
pub fn gate(case: &Case) -> Result<Complete, Incomplete> {
    let current = case.assignment.as_ref();
    let progress = case.progress.as_ref().filter(|one| current.is_some_and(|mine| mine.name == one.assignment));
    let standings = progress.map(Snapshot::standings).unwrap_or_default();
    let advised = match progress.map(|snapshot| snapshot.advice) {
        None | Some(AdviceState::None) => Advised::None,
        Some(AdviceState::Withdrawn(_)) => Advised::Withdrawn,
        Some(AdviceState::Signed(version)) => case.advices.get(&version).map_or(Advised::None, |advice| Advised::Signed {
            version,
            rests_on: &advice.rests_on,
            current: current.is_some_and(|assigned| assigned.version == advice.assignment_version),
        }),
    };
    gate::pass(gate::View {
        required: current.map(|assigned| &assigned.required),
        standings: &standings,
        advice: advised,
        office: &office(case, progress),
    })
}

/// What OM itself must see to (D6, D7, D10).
fn office(case: &Case, progress: Option<&Snapshot>) -> Vec<Open> {
    let mut open = Vec::new();
    let mut add = |subject, reason| open.push(Open { subject, reason });
    if let Flow::Undecided(doubts) = case.flow() {
        let unknown = doubts.contains(&Doubt::SuspectUnknown);
        add(Subject::Flow, if unknown { Reason::Unknown } else { Reason::Undecided });
    }
    if case.household_version == 0 {
        add(Subject::Household, Reason::NotConfirmed);
    }
    let listed = |reference: &str| {
        let persons = &case.facts.household.persons;
        persons.iter().any(|person| person.further.as_ref().is_some_and(|further| further.reference == reference))
    };
    if progress.is_some_and(|snapshot| snapshot.further_persons.iter().any(|one| !listed(&one.reference))) {
        add(Subject::Household, Reason::FurtherPerson);
    }
    if case.hg_km_unknown() {
        add(Subject::HgKm, Reason::Unknown);
    }
    if case.facts.hg_km.binds() && case.facts.police.report_to_vt.is_none() {
        add(Subject::ReportToVt, Reason::Missing);
    }
    if case.facts.police.zorgmelding.is_none() {
        add(Subject::Zorgmelding, Reason::Missing);
    }
    if let Some(assigned) = &case.assignment {
        match assigned.trouble {
            Some(Trouble::Refused) => add(Subject::Assignment, Reason::CallRefused),
            Some(Trouble::Stuck) => add(Subject::Assignment, Reason::Stuck),
            None if progress.is_none_or(|snapshot| snapshot.assignment_version != assigned.version) => {
                add(Subject::Assignment, Reason::NotProcessed);
            }
            None => {}
        }
    }
    open
}

fn own(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Forbidden::Organisation.into()) }
}

/// Someone who may do this, at the table of the case.
fn own_table(case: &Case, by: &Actor, act: Act) -> Result<(), Refusal> {
    authority::may(by, act)?;
    own(by.is_of(&case.principal()))
}

/// The case did not end.
fn running(case: &Case) -> Result<(), Refusal> {
    match &case.end {
        None => Ok(()),
        Some(End::Decided(_)) => Err(NotNow::Decided.into()),
        Some(End::Closed(_)) => Err(NotNow::Closed.into()),
    }
}

fn register(name: CaseName, facts: Box<Registration>, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    authority::may(by, Act::RegisterCase)?;
    facts.faults(at).or(())?;
    own(by.organisation.region == facts.region)?;
    Ok(vec![Event::Registered { name, facts, by: by.clone() }])
}

fn record_police(case: &Case, police: &PoliceRecord, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let facts = &case.facts;
    police.faults("police", facts.entry_route, facts.hg_km.binds(), &facts.household).or(())?;
    let updated = facts.police.updated(police);
    if updated == facts.police {
        return Ok(Vec::new());
    }
    Ok(with_brief(case, vec![Event::PoliceRecorded { police: updated, by: by.clone() }], at))
}

fn confirm(
    case: &Case,
    mut household: Household,
    reason: Option<Sensitive<String>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if matches!(case.flow(), Flow::Outside(_) | Flow::Under12) {
        return Err(NotNow::OutsideScope.into());
    }
    let suspect = case.facts.household.person(SUSPECT).map(|person| person.identity.clone());
    let mut faults = Faults::new();
    for (index, person) in household.persons.iter_mut().enumerate() {
        if person.number == SUSPECT
            && let Some(known) = &suspect
        {
            // The suspect is who the police registered; a correction is an act of its own.
            let same = person.identity.reveal().is_none() || person.identity == *known;
            faults.require(same, format!("household.persons[{index}].identity"), Problem::Superfluous);
            person.identity = known.clone();
        }
    }
    faults.merge(household.faults("household", day_of(at)));
    let known = case.progress.as_ref().map_or(&[][..], |snapshot| &snapshot.further_persons);
    for (index, person) in household.persons.iter().enumerate() {
        let named = person.further.as_ref().is_none_or(|further| known.contains(further));
        faults.require(named, format!("household.persons[{index}].further_person"), Problem::UnknownPerson);
    }
    let before = &case.facts.household;
    let shrinks = case.household_version > 0
        && (before.persons.iter().any(|person| household.person(person.number).is_none())
            || !before.unborn_of.is_subset(&household.unborn_of)
            || !asked_about(case, before, at).is_subset(&asked_about(case, &household, at)));
    let explained = reason.as_ref().is_some_and(|reason| !reason.text().is_empty());
    faults.require(!shrinks || explained, "reason", Problem::ShrinksWithoutReason);
    faults.or(())?;
    let confirmed = Event::HouseholdConfirmed { version: case.household_version + 1, household, reason, by: by.clone() };
    Ok(with_brief(case, vec![confirmed], at))
}

/// Who would be asked about for which item, with this person list on this day: it shrinks only with a reason (D7).
fn asked_about(case: &Case, household: &Household, at: Timestamp) -> BTreeSet<(Item, PersonNumber)> {
    let required = required_with(case, household, at);
    let items = required.iter().flat_map(Required::items);
    items.flat_map(|one| one.subjects.iter().map(|asked| (one.item, asked.person))).collect()
}

fn settle(case: &Case, settlement: Settlement, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let doubts = match case.flow() {
        Flow::Undecided(doubts) => doubts,
        // HG/KM that is not known stays an open item of a flow that stands (D1).
        Flow::A | Flow::B if case.hg_km_unknown() => [Doubt::HgKmUnknown].into(),
        _ => return Err(NotNow::NothingToSettle.into()),
    };
    let mut faults = Faults::new();
    let age = age_at_act(&case.facts.household, &case.facts.act);
    let age_open = doubts.contains(&Doubt::AroundTwelve) || doubts.contains(&Doubt::AroundEighteen);
    match settlement.age {
        None => faults.require(!age_open, "age", Problem::Missing),
        // What was settled stays settled: another age could be another lead, and that is another assignment (D23).
        Some(_) if !age_open => faults.add("age", Problem::Superfluous),
        Some(settled) => faults.require(possible(age, settled), "age", Problem::ExcludedByFacts),
    }
    match &settlement.hg_km {
        Some(HgKm::Onbekend) => faults.add("hg_km.answer", Problem::ExcludedByFacts),
        Some(hg_km) if case.hg_km_unknown() => faults.merge(hg_km.faults("hg_km", at)),
        Some(_) => faults.add("hg_km", Problem::Superfluous),
        None => {}
    }
    let mut after = case.clone();
    after.settled = settlement.age.or(case.settled);
    after.facts.hg_km = settlement.hg_km.clone().unwrap_or_else(|| case.facts.hg_km.clone());
    match after.flow() {
        Flow::Undecided(left) if left.contains(&Doubt::SuspectUnknown) => return Err(NotNow::NothingToSettle.into()),
        // A settlement always ends in a, b, outside or under twelve (D3).
        Flow::Undecided(left) if left.contains(&Doubt::HgKmUnknown) => faults.add("hg_km", Problem::Missing),
        Flow::A | Flow::B if !age_open => faults.require(!after.hg_km_unknown(), "hg_km", Problem::Missing),
        _ => {}
    }
    faults.or(())?;
    Ok(with_brief(case, vec![Event::FlowSettled { settlement, by: by.clone() }], at))
}

/// Adds what the lead must be told when these events change it.
fn with_brief(case: &Case, mut events: Vec<Event>, at: Timestamp) -> Vec<Event> {
    let mut after: State = Some(Box::new(case.clone()));
    for event in &events {
        after = evolve(after, event, at);
    }
    if let Some(after) = after {
        events.extend(brief(&after, at));
    }
    events
}

fn brief(case: &Case, at: Timestamp) -> Option<Event> {
    let lead = case.lead().filter(|_| case.household_version > 0)?;
    if case.assignment.as_ref().is_some_and(|assigned| assigned.lead == lead && assigned.basis == case.basis()) {
        return None;
    }
    let required = required_with(case, &case.facts.household, at)?;
    let earlier = case.assignment.as_ref();
    let police = &case.facts.police;
    let complete = police.dossier.is_some() && (case.flow() != Flow::A || police.lij.is_some());
    let dossier_before = earlier.map_or(0, |assigned| assigned.dossier_version);
    let changed = earlier.is_none_or(|assigned| {
        let then = &assigned.basis.police;
        (&then.dossier, &then.lij) != (&police.dossier, &police.lij)
    });
    Some(Event::Briefed {
        assignment: AssignmentName::derive(case.name, 1),
        lead,
        version: earlier.map_or(1, |assigned| assigned.version + 1),
        required,
        dossier_version: dossier_before + u32::from(complete && changed),
    })
}

/// The required set that the case would have with this person list.
fn required_with(case: &Case, household: &Household, at: Timestamp) -> Option<Required> {
    let Registration { act, hg_km, .. } = &case.facts;
    required::compute(Facts { flow: &case.flow(), act, hg_km, settled: case.settled, household }, at)
}

/// News from the lead is never refused for being late (E1, D21); it counts when it is of the current assignment.
fn progress(
    case: &Case,
    snapshot: Snapshot,
    advice: Option<Box<Advice>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let assigned = case.assignment.as_ref().ok_or(Forbidden::Organisation)?;
    own(by.is_of(&assigned.lead))?;
    let mut faults = Faults::new();
    faults.require(snapshot.assignment == assigned.name, "snapshot.assignment", Problem::Form);
    if let Some(advice) = &advice {
        let known = case.advices.get(&advice.version);
        faults.require(known.is_none_or(|known| known == &**advice), "advice.version", Problem::Duplicate);
        faults.require(advice.signed_by.is_of(&assigned.lead), "advice.signed_by", Problem::NotForThisOffice);
    }
    faults.or(())?;
    let advice = advice.filter(|advice| !case.advices.contains_key(&advice.version));
    let newer = case.progress.as_ref().is_none_or(|known| known.sequence < snapshot.sequence);
    let mut events = Vec::new();
    match &case.end {
        Some(End::Closed(_)) => {
            if newer || advice.is_some() {
                events.push(Event::NotCounted { sequence: snapshot.sequence, advice });
            }
        }
        end => {
            if let Some(End::Decided(decision)) = end
                && newer
            {
                events.extend(alerts(case, decision, &snapshot, at).into_iter().map(Event::AlertRaised));
            }
            events.extend(advice.map(|advice| Event::AdviceReceived { advice }));
            // Also when it tells the same: of two snapshots the one with the higher sequence counts (D22).
            if newer {
                events.push(Event::Progressed { snapshot });
            }
        }
    }
    Ok(events)
}

/// What is new to someone who decided on older versions (A14).
fn alerts(case: &Case, decision: &Decision, snapshot: &Snapshot, at: Timestamp) -> Vec<Alert> {
    let mut news = Vec::new();
    for (item, progress) in &snapshot.items {
        let latest = progress.standing.latest;
        if decision.rests_on.get(item).is_some_and(|rested| *rested != latest) {
            news.push((Subject::Item(*item), latest));
        }
    }
    match snapshot.advice {
        AdviceState::Signed(version) if version == decision.advice_version => {}
        AdviceState::Signed(version) | AdviceState::Withdrawn(version) => news.push((Subject::Advice, version)),
        AdviceState::None => news.push((Subject::Advice, 0)),
    }
    let further = u32::try_from(snapshot.further_persons.len()).unwrap_or(u32::MAX);
    let before = case.progress.as_ref().map_or(0, |known| known.further_persons.len());
    if snapshot.further_persons.len() > before {
        news.push((Subject::Household, further));
    }
    news.retain(|(subject, version)| !case.alerts.iter().any(|old| (old.subject, old.version) == (*subject, *version)));
    news.into_iter().map(|(subject, version)| Alert { subject, version, at }).collect()
}

fn take_decision(
    case: &Case,
    proposed: Proposed,
    mandate: Option<String>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if by.role == Role::Parketsecretaris && mandate.is_none() {
        return Err(Forbidden::Mandate.into());
    }
    running(case)?;
    if matches!(case.flow(), Flow::Outside(_) | Flow::Under12) {
        return Err(NotNow::OutsideScope.into());
    }
    proposed.faults(None).or(())?;
    let complete = gate(case)?;
    let advice = case.advices.get(&complete.advice_version());
    let advised = advice.map(|advice| (advice.version, advice.content.proposal.route));
    proposed.faults(advised).or(())?;
    let mandate = mandate.filter(|_| by.role == Role::Parketsecretaris);
    Ok(vec![Event::Decided(Box::new(decision(&complete, proposed, mandate, by, at)))])
}

/// A decision needs proof that the gate was passed: without a [`Complete`] it cannot be written down.
fn decision(complete: &Complete, proposed: Proposed, mandate: Option<String>, by: &Actor, at: Timestamp) -> Decision {
    let rests_on: BTreeMap<_, _> = complete.rests_on().clone();
    Decision {
        route: proposed.route,
        motivation: proposed.motivation,
        advice_version: complete.advice_version(),
        stance: proposed.stance,
        rests_on,
        by: by.clone(),
        mandate,
        at,
    }
}

fn close(
    case: &Case,
    reason: CloseReason,
    explanation: Sensitive<String>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if reason == CloseReason::DecidedElsewhere && by.role != Role::Officier {
        return Err(Forbidden::Role.into());
    }
    // Out of scope is earned: an undecided case has not earned it yet (D1, D2).
    let outside = matches!(case.flow(), Flow::Outside(_) | Flow::Under12);
    if reason == CloseReason::OutsideScope && !outside {
        return Err(Faults::one("reason", Problem::ExcludedByFacts).into());
    }
    Ok(vec![Event::Closed(Closing { reason, explanation, by: by.clone(), at })])
}
