//! What runs of one item, from the lead's history.

use super::telephone::noted;
use crate::answer::{Answer, PersonOutcome};
use crate::assignment::{Event as Lead, Occasion};
use crate::household::PersonNumber;
use crate::item::Item;
use crate::name::QuestionName;
use crate::outcome::Outcome;
use crate::question::Question;
use std::collections::{BTreeMap, BTreeSet};

/// What runs of an item: its questions with every answer to each, or what the lead or OM provided itself.
#[derive(Default)]
pub(super) struct Round<'a> {
    before: u32,
    highest: u32,
    pub(super) questions: BTreeMap<QuestionName, Asked<'a>>,
    provided: Option<(u32, Option<&'a Answer>)>,
    /// Not required any more. An answer can still be taken back, and its number is given once.
    pub(super) dropped: bool,
    /// Questions that were let go by no adviser, in the order in which they were asked, until they are put anew.
    left: Vec<Asked<'a>>,
}

/// A question to a region, and what its source told by version; no answer where it took one back.
pub(super) struct Asked<'a> {
    question: &'a Question,
    told: BTreeMap<u32, Option<&'a Answer>>,
    /// What was confirmed by telephone, each with the version at the source that it followed.
    telephoned: Vec<(u32, &'a Answer)>,
    /// What was noted last of a call and not confirmed: its number, and the version at the source that it followed.
    unconfirmed: Option<(u32, u32)>,
    occasion: Option<&'a Occasion>,
    /// Whom a region had sent on already when it was asked, with the question that it answered.
    sent_on_before: BTreeSet<(QuestionName, PersonNumber)>,
}

impl<'a> Asked<'a> {
    fn of(question: &'a Question) -> (QuestionName, Self) {
        let (told, telephoned, unconfirmed) = (BTreeMap::new(), Vec::new(), None);
        let (occasion, sent_on_before) = (None, BTreeSet::new());
        (question.name, Asked { question, told, telephoned, unconfirmed, occasion, sent_on_before })
    }

    /// Somebody was phoned after what was said last, and no second adviser confirmed it.
    fn awaits_confirmation(&self) -> bool {
        self.unconfirmed.is_some_and(|(_, followed)| followed == self.at_source())
    }

    fn at_source(&self) -> u32 {
        self.told.last_key_value().map_or(0, |(version, _)| *version)
    }

    /// What was said last counts for everyone, or tells something of someone.
    pub(super) fn is_to_be_weighed(&self) -> bool {
        let told = |one: &PersonOutcome| matches!(one.outcome, Outcome::Known(_) | Outcome::Partly { .. });
        let counts = |answer: &Answer| speaks_of(&answer.outcomes.iter().collect::<Vec<_>>(), &[]);
        self.answer().is_some_and(|answer| answer.outcomes.iter().any(told) || counts(answer))
    }

    /// How many versions of the item came of it.
    fn versions(&self) -> u32 {
        self.at_source() + u32::try_from(self.telephoned.len()).expect("few")
    }

    /// What was said last: by telephone, unless the source told something itself after that.
    fn answer(&self) -> Option<&'a Answer> {
        let by_telephone = self.telephoned.last().filter(|(followed, _)| *followed == self.at_source());
        by_telephone.map(|(_, answer)| *answer).or_else(|| *self.told.last_key_value()?.1)
    }
}

