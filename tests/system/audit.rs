//! Reads what a node left in its journals, and checks it without the law's own `evolve`: what was acknowledged is
//! there, nothing is there twice, and every decision rests on what was weighed last.

mod moment;

use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use zsm::advice::Advice;
use zsm::answer::Answer;
use zsm::assignment::Event as AtLead;
use zsm::case::Event as AtOm;
use zsm::decision::Decision;
use zsm::enquiry::Event as AtSource;
use zsm::name::QuestionName;
use zsm::question::Question;
use zsm::required::Required;
use zsm::{Item, Kind};
use zsm_clerk::golden::recorded;
use zsm_journal::{Errand, Journal};
use zsm_node::NAMES;

use crate::case::Acknowledged;
use crate::program::House;

/// Streams by name, each with its events in order.
type Streams<E> = BTreeMap<String, Vec<E>>;

/// What stands in the journals of a house.
pub(crate) struct Record {
    cases: Streams<AtOm>,
    assignments: BTreeMap<Kind, Streams<AtLead>>,
    questions: BTreeMap<Kind, Streams<AtSource>>,
    /// What is still to be done.
    pub(crate) errands: Vec<(Kind, Errand)>,
}

/// An assignment, as told by its events.
#[derive(Default)]
struct Advised {
    /// The latest version of each item in its current round; items that were dropped are gone.
    latest: BTreeMap<Item, u32>,
    /// Every weighing of each item, by version.
    weighed: BTreeMap<Item, Vec<u32>>,
    /// Answers by question and version at the source.
    answers: BTreeMap<QuestionName, BTreeMap<u32, Answer>>,
    /// Every question that was asked.
    asked: BTreeSet<QuestionName>,
    own_files: usize,
    signed: Vec<Advice>,
}

impl Record {
    /// Reads the journals of a house in which nothing runs.
    pub(crate) async fn of(house: &House) -> Self {
        Self::in_folder(&house.folder()).await
    }

    /// Reads the journals in a folder.
    pub(crate) async fn in_folder(folder: &Path) -> Self {
        let mut record = Record {
            cases: Streams::new(),
            assignments: BTreeMap::new(),
            questions: BTreeMap::new(),
            errands: Vec::new(),
        };
        for kind in NAMES {
            let journal = Journal::open(&folder.join(format!("{}.db", kind.slug()))).await.unwrap();
            if kind == Kind::Om {
                record.cases = streams(&journal, "cases/").await;
            }
            record.assignments.insert(kind, streams(&journal, "assignments/").await);
            record.questions.insert(kind, streams(&journal, "questions/").await);
            record.errands.extend(journal.errands().await.unwrap().into_iter().map(|errand| (kind, errand)));
            journal.close().await;
        }
        record
    }

    /// Everything that is not as it must be after these cases were driven to their decision, and no others.
    pub(crate) fn faults(&self, driven: &[Acknowledged]) -> Vec<String> {
        let mut faults = Vec::new();
        for (kind, errand) in &self.errands {
            faults.push(format!("{}: an errand is left over: {errand:?}", kind.slug()));
        }
        if self.cases.len() != driven.len() {
            faults.push(format!("{} cases were registered, {} were acknowledged", self.cases.len(), driven.len()));
        }
        for one in driven {
            let found = self.faults_of_case(one);
            faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", one.case)));
        }
        self.check_questions(&mut faults);
        self.check_calls(&mut faults);
        faults
    }

    /// No call was refused for good or given up, and no news came that could not count: a kill is no reason for either.
    fn check_calls(&self, faults: &mut Vec<String>) {
        let mut odd = |name: &str, event: String| faults.push(format!("{name}: {event}"));
        for (name, event) in all(&self.cases) {
            // A snapshot that a newer one overtook is no news; an advice that does not count would be.
            let lost = matches!(event, AtOm::NotCounted { advice: Some(_), .. });
            if lost || matches!(event, AtOm::Troubled { .. } | AtOm::AlertRaised(_)) {
                odd(name, format!("{event:?}"));
            }
        }
        for (name, event) in self.assignments.values().flat_map(all) {
            if matches!(event, AtLead::Troubled { .. } | AtLead::NotCounted { .. } | AtLead::QuestionWithdrawn { .. }) {
                odd(name, format!("{event:?}"));
            }
        }
        for (name, event) in self.questions.values().flat_map(all) {
            if matches!(event, AtSource::Troubled { .. } | AtSource::Withdrawn) {
                odd(name, format!("{event:?}"));
            }
        }
    }

