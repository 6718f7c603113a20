//! The offices, and the people in them.

use super::ledger;
use super::post::Mail;
use crate::answer::FurtherPerson;
use crate::assignment::{self, Content};
use crate::case::{self, CloseReason, Settlement, Waiting};
use crate::enquiry;
use crate::household::{Person, PersonNumber, Relation};
use crate::item::Item;
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::organisation::Actor;
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::testing::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

fn further(number: u8) -> FurtherPerson {
    let identity = Sensitive::case(identity(u32::from(number) + 100, ADULT));
    FurtherPerson { identity, remark: text("ook in huis") }
}

/// One case, its assignment, its questions, and the mail.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) case: Story<CaseLaw>,
    pub(super) assignment: Story<AssignmentLaw>,
    pub(super) enquiries: BTreeMap<QuestionName, Story<EnquiryLaw>>,
    pub(super) post: Vec<Mail>,
    kept: BTreeMap<(Item, u32), Content>,
}

impl World {
    pub(super) fn new(facts: case::Registration) -> Self {
        Self {
            case: registered(facts),
            assignment: Story::new(),
            enquiries: BTreeMap::new(),
            post: Vec::new(),
            kept: BTreeMap::new(),
        }
    }

    /// What must be so after every step.
    pub(super) fn check(&mut self) {
        if self.case.body().end.is_none() {
            let ready = ledger::ready(self);
            assert_eq!(case::gate(self.case.body()).is_ok(), ready, "{:?}", case::gate(self.case.body()));
        }
        self.check_waiting();
        let tracks = self.assignment.state.iter().flat_map(|assignment| &assignment.tracks);
        for (item, track) in tracks {
            for weighing in &track.weighings {
                let now = &track.version(weighing.version).expect("what was weighed stays").content;
                let then = self.kept.entry((*item, weighing.version)).or_insert_with(|| now.clone());
                assert_eq!(then, now, "nothing weighed is replaced (invariant 4)");
            }
        }
    }

    /// An open case always waits for something (invariant 7), and for the decision exactly when nothing else is open.
    fn check_waiting(&self) {
        let case = self.case.body();
        let waiting = case::waiting(case);
        if case.end.is_none() {
            assert_eq!(waiting == Some(Waiting::Decision), case::gate(case).is_ok(), "{waiting:?}");
            assert!(waiting.is_some_and(|waiting| waiting != Waiting::Alert), "{waiting:?}");
        } else {
            assert!(matches!(waiting, None | Some(Waiting::Alert | Waiting::Trouble)), "{waiting:?}");
            assert!(waiting.is_some() || case.alerts.is_empty(), "news after the decision waits for somebody");
        }
    }

    // The people.

    /// Confirms the list with everyone the lead named; sometimes someone joins or drops.
    pub(super) fn confirm(&mut self, what: u8) {
        let mut household = self.case.body().facts.household.clone();
        let next = household.persons.iter().map(|person| person.number).max().unwrap_or(1) + 1;
        match what % 8 {
            1 if next < 9 => household.persons.push(person(next, Relation::BroerZus, "2017-01-01")),
            2 if household.persons.len() > 1 => drop(household.persons.pop()),
            _ => {}
        }
        let told = self.case.body().progress.iter().flat_map(|snapshot| snapshot.further_persons.clone());
        let listed = |reference: &str, persons: &[Person]| {
            persons.iter().any(|person| person.further.as_ref().is_some_and(|one| one.reference == reference))
        };
        for further in told {
            if !listed(&further.reference, &household.persons) {
                let number = household.persons.iter().map(|person| person.number).max().unwrap_or(1) + 1;
                let identity = Sensitive::forgotten(number);
                let further = Some(further);
                household.persons.push(Person { identity, further, ..person(number, Relation::OverigGezin, "") });
            }
        }
        self.try_om(case::Command::ConfirmHousehold(household, Some(text("reden"))), &operator());
    }

    pub(super) fn record(&mut self) {
        self.try_om(case::Command::RecordPolice(full_record()), &police());
    }

    pub(super) fn settle(&mut self) {
        let settlement = Settlement { age: None, hg_km: Some(HgKm::Ja), reason: text("reden") };
        self.try_om(case::Command::Settle(settlement), &prosecutor());
    }

    /// A decision is taken exactly when all is ready (invariant 1).
    pub(super) fn decide(&mut self) {
        let version = self.case.body().latest_advice().map_or(1, |advice| advice.version);
        let may = ledger::ready(self) && self.case.body().end.is_none();
        let decided = self.try_om(case::Command::Decide(proposed(version), None), &prosecutor());
        assert_eq!(decided, may);
    }

    pub(super) fn close(&mut self) {
        self.try_om(case::Command::Close(CloseReason::Transferred, text("reden")), &prosecutor());
    }

