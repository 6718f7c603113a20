//! Strategies that make lawful values, for the property tests of this and other crates.
//!
//! Every instant lies between 2024 and 2026 in whole microseconds, as the journal keeps it; [`later`] comes after all
//! of them. Nobody is born after 2019, and every act is done later. No value is that of a real person.

mod advice;
mod answer;
mod case;
mod person;

pub use advice::{advice, content, degree, draft, line, progress, snapshot, standing, weighing};
pub use answer::{answer, answer_to, judgement, outcome, question, safety_conditions};
pub use case::{
    act, brief, call, close_reason, decision, flow, hg_km, police_record, proposed, registration, required, settlement,
};
pub use person::{bsn, further, household, identity, partial_date, person};

use crate::decision::Route;
use crate::item::Item;
use crate::look::Finding;
use crate::name::{AssignmentName, CaseName, QuestionName};
use crate::organisation::{Actor, Kind, Organisation, Region, Role};
use crate::personal::Sensitive;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Strategy, any};
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;
use uuid::Uuid;

const FIRST_MICROSECOND: i64 = 1_704_067_200_000_000; // 2024-01-01
const LAST_MICROSECOND: i64 = 1_767_225_599_999_999; // 2025-12-31

/// A short text that is not empty, with diacritics.
pub fn text() -> impl Strategy<Value = String> {
    "[A-Za-z0-9éëïöüç.,'-]{1,12}( [A-Za-z0-9éëïöüç.,'-]{1,12}){0,2}"
}

/// A reference, number or label.
pub fn reference() -> impl Strategy<Value = String> {
    "[A-Z]{2}-[0-9]{3,9}"
}

/// A text on the case as a whole.
pub fn case_text() -> impl Strategy<Value = Sensitive<String>> {
    text().prop_map(Sensitive::case)
}

/// An instant.
pub fn instant() -> impl Strategy<Value = Timestamp> {
    (FIRST_MICROSECOND..=LAST_MICROSECOND).prop_map(at_microsecond)
}

/// An instant at most thirty days before another.
pub fn instant_before(at: Timestamp) -> impl Strategy<Value = Timestamp> {
    (0..=30 * 86_400 * 1_000_000i64)
        .prop_map(move |earlier| at.checked_sub(SignedDuration::from_micros(earlier)).unwrap_or(at))
}

/// An instant after every [`instant`].
pub fn later() -> Timestamp {
    at_microsecond(LAST_MICROSECOND + 1)
}

/// An instant at most thirty days after [`later`].
pub fn instant_after_all() -> impl Strategy<Value = Timestamp> {
    (1..=30 * 86_400 * 1_000_000i64).prop_map(|past| at_microsecond(LAST_MICROSECOND + 1 + past))
}

fn at_microsecond(microsecond: i64) -> Timestamp {
    Timestamp::from_microsecond(microsecond).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A version, from one.
pub fn version() -> impl Strategy<Value = u32> {
    1..=9u32
}

/// An id.
pub fn id() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

/// The name of a case.
pub fn case_name() -> impl Strategy<Value = CaseName> {
    id().prop_map(CaseName::new)
}

/// The name of an assignment.
pub fn assignment_name() -> impl Strategy<Value = AssignmentName> {
    id().prop_map(AssignmentName::new)
}

/// The name of a question.
pub fn question_name() -> impl Strategy<Value = QuestionName> {
    id().prop_map(QuestionName::new)
}

/// What an office says at a last look.
pub fn finding() -> impl Strategy<Value = Finding> {
    use Finding::{Current, InProgress, Newer, UnknownQuestion, Unreachable};
    select(vec![Current, Newer, InProgress, UnknownQuestion, Unreachable])
}

/// A region.
pub fn region() -> impl Strategy<Value = Region> {
    "[a-z][a-z0-9-]{0,9}".prop_filter_map("a region", |name| Region::parse(&name))
}

/// An organisation.
pub fn organisation() -> impl Strategy<Value = Organisation> {
    (select(Kind::ALL.to_vec()), region()).prop_map(|(kind, region)| Organisation { kind, region })
}

/// Someone who acts.
pub fn actor() -> impl Strategy<Value = Actor> {
    (organisation(), select(Role::ALL.to_vec()), reference()).prop_map(|(organisation, role, person)| Actor {
        organisation,
        role,
        person,
    })
}

/// An item.
pub fn item() -> impl Strategy<Value = Item> {
    select(Item::ALL.to_vec())
}

/// Some items, at least one.
pub fn items() -> impl Strategy<Value = BTreeSet<Item>> {
    subsequence(Item::ALL.to_vec(), 1..=Item::ALL.len()).prop_map(BTreeSet::from_iter)
}

/// A route.
pub fn route() -> impl Strategy<Value = Route> {
    select(vec![
        Route::Halt,
        Route::SepotOnvoorwaardelijk,
        Route::SepotVoorwaardelijk,
        Route::Strafbeschikking,
        Route::Transactie,
        Route::Dagvaarding,
        Route::Mediation,
        Route::Overdracht,
        Route::NaderOnderzoek,
        Route::TerugNaarZorg,
    ])
}

#[cfg(test)]
mod tests;
