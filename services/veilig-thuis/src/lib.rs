//! Veilig Thuis: source in both flows, with its judgement (D13, D14).
#![warn(missing_docs)]

use tonic::service::Routes;
use zsm::Kind;
use zsm_chassis::Office;
use zsm_clerk::{Errands, Runner, Surroundings};
use zsm_journal::Journal;
use zsm_source::Source;

/// Veilig Thuis over its journal: what to serve, and what to run beside it.
#[derive(Debug)]
pub struct VeiligThuis {
    /// To be served.
    pub office: Office,
    /// To be run.
    pub runner: Runner,
    /// The role of source, whose register can be loaded.
    pub source: Source,
}

/// Veilig Thuis, ready to be served; nothing runs yet.
pub fn build(journal: Journal, around: &Surroundings) -> VeiligThuis {
    let able = journal.writable();
    let runner = Runner::new(Kind::VeiligThuis, journal.clone(), around.clock.clone(), around.policy.errands);
    let source = Source::new(Kind::VeiligThuis, journal, around, &runner);
    let runner = source.run_errands(runner);
    let mut routes = Routes::builder();
    source.mount(&mut routes);
    Errands::new(Kind::VeiligThuis, &runner).mount(&mut routes);
    VeiligThuis {
        office: Office {
            name: Kind::VeiligThuis.slug(),
            routes: routes.routes(),
            descriptors: zsm_proto::DESCRIPTORS,
            services: vec![Source::SERVICE.to_owned(), Errands::SERVICE.to_owned()],
            able,
        },
        runner,
        source,
    }
}
