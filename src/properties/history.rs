//! A history: what the police registered, and what happens then, step by step.

use super::network::Fate;
use super::people::{Corrected, Listed, Said, Undone};
use super::tale::Tale;
use super::world::{Broken, World};
use crate::case::Registration;
use crate::household::Relation;
use crate::item::Item;
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::organisation::Kind;
use crate::police::PoliceRecord;
use crate::testing::{ADULT, FIFTEEN, family, nee, parent_and_child, registration};
use proptest::bool::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Step {
    /// Something that is to be done at another office, or a message on its way, meets its fate.
    Mail(Index, Fate),
    /// An organisation goes down and comes up.
    Crash(Kind),
    /// The operator confirms the person list.
    Confirm(Listed),
    /// The police bring what they have.
    Police,
    /// The prosecutor settles the flow.
    Settle,
    /// A desk takes up or answers a question.
    Desk(Index, Said),
    /// The adviser searches the own files.
    OwnFile(bool),
    /// The adviser weighs an item.
    Weigh(Item),
    /// The adviser signs.
    Sign,
    /// The adviser takes the advice back.
    WithdrawAdvice,
    /// The adviser warns of acute danger.
    Warn,
    /// The adviser has an item asked again.
    Retry(Item),
    /// The adviser notes what the source of an item says by telephone.
    Phone(Item),
    /// Someone confirms it: a colleague, or who noted it.
    ConfirmCall(Item, bool),
    /// The prosecutor decides.
    Decide,
    /// The police correct what they registered.
    Amend(Corrected),
    /// The prosecutor stands by the end, whatever came after it.
    StandBy,
    /// The prosecutor opens the case again.
    Reopen,
    /// Someone speaks for another.
    Stranger(u8),
    /// Everybody does what is to be done.
    Everybody(Undone),
}

/// What is registered, and every step.
#[derive(Clone, Debug)]
pub struct History {
    /// What the police registered.
    pub facts: Registration,
    /// What happens before everybody does their work.
    pub early: Vec<Step>,
    /// Whether the prosecutor closes the case then.
    pub closed: bool,
    /// What happens after that.
    pub late: Vec<Step>,
}

/// Histories with so many steps.
pub fn histories(early: usize, late: usize) -> impl Strategy<Value = History> {
    let steps = |most| proptest::collection::vec(step(), 0..=most);
    let closed = weighted(0.1);
    let parts = (facts(), steps(early), closed, steps(late));
    parts.prop_map(|(facts, early, closed, late)| History { facts, early, closed, late })
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
        2 => item().prop_map(Step::Phone),
        3 => (item(), weighted(0.8)).prop_map(|(item, colleague)| Step::ConfirmCall(item, colleague)),
        2 => Just(Step::Decide),
        1 => select(vec![Corrected::Adult, Corrected::Minor, Corrected::HgKm, Corrected::NoHgKm]).prop_map(Step::Amend),
        1 => Just(Step::StandBy),
        1 => Just(Step::Reopen),
        1 => any::<u8>().prop_map(Step::Stranger),
        4 => select(vec![Undone::Nothing, Undone::AtOm, Undone::Listing]).prop_map(Step::Everybody),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => Just(Said::NotKnown),
        1 => Just(Said::TakenUp),
        1 => Just(Said::Known),
        1 => Just(Said::Unsure),
        1 => Just(Said::Refused),
        1 => Just(Said::TakenBack),
        1 => Just(Said::Partly),
        1 => Just(Said::Warned),
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
    select(vec![
        registration(parent_and_child(FIFTEEN), HgKm::Ja),
        registration(family(FIFTEEN, &[(Relation::Ouder, ADULT)]), nee()),
        registration(parent_and_child(FIFTEEN), HgKm::Onbekend),
        without_zorgmelding(registration(parent_and_child(ADULT), HgKm::Ja)),
        bare(registration(family(ADULT, &[(Relation::Partner, ADULT)]), HgKm::Ja)),
    ])
}

