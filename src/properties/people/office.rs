//! What the police, the operator and the prosecutor do, around the case at OM.

use super::super::world::World;
use crate::case::{self, Amendment, CloseReason, Settlement};
use crate::household::{Household, Person, Relation};
use crate::offence::HgKm;
use crate::personal::Sensitive;
use crate::testing::*;
use jiff::SignedDuration;

/// Every reason for which a case can be closed (D25).
pub const REASONS: [CloseReason; 7] = [
    CloseReason::Duplicate,
    CloseReason::DroppedByPolice,
    CloseReason::SuspectDied,
    CloseReason::Transferred,
    CloseReason::PartnerRefuses,
    CloseReason::OutsideScope,
    CloseReason::DecidedElsewhere,
];

/// How much later a case is opened again.
const A_WHILE: SignedDuration = SignedDuration::from_mins(1);

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

impl World {
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
        self.at_om("settles that it is HG/KM", case::Command::Settle(settlement, None), &prosecutor());
    }

    /// The prosecutor closes the case for this reason.
    pub fn close(&mut self, reason: CloseReason) {
        self.at_om(
            &format!("closes the case: {reason:?}"),
            case::Command::Close(reason, text("reden"), None),
            &prosecutor(),
        );
    }

    /// The prosecutor decides, or closes what is out of scope.
    pub fn end(&mut self) {
        if self.case().is_outside_scope() { self.close(CloseReason::OutsideScope) } else { self.decide() }
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

    /// The prosecutor opens the case again, a while after it ended.
    pub fn reopen(&mut self) {
        self.now += A_WHILE;
        self.at_om("opens the case again", case::Command::Reopen(text("reden"), None), &prosecutor());
    }
}

fn is_listed(reference: &str, household: &Household) -> bool {
    household.persons.iter().any(|person| person.further.as_ref().is_some_and(|one| one.reference == reference))
}
