//! An assignment, as told by its events.

use super::round::Round;
use std::collections::{BTreeMap, BTreeSet};
use zsm::Item;
use zsm::advice::Advice;
use zsm::answer::Answer;
use zsm::assignment::{Brief, Event};
use zsm::name::QuestionName;
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
    /// Who noted what was said by telephone.
    noted_by: BTreeMap<(QuestionName, u32), &'a str>,
    /// Telephone answers that no second adviser confirmed, and that count all the same.
    pub(super) confirmed_alone: BTreeSet<(QuestionName, u32)>,
    pub(super) own_files: usize,
    pub(super) advices: Vec<&'a Advice>,
    /// Versions of advices that were taken back.
    pub(super) taken_back: BTreeSet<u32>,
    pub(super) withdrawn: bool,
    /// The highest version of each item there ever was.
    highest: BTreeMap<Item, u32>,
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
                let mut round = Round::begun(before, about);
                question.into_iter().for_each(|question| round.ask(question, None));
                self.rounds.insert(*item, round);
            }
            Event::AlsoAsked { item, question, occasion } => {
                self.asked.insert(question.name, question);
                let before = self.highest.get(item).copied().unwrap_or(0);
                let round = self.rounds.entry(*item).or_insert_with(|| Round::begun(before, &[]));
                round.ask(question, occasion.as_ref());
            }
            Event::LetGo { item, question, .. } => {
                if let Some(round) = self.rounds.get_mut(item) {
                    round.let_go(*question);
                }
            }
            Event::Dropped { item } => drop(self.rounds.remove(item)),
            Event::QuestionWithdrawn { question, .. } => drop(self.past.insert(*question)),
            Event::Answered { item, question, version, answer } => {
                let round = self.rounds.get_mut(item);
                if let Some(question) = round.and_then(|round| round.hear(*question, *version, answer)) {
                    self.hold(question, *version, answer);
                    self.count(*item);
                }
            }
            Event::AnswerRetracted { question, version, .. } => {
                let Some(item) = self.asked.get(question).map(|asked| asked.item) else { return };
                if let Some(round) = self.rounds.get_mut(&item) {
                    round.take_back(*question, *version);
                    self.count(item);
                }
            }
            Event::NotCounted { question, version, answer } => self.hold(*question, *version, answer),
            Event::TelephoneAnswerRecorded { item, question, number, answer, by, .. } => {
                self.noted_by.insert((*question, *number), &by.person);
                if let Some(round) = self.rounds.get_mut(item) {
                    round.note(*question, *number, answer);
                }
            }
            Event::TelephoneAnswerConfirmed { item, question, number, by } => {
                if self.noted_by.get(&(*question, *number)).is_none_or(|noted_by| **noted_by == by.person) {
                    self.confirmed_alone.insert((*question, *number));
                }
                if let Some(round) = self.rounds.get_mut(item) {
                    round.confirm(*question, *number);
                }
                self.count(*item);
            }
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
            | Event::Retried { .. }
            | Event::SignalRaised(_)
            | Event::DecisionHeard(_) => {}
        }
    }

    fn hold(&mut self, question: QuestionName, version: u32, answer: &'a Answer) {
        if self.held.insert((question, version), answer).is_some() {
            self.doubled.insert((question, version));
        }
    }

    fn provide(&mut self, item: Item, version: u32, answer: Option<&'a Answer>) {
        if let Some(round) = self.rounds.get_mut(&item) {
            round.provide(version, answer);
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

    /// Whether a running question has an answer that counts.
    pub(super) fn is_answered(&self, question: &Question) -> bool {
        self.rounds.values().any(|round| round.is_settled(question))
    }

    /// Why the latest version of an item holds a signature or a decision back, if it does (invariants 1 and 2).
    pub(super) fn open(&self, item: Item) -> Option<String> {
        let Some(round) = self.rounds.get(&item) else { return Some(format!("{item} was not asked for")) };
        let version = round.latest();
        if version == 0 {
            return Some(format!("{item} is not in"));
        }
        if !round.counts() {
            return Some(format!("{item} does not count at {version}"));
        }
        let weighed = self.weighed.get(&item).is_some_and(|weighed| weighed.contains(&version));
        (!weighed).then(|| format!("{item} was not weighed at {version}"))
    }
}

/// Exactly these persons, each once.
pub(super) fn speaks_of(answer: &Answer, about: &[u32]) -> bool {
    let told: BTreeSet<u32> = answer.outcomes.iter().map(|one| one.person).collect();
    told.len() == answer.outcomes.len() && told == about.iter().copied().collect()
}
