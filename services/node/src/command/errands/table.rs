//! Errands as a person reads them on a terminal.

use super::Found;
use jiff::Timestamp;
use std::io::{self, Write};
use zsm_proto::pb::office::v1::{ErrandState, ErrandStop};

const HEAD: [&str; 9] = ["OFFICE", "ID", "TASK", "FOR", "STATE", "TRIES", "SINCE", "NEXT TRY", "LAST FAILURE"];
/// Least characters of an id: enough for any list that a person reads.
const SHORTEST: usize = 8;

/// Writes them. An empty list says that nothing is open, when it is `whole`.
pub(super) fn write(found: &[Found], whole: bool, out: &mut impl Write) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "{}", if whole { "no errand is open" } else { "no errand is known to be open" });
    }
    let length = telling(found);
    let rows: Vec<[String; 9]> = found.iter().map(|one| row(one, length)).collect();
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).fold(HEAD[column].len(), usize::max))
        .collect();
    write_row(&HEAD.map(str::to_owned), &widths, out)?;
    for (row, one) in rows.iter().zip(found) {
        write_row(row, &widths, out)?;
        if let Some(stop) = &one.errand.stop {
            writeln!(out, "    {}", stopped(stop))?;
        }
    }
    Ok(())
}

fn write_row(row: &[String; 9], widths: &[usize], out: &mut impl Write) -> io::Result<()> {
    let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
    writeln!(out, "{}", cells.join("  ").trim_end())
}

fn row(one: &Found, length: usize) -> [String; 9] {
    let errand = &one.errand;
    let id = one.id();
    [
        one.office.clone(),
        id.get(..length).unwrap_or(id).to_owned(),
        if errand.task.is_empty() { "unknown to this release".to_owned() } else { errand.task.clone() },
        errand.resource.clone(),
        state(errand.state()).to_owned(),
        errand.tries.to_string(),
        instant(errand.put_at.as_ref()),
        instant(errand.next_try.as_ref()),
        errand.failure.as_ref().map_or_else(|| "-".to_owned(), |failure| failure.code.clone()),
    ]
}

fn stopped(stop: &ErrandStop) -> String {
    let by = stop.by.as_ref().map_or("somebody", |by| by.person.as_str());
    format!("stopped {} by {by}: {}", instant(stop.at.as_ref()), stop.reason)
}

fn state(state: ErrandState) -> &'static str {
    match state {
        ErrandState::Unspecified => "unknown",
        ErrandState::Pending => "pending",
        ErrandState::Retrying => "retrying",
        ErrandState::GivenUp => "given up",
        ErrandState::Stopped => "stopped",
    }
}

/// UTC, to the second.
fn instant(at: Option<&prost_types::Timestamp>) -> String {
    let at = at.and_then(|at| Timestamp::new(at.seconds, 0).ok());
    at.map_or_else(|| "-".to_owned(), |at| at.to_string())
}

/// How many characters of an id tell these errands apart.
fn telling(found: &[Found]) -> usize {
    let mut ids: Vec<&str> = found.iter().map(Found::id).collect();
    ids.sort_unstable();
    let shared = |pair: &[&str]| match pair {
        [one, other] => one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count(),
        _ => 0,
    };
    ids.windows(2).map(|pair| shared(pair) + 1).fold(SHORTEST, usize::max)
}
