//! Golden journals: one whole stream of each aggregate, with how it stands after every fact.
//!
//! The standing tells what `evolve` made of the facts, in words of its own: a state may grow, and a rule such as the gate
//! may change, without an old journal standing otherwise.

use super::files::{Stored, blessed, golden, write_once};
use super::samples::*;
use super::{AtLead, AtOm, AtSource, assignment as lead, case as om, enquiry as source};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zsm::Item;
use zsm::answer::Answer;
use zsm::assignment::Assignment;
use zsm::case::{Case, End};
use zsm::decision::{Route, Stance};
use zsm::enquiry::{Enquiry, Errand};
use zsm::gate::Subject;
use zsm::item::{State, Trouble};
use zsm::outcome::Outcome;
use zsm::progress::AdviceState;

/// A fact of a stream, and how the aggregate stands after it.
#[derive(Serialize, Deserialize)]
struct Step {
    at: Timestamp,
    fact: Stored,
    standing: Value,
}

type Evolve<S, E> = fn(Option<Box<S>>, &E, Timestamp) -> Option<Box<S>>;

/// What a replay needs of an aggregate.
struct Replay<S, E> {
    evolve: Evolve<S, E>,
    standing: fn(&S) -> Value,
}

impl<S, E: Serialize + DeserializeOwned> Replay<S, E> {
    /// Writes the journal if it is missing and asked for, then replays what is there.
    fn run(&self, aggregate: &str, events: &[E]) -> Vec<String> {
        let path = golden().join("journals").join(format!("{aggregate}.json"));
        if blessed() {
            write_once(&path, &self.told(events));
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let steps: Vec<Step> = serde_json::from_str(&text).unwrap();
        let mut faults = Vec::new();
        let mut state = None;
        for (number, step) in (1..).zip(&steps) {
            let event = match step.fact.event::<E>() {
                Ok(event) => event,
                Err(why) => return vec![format!("{aggregate}, fact {number} no longer reads: {why}")],
            };
            state = (self.evolve)(state, &event, step.at);
            let standing = state.as_deref().map(self.standing).unwrap_or_default();
            if standing != step.standing {
                let expected = &step.standing;
                faults.push(format!("{aggregate}, after fact {number}: {standing}\n  and it was {expected}"));
            }
        }
        if steps.is_empty() {
            faults.push(format!("{aggregate}: an empty journal"));
        }
        faults
    }

    fn told(&self, events: &[E]) -> Vec<Step> {
        let mut state = None;
        let mut steps = Vec::new();
        for (hour, event) in (0..).zip(events) {
            state = (self.evolve)(state.take(), event, at(hour));
            let standing = state.as_deref().map(self.standing).unwrap_or_default();
            steps.push(Step { at: at(hour), fact: Stored::of(event), standing });
        }
        steps
    }
}

/// From registration to a decision, and news after it.
pub(super) fn case() -> Vec<String> {
    use State::{Answered, Asked, Queued, Weighed};
    let snapshot =
        |sequence, advice, states: &[State]| AtOm::Progressed { snapshot: om::snapshot(sequence, advice, states) };
    let decision = om::decision(Route::Halt, Stance::Follows);
    let events = [
        om::registered(om::registration()),
        AtOm::PoliceRecorded { police: police(), by: by(zsm::Kind::Politie, zsm::Role::Politie) },
        om::confirmed(),
        om::briefed(&REQUIRED),
        AtOm::Troubled { trouble: Trouble::Stuck },
        AtOm::BriefDelivered { version: 1 },
        snapshot(1, AdviceState::None, &[Queued, Asked, Answered, Answered]),
        snapshot(2, AdviceState::None, &[Weighed; 4]),
        AtOm::AdviceReceived { advice: Box::new(advice(1, &om::weighed())) },
        snapshot(3, AdviceState::Signed(1), &[Weighed; 4]),
        AtOm::Decided(Box::new(decision)),
        om::alert(Subject::Item(Item::VeiligThuis), 2),
        AtOm::NotCounted { sequence: 4, advice: None },
    ];
    Replay { evolve: zsm::case::evolve, standing: of_case }.run("case", &events)
}

/// The suspect turns out an adult: another lead, and news of the one before.
pub(super) fn case_with_another_lead() -> Vec<String> {
    use State::{Answered, Queued, Weighed};
    let first = om::snapshot(1, AdviceState::None, &[Weighed, Answered, Weighed, Weighed]);
    let of_second = |sequence, states: &[State]| {
        let mut snapshot = om::snapshot(sequence, AdviceState::None, states);
        let kindcheck = snapshot.items.remove(&Item::Oudercheck);
        snapshot.items.extend(kindcheck.map(|progress| (Item::Kindcheck, progress)));
        (snapshot.assignment, snapshot.assignment_version) = (om::second_assignment(), 2);
        AtOm::Progressed { snapshot }
    };
    let events = [
        om::registered(om::registration()),
        om::confirmed(),
        om::briefed(&REQUIRED),
        AtOm::BriefDelivered { version: 1 },
        AtOm::Progressed { snapshot: first },
        AtOm::AdviceReceived { advice: Box::new(advice(1, &om::weighed())) },
        om::turns_out_an_adult(),
        AtOm::AssignmentEnded { number: 1, corrected: true },
        om::briefed_to_another_lead(),
        AtOm::FormerTroubled { number: 1, trouble: Trouble::Stuck },
        AtOm::FormerBriefed { number: 1, version: 1 },
        om::former_advice(),
        AtOm::BriefDelivered { version: 2 },
        AtOm::FormerTold { number: 1 },
        of_second(1, &[Queued; 4]),
        of_second(2, &[Weighed; 4]),
    ];
    let standing = |case: &Case| {
        let former = |former: &zsm::case::Former| {
            let one = &former.assigned;
            json!([one.version, one.delivered, one.trouble, former.advices.keys().collect::<Vec<_>>(), former.excess])
        };
        let mut standing = of_case(case);
        standing["former"] = case.former.iter().map(former).collect();
        standing["lead"] = case.assignment.as_ref().map(|one| json!([one.name, one.lead.to_string()])).into();
        standing
    };
    Replay { evolve: zsm::case::evolve, standing }.run("case-another-lead", &events)
}

fn of_case(case: &Case) -> Value {
    let police = &case.facts.police;
    json!({
        "persons": case.facts.household.persons.iter().map(|person| person.number).collect::<Vec<_>>(),
        "police": [police.dossier.is_some(), police.lij.is_some(), police.report_to_vt.is_some(), police.zorgmelding.is_some()],
        "household": case.household_version,
        "assignment": case.assignment.as_ref().map(|one| json!([one.version, one.delivered, one.trouble])),
        "items": case.progress.as_ref().map(|snapshot| &snapshot.items),
        "advices": case.advices.keys().collect::<Vec<_>>(),
        "end": case.end.as_ref().map(|end| if matches!(end, End::Decided(_)) { "decided" } else { "closed" }),
        "alerts": case.alerts.len(),
        "revision": case.revision,
    })
}

/// Asked, answered twice over, weighed, signed, overtaken, asked again, withdrawn.
pub(super) fn assignment() -> Vec<String> {
    use Item::{EigenOnderzoek, Oudercheck, Politiedossier, VeiligThuis};
    let partly = Outcome::Partly { substance: substance(1), still_to_come: text("Het oude dossier.") };
    let incomplete = Answer { judgement: None, ..answer(vec![partly, Outcome::NotKnown, Outcome::NotKnown]) };
    let weighed = |item, version| AtLead::Weighed { item, weighing: weighing(item, version) };
    let rests_on = [(VeiligThuis, 2), (Oudercheck, 1), (EigenOnderzoek, 1), (Politiedossier, 1)];
    let events = [
        lead::created(),
        lead::briefed(1),
        lead::asked(VeiligThuis, 1),
        lead::asked(Oudercheck, 1),
        lead::own_file_due(EigenOnderzoek),
        lead::own_file_due(Politiedossier),
        AtLead::DossierReceived { version: 1, police: police() },
        AtLead::QuestionDelivered { item: VeiligThuis, question: None },
        AtLead::QuestionTakenUp { item: VeiligThuis, question: None, sequence: 1 },
        AtLead::Troubled { errand: lead::ask(Oudercheck), trouble: Trouble::Stuck },
        AtLead::Retried { item: Oudercheck, question: question_name(Oudercheck, 1) },
        lead::answered(VeiligThuis, 1, incomplete),
        lead::answered(Oudercheck, 1, answer(vec![Outcome::NotKnown])),
        AtLead::OwnFileRecorded { answer: Box::new(answer(vec![Outcome::NotKnown])) },
        lead::answered(VeiligThuis, 2, answer_of_vt()),
        lead::further_named(None),
        weighed(VeiligThuis, 2),
        weighed(Oudercheck, 1),
        weighed(EigenOnderzoek, 1),
        weighed(Politiedossier, 1),
        AtLead::AdviceSigned { advice: Box::new(advice(1, &rests_on)) },
        lead::answered(VeiligThuis, 3, answer_of_vt()),
        lead::briefed(2),
        lead::withdrawn(VeiligThuis, 1),
        lead::asked(VeiligThuis, 2),
        lead::not_counted(4),
        lead::answered(VeiligThuis, 1, answer_of_vt()),
        AtLead::Dropped { item: Oudercheck },
        AtLead::Withdrawn,
    ];
    Replay { evolve: zsm::assignment::evolve, standing: of_assignment }.run("assignment", &events)
}

/// Asked in two regions, of which one is let go and asked anew beside the other; recalled in the end.
pub(super) fn assignment_over_two_regions() -> Vec<String> {
    use Item::VeiligThuis;
    let away = lead::in_another_region;
    let anew = zsm::question::Question { round: 3, name: question_name(VeiligThuis, 3), ..away() };
    let also_asked = |question| AtLead::AlsoAsked { item: VeiligThuis, question: Box::new(question), occasion: None };
    let events = [
        lead::created(),
        lead::briefed(1),
        lead::asked(VeiligThuis, 1),
        also_asked(away()),
        lead::answered_one_of(VeiligThuis, 1, answer_of_vt()),
        lead::answered_one_of(VeiligThuis, 2, answer_of_vt()),
        lead::briefed(2),
        AtLead::QuestionWithdrawn { question: away().name, addressee: away().addressee },
        AtLead::LetGo { item: VeiligThuis, question: away().name, dismissal: None },
        also_asked(anew.clone()),
        AtLead::QuestionDelivered { item: VeiligThuis, question: Some(anew.name) },
        lead::answered_one_of(VeiligThuis, 3, answer_of_vt()),
        AtLead::Weighed { item: VeiligThuis, weighing: weighing(VeiligThuis, 4) },
        AtLead::Recalled,
    ];
    let standing = |assignment: &Assignment| {
        let mut standing = of_assignment(assignment);
        let running = assignment.tracks.get(&VeiligThuis).into_iter().flat_map(zsm::assignment::Track::running);
        let running: Vec<Value> =
            running.map(|strand| json!([strand.question.addressee.to_string(), strand.latest_version()])).collect();
        standing["running"] = running.into();
        standing["excess"] = json!(assignment.snapshot(1).excess);
        standing
    };
    Replay { evolve: zsm::assignment::evolve, standing }.run("assignment-two-regions", &events)
}

fn of_assignment(assignment: &Assignment) -> Value {
    let item = |(item, track): (Item, &zsm::assignment::Track)| {
        (item.to_string(), json!([track.standing(), track.round, track.since]))
    };
    json!({
        "brief": assignment.brief.as_ref().map(|brief| brief.version),
        "items": assignment.required().map(item).collect::<serde_json::Map<_, _>>(),
        "past": assignment.past.values().map(|past| &past.not_counted).collect::<Vec<_>>(),
        "further": assignment.further.len(),
        "advices": assignment.advices.iter().map(|advice| advice.version).collect::<Vec<_>>(),
        "withdrawn": assignment.withdrawn,
        "revision": assignment.revision,
    })
}

/// Taken up, answered twice, the first of which did not reach the lead.
pub(super) fn enquiry() -> Vec<String> {
    let events = [
        source::received(Item::VeiligThuis),
        AtSource::TakenUp { by: source::desk() },
        source::answered(1, Some(source::desk())),
        AtSource::Troubled { errand: Errand::Deliver { version: 1 }, trouble: Trouble::Refused },
        source::answered(2, None),
        AtSource::Withdrawn,
    ];
    Replay { evolve: zsm::enquiry::evolve, standing: of_enquiry }.run("enquiry", &events)
}

fn of_enquiry(enquiry: &Enquiry) -> Value {
    json!({
        "stage": format!("{:?}", enquiry.stage()),
        "received_at": enquiry.received_at,
        "answers": enquiry.answers.iter().map(|given| json!([given.version, given.at])).collect::<Vec<_>>(),
        "troubles": enquiry.troubles.len(),
        "revision": enquiry.revision,
    })
}
