//! The house: one process with every office, and the commands of `zsm`.
//!
//! [`Node`] holds the offices of one process; each has its own journal, listener and errands, and they speak gRPC to
//! each other over in-memory pipes. [`play`] plays scenario files against a fresh node, [`contract`] calls any RPC from
//! its descriptor, [`command`] is the command line.
#![warn(missing_docs)]

mod backup;
pub mod caller;
pub mod command;
mod config;
pub mod contract;
mod figures;
mod length;
mod node;
mod office;
pub mod play;
mod registers;
mod remote;
mod restore;
mod stage;

pub use node::{Node, Place, Settings, StartError};
pub use office::NAMES;
pub use stage::Stage;
