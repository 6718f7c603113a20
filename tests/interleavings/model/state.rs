//! A state of the small world: how every office stands, what it has to do, what is on its way, and what may still go
//! wrong. How it came about is no part of it: two ways to the same state are one.

use super::act::Act;
use std::hash::{DefaultHasher, Hash, Hasher};
use zsm::case::CloseReason;
use zsm::household::Relation;
use zsm::item::{self, Item};
use zsm::offence::HgKm;
use zsm::organisation::Kind;
use zsm::progress::AdviceState;
use zsm::properties::network::{Fate, Message, Task};
use zsm::properties::office::print;
use zsm::properties::people::{Listed, Said, Undone};
use zsm::properties::tale::Tale;
use zsm::properties::world::World;
use zsm::testing::{ADULT, FIFTEEN, family, registration};

/// What may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    /// How often the network does not do what it should.
    pub(crate) faults: u8,
    /// How often a source has something to add.
    pub(crate) supplements: u8,
    /// How often the person list changes.
    pub(crate) corrections: u8,
    /// How often an advice is taken back.
    pub(crate) withdrawals: u8,
    /// How often the case is closed.
    pub(crate) closings: u8,
    /// How often a source takes an answer back.
    pub(crate) retractions: u8,
    /// How often the case is opened again.
    pub(crate) reopenings: u8,
}

/// Where the small world begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    /// The case was registered and the person list confirmed.
    Registered,
    /// Everything is in and weighed, and the advice is signed.
    Signed,
    /// It was decided, and everybody knows.
    Decided,
}

/// A state.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    left: Budget,
    print: u64,
}

impl Budget {
    /// Seven numbers in the order of the fields.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let numbers: Vec<u8> = text.split(',').map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
        let [faults, supplements, corrections, withdrawals, closings, retractions, reopenings] =
            numbers.try_into().ok()?;
        Some(Self { faults, supplements, corrections, withdrawals, closings, retractions, reopenings })
    }
}

impl State {
    /// A minor with a mother, in a case of HG/KM: Veilig Thuis and 3RO are asked.
    pub(crate) fn new(begin: Begin, budget: Budget) -> Self {
        let mut world = World::new(registration(family(FIFTEEN, &[(Relation::Ouder, ADULT)]), HgKm::Ja));
        world.confirm(Listed::AsItIs);
        if begin != Begin::Registered {
            world.work(Undone::Nothing);
        }
        if begin == Begin::Decided {
            world.decide();
            world.carry_all();
        }
        world.check();
        let mut state = Self { world, left: budget, print: 0 };
        state.print = state.printed();
        state
    }

    /// All that can happen now. An organisation goes down where something is lost with it: elsewhere it comes up as it was.
    pub(crate) fn acts(&self) -> Vec<Act> {
        if self.world.broken.is_some() {
            return Vec::new();
        }
        let mut acts = self.of_the_network();
        acts.extend(self.of_the_sources());
        acts.extend(self.of_the_adviser());
        acts.extend(self.of_om());
        acts
    }

    fn of_the_network(&self) -> Vec<Act> {
        let mut acts = Vec::new();
        for (task, since) in self.world.due() {
            acts.push(Act::SetAbout(task, since, Fate::Arrives));
            if self.left.faults > 0 {
                let fates = [Fate::Late, Fate::ReplyLate, Fate::Fails];
                acts.extend(fates.map(|fate| Act::SetAbout(task, since, fate)));
            }
        }
        acts.extend((0..self.world.network.len()).map(Act::Arrives));
        let kinds = [Kind::Om, Kind::Rvdk, Kind::Reclassering, Kind::VeiligThuis];
        let waits = |kind: &Kind| self.world.network.iter().any(|one| one.is_reply_to(&self.world, *kind));
        acts.extend(kinds.into_iter().filter(waits).map(Act::Crash));
        acts
    }

    fn of_the_sources(&self) -> Vec<Act> {
        let mut acts = Vec::new();
        for (name, desk) in &self.world.desks {
            let Some(enquiry) = desk.body() else { continue };
            if enquiry.withdrawn {
                continue;
            }
            if enquiry.answers.is_empty() {
                acts.push(Act::Answer(*name, Said::NotKnown));
                continue;
            }
            if self.left.supplements > 0 {
                acts.push(Act::Answer(*name, Said::Known));
            }
            if self.left.retractions > 0 {
                acts.push(Act::Answer(*name, Said::TakenBack));
            }
        }
        acts
    }

