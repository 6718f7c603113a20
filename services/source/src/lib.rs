//! The role of source: a question is answered from the register, or by a person at the desk (D12, D13).
//!
//! [`Source`] is the role as an office plays it: its `SourceService` over one journal, its errands to the lead.
#![warn(missing_docs)]

mod api;
mod carry;
pub mod import;
mod incident;
mod law;
pub mod record;
mod register;

pub use law::Enquiries;

#[doc(hidden)]
pub mod measured {
    //! The way of a question into the register, for who measures how long it is.
    pub use crate::register::lookup;
}

use std::collections::BTreeSet;
use std::sync::Arc;
use tonic::service::RoutesBuilder;
use zsm::term::Terms;
use zsm::{Kind, Region};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_clerk::{Calls, Clerk, Runner, Surroundings};
use zsm_journal::Journal;
use zsm_proto::pb::source::v1::source_service_server::{SERVICE_NAME, SourceServiceServer};

/// The role of source at one office.
#[derive(Clone, Debug)]
pub struct Source {
    kind: Kind,
    clerk: Clerk<Enquiries>,
    calls: Calls,
    terms: Terms,
    regions: BTreeSet<Region>,
}

impl Source {
    /// Full name of the gRPC service.
    pub const SERVICE: &'static str = SERVICE_NAME;

    /// The role at an office of this kind.
    pub fn new(kind: Kind, journal: Journal, around: &Surroundings, runner: &Runner) -> Self {
        let clerk = Clerk::new(journal, around.clock.clone(), runner.tray());
        let (terms, regions) = (around.policy.terms, around.policy.regions.clone());
        Self { kind, clerk, calls: Calls::new(around.clone(), "regel:bron-1"), terms, regions }
    }

    /// Mounts the service.
    pub fn mount(&self, routes: &mut RoutesBuilder) {
        let api = api::Api::new(self.kind, self.clerk.clone(), self.terms, self.regions.clone());
        routes.add_service(
            SourceServiceServer::from_arc(Arc::new(api))
                .max_decoding_message_size(MESSAGE_LIMIT)
                .max_encoding_message_size(MESSAGE_LIMIT),
        );
    }

    /// A runner that also carries out this role's errands.
    #[must_use]
    pub fn run_errands(&self, runner: Runner) -> Runner {
        runner.with(self.clerk.clone(), carry::ToOthers::new(&self.calls, self.clerk.clone()))
    }

    /// Loads the register that the office begins with, in place of what it held. Any import takes its place.
    ///
    /// # Errors
    /// Everything that is wrong with it, or a journal that cannot be written.
    pub async fn load_register(&self, register: record::Register) -> Result<(), record::LoadError> {
        register::load(self.clerk.journal(), register, self.kind).await
    }

    /// Sees to it that the persons of the register are found by all that is known of them, also where an earlier program
    /// put them down (A33).
    ///
    /// # Errors
    /// A journal that cannot be read or written.
    pub async fn renew_register(&self) -> Result<(), record::LoadError> {
        register::renew(self.clerk.journal()).await
    }

    /// Whether there is anything of a register, if only what an import that was interrupted left.
    ///
    /// # Errors
    /// A journal that cannot be read.
    pub async fn has_register(&self) -> Result<bool, zsm_journal::Error> {
        Ok(!self.clerk.journal().register_is_empty().await?)
    }
}
