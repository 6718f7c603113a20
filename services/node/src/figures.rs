//! What a node tells of its offices when it is measured: how much was written, what is still to be done, what
//! cases wait for, and how they ended.

use crate::node::Offices;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};
use zsm_chassis::Clock;
use zsm_chassis::telemetry::metrics::{Figure, Measure, counter, gauge};
use zsm_journal::{Backlog, Journal, Written};

/// Figures that are asked for together are read once.
const TOGETHER: Duration = Duration::from_millis(500);

/// One office, measured.
struct Measured {
    office: &'static str,
    writable: bool,
    written: Written,
    /// Nothing when it could not be read.
    backlog: Option<Backlog>,
}

/// Measures the offices of a node for as long as it is there.
struct Gauge {
    offices: Weak<Offices>,
    /// After so many tries an errand is stuck.
    ceiling: u32,
    last: Mutex<Option<(Instant, Arc<Vec<Measured>>)>>,
}

/// Has the figures of a node read whenever somebody asks for metrics.
pub(crate) fn tell(offices: &Arc<Offices>, clock: Clock, ceiling: u32) {
    let gauges = Arc::new(Gauge { offices: Arc::downgrade(offices), ceiling, last: Mutex::default() });
    let of = |figures: fn(&Measured) -> Vec<Figure>| {
        let gauges = Arc::clone(&gauges);
        move || gauges.read().iter().flat_map(figures).collect()
    };
    let count = |name, about| Measure { name, unit: "", about };
    gauge(count("zsm.errands", "Errands that are not done, by how they fare"), of(errands));
    gauge(count("zsm.cases", "Cases that wait for something, by what comes first"), of(cases));
    gauge(count("zsm.cases.ended", "Cases that ended, by how"), of(ended));
    counter(count("zsm.journal.appends", "Batches that were added to the journal"), of(appends));
    counter(count("zsm.journal.failures", "Commits that failed at the store"), of(failures));
    counter(count("zsm.journal.commits", "Commits by how many changes they made durable together"), of(commits));
    gauge(count("zsm.journal.writable", "Whether the journal can be written: 1 or 0"), of(writable));
    let oldest = Measure { name: "zsm.errands.oldest", unit: "s", about: "Age of the oldest errand that is not done" };
    let all = Arc::clone(&gauges);
    gauge(oldest, move || all.read().iter().map(|one| age(one, &clock)).collect());
}

impl Gauge {
    fn read(&self) -> Arc<Vec<Measured>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((at, measured)) if at.elapsed() < TOGETHER => Arc::clone(measured),
            _ => {
                let offices = self.offices.upgrade().map(|offices| offices.journals()).unwrap_or_default();
                let measured: Arc<Vec<_>> = Arc::new(
                    offices.into_iter().map(|(office, journal)| measure(office, &journal, self.ceiling)).collect(),
                );
                *last = Some((Instant::now(), Arc::clone(&measured)));
                measured
            }
        }
    }
}

fn measure(office: &'static str, journal: &Journal, ceiling: u32) -> Measured {
    let (writable, written) = (*journal.writable().borrow(), journal.written());
    Measured { office, writable, written, backlog: journal.backlog_blocking(ceiling).ok() }
}

fn figure(of: &Measured, value: u64, label: Option<(&'static str, String)>) -> Figure {
    Figure { value, labels: [("office", of.office.to_owned())].into_iter().chain(label).collect() }
}

fn errands(of: &Measured) -> Vec<Figure> {
    let Some(backlog) = &of.backlog else { return Vec::new() };
    [("pending", backlog.pending), ("retried", backlog.retried), ("stuck", backlog.stuck)]
        .map(|(state, count)| figure(of, count, Some(("state", state.to_owned()))))
        .into()
}

fn cases(of: &Measured) -> Vec<Figure> {
    let waiting = of.backlog.iter().flat_map(|backlog| &backlog.waiting);
    waiting.map(|(what, count)| figure(of, *count, Some(("waits_for", what.clone())))).collect()
}

fn ended(of: &Measured) -> Vec<Figure> {
    let ended = of.backlog.iter().flat_map(|backlog| &backlog.ended);
    ended.map(|(how, count)| figure(of, *count, Some(("how", how.clone())))).collect()
}

fn appends(of: &Measured) -> Vec<Figure> {
    vec![figure(of, of.written.appends, None)]
}

fn failures(of: &Measured) -> Vec<Figure> {
    vec![figure(of, of.written.failures, None)]
}

fn commits(of: &Measured) -> Vec<Figure> {
    let sizes = of.written.commits.iter();
    sizes.map(|size| figure(of, size.count, Some(("changes_from", size.from.to_string())))).collect()
}

fn writable(of: &Measured) -> Vec<Figure> {
    vec![figure(of, of.writable.into(), None)]
}

/// The age of the oldest errand in law time; zero when there is none.
fn age(of: &Measured, clock: &Clock) -> Figure {
    let oldest = of.backlog.as_ref().and_then(|backlog| backlog.oldest);
    let micros = oldest.map_or(0, |asked| clock.now().as_microsecond().saturating_sub(asked));
    figure(of, u64::try_from(micros / 1_000_000).unwrap_or_default(), None)
}
