//! What the lead noted of a call with this office (D20): the desk sees it, and confirms it by making it its own answer.

use super::Enquiry;
use crate::organisation::Actor;
use crate::telephone::Note;

/// A telephone answer, as it stands at the office that was phoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephoned {
    /// What the lead told.
    pub note: Note,
    /// Who at the desk confirmed it; nobody before that.
    pub confirmed_by: Option<Actor>,
}

impl Enquiry {
    /// A telephone answer, by its number.
    pub fn telephoned(&self, number: u32) -> Option<&Telephoned> {
        self.telephoned.iter().find(|one| one.note.number == number)
    }

    /// Whether what was noted is not read any more: this office took back the answer that it followed, the first that
    /// came after it in whatever words, or a later one that says the same.
    pub fn is_note_retracted(&self, note: &Note) -> bool {
        let mut later = self.answers.iter().filter(|own| own.version > note.followed);
        let first = later.clone().next().map(|own| own.version);
        self.is_retracted(note.followed)
            || first.is_some_and(|version| self.is_retracted(version))
            || later.any(|own| own.answer.says_the_same_as(&note.answer) && self.is_retracted(own.version))
    }

    /// Whether this office said something itself since what was noted.
    pub fn has_overtaken(&self, note: &Note) -> bool {
        note.followed < self.latest_version()
    }
}
