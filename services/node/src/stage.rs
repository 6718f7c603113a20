//! A fresh node for one scenario: temporary journals, driven law time, tokens of its own.

use crate::caller;
use crate::node::{Node, Place, Settings};
use crate::office;
use crate::play::{Scenario, World};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use tempfile::TempDir;
use tonic::transport::Channel;
use zsm::Region;
use zsm_chassis::{Clock, DevelopmentIssuer, Ids};
use zsm_clerk::Policy;
use zsm_om::Mandates;
use zsm_source::record::Register;

/// How long a caller's token is good for, in law time.
const TOKEN_TERM: SignedDuration = SignedDuration::from_hours(1);
/// When a scenario starts that holds at any time.
const START: Timestamp = Timestamp::constant(1_795_168_800, 0);
/// Scenarios draw the same ids every time.
const SEED: u64 = 38;

/// A node on a stage, with what it stands on.
#[derive(Debug)]
pub struct Stage {
    node: Node,
    channels: BTreeMap<&'static str, Channel>,
    _folder: TempDir,
}

impl Stage {
    /// Sets up the offices for a scenario.
    ///
    /// # Errors
    /// A sentence (Dutch) that says why that cannot be.
    pub async fn set(scenario: &Scenario) -> Result<Stage, String> {
        let folder = tempfile::tempdir().map_err(|error| format!("er is geen plek voor de journalen: {error}"))?;
        let mut registers = BTreeMap::new();
        for (name, register) in &scenario.registers {
            let kind = office::named(name)
                .ok_or_else(|| format!("{}: er is geen kantoor `{name}` voor een register", scenario.file))?;
            let register: Register = serde_json::from_value(register.clone())
                .map_err(|error| format!("{}: het register van {name} klopt niet: {error}", scenario.file))?;
            registers.insert(kind, register);
        }
        let settings = Settings {
            folder: folder.path().to_owned(),
            offices: office::NAMES.map(|kind| (kind, Place::Pipes)).into(),
            metrics: None,
            clock: Clock::driven(scenario.start.unwrap_or(START)),
            ids: Ids::seeded(SEED),
            issuer: DevelopmentIssuer::ephemeral().map_err(|error| error.to_string())?,
            registers,
            policy: Policy { acute_part_suffices: scenario.acute_part_suffices.clone(), ..Policy::default() },
            mandates: Mandates::example(),
        };
        let node = Node::start(settings).await.map_err(|error| format!("{}: {error}", scenario.file))?;
        let channel = |kind: zsm::Kind| (kind.slug(), node.switchboard().channel(kind.slug()));
        let channels = office::NAMES.into_iter().map(channel).collect();
        Ok(Stage { node, channels, _folder: folder })
    }

    /// Stops the offices.
    pub async fn strike(self) {
        self.node.drain().await;
    }

    /// The node.
    pub fn node(&self) -> &Node {
        &self.node
    }
}

fn office(name: &str) -> Result<zsm::Kind, String> {
    office::named(name).ok_or_else(|| format!("er is geen kantoor `{name}`"))
}

impl World for Stage {
    fn channel(&self, office: &str) -> Option<Channel> {
        self.channels.get(office).cloned()
    }

    fn token(&self, caller: &str) -> Result<String, String> {
        let caller = caller::parse(caller, &Region::midden())?;
        let issued = self.node.issuer().issue(&caller, self.node.clock().now(), TOKEN_TERM);
        issued.map_err(|error| error.to_string())
    }

    async fn settle(&self) -> Result<(), String> {
        self.node.settle().await
    }

    async fn advance(&self, by: SignedDuration) -> Result<(), String> {
        let moved = self.node.clock().advance(by);
        moved.then_some(()).ok_or_else(|| "de tijd kan alleen vooruit".into())
    }

    async fn stop(&self, name: &str) -> Result<(), String> {
        self.node.stop(office(name)?).await;
        Ok(())
    }

    async fn start(&self, name: &str) -> Result<(), String> {
        self.node.restart(office(name)?).await.map_err(|error| error.to_string())
    }
}
