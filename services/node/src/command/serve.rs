//! `zsm serve`: every office in this process.

use super::House;
use crate::config::Config;
use crate::node::{Node, Settings};
use crate::office::NAMES;
use crate::registers;
use anyhow::{Context, anyhow};
use std::process::ExitCode;
use zsm_chassis::shutdown::signals;
use zsm_chassis::{Clock, DevelopmentIssuer, Ids, Shutdown};

pub(super) async fn run(house: &House) -> anyhow::Result<ExitCode> {
    let config = house.config()?.config;
    let told = zsm_chassis::telemetry::begin(&config.telemetry())?;
    let code = serve(&config, house).await;
    told.flush().await;
    code
}

async fn serve(config: &Config, house: &House) -> anyhow::Result<ExitCode> {
    let clock = Clock::system();
    std::fs::create_dir_all(&config.folder).with_context(|| {
        format!("the folder {} cannot be made; choose another with --folder", config.folder.display())
    })?;
    let settings = Settings {
        folder: config.folder.clone(),
        offices: config.places(),
        metrics: config.telemetry().metrics,
        policy: config.policy(),
        mandates: config.mandates.clone(),
        registers: registers::shipped(clock.now()).map_err(|sentence| anyhow!(sentence))?,
        issuer: DevelopmentIssuer::open(&config.folder)?,
        ids: Ids::system(),
        clock,
    };
    let stop = Shutdown::new();
    signals(&stop)?;
    let node = Node::start(settings).await?;
    announce(&node, config, house);
    let code = tokio::select! {
        () = stop.soft_requested() => ExitCode::SUCCESS,
        name = node.failed() => {
            eprintln!("zsm: {name} stopped uninvited; the other offices are stopped too");
            ExitCode::FAILURE
        }
    };
    eprintln!("zsm: finishing what is in hand; Ctrl-C again drops it (nothing that was acknowledged is lost)");
    tokio::select! {
        () = node.drain() => {}
        () = stop.hard_requested() => return Ok(ExitCode::FAILURE),
    }
    Ok(code)
}

fn announce(node: &Node, config: &Config, house: &House) {
    println!("zsm: the offices are open. Synthetic data only; tokens are accepted on this machine only.");
    for kind in NAMES {
        if let Some(address) = node.address(kind) {
            println!(
                "  {:<13} {address}  {}",
                kind.slug(),
                node.folder().join(format!("{}.db", kind.slug())).display()
            );
        } else if let Some(elsewhere) = config.way_to(kind) {
            let (host, port) = (elsewhere.host().unwrap_or_default(), elsewhere.port_u16().unwrap_or_default());
            println!("  {:<13} {host}:{port}  served by another process", kind.slug());
        }
    }
    if let Some(address) = node.metrics() {
        println!("  {:<13} {address}  http://{address}/metrics", "metrics");
    }
    println!();
    println!("Try next, in another terminal:");
    println!("  cargo run -- call om CaseService/ListCases --as om/officier{}", house.flags());
    println!("  cargo run -- play tests/scenarios");
}
