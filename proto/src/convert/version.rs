//! Versions of what came in, at the lead and at the source.

use super::time::instant;
use crate::pb::{
    adviser::v1::{self as adviser, answer_version},
    source::v1 as source,
};
use zsm::assignment::{Content, Version};
use zsm::enquiry::Given;

impl From<&Version> for adviser::AnswerVersion {
    fn from(version: &Version) -> Self {
        let content = match &version.content {
            Content::Answer(answer) => answer_version::Content::Answer(answer.as_ref().into()),
            Content::Dossier(dossier) => answer_version::Content::Dossier(dossier.as_ref().into()),
        };
        Self { version: version.version, received_at: Some(instant(version.at)), content: Some(content) }
    }
}

impl From<&Given> for source::GivenAnswer {
    fn from(given: &Given) -> Self {
        Self { version: given.version, answer: Some((&given.answer).into()), at: Some(instant(given.at)) }
    }
}
