//! `zsm errands`: the calls that running offices still have to make, for who keeps them going.

mod table;

use super::{House, call, token};
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
use zsm::{Kind, Region};
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
    /// Who asks: ORG[@REGION]/ROLE[:PERSON]. When left out, the administrators of each office in every configured region.
    #[arg(long = "as", value_name = "CALLER", requires = "office")]
    caller: Option<String>,
}

/// An errand, the office that has it, and who there may see to it.
struct Found {
    office: String,
    caller: String,
    errand: office::Errand,
    json: Value,
}

/// An office of which not all errands are known, and why.
struct Silent {
    office: String,
    why: String,
}

/// What every office that answered has to do still, and the offices that did not.
#[derive(Default)]
struct Looked {
    found: Vec<Found>,
    silent: Vec<Silent>,
}

impl Errands {
    pub(super) async fn run(&self, house: &House) -> anyhow::Result<ExitCode> {
        let config = &house.config()?.config;
        match &self.what {
            What::List { at, json } => {
                let looked = at.look(config).await?;
                looked.write(*json)?;
                looked.tell_silent();
                Ok(if looked.silent.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
            What::Retry { id, at } => at.change(config, id, "RetryErrand", json!({})).await,
            What::Stop { id, reason, at } => at.change(config, id, "StopErrand", json!({"reason": reason})).await,
        }
    }
}

impl At {
    fn offices(&self) -> anyhow::Result<Vec<Kind>> {
        match &self.office {
            Some(name) => Ok(vec![call::office(name)?]),
            None => Ok(NAMES.into()),
        }
    }

    /// Who asks an office: an administrator sees the errands of the own region only.
    fn callers(&self, config: &Config, office: Kind) -> Vec<String> {
        let administrator = |region: &Region| format!("{}@{}/beheerder", office.slug(), region.as_str());
        match &self.caller {
            Some(caller) => vec![caller.clone()],
            None => config.regions.iter().map(administrator).collect(),
        }
    }

    /// Every errand at the offices that answer, each once.
    async fn look(&self, config: &Config) -> anyhow::Result<Looked> {
        let offices = self.offices()?;
        token::issuer_of_running(&config.folder)?;
        let mut looked = Looked::default();
        for office in offices {
            for caller in self.callers(config, office) {
                match list(config, office, &caller).await {
                    Ok(found) => looked.add(found),
                    Err(why) => {
                        looked.silent.push(Silent { office: office.slug().to_owned(), why: format!("{why:#}") });
                        break;
                    }
                }
            }
        }
        Ok(looked)
    }

    /// Calls an RPC about the one errand that this id, or beginning of an id, means.
    async fn change(&self, config: &Config, id: &str, rpc: &str, mut request: Value) -> anyhow::Result<ExitCode> {
        let looked = self.look(config).await?;
        looked.tell_silent();
        let one = looked.meant(id)?;
        if let Some(fields) = request.as_object_mut() {
            fields.insert("name".to_owned(), json!(one.errand.name));
        }
        let rpc = format!("ErrandService/{rpc}");
        Ok(match call::reach(config, &one.office, &rpc, &one.caller, request).await? {
            Ok(_) => {
                println!("{}: {} {}", one.office, one.id(), one.errand.task);
                ExitCode::SUCCESS
            }
            Err(status) => {
                println!("{}", Refusal::of(&status));
                ExitCode::FAILURE
            }
        })
    }
}

/// The errands at an office that this caller sees, page by page.
async fn list(config: &Config, office: Kind, caller: &str) -> anyhow::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut token = String::new();
    loop {
        let asked = json!({"page_size": 200, "page_token": token});
        let reply = call::reach(config, office.slug(), "ErrandService/ListErrands", caller, asked).await?;
        let reply = reply.map_err(|status| anyhow!("{}", Refusal::of(&status)))?;
        let mut written = write_message(&reply)?;
        let page: office::ListErrandsResponse = reply.transcode_to().context("the reply is no list")?;
        let json = written.get_mut("errands").and_then(Value::as_array_mut).map(std::mem::take);
        let both = page.errands.into_iter().zip(json.unwrap_or_default());
        let found_here = |(errand, json)| Found { office: office.slug().into(), caller: caller.into(), errand, json };
        found.extend(both.map(found_here));
        token = page.next_page_token;
        if token.is_empty() {
            return Ok(found);
        }
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

impl Looked {
    fn add(&mut self, found: Vec<Found>) {
        for one in found {
            // One of which the region cannot be told is shown to the administrators of every region.
            let same = |other: &Found| other.office == one.office && other.errand.name == one.errand.name;
            if !self.found.iter().any(same) {
                self.found.push(one);
            }
        }
    }

    /// The one errand whose id begins so.
    fn meant(&self, id: &str) -> anyhow::Result<&Found> {
        let id = bare(id);
        if id.is_empty() {
            bail!("name an errand by its id, or the beginning of it; `zsm errands list` shows them");
        }
        let matching: Vec<&Found> = self.found.iter().filter(|one| one.id().starts_with(id)).collect();
        match matching.as_slice() {
            [one] => Ok(one),
            [] if self.silent.is_empty() => {
                Err(anyhow!("there is no open errand `{id}`; `zsm errands list` shows those there are"))
            }
            [] => {
                let silent: Vec<&str> = self.silent.iter().map(|one| one.office.as_str()).collect();
                Err(anyhow!("no office that answered has an open errand `{id}`; it may be at {}", silent.join(", ")))
            }
            several => {
                let names = several.iter().map(|one| format!("{} {}", one.office, one.id())).collect::<Vec<_>>();
                Err(anyhow!("`{id}` is the beginning of {} errands: {}", several.len(), names.join(", ")))
            }
        }
    }

    fn write(&self, json: bool) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        if !json {
            return Ok(table::write(&self.found, self.silent.is_empty(), &mut out)?);
        }
        let errands = self.found.iter().map(|one| {
            let mut json = one.json.clone();
            if let Some(fields) = json.as_object_mut() {
                fields.insert("office".to_owned(), json!(one.office));
            }
            json
        });
        let silent = self.silent.iter().map(|one| json!({"office": one.office, "why": one.why}));
        let all = json!({"errands": errands.collect::<Vec<_>>(), "silent": silent.collect::<Vec<_>>()});
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        Ok(())
    }

    /// Names the offices that did not answer.
    fn tell_silent(&self) {
        for Silent { office, why } in &self.silent {
            eprintln!("zsm: the errands of {office} are not known: {why}");
        }
    }
}

#[cfg(test)]
mod tests;
