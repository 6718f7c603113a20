//! The layers laid over each other: what holds, and who said so.

use super::Config;
use super::fault::{Fault, Faults, Source};
use super::keys::{at, leaves, nearest, put, table};
use super::layer::{Entry, unwritable};
use super::rules;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The configuration that holds, with the source of each setting.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    pub(crate) config: Config,
    origins: BTreeMap<String, Source>,
}

impl Effective {
    /// Who said what a setting is.
    pub(super) fn source(&self, key: &str) -> Source {
        self.origins.get(key).cloned().unwrap_or(Source::Default)
    }
}

/// Lays settings over the defaults, a later one over an earlier one.
///
/// # Errors
/// The faults that were found before, and every setting that does not fit.
pub(super) fn settle(entries: Vec<Entry>, shape: &Table, mut faults: Vec<Fault>) -> Result<Effective, Faults> {
    let defaults = table(&Config::default()).map_err(unwritable)?;
    let mut merged = defaults.clone();
    let mut origins = BTreeMap::new();
    for Entry { key, value, source } in entries {
        let problems = problems(&key, &value, shape, &defaults);
        if problems.is_empty() {
            put(&mut merged, &key, value);
            origins.insert(key, source);
        } else {
            faults.extend(problems.into_iter().map(|problem| Fault { source: source.clone(), problem }));
        }
    }
    // Each setting fits by itself, so they fit together; what they say about each other comes after.
    let mut config = Config::deserialize(merged)
        .map_err(|error| Faults(vec![Fault { source: Source::Default, problem: error.message().to_owned() }]))?;
    let filled = config.fill_ports();
    let mut effective = Effective { config, origins };
    for key in filled {
        let source = effective.source("first_port");
        effective.origins.insert(key, source);
    }
    faults.extend(rules::faults(&effective));
    if faults.is_empty() { Ok(effective) } else { Err(Faults(faults)) }
}

/// What is wrong with a setting by itself.
fn problems(key: &str, value: &Value, shape: &Table, defaults: &Table) -> Vec<String> {
    let known = leaves(shape);
    match at(shape, key) {
        None => {
            let meant = nearest(key, known.iter().map(|(key, _)| key.as_str()));
            vec![format!("{key}: there is no such setting; did you mean {meant}?")]
        }
        Some(Value::Table(_)) if value.as_table().is_some_and(Table::is_empty) => Vec::new(),
        Some(Value::Table(section)) => {
            let names: Vec<&str> = section.keys().map(String::as_str).collect();
            vec![format!("{key}: this is a section and no setting; it holds {}", names.join(", "))]
        }
        Some(known) => {
            let strays = strays(key, value, known);
            if !strays.is_empty() {
                return strays;
            }
            let mut tried = defaults.clone();
            put(&mut tried, key, value.clone());
            let wrong = Config::deserialize(tried).err();
            wrong.map(|error| format!("{key}: {}", error.message())).into_iter().collect()
        }
    }
}

/// Unknown names in the elements of a list.
fn strays(key: &str, value: &Value, known: &Value) -> Vec<String> {
    let Some(Value::Table(known)) = known.as_array().and_then(|elements| elements.first()) else { return Vec::new() };
    let mut strays = Vec::new();
    for (number, element) in (1..).zip(value.as_array().into_iter().flatten()) {
        for name in element.as_table().into_iter().flat_map(Table::keys).filter(|name| !known.contains_key(*name)) {
            let meant = nearest(name, known.keys().map(String::as_str));
            strays.push(format!("{key}, number {number}: there is no `{name}`; did you mean {meant}?"));
        }
    }
    strays
}
