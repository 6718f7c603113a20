//! How far the lead is.

use super::Read;
use super::place::{LIST_LIMIT, Place};
use super::retraction::versions_of;
use super::time::instant;
use crate::pb::model::v1 as model;
use zsm::item::{Standing, State};
use zsm::progress::{AdviceState, Enquired, Excess, Progress, Snapshot};
use zsm::{Faults, Item, Problem};

impl From<(Item, &Progress)> for model::ItemProgress {
    fn from((item, progress): (Item, &Progress)) -> Self {
        let standing = &progress.standing;
        let trouble = standing.trouble.map_or(model::Trouble::Unspecified, Into::into);
        Self {
            item: model::ItemKind::from(item).into(),
            state: model::ItemState::from(standing.state).into(),
            incomplete: model::IncompleteCode::from(standing.state).into(),
            since: Some(instant(progress.since)),
            latest: standing.latest,
            weighed: standing.weighed,
            trouble: trouble.into(),
        }
    }
}

impl From<State> for model::IncompleteCode {
    fn from(state: State) -> Self {
        match state {
            State::Incomplete(code) => code.into(),
            _ => Self::Unspecified,
        }
    }
}

impl From<State> for model::ItemState {
    fn from(state: State) -> Self {
        match state {
            State::NotAsked => Self::NietGevraagd,
            State::Queued => Self::InWachtrij,
            State::Asked => Self::Gevraagd,
            State::TakenUp => Self::Opgepakt,
            State::Incomplete(_) => Self::Onvolledig,
            State::Answered => Self::Ontvangen,
            State::Weighed => Self::Gewogen,
        }
    }
}

impl Place<'_> {
    fn progress(&mut self, progress: model::ItemProgress) -> Option<(Item, Progress)> {
        let item = self.choice("item", progress.item);
        let state = self.state(progress.state, progress.incomplete);
        let since = self.required("since", progress.since);
        let trouble = self.optional_choice("trouble", progress.trouble);
        let standing =
            Standing { state: state?, latest: progress.latest, weighed: progress.weighed, trouble: trouble? };
        Some((item?, Progress { standing, since: since? }))
    }

    /// The state with its code: a code belongs to what is incomplete, and to nothing else.
    fn state(&mut self, state: i32, incomplete: i32) -> Option<State> {
        use model::ItemState as Wire;
        let state = match Wire::try_from(state) {
            Ok(Wire::Unspecified) => return self.refuse("state", Problem::Missing),
            Err(_) => return self.refuse("state", Problem::Unknown),
            Ok(Wire::Onvolledig) => return self.choice("incomplete", incomplete).map(State::Incomplete),
            Ok(Wire::NietGevraagd) => State::NotAsked,
            Ok(Wire::InWachtrij) => State::Queued,
            Ok(Wire::Gevraagd) => State::Asked,
            Ok(Wire::Opgepakt) => State::TakenUp,
            Ok(Wire::Ontvangen) => State::Answered,
            Ok(Wire::Gewogen) => State::Weighed,
        };
        if incomplete != 0 {
            self.fault("incomplete", Problem::Superfluous);
        }
        Some(state)
    }

    fn advice_state(&mut self, state: i32, version: u32) -> Option<AdviceState> {
        use model::AdviceState as Wire;
        match Wire::try_from(state) {
            Ok(Wire::Unspecified) => self.refuse("advice", Problem::Missing),
            Err(_) => self.refuse("advice", Problem::Unknown),
            Ok(Wire::Geen) if version != 0 => self.refuse("advice_version", Problem::Superfluous),
            Ok(Wire::Geen) => Some(AdviceState::None),
            Ok(Wire::Getekend) => self.counted("advice_version", version).map(AdviceState::Signed),
            Ok(Wire::Ingetrokken) => self.counted("advice_version", version).map(AdviceState::Withdrawn),
        }
    }
}

impl From<AdviceState> for model::AdviceState {
    fn from(state: AdviceState) -> Self {
        match state {
            AdviceState::None => Self::Geen,
            AdviceState::Signed(_) => Self::Getekend,
            AdviceState::Withdrawn(_) => Self::Ingetrokken,
        }
    }
}

impl From<&Snapshot> for model::Snapshot {
    fn from(snapshot: &Snapshot) -> Self {
        let advice_version = match snapshot.advice {
            AdviceState::None => 0,
            AdviceState::Signed(version) | AdviceState::Withdrawn(version) => version,
        };
        Self {
            assignment: snapshot.assignment.to_string(),
            assignment_version: snapshot.assignment_version,
            sequence: snapshot.sequence,
            items: snapshot.items.iter().map(|(item, progress)| (*item, progress).into()).collect(),
            advice: model::AdviceState::from(snapshot.advice).into(),
            advice_version,
            further_persons: snapshot.further_persons.iter().map(Into::into).collect(),
            questions: snapshot.questions.iter().map(Into::into).collect(),
            excess: snapshot.excess.iter().map(Into::into).collect(),
            retracted: versions_of(&snapshot.retracted),
        }
    }
}

impl Read<Snapshot> for model::Snapshot {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Snapshot> {
        let mut place = Place::at(path, faults);
        let assignment = place.name("assignment", &self.assignment);
        let assignment_version = place.counted("assignment_version", self.assignment_version);
        let items = place.by_item("items", self.items, |place, progress| place.progress(progress));
        let advice = place.advice_state(self.advice, self.advice_version);
        let further_persons = place.list("further_persons", LIST_LIMIT, self.further_persons);
        let questions = place.list("questions", LIST_LIMIT, self.questions);
        let excess = place.list("excess", LIST_LIMIT, self.excess);
        let retracted = place.versions_of("retracted", self.retracted);
        Some(Snapshot {
            assignment: assignment?,
            assignment_version: assignment_version?,
            sequence: self.sequence,
            items: items?,
            advice: advice?,
            further_persons: further_persons?,
            questions: questions?,
            excess: excess?,
            retracted: retracted?,
        })
    }
}

impl From<&Excess> for model::Excess {
    fn from(excess: &Excess) -> Self {
        Self { item: model::ItemKind::from(excess.item).into(), asked_at: Some(instant(excess.asked_at)) }
    }
}

impl Read<Excess> for model::Excess {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Excess> {
        let mut place = Place::at(path, faults);
        let item = place.choice("item", self.item);
        let asked_at = place.required("asked_at", self.asked_at);
        Some(Excess { item: item?, asked_at: asked_at? })
    }
}

impl From<&Enquired> for model::Enquired {
    fn from(enquired: &Enquired) -> Self {
        Self {
            item: model::ItemKind::from(enquired.item).into(),
            question: enquired.question.to_string(),
            addressee: Some((&enquired.addressee).into()),
            version: enquired.version,
        }
    }
}

impl Read<Enquired> for model::Enquired {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Enquired> {
        let mut place = Place::at(path, faults);
        let item = place.choice("item", self.item);
        let question = place.name("question", &self.question);
        let addressee = place.required("addressee", self.addressee);
        Some(Enquired { item: item?, question: question?, addressee: addressee?, version: self.version })
    }
}
