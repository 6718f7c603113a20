//! A telephone call, what was said in one to the lead, and what the office that was phoned hears of it.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::{adviser::v1 as adviser, model::v1 as model, source::v1 as source};
use zsm::answer::Answer;
use zsm::assignment::Telephoned;
use zsm::name::{AssignmentName, QuestionName};
use zsm::telephone::{Call, Note};
use zsm::{Faults, Sensitive, enquiry};

impl From<&Call> for model::TelephoneCall {
    fn from(call: &Call) -> Self {
        Self {
            spoken_with: call.spoken_with.text().to_owned(),
            number: call.number.text().to_owned(),
            at: Some(instant(call.at)),
        }
    }
}

impl Read<Call> for model::TelephoneCall {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Call> {
        let mut place = Place::at(path, faults);
        let spoken_with = place.required_short("spoken_with", self.spoken_with);
        let number = place.required_short("number", self.number);
        let at = place.required("at", self.at);
        Some(Call { spoken_with: Sensitive::case(spoken_with?), number: Sensitive::case(number?), at: at? })
    }
}

/// As it was noted; whether it was overtaken, only its question can tell.
impl From<&Telephoned> for adviser::TelephoneAnswer {
    fn from(noted: &Telephoned) -> Self {
        let state = match noted.confirmed {
            None => adviser::TelephoneAnswerState::Onbevestigd,
            Some(_) => adviser::TelephoneAnswerState::Bevestigd,
        };
        Self {
            number: noted.number,
            state: state.into(),
            call: Some((&noted.call).into()),
            answer: Some(noted.given.answer.as_ref().into()),
            recorded_by: Some((&noted.by).into()),
            recorded_at: Some(instant(noted.given.at)),
            confirmed_by: noted.confirmed.as_ref().map(|confirmed| (&confirmed.by).into()),
            confirmed_at: noted.confirmed.as_ref().map(|confirmed| instant(confirmed.at)),
        }
    }
}

/// The question, the call and what was said. The service fills in who noted it.
impl Read<(AssignmentName, QuestionName, Call, Answer)> for adviser::RecordTelephoneAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, QuestionName, Call, Answer)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let question = place.name("question", &self.question);
        let call = place.required("call", self.call);
        let answer = place.required("answer", self.answer);
        Some((name?, question?, call?, answer?))
    }
}

/// The question, and the number of its telephone answer.
impl Read<(AssignmentName, QuestionName, u32)> for adviser::ConfirmTelephoneAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, QuestionName, u32)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let question = place.name("question", &self.question);
        let number = place.counted("number", self.number);
        Some((name?, question?, number?))
    }
}

impl From<&Note> for source::TelephoneNote {
    fn from(note: &Note) -> Self {
        Self {
            number: note.number,
            followed: note.followed,
            call: Some((&note.call).into()),
            answer: Some(note.answer.as_ref().into()),
            noted_at: Some(instant(note.at)),
        }
    }
}

impl Read<Note> for source::TelephoneNote {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Note> {
        let mut place = Place::at(path, faults);
        let number = place.counted("number", self.number);
        let call = place.required("call", self.call);
        let answer = place.required("answer", self.answer);
        let at = place.required("noted_at", self.noted_at);
        let (followed, answer) = (self.followed, Box::new(answer?));
        Some(Note { number: number?, followed, call: call?, answer, at: at? })
    }
}

impl Read<(QuestionName, Note)> for source::NoteTelephoneAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, Note)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let note = place.required("note", self.note);
        Some((name?, note?))
    }
}

impl Read<(QuestionName, u32)> for source::ConfirmTelephoneAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, u32)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let number = place.counted("number", self.number);
        Some((name?, number?))
    }
}

/// As it was told; whether it was overtaken, only its question can tell.
impl From<&enquiry::Telephoned> for source::TelephonedAnswer {
    fn from(noted: &enquiry::Telephoned) -> Self {
        let state = match noted.confirmed_by {
            None => adviser::TelephoneAnswerState::Onbevestigd,
            Some(_) => adviser::TelephoneAnswerState::Bevestigd,
        };
        Self {
            note: Some((&noted.note).into()),
            state: state.into(),
            confirmed_by: noted.confirmed_by.as_ref().map(Into::into),
        }
    }
}
