//! A case on its way, the lead's assignment, answers and an advice.

use super::*;
use crate::advice::{Content, Grounds, InstrumentUse, Proposal};
use crate::answer::{Answer, Identifier, PersonOutcome, Searched};
use crate::assignment::{Assignment, Brief, Command, Creation};
use crate::case;
use crate::case::Registration;
use crate::decision::{Proposed, Route, Stance};
use crate::degree::{Degree, Dimension, Level};
use crate::disagreement::Explained;
use crate::hole;
use crate::household::PersonNumber;
use crate::item::Item;
use crate::judgement::{AcutePart, Instrument, Judged, Judgement, SafetyConditions};
use crate::look::{Finding, Look};
use crate::name::{AssignmentName, CaseName};
use crate::organisation::{Kind, Organisation, Region};
use crate::outcome::{Outcome, Substance};
use crate::personal::Sensitive;
use crate::question::Question;
use crate::signal::{Receiver, Warning};
use crate::weighing::Line;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub fn case_name() -> CaseName {
    CaseName::new(Uuid::from_u128(7))
}

pub fn organisation(kind: Kind) -> Organisation {
    Organisation::new(kind, Region::midden())
}

/// A registered case.
pub fn registered(facts: Registration) -> Story<CaseLaw> {
    let mut case = Story::new();
    case.done(case::Command::Register(case_name(), Box::new(facts)), &police());
    case
}

/// A case of which the person list was confirmed as the police gave it.
pub fn confirmed(facts: Registration) -> Story<CaseLaw> {
    let household = facts.household.clone();
    let mut case = registered(facts);
    case.done(case::Command::ConfirmHousehold(household, None), &operator());
    case
}

/// The command with which OM begins an assignment.
pub fn creation(case: &case::Case) -> Command {
    let assigned = case.assignment.as_ref().expect("there is an assignment");
    Command::Create(Box::new(Creation {
        name: assigned.name,
        case: case.name,
        earlier: assigned.earlier,
        lead: assigned.lead.clone(),
        principal: case.principal(),
        brief: case.brief().expect("there is a brief"),
    }))
}

/// The lead's assignment of a case.
pub fn assigned(case: &Story<CaseLaw>) -> Story<AssignmentLaw> {
    let mut assignment = Story::new();
    assignment.done(creation(case.body()), &service(Kind::Om));
    assignment
}

/// The assignment for a minor suspect with a mother and a little sister.
pub fn flow_a() -> Story<AssignmentLaw> {
    assigned(&confirmed(registration(parent_and_child(FIFTEEN), crate::offence::HgKm::Ja)))
}

/// The assignment for an adult suspect with a mother and a child.
pub fn flow_b() -> Story<AssignmentLaw> {
    assigned(&confirmed(registration(parent_and_child(ADULT), crate::offence::HgKm::Ja)))
}

/// The same brief, at the next version.
pub fn next(brief: &Brief) -> Brief {
    Brief { version: brief.version + 1, household_version: brief.household_version + 1, ..brief.clone() }
}

pub fn known(person: PersonNumber) -> Outcome {
    let told = |words: &str| Sensitive::about(person, format!("{MARKER} {words}"));
    Outcome::Known(Substance { for_advice: told("voor advies"), for_adviser: told("voor adviseur") })
}

pub fn judged(covers: &[&str]) -> Judgement {
    Judgement::Judged(Judged {
        acute: Level::Geen,
        structural: Level::Aanwijzingen,
        complexity: None,
        text: text("oordeel"),
        instrument: instrument(),
        date: date(2026, 5, 30),
        covers: covers.iter().map(|one| (*one).to_owned()).collect(),
    })
}

/// What is known of the suspect.
pub fn substance() -> Substance {
    known(1).substance().expect("known is known").clone()
}

/// The acute part of a triage that runs, about this case's report.
pub fn warning() -> Warning {
    let released_to = BTreeSet::from([Receiver::Om, Receiver::Politie]);
    Warning { situation: text("hij dreigt met een mes"), action: text("ga er nu heen"), released_to }
}

