//! The journals of a house, read as they are.

use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use zsm::Kind;
use zsm::assignment::Event as AtLead;
use zsm::case::{Errand as OmErrand, Event as AtOm};
use zsm::enquiry::Event as AtSource;
use zsm_clerk::golden::recorded;
use zsm_journal::{Errand, Journal};
use zsm_node::NAMES;

use crate::story::PERSONAL;

/// One stream: its events in order, and when each was written, in microseconds since the epoch.
#[derive(Debug)]
pub(super) struct Stream<E> {
    pub(super) events: Vec<E>,
    pub(super) at: Vec<i64>,
}

/// Streams by name.
pub(super) type Streams<E> = BTreeMap<String, Stream<E>>;

/// What stands in the journals of a house.
#[derive(Debug)]
pub(crate) struct Record {
    pub(super) cases: Streams<AtOm>,
    pub(super) assignments: BTreeMap<Kind, Streams<AtLead>>,
    pub(super) questions: BTreeMap<Kind, Streams<AtSource>>,
    /// What is still to be done.
    pub(crate) errands: Vec<(Kind, Errand)>,
    /// What cannot be read, or should not be there to be read.
    pub(super) damage: Vec<String>,
}

impl Record {
    /// Reads the journals in a folder; nobody else has them open.
    pub(crate) async fn of(folder: &Path) -> Self {
        let mut record = Record {
            cases: Streams::new(),
            assignments: BTreeMap::new(),
            questions: BTreeMap::new(),
            errands: errands(folder).await,
            damage: Vec::new(),
        };
        for kind in NAMES {
            let journal = Journal::open(&folder.join(format!("{}.db", kind.slug()))).await.unwrap();
            let damage = &mut record.damage;
            record.cases.extend(streams(&journal, "cases/", damage).await);
            record.assignments.insert(kind, streams(&journal, "assignments/", damage).await);
            record.questions.insert(kind, streams(&journal, "questions/", damage).await);
            journal.close().await;
        }
        for (_, errand) in &record.errands {
            tells_of_people(&errand.stream, &errand.subject, &mut record.damage);
        }
        record
    }

    /// The cases in which a decision was taken.
    pub(crate) fn decided(&self) -> BTreeSet<String> {
        let decided = |stream: &Stream<AtOm>| stream.events.iter().any(|event| matches!(event, AtOm::Decided(_)));
        self.cases.iter().filter(|(_, stream)| decided(stream)).map(|(name, _)| name.clone()).collect()
    }

    /// When each fact was written, in order, in microseconds since the epoch.
    pub(crate) fn moments(&self) -> Vec<i64> {
        let cases = self.cases.values().flat_map(|stream| &stream.at);
        let assignments = self.assignments.values().flat_map(BTreeMap::values).flat_map(|stream| &stream.at);
        let questions = self.questions.values().flat_map(BTreeMap::values).flat_map(|stream| &stream.at);
        let mut moments: Vec<i64> = cases.chain(assignments).chain(questions).copied().collect();
        moments.sort_unstable();
        moments
    }

    /// How many questions are without an answer.
    pub(crate) fn waiting_at_desks(&self) -> usize {
        let answered =
            |stream: &Stream<AtSource>| stream.events.iter().any(|one| matches!(one, AtSource::Answered { .. }));
        self.questions.values().flat_map(BTreeMap::values).filter(|stream| !answered(stream)).count()
    }

    /// The stream of an assignment, and whose journal it is in.
    pub(super) fn assignment(&self, name: &str) -> Option<(Kind, &Stream<AtLead>)> {
        self.assignments.iter().find_map(|(kind, streams)| Some((*kind, streams.get(name)?)))
    }

    /// The stream of a question, and whose journal it is in.
    pub(super) fn question(&self, name: &str) -> Option<(Kind, &Stream<AtSource>)> {
        self.questions.iter().find_map(|(kind, streams)| Some((*kind, streams.get(name)?)))
    }

    /// Whether somebody is still to hear of the decision in a case.
    pub(crate) fn decision_is_still_to_be_told(&self, case: &str) -> bool {
        self.still_to(case, |errand: &OmErrand| matches!(errand, OmErrand::TellLead | OmErrand::TellSource { .. }))
    }

    /// Whether something of this kind is still to be done for a stream.
    pub(super) fn still_to<E: DeserializeOwned>(&self, stream: &str, is: impl Fn(&E) -> bool) -> bool {
        let mut errands = self.errands.iter().filter(|(_, errand)| errand.stream == stream);
        errands.any(|(_, errand)| {
            let kept: serde_json::Value = serde_json::from_str(&errand.subject).unwrap();
            is(&serde_json::from_value(kept["errand"].clone()).unwrap())
        })
    }
}

/// What is still to be done, by the journals in a folder; nobody else has them open.
pub(crate) async fn errands(folder: &Path) -> Vec<(Kind, Errand)> {
    let mut errands = Vec::new();
    for kind in NAMES {
        let journal = Journal::open(&folder.join(format!("{}.db", kind.slug()))).await.unwrap();
        errands.extend(journal.errands().await.unwrap().into_iter().map(|errand| (kind, errand)));
        journal.close().await;
    }
    errands
}

/// Every stream with this prefix. Its versions are without gaps, its time never runs backwards, and no fact tells who
/// someone is (invariant 9): that stands beside it.
async fn streams<E: DeserializeOwned>(journal: &Journal, prefix: &str, damage: &mut Vec<String>) -> Streams<E> {
    let mut streams = Streams::new();
    for name in journal.streams(prefix).await.unwrap() {
        let mut stream = Stream { events: Vec::new(), at: Vec::new() };
        for (place, fact) in (1..).zip(journal.read(&name).await.unwrap()) {
            if fact.version != place {
                damage.push(format!("{name}: version {} stands where {place} should", fact.version));
            }
            if stream.at.last().is_some_and(|before| *before > fact.at) {
                damage.push(format!("{name}: time runs backwards at {place}"));
            }
            tells_of_people(&name, &fact.body, damage);
            stream.at.push(fact.at);
            match recorded(fact) {
                Ok(event) => stream.events.push(event),
                Err(why) => damage.push(format!("{name}: {place} cannot be read: {why}")),
            }
        }
        streams.insert(name, stream);
    }
    streams
}

fn tells_of_people(name: &str, text: &str, damage: &mut Vec<String>) {
    damage.extend(PERSONAL.iter().filter(|word| text.contains(**word)).map(|word| format!("{name}: tells of {word}")));
}
