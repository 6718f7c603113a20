//! The lead's advice assignment (adviesopdracht): ask in parallel, collect, weigh, sign.

mod brief;
mod decide;
mod evolve;
mod look;
mod newer;
mod occasion;
mod react;
mod readable;
mod strand;
mod telephone;
mod track;

pub use brief::Brief;
pub use decide::{Command, Creation, FurtherAsk, Reading, Reply, decide, open_for_signing};
pub use evolve::evolve;
pub use look::confirm;
pub use newer::Newer;
pub use occasion::{Dismissal, Dismissed, Occasion};
pub use react::{Errand, react};
pub use strand::{Given, Strand, TakenBack, Transport};
pub use telephone::{Confirmation, Telephoned};
pub use track::{Content, Told, Track, Version};

use crate::advice::{self, Advice};
use crate::answer::{Answer, FurtherPerson};
use crate::decision::Notice;
use crate::draft::SavedDraft;
use crate::household::{Further, PersonNumber};
use crate::item::{Item, Trouble};
use crate::judgement::Judgement;
use crate::name::{AssignmentName, CaseName, QuestionName};
use crate::opinion::Held;
use crate::organisation::{Actor, Organisation};
use crate::personal::Sensitive;
use crate::police::PoliceRecord;
use crate::progress::{AdviceState, Enquired, Excess, Progress, Snapshot};
use crate::question::Question;
use crate::retraction::Retraction;
use crate::signal::Signal;
use crate::telephone::Call;
use crate::weighing::Weighing;
use jiff::Timestamp;
use jiff::civil::Date;
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

/// A signed advice that its adviser took back: it stays readable, and carries no decision (D24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Version of the advice.
    pub version: u32,
    /// Why.
    pub reason: Sensitive<String>,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// The adviser who handles an assignment: who acted first, or took it over. Colleagues read, and write on the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Who.
    pub by: Actor,
    /// Since when.
    pub since: Timestamp,
}

/// A further person, as an answer named it (D10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What OM learns.
    pub further: Further,
    /// Who it is.
    pub person: FurtherPerson,
    /// Which office named this person, where that was kept.
    pub by: Option<Organisation>,
    /// The day on which minor or adult was told to OM.
    pub on: Date,
}

/// An item that was asked and need not have been: that is remembered, what came in is read no more (A36).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedOff {
    /// The item, and when it was asked.
    pub excess: Excess,
    /// The latest version that had come in; zero when there was none.
    pub up_to: u32,
    /// How many questions of the item there had been.
    pub questions: usize,
}

/// A question of an earlier round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Who was asked.
    pub addressee: Organisation,
    /// Versions that arrived after it was withdrawn.
    pub not_counted: BTreeSet<u32>,
}

impl Named {
    /// This person as answers that stand name them, each with its office: in the same words if one has them, else in
    /// those of another. Nothing when none names this person. Who was forgotten stays named.
    fn as_it_stands(&self, entries: &[(&Organisation, &FurtherPerson)]) -> Option<Named> {
        if self.person.identity.reveal().is_none() {
            return Some(self.clone());
        }
        let of_office = |by: &Organisation| self.by.as_ref().is_none_or(|own| own == by);
        let again = |by: &Organisation, other: &FurtherPerson| of_office(by) && self.person.is_same_entry(other);
        let mut names = entries.iter().filter(|(by, other)| again(by, other) || self.person.is_same_person(other));
        let first = names.clone().next()?;
        let (by, person) = names.find(|(by, other)| of_office(by) && *other == &self.person).unwrap_or(first);
        let by = self.by.as_ref().map(|_| (*by).clone());
        Some(Named { person: (*person).clone(), by, ..self.clone() })
    }
}

impl Assignment {
    /// The required items with their tracks.
    pub fn required(&self) -> impl Iterator<Item = (Item, &Track)> {
        self.tracks.iter().filter(|(_, track)| !track.dropped).map(|(item, track)| (*item, track))
    }

    /// How far it is, for OM (D22). The sequence rises with every change.
    pub fn snapshot(&self, sequence: u64) -> Snapshot {
        let progress = |track: &Track| Progress { standing: track.standing(), since: track.since };
        let questions = self.required().flat_map(|(item, track)| track.running().map(move |one| enquired(item, one)));
        Snapshot {
            assignment: self.name,
            assignment_version: self.brief.as_ref().map_or(0, |brief| brief.version),
            sequence,
            items: self.required().map(|(item, track)| (item, progress(track))).collect(),
            advice: self.advice_state(),
            further_persons: self.named().map(|named| named.further.clone()).collect(),
            questions: questions.collect(),
            excess: self.excess().collect(),
            retracted: self.retracted(),
        }
    }

