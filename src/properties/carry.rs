//! What each office sends for what it has to do, and what it notes of the reply: as the offices' own carriers do.

use super::network::Task;
use super::world::{Request, World};
use crate::assignment::{self, Assignment, Reply};
use crate::case::{self, Case, End};
use crate::enquiry;
use crate::item::Item;
use crate::name::{QuestionName, SignalName};
use crate::organisation::{Actor, Role};
use crate::question::Question;
use crate::register::{Found, Lookup};
use crate::signal::Signal;
use crate::term::Terms;
use crate::testing::*;

impl World {
    /// The service that acts for whoever has this to do.
    pub(super) fn sender(&self, task: Task) -> Option<Actor> {
        let organisation = match task {
            Task::Om(_) => self.case().principal(),
            Task::Lead(name, _) => self.leads.get(&name)?.body()?.lead.clone(),
            Task::Desk(name, _) => self.desks.get(&name)?.body()?.question.addressee.clone(),
        };
        Some(Actor { organisation, role: Role::Dienst, person: "regel:wereld".into() })
    }

    /// What is sent for a task, as things stand now; nothing when nobody waits for it any more.
    pub(super) fn request(&self, task: Task) -> Option<Request> {
        match task {
            Task::Om(errand) => from_om(self.case(), errand),
            Task::Lead(name, errand) => {
                let office = self.leads.get(&name)?;
                from_lead(office.body()?, office.version(), errand)
            }
            Task::Desk(name, errand) => from_desk(name, self.desks.get(&name)?.body()?, errand),
        }
    }

    /// What the sender of something that stood out as trouble notes when it came through.
    pub(super) fn recovery(&self, task: Task) -> Option<Request> {
        match task {
            Task::Om(errand) => self.case().recovered(errand).map(Request::Om),
            Task::Lead(name, errand) => {
                let troubles = &self.leads.get(&name)?.body()?.troubles;
                let troubled = troubles.iter().any(|(troubled, _)| *troubled == errand);
                troubled.then_some(Request::Lead(name, assignment::Command::NoteRecovery(errand)))
            }
            Task::Desk(name, errand) => {
                let troubles = &self.desks.get(&name)?.body()?.troubles;
                let troubled = troubles.iter().any(|(troubled, _)| *troubled == errand);
                troubled.then_some(Request::Desk(name, enquiry::Command::NoteRecovery(errand)))
            }
        }
    }

    /// What the sender of a request notes when it was done.
    pub(super) fn reply(&self, request: &Request) -> Option<Request> {
        match request {
            Request::Lead(_, assignment::Command::Create(creation)) => {
                Some(Request::Om(case::Command::NoteDelivered(creation.brief.version)))
            }
            Request::Lead(_, assignment::Command::Update(brief)) => {
                Some(Request::Om(case::Command::NoteDelivered(brief.version)))
            }
            Request::Look(matter) => {
                let finding = self.finding(matter);
                Some(Request::Om(case::Command::NoteLookedAgain(matter.clone(), finding)))
            }
            Request::Desk(name, enquiry::Command::Receive(question, ..)) => {
                // The first answer: every later one is delivered.
                let enquiry = self.desks.get(name)?.body()?;
                let given = enquiry.answers.first().filter(|given| !enquiry.is_retracted(given.version)).cloned();
                let reply =
                    given.map_or(Reply::Pending, |given| Reply::Answered(given.version, Box::new(given.answer)));
                Some(Request::Lead(question.assignment, assignment::Command::NoteReply(*name, reply)))
            }
            _ => None,
        }
    }
}

fn from_om(case: &Case, errand: case::Errand) -> Option<Request> {
    if let case::Errand::WithdrawFormer { number } = errand {
        let former = case.former(number)?;
        let end = if former.corrected { assignment::Command::Recall } else { assignment::Command::Withdraw };
        return Some(Request::Lead(former.assigned.name, end));
    }
    if let case::Errand::TellLeadReopened { number } = errand {
        let assigned = case.assigned().find(|assigned| assigned.number() == number)?;
        let notice = case.lapse_behind(errand)?;
        return Some(Request::Lead(assigned.name, assignment::Command::NoteDecision(notice)));
    }
    if let case::Errand::TellSourceReopened { question } = errand {
        return Some(Request::Desk(question, enquiry::Command::NoteDecision(case.lapse_behind(errand)?)));
    }
    let assigned = case.assignment.as_ref()?;
    let withdraw = Request::Lead(assigned.name, assignment::Command::Withdraw);
    match (errand, &case.end) {
        (case::Errand::Brief { .. }, None) if assigned.delivered == 0 => {
            Some(Request::Lead(assigned.name, creation(case)))
        }
        (case::Errand::Brief { .. }, None) => {
            Some(Request::Lead(assigned.name, assignment::Command::Update(Box::new(case.brief()?))))
        }
        (case::Errand::Brief { .. }, Some(End::Decided(_))) => None,
        (case::Errand::Brief { .. } | case::Errand::Withdraw, Some(End::Closed(_))) => Some(withdraw),
        (case::Errand::TellLead, _) => {
            let decision = case.decision_behind(errand)?;
            Some(Request::Lead(assigned.name, assignment::Command::NoteDecision(decision.for_lead())))
        }
        (case::Errand::TellSource { question }, _) => {
            let decision = case.decision_behind(errand)?;
            Some(Request::Desk(question, enquiry::Command::NoteDecision(decision.for_source())))
        }
        (case::Errand::ConfirmAdvice | case::Errand::ConfirmAnswer { .. }, _) => {
            let decision = case.decision_behind(errand)?;
            let seen = decision.look.iter().find(|seen| case::Errand::again(&seen.matter) == errand)?;
            Some(Request::Look(seen.matter.clone()))
        }
        // It was about a decision that no longer stands.
        _ => None,
    }
}

