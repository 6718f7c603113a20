//! One case: the offices that work on it, and what is on its way between them.

use super::network::Message;
use super::office::Office;
use super::tale::Tale;
use crate::assignment::{self, Assignment};
use crate::case::{self, Case};
use crate::enquiry;
use crate::look::Matter;
use crate::name::{AssignmentName, QuestionName};
use crate::organisation::{Actor, Kind};
use crate::refusal::Refusal;
use crate::testing::*;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;

/// One case, its assignments, its questions, and the network.
#[derive(Clone, Debug)]
pub struct World {
    /// The case at OM.
    pub om: Office<CaseLaw>,
    /// Its assignments, of leads of before too.
    pub leads: BTreeMap<AssignmentName, Office<AssignmentLaw>>,
    /// The questions at the offices that answer them.
    pub desks: BTreeMap<QuestionName, Office<EnquiryLaw>>,
    /// What is on its way.
    pub network: Vec<Message>,
    /// Law time.
    pub now: Timestamp,
    /// What happened in the latest step.
    pub happened: Vec<Happened>,
    /// The first invariant that broke.
    pub broken: Option<Broken>,
    /// What is told of it.
    pub tale: Tale,
}

/// Something that an office is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// OM, about the case.
    Om(case::Command),
    /// A lead, about an assignment.
    Lead(AssignmentName, assignment::Command),
    /// A source, about a question.
    Desk(QuestionName, enquiry::Command),
    /// Whoever knows, whether something is still so (D28).
    Look(Matter),
}

/// What came of one act.
#[derive(Clone, Debug)]
pub struct Happened {
    /// Who acted.
    pub by: Actor,
    /// What happened.
    pub events: Events,
}

/// Events of one stream.
#[derive(Clone, Debug)]
pub enum Events {
    /// At OM.
    Om(Vec<case::Event>),
    /// At a lead.
    Lead(AssignmentName, Vec<assignment::Event>),
    /// At a source.
    Desk(QuestionName, Vec<enquiry::Event>),
}

/// An invariant that does not hold, by its number, and in what way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub invariant: u8,
    /// In what way.
    pub how: String,
}

impl Events {
    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Events::Om(events) => events.len(),
            Events::Lead(_, events) => events.len(),
            Events::Desk(_, events) => events.len(),
        }
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl World {
    /// A case that was just registered.
    pub fn new(facts: case::Registration) -> Self {
        let mut world = Self {
            om: Office::new(),
            leads: BTreeMap::new(),
            desks: BTreeMap::new(),
            network: Vec::new(),
            now: now(),
            happened: Vec::new(),
            broken: None,
            tale: Tale::untold(),
        };
        let registered = world.ask(Request::Om(case::Command::Register(case_name(), Box::new(facts))), &police());
        world.expect(registered.is_ok(), 13, || "a lawful registration is refused".into());
        world
    }

    /// The case.
    pub fn case(&self) -> &Case {
        self.om.body().expect("a world begins with a registered case")
    }

    /// The assignment that counts.
    pub fn lead(&self) -> Option<&Office<AssignmentLaw>> {
        self.leads.get(&self.case().assignment.as_ref()?.name)
    }

    /// The assignment that counts, as it stands at the lead.
    pub fn assignment(&self) -> Option<&Assignment> {
        self.lead()?.body()
    }

    /// Whether it ended.
    pub fn has_ended(&self) -> bool {
        self.case().end.is_some()
    }

    /// An office is asked something: what it decides is written down, or nothing is.
    ///
    /// # Errors
    /// What the law refuses.
    pub fn ask(&mut self, request: Request, by: &Actor) -> Result<(), Refusal> {
        let at = self.now;
        let events = match request {
            Request::Look(_) => return Ok(()),
            Request::Om(command) => Events::Om(self.om.act(command, by, at)?),
            Request::Lead(name, command) => {
                Events::Lead(name, self.leads.entry(name).or_default().act(command, by, at)?)
            }
            Request::Desk(name, command) => {
                Events::Desk(name, self.desks.entry(name).or_default().act(command, by, at)?)
            }
        };
        self.tale.happened(&events);
        self.happened.push(Happened { by: by.clone(), events });
        Ok(())
    }

    /// An organisation goes down and comes up again: all of its streams are read from the journal, and whoever waited
    /// there for a reply no longer does.
    pub fn crash(&mut self, kind: Kind) {
        let mut read = Vec::new();
        if kind == Kind::Om {
            read.push(self.om.restart());
        }
        let leads = self.leads.values_mut();
        read.extend(leads.filter(|one| one.body().is_some_and(|it| it.lead.kind == kind)).map(Office::restart));
        let desks = self.desks.values_mut();
        read.extend(
            desks.filter(|one| one.body().is_some_and(|it| it.question.addressee.kind == kind)).map(Office::restart),
        );
        for fault in read.into_iter().filter_map(Result::err) {
            self.expect(false, 4, || format!("after a restart {fault}"));
        }
        let network = std::mem::take(&mut self.network);
        self.network = network.into_iter().filter(|one| !one.is_reply_to(self, kind)).collect();
    }

    /// Of what an office has to do twice, only the later: whoever does it reads how things stand then.
    pub fn forget_repeats(&mut self) {
        self.om.forget_repeats();
        self.leads.values_mut().for_each(Office::forget_repeats);
        self.desks.values_mut().for_each(Office::forget_repeats);
    }

    /// Notes that an invariant broke, if it did not hold.
    pub fn expect(&mut self, holds: bool, invariant: u8, how: impl FnOnce() -> String) {
        if !holds && self.broken.is_none() {
            self.broken = Some(Broken { invariant, how: how() });
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant {} broke: {}", self.invariant, self.how)
    }
}
