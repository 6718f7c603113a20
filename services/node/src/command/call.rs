//! `zsm call`: any RPC of a running office, from its descriptor.

use super::{House, token};
use crate::contract::{Contract, converse, write_message};
use crate::office::{self, NAMES};
use crate::play::expectation::Refusal;
use anyhow::{Context, anyhow, bail};
use clap::Args;
use jiff::SignedDuration;
use std::process::ExitCode;
use tonic::transport::Endpoint;

/// Call one RPC of a running office, with a request in JSON.
#[derive(Debug, Args)]
pub(super) struct Call {
    /// The office: om, rvdk, reclassering or veilig-thuis.
    office: String,
    /// The RPC, as in CaseService/GetCase.
    rpc: String,
    /// Who calls: ORG[@REGION]/ROLE[:PERSON].
    #[arg(long = "as", value_name = "CALLER")]
    caller: String,
    /// The request, in protobuf JSON. A request id and the current etag are filled in when left out.
    #[arg(long = "with", default_value = "{}", value_name = "JSON")]
    request: String,
}

impl Call {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let kind = office::named(&self.office).ok_or_else(|| {
            anyhow!("there is no office `{}`; choose from {}", self.office, NAMES.map(zsm::Kind::slug).join(", "))
        })?;
        let place = NAMES.iter().position(|one| *one == kind).and_then(|place| u16::try_from(place).ok());
        let port = place.and_then(|place| house.first_port.checked_add(place)).context("that port does not exist")?;
        let request = serde_json::from_str(&self.request).context("the request is not JSON")?;
        if !house.folder.join("issuer.key").exists() {
            bail!("no office was ever started with the folder {}; name theirs with --folder", house.folder.display());
        }
        let token = token::make(house, &self.caller, SignedDuration::from_mins(5))?;
        let at = format!("http://127.0.0.1:{port}");
        let channel = Endpoint::from_shared(at)?.connect().await.with_context(|| {
            format!("{} does not answer on 127.0.0.1:{port}; start the offices with `cargo run`", self.office)
        })?;
        let method = Contract::load()?.method(&self.rpc)?;
        let id = zsm_chassis::Ids::system().draw().to_string();
        let said = converse(&channel, &method, &token, request, id).await.map_err(|sentence| anyhow!(sentence))?;
        match said {
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
