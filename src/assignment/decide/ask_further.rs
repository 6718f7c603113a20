//! A question of the adviser's own, beside what is required: it adds to what must be in, and never takes away (D7).

use super::write::{Ask, Writer};
use crate::assignment::{Assignment, Brief, Event, Occasion, Strand, Track};
use crate::date::day_of;
use crate::fault::{Faults, Problem};
use crate::flow::Flow;
use crate::household::{AgeClass, PersonNumber};
use crate::item::Item;
use crate::organisation::{Actor, Region};
use crate::personal::Sensitive;
use crate::question::{Question, Subject};
use crate::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;

/// What an adviser asks further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherAsk {
    /// Of whom: Veilig Thuis, or the other organisation's check in this flow.
    pub item: Item,
    /// About whom.
    pub persons: Vec<PersonNumber>,
    /// What.
    pub text: Sensitive<String>,
    /// In which region; the lead's own when left out.
    pub region: Option<Region>,
}

pub(super) fn ask_further(
    assignment: &Assignment,
    ask: FurtherAsk,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let brief = &assignment.readable_brief().ok_or(Refusal::NotFound)?;
    let day = day_of(at);
    faults(brief, &ask, day).or(())?;
    let track = assignment.tracks.get(&ask.item).filter(|track| !track.dropped);
    let bearer = track.and_then(bearer).map(|strand| &strand.question.addressee.region);
    let region = ask.region.unwrap_or_else(|| assignment.lead.region.clone());
    let mut writer = Writer::new(assignment, brief, ask.item, bearer).ok_or(Refusal::NotFound)?;
    let question = writer.write(put(brief, ask.item, &ask.persons, region, ask.text, day));
    let occasion = Some(Occasion::AskedBy(by.clone()));
    Ok(vec![Event::AlsoAsked { item: ask.item, question: Box::new(question), occasion }])
}

/// What a new brief leaves of a question of the adviser, about whoever is still on the list.
pub(super) fn asked_anew(brief: &Brief, strand: &Strand) -> Option<Ask> {
    let Question { item, addressee, asked_on, text, .. } = &*strand.question;
    let listed = |person: &PersonNumber| brief.household.person(*person).is_some();
    let persons: Vec<PersonNumber> = strand.question.subjects.iter().map(|subject| subject.person).collect();
    let persons: Vec<PersonNumber> = persons.into_iter().filter(listed).collect();
    let text = text.clone().filter(|_| !persons.is_empty())?;
    Some(put(brief, *item, &persons, addressee.region.clone(), text, *asked_on))
}

/// The question that goes with this case's report.
fn bearer(track: &Track) -> Option<&Strand> {
    track.running().find(|strand| strand.bears_the_report())
}

fn put(
    brief: &Brief,
    item: Item,
    persons: &[PersonNumber],
    region: Region,
    text: Sensitive<String>,
    asked_on: Date,
) -> Ask {
    let listed = persons.iter().filter_map(|person| brief.household.person(*person));
    let subjects = listed.map(|person| Subject {
        person: person.number,
        identity: person.identity.clone(),
        roles: person.roles.clone(),
        relation: person.relation,
        age_uncertain: person.age_class(asked_on) == AgeClass::Uncertain,
    });
    // The search key of the family; an unborn child is asked about in the required question.
    let required = brief.required.of(item).and_then(|one| Question::reference_of(one, &brief.household));
    let reference = required.map(|mut reference| {
        reference.unborn = false;
        reference
    });
    Ask { region, subjects: subjects.collect(), reference, asked_on, text: Some(text) }
}

fn faults(brief: &Brief, ask: &FurtherAsk, day: Date) -> Faults {
    let mut faults = Faults::new();
    let askable = match ask.item {
        Item::VeiligThuis => true,
        Item::Oudercheck => brief.flow == Flow::A,
        Item::Kindcheck => brief.flow == Flow::B,
        Item::EigenOnderzoek | Item::Politiedossier => false,
    };
    faults.require(askable, "item", Problem::NotForThisOffice);
    faults.require(!ask.text.text().is_empty(), "text", Problem::Missing);
    faults.require(!ask.persons.is_empty(), "persons", Problem::Missing);
    for (index, number) in ask.persons.iter().enumerate() {
        let here = format!("persons[{index}]");
        let Some(person) = brief.household.person(*number) else {
            faults.add(here, Problem::UnknownPerson);
            continue;
        };
        let age = person.age_class(day);
        let wrong = match ask.item {
            Item::Kindcheck => age == AgeClass::Adult,
            Item::Oudercheck => age == AgeClass::Minor,
            Item::VeiligThuis | Item::EigenOnderzoek | Item::Politiedossier => false,
        };
        faults.require(!wrong, here.clone(), Problem::WrongAge);
        faults.require(!ask.persons[..index].contains(number), here, Problem::Duplicate);
    }
    faults
}
