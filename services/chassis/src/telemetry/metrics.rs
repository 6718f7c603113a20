//! Metrics: one way to count, read by a collector and on a page alike.
//!
//! Labels are names from closed lists: an office, a method of the contract, a code, a state.

use std::time::Duration;

use opentelemetry::metrics::{AsyncInstrument, Counter, Histogram, Meter};
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{MetricExporter, WithExportConfig};
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use tonic::Code;

use super::{EXPORT, Error, SERVICE, Settings, resource};

/// Bounds of the durations of calls, in seconds.
const DURATIONS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A number with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number.
    pub value: u64,
    /// Names from closed lists.
    pub labels: Vec<(&'static str, String)>,
}

/// What is measured: its name, its unit (`s`, or nothing for a count) and a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Such as `zsm.errands`.
    pub name: &'static str,
    /// Such as `s`.
    pub unit: &'static str,
    /// For whoever reads the page.
    pub about: &'static str,
}

/// The calls of one office.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    office: &'static str,
    count: Counter<u64>,
    duration: Histogram<f64>,
}

impl Calls {
    pub(crate) fn of(office: &'static str) -> Self {
        let meter = meter();
        let count = meter.u64_counter("zsm.calls").with_description("Calls that ended, by method and code").build();
        let duration = meter.f64_histogram("zsm.call.duration").with_unit("s").with_boundaries(DURATIONS.into());
        let duration = duration.with_description("How long calls took, by method").build();
        Self { office, count, duration }
    }

    /// A call that ended; `method` is a name from the contract.
    pub(crate) fn ended(&self, method: &str, code: Code, took: Duration) {
        let labels = [
            KeyValue::new("office", self.office),
            KeyValue::new("method", method.to_owned()),
            KeyValue::new("code", format!("{code:?}")),
        ];
        self.count.add(1, &labels);
        self.duration.record(took.as_secs_f64(), &labels[..2]);
    }
}

/// Has a figure read whenever somebody asks; it may go up and down. `read` may block.
pub fn gauge(what: Measure, read: impl Fn() -> Vec<Figure> + Send + Sync + 'static) {
    let meter = meter();
    let gauge = meter.u64_observable_gauge(what.name).with_unit(what.unit).with_description(what.about);
    gauge.with_callback(move |to| observe(read(), to)).build();
}

/// Has a figure read whenever somebody asks; it only goes up. `read` may block.
pub fn counter(what: Measure, read: impl Fn() -> Vec<Figure> + Send + Sync + 'static) {
    let meter = meter();
    let counter = meter.u64_observable_counter(what.name).with_unit(what.unit).with_description(what.about);
    counter.with_callback(move |to| observe(read(), to)).build();
}

fn observe(figures: Vec<Figure>, to: &dyn AsyncInstrument<u64>) {
    for Figure { value, labels } in figures {
        let labels: Vec<KeyValue> = labels.into_iter().map(|(key, name)| KeyValue::new(key, name)).collect();
        to.observe(value, &labels);
    }
}

fn meter() -> Meter {
    global::meter(SERVICE)
}

pub(super) fn provider(settings: &Settings) -> Result<SdkMeterProvider, Error> {
    let mut provider = SdkMeterProvider::builder().with_resource(resource());
    if let Some(at) = &settings.otlp {
        let exporter = MetricExporter::builder().with_tonic().with_endpoint(at.to_string()).with_timeout(EXPORT);
        let exporter = exporter.build().map_err(|_| Error::Collector(at.clone()))?;
        provider = provider.with_reader(PeriodicReader::builder(exporter).build());
    }
    if settings.metrics.is_some() {
        let page = opentelemetry_prometheus::exporter().scope_info_enabled(false);
        let page = page.with_registry(prometheus::default_registry().clone()).build().map_err(Error::Page)?;
        provider = provider.with_reader(page);
    }
    Ok(provider.build())
}
