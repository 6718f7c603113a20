//! One item at the lead: its questions, every version that came in, every weighing. Nothing is ever replaced.

use super::occasion::{Dismissal, Dismissed, Occasion};
use super::strand::{Given, Strand, TakenBack};
use super::telephone::{Confirmation, Telephoned};
use crate::answer::{Answer, PersonOutcome};
use crate::hole::{self, Hole};
use crate::household::PersonNumber;
use crate::item::{Code, Item, Standing, State};
use crate::name::QuestionName;
use crate::outcome::Outcome;
use crate::police::PoliceRecord;
use crate::question::Question;
use crate::weighing::Weighing;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An item's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Every question there ever was, in the order in which they were asked; none for own file and dossier.
    pub strands: Vec<Strand>,
    /// The highest round of a question, or of an own search; from one.
    pub round: u32,
    /// Everyone about whom an outcome must come.
    pub about: Vec<PersonNumber>,
    /// Versions up to here no longer count: the questions they answer are closed.
    pub before: u32,
    /// Every version, in order.
    pub versions: Vec<Version>,
    /// Every weighing, in order.
    pub weighings: Vec<Weighing>,
    /// Since when it stands as it does.
    pub since: Timestamp,
    /// No longer required.
    pub dropped: bool,
}

/// One version of an item.
///
/// Its number is `before` plus, for every question that runs, the latest version at the source and one for each
/// telephone answer that was confirmed: it rises with every answer that counts, and does not depend on the order in
/// which answers of several sources arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From one, over all rounds.
    pub version: u32,
    /// When it arrived.
    pub at: Timestamp,
    /// What it holds.
    pub content: Content,
}

/// What a version holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The latest answer to every question that has one.
    Answers(Vec<Told>),
    /// What the lead found in its own files.
    OwnFile(Box<Answer>),
    /// What the police brought.
    Dossier(Box<PoliceRecord>),
}

/// The answer to one of the questions of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The question.
    pub question: QuestionName,
    /// Version at the source; of a telephone answer, the one that it followed.
    pub version: u32,
    /// Which of the telephone answers it is; none for the source's own.
    pub telephoned: Option<u32>,
    /// The answer.
    pub answer: Arc<Answer>,
}

impl Content {
    /// What the sources told in it.
    pub fn told(&self) -> &[Told] {
        match self {
            Content::Answers(told) => told,
            Content::OwnFile(_) | Content::Dossier(_) => &[],
        }
    }

    /// What the lead found in its own files.
    pub fn own(&self) -> Option<&Answer> {
        match self {
            Content::OwnFile(answer) => Some(answer),
            Content::Answers(_) | Content::Dossier(_) => None,
        }
    }

    /// The answers in it.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        let (told, own) = match self {
            Content::Answers(told) => (told.as_slice(), None),
            Content::OwnFile(answer) => (&[][..], Some(&**answer)),
            Content::Dossier(_) => (&[][..], None),
        };
        told.iter().map(|told| &*told.answer).chain(own)
    }

    /// Everyone who is known in it, each once.
    pub fn known(&self) -> Vec<PersonNumber> {
        let mut known = Vec::new();
        for person in self.answers().flat_map(Answer::known) {
            if !known.contains(&person) {
                known.push(person);
            }
        }
        known
    }
}

impl Track {
    /// A track on which nothing happened yet.
    pub fn begun(at: Timestamp) -> Track {
        Track {
            strands: Vec::new(),
            round: 0,
            about: Vec::new(),
            before: 0,
            versions: Vec::new(),
            weighings: Vec::new(),
            since: at,
            dropped: false,
        }
    }

    /// The questions that run.
    pub fn running(&self) -> impl Iterator<Item = &Strand> {
        self.strands.iter().filter(|strand| !strand.closed)
    }

    /// A question that runs.
    pub fn strand(&self, question: QuestionName) -> Option<&Strand> {
        self.running().find(|strand| strand.question.name == question)
    }

