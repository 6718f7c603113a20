//! Versions of what came in, at the lead and at the source.

use super::time::instant;
use crate::pb::{
    adviser::v1::{self as adviser, answer_version},
    source::v1 as source,
};
use zsm::assignment::{self, Content, Told, Version};
use zsm::enquiry::Given;
use zsm::name::QuestionName;

/// Without what changed: that takes two versions.
impl From<&Version> for adviser::AnswerVersion {
    fn from(version: &Version) -> Self {
        let content = match &version.content {
            Content::Answers(told) => told_in_one(told),
            Content::OwnFile(answer) => Some(answer_version::Content::Answer(answer.as_ref().into())),
            Content::Dossier(dossier) => Some(answer_version::Content::Dossier(dossier.as_ref().into())),
        };
        let by_telephone = version.content.told().iter().any(|told| told.telephoned.is_some());
        Self {
            version: version.version,
            received_at: Some(instant(version.at)),
            content,
            retracted: false,
            difference: Vec::new(),
            by_telephone,
        }
    }
}

/// Nothing while the only answer was taken back.
fn told_in_one(told: &[Told]) -> Option<answer_version::Content> {
    if told.is_empty() {
        return None;
    }
    if let [only] = told {
        return Some(answer_version::Content::Answer(only.answer.as_ref().into()));
    }
    let answers = told.iter().map(|one| adviser::QuestionAnswer {
        question: one.question.to_string(),
        version: one.version,
        received_at: None,
        answer: Some(one.answer.as_ref().into()),
        retracted: false,
        telephoned: one.telephoned.unwrap_or(0),
    });
    Some(answer_version::Content::Several(adviser::ItemAnswers { answers: answers.collect() }))
}

/// An answer, with the question that it answers.
impl From<(QuestionName, &assignment::Given)> for adviser::QuestionAnswer {
    fn from((question, given): (QuestionName, &assignment::Given)) -> Self {
        Self {
            question: question.to_string(),
            version: given.version,
            received_at: Some(instant(given.at)),
            answer: Some(given.answer.as_ref().into()),
            retracted: false,
            telephoned: 0,
        }
    }
}

impl From<&Given> for source::GivenAnswer {
    fn from(given: &Given) -> Self {
        let same_as = given
            .same_as
            .map(|origin| source::AnswerOrigin { question: origin.question.to_string(), version: origin.version });
        let answer = Some((&given.answer).into());
        Self { version: given.version, answer, at: Some(instant(given.at)), retracted: false, same_as }
    }
}
