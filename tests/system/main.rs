//! The proof, as one program: whole nodes over real sockets, scenarios, kills, hostile input, and the architecture.
//!
//! | module | what it proves |
//! |---|---|
//! | [`scenarios`] | every file in `tests/scenarios` goes as it is told |
//! | [`kills`] | what was acknowledged survives SIGKILL, and every case still comes to its end |
//! | [`backup`] | a backup of a running node is of one moment, and what is restored from it goes on |
//! | [`errands`] | the administrator's command says what waits at which office, and acts on it |
//! | [`outage`] | no news is lost when an office is away for a day |
//! | [`start`] | starting, stopping and the command line say in a sentence what is wrong |
//! | [`hostile`] | bad input at the wire is refused, changes nothing and stops nobody |
//! | [`golden`] | every event and journal that was ever stored still replays |
//! | [`architecture`] | who leans on whom, and what the contract and the sources must carry |
//!
//! Beneath them: [`program`] runs the program and kills it, [`client`] talks to it, [`case`] drives a case through it,
//! [`audit`] reads what it left in its journals, and is itself shown to see.
#![cfg(test)]

mod architecture;
mod audit;
mod backup;
mod case;
mod chance;
#[expect(dead_code, reason = "the bench uses more of it")]
mod client;
mod errands;
mod golden;
mod hostile;
mod kills;
mod outage;
mod program;
mod scenarios;
mod start;
mod story;
