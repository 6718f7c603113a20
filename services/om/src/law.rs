//! Cases as the clerk sees them.

use jiff::Timestamp;
use std::collections::BTreeSet;
use zsm::case::{Case, Command, End, Errand, Event, Registration, State, decide, evolve, react, waiting};
use zsm::flow::SuspectKind;
use zsm::household::SUSPECT;
use zsm::item::Trouble;
use zsm::name::{IncidentName, derive};
use zsm::{Actor, Refusal, Region};
use zsm_clerk::Law;

/// The cases at OM.
#[derive(Clone, Copy, Debug)]
pub struct Cases;

impl Law for Cases {
    const COLLECTION: &'static str = "cases";
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

    fn recovered(state: &State, errand: Errand) -> Option<Command> {
        state.as_ref()?.recovered(errand)
    }

    fn is_troubled(state: &State) -> bool {
        state.as_ref().is_some_and(|case| case.is_troubled())
    }

    fn is_void(state: &State, errand: Errand) -> bool {
        let Some(case) = state else { return false };
        let current = case.assignment.as_ref().map_or(0, |assigned| assigned.version);
        match errand {
            // A later version covers it, and a case that ended is briefed to nobody.
            Errand::Brief { version } => version < current || case.end.is_some(),
            // A case that was opened again tells the lead of before by an errand of its own.
            Errand::Withdraw => !matches!(case.end, Some(End::Closed(_))),
            Errand::WithdrawFormer { .. } | Errand::TellLeadReopened { .. } | Errand::TellSourceReopened { .. } => {
                false
            }
            // It is about a decision that no longer stands; another one has errands of its own.
            Errand::TellLead | Errand::TellSource { .. } | Errand::ConfirmAdvice | Errand::ConfirmAnswer { .. } => {
                case.decision_behind(errand).is_none()
            }
        }
    }

    fn revision(state: &State) -> u64 {
        state.as_ref().map_or(0, |case| case.revision)
    }

    fn keys(state: &State) -> BTreeSet<String> {
        let keys = |case: &Case| {
            [incident_and_suspect(&case.facts), format!("{}{}", of_incident(case.incident()), case.name.id())]
        };
        state.iter().flat_map(|case| keys(case)).collect()
    }

    fn waits(state: &State) -> Option<String> {
        waiting(state.as_deref()?).map(|waiting| waiting.to_string())
    }

    fn ended(state: &State) -> Option<&'static str> {
        match state.as_ref()?.end.as_ref()? {
            End::Decided(_) => Some("beslist"),
            End::Closed(closing) => Some(closing.reason.slug()),
        }
    }

    fn shelf(state: &State) -> Option<String> {
        state.as_ref().map(|case| shelf(&case.facts.region, case.end.is_some()))
    }
}

/// The shelf of a table's open or ended cases.
pub(crate) fn shelf(region: &Region, ended: bool) -> String {
    format!("cases/{}/{}", region.as_str(), if ended { "ended" } else { "open" })
}

/// What the keys of the cases of an incident begin with (A12).
pub(crate) fn of_incident(incident: IncidentName) -> String {
    format!("{incident}/")
}

/// One case for each suspect of an incident (D5). The key is a hash that never leaves the journal (E4).
fn incident_and_suspect(facts: &Registration) -> String {
    let suspect = match facts.suspect {
        SuspectKind::Person => {
            let identity = facts.household.person(SUSPECT).and_then(|person| person.identity.reveal());
            identity.map_or_else(String::new, |identity| match &identity.bsn {
                Some(bsn) => bsn.digits().to_owned(),
                None => [
                    &identity.surname,
                    &identity.first_names,
                    &identity.birth.text(),
                    &identity.postcode,
                    &identity.house_number,
                ]
                .map(|part| part.to_lowercase())
                .join("|"),
            })
        }
        SuspectKind::LegalPerson | SuspectKind::Unknown => {
            format!("{:?}|{}", facts.suspect, facts.suspect_label.text().to_lowercase())
        }
    };
    derive(&format!("case|{}|{suspect}", facts.bvh_number)).to_string()
}
