//! Offices that run already, for scenarios: their time is now, and nobody here can stop or hurry them.

use crate::caller;
use crate::play::World;
use http::Uri;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::time::Duration;
use tonic::transport::{Channel, Endpoint};
use zsm::{Kind, Region};
use zsm_chassis::{Clock, DevelopmentIssuer, Ids};

/// How long a call that goes otherwise is made again.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long dialling may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a caller's token is good for.
const TOKEN_TERM: SignedDuration = SignedDuration::from_mins(5);

/// Offices that run already.
#[derive(Debug)]
pub(crate) struct Remote {
    channels: BTreeMap<&'static str, Channel>,
    issuer: DevelopmentIssuer,
    region: Region,
    run: String,
}

impl Remote {
    /// Reaches every office; callers that name no region are of this one.
    ///
    /// # Errors
    /// A sentence that names those that do not answer.
    pub(crate) async fn reach(
        offices: &BTreeMap<Kind, Uri>,
        issuer: DevelopmentIssuer,
        region: Region,
    ) -> Result<Self, String> {
        let mut channels = BTreeMap::new();
        let mut silent = Vec::new();
        for (kind, at) in offices {
            match Endpoint::from(at.clone()).connect_timeout(CONNECT).connect().await {
                Ok(channel) => drop(channels.insert(kind.slug(), channel)),
                Err(_) => {
                    let (host, port) = (at.host().unwrap_or_default(), at.port_u16().unwrap_or_default());
                    silent.push(format!("{} on {host}:{port}", kind.slug()));
                }
            }
        }
        if !silent.is_empty() {
            return Err(format!("nothing was played, for these offices do not answer: {}", silent.join(", ")));
        }
        // The last part of an id is drawn by chance alone; the first is the time.
        let run: String = Ids::system().draw().simple().to_string().chars().skip(20).collect();
        Ok(Self { channels, issuer, region, run })
    }
}

impl World for Remote {
    fn channel(&self, office: &str) -> Option<Channel> {
        self.channels.get(office).cloned()
    }

    fn token(&self, caller: &str) -> Result<String, String> {
        let caller = caller::parse(caller, &self.region)?;
        self.issuer.issue(&caller, Clock::system().now(), TOKEN_TERM).map_err(|error| error.to_string())
    }

    fn run(&self) -> &str {
        &self.run
    }

    fn patience(&self) -> Duration {
        PATIENCE
    }

    async fn settle(&self) -> Result<(), String> {
        Ok(())
    }

    async fn advance(&self, _: SignedDuration) -> Result<(), String> {
        Err("de tijd van een draaiend kantoor kan niet worden verzet".into())
    }

    async fn stop(&self, _: &str) -> Result<(), String> {
        Err("een draaiend kantoor kan hier niet stilvallen".into())
    }

    async fn start(&self, _: &str) -> Result<(), String> {
        Err("een draaiend kantoor kan hier niet worden gestart".into())
    }
}
