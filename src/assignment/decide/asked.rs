//! Which questions follow from a brief: what asks the same goes on, and only what is new or changed is asked (D23).

use super::ask_further::asked_anew;
use super::brief::withdrawn;
use super::write::{Ask, Writer};
use crate::assignment::{Assignment, Brief, Event, Occasion, Strand, Track};
use crate::household::PersonNumber;
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::Region;
use crate::question::{Question, Subject};
use crate::required::Requirement;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Something to be asked.
#[derive(Clone)]
struct Wanted<'a> {
    ask: Ask,
    /// The adviser's own question that it continues; none for what OM requires.
    after: Option<&'a Strand>,
}

/// What an item that OM requires has asked.
pub(super) fn asked(assignment: &Assignment, brief: &Brief, requirement: &Requirement) -> Vec<Event> {
    let item = requirement.item;
    let track = assignment.tracks.get(&item).filter(|track| !track.dropped);
    let Some(writer) = Writer::new(assignment, brief, item, None) else {
        return searched(assignment, brief, track, requirement);
    };
    let running: Vec<&Strand> = track.into_iter().flat_map(Track::running).collect();
    let mut wanted = required(assignment, brief, requirement);
    wanted.extend(of_adviser(brief, &running));
    let (stays, new) = what_stays(&writer, &running, wanted);
    let goes = running.iter().filter(|strand| !stays.iter().any(|one| one.question.name == strand.question.name));
    let goes = goes.map(|strand| &*strand.question);
    let bearer = stays.iter().find(|strand| strand.bears_the_report()).map(|strand| &strand.question.addressee.region);
    let Some(mut writer) = Writer::new(assignment, brief, item, bearer) else { return Vec::new() };
    let mut new = new.into_iter();
    let mut events = Vec::new();
    if stays.is_empty() {
        events.extend(goes.map(withdrawn));
        let about = requirement.answer_about();
        let question = new.next().map(|first| Box::new(writer.write(first.ask)));
        events.extend(question.map(|question| Event::Asked { item, question: Some(question), about }));
    } else {
        events
            .extend(goes.flat_map(|one| [withdrawn(one), Event::LetGo { item, question: one.name, dismissal: None }]));
    }
    events.extend(also_asked(item, &mut writer, new));
    events
}

/// An item that OM does not require (any more): what the adviser asked of his own accord stays asked (D7).
pub(super) fn no_longer_required(assignment: &Assignment, brief: &Brief, item: Item, track: &Track) -> Vec<Event> {
    let running: Vec<&Strand> = track.running().collect();
    let mut events = vec![Event::Dropped { item }];
    let Some(mut writer) = Writer::new(assignment, brief, item, None) else { return events };
    let wanted: Vec<Wanted<'_>> = of_adviser(brief, &running).collect();
    let mut pairs = wanted.iter().zip(&running);
    let same = wanted.len() == running.len() && pairs.all(|(one, strand)| writer.is_put_in(&strand.question, &one.ask));
    if same && !running.is_empty() {
        return Vec::new();
    }
    events.extend(running.iter().map(|strand| withdrawn(&strand.question)));
    events.extend(also_asked(item, &mut writer, wanted));
    events
}

/// The own files are searched, and the dossier comes along: nobody is asked. A file was searched for who somebody is,
/// and is searched anew when that was corrected (D8, D23).
fn searched(assignment: &Assignment, brief: &Brief, track: Option<&Track>, requirement: &Requirement) -> Vec<Event> {
    let (item, about) = (requirement.item, requirement.answer_about());
    let same = track.is_some_and(|track| {
        item == Item::Politiedossier || track.about == about && are_still_who_they_were(assignment, brief, &about)
    });
    if same { Vec::new() } else { vec![Event::Asked { item, question: None, about }] }
}

/// Who is no longer named was searched for while he was: who it was is not told anew (D12).
fn are_still_who_they_were(assignment: &Assignment, brief: &Brief, about: &[PersonNumber]) -> bool {
    let gone = assignment.no_longer_named(&brief.household);
    let who = |brief: &Brief, one| brief.household.person(one).map(|person| person.identity.clone());
    let still = |before: &Brief, one| gone.contains(&one) || who(before, one) == who(brief, one);
    assignment.brief.as_deref().is_some_and(|before| about.iter().all(|one| still(before, *one)))
}

/// What the adviser asked further, as it is asked now.
fn of_adviser<'a>(brief: &Brief, running: &[&'a Strand]) -> impl Iterator<Item = Wanted<'a>> {
    running.iter().filter_map(|strand| Some(Wanted { ask: asked_anew(brief, strand)?, after: Some(strand) }))
}

