//! What runs of an item at the lead: its questions with every answer, or what the lead or OM provided itself.

use std::collections::{BTreeMap, BTreeSet};
use zsm::answer::{Answer, PersonOutcome};
use zsm::assignment::Occasion;
use zsm::judgement::Judgement;
use zsm::name::QuestionName;
use zsm::outcome::Outcome;
use zsm::question::Question;

#[derive(Debug)]
pub(super) struct Round<'a> {
    /// Every question, in the order in which they were asked.
    pub(super) asked: Vec<Asked<'a>>,
    about: BTreeSet<u32>,
    /// Versions that came before this round.
    before: u32,
    /// What the lead or OM provided itself, by version; the dossier has no answer.
    provided: BTreeMap<u32, Option<&'a Answer>>,
}

/// A question, with what its source told by version; no answer where it took one back.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    /// Whom a region had sent on already when it was asked.
    sent_on_before: BTreeSet<u32>,
    told: BTreeMap<u32, Option<&'a Answer>>,
    /// What was noted by telephone, by number: which version was there then, and what was said.
    noted: BTreeMap<u32, (u32, &'a Answer)>,
    /// The numbers of what was confirmed of it.
    confirmed: BTreeSet<u32>,
}

impl<'a> Asked<'a> {
    fn latest(&self) -> Option<&'a Answer> {
        let by_telephone = self.confirmed.last().and_then(|number| self.noted.get(number));
        match by_telephone {
            Some((followed, answer)) if *followed == self.at_source() => Some(answer),
            _ => *self.told.last_key_value()?.1,
        }
    }

    /// The last that was noted of a call followed what was said last, and nobody confirmed it.
    fn awaits_confirmation(&self) -> bool {
        let last = self.noted.last_key_value().filter(|(number, _)| !self.confirmed.contains(number));
        last.is_some_and(|(_, (followed, _))| *followed == self.at_source())
    }

    fn at_source(&self) -> u32 {
        self.told.last_key_value().map_or(0, |(version, _)| *version)
    }

    fn versions(&self) -> u32 {
        self.confirmed.iter().fold(self.at_source(), |sum, _| sum + 1)
    }
}

impl<'a> Round<'a> {
    /// Its source took an answer back, by a version that says so.
    pub(super) fn take_back(&mut self, question: QuestionName, version: u32) {
        let asked = self.asked.iter_mut().find(|asked| asked.question.name == question);
        if let Some(asked) = asked {
            asked.told.insert(version, None);
        }
    }

    pub(super) fn begun(before: u32, about: &[u32]) -> Self {
        let about = about.iter().copied().collect();
        Self { asked: Vec::new(), about, before, provided: BTreeMap::new() }
    }

    pub(super) fn ask(&mut self, question: &'a Question, occasion: Option<&Occasion>) {
        self.about.extend(question.answer_about());
        let (told, noted, confirmed) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let sent_on_before = match occasion {
            Some(Occasion::SentOnFrom(origin)) => {
                let origin = self.asked.iter().find(|asked| asked.question.name == *origin);
                origin.map(|origin| origin.sent_on_before.clone()).unwrap_or_default()
            }
            _ => self
                .answers()
                .flat_map(|(_, answer)| &answer.outcomes)
                .filter(|one| sent_on(one))
                .map(|one| one.person)
                .collect(),
        };
        self.asked.push(Asked { question, sent_on_before, told, noted, confirmed });
    }

    /// A question no longer counts; what is left of an answered item is a version of its own.
    pub(super) fn let_go(&mut self, question: QuestionName) {
        let Some(place) = self.asked.iter().position(|asked| asked.question.name == question) else { return };
        let gone = self.asked.remove(place);
        self.before += if gone.versions() > 0 { gone.versions() + 1 } else { 0 };
        self.about = self.asked.iter().flat_map(|asked| asked.question.answer_about()).collect();
    }

    /// An answer to one of the questions, and which; facts from before there could be several name none.
    pub(super) fn hear(&mut self, to: Option<QuestionName>, version: u32, answer: &'a Answer) -> Option<QuestionName> {
        let asked = self.asked.iter_mut().find(|asked| to.is_none_or(|name| asked.question.name == name))?;
        asked.told.insert(version, Some(answer));
        Some(asked.question.name)
    }

