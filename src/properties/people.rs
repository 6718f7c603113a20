//! What people do, at any moment and at wrong ones. That the law refuses it is fine.

use super::office::Office;
use super::world::{Request, World};
use crate::answer::FurtherPerson;
use crate::assignment::{self, Assignment};
use crate::case::{self, Amendment, CloseReason, Settlement};
use crate::decision::Proposed;
use crate::enquiry;
use crate::household::{Household, Person, PersonNumber, Relation};
use crate::item::Item;
use crate::look::{Finding, Look, Matter};
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::organisation::{Actor, Kind, Role};
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::refusal::Refusal;
use crate::telephone::Call;
use crate::testing::*;
use std::fmt;

fn further(number: u8) -> FurtherPerson {
    let identity = Sensitive::case(identity(u32::from(number) + 100, ADULT));
    FurtherPerson { identity, remark: text("ook in huis") }
}

/// What a desk does with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Someone works on it.
    TakenUp,
    /// Nobody is known.
    NotKnown,
    /// Everyone is known.
    Known,
    /// It is not sure who is meant.
    Unsure,
    /// It gives no answer, with a ground.
    Refused,
    /// Some or all belong to another region; which, or whether that is known, is told by number.
    SentOn(u8),
    /// The latest answer was about someone else.
    TakenBack,
    /// The rest is still to come.
    Partly,
    /// There is acute danger.
    Warned,
    /// Nobody is known, and this person is named.
    SomeoneNew(u8),
}

/// Who is on the list that the operator confirms; whom the lead named is added at any rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// As it is.
    AsItIs,
    /// A child more.
    Joins,
    /// The last one less.
    Drops,
}

/// What turns out to be otherwise than was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// The suspect is an adult.
    Adult,
    /// The suspect is a minor.
    Minor,
    /// It is HG/KM.
    HgKm,
    /// It is not.
    NoHgKm,
}

/// What everybody leaves undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Nothing.
    Nothing,
    /// What the police must bring and the prosecutor must settle.
    AtOm,
    /// To list whom the last answers name.
    Listing,
}

impl World {
    /// Someone asks an office for something. Tells whether it was done.
    fn act(&mut self, what: &str, request: Request, by: &Actor) -> bool {
        self.tale.say(|| format!("{} {what}", who(by)));
        match self.ask(request, by) {
            Ok(()) => true,
            Err(refusal) => {
                self.tale.refused(&refusal);
                self.prints_nothing_personal(&refusal);
                false
            }
        }
    }

    fn at_om(&mut self, what: &str, command: case::Command, by: &Actor) -> bool {
        self.act(what, Request::Om(command), by)
    }

    fn at_lead(&mut self, what: &str, command: impl FnOnce(&Assignment) -> Option<assignment::Command>) -> bool {
        let Some(assignment) = self.assignment() else { return false };
        let (name, by) = (assignment.name, adviser(assignment.lead.kind));
        command(assignment).is_some_and(|command| self.act(what, Request::Lead(name, command), &by))
    }

    fn prints_nothing_personal(&mut self, refusal: &Refusal) {
        let clean = !format!("{refusal:?}{refusal}").contains(MARKER);
        self.expect(clean, 9, || "a refusal shows something personal".into());
    }

    /// The operator confirms the list, with everyone the lead named.
    pub fn confirm(&mut self, listed: Listed) {
        let mut household = self.case().facts.household.clone();
        // A number is never given to someone else.
        let mut next = self.case().numbers.keys().next_back().map_or(2, |last| last + 1);
        let how = match listed {
            Listed::Joins if next < 9 => {
                household.persons.push(person(next, Relation::BroerZus, "2017-01-01"));
                next += 1;
                ", with a child more"
            }
            Listed::Drops if household.persons.len() > 1 => {
                household.persons.pop();
                ", with a person less"
            }
            _ => "",
        };
        let told = self.case().progress.iter().flat_map(|snapshot| snapshot.further_persons.clone());
        let told: Vec<_> = told.collect();
        // Whom only a lead of before named is nobody that the lead of now can ask about.
        household.persons.retain(|person| person.further.as_ref().is_none_or(|further| told.contains(further)));
        for further in told {
            if !is_listed(&further.reference, &household) {
                let identity = Sensitive::forgotten(next);
                let further = Some(further);
                household.persons.push(Person { identity, further, ..person(next, Relation::OverigGezin, "") });
                next += 1;
            }
        }
        let command = case::Command::ConfirmHousehold(household, Some(text("reden")));
        self.at_om(&format!("confirms the person list{how}"), command, &operator());
    }

