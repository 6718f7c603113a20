//! The names of settings: which there are, and which one was meant.

use super::Config;
use toml::{Table, Value};

/// A whole configuration as TOML; each setting stands in it under its key.
pub(super) fn table(config: &Config) -> Result<Table, toml::ser::Error> {
    Table::try_from(config)
}

/// Every setting of a table with its key, in order. A list is one setting.
pub(super) fn leaves(table: &Table) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (name, value) in table {
        match value {
            Value::Table(section) => {
                found.extend(leaves(section).into_iter().map(|(key, value)| (format!("{name}.{key}"), value)));
            }
            value => found.push((name.clone(), value)),
        }
    }
    found
}

/// What stands under a key.
pub(super) fn at<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((section, rest)) => at(table.get(section)?.as_table()?, rest),
    }
}

/// Puts a value under the key of a known setting.
pub(super) fn put(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => drop(table.insert(key.to_owned(), value)),
        Some((section, rest)) => {
            if let Value::Table(section) = table.entry(section).or_insert_with(|| Table::new().into()) {
                put(section, rest, value);
            }
        }
    }
}

/// The variable of a setting: `errands.longest_pause` is `ZSM_ERRANDS__LONGEST_PAUSE`.
pub(super) fn variable(key: &str) -> String {
    format!("ZSM_{}", key.replace('.', "__").replace('-', "_").to_uppercase())
}

/// The known name that is most like this one.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> &'a str {
    known.into_iter().min_by_key(|one| strsim::damerau_levenshtein(name, one)).unwrap_or_default()
}
