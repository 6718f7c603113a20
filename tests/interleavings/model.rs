//! Every state of a small world: one case, its lead, two sources, and a network. What can go wrong is counted, so that
//! there is an end to it; within that, every order is looked at, and what must never happen is looked for in each state.

mod act;
mod state;

use act::Act;
use state::{Begin, Budget, State};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::time::Instant;
use zsm::assignment::Assignment;
use zsm::case::End;

/// The small world: where it begins, and what may go wrong in it.
struct Small {
    begin: Begin,
    budget: Budget,
}

impl Model for Small {
    type State = State;
    type Action = Act;

    fn init_states(&self) -> Vec<State> {
        vec![State::new(self.begin, self.budget)]
    }

    fn actions(&self, state: &State, acts: &mut Vec<Act>) {
        acts.extend(state.acts());
    }

    fn next_state(&self, state: &State, act: Act) -> Option<State> {
        let mut next = state.clone();
        next.take(act);
        (next != *state).then_some(next)
    }

    fn format_action(&self, act: &Act) -> String {
        format!("{act:?}")
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("1 no decision without a passed gate", holds::<1>),
            Property::always("2 silence is never an answer", holds::<2>),
            Property::always("3 the required set comes from the rules", holds::<3>),
            Property::always("4 nothing weighed is silently replaced", holds::<4>),
            Property::always("5 every piece of news lands once", holds::<5>),
            Property::always("6 nobody is asked without need", holds::<6>),
            Property::always("7 an open case waits for someone", holds::<7>),
            Property::always("8 a person weighs and decides", holds::<8>),
            Property::always("9 nothing personal is shown", holds::<9>),
            Property::always("10 out of scope is earned", holds::<10>),
            Property::always("11 the required set shrinks only by a human act", holds::<11>),
            Property::always("12 only the owner speaks", holds::<12>),
            Property::always("13 news is never refused", holds::<13>),
            Property::always("14 no warning waits behind the gate", holds::<14>),
            Property::always("15 every case can end", holds::<15>),
            Property::sometimes("a decision is taken", |_: &Small, state: &State| {
                matches!(state.world.case().end, Some(End::Decided(_)))
            }),
            Property::sometimes("news comes after the decision", |small: &Small, state: &State| {
                // Where no source says anything more there is none.
                let said = small.budget.supplements + small.budget.retractions;
                said == 0 || !state.world.case().alerts.is_empty()
            }),
            Property::sometimes("an advice is stale", |_: &Small, state: &State| {
                state.world.assignment().is_some_and(Assignment::is_stale)
            }),
        ]
    }
}

fn holds<const INVARIANT: u8>(_: &Small, state: &State) -> bool {
    state.world.broken.as_ref().is_none_or(|broken| broken.invariant != INVARIANT)
}

#[test]
fn from_the_registration_on_what_must_never_happen_does_not_in_any_state() {
    look(Begin::Registered, "0,1,0,0,0,0,0");
}

#[test]
fn from_a_signed_advice_on_what_must_never_happen_does_not_in_any_state() {
    look(Begin::Signed, "1,1,0,0,1,0,0");
}

#[test]
fn whatever_is_corrected_after_the_advice_what_must_never_happen_does_not_in_any_state() {
    look(Begin::Signed, "0,1,1,0,0,0,0");
}

#[test]
fn whatever_is_taken_back_what_must_never_happen_does_not_in_any_state() {
    look(Begin::Signed, "1,0,0,0,0,1,0");
    look(Begin::Decided, "1,0,0,0,0,1,1");
}

#[test]
fn in_a_case_that_is_opened_again_what_must_never_happen_does_not_in_any_state() {
    look(Begin::Decided, "0,0,1,0,0,0,1");
}

/// Looks at every state. The bounds are how many faults of the network, supplements, corrections of the person list,
/// withdrawals of the advice, closings, answers taken back and reopenings there may be; `TESTS_MODEL` gives others.
fn look(begin: Begin, bounds: &str) {
    let bounds = std::env::var("TESTS_MODEL").unwrap_or_else(|_| bounds.to_owned());
    let budget = Budget::read(&bounds).expect("TESTS_MODEL: seven numbers");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let begun = Instant::now();
    let checker = Small { begin, budget }.checker().threads(threads).finish_when(HasDiscoveries::AnyFailures);
    let checker = checker.spawn_bfs().join();
    let (states, steps, depth) = (checker.unique_state_count(), checker.state_count(), checker.max_depth());
    println!("{begin:?}, {budget:?}: {states} states, {steps} steps, depth {depth}, {:?}", begun.elapsed());
    for (name, path) in checker.discoveries() {
        let told = state::tell(begin, budget, &path.into_actions());
        assert!(told.is_ok(), "{name}\n{}", told.err().unwrap_or_default());
    }
    checker.assert_properties();
}
