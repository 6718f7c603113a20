//! `zsm serve`: every office in this process.

use super::House;
use super::telemetry::Telemetry;
use crate::node::{Node, Settings};
use crate::office::NAMES;
use crate::registers;
use anyhow::{Context, anyhow};
use std::net::SocketAddr;
use std::process::ExitCode;
use zsm_chassis::shutdown::signals;
use zsm_chassis::{Clock, DevelopmentIssuer, Ids, Shutdown};

pub(super) async fn run(house: &House, telemetry: &Telemetry) -> anyhow::Result<ExitCode> {
    let telemetry = telemetry.settings(house.first_port);
    let told = zsm_chassis::telemetry::begin(&telemetry)?;
    let code = serve(house, telemetry.metrics).await;
    told.flush().await;
    code
}

async fn serve(house: &House, metrics: Option<SocketAddr>) -> anyhow::Result<ExitCode> {
    let clock = Clock::system();
    std::fs::create_dir_all(&house.folder).with_context(|| {
        format!("the folder {} cannot be made; choose another with --folder", house.folder.display())
    })?;
    let settings = Settings {
        folder: house.folder.clone(),
        first_port: Some(house.first_port),
        metrics,
        registers: registers::shipped(clock.now()).map_err(|sentence| anyhow!(sentence))?,
        issuer: DevelopmentIssuer::open(&house.folder)?,
        ids: Ids::system(),
        clock,
    };
    let stop = Shutdown::new();
    signals(&stop)?;
    let node = Node::start(settings).await?;
    announce(&node, house);
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

fn announce(node: &Node, house: &House) {
    println!("zsm: every office is open. Synthetic data only; tokens are accepted on this machine only.");
    for kind in NAMES {
        if let Some(address) = node.address(kind) {
            println!(
                "  {:<13} {address}  {}",
                kind.slug(),
                node.folder().join(format!("{}.db", kind.slug())).display()
            );
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
