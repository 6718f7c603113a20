//! One case, its assignment and the sources, driven through random days: mail lost, doubled and late, answers that
//! change, people who act at any moment. After every step the gate is checked against [`ledger`], which reads the bare
//! histories and knows nothing of the states.

mod ledger;
mod post;
mod world;

use crate::case::{self, End};
use crate::gate::Subject;
use crate::household::Relation;
use crate::offence::HgKm;
use crate::testing::{ADULT, FIFTEEN, family, nee, parent_and_child, registration};
use post::Fate;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use world::World;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    Mail(Index, Fate),
    Operator(u8),
    Police,
    Prosecutor,
    Desk(Index, u8),
    OwnFile(u8),
    Weigh(Index),
    Sign,
    WithdrawAdvice,
    Retry(Index),
    Decide,
    Everybody(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let fates = vec![Fate::Arrives, Fate::Arrives, Fate::Arrives, Fate::Twice, Fate::Late, Fate::Lost, Fate::Fails];
    let index = any::<Index>;
    prop_oneof![
        24 => (index(), select(fates)).prop_map(|(at, fate)| Step::Mail(at, fate)),
        2 => any::<u8>().prop_map(Step::Operator),
        1 => Just(Step::Police),
        1 => Just(Step::Prosecutor),
        10 => (index(), any::<u8>()).prop_map(|(at, what)| Step::Desk(at, what)),
        3 => any::<u8>().prop_map(Step::OwnFile),
        14 => index().prop_map(Step::Weigh),
        6 => Just(Step::Sign),
        1 => Just(Step::WithdrawAdvice),
        1 => index().prop_map(Step::Retry),
        2 => Just(Step::Decide),
        4 => any::<u8>().prop_map(Step::Everybody),
    ]
}

fn facts() -> impl Strategy<Value = case::Registration> {
    let bare = |facts: case::Registration| {
        let police = crate::police::PoliceRecord { report_to_vt: None, zorgmelding: None, ..facts.police };
        case::Registration { police, ..facts }
    };
    let without_zorgmelding = |mut facts: case::Registration| {
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

fn take(world: &mut World, step: Step) {
    match step {
        Step::Mail(at, fate) => world.mail(at, fate),
        Step::Operator(what) => world.confirm(what),
        Step::Police => world.record(),
        Step::Prosecutor => world.settle(),
        Step::Desk(at, what) => world.answer(at, what),
        Step::OwnFile(what) => world.search(what),
        Step::Weigh(at) => world.weigh(at),
        Step::Sign => world.sign(),
        Step::WithdrawAdvice => world.withdraw_advice(),
        Step::Retry(at) => world.retry(at),
        Step::Decide => world.decide(),
        Step::Everybody(but) => world.work(but),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn through_whatever_days_the_gate_opens_exactly_when_all_is_in_weighed_and_signed_and_the_case_can_be_decided(
        facts in facts(), early in proptest::collection::vec(step(), 50), late in proptest::collection::vec(step(), 10),
        closed in proptest::bool::weighted(0.1),
    ) {
        let mut world = World::new(facts);
        world.confirm(0);
        for step in early {
            take(&mut world, step);
            world.check();
        }
        if closed {
            world.close();
        }
        // Whatever happened, people who do their work bring an open case to a decision (invariants 7 and 15).
        if world.case.body().end.is_none() {
            world.work(1);
            world.check();
            world.decide();
            prop_assert!(matches!(world.case.body().end, Some(End::Decided(_))));
        }
        for step in late {
            take(&mut world, step);
            world.check();
        }
        world.carry_all();
        world.check();
        if let Some(End::Closed(_)) = &world.case.body().end {
            prop_assert!(world.assignment.state.as_ref().is_none_or(|one| one.withdrawn), "nobody works for a closed case");
        }
        if let Some(End::Decided(decision)) = &world.case.body().end {
            let told = |subject| world.case.body().alerts.iter().any(|alert| alert.subject == subject);
            for (item, version) in ledger::latest(&ledger::told(&world)) {
                if decision.rests_on.get(&item).is_some_and(|rested| *rested != version) {
                    prop_assert!(told(Subject::Item(item)), "news after the decision is an alert: {item}");
                }
            }
        }
    }
}
