//! Answers that were taken back, and what may still be read of what rested on them (D12).

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::{
    adviser::v1 as adviser,
    model::v1::{self as model, degree, disagreement, safety_conditions},
    source::v1 as source,
};
use std::collections::{BTreeMap, BTreeSet};
use zsm::advice::Advice;
use zsm::draft::SavedDraft;
use zsm::retraction::Retraction;
use zsm::weighing::Weighing;
use zsm::{Faults, Item, Sensitive, assignment, enquiry};

/// Versions that can be named at once: every answer of a case can turn out to be about someone else.
const RETRACTED_LIMIT: usize = 1_000;

impl From<&Retraction> for model::Retraction {
    fn from(retraction: &Retraction) -> Self {
        Self { of: retraction.of, reason: retraction.reason.text().to_owned() }
    }
}

impl Read<Retraction> for model::Retraction {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Retraction> {
        let mut place = Place::at(path, faults);
        let of = place.counted("of", self.of);
        let reason = place.required_text("reason", self.reason);
        Some(Retraction { of: of?, reason: Sensitive::case(reason?) })
    }
}

impl From<&assignment::TakenBack> for adviser::AnswerTakenBack {
    fn from(taken_back: &assignment::TakenBack) -> Self {
        Self {
            version: taken_back.version,
            retraction: Some((&taken_back.retraction).into()),
            received_at: Some(instant(taken_back.at)),
        }
    }
}

impl From<&enquiry::TakenBack> for source::AnswerTakenBack {
    fn from(taken_back: &enquiry::TakenBack) -> Self {
        Self {
            version: taken_back.version,
            retraction: Some((&taken_back.retraction).into()),
            by: Some((&taken_back.by).into()),
            at: Some(instant(taken_back.at)),
        }
    }
}

/// By item, versions as they travel in a list.
pub(super) fn versions_of(retracted: &BTreeMap<Item, BTreeSet<u32>>) -> Vec<model::ItemVersion> {
    let of = |(item, versions): (&Item, &BTreeSet<u32>)| {
        let item = model::ItemKind::from(*item).into();
        versions.iter().map(|version| model::ItemVersion { item, version: *version }).collect::<Vec<_>>()
    };
    retracted.iter().flat_map(of).collect()
}

impl Place<'_> {
    /// By item, versions as they travel in a list.
    pub(super) fn versions_of(
        &mut self,
        field: &str,
        list: Vec<model::ItemVersion>,
    ) -> Option<BTreeMap<Item, BTreeSet<u32>>> {
        let read = self.each(field, RETRACTED_LIMIT, list, |place, element, one| {
            let mut place = place.inside(element);
            let item = place.choice("item", one.item);
            let version = place.counted("version", one.version);
            Some((item?, version?))
        })?;
        let mut versions: BTreeMap<Item, BTreeSet<u32>> = BTreeMap::new();
        for (item, version) in read {
            versions.entry(item).or_default().insert(version);
        }
        Some(versions)
    }
}

/// An advice as it may be read when answers of these items were taken back: that it rests on them, and nothing of what they
/// said. Nor of what was closed off for being asked too much.
pub fn advice_readable(advice: &Advice, retracted: &BTreeSet<Item>, closed_off: &BTreeSet<Item>) -> model::Advice {
    let mut shown = model::Advice::from(advice);
    let closed = &(retracted | closed_off);
    close_off(shown.content.as_mut(), closed);
    let stands = |item: i32| !closed.iter().any(|closed| number(*closed) == item);
    shown.opinions.retain(|opinion| stands(opinion.item));
    shown.judgement = shown.judgement.filter(|_| stands(number(Item::VeiligThuis)));
    shown.further_judgements.retain(|_| stands(number(Item::VeiligThuis)));
    shown.rests_on_retracted = retracted.iter().copied().map(number).collect();
    shown
}

/// A draft as it may be read when answers of these items were taken back since it was saved.
pub fn draft_readable(draft: &SavedDraft, closed: &BTreeSet<Item>) -> adviser::AdviceDraft {
    let mut shown = adviser::AdviceDraft::from(draft);
    close_off(shown.content.as_mut(), closed);
    shown
}

/// Leaves out what says something of these items: their substance, the words on degrees and differences that rest on them,
/// and with Veilig Thuis the conditions and every line on a difference with its judgement.
fn close_off(content: Option<&mut model::AdviceContent>, closed: &BTreeSet<Item>) {
    let Some(content) = content else { return };
    let says = |item: i32| closed.iter().any(|closed| number(*closed) == item);
    let of_vt = closed.contains(&Item::VeiligThuis);
    for substance in content.substance.iter_mut().filter(|substance| says(substance.item)) {
        substance.text.clear();
    }
    let degrees = [&mut content.acute, &mut content.structural, &mut content.complexity];
    for degree in degrees.into_iter().flatten() {
        if let Some(degree::Degree::Known(known)) = &mut degree.degree
            && known.rests_on.iter().any(|item| says(*item))
        {
            known.severity.clear();
        }
    }
    for line in &mut content.disagreements {
        let voice = matches!(line.voice, Some(disagreement::Voice::Item(item)) if says(item));
        if of_vt || voice {
            line.text.clear();
        }
    }
    if of_vt {
        content.deviation.clear();
        if let Some(safety_conditions::State::List(list)) =
            content.safety_conditions.as_mut().and_then(|conditions| conditions.state.as_mut())
        {
            list.conditions.clear();
        }
    }
}

fn number(item: Item) -> i32 {
    model::ItemKind::from(item).into()
}

/// A weighing as it may be read: of what was taken back, that it was weighed, by whom and when.
pub fn weighing_readable(weighing: &Weighing, retracted: &BTreeSet<u32>) -> model::Weighing {
    let shown = model::Weighing::from(weighing);
    if retracted.contains(&weighing.version) {
        model::Weighing { reason: String::new(), lines: Vec::new(), retracted: true, ..shown }
    } else {
        shown
    }
}
