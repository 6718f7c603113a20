//! `zsm case`: a case of the running OM, as a person reads it.

mod shown;
mod words;

use super::{House, call};
use crate::contract::write_message;
use crate::play::expectation::Refusal;
use anyhow::Context;
use clap::Args;
use serde_json::json;
use std::io::{self, Write};
use std::process::ExitCode;
use zsm_proto::pb::om::v1 as om;

/// Show a case of the running OM as a person reads it (Dutch; without names and numbers of persons).
#[derive(Debug, Args)]
pub(super) struct Case {
    /// The case: cases/ID, or the ID alone.
    name: String,
    /// Who looks: ORG[@REGION]/ROLE[:PERSON].
    #[arg(long = "as", value_name = "CALLER", default_value = "om/officier")]
    caller: String,
    /// The whole reply in JSON, with all that the caller may see: also who the persons are.
    #[arg(long)]
    json: bool,
}

impl Case {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let name = if self.name.contains('/') { self.name.clone() } else { format!("cases/{}", self.name) };
        let said =
            call::reach(&house.config()?.config, "om", "CaseService/GetCase", &self.caller, json!({"name": name}))
                .await?;
        let reply = match said {
            Ok(reply) => reply,
            Err(status) => {
                println!("{}", Refusal::of(&status));
                return Ok(ExitCode::FAILURE);
            }
        };
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&write_message(&reply)?)?)?;
        } else {
            let reply: om::GetCaseResponse = reply.transcode_to().context("the reply is no case")?;
            shown::write(&reply.case.context("the reply holds no case")?, &mut out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
