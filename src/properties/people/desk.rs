//! What a desk does with a question.

use super::super::world::{Request, World};
use crate::answer::FurtherPerson;
use crate::enquiry;
use crate::household::PersonNumber;
use crate::name::QuestionName;
use crate::organisation::Role;
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::testing::*;
use std::fmt;

/// What a desk does with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Someone works on it.
    TakenUp,
    /// Nobody works on it any more.
    PutDown,
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
    /// It is as the lead noted of a call.
    AsNoted,
    /// There is acute danger.
    Warned,
    /// Nobody is known, and this person is named.
    SomeoneNew(u8),
}

impl World {
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
            Said::PutDown => {
                let what = format!("puts down the {}", asked.item);
                self.act(&what, Request::Desk(question, enquiry::Command::PutDown), &by);
                return;
            }
            Said::TakenBack => {
                let version = enquiry.answers.last().map_or(1, |given| given.version);
                let command = enquiry::Command::Retract { version, reason: text("een ander") };
                self.act(&format!("answers the {}: {said}", asked.item), Request::Desk(question, command), &by);
                return;
            }
            Said::AsNoted => {
                let number = enquiry.telephoned.last().map_or(1, |noted| noted.note.number);
                let command = enquiry::Command::ConfirmTelephoneAnswer { number };
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
}

fn further(number: u8) -> FurtherPerson {
    let identity = Sensitive::case(identity(u32::from(number) + 100, ADULT));
    FurtherPerson { identity, remark: text("ook in huis") }
}

/// Everyone, or every other person, belongs to a region that is near, far, this one, or not told.
fn sent_on(to: u8, person: PersonNumber) -> Outcome {
    let region = ["noord", "zuid", "midden", ""][usize::from(to) % 4];
    let moves = to >= 128 || person.is_multiple_of(2);
    if moves { Outcome::WrongRegion { region: region.into() } } else { Outcome::NotKnown }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Said::TakenUp => f.write_str("someone works on it"),
            Said::PutDown => f.write_str("nobody works on it any more"),
            Said::NotKnown => f.write_str("nobody is known"),
            Said::Known => f.write_str("everyone is known"),
            Said::Unsure => f.write_str("it is not sure who is meant"),
            Said::Refused => f.write_str("refused"),
            Said::SentOn(to) => write!(f, "another region must be asked ({to})"),
            Said::AsNoted => f.write_str("it is as it was noted of a call"),
            Said::Warned => f.write_str("there is acute danger"),
            Said::TakenBack => f.write_str("the latest answer was about someone else"),
            Said::Partly => f.write_str("the rest is still to come"),
            Said::SomeoneNew(number) => write!(f, "nobody is known, and there is somebody else ({number})"),
        }
    }
}