/// Asked beside what runs; what continues a question is asked on the same occasion.
fn also_asked<'a>(
    item: Item,
    writer: &mut Writer<'_>,
    new: impl IntoIterator<Item = Wanted<'a>>,
) -> impl Iterator<Item = Event> {
    let mut continued: BTreeMap<QuestionName, QuestionName> = BTreeMap::new();
    new.into_iter().map(move |Wanted { ask, after }| {
        let question = Box::new(writer.write(ask));
        continued.extend(after.map(|before| (before.question.name, question.name)));
        let occasion = after.and_then(|before| before.occasion.clone()).map(|occasion| match occasion {
            Occasion::SentOnFrom(origin) => Occasion::SentOnFrom(continued.get(&origin).copied().unwrap_or(origin)),
            asked_by @ Occasion::AskedBy(_) => asked_by,
        });
        Event::AlsoAsked { item, question, occasion }
    })
}

/// The questions that go on, and what is still to be asked. A question goes on when it asks what is wanted, or when one
/// that goes on has it asked in another region (D32). Without a question that bears this case's report all are put anew:
/// somebody must judge on it (D14).
fn what_stays<'a>(
    writer: &Writer<'_>,
    running: &[&'a Strand],
    wanted: Vec<Wanted<'a>>,
) -> (Vec<&'a Strand>, Vec<Wanted<'a>>) {
    let mut stays: Vec<&Strand> = Vec::new();
    let mut new = wanted.clone();
    for strand in running {
        let place = new.iter().position(|one| writer.is_put_in(&strand.question, &one.ask));
        if let Some(place) = place {
            new.remove(place);
        }
        if place.is_some() || is_sent_on(strand, &stays) {
            stays.push(strand);
        }
    }
    let is_borne = stays.iter().any(|strand| strand.question.reported_in.is_none());
    let will_be = new.iter().any(|one| one.after.is_none());
    if is_borne || will_be { (stays, new) } else { (Vec::new(), wanted) }
}

/// Whether another of these questions has it asked: what an adviser asked in words stands by itself.
fn is_sent_on(strand: &Strand, by: &[&Strand]) -> bool {
    let question = &strand.question;
    let sent = |person: PersonNumber| by.iter().any(|other| other.ever_sent(person, &question.addressee.region));
    let sent_on = match strand.sent_on_from() {
        Some(origin) => by.iter().any(|other| other.question.name == origin),
        // Older facts do not tell.
        None => question.answer_about().into_iter().all(sent),
    };
    question.text.is_none() && sent_on
}

/// What OM requires to be asked: one question; of Veilig Thuis one in every region where somebody lives (A30).
fn required(assignment: &Assignment, brief: &Brief, requirement: &Requirement) -> Vec<Wanted<'static>> {
    let asked_on = day_of_question(assignment, brief, requirement);
    let reference = Question::reference_of(requirement, &brief.household);
    let subjects = Question::subjects_of(requirement, &brief.household);
    let home = &assignment.lead.region;
    let places = match requirement.item {
        Item::VeiligThuis => by_residence(home, brief, subjects),
        _ => vec![(home.clone(), subjects)],
    };
    let ask = |(region, subjects)| Ask { region, subjects, reference: reference.clone(), asked_on, text: None };
    places.into_iter().map(|place| Wanted { ask: ask(place), after: None }).collect()
}

/// Who lives where; of whom that is not known, in the region of the lead. That comes first, for there this case's report
/// is made, unless nobody lives there.
fn by_residence(home: &Region, brief: &Brief, subjects: Vec<Subject>) -> Vec<(Region, Vec<Subject>)> {
    let mut places: Vec<(Region, Vec<Subject>)> = vec![(home.clone(), Vec::new())];
    for subject in subjects {
        let lives_in = brief.household.person(subject.person).and_then(|person| person.vt_region.as_ref());
        let region = lives_in.unwrap_or(home);
        match places.iter_mut().find(|(known, _)| known == region) {
            Some((_, neighbours)) => neighbours.push(subject),
            None => places.push((region.clone(), vec![subject])),
        }
    }
    if places.len() > 1 {
        places.retain(|(_, neighbours)| !neighbours.is_empty());
    }
    places
}

/// The day on which ages were taken. OM knows of a further person only what it was told when that person was named: a
/// kindcheck about one who came of age since is a question of that day (D8, D10).
fn day_of_question(assignment: &Assignment, brief: &Brief, requirement: &Requirement) -> Date {
    let asked = requirement.subjects.iter().filter_map(|asked| brief.household.person(asked.person)?.further.as_ref());
    let named = asked.filter_map(|further| assignment.further.iter().find(|named| named.further == *further));
    let named = named.map(|named| named.on).filter(|_| requirement.item == Item::Kindcheck);
    named.min().map_or(brief.required.day, |on| on.min(brief.required.day))
}
