//! Scenarios: read from files, played against offices, told to the reader.

mod apart;
mod coverage;
pub mod expectation;
mod player;
mod report;
mod scenario;
mod values;
mod wants;
mod world;

pub use coverage::Coverage;
pub use player::Player;
pub use report::{Outcome, StepResult, Verdict};
pub use scenario::{Action, Call, Scenario, ScenarioError, Step, Until, scenario_files};
pub use values::{Kept, Path};
pub use wants::Want;
pub use world::World;
