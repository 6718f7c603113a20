//! The further persons whom answers name (D10).

use super::Assignment;
use crate::answer::FurtherPerson;
use crate::household::Further;
use crate::organisation::Organisation;
use jiff::civil::Date;

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

impl Assignment {
    /// The further persons whom an answer names that nobody took back (D10), in the words of an answer that stands.
    pub fn named(&self) -> impl Iterator<Item = Named> {
        let strands = self.tracks.values().flat_map(|track| &track.strands);
        let standing = strands.flat_map(|strand| {
            let answers = strand.answers.iter().filter(|one| !strand.is_retracted(one.version));
            answers.map(|given| (&strand.question.addressee, &*given.answer))
        });
        let own = self.tracks.values().flat_map(|track| &track.versions).filter_map(|version| version.content.own());
        let strands = self.tracks.values().flat_map(|track| &track.strands);
        let confirmed = strands.flat_map(|strand| {
            let told = strand.telephoned.iter().filter(|one| one.confirmed.is_some());
            let told = told.filter(|one| !strand.is_note_retracted(one));
            told.map(|one| (&strand.question.addressee, &*one.given.answer))
        });
        let answers = standing.chain(confirmed).chain(own.map(|answer| (&self.lead, answer)));
        let entries = answers.flat_map(|(by, answer)| answer.further_persons.iter().map(move |person| (by, person)));
        let entries: Vec<(&Organisation, &FurtherPerson)> = entries.collect();
        self.further.iter().filter_map(move |named| named.as_it_stands(&entries))
    }
}