    fn faults_of_case(&self, told: &Acknowledged) -> Vec<String> {
        let mut faults = Vec::new();
        let mut must = |holds: bool, fault: String| {
            if !holds {
                faults.push(fault);
            }
        };
        let Some(events) = self.cases.get(&told.case) else { return vec!["it was acknowledged and is gone".into()] };
        let count = |is: fn(&AtOm) -> bool| events.iter().filter(|event| is(event)).count();
        must(count(|one| matches!(one, AtOm::Registered { .. })) == 1, "not registered once".into());
        must(count(|one| matches!(one, AtOm::HouseholdConfirmed { .. })) == 1, "not confirmed once".into());
        let decisions: Vec<&Decision> = events
            .iter()
            .filter_map(|one| if let AtOm::Decided(decision) = one { Some(&**decision) } else { None })
            .collect();
        must(decisions.len() == 1, format!("{} decisions", decisions.len()));

        let mut leads = self.assignments.iter().filter_map(|(kind, all)| Some((*kind, all.get(&told.assignment)?)));
        let (Some((lead, assignment)), None) = (leads.next(), leads.next()) else {
            must(false, format!("{} is not with one lead", told.assignment));
            return faults;
        };
        let advised = Advised::from(assignment.as_slice());
        for (item, version) in &told.weighings {
            let times = advised.weighed.get(item).into_iter().flatten().filter(|one| *one == version).count();
            must(times == 1, format!("{item} at {version} was weighed {times} times"));
        }
        must(told.own_file == 1 && advised.own_files == 1, format!("{} own files", advised.own_files));
        let signed = advised.signed.iter().filter(|advice| advice.version == told.advice).count();
        must(signed == 1 && advised.signed.len() == 1, format!("{} advices were signed", advised.signed.len()));
        for (source, question, version) in &told.answers {
            must(self.answer(*source, question, *version).is_some(), format!("{question} at {version} is gone"));
        }
        for question in &told.taken_up {
            let taken = self.questions.values().filter_map(|all| all.get(question)).flatten();
            let times = taken.filter(|event| matches!(event, AtSource::TakenUp { .. })).count();
            must(times == 1, format!("{question} was taken up {times} times"));
        }
        self.check_delivery(&advised, &mut must);
        if let Some(decision) = decisions.first() {
            check_decision(events, decision, &advised, lead, &mut must);
        }
        faults
    }

    /// The lead holds what the sources gave: every version, with the same content, and nothing else.
    fn check_delivery(&self, advised: &Advised, must: &mut impl FnMut(bool, String)) {
        for question in &advised.asked {
            let given: Vec<&[AtSource]> =
                self.questions.values().filter_map(|all| Some(all.get(&question.to_string())?.as_slice())).collect();
            let [given] = given.as_slice() else {
                must(false, format!("{question} is at {} sources", given.len()));
                continue;
            };
            let given: BTreeMap<u32, &Answer> = given.iter().filter_map(given_answer).collect();
            let held = advised.answers.get(question);
            let held: BTreeMap<u32, &Answer> =
                held.into_iter().flatten().map(|(version, answer)| (*version, answer)).collect();
            must(
                held == given,
                format!(
                    "{question}: the source gave {:?}, the lead holds {:?}",
                    given.keys().collect::<Vec<_>>(),
                    held.keys().collect::<Vec<_>>()
                ),
            );
        }
    }

    fn answer(&self, source: Kind, question: &str, version: u32) -> Option<&Answer> {
        let events = self.questions.get(&source)?.get(question)?;
        events.iter().filter_map(given_answer).find(|(given, _)| *given == version).map(|(_, answer)| answer)
    }

    /// At the sources: one arrival a question, no question twice, answers counted from one.
    fn check_questions(&self, faults: &mut Vec<String>) {
        for (kind, streams) in &self.questions {
            let mut asked = BTreeSet::new();
            for (name, events) in streams {
                let received: Vec<&Question> = events.iter().filter_map(received).collect();
                if received.len() != 1 {
                    faults.push(format!("{}: {name} was received {} times", kind.slug(), received.len()));
                }
                for question in received {
                    if !asked.insert((question.assignment, question.item, question.round)) {
                        faults.push(format!("{}: {name} was asked before under another name", kind.slug()));
                    }
                }
                let versions: Vec<u32> = events.iter().filter_map(given_answer).map(|(version, _)| version).collect();
                let counted = versions.iter().zip(1..).all(|(version, place)| *version == place);
                if !counted || versions.is_empty() {
                    faults.push(format!("{}: {name} has the answers {versions:?}", kind.slug()));
                }
            }
        }
    }
}

/// Every event of every stream, with the name of its stream.
fn all<E>(streams: &Streams<E>) -> impl Iterator<Item = (&String, &E)> {
    streams.iter().flat_map(|(name, events)| events.iter().map(move |event| (name, event)))
}

