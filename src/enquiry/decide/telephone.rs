//! What the lead noted of a call with this office, and the desk that confirms it (D20).

use super::answer_it;
use crate::date;
use crate::enquiry::{Enquiry, Event};
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::refusal::{NotNow, Refusal};
use crate::telephone::Note;
use jiff::Timestamp;

/// The same again is nothing; another under its number is refused (E4). It is heard whatever became of the question.
pub(super) fn note(enquiry: &Enquiry, mut note: Note, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    note.answer.as_agreed_for(&enquiry.question);
    if let Some(known) = enquiry.telephoned(note.number) {
        let same = known.note == note;
        return if same { Ok(Vec::new()) } else { Err(Faults::one("note.number", Problem::Duplicate).into()) };
    }
    let there = date::elsewhere(at);
    let mut faults = note.answer.faults(&enquiry.question, "note.answer", there);
    faults.merge(note.call.faults("note.call", there));
    faults.or(())?;
    Ok(vec![Event::TelephoneAnswerNoted { note }])
}

/// What was noted becomes the answer of this office, in the next version, while it said nothing itself since. It is checked
/// as any answer of a desk.
pub(super) fn confirm(enquiry: &Enquiry, number: u32, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let noted = enquiry.telephoned(number).ok_or_else(|| Faults::one("number", Problem::NoSuchVersion))?;
    if noted.confirmed_by.is_some() {
        return Ok(Vec::new());
    }
    if enquiry.has_overtaken(&noted.note) {
        return Err(NotNow::AnsweredItself.into());
    }
    let mut events = vec![Event::TelephoneAnswerConfirmed { number, by: by.clone() }];
    events.extend(answer_it(enquiry, noted.note.answer.clone(), None, by, at)?);
    Ok(events)
}
