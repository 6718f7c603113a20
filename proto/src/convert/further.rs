//! What an adviser asks further, and lets go of again.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::adviser::v1 as adviser;
use zsm::assignment::{Dismissed, Occasion, Strand};
use zsm::name::{AssignmentName, QuestionName};
use zsm::{Faults, Sensitive};

impl From<&Dismissed> for adviser::Dismissal {
    fn from(dismissed: &Dismissed) -> Self {
        Self {
            reason: dismissed.dismissal.reason.text().to_owned(),
            by: Some((&dismissed.dismissal.by).into()),
            at: Some(instant(dismissed.at)),
        }
    }
}

/// What was asked further in a question; nothing for one that is required, or was sent on from such a one.
pub fn further_question(strand: &Strand) -> Option<adviser::FurtherQuestion> {
    let text = strand.question.text.as_ref()?;
    let by = match &strand.occasion {
        Some(Occasion::AskedBy(by)) => Some(by.into()),
        Some(Occasion::SentOnFrom(_)) | None => None,
    };
    Some(adviser::FurtherQuestion {
        text: text.text().to_owned(),
        by,
        sent_on_from: strand.sent_on_from().map(|origin| origin.to_string()).unwrap_or_default(),
        dismissal: strand.dismissed.as_ref().map(Into::into),
    })
}

/// Which question, and why it is not needed any more.
impl Read<(AssignmentName, QuestionName, Sensitive<String>)> for adviser::LetGoQuestionRequest {
    fn read(self, path: &str, faults: &mut Faults) -> Option<(AssignmentName, QuestionName, Sensitive<String>)> {
        let mut place = Place::at(path, faults);
        let name = place.name("name", &self.name);
        let question = place.name("question", &self.question);
        let reason = place.case_text("reason", self.reason);
        Some((name?, question?, reason?))
    }
}