    /// The look-ups that need not have been made. What OM itself sent along is none.
    fn excess(&self) -> impl Iterator<Item = Excess> {
        self.closed_off.iter().map(|closed| closed.excess).filter(|excess| excess.item != Item::Politiedossier)
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

    /// The further persons whom an answer names that nobody took back (D10), in the words of an answer that stands.
    pub fn named(&self) -> impl Iterator<Item = Named> {
        let strands = self.tracks.values().flat_map(|track| &track.strands);
        let standing = strands.flat_map(|strand| {
            let answers = strand.answers.iter().filter(|one| !strand.is_retracted(one.version));
            answers.map(|given| (&strand.question.addressee, &*given.answer))
        });
        let own = self.tracks.values().flat_map(|track| &track.versions).filter_map(|version| version.content.own());
        let strands = self.tracks.values().flat_map(|track| &track.strands);
        let confirmed = strands.flat_map(|strand| {
            let told = strand.telephoned.iter().filter(|one| one.confirmed.is_some());
            let told = told.filter(|one| !strand.is_note_retracted(one));
            told.map(|one| (&strand.question.addressee, &*one.given.answer))
        });
        let answers = standing.chain(confirmed).chain(own.map(|answer| (&self.lead, answer)));
        let entries = answers.flat_map(|(by, answer)| answer.further_persons.iter().map(move |person| (by, person)));
        let entries: Vec<(&Organisation, &FurtherPerson)> = entries.collect();
        self.further.iter().filter_map(move |named| named.as_it_stands(&entries))
    }

    /// The judgement of every Veilig Thuis that was asked and gave one, in the order in which they were asked.
    pub fn judgements(&self) -> Vec<(&Organisation, &Judgement)> {
        let asked = self.tracks.get(&Item::VeiligThuis).into_iter().flat_map(Track::running);
        asked.filter_map(Strand::judgement).collect()
    }

    /// Whether there is a signed advice, or the latest was taken back.
    pub fn advice_state(&self) -> AdviceState {
        let Some(Advice { version, .. }) = self.advices.last() else { return AdviceState::None };
        let withdrawn = self.withdrawals.iter().any(|withdrawal| withdrawal.version == *version);
        if withdrawn { AdviceState::Withdrawn(*version) } else { AdviceState::Signed(*version) }
    }

    /// Whether the advice that stands rests on something that was replaced (A14).
    pub fn is_stale(&self) -> bool {
        let AdviceState::Signed(_) = self.advice_state() else { return false };
        let Some(advice) = self.advices.last() else { return false };
        let latest = |track: &Track| track.latest().map_or(0, |version| version.version);
        advice.assignment_version != self.brief.as_ref().map_or(0, |brief| brief.version)
            || self.required().any(|(item, track)| advice.rests_on.get(&item) != Some(&latest(track)))
    }

    /// The decision that stands, as far as was heard: the one that was made last.
    pub fn decision(&self) -> Option<&Notice> {
        self.decisions.iter().max_by_key(|notice| notice.at)
    }

    /// What an advice is checked against.
    pub fn grounds(&self) -> Option<advice::Grounds<'_>> {
        let brief = self.brief.as_ref()?;
        let known = |track: &Track| track.latest().is_some_and(|version| !version.content.known().is_empty());
        let judgements: Vec<&Judgement> = self.judgements().into_iter().map(|(_, judgement)| judgement).collect();
        let at_vt = self.tracks.get(&Item::VeiligThuis).and_then(Track::latest).filter(|_| !judgements.is_empty());
        Some(advice::Grounds {
            flow: &brief.flow,
            items: self.required().map(|(item, _)| item).collect(),
            known_in: self.required().filter(|(_, track)| known(track)).map(|(item, _)| item).collect(),
            judgements: at_vt.map(|latest| (latest.version, judgements)),
            opinions: self.opinions(),
            holes: self.required().flat_map(|(item, track)| track.holes(item)).collect(),
        })
    }

    /// The partners' own views in their latest answers (A32).
    pub fn opinions(&self) -> Vec<Held> {
        let latest = self.required().filter_map(|(item, track)| Some((item, track.latest()?)));
        let answers = latest.flat_map(|(item, version)| version.content.answers().map(move |answer| (item, answer)));
        answers.filter_map(|(item, answer)| answer.opinion.map(|opinion| Held { item, opinion })).collect()
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

fn enquired(item: Item, strand: &Strand) -> Enquired {
    let Question { name, addressee, .. } = &*strand.question;
    Enquired { item, question: *name, addressee: addressee.clone(), version: strand.latest_version() }
}

#[cfg(test)]
mod tests;
