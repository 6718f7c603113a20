//! The lead's advice assignment (adviesopdracht): ask in parallel, collect, weigh, sign.

mod advised;
mod brief;
mod decide;
mod evolve;
mod excess;
mod look;
mod named;
mod newer;
mod occasion;
mod react;
mod readable;
mod snapshot;
mod strand;
mod telephone;
mod track;

pub use advised::Withdrawal;
pub use brief::Brief;
pub use decide::{Command, Creation, FurtherAsk, Reading, Reaffirmation, Reply, decide, open_for_signing};
pub use evolve::evolve;
pub use excess::ClosedOff;
pub use look::confirm;
pub use named::Named;
pub use newer::Newer;
pub use occasion::{Dismissal, Dismissed, Occasion};
pub use react::{Errand, react};
pub use strand::{Given, Strand, TakenBack, Transport};
pub use telephone::{Confirmation, Telephoned};
pub use track::{Content, Told, Track, Version};

use crate::advice::Advice;
use crate::answer::{Answer, FurtherPerson};
use crate::decision::Notice;
use crate::draft::SavedDraft;
use crate::household::{Further, PersonNumber};
use crate::item::{Item, Trouble};
use crate::name::{AssignmentName, CaseName, QuestionName};
use crate::organisation::{Actor, Organisation};
use crate::police::PoliceRecord;
use crate::question::Question;
use crate::retraction::{self, Retraction};
use crate::signal::Signal;
use crate::telephone::Call;
use crate::weighing::Weighing;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The assignment, or nothing before it is created.
pub type State = Option<Box<Assignment>>;

/// What happened to an assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// OM asked for an advice.
    Created {
        /// Its name, derived from the case.
        name: AssignmentName,
        /// The case at OM.
        case: CaseName,
        /// Who leads: this organisation.
        lead: Organisation,
        /// Who asks: OM at its table.
        principal: Organisation,
    },
    /// OM said what it needs, at a version (D7, D23).
    Briefed {
        /// The brief.
        brief: Box<Brief>,
    },
    /// A question was put to another organisation, or an own search became due, for these persons.
    Asked {
        /// The item.
        item: Item,
        /// The question; none for the lead's own files.
        question: Option<Box<Question>>,
        /// Everyone about whom an outcome must come.
        about: Vec<PersonNumber>,
    },
    /// One more question was put for an item, beside those that run (A30, D32).
    AlsoAsked {
        /// The item.
        item: Item,
        /// The question.
        question: Box<Question>,
        /// Why; not told in older facts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        occasion: Option<Occasion>,
    },
    /// A question is no longer needed, while others of its item run on (A36).
    LetGo {
        /// The item.
        item: Item,
        /// The question.
        question: QuestionName,
        /// Who let go of it, and why; nobody where that follows from something else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dismissal: Option<Dismissal>,
    },
    /// An item is no longer required (A36).
    Dropped {
        /// The item.
        item: Item,
    },
    /// A question is no longer needed; its source is told (D23, D25).
    QuestionWithdrawn {
        /// The question.
        question: QuestionName,
        /// Who was asked.
        addressee: Organisation,
    },
    /// The source has the question.
    QuestionDelivered {
        /// The item.
        item: Item,
        /// Which of its questions; in older facts the only one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionName>,
    },
    /// Someone at the source works on it.
    QuestionTakenUp {
        /// The item.
        item: Item,
        /// Which of its questions; in older facts the only one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionName>,
        /// Of the source's report.
        sequence: u64,
    },
    /// An answer arrived.
    Answered {
        /// The item.
        item: Item,
        /// Which of its questions; in older facts the only one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionName>,
        /// The version at the source, from one in every round.
        version: u32,
        /// The answer.
        answer: Box<Answer>,
    },
    /// The lead searched its own files.
    OwnFileRecorded {
        /// What was found.
        answer: Box<Answer>,
    },
    /// A version of the dossier came with the brief.
    DossierReceived {
        /// Version at OM.
        version: u32,
        /// What the police brought.
        police: PoliceRecord,
    },
    /// An answer named a further person (D10).
    FurtherPersonNamed {
        /// What OM learns.
        further: Further,
        /// Who it is.
        person: FurtherPerson,
        /// Which office named this person; not known for whom was named before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Organisation>,
    },
    /// The adviser weighed a version of an item.
    Weighed {
        /// The item.
        item: Item,
        /// The weighing.
        weighing: Weighing,
    },
    /// The adviser signed.
    AdviceSigned {
        /// The advice.
        advice: Box<Advice>,
    },
    /// The adviser took a signed advice back (D24).
    AdviceWithdrawn(Withdrawal),
    /// An adviser saved an unfinished advice.
    DraftSaved {
        /// The draft.
        draft: Box<SavedDraft>,
    },
    /// A colleague took the assignment over.
    TakenOver {
        /// Who.
        by: Actor,
        /// From whom; nobody when no one had begun.
        from: Option<Actor>,
    },
    /// An answer to a withdrawn question, or after the end: kept, never counted (D19, D21).
    NotCounted {
        /// The question.
        question: QuestionName,
        /// The version at the source.
        version: u32,
        /// The answer.
        answer: Box<Answer>,
    },
    /// A source took an answer back: it was about someone else (D12). What was made of it stays, closed off; also where the
    /// question is closed or the assignment has ended.
    AnswerRetracted {
        /// The question.
        question: QuestionName,
        /// The version at the source.
        version: u32,
        /// Which answer, and why.
        retraction: Retraction,
    },
    /// An adviser noted what the source said by telephone: it does not count yet (D20).
    TelephoneAnswerRecorded {
        /// The item.
        item: Item,
        /// The question.
        question: QuestionName,
        /// From one, for each question.
        number: u32,
        /// The call.
        call: Call,
        /// What was said.
        answer: Box<Answer>,
        /// Who noted it.
        by: Actor,
    },
    /// A second adviser confirmed it: it counts, until the source says anything itself (D20).
    TelephoneAnswerConfirmed {
        /// The item.
        item: Item,
        /// The question.
        question: QuestionName,
        /// Which.
        number: u32,
        /// Who.
        by: Actor,
    },
    /// A call was refused or is stuck (E3).
    Troubled {
        /// What was to be done.
        errand: Errand,
        /// Which.
        trouble: Trouble,
    },
    /// A call that stood out as trouble came through after all.
    Recovered {
        /// What was done.
        errand: Errand,
    },
    /// It is asked again: someone had it so, or its first answer may have gone lost (D21).
    Retried {
        /// The item.
        item: Item,
        /// The question.
        question: QuestionName,
    },
    /// An adviser of the lead raised an acute signal (D27).
    SignalRaised(Box<Signal>),
    /// OM decided (D34).
    DecisionHeard(Notice),
    /// OM ended it.
    Withdrawn,
    /// OM ended it, for the facts turned out otherwise: nothing of it need have been asked, and it is closed off (A36).
    Recalled,
}

