//! A place in a message that is being read: it knows its path, and notes what is wrong with the fields below it.

use super::Read;
use super::choice::Choice;
use std::collections::BTreeSet;
use zsm::answer::TEXT_LIMIT;
use zsm::name::{AlertName, AssignmentName, CaseName, ErrandName, IncidentName, QuestionName, SignalName};
use zsm::{Faults, Problem, Sensitive};

/// Longest name, label or reference, in characters.
pub(super) const SHORT_LIMIT: usize = 200;

/// Most elements of a list, where nothing else is said.
pub(super) const LIST_LIMIT: usize = 100;

/// A place in a message, and where its faults go.
pub(super) struct Place<'a> {
    path: String,
    faults: &'a mut Faults,
}

/// A resource name of one kind.
pub(super) trait Name: Sized {
    /// The name, when it has the form of this kind.
    fn parse_name(text: &str) -> Option<Self>;
}

impl<'a> Place<'a> {
    /// The place at a path.
    pub(super) fn at(path: &str, faults: &'a mut Faults) -> Self {
        Self { path: path.to_owned(), faults }
    }

    /// The path of a field here.
    pub(super) fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    /// The place of a field here.
    pub(super) fn inside(&mut self, field: &str) -> Place<'_> {
        Place { path: self.path(field), faults: self.faults }
    }

    /// Notes a fault of a field here.
    pub(super) fn fault(&mut self, field: &str, problem: Problem) {
        let path = self.path(field);
        self.faults.add(path, problem);
    }

    /// Notes a fault, and gives the nothing that goes with it.
    pub(super) fn refuse<T>(&mut self, field: &str, problem: Problem) -> Option<T> {
        self.fault(field, problem);
        None
    }

    /// A message that must be there.
    pub(super) fn required<M: Read<T>, T>(&mut self, field: &str, message: Option<M>) -> Option<T> {
        match message {
            Some(message) => message.read(&self.path(field), self.faults),
            None => self.refuse(field, Problem::Missing),
        }
    }

    /// A message that may be left out.
    pub(super) fn optional<M: Read<T>, T>(&mut self, field: &str, message: Option<M>) -> Option<Option<T>> {
        match message {
            Some(message) => message.read(&self.path(field), self.faults).map(Some),
            None => Some(None),
        }
    }

    /// An enum value that must be there.
    pub(super) fn choice<T: Choice>(&mut self, field: &str, number: i32) -> Option<T> {
        match T::choose(number) {
            Ok(value) => Some(value),
            Err(problem) => self.refuse(field, problem),
        }
    }

    /// An enum value that may be left out.
    pub(super) fn optional_choice<T: Choice>(&mut self, field: &str, number: i32) -> Option<Option<T>> {
        if number == 0 { Some(None) } else { self.choice(field, number).map(Some) }
    }

    /// A number or version that counts from one.
    pub(super) fn counted(&mut self, field: &str, number: u32) -> Option<u32> {
        if number == 0 { self.refuse(field, Problem::Missing) } else { Some(number) }
    }

    /// A long text that may be empty.
    pub(super) fn text(&mut self, field: &str, text: String) -> Option<String> {
        self.limited(field, text, TEXT_LIMIT)
    }

    /// A long text that must be there.
    pub(super) fn required_text(&mut self, field: &str, text: String) -> Option<String> {
        if text.trim().is_empty() {
            self.fault(field, Problem::Missing);
        }
        self.text(field, text)
    }

    /// A short text that may be empty.
    pub(super) fn short(&mut self, field: &str, text: String) -> Option<String> {
        // It stands on one line of a screen.
        if text.chars().any(char::is_control) {
            self.fault(field, Problem::Form);
        }
        self.limited(field, text, SHORT_LIMIT)
    }

    /// A short text that must be there.
    pub(super) fn required_short(&mut self, field: &str, text: String) -> Option<String> {
        if text.trim().is_empty() {
            self.fault(field, Problem::Missing);
        }
        self.short(field, text)
    }

    /// A short text that may be left out.
    pub(super) fn optional_short(&mut self, field: &str, text: String) -> Option<Option<String>> {
        if text.trim().is_empty() { Some(None) } else { self.short(field, text).map(Some) }
    }

    /// A long text on the case as a whole, which must be there.
    pub(super) fn case_text(&mut self, field: &str, text: String) -> Option<Sensitive<String>> {
        self.required_text(field, text).map(Sensitive::case)
    }

    /// A long text on the case as a whole, which may be left out.
    pub(super) fn optional_case_text(&mut self, field: &str, text: String) -> Option<Option<Sensitive<String>>> {
        if text.trim().is_empty() { Some(None) } else { self.text(field, text).map(|text| Some(Sensitive::case(text))) }
    }

    /// A long text on the case as a whole, whose emptiness the law checks.
    pub(super) fn case_text_or_empty(&mut self, field: &str, text: String) -> Option<Sensitive<String>> {
        self.text(field, text).map(Sensitive::case)
    }

    /// A resource name.
    pub(super) fn name<N: Name>(&mut self, field: &str, text: &str) -> Option<N> {
        if text.is_empty() {
            return self.refuse(field, Problem::Missing);
        }
        match N::parse_name(text) {
            Some(name) => Some(name),
            None => self.refuse(field, Problem::Form),
        }
    }

    /// A resource name that may be left out.
    pub(super) fn optional_name<N: Name>(&mut self, field: &str, text: &str) -> Option<Option<N>> {
        if text.is_empty() { Some(None) } else { self.name(field, text).map(Some) }
    }

    /// A list of messages, of which all are read; beyond the limit nothing is looked at.
    pub(super) fn list<M: Read<T>, T>(&mut self, field: &str, limit: usize, messages: Vec<M>) -> Option<Vec<T>> {
        self.each(field, limit, messages, |place, element, message| message.read(&place.path(element), place.faults))
    }

    /// A list of which each element is read by a function, under the name it gets.
    pub(super) fn each<M, T>(
        &mut self,
        field: &str,
        limit: usize,
        elements: Vec<M>,
        mut read: impl FnMut(&mut Self, &str, M) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut whole = true;
        if elements.len() > limit {
            self.fault(field, Problem::TooMany);
            whole = false;
        }
        let mut values = Vec::with_capacity(elements.len().min(limit));
        for (index, element) in elements.into_iter().take(limit).enumerate() {
            match read(self, &format!("{field}[{index}]"), element) {
                Some(value) => values.push(value),
                None => whole = false,
            }
        }
        whole.then_some(values)
    }

    /// A list in which nothing stands twice.
    pub(super) fn set<M, T: Ord>(
        &mut self,
        field: &str,
        elements: Vec<M>,
        mut read: impl FnMut(&mut Self, &str, M) -> Option<T>,
    ) -> Option<BTreeSet<T>> {
        let mut values = BTreeSet::new();
        self.each(field, LIST_LIMIT, elements, |place, element, message| {
            let value = read(place, element, message)?;
            if !values.insert(value) {
                place.fault(element, Problem::Duplicate);
            }
            Some(())
        })?;
        Some(values)
    }

    /// A set of enum values.
    pub(super) fn choices<T: Choice + Ord>(&mut self, field: &str, numbers: Vec<i32>) -> Option<BTreeSet<T>> {
        self.set(field, numbers, |place, element, number| place.choice(element, number))
    }

    /// A text within a limit. Blank is not written, here or in any check of the law.
    fn limited(&mut self, field: &str, text: String, limit: usize) -> Option<String> {
        // Bytes first: a text of fewer bytes has fewer characters, and need not be counted.
        if text.len() > limit && text.chars().count() > limit {
            self.fault(field, Problem::TooLong);
        }
        Some(if text.trim().is_empty() { String::new() } else { text })
    }
}

impl Name for CaseName {
    fn parse_name(text: &str) -> Option<Self> {
        CaseName::parse(text)
    }
}

impl Name for AlertName {
    fn parse_name(text: &str) -> Option<Self> {
        AlertName::parse(text)
    }
}

impl Name for AssignmentName {
    fn parse_name(text: &str) -> Option<Self> {
        AssignmentName::parse(text)
    }
}

impl Name for IncidentName {
    fn parse_name(text: &str) -> Option<Self> {
        IncidentName::parse(text)
    }
}

impl Name for QuestionName {
    fn parse_name(text: &str) -> Option<Self> {
        QuestionName::parse(text)
    }
}

impl Name for SignalName {
    fn parse_name(text: &str) -> Option<Self> {
        SignalName::parse(text)
    }
}

impl Name for ErrandName {
    fn parse_name(text: &str) -> Option<Self> {
        ErrandName::parse(text)
    }
}