/// Invariant 1, over the events of OM and of the lead: every required item in, weighed at its latest version, in the
/// signed advice that was read, with the judgement that Veilig Thuis gave.
fn check_decision(
    events: &[AtOm],
    decision: &Decision,
    advised: &Advised,
    lead: Kind,
    must: &mut impl FnMut(bool, String),
) {
    let required = events.iter().rev().find_map(|one| match one {
        AtOm::Briefed { required, lead, .. } => Some((required, lead.kind)),
        _ => None,
    });
    let Some((required, led_by)) = required else { return must(false, "decided without a required set".into()) };
    let items = |required: &Required| -> BTreeSet<Item> { required.items().iter().map(|one| one.item).collect() };
    must(led_by == lead, "another lead than OM chose".into());
    must(
        items(required) == decision.rests_on.keys().copied().collect(),
        "rests on other items than were required".into(),
    );
    must(!decision.rests_on.is_empty(), "rests on nothing".into());
    must(
        decision.rests_on == advised.latest,
        format!("rests on {:?}, while the lead holds {:?}", decision.rests_on, advised.latest),
    );
    for (item, version) in &decision.rests_on {
        let weighed = advised.weighed.get(item).and_then(|versions| versions.iter().max());
        must(weighed == Some(version), format!("{item} was decided on at {version} and weighed at {weighed:?}"));
    }
    let received: Vec<&Advice> = events
        .iter()
        .filter_map(|one| if let AtOm::AdviceReceived { advice } = one { Some(&**advice) } else { None })
        .collect();
    let (read, signed) = (received.last(), advised.signed.last());
    must(received.len() == 1, format!("{} advices arrived", received.len()));
    must(read.copied() == signed, "another advice than was signed".into());
    must(read.is_some_and(|advice| advice.version == decision.advice_version), "decided on another advice".into());
    must(read.is_some_and(|advice| advice.rests_on == decision.rests_on), "the advice rests on other versions".into());
    let judgements: Vec<_> =
        advised.answers.values().flat_map(|all| all.values()).filter_map(|one| one.judgement.as_ref()).collect();
    must(
        read.is_some_and(|advice| judgements.last() == Some(&&advice.judgement)),
        "the judgement is not the one that Veilig Thuis gave last".into(),
    );
}

fn received(event: &AtSource) -> Option<&Question> {
    if let AtSource::Received { question } = event { Some(question) } else { None }
}

fn given_answer(event: &AtSource) -> Option<(u32, &Answer)> {
    if let AtSource::Answered { version, answer, .. } = event { Some((*version, answer)) } else { None }
}

impl From<&[AtLead]> for Advised {
    fn from(events: &[AtLead]) -> Self {
        let mut advised = Advised::default();
        let (mut question_of, mut before) = (BTreeMap::new(), BTreeMap::<Item, u32>::new());
        let highest = |held: &mut BTreeMap<Item, u32>, item, version: u32| {
            let latest = held.entry(item).or_default();
            *latest = version.max(*latest);
        };
        for event in events {
            match event {
                AtLead::Asked { item, question, .. } => {
                    before.insert(*item, advised.latest.get(item).copied().unwrap_or(0));
                    if let Some(question) = question {
                        question_of.insert(*item, question.name);
                        advised.asked.insert(question.name);
                    }
                }
                AtLead::Dropped { item } => drop(advised.latest.remove(item)),
                AtLead::Answered { item, version, answer } => {
                    highest(&mut advised.latest, *item, before[item] + version);
                    let answers = advised.answers.entry(question_of[item]).or_default();
                    assert!(answers.insert(*version, (**answer).clone()).is_none(), "{item} at {version} counts twice");
                }
                AtLead::OwnFileRecorded { .. } => {
                    advised.own_files += 1;
                    let version = u32::try_from(advised.own_files).unwrap();
                    highest(&mut advised.latest, Item::EigenOnderzoek, version);
                }
                AtLead::DossierReceived { version, .. } => highest(&mut advised.latest, Item::Politiedossier, *version),
                AtLead::Weighed { item, weighing } => advised.weighed.entry(*item).or_default().push(weighing.version),
                AtLead::AdviceSigned { advice } => advised.signed.push((**advice).clone()),
                _ => {}
            }
        }
        advised
    }
}

/// Every stream with this prefix; its versions are without gaps and its time never runs backwards.
async fn streams<E: DeserializeOwned>(journal: &Journal, prefix: &str) -> Streams<E> {
    let mut streams = Streams::new();
    for name in journal.streams(prefix).await.unwrap() {
        let facts = journal.read(&name).await.unwrap();
        for (place, fact) in facts.iter().enumerate() {
            assert_eq!(fact.version, place as u64 + 1, "{name}: a gap");
            assert!(place == 0 || facts[place - 1].at <= fact.at, "{name}: time runs backwards");
        }
        let events = facts.into_iter().map(|fact| recorded(fact).unwrap()).collect();
        streams.insert(name, events);
    }
    streams
}
