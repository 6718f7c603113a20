//! `zsm case`: a case of the running OM, as a person reads it.

mod shown;
mod stuck;
mod words;

use super::{House, call};
use crate::contract::write_message;
use crate::play::expectation::Refusal;
use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;
use zsm_proto::pb::om::v1 as om;

/// Show a case of the running OM as a person reads it (Dutch; persons by their place on the list, and what officials wrote).
#[derive(Debug, Args)]
pub(super) struct Case {
    /// The case: cases/ID, or the ID alone.
    #[arg(required_unless_present = "stuck", conflicts_with = "stuck")]
    name: Option<String>,
    /// List the cases of the table that stand still, each with the reason and since when.
    #[arg(long)]
    stuck: bool,
    /// Who looks: ORG[@REGION]/ROLE[:PERSON].
    #[arg(long = "as", value_name = "CALLER", default_value = "om/officier")]
    caller: String,
    /// The whole reply in JSON, with all that the caller may see: also who the persons are.
    #[arg(long)]
    json: bool,
}

impl Case {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let config = house.config()?.config;
        let Some(name) = self.name.as_deref().filter(|_| !self.stuck) else {
            return stuck::run(&config, &self.caller, self.json).await;
        };
        let name = if name.contains('/') { name.to_owned() } else { format!("cases/{name}") };
        let ask = async |rpc: &str| call::reach(&config, "om", rpc, &self.caller, json!({"name": name})).await;
        let (case, timeline) = match (ask("CaseService/GetCase").await?, ask("CaseService/GetCaseTimeline").await?) {
            (Ok(case), Ok(timeline)) => (case, timeline),
            (Err(status), _) | (_, Err(status)) => {
                println!("{}", Refusal::of(&status));
                return Ok(ExitCode::FAILURE);
            }
        };
        let mut out = io::stdout().lock();
        if self.json {
            let mut whole = write_message(&case)?;
            if let (Value::Object(whole), Value::Object(timeline)) = (&mut whole, write_message(&timeline)?) {
                whole.extend(timeline);
            }
            writeln!(out, "{}", serde_json::to_string_pretty(&whole)?)?;
        } else {
            let reply: om::GetCaseResponse = case.transcode_to().context("the reply is no case")?;
            let timeline: om::GetCaseTimelineResponse = timeline.transcode_to().context("the reply is no timeline")?;
            shown::write(&reply.case.context("the reply holds no case")?, &timeline.moments, &mut out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
