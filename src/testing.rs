//! Short words for the tests of the law: who acts, a family, a case, and a story of commands.
//!
//! Every text and name holds [`MARKER`]; a [`Story`] checks after every command that it shows up nowhere in print.

mod fixtures;
mod lead;
mod story;

pub(crate) use fixtures::*;
pub(crate) use lead::*;
pub(crate) use story::*;

/// Stands in every personal text of the tests.
pub(crate) const MARKER: &str = "Zzmarker";