/// The assignment as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its name.
    pub name: AssignmentName,
    /// The case at OM.
    pub case: CaseName,
    /// Who leads.
    pub lead: Organisation,
    /// Who asks.
    pub principal: Organisation,
    /// What is asked, at its latest version.
    pub brief: Option<Box<Brief>>,
    /// Every item that is or was required.
    pub tracks: BTreeMap<Item, Track>,
    /// Questions that are no longer needed, with the versions of answers that still came.
    pub past: BTreeMap<QuestionName, Past>,
    /// Further persons that answers named.
    pub further: Vec<Named>,
    /// Signed advices, the latest last.
    pub advices: Vec<Advice>,
    /// Which of them were taken back.
    pub withdrawals: Vec<Withdrawal>,
    /// The unfinished advice; none once it is signed.
    pub draft: Option<Box<SavedDraft>>,
    /// How many drafts were saved.
    pub drafts: u32,
    /// The adviser who handles it; nobody before the first act.
    pub handler: Option<Handler>,
    /// Calls to OM or a source that failed for good, other than asks.
    pub troubles: BTreeSet<(Errand, Trouble)>,
    /// The acute signals that were raised, in order.
    pub signals: Vec<Signal>,
    /// What OM decided, in the order in which it was heard.
    pub decisions: Vec<Notice>,
    /// It was withdrawn.
    pub withdrawn: bool,
    /// It was withdrawn because the facts turned out otherwise: nobody reads on in it (A36).
    pub recalled: bool,
    /// What was asked and need not have been (A36).
    pub closed_off: Vec<ClosedOff>,
    /// Rises with everything that a person may have to look at again.
    pub revision: u64,
}

/// The adviser who handles an assignment: who acted first, or took it over. Colleagues read, and write on the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Who.
    pub by: Actor,
    /// Since when.
    pub since: Timestamp,
}

/// A question of an earlier round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Who was asked.
    pub addressee: Organisation,
    /// Versions that arrived after it was withdrawn.
    pub not_counted: BTreeSet<u32>,
}

impl Assignment {
    /// The required items with their tracks.
    pub fn required(&self) -> impl Iterator<Item = (Item, &Track)> {
        self.tracks.iter().filter(|(_, track)| !track.dropped).map(|(item, track)| (*item, track))
    }

    /// The item that a running question serves.
    pub fn item_of(&self, question: QuestionName) -> Option<Item> {
        self.required().find(|(_, track)| track.strand(question).is_some()).map(|(item, _)| item)
    }

    /// A running question of a required item.
    pub fn strand(&self, question: QuestionName) -> Option<&Strand> {
        self.required().find_map(|(_, track)| track.strand(question))
    }

    /// By item, the versions in which an answer stands that was taken back.
    pub fn retracted(&self) -> BTreeMap<Item, BTreeSet<u32>> {
        let retracted = self.tracks.iter().map(|(item, track)| (*item, track.retracted()));
        retracted.filter(|(_, versions)| !versions.is_empty()).collect()
    }

    /// The items of which something that was taken back may stand in an advice.
    pub fn retracted_in(&self, advice: &Advice) -> BTreeSet<Item> {
        let by_version = |version| self.advices.iter().find(|one| one.version == version);
        retraction::told_in(advice, by_version, &self.retracted())
    }

    /// The items of which an answer was taken back at or after an instant.
    pub fn retracted_since(&self, at: Timestamp) -> BTreeSet<Item> {
        let since = |track: &Track| track.strands.iter().flat_map(|strand| &strand.retractions).any(|one| one.at >= at);
        self.tracks.iter().filter(|(_, track)| since(track)).map(|(item, _)| *item).collect()
    }

    /// A question that was ever asked, closed or not.
    pub(crate) fn asked(&self, question: QuestionName) -> Option<(Item, &Strand)> {
        let strands = self.tracks.iter().flat_map(|(item, track)| track.strands.iter().map(move |one| (*item, one)));
        strands.into_iter().find(|(_, strand)| strand.question.name == question)
    }

    /// The decision that stands, as far as was heard.
    pub fn decision(&self) -> Option<&Notice> {
        Notice::standing(&self.decisions)
    }

    /// Whether another adviser than this one handles it.
    pub fn is_with_colleague_of(&self, by: &Actor) -> bool {
        self.handler.as_ref().is_some_and(|handler| handler.by != *by)
    }

    pub(crate) fn changed_at(&mut self, item: Item, at: Timestamp) {
        if let Some(track) = self.tracks.get_mut(&item) {
            track.since = at;
        }
    }
}

#[cfg(test)]
mod tests;