pub fn acute_part(suffices: bool) -> AcutePart {
    AcutePart {
        acute: Level::Geen,
        text: text("acuut"),
        instrument: instrument(),
        date: date(2026, 5, 30),
        covers: BTreeSet::from([REPORT.to_owned()]),
        suffices,
    }
}

pub fn instrument() -> Instrument {
    Instrument { name: "Triage-instrument".into(), version: "0.6".into() }
}

/// An answer about these persons, as any office but Veilig Thuis gives it.
pub fn answer_about(persons: &[PersonNumber], outcome: impl Fn(PersonNumber) -> Outcome) -> Answer {
    let outcomes = persons.iter().map(|person| PersonOutcome { person: *person, outcome: outcome(*person) });
    Answer {
        outcomes: outcomes.collect(),
        searched: Searched {
            identifiers: BTreeSet::from([Identifier::Bsn]),
            register: "register".into(),
            as_of: hours(-1),
            by: "ambtenaar-1".into(),
        },
        judgement: None,
        safety_conditions: None,
        further_persons: Vec::new(),
        opinion: None,
    }
}

/// A lawful answer to a question; from Veilig Thuis with a judgement on this case's report.
pub fn answer_to(question: &Question, outcome: impl Fn(PersonNumber) -> Outcome) -> Answer {
    let mut answer = answer_about(&question.answer_about(), outcome);
    if question.item == Item::VeiligThuis {
        answer.judgement = Some(judged(&[REPORT]));
        answer.safety_conditions = Some(SafetyConditions::NotYetJudged);
    }
    answer
}

/// The question of an item in its current round.
pub fn question_of(assignment: &Story<AssignmentLaw>, item: Item) -> Question {
    let strand = assignment.body().tracks[&item].running().last();
    Question::clone(&strand.expect("it was asked").question)
}

/// Delivers an answer in which everyone has this outcome.
pub fn deliver(
    assignment: &mut Story<AssignmentLaw>,
    item: Item,
    version: u32,
    outcome: impl Fn(PersonNumber) -> Outcome,
) -> Vec<crate::assignment::Event> {
    let question = question_of(assignment, item);
    let answer = Box::new(answer_to(&question, outcome));
    assignment.done(Command::Deliver { question: question.name, version, answer }, &service(question.addressee.kind))
}

/// Records an own search in which nobody is known.
pub fn search_own_file(assignment: &mut Story<AssignmentLaw>) {
    let about = assignment.body().tracks[&Item::EigenOnderzoek].about.clone();
    let lead = adviser(assignment.body().lead.kind);
    assignment.done(Command::RecordOwnFile(Box::new(answer_about(&about, |_| Outcome::NotKnown))), &lead);
}

/// The command that weighs the latest version of an item.
pub fn weighing(assignment: &Assignment, item: Item) -> Option<Command> {
    let latest = assignment.tracks.get(&item)?.latest()?;
    let lines = latest.content.known().into_iter();
    let lines = lines.map(|person| Line { person, text: Sensitive::about(person, format!("{MARKER} regel")) });
    Some(Command::Weigh { item, version: latest.version, reason: text("gewogen"), lines: lines.collect() })
}

/// Weighs everything that is in.
pub fn weigh_all(assignment: &mut Story<AssignmentLaw>) {
    let lead = adviser(assignment.body().lead.kind);
    let items: Vec<Item> = assignment.body().required().map(|(item, _)| item).collect();
    for item in items {
        let command = weighing(assignment.body(), item).expect("it is in");
        assignment.done(command, &lead);
    }
}

/// Answers everything, and weighs it.
pub fn complete(assignment: &mut Story<AssignmentLaw>) {
    let asked: Vec<Item> =
        assignment.body().required().filter_map(|(item, track)| track.running().next().map(|_| item)).collect();
    for item in asked {
        deliver(assignment, item, 1, |person| if person == 1 { known(person) } else { Outcome::NotKnown });
    }
    search_own_file(assignment);
    weigh_all(assignment);
}

