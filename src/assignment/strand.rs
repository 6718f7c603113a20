//! One question of an item at the lead: who was asked, how far it travelled, and every answer to it.

use super::occasion::{Dismissed, Occasion};
use super::telephone::Telephoned;
use crate::answer::Answer;
use crate::household::PersonNumber;
use crate::item::{Code, State, Trouble};
use crate::judgement::Judgement;
use crate::name::QuestionName;
use crate::organisation::{Organisation, Region};
use crate::outcome::Outcome;
use crate::question::Question;
use crate::retraction::Retraction;
use crate::telephone::Note;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A question and all that came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strand {
    /// The question.
    pub question: Box<Question>,
    /// Why it was asked beside the required question; nothing of that one itself, or where it was not told.
    pub occasion: Option<Occasion>,
    /// Whom a region had sent on already when it was asked, and in the answer to which question: an adviser asks about
    /// them in the right one (D32).
    pub sent_on_before: BTreeSet<(QuestionName, PersonNumber)>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How far it travelled.
    pub transport: Transport,
    /// Every answer, by its version at the source; versions may arrive out of order.
    pub answers: Vec<Given>,
    /// Answers that the source took back, by the version at the source that says so.
    pub retractions: Vec<TakenBack>,
    /// Answers by telephone, in the order in which they were noted (D20).
    pub telephoned: Vec<Telephoned>,
    /// Why it does not get through.
    pub trouble: Option<Trouble>,
    /// No longer needed: kept to be read, and no longer counted.
    pub closed: bool,
    /// A new brief had it put anew.
    pub put_anew: bool,
    /// The adviser who let go of it.
    pub dismissed: Option<Dismissed>,
}

/// How far a question travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// Written down to be asked.
    Queued,
    /// The source has it.
    Delivered,
    /// Someone works on it.
    TakenUp,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Version at the source, from one.
    pub version: u32,
    /// When it arrived.
    pub at: Timestamp,
    /// The answer.
    pub answer: Arc<Answer>,
}

/// An answer that the source took back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Version at the source: versions are counted on over answers and retractions.
    pub version: u32,
    /// When it arrived.
    pub at: Timestamp,
    /// Which answer, and why.
    pub retraction: Retraction,
}

impl Strand {
    /// A question that was just written down.
    pub fn begun(question: Question, occasion: Option<Occasion>, at: Timestamp) -> Strand {
        Strand {
            question: Box::new(question),
            occasion,
            sent_on_before: BTreeSet::new(),
            asked_at: at,
            transport: Transport::Queued,
            answers: Vec::new(),
            retractions: Vec::new(),
            telephoned: Vec::new(),
            trouble: None,
            closed: false,
            put_anew: false,
            dismissed: None,
        }
    }

    /// The question of which the answer had this one asked (D32).
    pub fn sent_on_from(&self) -> Option<QuestionName> {
        match self.occasion {
            Some(Occasion::SentOnFrom(origin)) => Some(origin),
            Some(Occasion::AskedBy(_)) | None => None,
        }
    }

    /// The answer that counts: what was said by telephone since the source's own, or that one.
    pub fn latest(&self) -> Option<&Given> {
        self.by_telephone().map(|one| &one.given).or_else(|| self.latest_of_source())
    }

    /// The source's own answer: of all that came the highest version, unless the source took one back since.
    pub fn latest_of_source(&self) -> Option<&Given> {
        self.answers.last().filter(|given| given.version == self.latest_version())
    }

    /// The telephone answer that counts, if there is one.
    pub fn by_telephone(&self) -> Option<&Telephoned> {
        self.telephoned.iter().rev().find(|one| one.confirmed.is_some()).filter(|one| !self.has_overtaken(one))
    }

    /// Whether the source said something itself since, or a later telephone answer was confirmed.
    pub fn has_overtaken(&self, one: &Telephoned) -> bool {
        let later = |other: &Telephoned| other.number > one.number && other.confirmed.is_some();
        one.given.version < self.latest_version() || self.telephoned.iter().any(later)
    }

    /// What its source is to be told of a telephone answer; nothing once there is something newer.
    pub fn note(&self, number: u32) -> Option<Note> {
        let noted = self.telephoned.iter().find(|one| one.number == number);
        noted.filter(|one| !self.has_overtaken(one)).map(Telephoned::told)
    }

    /// Whether a telephone answer waits for a second adviser.
    pub(super) fn awaits_confirmation(&self) -> bool {
        self.telephoned.iter().any(|one| one.confirmed.is_none() && !self.has_overtaken(one))
    }

    /// The retraction at a version of the source.
    pub fn retraction_at(&self, version: u32) -> Option<&Retraction> {
        self.retractions.iter().find(|one| one.version == version).map(|one| &one.retraction)
    }

    /// Whether the source took the answer at a version back: it is not read any more.
    pub fn is_retracted(&self, version: u32) -> bool {
        self.retractions.iter().any(|one| one.retraction.of == version)
    }

