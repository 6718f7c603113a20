//! The proof, as one program: whole nodes over real sockets, scenarios, kills, hostile input, and the architecture.
//!
//! | module | what it proves |
//! |---|---|
//! | [`scenarios`] | every file in `tests/scenarios` goes as it is told |
//! | [`against`] | scenarios go the same against nodes that run, also where offices are served apart |
//! | [`config`] | what is wrong with a configuration is told before anything starts |
//! | [`kills`] | what was acknowledged survives SIGKILL, and every case still comes to its end |
//! | [`backup`] | a backup of a running node is of one moment, and what is restored from it goes on |
//! | [`errands`] | the administrator's command says what waits at which office, and acts on it |
//! | [`import`] | an import that is interrupted leaves nobody not known |
//! | [`outage`] | no news is lost when an office is away for a day |
//! | [`start`] | starting, stopping and the command line say in a sentence what is wrong |
//! | [`hostile`] | bad input at the wire is refused, changes nothing and stops nobody |
//! | [`seen`] | nobody's name is in any log, span, metric, error or path; a dead collector delays nothing |
//! | [`health`] | an office that cannot write says so and comes back; a trace outlives a restart |
//! | [`golden`] | every event and journal that was ever stored still replays |
//! | [`architecture`] | who leans on whom, and what the contract and the sources must carry |
//!
//! Beneath them: [`program`] runs the program and kills it, [`client`] talks to it, [`collector`] takes what it exports,
//! [`case`] drives a case through it, [`audit`] reads what it left in its journals, and is itself shown to see.
#![cfg(test)]

mod against;
mod architecture;
mod audit;
mod backup;
mod case;
mod chance;
#[expect(dead_code, reason = "the bench uses more of it")]
mod client;
mod collector;
mod config;
mod errands;
mod golden;
mod health;
mod hostile;
mod import;
mod kills;
mod outage;
mod program;
mod scenarios;
mod seen;
mod start;
mod story;
