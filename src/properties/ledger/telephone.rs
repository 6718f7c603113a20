//! What was said by telephone, from the lead's history (D20).

use crate::answer::Answer;
use crate::assignment::Event as Lead;
use crate::name::QuestionName;

/// What was noted by telephone under a number, and the version at the source that was there then.
pub(super) fn noted<'a>(events: &[&'a Lead], of: QuestionName, at: u32) -> Option<(u32, &'a Answer)> {
    let mut there = 0;
    for event in events {
        match event {
            Lead::Answered { question: Some(question), version, .. }
            | Lead::AnswerRetracted { question, version, .. }
                if *question == of =>
            {
                there = there.max(*version);
            }
            Lead::TelephoneAnswerRecorded { question, number, answer, .. } if *question == of && *number == at => {
                return Some((there, answer));
            }
            _ => {}
        }
    }
    None
}