    /// An adviser noted what was said by telephone.
    pub(super) fn note(&mut self, question: QuestionName, number: u32, answer: &'a Answer) {
        if let Some(asked) = self.asked.iter_mut().find(|asked| asked.question.name == question) {
            asked.noted.insert(number, (asked.at_source(), answer));
        }
    }

    /// A second adviser confirmed it.
    pub(super) fn confirm(&mut self, question: QuestionName, number: u32) {
        if let Some(asked) = self.asked.iter_mut().find(|asked| asked.question.name == question) {
            asked.confirmed.insert(number);
        }
    }

    pub(super) fn provide(&mut self, version: u32, answer: Option<&'a Answer>) {
        self.provided.insert(version, answer);
    }

    /// The latest version: of every question the latest at its source and what was confirmed by telephone, counted on; zero where there is none.
    pub(super) fn latest(&self) -> u32 {
        let told: u32 = self.asked.iter().map(Asked::versions).sum();
        let provided = self.provided.last_key_value().map_or(0, |(version, _)| *version);
        if told > 0 { self.before + told } else { provided }
    }

    /// The latest answers, with their questions.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&'a Question, &'a Answer)> {
        self.asked.iter().filter_map(|asked| Some((asked.question, asked.latest()?)))
    }

    /// Everybody who was asked answered, and everyone asked about is known or searched for and not known.
    pub(super) fn counts(&self) -> bool {
        let own = self.provided.last_key_value().and_then(|(_, answer)| *answer);
        let mut said = BTreeMap::new();
        for (answer, one) in self.outcomes().into_iter().chain(own.into_iter().flat_map(each)) {
            *said.entry(one.person).or_insert(true) &= is_full(answer, &one.outcome);
        }
        let silent = self.asked.iter().any(|asked| asked.latest().is_none() || asked.awaits_confirmation());
        let no_answers = self.asked.is_empty() && own.is_none();
        !silent && (no_answers || self.about.iter().all(|person| said.get(person) == Some(&true)))
    }

    /// Whether nothing more is to come of one of its questions.
    pub(super) fn is_settled(&self, question: &Question) -> bool {
        let of = |asked: &&Asked<'a>| asked.question.name == question.name && asked.latest().is_some();
        let full = |(answer, one): &(&Answer, &PersonOutcome)| is_full(answer, &one.outcome);
        self.asked.iter().any(|asked| of(&asked)) && self.outcomes_of(question).iter().all(full)
    }

    fn outcomes(&self) -> Vec<(&'a Answer, &'a PersonOutcome)> {
        self.asked.iter().flat_map(|asked| self.outcomes_of(asked.question)).collect()
    }

    /// What counts of the answer to a question: whoever was sent to another region is spoken of there, where the same was
    /// asked or it was asked because of that, as long as somebody judges on the report.
    fn outcomes_of(&self, question: &Question) -> Vec<(&'a Answer, &'a PersonOutcome)> {
        let judged =
            self.answers().any(|(to, answer)| to.reported_in.is_none() && !answer.outcomes.iter().all(sent_on));
        let elsewhere = |one: &PersonOutcome| {
            let stands_in = |other: &&Asked<'_>| {
                let same = other.question.text == question.text || other.sent_on_before.contains(&one.person);
                same && other.question.addressee != question.addressee
            };
            let mut others = self.asked.iter().filter(stands_in).filter_map(Asked::latest);
            others.any(|answer| answer.outcomes.iter().any(|said| said.person == one.person && !sent_on(said)))
        };
        let own = self.answers().filter(|(to, _)| to.name == question.name).flat_map(|(_, answer)| each(answer));
        own.filter(|(_, one)| !(judged && sent_on(one) && elsewhere(one))).collect()
    }
}

fn each(answer: &Answer) -> impl Iterator<Item = (&Answer, &PersonOutcome)> {
    answer.outcomes.iter().map(move |one| (answer, one))
}

/// Known, or searched for and not known; or Veilig Thuis gave the acute part of a triage that runs, where that was
/// agreed to be enough.
fn is_full(answer: &Answer, outcome: &Outcome) -> bool {
    let in_part = matches!(&answer.judgement, Some(Judgement::AcutePart(part)) if part.suffices);
    match outcome {
        Outcome::Known(_) | Outcome::NotKnown => true,
        Outcome::TriageRunning { .. } => in_part,
        _ => false,
    }
}

fn sent_on(one: &PersonOutcome) -> bool {
    matches!(one.outcome, Outcome::WrongRegion { .. })
}
