//! The further persons whom answers name (D10), and who they are as long as such an answer stands (D12).

use super::{Assignment, Strand, Track};
use crate::answer::{Answer, FurtherPerson};
use crate::household::{Further, Household, PersonNumber};
use crate::identity::Identity;
use crate::item::Item;
use crate::organisation::Organisation;
use crate::personal::Sensitive;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A further person, as an answer named it (D10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What OM learns.
    pub further: Further,
    /// Who it is.
    pub person: FurtherPerson,
    /// Which office named this person, where that was kept.
    pub by: Option<Organisation>,
    /// The day on which minor or adult was told to OM.
    pub on: Date,
}

impl Named {
    /// This person as answers that stand name them, each with its office: in the same words if one has them, else in
    /// those of another. Nothing when none names this person. Who was forgotten stays named.
    fn as_it_stands(&self, entries: &[(&Organisation, &FurtherPerson)]) -> Option<Named> {
        if self.person.identity.reveal().is_none() {
            return Some(self.clone());
        }
        let of_office = |by: &Organisation| self.by.as_ref().is_none_or(|own| own == by);
        let again = |by: &Organisation, other: &FurtherPerson| of_office(by) && self.person.is_same_entry(other);
        let mut names = entries.iter().filter(|(by, other)| again(by, other) || self.person.is_same_person(other));
        let first = names.clone().next()?;
        let (by, person) = names.find(|(by, other)| of_office(by) && *other == &self.person).unwrap_or(first);
        let by = self.by.as_ref().map(|_| (*by).clone());
        Some(Named { person: (*person).clone(), by, ..self.clone() })
    }
}

fn persons_of(answer: &Answer) -> BTreeSet<PersonNumber> {
    answer.outcomes.iter().map(|one| one.person).collect()
}

impl Assignment {
    /// The further persons whom an answer names that nobody took back and that was not closed off (D10, A36), in the words
    /// of an answer that stands.
    pub fn named(&self) -> impl Iterator<Item = Named> {
        let readable = || self.tracks.iter().flat_map(|(item, track)| self.readable_strands(*item, track));
        let standing = readable().flat_map(|strand| {
            let answers = strand.answers.iter().filter(|one| !strand.is_retracted(one.version));
            answers.map(|given| (&strand.question.addressee, &*given.answer))
        });
        let confirmed = readable().flat_map(|strand| {
            let told = strand.telephoned.iter().filter(|one| one.confirmed.is_some());
            let told = told.filter(|one| !strand.is_note_retracted(one));
            told.map(|one| (&strand.question.addressee, &*one.given.answer))
        });
        let own = self.tracks.iter().flat_map(|(item, track)| self.own_files(*item, track));
        let answers = standing.chain(confirmed).chain(own.map(|answer| (&self.lead, answer)));
        let entries = answers.flat_map(|(by, answer)| answer.further_persons.iter().map(move |person| (by, person)));
        let entries: Vec<(&Organisation, &FurtherPerson)> = entries.collect();
        self.further.iter().filter_map(move |named| named.as_it_stands(&entries))
    }

    fn readable_strands<'a>(&'a self, item: Item, track: &'a Track) -> impl Iterator<Item = &'a Strand> {
        let strands = track.strands.iter().enumerate();
        strands.filter(move |(place, _)| self.is_question_readable(item, *place)).map(|(_, strand)| strand)
    }

    /// What the lead found in its own files, but for what it recorded anew about the same persons: that was a mistake.
    fn own_files<'a>(&'a self, item: Item, track: &'a Track) -> impl Iterator<Item = &'a Answer> {
        let versions = track.versions.iter().enumerate();
        let readable = versions.filter(move |(_, version)| self.is_readable(item, version.version));
        readable.filter_map(|(place, version)| {
            let own = version.content.own()?;
            let mut later = track.versions[place + 1..].iter().filter_map(|version| version.content.own());
            (!later.any(|later| persons_of(later) == persons_of(own))).then_some(own)
        })
    }

    /// OM does not know who a further person is; this lead does (D10). Whom only answers that were taken back named is nobody
    /// that is known (D12).
    pub(super) fn name_further_persons(&self, household: &mut Household) {
        let named: Vec<Named> = self.named().collect();
        for person in &mut household.persons {
            let Some(further) = person.further.as_ref().filter(|further| self.did_name(further)) else { continue };
            let named = named.iter().find(|named| named.further == *further);
            let identity = named.and_then(|named| named.person.identity.reveal().cloned());
            person.identity = Sensitive::about(person.number, identity.unwrap_or_else(Identity::unknown));
        }
    }

    /// Who stands on a list only because of answers that were taken back: OM must confirm one without them.
    pub fn no_longer_named(&self, household: &Household) -> BTreeSet<PersonNumber> {
        let named: BTreeSet<Further> = self.named().map(|named| named.further).collect();
        let gone = household.persons.iter().filter(|person| {
            person.further.as_ref().is_some_and(|further| self.did_name(further) && !named.contains(further))
        });
        gone.map(|person| person.number).collect()
    }

    /// Whether this further person was ever named here.
    fn did_name(&self, further: &Further) -> bool {
        self.further.iter().any(|named| named.further == *further)
    }
}