    /// The police bring all that they can.
    pub fn record(&mut self) {
        self.at_om("bring all that they have", case::Command::RecordPolice(full_record()), &police());
    }

    /// The prosecutor settles that it is HG/KM.
    pub fn settle_flow(&mut self) {
        let settlement = Settlement { age: None, hg_km: Some(HgKm::Ja), reason: text("reden") };
        self.at_om("settles that it is HG/KM", case::Command::Settle(settlement), &prosecutor());
    }

    /// The prosecutor decides.
    pub fn decide(&mut self) {
        self.at_om("decides", self.decision(), &prosecutor());
    }

    /// Whether the prosecutor can decide now.
    pub fn may_decide(&self) -> bool {
        self.om.refusal(self.decision(), &prosecutor(), self.now).is_none()
    }

    fn decision(&self) -> case::Command {
        let version = self.case().latest_advice().map_or(1, |advice| advice.version);
        case::Command::Decide(proposed(version), None, self.last_look(&proposed(version)))
    }

    /// What the others say when OM looks for the last time (D28).
    fn last_look(&self, proposed: &Proposed) -> Look {
        let matters = case::to_look_at(self.om.state(), proposed, None, &prosecutor(), self.now).unwrap_or_default();
        Look::new(matters.into_iter().map(|matter| (matter.clone(), self.finding(&matter))).collect())
    }

    /// What one office says.
    fn finding(&self, matter: &Matter) -> Finding {
        let om = service(Kind::Om);
        let said = match matter {
            Matter::Advice { assignment, version, assignment_version, .. } => {
                let lead = self.leads.get(assignment).map_or(&None, Office::state);
                assignment::confirm(lead, *version, *assignment_version, &om)
            }
            Matter::Answer(enquired) => {
                let desk = self.desks.get(&enquired.question).map_or(&None, Office::state);
                enquiry::confirm(desk, enquired.version, &om)
            }
        };
        said.unwrap_or(Finding::Unreachable)
    }

    /// The prosecutor closes the case.
    pub fn close(&mut self) {
        let outside = self.case().is_outside_scope();
        let reason = if outside { CloseReason::OutsideScope } else { CloseReason::Transferred };
        self.at_om("closes the case", case::Command::Close(reason, text("reden")), &prosecutor());
    }

    /// The prosecutor decides, or closes what is out of scope.
    pub fn end(&mut self) {
        if self.case().is_outside_scope() { self.close() } else { self.decide() }
    }

    /// The police correct what they registered.
    pub fn amend(&mut self, corrected: Corrected) {
        let (what, amendment) = match corrected {
            Corrected::Adult => ("the suspect is an adult", suspect_is(identity(1, ADULT))),
            Corrected::Minor => ("the suspect is fifteen", suspect_is(identity(1, FIFTEEN))),
            Corrected::HgKm => ("it is HG/KM", Amendment { hg_km: Some(HgKm::Ja), ..correction() }),
            Corrected::NoHgKm => ("it is no HG/KM", Amendment { hg_km: Some(nee()), ..correction() }),
        };
        self.at_om(&format!("correct what they registered: {what}"), amend(amendment), &police());
    }

    /// The prosecutor stands by how the case ended, whatever came after that.
    pub fn stand_by(&mut self) {
        for number in self.case().unanswered().collect::<Vec<_>>() {
            let command = case::Command::AnswerAlert(number, text("reden"));
            self.at_om(&format!("answers alert {number}"), command, &prosecutor());
        }
    }

    /// The prosecutor opens the case again.
    pub fn reopen(&mut self) {
        self.at_om("opens the case again", case::Command::Reopen(text("reden")), &prosecutor());
    }

