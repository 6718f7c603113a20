//! Plays a scenario, step by step.

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use prost_reflect::{DynamicMessage, MethodDescriptor};
use serde_json::Value;
use tonic::Status;

use super::apart::apart;
use super::expectation::{Difference, Expectation, Refusal};
use super::report::{self, Outcome, StepResult, Verdict};
use super::scenario::{Action, Call, Scenario, Step, Until};
use super::values::Kept;
use super::world::World;
use crate::contract::{self, Contract, ContractError, request};

/// How long to wait between the tries of an `until`, in real time.
const PAUSE: Duration = Duration::from_millis(20);

/// Plays scenarios.
#[derive(Clone, Copy, Debug)]
pub struct Player {
    contract: &'static Contract,
}

/// One scenario while it is played.
struct Stage<'a, W> {
    contract: &'static Contract,
    world: &'a W,
    file: &'a str,
    /// Tells the requests of this scenario from all others.
    place: String,
    kept: Kept,
}

/// How a call went.
struct Played {
    verdict: Verdict,
    differences: Vec<Difference>,
    /// Something was written, so that making the call again changes nothing.
    written: bool,
}

impl Player {
    /// A player of the contract that this program was built with.
    pub fn new() -> Result<Self, ContractError> {
        Ok(Self { contract: Contract::load()? })
    }

    /// Plays `scenario` in `world` and tells on `out` how it goes. After the first step that is not as expected
    /// nothing more is played. An error only when `out` cannot be written.
    pub async fn play<W: World>(&self, world: &W, scenario: &Scenario, out: &mut impl Write) -> io::Result<Outcome> {
        report::write_heading(scenario, out)?;
        let place = match world.run() {
            "" => scenario.file.clone(),
            run => format!("{run}/{}", scenario.file),
        };
        let mut stage = Stage { contract: self.contract, world, file: &scenario.file, place, kept: Kept::default() };
        let mut results = Vec::with_capacity(scenario.steps.len());
        let mut going = true;
        for step in &scenario.steps {
            if !going {
                results.push(StepResult::new(step, Verdict::NotPlayed, Vec::new()));
                continue;
            }
            let result = stage.play(step).await;
            report::write_step(&result, out)?;
            going = result.verdict.is_good();
            results.push(result);
        }
        let outcome = Outcome::new(scenario, results);
        report::write_footing(&outcome, out)?;
        Ok(outcome)
    }
}

impl<W: World> Stage<'_, W> {
    async fn play(&mut self, step: &Step) -> StepResult {
        match self.act(step).await {
            Ok(played) => StepResult::new(step, played.verdict, played.differences),
            Err(problem) => {
                let sentence = format!("{}, stap {}: {problem}", self.file, step.number);
                StepResult::new(step, Verdict::Broken(sentence), Vec::new())
            }
        }
    }

    async fn act(&mut self, step: &Step) -> Result<Played, String> {
        let played = match &step.action {
            Action::Call(call) => self.patiently(call, &format!("{}/{}", self.place, step.number)).await?,
            Action::Until(until) => self.until(until, step.number).await?,
            Action::Advance(by) => self.world.advance(*by).await.map(|()| Played::well())?,
            Action::Stop(office) => self.world.stop(office).await.map(|()| Played::well())?,
            Action::Start(office) => self.world.start(office).await.map(|()| Played::well())?,
        };
        if played.verdict.is_good() {
            self.world.settle().await?;
        }
        Ok(played)
    }

    async fn until(&mut self, until: &Until, number: usize) -> Result<Played, String> {
        let begun = Instant::now();
        let within = until.within.max(self.world.patience());
        let mut tries = 0;
        loop {
            tries += 1;
            let place = format!("{}/{number}/{tries}", self.place);
            let played = self.call(&until.call, &place).await?;
            if played.verdict.is_good() || begun.elapsed() >= within {
                return Ok(played);
            }
            tokio::time::sleep(PAUSE).await;
            self.world.settle().await?;
        }
    }

    /// A call that is made again while it goes otherwise, under the same request id: a refusal leaves no trace, and what
    /// was written once is written.
    async fn patiently(&mut self, call: &Call, place: &str) -> Result<Played, String> {
        let begun = Instant::now();
        loop {
            let played = self.call(call, place).await;
            let over = played.as_ref().is_ok_and(|played| played.verdict.is_good() || played.written);
            if over || begun.elapsed() >= self.world.patience() {
                return played;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// One call; `place` tells it from every other call.
    async fn call(&mut self, call: &Call, place: &str) -> Result<Played, String> {
        let method = self.contract.method(&call.method).map_err(|problem| problem.to_string())?;
        let outcome = match self.send(call, &method, request::id(place)).await? {
            Ok(reply) => Ok(contract::write_message(&reply).map_err(|problem| problem.to_string())?),
            Err(status) => Err(status),
        };
        let told = call.expect.as_ref().map(|expect| apart(expect, self.world.run()));
        let expect = told.map(|expect| self.kept.fill(&expect)).transpose()?;
        let differences = Expectation::read(expect.as_ref())?.compare(&outcome, &method.output())?;
        if !differences.is_empty() {
            let written = outcome.is_ok() && method.input().get_field_by_name("request_id").is_some();
            return Ok(Played { verdict: Verdict::Different, differences, written });
        }
        match outcome {
            Ok(reply) => {
                self.keep(call, &method, &reply)?;
                Ok(Played::well())
            }
            Err(status) => Ok(Played::refused(&status)),
        }
    }

    async fn send(
        &self,
        call: &Call,
        method: &MethodDescriptor,
        id: String,
    ) -> Result<Result<DynamicMessage, Status>, String> {
        let with =
            self.kept.fill(&apart(&call.with, self.world.run())).map_err(|problem| format!("`with`: {problem}"))?;
        let token = self.world.token(&call.caller)?;
        let channel = self.world.channel(&call.at).ok_or_else(|| format!("er is geen kantoor `{}`", call.at))?;
        contract::converse(&channel, method, &token, with, id).await
    }

    fn keep(&mut self, call: &Call, method: &MethodDescriptor, reply: &Value) -> Result<(), String> {
        for (name, path) in &call.keep {
            let value = path
                .find(reply, &method.output())
                .map_err(|problem| format!("`{name}` kan niet worden bewaard: {problem}"))?;
            self.kept.keep(name, value);
        }
        Ok(())
    }
}

impl Played {
    fn well() -> Self {
        Self { verdict: Verdict::Ok, differences: Vec::new(), written: false }
    }

    fn refused(status: &Status) -> Self {
        let Refusal { code, reason, .. } = Refusal::of(status);
        let why = if reason.is_empty() { code } else { reason };
        Self { verdict: Verdict::RefusedAsExpected(why), differences: Vec::new(), written: false }
    }
}
