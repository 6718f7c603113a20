//! How likely everything is that can happen.

use super::super::network::Fate;
use super::super::people::{Corrected, Further, Heard, Listed, REASONS, Said, Undone};
use super::{History, Step};
use crate::case::{CloseReason, Registration};
use crate::custody;
use crate::household::Relation;
use crate::item::Item;
use crate::offence::HgKm;
use crate::organisation::{Kind, Region};
use crate::police::PoliceRecord;
use crate::testing::{ADULT, FIFTEEN, family, nee, parent_and_child, registration};
use proptest::bool::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Every act of custody.
const CUSTODY: [custody::Step; 6] = [
    custody::Step::Aankomst,
    custody::Step::Ophouden { voorlopige_hechtenis: true },
    custody::Step::Inverzekeringstelling,
    custody::Step::Verlenging,
    custody::Step::Voorgeleiding,
    custody::Step::Invrijheidstelling,
];

/// Histories with so many steps.
pub fn histories(early: usize, late: usize) -> impl Strategy<Value = History> {
    let steps = |most| proptest::collection::vec(step(), 0..=most);
    let closed = proptest::option::weighted(0.1, reason());
    let again = proptest::option::weighted(0.5, steps(early / 2));
    let parts = (facts(), steps(early), closed, steps(late), again);
    parts.prop_map(|(facts, early, closed, late, again)| History { facts, early, closed, late, again })
}

fn step() -> impl Strategy<Value = Step> {
    let fates = || {
        prop_oneof![
            6 => Just(Fate::Arrives),
            2 => Just(Fate::Twice),
            2 => Just(Fate::Late),
            2 => Just(Fate::ReplyLate),
            2 => Just(Fate::ReplyLost),
            1 => Just(Fate::Lost),
            1 => Just(Fate::Fails),
        ]
    };
    let index = any::<Index>;
    let item = || select(Item::ALL.to_vec());
    let asked = || select(vec![Item::VeiligThuis, Item::Oudercheck, Item::Kindcheck]);
    let kinds = vec![Kind::Om, Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis];
    prop_oneof![
        26 => (index(), fates()).prop_map(|(at, fate)| Step::Mail(at, fate)),
        2 => select(kinds).prop_map(Step::Crash),
        2 => select(vec![Listed::AsItIs, Listed::AsItIs, Listed::Joins, Listed::Drops]).prop_map(Step::Confirm),
        1 => Just(Step::Police),
        1 => Just(Step::Settle),
        10 => (index(), said()).prop_map(|(at, said)| Step::Desk(at, said)),
        3 => weighted(0.8).prop_map(Step::OwnFile),
        14 => item().prop_map(Step::Weigh),
        6 => Just(Step::Sign),
        1 => Just(Step::WithdrawAdvice),
        1 => Just(Step::Warn),
        1 => item().prop_map(Step::Retry),
        5 => (asked(), heard()).prop_map(|(item, heard)| Step::Phone(item, heard)),
        3 => weighted(0.8).prop_map(Step::ConfirmCall),
        6 => Just(Step::ConfirmNote),
        2 => Just(Step::Decide),
        1 => any::<u8>().prop_map(Step::DecideByTelephone),
        1 => select(vec![Corrected::Adult, Corrected::Minor, Corrected::HgKm, Corrected::NoHgKm]).prop_map(Step::Amend),
        1 => reason().prop_map(Step::Close),
        2 => select(CUSTODY.to_vec()).prop_map(Step::Custody),
        1 => Just(Step::StrikeCustody),
        1 => item().prop_map(Step::LogCall),
        1 => any::<bool>().prop_map(Step::Permit),
        2 => Just(Step::StandBy),
        2 => Just(Step::Reopen),
        1 => any::<u8>().prop_map(Step::Stranger),
        2 => further().prop_map(Step::AskFurther),
        1 => (index(), weighted(0.8)).prop_map(|(at, own)| Step::LetGo(at, own)),
        3 => weighted(0.9).prop_map(Step::Reaffirm),
        1 => (0..2_u8, any::<bool>()).prop_map(|(words, colleague)| Step::SaveDraft(words, colleague)),
        1 => weighted(0.3).prop_map(Step::TakeOver),
        4 => select(vec![Undone::Nothing, Undone::AtOm, Undone::Listing]).prop_map(Step::Everybody),
    ]
}

fn reason() -> impl Strategy<Value = CloseReason> {
    select(REASONS.to_vec())
}

fn further() -> impl Strategy<Value = Further> {
    let item = select(vec![Item::VeiligThuis, Item::Oudercheck, Item::Kindcheck, Item::EigenOnderzoek]);
    let region = select(vec![None, None, Some("noord"), Some("zuid")]);
    let parts = (item, any::<bool>(), region, any::<bool>());
    parts.prop_map(|(item, everyone, region, otherwise)| Further { item, everyone, region, otherwise })
}

fn heard() -> impl Strategy<Value = Heard> {
    select(vec![Heard::NotKnown, Heard::NotKnown, Heard::Known, Heard::TooEarly])
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => Just(Said::NotKnown),
        2 => Just(Said::TakenUp),
        1 => Just(Said::PutDown),
        1 => Just(Said::Known),
        1 => Just(Said::Unsure),
        1 => Just(Said::Refused),
        1 => Just(Said::TakenBack),
        1 => Just(Said::Partly),
        1 => Just(Said::Warned),
        2 => Just(Said::AsNoted),
        1 => (0..3_u8).prop_map(Said::SomeoneNew),
        1 => any::<u8>().prop_map(Said::SentOn),
    ]
}

fn facts() -> impl Strategy<Value = Registration> {
    let bare = |facts: Registration| {
        let police = PoliceRecord { report_to_vt: None, zorgmelding: None, ..facts.police };
        Registration { police, ..facts }
    };
    let without_zorgmelding = |mut facts: Registration| {
        facts.police.zorgmelding = None;
        facts
    };
    let over_two_regions = |mut facts: Registration| {
        if let Some(last) = facts.household.persons.last_mut() {
            last.vt_region = Region::parse("zuid");
        }
        facts
    };
    select(vec![
        registration(parent_and_child(FIFTEEN), HgKm::Ja),
        over_two_regions(registration(parent_and_child(FIFTEEN), HgKm::Ja)),
        registration(family(FIFTEEN, &[(Relation::Ouder, ADULT)]), nee()),
        registration(parent_and_child(FIFTEEN), HgKm::Onbekend),
        registration(family(FIFTEEN, &[(Relation::GeenFamilie, ADULT)]), HgKm::Ja),
        without_zorgmelding(registration(parent_and_child(ADULT), HgKm::Ja)),
        bare(registration(family(ADULT, &[(Relation::Partner, ADULT)]), HgKm::Ja)),
    ])
}
