//! The adviser's acts: search the own files, weigh, sign (A22, D8, D14, D17, D18, D24).

use super::further;
use crate::advice::{Advice, Content, FurtherJudgement};
use crate::answer::Answer;
use crate::assignment::{Assignment, Event, Withdrawal};
use crate::degree::SCALE;
use crate::fault::{Faults, Problem};
use crate::gate::{self, Advised, Open, Subject};
use crate::item::{Item, Standing, State};
use crate::judgement::Judgement;
use crate::organisation::{Actor, Organisation};
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::progress::AdviceState;
use crate::refusal::{NotNow, Refusal};
use crate::weighing::{self, Line, Weighing};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(super) fn record_own_file(
    assignment: &Assignment,
    mut answer: Answer,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let track = assignment.tracks.get(&Item::EigenOnderzoek).filter(|track| !track.dropped);
    let track = track.ok_or(NotNow::NotRequired)?;
    let mut faults = answer.faults_of_persons(&track.about, "answer");
    faults.merge(answer.faults_of_opinion("answer"));
    faults.merge(answer.faults_of_search("answer", at));
    faults.require(answer.judgement.is_none(), "answer.judgement", Problem::NotForThisOffice);
    faults.require(answer.safety_conditions.is_none(), "answer.safety_conditions", Problem::NotForThisOffice);
    for (index, one) in answer.outcomes.iter().enumerate() {
        let triage = matches!(one.outcome, Outcome::TriageRunning { .. });
        faults.require(!triage, format!("answer.outcomes[{index}].triage_running"), Problem::NotForThisOffice);
    }
    faults.or(())?;
    answer.searched.by.clone_from(&by.person);
    let version = track.versions.last().map_or(1, |last| last.version + 1);
    let source = format!("{}/{}/{version}", assignment.name, Item::EigenOnderzoek);
    let named = further::named(assignment, &assignment.lead, &source, &answer, at);
    let mut events = vec![Event::OwnFileRecorded { answer: Box::new(answer) }];
    events.extend(named);
    Ok(events)
}

pub(super) fn weigh(
    assignment: &Assignment,
    item: Item,
    version: u32,
    reason: Sensitive<String>,
    lines: Vec<Line>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let track = assignment.tracks.get(&item).filter(|track| !track.dropped).ok_or(NotNow::NotRequired)?;
    let highest = track.versions.last().map_or(0, |last| last.version);
    if !(1..=highest).contains(&version) {
        return Err(Faults::one("version", Problem::NoSuchVersion).into());
    }
    let weighed = track.latest().filter(|latest| latest.version == version).ok_or(NotNow::Superseded)?;
    if !matches!(track.standing().state, State::Answered | State::Weighed) {
        return Err(NotNow::NotWeighable.into());
    }
    weighing::faults(&reason, &lines, &weighed.content.known()).or(())?;
    let weighing = Weighing { version, reason, lines, by: by.clone(), at };
    Ok(vec![Event::Weighed { item, weighing }])
}

pub(super) fn sign(
    assignment: &Assignment,
    content: Content,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let advice = signed(assignment, content, Faults::new(), by, at)?;
    Ok(vec![Event::AdviceSigned { advice: Box::new(advice) }])
}

/// The next advice, if it can be signed: nothing is open, it has no faults, and none were found before.
pub(super) fn signed(
    assignment: &Assignment,
    content: Content,
    mut faults: Faults,
    by: &Actor,
    at: Timestamp,
) -> Result<Advice, Refusal> {
    let brief = assignment.brief.as_ref().ok_or(Refusal::NotFound)?;
    let grounds = assignment.grounds().ok_or(Refusal::NotFound)?;
    faults.merge(content.faults(&grounds));
    faults.merge(content.disagreement_faults(&grounds));
    let passed = pass(assignment);
    let judgements = assignment.judgements();
    match (passed, judgements.split_first()) {
        (Ok(complete), Some((first, further))) if faults.is_empty() => Ok(Advice {
            version: complete.advice_version(),
            judgement: first.1.clone(),
            judged_by: Some(first.0.clone()),
            further_judgements: further.iter().map(quoted).collect(),
            holes: content.holes(&grounds),
            opinions: grounds.opinions,
            rests_on: complete.rests_on().clone(),
            content,
            assignment_version: brief.version,
            scale: SCALE,
            signed_by: by.clone(),
            signed_at: at,
            reaffirms: None,
            brief_has_no_effect: None,
        }),
        (Err(incomplete), _) => Err(Refusal::Unsignable(faults, incomplete.open().to_vec())),
        (Ok(_), _) => Err(Refusal::Unsignable(faults, Vec::new())),
    }
}

fn quoted((by, judgement): &(&Organisation, &Judgement)) -> FurtherJudgement {
    FurtherJudgement { by: (*by).clone(), judgement: (*judgement).clone() }
}

/// An adviser of the lead takes back what its adviser signed; the gate at OM shuts (D24).
pub(super) fn withdraw(
    assignment: &Assignment,
    version: u32,
    reason: Sensitive<String>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let latest = assignment.advices.last().map_or(0, |advice| advice.version);
    let mut faults = Faults::new();
    faults.require((1..=latest).contains(&version), "version", Problem::NoSuchVersion);
    faults.require(!reason.text().is_empty(), "reason", Problem::Missing);
    faults.or(())?;
    if version < latest {
        return Err(NotNow::Overtaken.into());
    }
    match assignment.advice_state() {
        AdviceState::Withdrawn(_) => Ok(Vec::new()),
        AdviceState::Signed(_) | AdviceState::None => {
            Ok(vec![Event::AdviceWithdrawn(Withdrawal { version, reason, by: by.clone(), at })])
        }
    }
}

/// The gate at the lead, over the assignment's required set, with the draft as the advice (D7).
fn pass(assignment: &Assignment) -> Result<gate::Complete, gate::Incomplete> {
    let standings: BTreeMap<Item, Standing> =
        assignment.required().map(|(item, track)| (item, track.standing())).collect();
    let rests_on = standings.iter().map(|(item, standing)| (*item, standing.latest)).collect();
    let version = assignment.advices.last().map_or(1, |advice| advice.version + 1);
    gate::pass(gate::View {
        required: assignment.brief.as_ref().map(|brief| &brief.required),
        standings: &standings,
        advice: Advised::Signed { version, rests_on: &rests_on, current: true },
        office: &[],
    })
}

/// All that keeps the advice from being signed, the advice itself left out.
pub fn open_for_signing(assignment: &Assignment) -> Vec<Open> {
    let open = pass(assignment).err().map(|incomplete| incomplete.open().to_vec()).unwrap_or_default();
    open.into_iter().filter(|one| one.subject != Subject::Advice).collect()
}
