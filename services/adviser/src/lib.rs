//! The role of lead adviser: run an assignment — ask in parallel, collect, weigh, sign.
//!
//! [`Adviser`] is the role as an office plays it: its `AdviserService` over one journal, its errands to sources and OM.
#![warn(missing_docs)]

mod api;
mod carry;
mod draft;
mod law;
mod newer;
mod shown;

pub use law::Assignments;

use std::sync::Arc;
use tonic::service::RoutesBuilder;
use zsm::Kind;
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Clerk, Policy, Runner, Surroundings};
use zsm_journal::Journal;
use zsm_proto::pb::adviser::v1::adviser_service_server::{AdviserServiceServer, SERVICE_NAME};

/// The role of lead adviser at one office.
#[derive(Clone, Debug)]
pub struct Adviser {
    kind: Kind,
    clerk: Clerk<Assignments>,
    calls: Calls,
    policy: Policy,
}

impl Adviser {
    /// Full name of the gRPC service.
    pub const SERVICE: &'static str = SERVICE_NAME;

    /// The role at an office of this kind.
    pub fn new(kind: Kind, journal: Journal, around: &Surroundings, runner: &Runner) -> Self {
        let clerk = Clerk::new(journal, around.clock.clone(), runner.tray());
        let calls = Calls::new(around.clone(), "regel:adviesopdracht-1");
        Self { kind, clerk, calls, policy: around.policy.clone() }
    }

    /// Mounts the service.
    pub fn mount(&self, routes: &mut RoutesBuilder) {
        let api = api::Api::new(self.kind, self.clerk.clone(), self.policy.clone());
        routes.add_service(
            AdviserServiceServer::from_arc(Arc::new(api))
                .max_decoding_message_size(MESSAGE_LIMIT)
                .max_encoding_message_size(MESSAGE_LIMIT),
        );
    }

    /// A runner that also carries out this role's errands.
    #[must_use]
    pub fn run_errands(&self, runner: Runner) -> Runner {
        runner.with(self.clerk.clone(), carry::ToOthers::new(&self.calls))
    }
}
