//! The clerk: carries the law's decisions into the journal, and its errands to other offices.
//!
//! The law ([`zsm`]) decides and knows no clock, no file and no network; the journal remembers and knows no law. The
//! clerk stands between them, the same for every office:
//!
//! ```text
//! command → read → decide → [event] + [errand] ─one transaction─▶ journal → evolve → state
//!                                        └──▶ runner → call another office → its reply enters as a command
//! ```
//!
//! What an office adds is a [`Law`] for each kind of stream and, for its errands, a [`Carry`].
#![warn(missing_docs)]

mod caller;
mod calls;
mod clerk;
mod codec;
mod errand;
mod errands;
mod law;
mod no;
mod page;
mod policy;
mod runner;
#[cfg(test)]
mod testing;
mod tray;
mod turns;
mod write;

pub use caller::{actor, parse, permit};
pub use calls::{Calls, Surroundings};
pub use clerk::{Clerk, Performed};
pub use errand::{Carried, Carry, Later, Routed, is_answered, withdrawn_before_it_came};
pub use errands::Errands;
pub use law::Law;
pub use no::No;
pub use page::{Page, page_size};
pub use policy::{Budget, Policy};
pub use runner::Runner;
pub use tray::Tray;
pub use write::{etag, revision_in};

#[doc(hidden)]
pub mod golden {
    //! The stored form of events, for tests that guard it.
    pub use crate::codec::{fact, recorded};
}
