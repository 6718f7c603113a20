//! Requests to a source, and its reply to a question.

use crate::convert::Read;
use crate::convert::place::Place;
use crate::pb::source::v1::{self as source, ask_question_response};
use zsm::answer::Answer;
use zsm::assignment::Reply;
use zsm::name::QuestionName;
use zsm::question::Question;
use zsm::{Faults, Problem, Sensitive};

impl Read<Question> for source::AskQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Question> {
        Place::at(path, faults).required("question", self.question)
    }
}

impl From<&Reply> for source::AskQuestionResponse {
    fn from(reply: &Reply) -> Self {
        let reply = match reply {
            Reply::Answered(version, answer) => ask_question_response::Reply::Answered(source::AnsweredReply {
                version: *version,
                answer: Some(answer.as_ref().into()),
            }),
            Reply::Pending => ask_question_response::Reply::Pending(source::PendingReply {}),
        };
        Self { reply: Some(reply) }
    }
}

impl Read<Reply> for source::AskQuestionResponse {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Reply> {
        let mut place = Place::at(path, faults);
        match self.reply {
            None => place.refuse("reply", Problem::Missing),
            Some(ask_question_response::Reply::Pending(_)) => Some(Reply::Pending),
            Some(ask_question_response::Reply::Answered(answered)) => {
                let mut place = place.inside("answered");
                let version = place.counted("version", answered.version);
                let answer = place.given("answer", answered.answer);
                Some(Reply::Answered(version?, Box::new(answer?)))
            }
        }
    }
}

impl Read<QuestionName> for source::WithdrawQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<QuestionName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

/// Taken up, or put down again.
impl Read<(QuestionName, bool)> for source::TakeUpQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, bool)> {
        let name = Place::at(path, faults).name("name", &self.name);
        Some((name?, self.put_down))
    }
}

impl Read<QuestionName> for source::GetQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<QuestionName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

/// The version of the answer, and why it is taken back.
impl Read<(QuestionName, u32, Sensitive<String>)> for source::RetractAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, u32, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let version = place.counted("version", self.version);
        let reason = place.case_text("reason", self.reason);
        Some((name?, version?, reason?))
    }
}

/// The service fills in who searched.
/// What a desk answers.
#[derive(Clone, Debug)]
pub enum Answering {
    /// This.
    With(Box<Answer>),
    /// The same as to another question.
    SameAs(QuestionName),
}

impl Read<(QuestionName, Answering)> for source::AnswerQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(QuestionName, Answering)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let answering = if self.same_as.is_empty() {
            place.required("answer", self.answer).map(|answer| Answering::With(Box::new(answer)))
        } else {
            if self.answer.is_some() {
                place.fault("answer", Problem::Superfluous);
            }
            place.name("same_as", &self.same_as).map(Answering::SameAs)
        };
        Some((name?, answering?))
    }
}
