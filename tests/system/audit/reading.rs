//! An assignment, as told by its events.

use std::collections::{BTreeMap, BTreeSet};
use zsm::Item;
use zsm::advice::Advice;
use zsm::answer::Answer;
use zsm::assignment::{Brief, Event};
use zsm::judgement::Judgement;
use zsm::name::QuestionName;
use zsm::outcome::Outcome;
use zsm::question::Question;

/// How an assignment stands after some of its events.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) brief: Option<&'a Brief>,
    /// The current round of every item that is required.
    pub(super) rounds: BTreeMap<Item, Round<'a>>,
    /// Every question that was asked.
    pub(super) asked: BTreeMap<QuestionName, &'a Question>,
    /// Questions that are no longer needed.
    pub(super) past: BTreeSet<QuestionName>,
    /// Answers by question and version at the source, those that do not count too.
    pub(super) held: BTreeMap<(QuestionName, u32), &'a Answer>,
    /// Answers that were counted more than once.
    pub(super) doubled: BTreeSet<(QuestionName, u32)>,
    /// Versions of each item that were weighed, in order.
    pub(super) weighed: BTreeMap<Item, Vec<u32>>,
    pub(super) own_files: usize,
    pub(super) advices: Vec<&'a Advice>,
    /// Versions of advices that were taken back.
    pub(super) taken_back: BTreeSet<u32>,
    pub(super) withdrawn: bool,
    /// The highest version of each item there ever was.
    highest: BTreeMap<Item, u32>,
}

/// What runs of an item.
#[derive(Debug)]
pub(super) struct Round<'a> {
    /// Every question, with its answers by version at the source.
    pub(super) questions: BTreeMap<QuestionName, BTreeMap<u32, &'a Answer>>,
    about: &'a [u32],
    /// Versions that came before this round.
    before: u32,
    /// What the lead or OM provided itself, by version; the dossier has no answer.
    provided: BTreeMap<u32, Option<&'a Answer>>,
}

impl<'a> Round<'a> {
    /// The latest version: of every question the latest at its source, counted on; zero where there is none.
    fn latest(&self) -> u32 {
        let told: u32 = self.questions.values().filter_map(|answers| answers.last_key_value()).map(|(at, _)| at).sum();
        let provided = self.provided.last_key_value().map_or(0, |(version, _)| *version);
        if told > 0 { self.before + told } else { provided }
    }

    /// The answers that count; nothing while a question has none.
    pub(super) fn answers(&self) -> Option<Vec<&'a Answer>> {
        let asked = self.questions.values().map(|answers| Some(*answers.last_key_value()?.1));
        let own = self.provided.last_key_value().and_then(|(_, answer)| *answer).map(Some);
        asked.chain(own).collect()
    }
}

impl<'a> Reading<'a> {
    pub(super) fn of(events: &'a [Event]) -> Self {
        let mut reading = Reading::default();
        events.iter().for_each(|event| reading.hear(event));
        reading
    }

    /// One event more.
    pub(super) fn hear(&mut self, event: &'a Event) {
        match event {
            Event::Briefed { brief } => self.brief = Some(brief),
            Event::Asked { item, question, about } => {
                let before = self.highest.get(item).copied().unwrap_or(0);
                let question = question.as_deref();
                self.asked.extend(question.map(|question| (question.name, question)));
                let questions = question.iter().map(|question| (question.name, BTreeMap::new())).collect();
                self.rounds.insert(*item, Round { questions, about, before, provided: BTreeMap::new() });
            }
            Event::Dropped { item } => drop(self.rounds.remove(item)),
            Event::QuestionWithdrawn { question, .. } => drop(self.past.insert(*question)),
            Event::Answered { item, question, version, answer } => {
                let Some(round) = self.rounds.get_mut(item) else { return };
                // Facts from before there could be several questions name none.
                let Some(question) = question.or(round.questions.keys().next().copied()) else { return };
                round.questions.entry(question).or_default().insert(*version, answer);
                self.hold(question, *version, answer);
                self.count(*item);
            }
            Event::NotCounted { question, version, answer } => self.hold(*question, *version, answer),
            Event::OwnFileRecorded { answer } => {
                self.own_files += 1;
                let version = self.highest.get(&Item::EigenOnderzoek).map_or(1, |highest| highest + 1);
                self.provide(Item::EigenOnderzoek, version, Some(answer));
            }
            Event::DossierReceived { version, .. } => self.provide(Item::Politiedossier, *version, None),
            Event::Weighed { item, weighing } => self.weighed.entry(*item).or_default().push(weighing.version),
            Event::AdviceSigned { advice } => self.advices.push(advice),
            Event::AdviceWithdrawn(withdrawal) => drop(self.taken_back.insert(withdrawal.version)),
            Event::Withdrawn | Event::Recalled => self.withdrawn = true,
            Event::Created { .. }
            | Event::QuestionDelivered { .. }
            | Event::QuestionTakenUp { .. }
            | Event::FurtherPersonNamed { .. }
            | Event::DraftSaved { .. }
            | Event::TakenOver { .. }
            | Event::Troubled { .. }
            | Event::Recovered { .. }
            | Event::Retried { .. } => {}
        }
    }

