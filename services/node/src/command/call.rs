//! `zsm call`: any RPC of a running office, from its descriptor.

use super::{House, token};
use crate::config::Config;
use crate::contract::{Contract, converse, write_message};
use crate::office::{self, NAMES};
use crate::play::expectation::Refusal;
use anyhow::{Context, anyhow};
use clap::Args;
use jiff::SignedDuration;
use prost_reflect::DynamicMessage;
use serde_json::Value;
use std::process::ExitCode;
use tonic::Status;
use tonic::transport::Endpoint;
use zsm::Kind;

/// Call one RPC of a running office, with a request in JSON.
#[derive(Debug, Args)]
pub(super) struct Call {
    /// The office: om, rvdk, reclassering or veilig-thuis.
    office: String,
    /// The RPC, as in CaseService/GetCase.
    rpc: String,
    /// Who calls: ORG[@REGION]/ROLE[:PERSON]; of the first configured region when none is named.
    #[arg(long = "as", value_name = "CALLER")]
    caller: String,
    /// The request, in protobuf JSON. A request id and the current etag are filled in when left out.
    #[arg(long = "with", default_value = "{}", value_name = "JSON")]
    request: String,
}

impl Call {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let request = serde_json::from_str(&self.request).context("the request is not JSON")?;
        match reach(&house.config()?.config, &self.office, &self.rpc, &self.caller, request).await? {
            Ok(reply) => {
                println!("{}", serde_json::to_string_pretty(&write_message(&reply)?)?);
                Ok(ExitCode::SUCCESS)
            }
            Err(status) => {
                println!("{}", Refusal::of(&status));
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// The office with this name.
pub(super) fn office(name: &str) -> anyhow::Result<Kind> {
    office::named(name)
        .ok_or_else(|| anyhow!("there is no office `{name}`; choose from {}", NAMES.map(Kind::slug).join(", ")))
}

/// Calls one RPC of a running office. The outer error is a sentence: nobody answers, or the request does not fit.
pub(super) async fn reach(
    config: &Config,
    office: &str,
    rpc: &str,
    caller: &str,
    request: Value,
) -> anyhow::Result<Result<DynamicMessage, Status>> {
    let at = config.way_to(self::office(office)?).with_context(|| format!("{office} has no address"))?;
    let issuer = token::issuer_of_running(&config.folder)?;
    let token = token::make(&issuer, caller, &config.default_region(), SignedDuration::from_mins(5))?;
    let place = format!("{}:{}", at.host().unwrap_or_default(), at.port_u16().unwrap_or_default());
    let channel = Endpoint::from(at)
        .connect()
        .await
        .with_context(|| format!("{office} does not answer on {place}; start the offices with `cargo run`"))?;
    let method = Contract::load()?.method(rpc)?;
    let id = zsm_chassis::Ids::system().draw().to_string();
    converse(&channel, &method, &token, request, id).await.map_err(|sentence| anyhow!(sentence))
}
