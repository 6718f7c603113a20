//! What changed between two versions of an item, to be read by the adviser (D21, D24). It never reaches OM.

mod part;
mod words;

pub use part::Part;
pub use words::{Piece, compare};

use crate::assignment::Content;
use crate::name::QuestionName;
use crate::personal::Sensitive;
use std::collections::BTreeMap;

/// A part that changed: the words that stayed, went and came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub part: Part,
    /// The words.
    pub pieces: Sensitive<Vec<Piece>>,
}

/// Every part in which the later version differs from the earlier one.
pub fn between(earlier: &Content, later: &Content) -> Vec<Change> {
    let (old, new) = (parts(earlier, later), parts(later, earlier));
    let mut keys: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    keys.sort();
    keys.dedup();
    let changed = keys.into_iter().filter_map(|key| {
        let (was, is) = (old.get(&key).map_or("", String::as_str), new.get(&key).map_or("", String::as_str));
        let (_, part) = key;
        (was != is).then(|| Change { part, pieces: Sensitive::about(part.person(), compare(was, is)) })
    });
    changed.collect()
}

/// The parts of a version. Answers of one source are compared with each other, also when it was asked anew; where there
/// are several, each is compared by its question.
fn parts(content: &Content, other: &Content) -> BTreeMap<(Option<QuestionName>, Part), String> {
    let single = content.answers().count() <= 1 && other.answers().count() <= 1;
    let keyed = |question: Option<QuestionName>, parts: BTreeMap<Part, String>| {
        let question = question.filter(|_| !single);
        parts.into_iter().map(move |(part, text)| ((question, part), text))
    };
    match content {
        Content::Answers(told) => {
            told.iter().flat_map(|one| keyed(Some(one.question), part::of_answer(&one.answer))).collect()
        }
        Content::OwnFile(answer) => keyed(None, part::of_answer(answer)).collect(),
        Content::Dossier(record) => keyed(None, part::of_dossier(record)).collect(),
    }
}

impl Part {
    /// The person whom it is about; zero for the case as a whole.
    pub fn person(self) -> u32 {
        match self {
            Part::Outcome(person) | Part::ForAdvice(person) | Part::ForAdviser(person) => person,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests;