    /// A desk takes up or answers one of its questions.
    pub fn answer(&mut self, question: QuestionName, said: Said) {
        let Some(enquiry) = self.desks.get(&question).and_then(|office| office.body()) else { return };
        let asked = enquiry.question.clone();
        let by = of(&asked.addressee, Role::Balie);
        let outcome: Box<dyn Fn(PersonNumber) -> Outcome> = match said {
            Said::TakenUp => {
                let what = format!("takes up the {}", asked.item);
                self.act(&what, Request::Desk(question, enquiry::Command::TakeUp), &by);
                return;
            }
            Said::TakenBack => {
                let version = enquiry.answers.last().map_or(1, |given| given.version);
                let command = enquiry::Command::Retract { version, reason: text("een ander") };
                self.act(&format!("answers the {}: {said}", asked.item), Request::Desk(question, command), &by);
                return;
            }
            Said::Warned => {
                let command = enquiry::Command::RaiseSignal(warning());
                self.act("warns of acute danger", Request::Desk(question, command), &by);
                return;
            }
            Said::Known => Box::new(known),
            Said::Unsure => Box::new(|_| Outcome::Ambiguous { candidates: 2 }),
            Said::Refused => Box::new(|_| Outcome::Refused { ground: text("grond") }),
            Said::SentOn(to) => Box::new(move |person| sent_on(to, person)),
            Said::Partly => Box::new(|person| Outcome::Partly {
                substance: known(person).substance().cloned().expect("known is known"),
                still_to_come: text("de rest"),
            }),
            Said::NotKnown | Said::SomeoneNew(_) => Box::new(|_| Outcome::NotKnown),
        };
        let mut answer = answer_to(&asked, outcome);
        if let Said::SomeoneNew(number) = said {
            answer.further_persons.push(further(number));
        }
        let command = enquiry::Command::Answer(Box::new(answer));
        self.act(&format!("answers the {}: {said}", asked.item), Request::Desk(question, command), &by);
    }

    /// The adviser searches the own files.
    pub fn search(&mut self, sure: bool) {
        let how = if sure { "" } else { ", and is not sure who is meant" };
        self.at_lead(&format!("searches the own files{how}"), |assignment| {
            let track = assignment.tracks.get(&Item::EigenOnderzoek)?;
            let outcome = |_| if !sure { Outcome::Ambiguous { candidates: 2 } } else { Outcome::NotKnown };
            Some(assignment::Command::RecordOwnFile(Box::new(answer_about(&track.about, outcome))))
        });
    }

    /// The adviser weighs the latest version of an item.
    pub fn weigh(&mut self, item: Item) {
        self.at_lead(&format!("weighs the {item}"), |assignment| weighing(assignment, item));
    }

    /// The adviser signs.
    pub fn sign(&mut self) {
        self.at_lead("signs the advice", |assignment| Some(assignment::Command::Sign(Box::new(content(assignment)))));
    }

    /// The adviser takes the advice back.
    pub fn withdraw_advice(&mut self) {
        self.at_lead("takes the advice back", |assignment| {
            let version = assignment.advices.last().map_or(1, |advice| advice.version);
            Some(assignment::Command::WithdrawAdvice { version, reason: text("reden") })
        });
    }

    /// The adviser warns of acute danger, also in an assignment that ended.
    pub fn warn(&mut self) {
        let first = self.leads.iter().find_map(|(name, office)| Some((*name, office.body()?.lead.kind)));
        let Some((name, lead)) = first else { return };
        let command = assignment::Command::RaiseSignal(warning());
        self.act("warns of acute danger", Request::Lead(name, command), &adviser(lead));
    }

    /// The adviser has a question asked again.
    pub fn retry(&mut self, item: Item) {
        self.at_lead(&format!("has the {item} asked again"), |_| Some(assignment::Command::Retry(item)));
    }

    /// The adviser phones who should answer the question of an item, and notes that nobody is known (D20).
    pub fn phone(&mut self, item: Item) {
        let call = Call { spoken_with: text("piket"), number: text("030"), at: self.now };
        self.at_lead(&format!("notes an answer by telephone for the {item}"), |assignment| {
            let asked = &*assignment.tracks.get(&item)?.running().last()?.question;
            let answer = Box::new(answer_to(asked, |_| Outcome::NotKnown));
            Some(assignment::Command::RecordTelephoneAnswer { question: asked.name, call, answer })
        });
    }

    /// A colleague confirms it, or who noted it does: then it must be refused.
    pub fn confirm_call(&mut self, item: Item, colleague: bool) {
        let Some(assignment) = self.assignment() else { return };
        let name = assignment.name;
        let mut by = adviser(assignment.lead.kind);
        if colleague {
            by.person = "ambtenaar-2".into();
        }
        let noted = assignment.tracks.get(&item).and_then(|track| track.running().last());
        let noted = noted.and_then(|strand| Some((strand.question.name, strand.telephoned.last()?.number)));
        let Some((question, number)) = noted else { return };
        let command = assignment::Command::ConfirmTelephoneAnswer { question, number };
        let what = format!("confirms the answer by telephone for the {item}");
        let done = self.act(&what, Request::Lead(name, command), &by);
        self.expect(colleague || !done, 8, || "who noted a telephone answer confirmed it alone".into());
    }

