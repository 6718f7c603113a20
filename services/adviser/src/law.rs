//! Assignments as the clerk sees them.

use jiff::Timestamp;
use std::collections::BTreeSet;
use zsm::assignment::{Assignment, Command, Errand, Event, State, Strand, Track, decide, evolve, react};
use zsm::item::Trouble;
use zsm::name::QuestionName;
use zsm::{Actor, Item, Organisation, Refusal};
use zsm_clerk::Law;

/// The assignments of an office.
#[derive(Clone, Copy, Debug)]
pub struct Assignments;

impl Law for Assignments {
    const COLLECTION: &'static str = "assignments";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Errand = Errand;

    fn decide(state: &State, command: Command, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        decide(state, command, by, at)
    }

    fn evolve(state: State, event: &Event, at: Timestamp) -> State {
        evolve(state, event, at)
    }

    fn react(event: &Event) -> Vec<Errand> {
        react(event)
    }

    fn trouble(errand: Errand, trouble: Trouble) -> Command {
        Command::NoteTrouble(errand, trouble)
    }

    fn gives_up(errand: Errand) -> bool {
        // An ask has its own way back: RetryQuestion.
        matches!(errand, Errand::Ask { .. })
    }

    fn is_urgent(errand: Errand) -> bool {
        // A warning never waits (D27).
        matches!(errand, Errand::Signal { .. })
    }

    fn recovered(state: &State, errand: Errand) -> Option<Command> {
        let troubled = state.as_ref()?.troubles.iter().any(|(troubled, _)| *troubled == errand);
        troubled.then_some(Command::NoteRecovery(errand))
    }

    fn is_troubled(state: &State) -> bool {
        state.as_ref().is_some_and(|assignment| {
            let mut asked = assignment.tracks.values().flat_map(Track::running);
            !assignment.troubles.is_empty() || asked.any(|strand| strand.trouble.is_some())
        })
    }

    fn is_void(state: &State, errand: Errand) -> bool {
        match (errand, state) {
            (Errand::Ask { item, question }, Some(assignment)) => {
                // It arrived in another way, perhaps by a try of which the reply was lost.
                let wanted = wanted(assignment, item, question);
                wanted.is_none_or(|strand| strand.trouble.is_none())
            }
            _ => false,
        }
    }

    fn revision(state: &State) -> u64 {
        state.as_ref().map_or(0, |assignment| assignment.revision)
    }

    fn keys(state: &State) -> BTreeSet<String> {
        let incident = |assignment: &Assignment| assignment.brief.as_ref()?.incident;
        let key = |assignment: &Assignment| Some(format!("{}/{}", incident(assignment)?, assignment.name));
        state.iter().filter_map(|assignment| key(assignment)).collect()
    }

    fn shelf(state: &State) -> Option<String> {
        state.as_ref().map(|assignment| shelf(&assignment.lead, assignment.withdrawn))
    }
}

/// The question of an ask, unless a later round or a withdrawal made it void.
pub(crate) fn wanted(assignment: &Assignment, item: Item, name: QuestionName) -> Option<&Strand> {
    assignment.tracks.get(&item)?.strand(name).filter(|_| !assignment.withdrawn)
}

/// The shelf of a lead's running or withdrawn assignments.
pub(crate) fn shelf(lead: &Organisation, withdrawn: bool) -> String {
    format!("assignments/{lead}/{}", if withdrawn { "ended" } else { "open" })
}
