//! An answer to a question: an outcome for every asked person, and how it was found (D11, D13, D14, D16).

use crate::fault::{Faults, Problem};
use crate::household::PersonNumber;
use crate::identity::Identity;
use crate::item::{Code, Item};
use crate::judgement::{AcutePart, Judgement, SafetyConditions};
use crate::opinion::Opinion;
use crate::organisation::Region;
use crate::outcome::Outcome;
use crate::personal::Sensitive;
use crate::question::Question;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest free text, in characters.
pub const TEXT_LIMIT: usize = 20_000;

/// An answer, as the source gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// One outcome for every asked person.
    pub outcomes: Vec<PersonOutcome>,
    /// What was searched.
    pub searched: Searched,
    /// VT's judgement; only from Veilig Thuis.
    pub judgement: Option<Judgement>,
    /// What must be so for direct safety; always from Veilig Thuis.
    pub safety_conditions: Option<SafetyConditions>,
    /// Persons whom nobody asked about yet (D10).
    pub further_persons: Vec<FurtherPerson>,
    /// The partner's own view of the three dimensions; Veilig Thuis speaks in its judgement (A32).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Opinion>,
}

/// The outcome for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonOutcome {
    /// Number on the person list.
    pub person: PersonNumber,
    /// What came out.
    pub outcome: Outcome,
}

/// What was searched, in which register, as of when, by whom (D13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// By which identifiers.
    pub identifiers: BTreeSet<Identifier>,
    /// Name of the register.
    pub register: String,
    /// The register is up to date until then.
    pub as_of: Timestamp,
    /// Opaque id of the official, or the rule for an automatic answer.
    pub by: String,
}

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Identifier {
    /// Citizen service number.
    Bsn,
    /// Name and date of birth.
    NameAndBirth,
    /// Address.
    Address,
}

/// A person who came up in an answer (D10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherPerson {
    /// Who it is, as far as known.
    pub identity: Sensitive<Identity>,
    /// Why this person matters.
    pub remark: Sensitive<String>,
}

impl FurtherPerson {
    /// Whether another entry of the same office is this one again. Where nothing says who it is, the remark does.
    pub fn is_same_entry(&self, other: &FurtherPerson) -> bool {
        let (Some(identity), Some(second)) = (self.identity.reveal(), other.identity.reveal()) else { return false };
        let says_who = identity.bsn.is_some() || !identity.surname.is_empty();
        identity.is_written_as(second) && (says_who || self.remark == other.remark)
    }

    /// Whether another entry, of whichever office, surely is about the same person.
    pub fn is_same_person(&self, other: &FurtherPerson) -> bool {
        let (Some(identity), Some(second)) = (self.identity.reveal(), other.identity.reveal()) else { return false };
        identity.is_same_as(second)
    }
}

impl Answer {
    /// Why it does not count as a whole; nothing when every person's outcome counts (D7, D11).
    pub fn incomplete(&self) -> Option<Code> {
        self.incomplete_but_for(|_| false)
    }

    /// The same, but for outcomes that are settled in another way.
    pub fn incomplete_but_for(&self, settled: impl Fn(&PersonOutcome) -> bool) -> Option<Code> {
        let open = self.outcomes.iter().filter(|one| !self.suffices(&one.outcome) && !settled(one));
        open.filter_map(|one| one.outcome.incomplete()).min()
    }

    /// Whether there is more to come, also where what is here counts already (D15).
    pub fn awaits_more(&self) -> bool {
        self.outcomes.iter().any(|one| one.outcome.incomplete().is_some())
    }

    /// Whether another says the same, whoever searched for it.
    pub fn says_the_same_as(&self, other: &Answer) -> bool {
        let searched = Searched { by: other.searched.by.clone(), ..self.searched.clone() };
        Answer { searched, ..self.clone() } == *other
    }

    /// It only says that others must be asked, about everyone.
    pub fn moves_everyone(&self) -> bool {
        self.outcomes.iter().all(|one| matches!(one.outcome, Outcome::WrongRegion { .. }))
    }

    /// Whether someone must be asked about in that region instead (D32).
    pub fn sends(&self, person: PersonNumber, to: &Region) -> bool {
        let named = |outcome: &Outcome| matches!(outcome, Outcome::WrongRegion { region } if region == to.as_str());
        self.outcomes.iter().any(|one| one.person == person && named(&one.outcome))
    }

    /// Everyone of whom something is known that counts.
    pub fn known(&self) -> Vec<PersonNumber> {
        let known = |outcome: &Outcome| outcome.is_known() || self.suffices(outcome);
        self.outcomes.iter().filter(|one| known(&one.outcome)).map(|one| one.person).collect()
    }

    /// A triage that runs counts for as much as its acute part says, where that was agreed (D15).
    fn suffices(&self, outcome: &Outcome) -> bool {
        let part = self.judgement.as_ref().and_then(Judgement::acute_part);
        outcome.is_triage_running() && part.is_some_and(|part| part.suffices)
    }

    /// Writes down what was agreed for this question on an acute part (D15).
    pub fn as_agreed_for(&mut self, question: &Question) {
        if let Some(Judgement::AcutePart(part)) = &mut self.judgement {
            part.suffices = question.acute_part_suffices;
        }
    }

