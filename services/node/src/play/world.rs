//! What a scenario is played against.

use jiff::SignedDuration;
use std::time::Duration;
use tonic::transport::Channel;

/// The offices, with a time that can be moved. What goes wrong is told in a sentence for the reader.
pub trait World {
    /// The way to an office; nothing when there is no such office.
    fn channel(&self, office: &str) -> Option<Channel>;

    /// A token for `caller`, written as `ORG[@REGION]/ROLE[:PERSON]`.
    fn token(&self, caller: &str) -> Result<String, String>;

    /// What tells this run from every other on the same offices; empty where each run has its own.
    fn run(&self) -> &str {
        ""
    }

    /// How long a call that goes otherwise is made again, in real time: for offices of which nobody can tell when they
    /// are done.
    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    /// Waits until no errand is due or in flight.
    fn settle(&self) -> impl Future<Output = Result<(), String>> + Send;

    /// Lets the time of the offices pass.
    fn advance(&self, by: SignedDuration) -> impl Future<Output = Result<(), String>> + Send;

    /// From now on the office is silent.
    fn stop(&self, office: &str) -> impl Future<Output = Result<(), String>> + Send;

    /// The office is there again.
    fn start(&self, office: &str) -> impl Future<Output = Result<(), String>> + Send;
}
