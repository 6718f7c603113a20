//! What is so after an event. Total: every event fits every state that can precede it.

use super::{Enquiry, Event, Given, State, TakenBack, Telephoned};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The enquiry after an event.
pub fn evolve(state: State, event: &Event, at: Timestamp) -> State {
    let Some(mut enquiry) = state else { return begin(event, at) };
    match event {
        Event::Received { .. } => {}
        Event::TakenUp { by } => {
            enquiry.taken_up_by = Some(by.clone());
            enquiry.revision += 1;
        }
        Event::Answered { version, answer, by, same_as } => {
            let (answer, by) = ((**answer).clone(), by.clone());
            enquiry.answers.push(Given { version: *version, answer, by, same_as: *same_as, at });
            enquiry.supplement_by = None;
            enquiry.revision += 1;
        }
        Event::SupplementTakenUp { by } => {
            enquiry.supplement_by = Some(by.clone());
            enquiry.revision += 1;
        }
        Event::SupplementPutDown { .. } => {
            enquiry.supplement_by = None;
            enquiry.taken_up_by = None;
            enquiry.revision += 1;
        }
        Event::DecisionHeard(notice) => {
            enquiry.decisions.push(notice.clone());
            enquiry.revision += 1;
        }
        Event::Retracted { version, retraction, by } => {
            let (retraction, by) = (retraction.clone(), by.clone());
            enquiry.retractions.push(TakenBack { version: *version, retraction, by, at });
            // Whoever worked on it has answered; someone must take it up anew.
            enquiry.taken_up_by = None;
            enquiry.supplement_by = None;
            enquiry.revision += 1;
        }
        Event::Withdrawn => {
            enquiry.withdrawn = true;
            enquiry.revision += 1;
        }
        Event::TelephoneAnswerNoted { note } => {
            enquiry.telephoned.push(Telephoned { note: note.clone(), confirmed_by: None });
            enquiry.revision += 1;
        }
        Event::TelephoneAnswerConfirmed { number, by } => {
            let noted = enquiry.telephoned.iter_mut().filter(|one| one.note.number == *number);
            noted.for_each(|one| one.confirmed_by = Some(by.clone()));
            enquiry.revision += 1;
        }
        Event::SignalRaised(signal) => {
            enquiry.signals.push((**signal).clone());
            enquiry.revision += 1;
        }
        Event::Troubled { errand, trouble } => {
            enquiry.troubles.insert((*errand, *trouble));
        }
        Event::Recovered { errand } => enquiry.troubles.retain(|(troubled, _)| troubled != errand),
    }
    Some(enquiry)
}

fn begin(event: &Event, at: Timestamp) -> State {
    let Event::Received { question } = event else { return None };
    Some(Box::new(Enquiry {
        question: (**question).clone(),
        received_at: at,
        taken_up_by: None,
        answers: Vec::new(),
        telephoned: Vec::new(),
        supplement_by: None,
        decisions: Vec::new(),
        signals: Vec::new(),
        retractions: Vec::new(),
        withdrawn: false,
        troubles: BTreeSet::new(),
        revision: 1,
    }))
}