pub fn degree(level: Level) -> Degree {
    let rests_on = BTreeSet::from([Item::VeiligThuis]);
    Degree::Known { level, at_least: false, severity: text("ernst"), rests_on }
}

/// The same, firm or "at least" as the holes under it ask.
fn degree_over(dimension: Dimension, of: Level, grounds: &Grounds<'_>) -> Degree {
    let firm = degree(of);
    let holes = hole::under(&firm, dimension, &grounds.holes);
    match firm {
        Degree::Known { level, severity, rests_on, .. } => {
            Degree::Known { level, at_least: !holes.is_empty(), severity, rests_on }
        }
        unknown => unknown,
    }
}

/// An advice without faults for an assignment.
pub fn content(assignment: &Assignment) -> Content {
    let grounds = assignment.grounds().expect("there is a brief");
    let silent = Content {
        acute: degree_over(Dimension::Acute, Level::Geen, &grounds),
        structural: degree_over(Dimension::Structural, Level::Aanwijzingen, &grounds),
        complexity: Degree::Onbekend { because: text("nog niet bekend") },
        instrument: InstrumentUse::Used(instrument()),
        judgement_version: grounds.judgements.as_ref().map_or(0, |(version, _)| *version),
        deviation: None,
        disagreements: Vec::new(),
        substance: grounds.known_in.iter().map(|item| (*item, text("inhoud"))).collect::<BTreeMap<_, _>>(),
        safety_conditions: SafetyConditions::None,
        proposal: Proposal { route: Route::Dagvaarding, reason: text("voorstel") },
    };
    let lines = silent.disagreements_with(&grounds).into_iter();
    let disagreements = lines.map(|disagreement| Explained { disagreement, text: text("verschil") }).collect();
    Content { disagreements, ..silent }
}

/// Signs.
pub fn sign(assignment: &mut Story<AssignmentLaw>) {
    let content = Box::new(content(assignment.body()));
    let lead = adviser(assignment.body().lead.kind);
    assignment.done(Command::Sign(content), &lead);
}

/// What the lead sends to OM with its latest advice, or without one.
pub fn submission(assignment: &Story<AssignmentLaw>) -> case::Command {
    let snapshot = assignment.body().snapshot(assignment.events.len() as u64);
    match assignment.body().advices.last() {
        Some(advice) => case::Command::SubmitAdvice(Box::new(advice.clone()), snapshot),
        None => case::Command::ReportProgress(snapshot),
    }
}

/// A decision that follows the advice.
pub fn proposed(advice_version: u32) -> Proposed {
    Proposed {
        route: Route::Dagvaarding,
        motivation: text("veiligheid"),
        advice_version,
        stance: Stance::Follows,
        phoned: Vec::new(),
    }
}

/// The command that decides, after a last look at which every office says that all is current.
pub fn deciding(case: &Story<CaseLaw>, proposed: Proposed, mandate: Option<&str>) -> case::Command {
    let read = case.state.as_ref().map_or(0, |case| case.revision);
    let matters = case::to_look_at(&case.state, read, &proposed, mandate, &prosecutor(), case.now).unwrap_or_default();
    let look = Look::new(matters.into_iter().map(|matter| (matter, Finding::Current)).collect());
    case::Command::Decide(proposed, mandate.map(str::to_owned), look)
}

/// A case and its assignment, complete and signed; the gate is open.
pub fn ready(facts: Registration) -> (Story<CaseLaw>, Story<AssignmentLaw>) {
    let mut case = confirmed(facts);
    let mut assignment = assigned(&case);
    complete(&mut assignment);
    sign(&mut assignment);
    let lead = service(assignment.body().lead.kind);
    case.done(submission(&assignment), &lead);
    (case, assignment)
}

/// The assignment's name of the case in these tests.
pub fn assignment_name() -> AssignmentName {
    AssignmentName::derive(case_name(), 1)
}
