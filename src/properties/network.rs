//! The network between the offices. It loses, doubles, delays and reorders, and a reply can be lost though the request
//! came through: the receiver has written it down, and the sender does not know.

use super::world::{Request, World};
use crate::name::{AssignmentName, QuestionName};
use crate::organisation::Kind;
use crate::refusal::Refusal;
use crate::{assignment, case, enquiry};
use std::fmt;

/// What becomes of something that is to be done at another office, or of a message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does the reply.
    Arrives,
    /// It arrives with its reply, and a second time at some later moment.
    Twice,
    /// Its content is read now, and it arrives at some later moment.
    Late,
    /// It arrives, and the reply comes at some later moment.
    ReplyLate,
    /// It arrives, and the reply is lost: it is tried again.
    ReplyLost,
    /// It is lost, and tried again.
    Lost,
    /// It stands out as trouble: a question is given up, everything else is news and tried on.
    Fails,
}

/// Something that one office must do at another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// OM at a lead.
    Om(case::Errand),
    /// A lead at a source, or at OM.
    Lead(AssignmentName, assignment::Errand),
    /// A source at a lead.
    Desk(QuestionName, enquiry::Errand),
}

/// A message on its way, for a task that was written down at some version.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// To the office that must do something.
    Request(Task, u64, Box<Request>),
    /// Back to the office that asked.
    Reply(Task, u64, Came),
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// It is done.
    Done,
    /// It is done, and the sender has something to note.
    Note(Box<Request>),
    /// It cannot be done yet: what it is about may still be on its way.
    Later,
    /// It was refused.
    Refused,
}

impl Task {
    /// The organisation whose task it is.
    fn owner(self, world: &World) -> Option<Kind> {
        match self {
            Task::Om(_) => Some(Kind::Om),
            Task::Lead(name, _) => Some(world.leads.get(&name)?.body()?.lead.kind),
            Task::Desk(name, _) => Some(world.desks.get(&name)?.body()?.question.addressee.kind),
        }
    }

    /// A question that gets stuck is given up, and waits for somebody to ask it again; everything else is news.
    fn gives_up(self) -> bool {
        matches!(self, Task::Lead(_, assignment::Errand::Ask { .. }))
    }
}

impl Message {
    /// Whether this organisation waits for it.
    pub fn is_reply_to(&self, world: &World, kind: Kind) -> bool {
        matches!(self, Message::Reply(task, ..) if task.owner(world) == Some(kind))
    }
}

impl World {
    /// All that the offices have still to do, in a settled order.
    pub fn due(&self) -> Vec<(Task, u64)> {
        let om = self.om.due().iter().map(|due| (Task::Om(due.errand), due.since));
        let leads = self
            .leads
            .iter()
            .flat_map(|(name, office)| office.due().iter().map(|due| (Task::Lead(*name, due.errand), due.since)));
        let desks = self
            .desks
            .iter()
            .flat_map(|(name, office)| office.due().iter().map(|due| (Task::Desk(*name, due.errand), due.since)));
        om.chain(leads).chain(desks).collect()
    }

    /// An office sets about a task, and this becomes of it.
    pub fn set_about(&mut self, task: Task, since: u64, fate: Fate) {
        self.tale.say(|| format!("{task}: {fate}"));
        if fate == Fate::Fails {
            return self.fails(task, since);
        }
        let Some(request) = self.request(task) else {
            self.tale.add(|| " (nobody waits for it any more)".into());
            return self.settle(task, since);
        };
        match fate {
            Fate::Late => self.network.push(Message::Request(task, since, Box::new(request))),
            fate => self.travels(task, since, request, fate),
        }
    }

    /// A message on its way meets this fate.
    pub fn meets(&mut self, at: usize, fate: Fate) {
        let message = self.network.remove(at);
        match message {
            Message::Request(task, since, request) => {
                self.tale.say(|| format!("{task}, as it was read before: {fate}"));
                match fate {
                    Fate::Late => self.network.push(Message::Request(task, since, request)),
                    Fate::Fails => self.fails(task, since),
                    fate => self.travels(task, since, *request, fate),
                }
            }
            Message::Reply(task, since, came) => {
                let lost = matches!(fate, Fate::Lost | Fate::ReplyLost);
                self.tale.say(|| format!("{task}: the reply {}", if lost { "is lost" } else { "arrives" }));
                if !lost {
                    self.note(task, since, came);
                }
            }
        }
    }

    fn travels(&mut self, task: Task, since: u64, request: Request, fate: Fate) {
        if fate == Fate::Lost {
            return;
        }
        if fate == Fate::Twice {
            self.network.push(Message::Request(task, since, Box::new(request.clone())));
        }
        let came = self.arrives(task, request);
        match fate {
            Fate::ReplyLost => {}
            Fate::ReplyLate => self.network.push(Message::Reply(task, since, came)),
            _ => self.note(task, since, came),
        }
    }

    /// Everything that is to be done is done, until nothing is left.
    pub fn carry_all(&mut self) {
        for _ in 0..1_000 {
            if !self.network.is_empty() {
                self.meets(0, Fate::Arrives);
            } else if let Some((task, since)) = self.due().into_iter().find(|(task, _)| !self.waits(*task)) {
                self.set_about(task, since, Fate::Arrives);
            } else {
                return;
            }
        }
        self.expect(false, 7, || "the offices never come to rest".into());
    }

