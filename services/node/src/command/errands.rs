//! `zsm errands`: the calls that running offices still have to make, for who keeps them going.

mod table;

use super::{House, call};
use crate::config::Config;
use crate::contract::write_message;
use crate::office::NAMES;
use crate::play::expectation::Refusal;
use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;
use zsm::name::ErrandName;
use zsm_proto::pb::office::v1 as office;

/// List the calls that offices still have to make, have one tried now, or stop one.
#[derive(Debug, Args)]
pub(super) struct Errands {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What is not done yet, and why it waits.
    List {
        #[command(flatten)]
        at: At,
        /// All of it in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Try an errand now; one that gave up or was stopped starts again.
    Retry {
        /// The errand: its id, or as much of it as tells it apart.
        id: String,
        #[command(flatten)]
        at: At,
    },
    /// Stop an errand until it is retried. Officials see that what it was to bring did not arrive.
    Stop {
        /// The errand: its id, or as much of it as tells it apart.
        id: String,
        /// Why, in at most 200 characters; say nothing about a person.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        at: At,
    },
}

/// Where to look, and as whom.
#[derive(Debug, Args)]
struct At {
    /// The office: om, rvdk, reclassering or veilig-thuis. All of them when left out.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// Who asks: ORG[@REGION]/ROLE[:PERSON]. The administrator of each office when left out.
    #[arg(long = "as", value_name = "CALLER", requires = "office")]
    caller: Option<String>,
}

/// An errand, and the office that has it.
struct Found {
    office: String,
    errand: office::Errand,
    json: Value,
}

impl Errands {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let config = &house.config()?.config;
        let done = match &self.what {
            What::List { at, json } => match at.errands(config).await? {
                Ok(found) => write_list(&found, *json).map(Ok)?,
                Err(refusal) => Err(refusal),
            },
            What::Retry { id, at } => at.change(config, id, "RetryErrand", json!({})).await?,
            What::Stop { id, reason, at } => at.change(config, id, "StopErrand", json!({"reason": reason})).await?,
        };
        Ok(match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(refusal) => {
                println!("{refusal}");
                ExitCode::FAILURE
            }
        })
    }
}

impl At {
    fn offices(&self) -> Vec<String> {
        match &self.office {
            Some(name) => vec![name.clone()],
            None => NAMES.map(|kind| kind.slug().to_owned()).into(),
        }
    }

    fn caller(&self, office: &str) -> String {
        self.caller.clone().unwrap_or_else(|| format!("{office}/beheerder"))
    }

    /// Every errand at the offices, page by page.
    async fn errands(&self, config: &Config) -> anyhow::Result<Result<Vec<Found>, Refusal>> {
        let mut found = Vec::new();
        for office in self.offices() {
            let mut token = String::new();
            loop {
                let asked = json!({"page_size": 200, "page_token": token});
                let caller = self.caller(&office);
                let reply = match call::reach(config, &office, "ErrandService/ListErrands", &caller, asked).await? {
                    Ok(reply) => reply,
                    Err(status) => return Ok(Err(Refusal::of(&status))),
                };
                let mut written = write_message(&reply)?;
                let page: office::ListErrandsResponse = reply.transcode_to().context("the reply is no list")?;
                let json = written.get_mut("errands").and_then(Value::as_array_mut).map(std::mem::take);
                let both = page.errands.into_iter().zip(json.unwrap_or_default());
                found.extend(both.map(|(errand, json)| Found { office: office.clone(), errand, json }));
                token = page.next_page_token;
                if token.is_empty() {
                    break;
                }
            }
        }
        Ok(Ok(found))
    }

    /// Calls an RPC about the one errand that this id, or beginning of an id, means.
    async fn change(
        &self,
        config: &Config,
        id: &str,
        rpc: &str,
        mut request: Value,
    ) -> anyhow::Result<Result<(), Refusal>> {
        let found = match self.errands(config).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let one = meant(&found, id)?;
        if let Some(fields) = request.as_object_mut() {
            fields.insert("name".to_owned(), json!(one.errand.name));
        }
        let rpc = format!("ErrandService/{rpc}");
        let said = call::reach(config, &one.office, &rpc, &self.caller(&one.office), request).await?;
        Ok(match said {
            Ok(_) => {
                println!("{}: {} {}", one.office, one.id(), one.errand.task);
                Ok(())
            }
            Err(status) => Err(Refusal::of(&status)),
        })
    }
}

impl Found {
    /// The bare id.
    fn id(&self) -> &str {
        bare(&self.errand.name)
    }
}

fn bare(name: &str) -> &str {
    name.strip_prefix(ErrandName::COLLECTION).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name)
}

/// The one errand whose id begins so.
fn meant<'a>(found: &'a [Found], id: &str) -> anyhow::Result<&'a Found> {
    let id = bare(id);
    if id.is_empty() {
        bail!("name an errand by its id, or the beginning of it; `zsm errands list` shows them");
    }
    let matching: Vec<&Found> = found.iter().filter(|one| one.id().starts_with(id)).collect();
    match matching.as_slice() {
        [one] => Ok(one),
        [] => Err(anyhow!("there is no open errand `{id}`; `zsm errands list` shows those there are")),
        several => {
            let names = several.iter().map(|one| format!("{} {}", one.office, one.id())).collect::<Vec<_>>();
            Err(anyhow!("`{id}` is the beginning of {} errands: {}", several.len(), names.join(", ")))
        }
    }
}

fn write_list(found: &[Found], json: bool) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if !json {
        return Ok(table::write(found, &mut out)?);
    }
    let each = found.iter().map(|one| {
        let mut json = one.json.clone();
        if let Some(fields) = json.as_object_mut() {
            fields.insert("office".to_owned(), json!(one.office));
        }
        json
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&json!({"errands": each.collect::<Vec<_>>()}))?)?;
    Ok(())
}

#[cfg(test)]
mod tests;
