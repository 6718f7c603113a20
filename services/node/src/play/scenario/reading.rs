//! From the text of a file to a scenario.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Map, Value};
use zsm::Region;

use super::block::Block;
use super::error::ScenarioError;
use super::{Action, Call, Scenario, Step, Until};
use crate::length;
use crate::play::expectation::Expectation;
use crate::play::values::{Path, is_name};

const SCENARIO: [&str; 6] = ["title", "rules", "start", "registers", "agreements", "steps"];
const CALL: [&str; 6] = ["at", "as", "call", "with", "expect", "keep"];
const ACTIONS: [&str; 5] = ["call", "until", "advance", "stop", "start"];

/// How long a call is repeated when the scenario does not say.
const WITHIN: Duration = Duration::from_secs(5);

/// The scenario in `text`.
pub(super) fn scenario(file: &str, text: &str) -> Result<Scenario, ScenarioError> {
    let value = yaml(file, text)?;
    let mut block = Block::open(file, value, &SCENARIO)?;
    let title = block.text("title")?;
    let rules = block
        .list("rules")?
        .into_iter()
        .map(|rule| match rule {
            Value::String(rule) => Ok(rule),
            other => Err(block.wrong(format!("bij `rules` horen nummers zoals R-3.8-3, er staat {other}"))),
        })
        .collect::<Result<_, _>>()?;
    let start = block.optional_text("start")?.map(|start| {
        start.parse().map_err(|_| {
            block.wrong(format!("bij `start` hoort een tijdstip zoals 2026-03-02T09:00:00Z, er staat {start}"))
        })
    });
    let start = start.transpose()?;
    let registers = block.map("registers")?.into_iter().collect();
    let acute_part_suffices = agreements(file, Value::Object(block.map("agreements")?))?;
    let steps = block.list("steps")?;
    if steps.is_empty() {
        return Err(block.wrong("`steps` ontbreekt of is leeg"));
    }
    let steps =
        steps.into_iter().enumerate().map(|(index, value)| step(file, index + 1, value)).collect::<Result<_, _>>()?;
    Ok(Scenario { file: file.to_owned(), title, rules, start, registers, acute_part_suffices, steps })
}

/// What regions agreed for themselves.
fn agreements(file: &str, value: Value) -> Result<BTreeSet<Region>, ScenarioError> {
    let mut block = Block::open(&format!("{file}, agreements"), value, &["acute_part_suffices"])?;
    let regions = block.list("acute_part_suffices")?.into_iter();
    let region = |given: Value| {
        let region = given.as_str().and_then(Region::parse);
        region.ok_or_else(|| block.wrong(format!("bij `acute_part_suffices` horen regio's, er staat {given}")))
    };
    regions.map(region).collect()
}

/// What YAML itself says; only `true` and `false` are truth values, so that NO stays a word.
fn yaml(file: &str, text: &str) -> Result<Value, ScenarioError> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|problem| ScenarioError::NotYaml { file: file.to_owned(), problem: problem.to_string() })
}

fn step(file: &str, number: usize, value: Value) -> Result<Step, ScenarioError> {
    let place = format!("{file}, stap {number}");
    let known: Vec<_> = CALL.into_iter().chain(["note", "until", "advance", "stop", "start"]).collect();
    let mut block = Block::open(&place, value, &known)?;
    let note = block.optional_text("note")?;
    let chosen: Vec<_> = ACTIONS.into_iter().filter(|action| block.has(action)).collect();
    let [chosen] = chosen[..] else {
        return Err(block.wrong(format!("een stap heeft precies een van {}", ACTIONS.join(", "))));
    };
    if chosen != "call"
        && let Some(stray) = CALL.into_iter().find(|key| block.has(key))
    {
        return Err(block.wrong(format!("onbekende sleutel `{stray}` naast `{chosen}`")));
    }
    let action = match chosen {
        "call" => Action::Call(call(&mut block)?),
        "until" => Action::Until(until(&place, block.take("until").unwrap_or_default())?),
        "advance" => Action::Advance(duration(&mut block, "advance")?),
        "stop" => Action::Stop(block.text("stop")?),
        _ => Action::Start(block.text("start")?),
    };
    Ok(Step { number, note, action })
}

fn call(block: &mut Block) -> Result<Call, ScenarioError> {
    let call = Call {
        at: block.text("at")?,
        caller: block.text("as")?,
        method: block.text("call")?,
        with: Value::Object(block.map("with")?),
        expect: block.take("expect"),
        keep: block.map("keep").and_then(|keep| paths(block, keep))?,
    };
    let expectation = Expectation::read(call.expect.as_ref()).map_err(|problem| block.wrong(problem))?;
    if !call.keep.is_empty() && matches!(expectation, Expectation::Refused(_)) {
        return Err(block.wrong("een weigering heeft geen antwoord; `keep` kan hier niet"));
    }
    Ok(call)
}

fn paths(block: &Block, keep: Map<String, Value>) -> Result<BTreeMap<String, Path>, ScenarioError> {
    keep.into_iter()
        .map(|(name, path)| {
            if !is_name(&name) {
                return Err(block.wrong(format!("`{name}` onder `keep` is geen naam van letters en cijfers")));
            }
            let path = path
                .as_str()
                .ok_or_else(|| format!("bij `{name}` onder `keep` hoort een pad"))
                .and_then(Path::read)
                .map_err(|problem| block.wrong(problem))?;
            Ok((name, path))
        })
        .collect()
}

fn until(place: &str, value: Value) -> Result<Until, ScenarioError> {
    let known: Vec<_> = CALL.into_iter().chain(["within"]).collect();
    let mut block = Block::open(&format!("{place}, until"), value, &known)?;
    let within = if block.has("within") {
        let within = duration(&mut block, "within")?;
        Duration::try_from(within).map_err(|_| block.wrong("`within` is te lang"))?
    } else {
        WITHIN
    };
    Ok(Until { call: call(&mut block)?, within })
}

/// A length of time.
fn duration(block: &mut Block, key: &str) -> Result<SignedDuration, ScenarioError> {
    let text = block.text(key)?;
    length::parse(&text)
        .ok_or_else(|| block.wrong(format!("bij `{key}` hoort een duur zoals 25h, 90m, 3d of 2h30m, er staat {text}")))
}
