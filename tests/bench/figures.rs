//! Figures by name, and the tables they make.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::CONCURRENT;

/// Every figure that was measured: by what, by how many at once, one per round.
#[derive(Default)]
pub(crate) struct Figures {
    by_name: BTreeMap<(String, usize), Vec<f64>>,
    calls: BTreeMap<(&'static str, usize), Vec<Duration>>,
}

impl Figures {
    /// Notes a figure of this round.
    pub(crate) fn note(&mut self, what: &str, concurrent: usize, figure: f64) {
        self.by_name.entry((what.to_owned(), concurrent)).or_default().push(figure);
    }

    /// Notes how long calls of an RPC took.
    pub(crate) fn note_calls(
        &mut self,
        rpc: &'static str,
        concurrent: usize,
        took: impl IntoIterator<Item = Duration>,
    ) {
        self.calls.entry((rpc, concurrent)).or_default().extend(took);
    }

    /// The median over the rounds.
    fn median(&self, what: &str, concurrent: usize) -> Option<f64> {
        let mut figures = self.by_name.get(&(what.to_owned(), concurrent))?.clone();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    }

    /// The ratio of two medians.
    fn ratio(&self, what: &str, to: &str, concurrent: usize) -> Option<f64> {
        Some(self.median(what, concurrent)? / self.median(to, concurrent)?)
    }

    /// Prints the tables.
    pub(crate) fn print(&self) {
        println!("{:<52}{}", "median over the rounds, at once:", row(CONCURRENT.map(|one| format!("{one}"))));
        let names: std::collections::BTreeSet<&String> = self.by_name.keys().map(|(name, _)| name).collect();
        for name in names {
            self.line(name, |concurrent| self.median(name, concurrent));
        }
        println!();
        self.line("goal 1: cases/s, disk : memory (>= 0.6 quiet, 0.4 noisy)", |at| {
            self.ratio("cases/s, disk", "cases/s, memory", at)
        });
        self.line("goal 1: CPU per case, disk : all but the journal (<= 2)", |at| {
            let (all, journal) =
                (self.median("CPU ms per case, disk", at)?, self.median("CPU ms per case, disk, of the journals", at)?);
            Some(all / (all - journal))
        });
        self.line("goal 2: RPCs/s, memory : echo/s (>= 0.5 at 64)", |at| {
            self.ratio("RPCs/s, memory", "bare: echo/s", at)
        });
        self.line("goal 3: fan-out p50 : 3 fdatasync + 0.7 ms (<= 1)", |at| {
            let bound = 3.0 * self.median("bare: fdatasync p50, ms", at)? + 0.7;
            Some(self.median("fan-out beyond the slowest source p50, ms", at)? / bound)
        });
        if !self.calls.is_empty() {
            self.print_calls();
        }
    }

    fn line(&self, what: &str, figure: impl Fn(usize) -> Option<f64>) {
        let shown = CONCURRENT.map(|concurrent| figure(concurrent).map_or("-".into(), shown));
        println!("{what:<60}{}", row(shown));
    }

    fn print_calls(&self) {
        println!("\n{:<30}{}", "RPC over TCP, on disk, ms", row(CONCURRENT.map(|one| format!("p50 / p99 at {one}"))));
        let rpcs: std::collections::BTreeSet<&str> = self.calls.keys().map(|(rpc, _)| *rpc).collect();
        for rpc in rpcs {
            let cell = |concurrent| {
                let Some(took) = self.calls.get(&(rpc, concurrent)) else { return "-".into() };
                format!("{} / {}", shown(millis(at_share(took, 50))), shown(millis(at_share(took, 99))))
            };
            println!("{rpc:<30}{}", row(CONCURRENT.map(cell)));
        }
    }
}

/// The value at a share, in percent.
pub(crate) fn at_share(took: &[Duration], share: usize) -> Duration {
    let mut sorted = took.to_vec();
    sorted.sort();
    sorted.get((sorted.len().saturating_sub(1)) * share / 100).copied().unwrap_or_default()
}

/// In milliseconds.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn row(cells: [String; CONCURRENT.len()]) -> String {
    cells.map(|cell| format!("{cell:>20}")).concat()
}

fn shown(figure: f64) -> String {
    if figure >= 100.0 { format!("{figure:.0}") } else { format!("{figure:.2}") }
}