    /// Everything that is wrong with it as an answer to a question, as seen at an instant.
    pub fn faults(&self, question: &Question, path: &str, now: Timestamp) -> Faults {
        let mut faults = self.faults_of_persons(&question.answer_about(), path);
        faults.merge(self.faults_of_search(path, now));
        faults.merge(self.faults_of_opinion(path));
        if question.item == Item::VeiligThuis {
            faults.merge(self.faults_of_vt(question, path, now));
        } else {
            let superfluous = Problem::NotForThisOffice;
            faults.require(self.judgement.is_none(), format!("{path}.judgement"), superfluous);
            for (index, one) in self.outcomes.iter().enumerate() {
                let triage = one.outcome.is_triage_running();
                faults.require(!triage, format!("{path}.outcomes[{index}].triage_running"), superfluous);
            }
        }
        faults
    }

    /// Exactly the asked persons, each once (D11).
    pub fn faults_of_persons(&self, asked: &[PersonNumber], path: &str) -> Faults {
        let mut faults = Faults::new();
        for (index, one) in self.outcomes.iter().enumerate() {
            let here = format!("{path}.outcomes[{index}]");
            faults.require(asked.contains(&one.person), format!("{here}.person"), Problem::NotAsked);
            let twice = self.outcomes[..index].iter().any(|other| other.person == one.person);
            faults.require(!twice, format!("{here}.person"), Problem::Duplicate);
            faults.merge(one.outcome.faults(&here));
        }
        if asked.iter().any(|person| self.outcomes.iter().all(|one| one.person != *person)) {
            faults.add(format!("{path}.outcomes"), Problem::LeftOut);
        }
        faults
    }

    /// What was searched must be said (D13).
    pub fn faults_of_search(&self, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        let searched = &self.searched;
        faults.require(!searched.identifiers.is_empty(), format!("{path}.searched.identifiers"), Problem::Missing);
        faults.require(!searched.register.is_empty(), format!("{path}.searched.register"), Problem::Missing);
        faults.require(searched.as_of <= now, format!("{path}.searched.as_of"), Problem::InFuture);
        faults
    }

    /// A triage is expected after the answer that says so, not before it (D11). Only who answers can see this: on its way
    /// an answer may be late.
    pub fn faults_of_expectation(&self, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        for (index, one) in self.outcomes.iter().enumerate() {
            if let Outcome::TriageRunning { expected, .. } = &one.outcome {
                let field = format!("{path}.outcomes[{index}].triage_running.expected");
                faults.require(*expected >= now, field, Problem::InPast);
            }
        }
        faults
    }

    /// A view that is given is a view of something.
    pub fn faults_of_opinion(&self, path: &str) -> Faults {
        let mut faults = Faults::new();
        let empty = self.opinion.is_some_and(|opinion| opinion.is_empty());
        faults.require(!empty, format!("{path}.opinion"), Problem::Missing);
        faults
    }

    fn faults_of_vt(&self, question: &Question, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        let here = format!("{path}.judgement");
        faults.require(self.opinion.is_none(), format!("{path}.opinion"), Problem::NotForThisOffice);
        faults.require(self.safety_conditions.is_some(), format!("{path}.safety_conditions"), Problem::Missing);
        let counts = self.outcomes.iter().any(|one| one.outcome.incomplete().is_none());
        match &self.judgement {
            None => faults.require(!counts, here, Problem::Missing),
            Some(Judgement::NoReportKnown) if question.hg_km && question.reported_in.is_none() => {
                faults.add(format!("{here}.no_report_known"), Problem::NotInHgKm);
            }
            Some(judgement) => {
                if let Judgement::Judged(judged) = judgement {
                    let future = judged.date > crate::date::day_of(now);
                    faults.require(!future, format!("{here}.judged.date"), Problem::InFuture);
                }
                if let Judgement::AcutePart(part) = judgement {
                    faults.merge(self.faults_of_acute_part(part, question, path, now));
                } else if !judgement.covers(question.report.as_deref()) {
                    faults.merge(self.faults_of_uncovered_report(path));
                }
            }
        }
        faults
    }

    /// D15: the acute part is about this case's report, while the rest of its triage runs; nobody is known in full yet.
    fn faults_of_acute_part(&self, part: &AcutePart, question: &Question, path: &str, now: Timestamp) -> Faults {
        let mut faults = Faults::new();
        let here = format!("{path}.judgement.acute_part");
        faults.require(part.date <= crate::date::day_of(now), format!("{here}.date"), Problem::InFuture);
        let covered = question.report.as_ref().is_none_or(|report| part.covers.contains(report));
        faults.require(covered, format!("{here}.covers"), Problem::ReportNotCovered);
        let agreed = part.suffices == question.acute_part_suffices;
        faults.require(agreed, format!("{here}.suffices"), Problem::ExcludedByFacts);
        let runs = self.outcomes.iter().any(|one| one.outcome.is_triage_running());
        faults.require(runs, here, Problem::OnlyAcutePart);
        for (index, one) in self.outcomes.iter().enumerate() {
            let known = one.outcome.is_known();
            faults.require(!known, format!("{path}.outcomes[{index}].known"), Problem::OnlyAcutePart);
        }
        faults
    }

    /// D14: without a judgement on this case's report nobody is known yet, and "not known" for all is no answer.
    fn faults_of_uncovered_report(&self, path: &str) -> Faults {
        let mut faults = Faults::new();
        for (index, one) in self.outcomes.iter().enumerate() {
            let known = one.outcome.is_known();
            faults.require(!known, format!("{path}.outcomes[{index}].known"), Problem::ReportNotCovered);
        }
        let nobody = self.outcomes.iter().all(|one| one.outcome == Outcome::NotKnown);
        faults.require(!nobody, format!("{path}.judgement"), Problem::ReportNotCovered);
        faults
    }
}

#[cfg(test)]
mod tests;
