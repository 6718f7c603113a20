//! The machinery every office stands on: clock, ids, callers, channels, server, shutdown.
//!
//! The chassis is a stranger to the law: it knows names and strings, and no dossier. An office
//! gives it [`server::Office`] and gets back a served office with health, reflection, a deadline,
//! a trace and a caller whose token was verified. Offices reach each other by the [`Switchboard`];
//! whether that is a pipe or a socket is configuration.
//!
//! ```text
//! caller ─ Channel ─ Switchboard ─ pipe or socket ─ server ─ trace ─ deadline ─ guard ─ authenticate ─ routes
//! ```
#![warn(missing_docs)]

pub mod authenticate;
pub mod caller;
pub mod clock;
pub mod ids;
pub mod issuer;
pub mod line;
pub mod server;
pub mod shutdown;
pub mod switchboard;
pub mod telemetry;
pub mod verifier;

pub use caller::Caller;
pub use clock::Clock;
pub use ids::Ids;
pub use issuer::{DevelopmentIssuer, check_loopback};
pub use server::{Office, bind, serve};
pub use shutdown::Shutdown;
pub use switchboard::{Incoming, MESSAGE_LIMIT, Switchboard};
pub use verifier::{Rejected, Verifier};
