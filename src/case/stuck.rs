//! Which cases stand still: without a live next step (invariant 7). Each shows up by itself, with the reason and since when.
//!
//! It follows from what a case waits for. An acute signal, trouble and news that
//! nobody answered stand still at once; everything else once
//! nothing came of it within its term. What the table does within the term moves.

use super::{Case, Waiting, waiting};
use crate::item::Item;
use crate::term::Terms;
use jiff::{SignedDuration, Timestamp};

/// How long an assignment may be on its way: it is tried every quarter of an hour at least.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_hours(1);

/// A case that stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Why.
    pub why: Why,
    /// Since when it waits for that.
    pub since: Timestamp,
}

/// Why a case stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// What it waits for, and nothing came of it.
    Waits(Waiting),
    /// The assignment never reached its lead.
    Undelivered,
    /// There is nothing that it waits for.
    Nothing,
}

/// Why a case stands still at an instant, if it does.
pub fn stuck(case: &Case, now: Timestamp, terms: Terms) -> Option<Stuck> {
    let Some(waiting) = waiting(case) else {
        return case.end.is_none().then_some(Stuck { why: Why::Nothing, since: case.moved_at });
    };
    let since = since(case, waiting);
    let undelivered = waiting == Waiting::Lead
        && case.assignment.as_ref().is_some_and(|assigned| assigned.delivered < assigned.version);
    let (why, until) = match waiting {
        Waiting::Signal | Waiting::Trouble | Waiting::Alert => (Why::Waits(waiting), since),
        _ if undelivered => (Why::Undelivered, since.saturating_add(ON_ITS_WAY).unwrap_or(Timestamp::MAX)),
        _ => (Why::Waits(waiting), terms.answer_due(since, case.is_held())),
    };
    (until <= now).then_some(Stuck { why, since })
}

/// Since when a case waits for this.
fn since(case: &Case, waiting: Waiting) -> Timestamp {
    let items = || case.progress.iter().flat_map(|snapshot| &snapshot.items);
    let of = |item: Item| items().find(|(one, _)| **one == item).map(|(_, progress)| progress.since);
    let raised = |number: u32| case.alert(number).map(|alert| alert.at);
    let known = match waiting {
        Waiting::Signal => case.unseen_signals().filter_map(raised).min(),
        Waiting::Answer(item) | Waiting::Completion(item) | Waiting::Weighing(item) => of(item),
        Waiting::Trouble => items().filter(|(_, one)| one.standing.trouble.is_some()).map(|(_, one)| one.since).min(),
        Waiting::Alert => case.unanswered().filter_map(raised).min(),
        _ => None,
    };
    known.unwrap_or(case.moved_at)
}

impl Why {
    /// A stable name for machines.
    pub fn code(self) -> String {
        match self {
            Why::Waits(waiting) => waiting.to_string(),
            Why::Undelivered => "opdracht-onderweg".into(),
            Why::Nothing => "niets".into(),
        }
    }

    /// A sentence for an official (Dutch, B1).
    pub fn sentence(self) -> String {
        let of = |item: Item, what: &str| format!("{}: {what}.", item.title());
        match self {
            Why::Undelivered => "De adviesopdracht is niet aangekomen bij de adviseur.".into(),
            Why::Nothing => "Deze zaak wacht op niets. Laat iemand ernaar kijken.".into(),
            Why::Waits(waiting) => match waiting {
                Waiting::Signal => "Er is een acuut signaal, en niemand heeft erop gereageerd.".into(),
                Waiting::Trouble => "Een bericht komt niet aan. Iemand moet ernaar kijken.".into(),
                Waiting::Alert => "Er is nieuws na het einde van de zaak, en niemand heeft erop gereageerd.".into(),
                Waiting::Closing => "De zaak valt buiten de afspraken en is nog niet gesloten.".into(),
                Waiting::Flow => "Over de stroom is nog geen besluit genomen.".into(),
                Waiting::Household => "Het gezin is nog niet bevestigd.".into(),
                Waiting::Police => "De politie heeft de stukken nog niet aangevuld.".into(),
                Waiting::Lead => "De adviseur heeft de laatste opdracht nog niet verwerkt.".into(),
                Waiting::Answer(item) => of(item, "het antwoord is te laat"),
                Waiting::Completion(item) => of(item, "de aanvulling is te laat"),
                Waiting::Weighing(item) => of(item, "nog niet gewogen"),
                Waiting::Signature => "Het advies is nog niet getekend.".into(),
                Waiting::Decision => "Alles is gewogen, en er is nog niet beslist.".into(),
            },
        }
    }
}
