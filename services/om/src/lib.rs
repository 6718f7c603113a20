//! The prosecution service: the case per suspect, the gate, the decision.
//!
//! OM computes what must be in, asks the lead for advice, learns states and never content before the advice is signed,
//! and keeps the decision shut until the gate is passed.
#![warn(missing_docs)]

mod api;
mod carry;
mod law;
mod look;
mod mandate;
mod residence;
mod shown;
mod siblings;
mod stuck;

pub use law::Cases;
pub use mandate::{Mandate, Mandates};

use tonic::service::Routes;
use zsm::Kind;
use zsm_chassis::{MESSAGE_LIMIT, Office};
use zsm_clerk::{Calls, Clerk, Errands, Runner, Surroundings};
use zsm_journal::Journal;
use zsm_proto::pb::om::v1::case_service_server::{CaseServiceServer, SERVICE_NAME};

/// OM over its journal: what to serve, and what to run beside it.
#[derive(Debug)]
pub struct Om {
    /// To be served.
    pub office: Office,
    /// To be run.
    pub runner: Runner,
}

/// OM, ready to be served; nothing runs yet.
pub fn build(journal: Journal, around: &Surroundings, mandates: Mandates) -> Om {
    let able = journal.writable();
    let runner = Runner::new(Kind::Om, journal.clone(), around.clock.clone(), around.policy.errands);
    let clerk: Clerk<Cases> = Clerk::new(journal, around.clock.clone(), runner.tray());
    let look = look::LastLook::new(around);
    let api = api::Api::new(clerk.clone(), around.ids.clone(), mandates, &around.policy, look.clone());
    let service =
        CaseServiceServer::new(api).max_decoding_message_size(MESSAGE_LIMIT).max_encoding_message_size(MESSAGE_LIMIT);
    let calls = Calls::new(around.clone(), carry::RULE);
    let runner = runner.with(clerk, carry::ToOthers::new(&calls, look));
    let mut routes = Routes::builder();
    routes.add_service(service);
    Errands::new(Kind::Om, &runner).mount(&mut routes);
    Om {
        office: Office {
            name: Kind::Om.slug(),
            routes: routes.routes(),
            descriptors: zsm_proto::DESCRIPTORS,
            services: vec![SERVICE_NAME.to_owned(), Errands::SERVICE.to_owned()],
            able,
        },
        runner,
    }
}
