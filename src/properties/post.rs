//! The mail between the offices: it may come late, twice, or not at all.

use super::world::World;
use crate::assignment::{self, Reply};
use crate::case;
use crate::enquiry;
use crate::item::{Item, Trouble};
use crate::name::QuestionName;
use crate::organisation::Kind;
use crate::register::{Found, Lookup};
use crate::term::Terms;
use crate::testing::*;
use proptest::sample::Index;

/// What becomes of a piece of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It arrives.
    Arrives,
    /// It arrives, and again later.
    Twice,
    /// Its content is read now, and it arrives at some later time.
    Late,
    /// It is lost, and tried again.
    Lost,
    /// It stands out as trouble: a question is given up, everything else is news and tried on.
    Fails,
}

/// On its way between two offices.
#[derive(Clone, Debug)]
pub(super) enum Mail {
    FromOm(case::Errand),
    FromLead(assignment::Errand),
    FromSource(QuestionName, enquiry::Errand),
    Sealed(Box<case::Command>),
}

impl World {
    pub(super) fn mail(&mut self, at: Index, fate: Fate) {
        if self.post.is_empty() {
            return;
        }
        let at = at.index(self.post.len());
        match fate {
            Fate::Lost => {}
            Fate::Twice => self.carry(self.post[at].clone()),
            Fate::Arrives => {
                let mail = self.post.remove(at);
                self.carry(mail);
            }
            Fate::Late => {
                let mail = self.post.remove(at);
                let read = self.read(&mail).map_or(mail, |command| Mail::Sealed(Box::new(command)));
                self.post.push(read);
            }
            Fate::Fails => {
                let mail = self.post.remove(at);
                self.fail(&mail);
                if !matches!(mail, Mail::FromLead(assignment::Errand::Ask { .. })) {
                    self.post.push(mail);
                }
            }
        }
    }

    pub(super) fn carry_all(&mut self) {
        while let Some(mail) = self.post.pop() {
            self.carry(mail);
        }
    }

    /// What the lead tells OM now.
    fn read(&self, mail: &Mail) -> Option<case::Command> {
        let snapshot = || self.assignment.body().snapshot(self.assignment.events.len() as u64);
        match mail {
            Mail::FromLead(assignment::Errand::Report) => Some(case::Command::ReportProgress(snapshot())),
            Mail::FromLead(assignment::Errand::Submit { version }) => {
                let mut advices = self.assignment.body().advices.iter();
                let advice = advices.find(|advice| advice.version == *version).expect("it was signed").clone();
                Some(case::Command::SubmitAdvice(Box::new(advice), snapshot()))
            }
            _ => None,
        }
    }

    /// News is never refused: every `done` here would panic (invariant 13).
    fn carry(&mut self, mail: Mail) {
        if let Some(command) = self.read(&mail) {
            return self.at_om(command, &self.lead());
        }
        match mail {
            Mail::FromOm(case::Errand::Brief { .. }) => {
                let version = self.case.body().assignment.as_ref().expect("it was briefed").version;
                self.at_lead(creation(self.case.body()), &service(Kind::Om));
                self.at_om(case::Command::NoteDelivered(version), &service(Kind::Om));
            }
            Mail::FromOm(case::Errand::Withdraw) => {
                if self.assignment.state.is_some() {
                    self.at_lead(assignment::Command::Withdraw, &service(Kind::Om));
                }
            }
            Mail::FromLead(assignment::Errand::Ask { item, question }) => self.ask(item, question),
            Mail::FromLead(errand @ assignment::Errand::Withdraw { question, .. }) => {
                if self.enquiries.contains_key(&question) {
                    self.at_source(question, enquiry::Command::Withdraw, &self.lead());
                } else {
                    self.at_lead(assignment::Command::NoteTrouble(errand, Trouble::Refused), &self.lead());
                }
            }
            Mail::FromSource(question, errand) => self.tell_lead(question, errand),
            Mail::Sealed(command) => self.at_om(*command, &self.lead()),
            Mail::FromLead(assignment::Errand::Report | assignment::Errand::Submit { .. }) => {}
        }
    }

    fn fail(&mut self, mail: &Mail) {
        match mail {
            Mail::FromOm(errand) => {
                self.at_om(case::Command::NoteTrouble(*errand, Trouble::Stuck), &service(Kind::Om));
            }
            Mail::FromLead(errand) => {
                self.at_lead(assignment::Command::NoteTrouble(*errand, Trouble::Stuck), &self.lead());
            }
            Mail::FromSource(question, errand) => {
                self.at_source(*question, enquiry::Command::NoteTrouble(*errand, Trouble::Stuck), &self.lead());
            }
            Mail::Sealed(_) => {}
        }
    }

    /// The source takes the question in, and replies at once where its register is sure.
    fn ask(&mut self, item: Item, question: QuestionName) {
        if self.assignment.body().item_of(question) != Some(item) {
            return; // a later round made it void
        }
        let asked = question_of(&self.assignment, item);
        let not_found = |person| Found { person, known: None, judgement: None, safety_conditions: None };
        let found = asked.answer_about().into_iter().map(not_found).collect();
        let lookup =
            Lookup { register: "register".into(), as_of: hours(-1), found, children_of_reference: asked.round == 1 };
        let kind = asked.addressee.kind;
        self.at_source(
            question,
            enquiry::Command::Receive(Box::new(asked), kind, Some(lookup), Terms::default()),
            &self.lead(),
        );
        let given = self.enquiries[&question].body().latest().cloned();
        let reply = given.map_or(Reply::Pending, |given| Reply::Answered(given.version, Box::new(given.answer)));
        self.at_lead(assignment::Command::NoteReply(question, reply), &self.lead());
    }

    fn tell_lead(&mut self, question: QuestionName, errand: enquiry::Errand) {
        let enquiry = self.enquiries[&question].body();
        let by = service(enquiry.question.addressee.kind);
        let command = match errand {
            enquiry::Errand::ReportTakenUp => assignment::Command::NoteTakenUp { question, sequence: 1 },
            enquiry::Errand::Deliver { version } => {
                let given = enquiry.answers.iter().find(|given| given.version == version).expect("it was given");
                assignment::Command::Deliver { question, version, answer: Box::new(given.answer.clone()) }
            }
        };
        self.at_lead(command, &by);
    }
}