    fn hold(&mut self, question: QuestionName, version: u32, answer: &'a Answer) {
        if self.held.insert((question, version), answer).is_some() {
            self.doubled.insert((question, version));
        }
    }

    fn provide(&mut self, item: Item, version: u32, answer: Option<&'a Answer>) {
        if let Some(round) = self.rounds.get_mut(&item) {
            round.provided.insert(version, answer);
        }
        self.count(item);
    }

    fn count(&mut self, item: Item) {
        let latest = self.rounds.get(&item).map_or(0, Round::latest);
        let highest = self.highest.entry(item).or_default();
        *highest = latest.max(*highest);
    }

    /// The latest version of each required item; zero where there is none.
    pub(super) fn latest(&self) -> BTreeMap<Item, u32> {
        self.rounds.iter().map(|(item, round)| (*item, round.latest())).collect()
    }

    /// Whether a question has an answer that counts.
    pub(super) fn is_answered(&self, question: &Question) -> bool {
        let answer = self.held.range((question.name, 0)..=(question.name, u32::MAX)).next_back();
        answer.is_some_and(|(_, answer)| counts(answer, &question.answer_about()))
    }

    /// Why the latest version of an item holds a signature or a decision back, if it does (invariants 1 and 2).
    pub(super) fn open(&self, item: Item) -> Option<String> {
        let Some(round) = self.rounds.get(&item) else { return Some(format!("{item} was not asked for")) };
        let version = round.latest();
        let Some(answers) = round.answers().filter(|_| version > 0) else {
            return Some(format!("{item} is not in"));
        };
        if !answers.is_empty() && !all_count(&answers, round.about) {
            return Some(format!("{item} does not count at {version}"));
        }
        let weighed = self.weighed.get(&item).is_some_and(|weighed| weighed.contains(&version));
        (!weighed).then(|| format!("{item} was not weighed at {version}"))
    }
}

/// Every asked person, each once, is known or searched for and not known; or Veilig Thuis gave the acute part of a triage
/// that runs, where that was agreed to be enough.
fn counts(answer: &Answer, about: &[u32]) -> bool {
    speaks_of(answer, about) && all_count(&[answer], about)
}

/// Every asked person is known or searched for and not known, whoever was asked.
fn all_count(answers: &[&Answer], about: &[u32]) -> bool {
    let outcomes: Vec<_> = answers.iter().flat_map(|answer| &answer.outcomes).collect();
    answers.iter().all(|answer| answer.outcomes.iter().all(|one| is_full(answer, &one.outcome)))
        && about.iter().all(|person| outcomes.iter().any(|one| one.person == *person))
}

fn is_full(answer: &Answer, outcome: &Outcome) -> bool {
    let in_part = matches!(&answer.judgement, Some(Judgement::AcutePart(part)) if part.suffices);
    match outcome {
        Outcome::Known(_) | Outcome::NotKnown => true,
        Outcome::TriageRunning { .. } => in_part,
        _ => false,
    }
}

/// Exactly these persons, each once.
pub(super) fn speaks_of(answer: &Answer, about: &[u32]) -> bool {
    let told: BTreeSet<u32> = answer.outcomes.iter().map(|one| one.person).collect();
    told.len() == answer.outcomes.len() && told == about.iter().copied().collect()
}
