//! Requests to the lead adviser.

use crate::convert::Read;
use crate::convert::place::Place;
use crate::pb::adviser::v1 as adviser;
use zsm::advice::Content;
use zsm::answer::Answer;
use zsm::assignment::{Brief, Creation, FurtherAsk, Reading, Reaffirmation};
use zsm::draft::Draft;
use zsm::household::PERSON_LIMIT;
use zsm::name::{AssignmentName, QuestionName};
use zsm::retraction::Retraction;
use zsm::weighing::Line;
use zsm::{Faults, Item, Problem, Sensitive};

/// What a source can report of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reported {
    /// It arrived.
    Received,
    /// Someone works on it.
    TakenUp,
}

impl Read<Creation> for adviser::CreateAssignmentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Creation> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let case = place.name("case", &self.case);
        let lead = place.required("lead", self.lead);
        let principal = place.required("principal", self.principal);
        let brief = place.required("brief", self.brief);
        let earlier = self.earlier;
        Some(Creation { name: name?, case: case?, earlier, lead: lead?, principal: principal?, brief: brief? })
    }
}

/// What a source brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// An answer.
    Answer(Box<Answer>),
    /// Word that an answer was taken back.
    Retraction(Retraction),
}

impl Read<(AssignmentName, Brief)> for adviser::UpdateAssignmentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Brief)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let brief = place.required("brief", self.brief);
        Some((name?, brief?))
    }
}

/// The assignment, and whether it need never have been.
impl Read<(AssignmentName, bool)> for adviser::WithdrawAssignmentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, bool)> {
        Some((Place::at(path, faults).name("name", &self.name)?, self.corrected))
    }
}

impl Read<AssignmentName> for adviser::GetAssignmentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<AssignmentName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

/// The service fills in who searched.
impl Read<(AssignmentName, Answer)> for adviser::RecordOwnFileRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Answer)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let answer = place.required("answer", self.answer);
        Some((name?, answer?))
    }
}

/// The item and version, the reason, and a line for each known person.
impl Read<(AssignmentName, Item, u32, Sensitive<String>, Vec<Line>)> for adviser::WeighAnswerRequest {
    fn read(
        self,
        path: &str,
        faults: &mut Faults,
    ) -> Option<(AssignmentName, Item, u32, Sensitive<String>, Vec<Line>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let item = place.choice("item", self.item);
        let version = place.counted("version", self.version);
        let reason = place.case_text("reason", self.reason);
        let lines = place.list("lines", PERSON_LIMIT, self.lines);
        Some((name?, item?, version?, reason?, lines?))
    }
}

impl Read<(AssignmentName, Content)> for adviser::SignAdviceRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Content)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let content = place.required("content", self.content);
        Some((name?, content?))
    }
}

/// The version of the advice, and why it is taken back.
impl Read<(AssignmentName, u32, Sensitive<String>)> for adviser::WithdrawAdviceRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, u32, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let version = place.counted("version", self.version);
        let reason = place.case_text("reason", self.reason);
        Some((name?, version?, reason?))
    }
}

impl Read<Reading> for adviser::Reading {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Reading> {
        let mut place = Place::at(path, faults);
        let item = place.choice("item", self.item);
        let version = place.counted("version", self.version);
        let reason = place.case_text("reason", self.reason);
        let lines = place.list("lines", PERSON_LIMIT, self.lines);
        Some(Reading { item: item?, version: version?, reason: reason?, lines: lines? })
    }
}

impl Read<(AssignmentName, Reaffirmation)> for adviser::ReaffirmAdviceRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Reaffirmation)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let readings = place.list("readings", Item::ALL.len(), self.readings);
        let brief = place.case_text_or_empty("brief_has_no_effect", self.brief_has_no_effect);
        Some((name?, Reaffirmation { readings: readings?, brief_has_no_effect: brief? }))
    }
}

/// The version it was based on, and what is written so far.
impl Read<(AssignmentName, u32, Draft)> for adviser::SaveAdviceDraftRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, u32, Draft)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let draft = place.required("content", self.content);
        Some((name?, self.based_on, draft?))
    }
}

impl Read<AssignmentName> for adviser::TakeOverAssignmentRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<AssignmentName> {
        Place::at(path, faults).name("name", &self.name)
    }
}

impl Read<(AssignmentName, Item)> for adviser::RetryQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, Item)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let item = place.choice("item", self.item);
        Some((name?, item?))
    }
}

impl Read<(AssignmentName, FurtherAsk)> for adviser::AskFurtherRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, FurtherAsk)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let item = place.choice("item", self.item);
        let persons =
            place.each("persons", PERSON_LIMIT, self.persons, |place, field, number| place.counted(field, number));
        let text = place.case_text_or_empty("text", self.text);
        let region = place.optional_region("region", &self.region);
        Some((name?, FurtherAsk { item: item?, persons: persons?, text: text?, region: region? }))
    }
}

/// How far the source is, and the sequence of this report.
impl Read<(AssignmentName, QuestionName, Reported, u64)> for adviser::ReportQuestionStateRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, QuestionName, Reported, u64)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let question = place.name("question", &self.question);
        let state = place.choice("state", self.state);
        Some((name?, question?, state?, self.sequence))
    }
}

/// The version, and the answer with who searched in it, or which answer is taken back; never both.
impl Read<(AssignmentName, QuestionName, u32, Brought)> for adviser::DeliverAnswerRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, QuestionName, u32, Brought)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let question = place.name("question", &self.question);
        let version = place.counted("version", self.version);
        let brought = match (self.answer, self.retraction) {
            (Some(_), Some(_)) => place.refuse("retraction", Problem::Superfluous),
            (None, Some(retraction)) => place.required("retraction", Some(retraction)).map(Brought::Retraction),
            (answer, None) => place.given("answer", answer).map(|answer| Brought::Answer(Box::new(answer))),
        };
        Some((name?, question?, version?, brought?))
    }
}

impl Place<'_> {
    /// An answer that an office gave: it says who searched.
    pub(super) fn given(&mut self, field: &str, answer: Option<crate::pb::model::v1::Answer>) -> Option<Answer> {
        let searched = answer.as_ref().and_then(|answer| answer.searched.as_ref());
        if searched.is_some_and(|searched| searched.by.is_empty()) {
            self.inside(field).fault("searched.by", Problem::Missing);
        }
        self.required(field, answer)
    }
}
