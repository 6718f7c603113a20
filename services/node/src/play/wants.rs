//! What a scenario wants of its offices that only fresh ones give.

use super::scenario::{Action, Scenario};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Something that offices in use do not give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "&'static str")]
pub enum Want {
    /// A time of its own.
    Start,
    /// Registers of its own.
    Registers,
    /// Agreements of its own.
    Agreements,
    /// Time that passes when it is told to.
    Advance,
    /// Offices that fall silent and come back when they are told to.
    Silence,
    /// Lists with nothing else in them.
    Lists,
}

impl Want {
    /// All that a scenario wants.
    pub fn of(scenario: &Scenario) -> BTreeSet<Want> {
        let own_start = scenario.start.map(|_| Want::Start);
        let own_registers = (!scenario.registers.is_empty()).then_some(Want::Registers);
        let own_agreements = (!scenario.acute_part_suffices.is_empty()).then_some(Want::Agreements);
        let steps = scenario.steps.iter().filter_map(|step| match &step.action {
            Action::Advance(_) => Some(Want::Advance),
            Action::Stop(_) | Action::Start(_) => Some(Want::Silence),
            Action::Call(call) => lists(&call.method),
            Action::Until(until) => lists(&until.call.method),
        });
        steps.chain(own_start).chain(own_registers).chain(own_agreements).collect()
    }
}

fn lists(method: &str) -> Option<Want> {
    let (_, name) = method.split_once('/')?;
    name.starts_with("List").then_some(Want::Lists)
}

impl From<Want> for &'static str {
    fn from(want: Want) -> Self {
        match want {
            Want::Start => "een eigen begintijd",
            Want::Registers => "eigen registers",
            Want::Agreements => "eigen afspraken",
            Want::Advance => "tijd die verstrijkt",
            Want::Silence => "een kantoor dat stilvalt",
            Want::Lists => "lijsten waar niets anders in staat",
        }
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((*self).into())
    }
}

#[cfg(test)]
mod tests {
    //! What is wanted follows from the scenario itself.

    use super::*;

    fn wants(text: &str) -> Vec<Want> {
        Want::of(&Scenario::parse("proef", &format!("title: x\n{text}")).unwrap()).into_iter().collect()
    }

    #[test]
    fn everything_that_only_fresh_offices_give_is_found() {
        let call = "{at: om, as: om/officier, call: CaseService/GetCase}";
        let list = "{at: om, as: om/officier, call: CaseService/ListCases}";
        assert_eq!(wants(&format!("steps: [{call}, {{until: {call}}}]")), []);
        assert_eq!(wants(&format!("start: 2026-03-02T09:00:00Z\nsteps: [{call}]")), [Want::Start]);
        assert_eq!(wants(&format!("registers: {{rvdk: {{}}}}\nsteps: [{call}]")), [Want::Registers]);
        let agreed = "agreements: {acute_part_suffices: [midden]}";
        assert_eq!(wants(&format!("{agreed}\nsteps: [{call}]")), [Want::Agreements]);
        assert_eq!(wants(&format!("steps: [{{until: {list}}}]")), [Want::Lists]);
        let all = format!("steps: [advance: 1h, stop: om, start: om, {list}, {call}]");
        assert_eq!(wants(&all), [Want::Advance, Want::Silence, Want::Lists]);
    }
}