impl<'a> Round<'a> {
    pub(super) fn of(events: &[&'a Lead], of: Item) -> Self {
        let mut round = Round::default();
        for event in events {
            match event {
                Lead::Asked { item, question, .. } if *item == of => {
                    let questions = question.iter().map(|question| Asked::of(question)).collect();
                    round = Round { questions, ..round.next() };
                }
                Lead::AlsoAsked { item, question, occasion } if *item == of => {
                    round = if round.dropped { round.next() } else { round };
                    let occasion = occasion.as_ref();
                    let sent_on_before = round.sent_on(question, occasion);
                    let (name, asked) = Asked::of(question);
                    round.questions.insert(name, Asked { occasion, sent_on_before, ..asked });
                }
                Lead::Dropped { item } if *item == of => round.dropped = true,
                Lead::LetGo { item, question, dismissal } if *item == of => {
                    let gone = round.questions.remove(question).expect("it was asked");
                    round.before += if gone.versions() > 0 { gone.versions() + 1 } else { 0 };
                    round.left.extend(Some(gone).filter(|_| dismissal.is_none()));
                }
                Lead::Answered { item, question: Some(question), version, answer } if *item == of => {
                    let asked = round.questions.get_mut(question).expect("it was asked");
                    asked.told.insert(*version, Some(answer));
                }
                Lead::AnswerRetracted { question, version, .. } => {
                    if let Some(asked) = round.questions.get_mut(question) {
                        asked.told.insert(*version, None);
                    }
                }
                Lead::TelephoneAnswerConfirmed { item, question, number, .. } if *item == of => {
                    let asked = round.questions.get_mut(question).expect("it was asked");
                    asked.telephoned.push(noted(events, *question, *number).expect("it was noted"));
                    asked.unconfirmed = asked.unconfirmed.filter(|(unconfirmed, _)| unconfirmed != number);
                }
                Lead::TelephoneAnswerRecorded { item, question, number, .. } if *item == of => {
                    let asked = round.questions.get_mut(question).expect("it was asked");
                    asked.unconfirmed = Some((*number, asked.at_source()));
                }
                Lead::OwnFileRecorded { answer } if of == Item::EigenOnderzoek => {
                    round.provided = Some((round.highest + 1, Some(answer)));
                }
                Lead::DossierReceived { version, .. } if of == Item::Politiedossier => {
                    round.provided = Some((*version, None));
                }
                _ => {}
            }
            round.highest = round.number().map_or(round.highest, |number| number.max(round.highest));
        }
        round
    }

    /// Nothing was asked in it yet.
    fn next(self) -> Self {
        let mut left = self.left;
        left.extend(self.questions.into_values());
        left.sort_by_key(|asked| asked.question.round);
        Round { before: self.highest, highest: self.highest, left, ..Round::default() }
    }

    /// Its version, while it is required.
    pub(super) fn latest(&self) -> Option<u32> {
        self.number().filter(|_| !self.dropped)
    }

    /// The latest at every source, counted on from before.
    fn number(&self) -> Option<u32> {
        let told: u32 = self.questions.values().map(Asked::versions).sum();
        let asked = (told > 0).then_some(self.before + told);
        asked.or(self.provided.map(|(version, _)| version))
    }

    fn answers(&self) -> impl Iterator<Item = (&Asked<'a>, &'a Answer)> {
        self.questions.values().filter_map(|asked| Some((asked, asked.answer()?)))
    }

    /// Whom a region sends on, as a new question finds it; of one that was itself sent on, as its origin found it, and of
    /// an adviser's that is put anew no more than it found before.
    fn sent_on(&mut self, new: &Question, occasion: Option<&Occasion>) -> BTreeSet<(QuestionName, PersonNumber)> {
        if let Some(Occasion::SentOnFrom(origin)) = occasion {
            return self.questions.get(origin).map(|origin| origin.sent_on_before.clone()).unwrap_or_default();
        }
        let mut found = BTreeSet::new();
        for (asked, answer) in self.answers() {
            found.extend(answer.outcomes.iter().filter(|one| moved(one)).map(|one| (asked.question.name, one.person)));
        }
        let continues = |one: &Asked<'_>| {
            let same = one.question.text == new.text && one.question.addressee == new.addressee;
            same && new.text.is_some() && one.occasion == occasion
        };
        if let Some(place) = self.left.iter().position(continues) {
            let before = self.left.remove(place).sent_on_before;
            found.retain(|one| before.contains(one));
        }
        found
    }

    /// No note of a call waits, every question has an answer, and everyone asked about is known or was searched for and not known.
    pub(super) fn counts(&self, about: &[PersonNumber]) -> bool {
        if let Some((_, answer)) = self.provided {
            return answer.is_none_or(|answer| speaks_of(&answer.outcomes.iter().collect::<Vec<_>>(), about));
        }
        let waits = self.questions.values().any(Asked::awaits_confirmation);
        !waits && self.answers().count() == self.questions.len() && speaks_of(&self.outcomes(), about)
    }

    /// What counts of all answers: who is sent to another region is spoken of there, where the same was asked or it was
    /// asked because of that, unless it named that region by mistake; and somebody must judge on the report.
    fn outcomes(&self) -> Vec<&'a PersonOutcome> {
        let judged = self
            .answers()
            .any(|(asked, answer)| asked.question.reported_in.is_none() && !answer.outcomes.iter().all(moved));
        let named = |about: u32, region: &str| {
            let sends = |one: &PersonOutcome| {
                one.person == about && matches!(&one.outcome, Outcome::WrongRegion { region: to } if to == region)
            };
            self.answers().any(|(_, answer)| answer.outcomes.iter().any(sends))
        };
        let said = |of: &Question, about: u32| {
            let stands_in = |other: &Asked<'_>| {
                let same = other.question.text == of.text || other.sent_on_before.contains(&(of.name, about));
                let region = &other.question.addressee.region;
                let by_it = other.occasion == Some(&Occasion::SentOnFrom(of.name));
                same && *region != of.addressee.region && (!by_it || named(about, region.as_str()))
            };
            let mut others = self.answers().filter(|(other, _)| stands_in(other));
            others.any(|(_, answer)| answer.outcomes.iter().any(|one| one.person == about && !moved(one)))
        };
        let mut outcomes = Vec::new();
        for (asked, answer) in self.answers() {
            let elsewhere = |one: &PersonOutcome| moved(one) && judged && said(asked.question, one.person);
            outcomes.extend(answer.outcomes.iter().filter(|one| !elsewhere(one)));
        }
        outcomes
    }
}

fn moved(one: &PersonOutcome) -> bool {
    matches!(one.outcome, Outcome::WrongRegion { .. })
}

fn speaks_of(outcomes: &[&PersonOutcome], about: &[PersonNumber]) -> bool {
    let all_count = outcomes.iter().all(|one| matches!(one.outcome, Outcome::Known(_) | Outcome::NotKnown));
    all_count && about.iter().all(|person| outcomes.iter().any(|one| one.person == *person))
}