impl History {
    /// Lets it happen; the world that comes of it, or what broke.
    ///
    /// # Errors
    /// The invariant that broke.
    pub fn happen(&self) -> Result<World, Broken> {
        let mut world = World::new(self.facts.clone());
        self.happen_to(&mut world)?;
        Ok(world)
    }

    /// Lets it happen once more, and tells it in sentences.
    pub fn tell(&self) -> String {
        let mut world = World::new(self.facts.clone());
        world.tale = Tale::begin();
        let end = match catch_unwind(AssertUnwindSafe(|| self.happen_to(&mut world))) {
            Ok(Ok(())) => "Nothing broke.".to_owned(),
            Ok(Err(broken)) => format!("Then {broken}."),
            Err(_) => "Then it panicked.".to_owned(),
        };
        let open = match crate::case::gate(world.case()) {
            Ok(_) => "nothing: the gate is open".to_owned(),
            Err(incomplete) => {
                let points = incomplete.open().iter();
                points
                    .map(|open| format!("{} {}", open.subject.slug(), open.reason.code()))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        format!("A case is registered.\n{}{end}\nOpen is {open}.", world.tale)
    }

    fn happen_to(&self, world: &mut World) -> Result<(), Broken> {
        world.confirm(Listed::AsItIs);
        after(world, World::check)?;
        for step in &self.early {
            step.happens(world);
            after(world, World::check)?;
        }
        if self.closed {
            world.close();
            after(world, World::check)?;
        }
        // Whatever happened, people who do their work bring an open case to its end (invariants 7 and 15).
        if !world.has_ended() {
            world.work(Undone::Nothing);
            after(world, World::check)?;
            world.end();
            after(world, |world| {
                world.check();
                world.expect(world.has_ended(), 15, || "everybody did their work, and there is no end to it".into());
            })?;
        }
        for step in &self.late {
            step.happens(world);
            after(world, World::check)?;
        }
        world.carry_all();
        after(world, World::check_at_rest)
    }
}

fn after(world: &mut World, look: impl Fn(&mut World)) -> Result<(), Broken> {
    look(world);
    world.broken.clone().map_or(Ok(()), Err)
}

impl Step {
    fn happens(&self, world: &mut World) {
        match self {
            Step::Mail(at, fate) => mail(world, at, *fate),
            Step::Crash(kind) => {
                world.tale.say(|| format!("{} goes down, and comes up again", kind.slug()));
                world.crash(*kind);
            }
            Step::Confirm(what) => world.confirm(*what),
            Step::Police => world.record(),
            Step::Settle => world.settle_flow(),
            Step::Desk(at, what) => {
                let questions: Vec<QuestionName> = world.desks.keys().copied().collect();
                if !questions.is_empty() {
                    world.answer(questions[at.index(questions.len())], *what);
                }
            }
            Step::OwnFile(what) => world.search(*what),
            Step::Weigh(item) => world.weigh(*item),
            Step::Sign => world.sign(),
            Step::WithdrawAdvice => world.withdraw_advice(),
            Step::Warn => world.warn(),
            Step::Retry(item) => world.retry(*item),
            Step::Phone(item) => world.phone(*item),
            Step::ConfirmCall(item, colleague) => world.confirm_call(*item, *colleague),
            Step::Decide => world.decide(),
            Step::Amend(corrected) => world.amend(*corrected),
            Step::StandBy => world.stand_by(),
            Step::Reopen => world.reopen(),
            Step::Stranger(what) => world.stranger(*what),
            Step::Everybody(but) => world.work(*but),
        }
    }
}

/// What is on its way stands before what is still to be sent.
fn mail(world: &mut World, at: &Index, fate: Fate) {
    let due = world.due();
    let all = world.network.len() + due.len();
    if all == 0 {
        return;
    }
    let at = at.index(all);
    match at.checked_sub(world.network.len()) {
        None => world.meets(at, fate),
        Some(at) => world.set_about(due[at].0, due[at].1, fate),
    }
}
