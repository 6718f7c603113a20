//! The layers over the defaults: what a file, the environment and the flags say, setting by setting.

use super::Config;
use super::effective::{Effective, settle};
use super::fault::{Fault, Faults, Source};
use super::keys::{at, leaves, nearest, table, variable};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

/// The file that is read when none is named and this one is there.
const FILE: &str = "zsm.toml";

/// A setting as one layer gives it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) value: Value,
    pub(crate) source: Source,
}

/// Reads every layer. `others` are variables that are known, but no settings.
///
/// # Errors
/// All that is wrong, in every layer.
pub(crate) fn load(
    named: Option<&Path>,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    others: &BTreeSet<String>,
    flags: Vec<Entry>,
) -> Result<Effective, Faults> {
    let shape = table(&Config::complete()).map_err(unwritable)?;
    let mut faults = Vec::new();
    let mut entries = match read(named) {
        Ok(Some((path, text))) => file(&path, &text, &mut faults),
        Ok(None) => Vec::new(),
        Err(fault) => {
            faults.push(fault);
            Vec::new()
        }
    };
    entries.extend(environment(variables, others, &shape, &mut faults));
    entries.extend(flags);
    settle(entries, &shape, faults)
}

pub(super) fn unwritable(error: toml::ser::Error) -> Faults {
    Faults(vec![Fault { source: Source::Default, problem: format!("the defaults cannot be written as TOML: {error}") }])
}

fn read(named: Option<&Path>) -> Result<Option<(PathBuf, String)>, Fault> {
    let path = named.unwrap_or(Path::new(FILE));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.to_owned(), text))),
        Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault {
            source: Source::File(path.to_owned(), 1),
            problem: format!("the file cannot be read: {error}"),
        }),
    }
}

/// What a file says; nothing when it is no TOML.
pub(super) fn file(path: &Path, text: &str, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let source = |at: usize| Source::File(path.to_owned(), text[..at.min(text.len())].matches('\n').count() + 1);
    let (lines, wrong) = DeTable::parse_recoverable(text);
    let said = text.parse::<Table>();
    if let (true, Ok(said)) = (wrong.is_empty(), said) {
        let mut places = BTreeMap::new();
        place(lines.get_ref(), "", &mut places);
        let mut entries = Vec::new();
        collect(said, "", &mut |key, value| {
            let source = source(places.get(&key).copied().unwrap_or_default());
            entries.push(Entry { key, value, source });
        });
        return entries;
    }
    faults.extend(wrong.iter().map(|error| Fault {
        source: source(error.span().map_or(0, |span| span.start)),
        problem: error.message().to_owned(),
    }));
    Vec::new()
}

/// Where each setting of a file begins.
fn place(table: &DeTable<'_>, section: &str, places: &mut BTreeMap<String, usize>) {
    for (name, value) in table {
        let key = format!("{section}{}", written(name.get_ref()));
        if let DeValue::Table(inner) = value.get_ref() {
            place(inner, &format!("{key}."), places);
        }
        places.insert(key, name.span().start);
    }
}

/// Every setting of a table; an empty section counts as one, so that an unknown one is found.
fn collect(table: Table, section: &str, found: &mut impl FnMut(String, Value)) {
    for (name, value) in table {
        let key = format!("{section}{}", written(&name));
        match value {
            Value::Table(inner) if !inner.is_empty() => collect(inner, &format!("{key}."), found),
            value => found(key, in_words(value)),
        }
    }
}

/// A name as part of a key. One with a dot in it is another than the section and the setting that it looks like.
fn written(name: &str) -> Cow<'_, str> {
    if name.contains('.') { format!("\"{name}\"").into() } else { name.into() }
}

/// Dates are texts to who reads them further on, with or without quotes in the file.
fn in_words(value: Value) -> Value {
    match value {
        Value::Datetime(date) => Value::String(date.to_string()),
        Value::Array(elements) => elements.into_iter().map(in_words).collect::<Vec<_>>().into(),
        Value::Table(fields) => {
            fields.into_iter().map(|(name, value)| (name, in_words(value))).collect::<Table>().into()
        }
        other => other,
    }
}

/// What the environment says. A text is taken as it is, anything else is written as in the file.
pub(super) fn environment(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    others: &BTreeSet<String>,
    shape: &Table,
    faults: &mut Vec<Fault>,
) -> Vec<Entry> {
    let keys: BTreeMap<String, String> = leaves(shape).into_iter().map(|(key, _)| (variable(&key), key)).collect();
    let mut entries = Vec::new();
    let named = variables.into_iter().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    for (name, text) in named.filter(|(name, _)| name.starts_with("ZSM_") && !others.contains(name)) {
        let source = Source::Variable(name.clone());
        let Some(key) = keys.get(&name) else {
            let meant = nearest(&name, keys.keys().chain(others).map(String::as_str));
            faults.push(Fault { source, problem: format!("there is no such setting; did you mean {meant}?") });
            continue;
        };
        let example = at(shape, key);
        let value = text.into_string().ok().and_then(|text| match example {
            Some(Value::String(_)) => Some(Value::String(text)),
            _ => format!("value = {text}").parse::<Table>().ok().filter(|one| one.len() == 1)?.remove("value"),
        });
        match value {
            Some(value) => entries.push(Entry { key: key.clone(), value: in_words(value), source }),
            None => {
                let example = example.map(ToString::to_string).unwrap_or_default();
                faults.push(Fault::of(key, source, format!("this is no value; write it as in {example}")));
            }
        }
    }
    entries
}