    /// Someone of another region does what only the owner may (invariant 12).
    pub fn stranger(&mut self, what: u8) {
        let Some(assignment) = self.assignment() else { return };
        let (name, lead) = (assignment.name, assignment.lead.kind);
        let running = assignment.tracks.values().flat_map(assignment::Track::running);
        let asked: Vec<_> = running.map(|strand| &*strand.question).collect();
        let deliver = |question: &crate::question::Question| {
            let answer = Box::new(answer_to(question, |_| Outcome::NotKnown));
            assignment::Command::Deliver { question: question.name, version: 1, answer }
        };
        let attempt = match what % 5 {
            0 => asked
                .first()
                .map(|one| (Request::Lead(name, deliver(one)), elsewhere(one.addressee.kind, Role::Dienst))),
            1 => asked.last().map(|one| (Request::Lead(name, deliver(one)), service(lead))),
            2 => {
                let snapshot = assignment.snapshot(self.lead().map_or(0, |office| office.version()) + 100);
                Some((Request::Om(case::Command::ReportProgress(snapshot)), elsewhere(lead, Role::Dienst)))
            }
            3 => Some((Request::Lead(name, assignment::Command::Withdraw), elsewhere(Kind::Om, Role::Dienst))),
            _ => {
                let sign = assignment::Command::Sign(Box::new(content(assignment)));
                Some((Request::Lead(name, sign), elsewhere(lead, Role::Adviseur)))
            }
        };
        let Some((request, by)) = attempt else { return };
        let done = self.act("of elsewhere does what is not its own to do", request, &by);
        self.expect(!done, 12, || format!("{} of {} spoke for another", who(&by), by.organisation));
    }

    /// Everybody does what is to be done, save what is left undone. It is told in one sentence.
    pub fn work(&mut self, undone: Undone) {
        let mut tale = std::mem::take(&mut self.tale);
        self.work_untold(undone);
        tale.say(|| format!("Everybody does what is to be done, and all mail arrives; left undone: {undone:?}"));
        self.tale = tale;
    }

    fn work_untold(&mut self, undone: Undone) {
        if undone != Undone::AtOm {
            self.record();
            self.settle_flow();
        }
        for day in 0..3 {
            self.confirm(Listed::AsItIs);
            self.carry_all();
            for item in Item::ALL {
                self.retry(item);
            }
            self.carry_all();
            let questions: Vec<QuestionName> = self.desks.keys().copied().collect();
            for question in questions {
                let last_day = day == 2 && undone == Undone::Listing;
                self.answer(question, if last_day { Said::SomeoneNew(0) } else { Said::NotKnown });
            }
            self.search(true);
            self.carry_all();
        }
        for item in Item::ALL {
            self.weigh(item);
        }
        self.sign();
        self.carry_all();
    }
}

/// Everyone, or every other person, belongs to a region that is near, far, this one, or not told.
fn sent_on(to: u8, person: PersonNumber) -> Outcome {
    let region = ["noord", "zuid", "midden", ""][usize::from(to) % 4];
    let moves = to >= 128 || person.is_multiple_of(2);
    if moves { Outcome::WrongRegion { region: region.into() } } else { Outcome::NotKnown }
}

fn is_listed(reference: &str, household: &Household) -> bool {
    household.persons.iter().any(|person| person.further.as_ref().is_some_and(|one| one.reference == reference))
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Said::TakenUp => f.write_str("someone works on it"),
            Said::NotKnown => f.write_str("nobody is known"),
            Said::Known => f.write_str("everyone is known"),
            Said::Unsure => f.write_str("it is not sure who is meant"),
            Said::Refused => f.write_str("refused"),
            Said::SentOn(to) => write!(f, "another region must be asked ({to})"),
            Said::Warned => f.write_str("there is acute danger"),
            Said::TakenBack => f.write_str("the latest answer was about someone else"),
            Said::Partly => f.write_str("the rest is still to come"),
            Said::SomeoneNew(number) => write!(f, "nobody is known, and there is somebody else ({number})"),
        }
    }
}

/// Who acts, in words.
fn who(by: &Actor) -> String {
    let role = match by.role {
        Role::Politie => return "The police".into(),
        Role::Operator => "operator",
        Role::Officier => "prosecutor",
        Role::Parketsecretaris => "parketsecretaris",
        Role::Adviseur => "adviser",
        Role::Balie => "desk",
        Role::Dienst => "service",
        Role::Beheerder => "administrator",
    };
    format!("The {role} of {}", by.organisation.kind.slug())
}
