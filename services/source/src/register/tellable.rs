//! Whether the contract lets an answer tell what the register holds. What it would refuse never arrives: such a question is
//! for the desk, and such a record is found out when it comes in.

use super::content;
use crate::record::Record;
use jiff::Timestamp;
use std::collections::BTreeSet;
use zsm::Item;
use zsm::answer::{Answer, Identifier, PersonOutcome, Searched};
use zsm::outcome::Outcome;
use zsm::question::Question;
use zsm::register::{self, Lookup};
use zsm::term::Terms;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::read;

/// Whether the answer that the register would give by itself can be told.
pub(crate) fn is_tellable(question: &Question, lookup: &Lookup, terms: Terms, received: Timestamp) -> bool {
    register::answer(question, lookup, terms, received).is_none_or(|answer| can_be_read(&answer))
}

/// Whether an answer about the person of one record alone could be told.
pub(super) fn is_record_tellable(record: &Record) -> bool {
    let found = content::found(1, record.clone(), Item::VeiligThuis);
    let outcomes = found.known.map(|known| PersonOutcome { person: 1, outcome: Outcome::Known(known) });
    let searched = Searched {
        identifiers: BTreeSet::from([Identifier::Bsn]),
        register: "register".into(),
        as_of: Timestamp::UNIX_EPOCH,
        by: register::RULE.into(),
    };
    can_be_read(&Answer {
        outcomes: outcomes.into_iter().collect(),
        searched,
        judgement: found.judgement,
        safety_conditions: found.safety_conditions,
        further_persons: Vec::new(),
        opinion: None,
    })
}

fn can_be_read(answer: &Answer) -> bool {
    read::<model::Answer, Answer>(answer.into()).is_ok()
}