fn from_lead(assignment: &Assignment, sequence: u64, errand: assignment::Errand) -> Option<Request> {
    match errand {
        assignment::Errand::Ask { item, question } => match wanted(assignment, item, question) {
            Some(asked) => Some(Request::Desk(question, receive(asked))),
            None if assignment.past.contains_key(&question) => {
                Some(Request::Desk(question, enquiry::Command::Withdraw))
            }
            None => None,
        },
        assignment::Errand::Withdraw { question, .. } => Some(Request::Desk(question, enquiry::Command::Withdraw)),
        assignment::Errand::TellTelephoneAnswer { question, number } => {
            let note = assignment.strand(question).filter(|_| !assignment.withdrawn)?.note(number)?;
            Some(Request::Desk(question, enquiry::Command::NoteTelephoneAnswer(Box::new(note))))
        }
        assignment::Errand::Report => Some(Request::Om(case::Command::ReportProgress(assignment.snapshot(sequence)))),
        assignment::Errand::Submit { version } => {
            let advice = assignment.advices.iter().find(|advice| advice.version == version)?.clone();
            Some(Request::Om(case::Command::SubmitAdvice(Box::new(advice), assignment.snapshot(sequence))))
        }
        assignment::Errand::Signal { signal } => warning(&assignment.signals, signal),
    }
}

fn warning(signals: &[Signal], name: SignalName) -> Option<Request> {
    let signal = signals.iter().find(|signal| signal.name == name)?.clone();
    Some(Request::Om(case::Command::ReceiveSignal(Box::new(signal))))
}

fn wanted(assignment: &Assignment, item: Item, name: QuestionName) -> Option<&Question> {
    let strand = assignment.tracks.get(&item)?.strand(name).filter(|_| !assignment.withdrawn)?;
    Some(&strand.question)
}

/// The source's register knows nobody; in the first round it has children of whom nobody asked, so that a person looks.
fn receive(asked: &Question) -> enquiry::Command {
    let not_found = |person| Found { person, known: None, judgement: None, safety_conditions: None };
    let found = asked.answer_about().into_iter().map(not_found).collect();
    let children_of_reference = Some(asked.round == 1);
    let in_doubt = std::collections::BTreeSet::new();
    let lookup = Lookup { register: "register".into(), as_of: hours(-1), found, in_doubt, children_of_reference };
    enquiry::Command::Receive(Box::new(asked.clone()), asked.addressee.kind, Some(lookup), Terms::default())
}

fn from_desk(name: QuestionName, enquiry: &enquiry::Enquiry, errand: enquiry::Errand) -> Option<Request> {
    let command = match errand {
        enquiry::Errand::ReportTakenUp => assignment::Command::NoteTakenUp { question: name, sequence: 1 },
        enquiry::Errand::Deliver { version } => match (enquiry.answer_at(version), enquiry.retraction_at(version)) {
            (Some(given), _) if !enquiry.is_retracted(version) => {
                assignment::Command::Deliver { question: name, version, answer: Box::new(given.answer.clone()) }
            }
            (_, Some(taken_back)) => {
                let retraction = taken_back.retraction.clone();
                assignment::Command::DeliverRetraction { question: name, version, retraction }
            }
            _ => return None,
        },
        enquiry::Errand::Signal { signal } => return warning(&enquiry.signals, signal),
        // There is one suspect here, and nothing that was asked about another.
        enquiry::Errand::TakeBackCopies | enquiry::Errand::FollowOrigin { .. } => return None,
    };
    Some(Request::Lead(enquiry.question.assignment, command))
}