    /// Whether what was said by telephone is not read any more: the source took back the answer that it followed, the
    /// first that came after it in whatever words, or a later one that says the same.
    pub fn is_note_retracted(&self, noted: &Telephoned) -> bool {
        let followed = noted.given.version;
        let own =
            self.answers.iter().map(|own| own.version).chain(self.retractions.iter().map(|one| one.retraction.of));
        let first = own.filter(|version| *version > followed).min();
        let mut same = self.confirmations_of(noted).map(|own| own.version);
        self.is_retracted(followed)
            || first.is_some_and(|version| self.is_retracted(version))
            || same.any(|version| self.is_retracted(version))
    }

    /// Whether the source said the same itself since.
    pub fn is_confirmed_by_source(&self, noted: &Telephoned) -> bool {
        self.confirmations_of(noted).any(|own| !self.is_retracted(own.version))
    }

    /// Answers of the source itself after what was said by telephone, that say the same.
    fn confirmations_of(&self, noted: &Telephoned) -> impl Iterator<Item = &Given> {
        let Given { version, answer, .. } = &noted.given;
        self.answers.iter().filter(|own| own.version > *version && own.answer.says_the_same_as(answer))
    }

    /// The answer at a version of the source.
    pub fn answer_at(&self, version: u32) -> Option<&Answer> {
        self.answers.iter().find(|given| given.version == version).map(|given| &*given.answer)
    }

    /// Whether the source itself has not said all yet, whatever was said by telephone.
    pub fn awaits_more(&self) -> bool {
        self.latest_of_source().is_none_or(|given| given.answer.awaits_more())
    }

    /// Trouble that somebody must see to; an answer that is in stays in.
    pub fn open_trouble(&self) -> Option<Trouble> {
        self.undelivered().filter(|_| self.by_telephone().is_none())
    }

    /// Why its source does not have it, as far as is known.
    pub(super) fn undelivered(&self) -> Option<Trouble> {
        self.trouble.filter(|_| self.latest_version() == 0)
    }

    /// Its source judges on this case's report; one that sends everyone elsewhere no longer does (D14, D32).
    pub fn bears_the_report(&self) -> bool {
        self.question.reported_in.is_none() && !self.latest().is_some_and(|given| given.answer.moves_everyone())
    }

    /// Whether its source ever sent someone on to a region, in writing or by telephone (D32).
    pub fn ever_sent(&self, person: PersonNumber, to: &Region) -> bool {
        let by_telephone = self.telephoned.iter().map(|one| &one.given);
        self.answers.iter().chain(by_telephone).any(|given| given.answer.sends(person, to))
    }

    /// Who was asked, and what judgement came of it.
    pub fn judgement(&self) -> Option<(&Organisation, &Judgement)> {
        Some((&self.question.addressee, self.latest()?.answer.judgement.as_ref()?))
    }

    /// The outcome about a person, if there is one.
    pub fn outcome_of(&self, person: PersonNumber) -> Option<&Outcome> {
        let mut outcomes = self.latest()?.answer.outcomes.iter();
        outcomes.find(|one| one.person == person).map(|one| &one.outcome)
    }

    /// How far it is while there is no answer, or none any more.
    pub(super) fn state_before_answer(&self) -> State {
        match self.transport {
            _ if self.latest_version() > 0 || self.awaits_confirmation() => State::Incomplete(Code::NogNietVolledig),
            Transport::Queued => State::Queued,
            Transport::Delivered => State::Asked,
            Transport::TakenUp => State::TakenUp,
        }
    }

    /// The latest version at the source, of an answer or of a retraction; zero before the first.
    pub fn latest_version(&self) -> u32 {
        let answered = self.answers.last().map_or(0, |given| given.version);
        self.retractions.last().map_or(0, |one| one.version).max(answered)
    }

    /// When that arrived.
    pub(super) fn latest_version_at(&self) -> Option<Timestamp> {
        let answers = self.answers.iter().map(|given| (given.version, given.at));
        let mut told = answers.chain(self.retractions.iter().map(|one| (one.version, one.at)));
        told.find(|(version, _)| *version == self.latest_version()).map(|(_, at)| at)
    }

    /// How many versions of its item come of it.
    pub(super) fn versions(&self) -> u32 {
        let confirmed = self.telephoned.iter().filter(|one| one.confirmed.is_some());
        confirmed.fold(self.latest_version(), |sum, _| sum.saturating_add(1))
    }

    pub(super) fn travel(&mut self, transport: Transport) {
        self.transport = transport;
        self.trouble = None;
    }

    pub(super) fn receive(&mut self, given: Given) {
        let place = self.answers.partition_point(|known| known.version < given.version);
        self.answers.insert(place, given);
        self.trouble = None;
    }

    pub(super) fn take_back(&mut self, taken_back: TakenBack) {
        let place = self.retractions.partition_point(|known| known.version < taken_back.version);
        self.retractions.insert(place, taken_back);
        self.trouble = None;
    }
}
