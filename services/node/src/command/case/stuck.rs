//! `zsm case --stuck`: the cases without a live next step, with the reason of each.

#[cfg(test)]
mod tests;

use super::words;
use crate::command::call;
use crate::config::Config;
use crate::contract::write_message;
use crate::play::expectation::Refusal;
use anyhow::Context;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;
use zsm_proto::pb::om::v1 as om;

/// Lists them all, page by page.
pub(super) async fn run(config: &Config, caller: &str, as_json: bool) -> anyhow::Result<ExitCode> {
    let mut cases: Vec<om::StuckCase> = Vec::new();
    let mut written: Vec<Value> = Vec::new();
    let mut token = String::new();
    loop {
        let request = json!({"page_size": 200, "page_token": token});
        let page = match call::reach(config, "om", "CaseService/ListStuckCases", caller, request).await? {
            Ok(page) => page,
            Err(status) => {
                println!("{}", Refusal::of(&status));
                return Ok(ExitCode::FAILURE);
            }
        };
        if let Value::Array(page) = &write_message(&page)?["cases"] {
            written.extend(page.iter().cloned());
        }
        let page: om::ListStuckCasesResponse = page.transcode_to().context("the reply is no list of cases")?;
        cases.extend(page.cases);
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&json!({ "cases": written }))?)?;
    } else {
        write(&cases, &mut out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A line for each case, and what it waits for.
pub(super) fn write(cases: &[om::StuckCase], out: &mut impl Write) -> io::Result<()> {
    if cases.is_empty() {
        return writeln!(out, "Geen enkele zaak staat stil.");
    }
    for case in cases {
        let ended = if case.ended { ", afgelopen" } else { "" };
        let bvh: String = case.bvh_number.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
        writeln!(out, "{} ({bvh}{ended})", case.name)?;
        writeln!(out, "  {} Sinds {}.", case.sentence, words::moment(case.since.as_ref()))?;
    }
    writeln!(out, "{} {}", cases.len(), if cases.len() == 1 { "zaak staat stil" } else { "zaken staan stil" })
}