    fn of_the_adviser(&self) -> Vec<Act> {
        let Some(assignment) = self.world.assignment().filter(|one| !one.withdrawn) else { return Vec::new() };
        let mut acts = Vec::new();
        for (item, track) in assignment.required() {
            let standing = track.standing();
            if standing.trouble.is_some() {
                acts.push(Act::Retry(item));
            }
            match item {
                Item::EigenOnderzoek if standing.latest == 0 => acts.push(Act::Own),
                _ if standing.state == item::State::Answered => acts.push(Act::Weigh(item)),
                _ => {}
            }
        }
        let signed = matches!(assignment.advice_state(), AdviceState::Signed(_));
        if !signed || assignment.is_stale() {
            acts.push(Act::Sign);
        }
        if signed && self.left.withdrawals > 0 {
            acts.push(Act::WithdrawAdvice);
        }
        acts
    }

    fn of_om(&self) -> Vec<Act> {
        if self.world.has_ended() {
            let again = self.left.reopenings > 0;
            return if again { vec![Act::Reopen] } else { Vec::new() };
        }
        let mut acts = Vec::new();
        if self.world.may_decide() {
            acts.push(Act::Decide);
        }
        if self.left.corrections > 0 {
            acts.extend([Act::Confirm(Listed::Joins), Act::Confirm(Listed::AsItIs)]);
        }
        if self.left.closings > 0 {
            acts.push(Act::Close);
        }
        acts
    }

    /// Lets it happen, and looks whether all still holds.
    pub(crate) fn take(&mut self, act: Act) {
        let left = &mut self.left;
        let world = &mut self.world;
        match act {
            Act::SetAbout(task, since, fate) => {
                left.faults -= u8::from(fate != Fate::Arrives);
                world.set_about(task, since, fate);
            }
            Act::Arrives(at) => world.meets(at, Fate::Arrives),
            Act::Crash(kind) => {
                world.tale.say(|| format!("{} goes down, and comes up again", kind.slug()));
                world.crash(kind);
            }
            Act::Answer(question, said) => {
                left.supplements -= u8::from(said == Said::Known);
                left.retractions -= u8::from(said == Said::TakenBack);
                world.answer(question, said);
            }
            Act::Confirm(listed) => {
                left.corrections -= 1;
                world.confirm(listed);
            }
            Act::Own => {
                world.search(true);
                world.weigh(Item::EigenOnderzoek);
                world.weigh(Item::Politiedossier);
            }
            Act::Weigh(item) => world.weigh(item),
            Act::Sign => world.sign(),
            Act::WithdrawAdvice => {
                left.withdrawals -= 1;
                world.withdraw_advice();
            }
            Act::Retry(item) => world.retry(item),
            Act::Decide => world.decide(),
            Act::Close => {
                left.closings -= 1;
                world.close(CloseReason::Transferred);
            }
            Act::Reopen => {
                left.reopenings -= 1;
                world.reopen();
            }
        }
        if world.due().is_empty() && world.network.is_empty() {
            world.check_at_rest();
        } else {
            world.check();
        }
        world.forget_repeats();
        self.print = self.printed();
    }

    /// Whatever it takes to be in the same state: what a reply is for counts only while it is waited for.
    fn printed(&self) -> u64 {
        let world = &self.world;
        let due = world.due();
        let offices = world.leads.values().flat_map(|office| [office.version(), office.print()]);
        let offices = offices.chain(world.desks.values().map(|office| office.print())).collect();
        let on_its_way = world.network.iter().map(|message| match message {
            Message::Request(task, since, request) => print(&(task, due.contains(&(*task, *since)), request)),
            Message::Reply(task, since, came) => print(&(task, due.contains(&(*task, *since)), came)),
        });
        let mut on_its_way: Vec<u64> = on_its_way.collect();
        on_its_way.sort_unstable();
        let mut tasks: Vec<Task> = due.into_iter().map(|(task, _)| task).collect();
        tasks.sort_unstable();
        let offices: Vec<u64> = offices;
        let mut hasher = DefaultHasher::new();
        (world.om.print(), offices, tasks, on_its_way, self.left, world.broken.is_some()).hash(&mut hasher);
        hasher.finish()
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print
    }
}

impl Eq for State {}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.print.hash(hasher);
    }
}

/// Tells what leads to a state in which something broke; nothing when nothing did.
pub(crate) fn tell(begin: Begin, budget: Budget, acts: &[Act]) -> Result<(), String> {
    let mut state = State::new(begin, budget);
    state.world.tale = Tale::begin();
    for act in acts {
        state.take(act.clone());
    }
    match &state.world.broken {
        None => Ok(()),
        Some(broken) => Err(format!("{}Then {broken}.", state.world.tale)),
    }
}
