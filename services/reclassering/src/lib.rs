//! Reclassering (3RO): lead in the flow for adults with HG/KM victims (§3.8.2b), source for the oudercheck.
#![warn(missing_docs)]

use tonic::service::Routes;
use zsm::Kind;
use zsm_adviser::Adviser;
use zsm_chassis::Office;
use zsm_clerk::{Errands, Runner, Surroundings};
use zsm_journal::Journal;
use zsm_source::Source;

/// 3RO over its journal: what to serve, and what to run beside it.
#[derive(Debug)]
pub struct Reclassering {
    /// To be served.
    pub office: Office,
    /// To be run.
    pub runner: Runner,
    /// The role of source, whose register can be loaded.
    pub source: Source,
}

/// 3RO, ready to be served; nothing runs yet.
pub fn build(journal: Journal, around: &Surroundings) -> Reclassering {
    let able = journal.writable();
    let runner = Runner::new(Kind::Reclassering, journal.clone(), around.clock.clone(), around.policy.errands);
    let adviser = Adviser::new(Kind::Reclassering, journal.clone(), around, &runner);
    let source = Source::new(Kind::Reclassering, journal, around, &runner);
    let runner = source.run_errands(adviser.run_errands(runner));
    let mut routes = Routes::builder();
    adviser.mount(&mut routes);
    source.mount(&mut routes);
    Errands::new(Kind::Reclassering, &runner).mount(&mut routes);
    Reclassering {
        office: Office {
            name: Kind::Reclassering.slug(),
            routes: routes.routes(),
            descriptors: zsm_proto::DESCRIPTORS,
            services: vec![Adviser::SERVICE.to_owned(), Source::SERVICE.to_owned(), Errands::SERVICE.to_owned()],
            able,
        },
        runner,
        source,
    }
}
