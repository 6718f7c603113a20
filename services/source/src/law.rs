//! Enquiries as the clerk sees them.

use jiff::Timestamp;
use std::collections::BTreeSet;
use zsm::enquiry::{Command, Errand, Event, State, decide, evolve, react};
use zsm::item::Trouble;
use zsm::question::Question;
use zsm::{Actor, Organisation, Refusal};
use zsm_clerk::Law;

/// The enquiries of an office.
#[derive(Clone, Copy, Debug)]
pub struct Enquiries;

impl Law for Enquiries {
    const COLLECTION: &'static str = "questions";
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

    fn is_urgent(errand: Errand) -> bool {
        // A warning never waits (D27).
        matches!(errand, Errand::Signal { .. })
    }

    fn recovered(state: &State, errand: Errand) -> Option<Command> {
        let troubled = state.as_ref()?.troubles.iter().any(|(troubled, _)| *troubled == errand);
        troubled.then_some(Command::NoteRecovery(errand))
    }

    fn is_troubled(state: &State) -> bool {
        state.as_ref().is_some_and(|enquiry| !enquiry.troubles.is_empty())
    }

    fn revision(state: &State) -> u64 {
        state.as_ref().map_or(0, |enquiry| enquiry.revision)
    }

    fn keys(state: &State) -> BTreeSet<String> {
        let question = state.iter().map(|enquiry| &enquiry.question);
        question.filter_map(|one| Some(format!("{}{}", related(one)?, one.name.id()))).collect()
    }

    fn shelf(state: &State) -> Option<String> {
        state.as_ref().map(|enquiry| shelf(&enquiry.question.addressee, !enquiry.is_open()))
    }
}

/// The shelf of a desk's open or ended questions.
pub(crate) fn shelf(desk: &Organisation, ended: bool) -> String {
    format!("questions/{desk}/{}", if ended { "ended" } else { "open" })
}

/// What the keys of the questions begin with that are of the same incident, for the same item.
pub(crate) fn related(question: &Question) -> Option<String> {
    question.incident.map(|incident| format!("{incident}/{}/", question.item))
}
