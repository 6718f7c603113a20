//! The law of the ZSM assistant.
//!
//! A suspect is arrested. Before the prosecutor decides at the ZSM table, **all information of Veilig Thuis and the
//! justice partners must be available and weighed** (model agreements §3.8, R-3.8-3). This crate says what that means:
//! which flow a case follows, whom to ask about whom, what counts as an answer, when the gate may open, and what an
//! *integraal advies* must contain: the degree of acuut gevaar, structurele onveiligheid and complexiteit, with the
//! judgement of Veilig Thuis (R-3.2.5-1, R-3.2.5-2).
//!
//! It is pure: no I/O, no async, no clock, no chance. Time and ids come in as arguments.
//!
//! # From § to module
//!
//! | source | module |
//! |---|---|
//! | §3.8.2 a/b, whom a flow is for | [`flow`] |
//! | §3.8.2 a/b, who is asked about whom | [`required`], [`question`] |
//! | §3.8, "available" | [`outcome`], [`answer`], [`judgement`] |
//! | §3.8, "and weighed" | [`weighing`], [`gate`] |
//! | §3.2.5, the content of the advice | [`degree`], [`advice`] |
//! | §3.8.2 step 4, the decision | [`case`], [`decision`] |
//!
//! Three aggregates, each with `decide` (may this happen?), `evolve` (what is so now?) and `react` (what must be done
//! about it?): the prosecution's [`case`] of one suspect, the lead adviser's [`assignment`], and the [`enquiry`] at the
//! office that answers a question.
//!
//! # Glossary
//!
//! | term | meaning |
//! |---|---|
//! | ZSM | the prosecution's fast track: zorgvuldig, snel, op maat |
//! | OM | Openbaar Ministerie, the prosecution service |
//! | RvdK | Raad voor de Kinderbescherming, the child protection board |
//! | 3RO | the three probation organisations (reclassering), one logical source (A31) |
//! | VT | Veilig Thuis, the centre for domestic violence and child abuse |
//! | HG/KM | huiselijk geweld / kindermishandeling |
//! | oudercheck | RvdK asks 3RO about adult family members of a minor suspect |
//! | kindcheck | 3RO asks RvdK about minor children in an adult suspect's family |
//! | eigen onderzoek | the lead's search of its own files (own file) |
//! | zorgmelding | police notice of concern about a minor |
//! | LIJ | the youth justice instrument; its pre-select belongs to the police dossier |
//! | veiligheidsvoorwaarden | what must be so for direct safety, set by VT |
//! | weging | a person's explicit act: this answer was read, and what it means |
//! | poort | the gate before the decision |
//! | achterhaald | stale: the advice rests on an answer that was replaced |
//!
//! Numbers in the documentation (R-…, A…, D…, P…, T…, E…) are those of `docs/adr/0002-decisions-of-the-domain.md` and
//! the rule catalogue it rests on.

pub mod advice;
pub mod answer;
pub mod assignment;
pub mod authority;
pub mod case;
pub mod custody;
pub mod date;
pub mod decision;
pub mod degree;
pub mod difference;
pub mod disagreement;
pub mod draft;
pub mod enquiry;
pub mod fault;
pub mod flow;
pub mod gate;
pub mod hole;
pub mod household;
pub mod identity;
pub mod item;
pub mod judgement;
pub mod look;
pub mod municipality;
pub mod name;
pub mod offence;
pub mod opinion;
pub mod organisation;
pub mod outcome;
pub mod permission;
pub mod personal;
pub mod police;
pub mod progress;
pub mod question;
pub mod refusal;
pub mod register;
pub mod required;
pub mod retraction;
pub mod signal;
pub mod telephone;
pub mod term;
pub mod view;
pub mod weighing;

#[cfg(feature = "arbitrary")]
pub mod arbitrary;

#[cfg(any(test, feature = "testing"))]
pub mod properties;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use fault::{Fault, Faults, Problem};
pub use item::Item;
pub use organisation::{Actor, Kind, Organisation, Region, Role};
pub use personal::Sensitive;
pub use refusal::Refusal;
