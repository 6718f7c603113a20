//! One item at the lead: its question, every version that came in, every weighing. Nothing is ever replaced.

use crate::answer::Answer;
use crate::household::PersonNumber;
use crate::item::{Code, Standing, State, Trouble};
use crate::police::PoliceRecord;
use crate::question::Question;
use crate::weighing::Weighing;
use jiff::Timestamp;

/// An item's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The question of the current round; none for own file and dossier.
    pub question: Option<Box<Question>>,
    /// The current round, from one.
    pub round: u32,
    /// Everyone about whom an outcome must come.
    pub about: Vec<PersonNumber>,
    /// When the current round began.
    pub asked_at: Timestamp,
    /// How far the question travelled.
    pub transport: Transport,
    /// Versions up to here belong to earlier rounds and no longer count.
    pub before: u32,
    /// Every version, in order.
    pub versions: Vec<Version>,
    /// Every weighing, in order.
    pub weighings: Vec<Weighing>,
    /// Why the question does not get through.
    pub trouble: Option<Trouble>,
    /// Since when it stands as it does.
    pub since: Timestamp,
    /// No longer required.
    pub dropped: bool,
}

/// How far a question travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// Nothing to ask.
    None,
    /// Written down to be asked.
    Queued,
    /// The source has it.
    Delivered,
    /// Someone works on it.
    TakenUp,
}

/// One version of an item.
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
    /// An answer, of a source or from the own files.
    Answer(Box<Answer>),
    /// What the police brought.
    Dossier(Box<PoliceRecord>),
}

impl Content {
    /// The answer, if it is one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Content::Answer(answer) => Some(answer),
            Content::Dossier(_) => None,
        }
    }

    /// Everyone who is known in it.
    pub fn known(&self) -> Vec<PersonNumber> {
        self.answer().map(Answer::known).unwrap_or_default()
    }

    /// Why it does not count.
    pub fn incomplete(&self) -> Option<Code> {
        self.answer().and_then(Answer::incomplete)
    }
}

impl Track {
    /// A track on which nothing happened yet.
    pub fn begun(at: Timestamp) -> Track {
        Track {
            question: None,
            round: 0,
            about: Vec::new(),
            asked_at: at,
            transport: Transport::None,
            before: 0,
            versions: Vec::new(),
            weighings: Vec::new(),
            trouble: None,
            since: at,
            dropped: false,
        }
    }

    /// The latest version of the current round. Versions may arrive out of order; the highest counts.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.last().filter(|version| version.version > self.before)
    }

    /// A version.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.version == number)
    }

    /// The weighing of a version, the latest if it was weighed more than once.
    pub fn weighing(&self, version: u32) -> Option<&Weighing> {
        self.weighings.iter().rev().find(|weighing| weighing.version == version)
    }

    /// How far the item is (D29).
    pub fn standing(&self) -> Standing {
        let weighed = self.weighings.iter().map(|weighing| weighing.version).max().unwrap_or(0);
        let (state, latest) = match self.latest() {
            Some(version) => (self.state_of(version), version.version),
            None => (self.state_before_answer(), 0),
        };
        Standing { state, latest, weighed, trouble: self.trouble.filter(|_| latest == 0) }
    }

    fn state_of(&self, version: &Version) -> State {
        match version.content.incomplete() {
            Some(code) => State::Incomplete(code),
            None if self.weighing(version.version).is_some() => State::Weighed,
            None => State::Answered,
        }
    }

    fn state_before_answer(&self) -> State {
        match self.transport {
            Transport::None => State::NotAsked,
            Transport::Queued => State::Queued,
            Transport::Delivered => State::Asked,
            Transport::TakenUp => State::TakenUp,
        }
    }

    pub(crate) fn insert(&mut self, version: Version) {
        let place = self.versions.partition_point(|known| known.version < version.version);
        self.versions.insert(place, version);
    }
}