    /// Takes up or answers a question: nobody known, all known, or something that does not count.
    pub(super) fn answer(&mut self, at: Index, what: u8) {
        let questions: Vec<QuestionName> = self.enquiries.keys().copied().collect();
        if questions.is_empty() {
            return;
        }
        let question = questions[at.index(questions.len())];
        let asked = self.enquiries[&question].body().question.clone();
        let outcome = |person: PersonNumber| match what % 10 {
            6 => known(person),
            7 => Outcome::Ambiguous { candidates: 2 },
            8 => Outcome::Refused { ground: text("grond") },
            _ => Outcome::NotKnown,
        };
        let mut answer = answer_to(&asked, outcome);
        if what % 10 == 9 {
            answer.further_persons.push(further(what));
        }
        let command =
            if what.is_multiple_of(10) { enquiry::Command::TakeUp } else { enquiry::Command::Answer(Box::new(answer)) };
        self.try_source(question, command, &desk(asked.addressee.kind));
    }

    pub(super) fn search(&mut self, what: u8) {
        let Some(assignment) = &self.assignment.state else { return };
        let Some(track) = assignment.tracks.get(&Item::EigenOnderzoek) else { return };
        let partly = what.is_multiple_of(6);
        let outcome = |_| if partly { Outcome::Ambiguous { candidates: 2 } } else { Outcome::NotKnown };
        let answer = answer_about(&track.about, outcome);
        self.try_lead(assignment::Command::RecordOwnFile(Box::new(answer)));
    }

    pub(super) fn weigh(&mut self, at: Index) {
        let Some(assignment) = &self.assignment.state else { return };
        let item = Item::ALL[at.index(Item::ALL.len())];
        if let Some(command) = weighing(assignment, item) {
            self.try_lead(command);
        }
    }

    pub(super) fn sign(&mut self) {
        let Some(assignment) = &self.assignment.state else { return };
        self.try_lead(assignment::Command::Sign(Box::new(content(assignment))));
    }

    pub(super) fn withdraw_advice(&mut self) {
        let Some(assignment) = &self.assignment.state else { return };
        let version = assignment.advices.last().map_or(1, |advice| advice.version);
        self.try_lead(assignment::Command::WithdrawAdvice { version, reason: text("reden") });
    }

    pub(super) fn retry(&mut self, at: Index) {
        self.try_lead(assignment::Command::Retry(Item::ALL[at.index(Item::ALL.len())]));
    }

    /// Everybody does what is to be done; but sometimes the police or the prosecutor does not, or the last answers
    /// name someone new.
    pub(super) fn work(&mut self, but: u8) {
        if !but.is_multiple_of(2) {
            self.record();
            self.settle();
        }
        for day in 0..3 {
            self.confirm(0);
            self.carry_all();
            for item in Item::ALL {
                self.try_lead(assignment::Command::Retry(item));
            }
            self.carry_all();
            let questions: Vec<QuestionName> = self.enquiries.keys().copied().collect();
            for question in questions {
                let asked = self.enquiries[&question].body().question.clone();
                let mut answer = answer_to(&asked, |_| Outcome::NotKnown);
                if day == 2 && but.is_multiple_of(5) {
                    answer.further_persons.push(further(but));
                }
                self.try_source(question, enquiry::Command::Answer(Box::new(answer)), &desk(asked.addressee.kind));
            }
            self.search(1);
            self.carry_all();
        }
        for item in Item::ALL {
            if let Some(command) = self.assignment.state.as_deref().and_then(|one| weighing(one, item)) {
                self.try_lead(command);
            }
        }
        self.sign();
        self.carry_all();
    }

    // Acting, and posting what follows from it.

    pub(super) fn lead(&self) -> Actor {
        service(self.case.body().lead().expect("a case in a flow has a lead").kind)
    }

    pub(super) fn at_om(&mut self, command: case::Command, by: &Actor) {
        let events = self.case.done(command, by);
        self.post.extend(events.iter().flat_map(case::react).map(Mail::FromOm));
    }

    pub(super) fn at_lead(&mut self, command: assignment::Command, by: &Actor) {
        let events = self.assignment.done(command, by);
        self.post.extend(events.iter().flat_map(assignment::react).map(Mail::FromLead));
    }

    pub(super) fn at_source(&mut self, question: QuestionName, command: enquiry::Command, by: &Actor) {
        let events = self.enquiries.entry(question).or_insert_with(Story::new).done(command, by);
        self.post.extend(events.iter().flat_map(enquiry::react).map(|errand| Mail::FromSource(question, errand)));
    }

    fn try_om(&mut self, command: case::Command, by: &Actor) -> bool {
        let taken = self.case.refusal(command.clone(), by).is_none();
        if taken {
            self.at_om(command, by);
        }
        taken
    }

    fn try_lead(&mut self, command: assignment::Command) {
        let by = adviser(self.lead().organisation.kind);
        if self.assignment.refusal(command.clone(), &by).is_none() {
            self.at_lead(command, &by);
        }
    }

    fn try_source(&mut self, question: QuestionName, command: enquiry::Command, by: &Actor) {
        if self.enquiries[&question].refusal(command.clone(), by).is_none() {
            self.at_source(question, command, by);
        }
    }
}