    /// Whether a task is tried on until another is done: what was noted of a call goes to whoever has the question.
    fn waits(&self, task: Task) -> bool {
        match task {
            Task::Lead(_, assignment::Errand::TellTelephoneAnswer { question, .. }) => {
                self.request(task).is_some() && self.desks.get(&question).is_none_or(|desk| desk.body().is_none())
            }
            _ => false,
        }
    }

    /// The receiver decides on a request, and replies. News is never refused (invariant 13).
    fn arrives(&mut self, task: Task, request: Request) -> Came {
        let Some(by) = self.sender(task) else { return Came::Refused };
        match self.ask(request.clone(), &by) {
            Ok(()) => self.reply(&request).map_or(Came::Done, |note| Came::Note(Box::new(note))),
            Err(Refusal::NotFound) if is_withdrawal(&request) => {
                let on_its_way =
                    |one: &Message| matches!(one, Message::Request(_, _, other) if brings_what(&request, other));
                if self.network.iter().any(on_its_way) { Came::Later } else { Came::Done }
            }
            Err(Refusal::NotFound) if matches!(task, Task::Lead(_, assignment::Errand::TellTelephoneAnswer { .. })) => {
                Came::Later
            }
            Err(refusal) => {
                self.tale.refused(&refusal);
                self.expect(false, 13, || format!("{task} is refused: {refusal:?}"));
                Came::Refused
            }
        }
    }

    /// The sender hears what came of it: that and the end of the task are one transaction.
    fn note(&mut self, task: Task, since: u64, came: Came) {
        // Whoever gave up waiting, or heard it from another try, hears nothing.
        let Some(by) = self.sender(task).filter(|_| self.is_due(task, since)) else { return };
        let noted = match came {
            Came::Later => return,
            Came::Refused => return self.troubled(task, since, crate::item::Trouble::Refused),
            Came::Done => self.recovery(task),
            Came::Note(request) => Some(*request),
        };
        if let Some(request) = noted
            && let Err(refusal) = self.ask(request, &by)
        {
            self.tale.refused(&refusal);
            self.expect(false, 13, || format!("the reply to {task} is refused: {refusal:?}"));
        }
        self.settle(task, since);
    }

    /// What was done by another try cannot get stuck any more.
    fn fails(&mut self, task: Task, since: u64) {
        if self.is_due(task, since) {
            self.troubled(task, since, crate::item::Trouble::Stuck);
        }
    }

    fn is_due(&self, task: Task, since: u64) -> bool {
        match task {
            Task::Om(errand) => self.om.is_due(since, errand),
            Task::Lead(name, errand) => self.leads.get(&name).is_some_and(|one| one.is_due(since, errand)),
            Task::Desk(name, errand) => self.desks.get(&name).is_some_and(|one| one.is_due(since, errand)),
        }
    }

    fn troubled(&mut self, task: Task, since: u64, trouble: crate::item::Trouble) {
        let Some(by) = self.sender(task) else { return };
        let request = match task {
            Task::Om(errand) => Request::Om(case::Command::NoteTrouble(errand, trouble)),
            Task::Lead(name, errand) => Request::Lead(name, assignment::Command::NoteTrouble(errand, trouble)),
            Task::Desk(name, errand) => Request::Desk(name, enquiry::Command::NoteTrouble(errand, trouble)),
        };
        let noted = self.ask(request, &by);
        self.expect(noted.is_ok(), 13, || format!("{task}: its trouble is refused"));
        if task.gives_up() {
            self.settle(task, since);
        }
    }

    fn settle(&mut self, task: Task, since: u64) {
        match task {
            Task::Om(errand) => self.om.settle(since, errand),
            Task::Lead(name, errand) => drop(self.leads.get_mut(&name).map(|one| one.settle(since, errand))),
            Task::Desk(name, errand) => drop(self.desks.get_mut(&name).map(|one| one.settle(since, errand))),
        }
    }
}

fn is_withdrawal(request: &Request) -> bool {
    use assignment::Command::{Recall, Withdraw};
    matches!(request, Request::Lead(_, Withdraw | Recall) | Request::Desk(_, enquiry::Command::Withdraw))
}

/// Whether a message brings what a withdrawal did not find.
fn brings_what(withdrawal: &Request, other: &Request) -> bool {
    match (withdrawal, other) {
        (Request::Lead(one, _), Request::Lead(other, assignment::Command::Create { .. })) => one == other,
        (Request::Desk(one, _), Request::Desk(other, enquiry::Command::Receive(..))) => one == other,
        _ => false,
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Task::Om(errand) => write!(f, "OM: {errand}"),
            Task::Lead(_, errand) => write!(f, "The lead: {errand}"),
            Task::Desk(_, errand) => write!(f, "A source: {errand}"),
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fate::Arrives => "it arrives",
            Fate::Twice => "it arrives, and will arrive once more",
            Fate::Late => "its content is read, and it is late",
            Fate::ReplyLate => "it arrives, and the reply is late",
            Fate::ReplyLost => "it arrives, and the reply is lost",
            Fate::Lost => "it is lost",
            Fate::Fails => "it does not get through",
        })
    }
}
