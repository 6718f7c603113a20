//! A wrong region is no answer: the office of the same kind in the region it names is asked, once (D32).

use super::brief::withdrawn;
use super::write::{Ask, Writer};
use crate::answer::Answer;
use crate::assignment::{Assignment, Event, Occasion, Strand, Track};
use crate::household::PersonNumber;
use crate::item::Item;
use crate::organisation::Region;
use crate::outcome::Outcome;
use std::collections::BTreeMap;

/// What follows from the latest answer to a question for the other regions.
pub(super) fn readdressed(assignment: &Assignment, item: Item, strand: &Strand, answer: &Answer) -> Vec<Event> {
    let Some(track) = assignment.tracks.get(&item) else { return Vec::new() };
    let mut events = called_off(track, item, strand, Some(answer));
    events.extend(sent_on(assignment, track, strand, answer));
    events
}

/// The questions that follow from an answer that names another region for someone. A region that was asked the same about
/// that person already is not asked again: then an adviser must act. What he asked there in words of his own is another
/// question.
fn sent_on(assignment: &Assignment, track: &Track, strand: &Strand, answer: &Answer) -> Vec<Event> {
    let item = strand.question.item;
    let Some(brief) = assignment.brief.as_deref() else { return Vec::new() };
    let Some(mut writer) = Writer::new(assignment, brief, item, bearer(track, strand, answer)) else {
        return Vec::new();
    };
    let question = strand.question.without_identity_of(&assignment.no_longer_named(&brief.household));
    let ask = |(region, persons): (Region, Vec<PersonNumber>)| {
        let subjects = question.subjects.iter().filter(|subject| persons.contains(&subject.person));
        let reference = question.reference.clone().map(|mut reference| {
            reference.unborn &= persons.contains(&reference.person);
            reference
        });
        Ask {
            region,
            subjects: subjects.cloned().collect(),
            reference,
            asked_on: question.asked_on,
            text: question.text.clone(),
        }
    };
    let moved = moved(track, strand, answer).into_iter().map(ask);
    let asked = moved.map(|ask| Event::AlsoAsked {
        item,
        question: Box::new(writer.write(ask)),
        occasion: Some(Occasion::SentOnFrom(strand.question.name)),
    });
    asked.collect()
}

/// Questions that were asked only because of an answer that does not stand any more, for another or for none, and that
/// nobody answered: perhaps there is no such region. Of what an adviser asked only a person lets go (D7).
pub(super) fn called_off(track: &Track, item: Item, strand: &Strand, now: Option<&Answer>) -> Vec<Event> {
    let by_telephone = strand.by_telephone().map(|one| &one.given);
    let Some(before) = by_telephone.or_else(|| strand.answers.last()) else { return Vec::new() };
    let needless = |other: &&Strand| {
        let (about, region) = (other.question.answer_about(), &other.question.addressee.region);
        let was_sent = about.iter().all(|person| before.answer.sends(*person, region));
        let is_sent = now.is_some_and(|answer| about.iter().any(|person| answer.sends(*person, region)));
        let sent_on = match &other.occasion {
            Some(Occasion::SentOnFrom(origin)) => *origin == strand.question.name,
            Some(Occasion::AskedBy(_)) => false,
            // Older facts do not tell; what is asked in the same words was sent on.
            None => other.question.round > strand.question.round && other.question.text == strand.question.text,
        };
        let silent = other.answers.is_empty() && other.telephoned.is_empty();
        silent && sent_on && was_sent && !is_sent
    };
    let closed = track.running().filter(needless).map(|other| &other.question);
    closed
        .flat_map(|question| [withdrawn(question), Event::LetGo { item, question: question.name, dismissal: None }])
        .collect()
}

/// Whom the answer sends to which region, as far as the same was not asked about them there.
fn moved(track: &Track, answered: &Strand, answer: &Answer) -> BTreeMap<Region, Vec<PersonNumber>> {
    let mut moved: BTreeMap<Region, Vec<PersonNumber>> = BTreeMap::new();
    for one in &answer.outcomes {
        let Outcome::WrongRegion { region } = &one.outcome else { continue };
        let Some(region) = Region::parse(region) else { continue };
        let asked = |strand: &Strand| {
            let question = &*strand.question;
            let same = question.text == answered.question.text && question.addressee.region == region;
            same && question.answer_about().contains(&one.person)
        };
        if !track.running().any(asked) {
            moved.entry(region).or_default().push(one.person);
        }
    }
    moved
}

/// The region that bears the report once this answer is in.
fn bearer<'a>(track: &'a Track, answered: &Strand, answer: &Answer) -> Option<&'a Region> {
    let stays = |strand: &&Strand| match strand.question.name == answered.question.name {
        true => strand.question.reported_in.is_none() && !answer.moves_everyone(),
        false => strand.bears_the_report(),
    };
    track.running().find(stays).map(|strand| &strand.question.addressee.region)
}
