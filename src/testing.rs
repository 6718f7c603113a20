//! Short words for the tests of the law: who acts, a family, a case, and a story of commands.
//!
//! Every text and name holds [`MARKER`]; a [`Story`] checks after every command that it shows up nowhere in print.

mod correction;
mod fixtures;
mod lead;
mod story;

pub use correction::*;
pub use fixtures::*;
pub use lead::*;
pub use story::*;

/// Stands in every personal text of the tests.
pub const MARKER: &str = "Zzmarker";