    /// The latest version that counts.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.last().filter(|version| version.version > self.before)
    }

    /// A version.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.version == number)
    }

    /// A version as it may be read: while OM withholds the dossier, no version shows what it holds (A34), and what a source
    /// took back is not told any more (D12).
    pub fn readable(&self, version: &Version) -> Version {
        let withheld = |content: &Content| matches!(content, Content::Dossier(record) if record.is_withheld());
        let content = match &version.content {
            Content::Dossier(record) if self.versions.last().is_some_and(|latest| withheld(&latest.content)) => {
                Content::Dossier(Box::new(record.without_dossier()))
            }
            Content::Answers(told) => {
                Content::Answers(told.iter().filter(|told| !self.is_retracted(told)).cloned().collect())
            }
            content => content.clone(),
        };
        Version { content, ..version.clone() }
    }

    /// The holes in the version that counts (D17).
    pub fn holes(&self, item: Item) -> BTreeSet<Hole> {
        let Some(latest) = self.latest() else { return BTreeSet::new() };
        match &latest.content {
            Content::Dossier(record) => hole::in_dossier(record),
            content => content.answers().flat_map(|answer| hole::in_answer(item, answer)).collect(),
        }
    }

    /// The weighing of a version, the latest if it was weighed more than once.
    pub fn weighing(&self, version: u32) -> Option<&Weighing> {
        self.weighings.iter().rev().find(|weighing| weighing.version == version)
    }

    /// How far the item is (D29): as far as the question that is least far.
    pub fn standing(&self) -> Standing {
        let weighed = self.weighings.iter().map(|weighing| weighing.version).max().unwrap_or(0);
        let latest = self.latest().map_or(0, |version| version.version);
        let trouble = self.running().filter_map(Strand::open_trouble).min();
        Standing { state: self.state(latest), latest, weighed, trouble }
    }

    /// How far one of its questions is. While a later call waits to be confirmed, nobody knows whether what is in still
    /// holds (D20).
    pub fn state_of(&self, strand: &Strand) -> State {
        match strand.latest() {
            None => strand.state_before_answer(),
            Some(given) => {
                let lacks = self.lacks(strand, &given.answer);
                let unsure = strand.awaits_confirmation().then_some(Code::NogNietVolledig);
                lacks.or(unsure).map_or(State::Answered, State::Incomplete)
            }
        }
    }

    /// Whether what is in counts as a whole, also while a later call waits to be confirmed.
    pub fn is_answered(&self, strand: &Strand) -> bool {
        strand.latest().is_some_and(|given| self.lacks(strand, &given.answer).is_none())
    }

    fn lacks(&self, strand: &Strand, answer: &Answer) -> Option<Code> {
        answer.incomplete_but_for(|one| self.is_settled_elsewhere(strand, one))
    }

    /// A wrong region is settled by what another region says about that person, and never by silence (D32). What an
    /// adviser asked of his own accord stands in for nothing else, but for what he asked because of such an outcome. Nor
    /// does a region that was named by mistake, or any while none judges on this case's report (D14).
    fn is_settled_elsewhere(&self, strand: &Strand, one: &PersonOutcome) -> bool {
        let says = |outcome: &Outcome| !matches!(outcome, Outcome::WrongRegion { .. });
        let asks_it = |other: &&Strand| {
            let (question, asked) = (&strand.question, &other.question);
            let stands_in = asked.text == question.text || other.sent_on_before.contains(&(question.name, one.person));
            asked.addressee != question.addressee && stands_in && !self.is_taken_back(question.name, other, one.person)
        };
        !says(&one.outcome)
            && self.running().any(Strand::bears_the_report)
            && self.running().filter(asks_it).any(|other| other.outcome_of(one.person).is_some_and(says))
    }

    /// Whether the answer to a question had this one asked, and no answer names that region for the person any more (D32).
    fn is_taken_back(&self, origin: QuestionName, sent_on: &Strand, person: PersonNumber) -> bool {
        let region = &sent_on.question.addressee.region;
        let mut given = self.running().filter_map(Strand::latest);
        sent_on.sent_on_from() == Some(origin) && !given.any(|given| given.answer.sends(person, region))
    }

    /// Whom a region sends on when a new question is asked, each with the question that region answered. One that is
    /// itself sent on has it from where it comes, and what is put anew asks because of nothing that it did not before.
    fn sent_on(&mut self, question: &Question, occasion: Option<&Occasion>) -> BTreeSet<(QuestionName, PersonNumber)> {
        if let Some(Occasion::SentOnFrom(origin)) = occasion {
            return self.strand(*origin).map(|strand| strand.sent_on_before.clone()).unwrap_or_default();
        }
        let before = self.continued_by(question, occasion);
        let moved = |strand: &Strand| {
            let sent = |one: &&PersonOutcome| matches!(one.outcome, Outcome::WrongRegion { .. });
            let outcomes = strand.latest().into_iter().flat_map(|given| &given.answer.outcomes);
            outcomes.filter(sent).map(|one| (strand.question.name, one.person)).collect::<Vec<_>>()
        };
        let moved = self.running().flat_map(moved);
        moved.filter(|one| before.as_ref().is_none_or(|before| before.contains(one))).collect()
    }

    /// Who had been sent on before the adviser's question that this one continues.
    fn continued_by(
        &mut self,
        question: &Question,
        occasion: Option<&Occasion>,
    ) -> Option<BTreeSet<(QuestionName, PersonNumber)>> {
        let same = |strand: &&mut Strand| {
            let asked = (&strand.question.text, &strand.question.addressee, strand.occasion.as_ref());
            let left = strand.closed && strand.dismissed.is_none() && !strand.put_anew;
            left && asked == (&question.text, &question.addressee, occasion)
        };
        let before = self.strands.iter_mut().find(same).filter(|_| question.text.is_some())?;
        before.put_anew = true;
        Some(before.sent_on_before.clone())
    }

    fn state(&self, latest: u32) -> State {
        let asked = self.running().map(|strand| self.state_of(strand)).min();
        let state = asked.unwrap_or_else(|| self.state_of_own_search());
        if state == State::Answered && self.weighing(latest).is_some() { State::Weighed } else { state }
    }

    fn state_of_own_search(&self) -> State {
        let Some(version) = self.latest() else { return State::NotAsked };
        let incomplete: Option<Code> = version.content.answers().filter_map(Answer::incomplete).min();
        incomplete.map_or(State::Answered, State::Incomplete)
    }

    /// A new round: what came before stays readable and no longer counts.
    pub(super) fn begin_round(&mut self, question: Option<&Question>, about: &[PersonNumber], at: Timestamp) {
        self.before = self.versions.last().map_or(0, |version| version.version);
        self.strands.iter_mut().for_each(|strand| strand.closed = true);
        self.round = question.map_or(self.round + 1, |question| question.round);
        self.strands.extend(question.map(|question| Strand::begun(question.clone(), None, at)));
        self.about = about.to_vec();
        self.since = at;
        self.dropped = false;
    }

    /// One more question. Where the item was not required any more, it begins a new round.
    pub(super) fn ask_also(&mut self, question: &Question, occasion: Option<Occasion>, at: Timestamp) {
        if self.dropped {
            self.begin_round(None, &[], at);
        }
        self.round = self.round.max(question.round);
        let sent_on_before = self.sent_on(question, occasion.as_ref());
        self.strands.push(Strand { sent_on_before, ..Strand::begun(question.clone(), occasion, at) });
        self.about = self.running().flat_map(|strand| strand.question.answer_about()).collect();
        self.about.sort_unstable();
        self.about.dedup();
        self.since = at;
    }

    /// A question no longer counts. What is left of an answered item is a new version: it was never weighed as such.
    pub(super) fn let_go(&mut self, question: QuestionName, dismissal: Option<Dismissal>, at: Timestamp) {
        let Some(strand) = self.strand_mut(Some(question)) else { return };
        strand.closed = true;
        strand.dismissed = dismissal.map(|dismissal| Dismissed { dismissal, at });
        let gone = strand.versions();
        self.since = at;
        if gone > 0 {
            self.before = self.before.saturating_add(gone).saturating_add(1);
            let told = self.told();
            if !told.is_empty() {
                self.insert(Version { version: self.number(), at, content: Content::Answers(told) });
            }
        }
    }

    /// A question that runs; without a name the only one, as it is in facts from before there could be more.
    pub(super) fn strand_mut(&mut self, question: Option<QuestionName>) -> Option<&mut Strand> {
        let mut running = self.strands.iter_mut().filter(|strand| !strand.closed);
        running.find(|strand| question.is_none_or(|name| strand.question.name == name))
    }

    /// An answer to a question. A version that was overtaken on its way stays with its question and changes nothing.
    pub(super) fn hear(&mut self, question: Option<QuestionName>, given: Given) {
        let (at, known) = (given.at, self.number());
        if let Some(strand) = self.strand_mut(question) {
            strand.receive(given);
        }
        self.note_what_is_new(known, at);
    }

    /// What was said by telephone. It is no version of the item before a second adviser confirms it (D20).
    pub(super) fn note(&mut self, question: QuestionName, telephoned: Telephoned) {
        if let Some(strand) = self.strand_mut(Some(question)) {
            strand.telephoned.push(telephoned);
        }
    }

    /// A second adviser stands for what was said by telephone.
    pub(super) fn confirm(&mut self, question: QuestionName, number: u32, confirmation: Confirmation) {
        let (at, known) = (confirmation.at, self.number());
        let strand = self.strand_mut(Some(question));
        let mut noted = strand.into_iter().flat_map(|strand| &mut strand.telephoned);
        if let Some(noted) = noted.find(|one| one.number == number) {
            noted.confirmed = Some(confirmation);
        }
        self.note_what_is_new(known, at);
    }

    /// A source took an answer back, also one to a question that is closed: what was told there is not read any more.
    pub(super) fn take_back(&mut self, question: QuestionName, taken_back: TakenBack) {
        let (at, known) = (taken_back.at, self.number());
        if let Some(strand) = self.strands.iter_mut().find(|strand| strand.question.name == question) {
            strand.take_back(taken_back);
        }
        self.note_what_is_new(known, at);
    }

    /// Versions in which an answer stands that was taken back.
    pub fn retracted(&self) -> BTreeSet<u32> {
        let retracted = |version: &&Version| version.content.told().iter().any(|told| self.is_retracted(told));
        self.versions.iter().filter(retracted).map(|version| version.version).collect()
    }

    /// Whether an answer in one of the versions was taken back.
    pub fn is_retracted(&self, told: &Told) -> bool {
        let mut strands = self.strands.iter().filter(|strand| strand.question.name == told.question);
        strands.any(|strand| match told.telephoned {
            Some(number) => strand.telephoned.iter().any(|one| one.number == number && strand.is_note_retracted(one)),
            None => strand.is_retracted(told.version),
        })
    }

    fn note_what_is_new(&mut self, known: u32, at: Timestamp) {
        if self.number() > known {
            let version = self.number();
            self.insert(Version { version, at, content: Content::Answers(self.told()) });
        }
    }

    pub(super) fn insert(&mut self, version: Version) {
        let place = self.versions.partition_point(|known| known.version < version.version);
        self.versions.insert(place, version);
    }

    fn number(&self) -> u32 {
        self.running().fold(self.before, |sum, strand| sum.saturating_add(strand.versions()))
    }

    fn told(&self) -> Vec<Told> {
        let told = |strand: &Strand| {
            let Given { version, answer, .. } = strand.latest()?;
            let telephoned = strand.by_telephone().map(|one| one.number);
            Some(Told { question: strand.question.name, version: *version, telephoned, answer: answer.clone() })
        };
        self.running().filter_map(told).collect()
    }
}
