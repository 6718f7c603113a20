//! A list of offices that run somewhere: a TOML file of office = "address".

use super::address::Address;
use super::fault::{Fault, Faults, Source};
use super::keys::nearest;
use super::layer::file;
use crate::office::{self, NAMES};
use http::Uri;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Value;
use zsm::Kind;

/// Where each office is served, all four of them.
///
/// # Errors
/// All that is wrong with the file.
pub(crate) fn offices(path: &Path) -> Result<BTreeMap<Kind, Uri>, Faults> {
    let at = |line| Source::File(path.to_owned(), line);
    let text = std::fs::read_to_string(path)
        .map_err(|error| Faults(vec![Fault { source: at(1), problem: format!("the file cannot be read: {error}") }]))?;
    let mut faults = Vec::new();
    let mut found = BTreeMap::new();
    for entry in file(path, &text, &mut faults) {
        let Some(kind) = office::named(&entry.key) else {
            let meant = nearest(&entry.key, NAMES.map(Kind::slug));
            let problem = format!("{}: there is no such office; did you mean {meant}?", entry.key);
            faults.push(Fault { source: entry.source, problem });
            continue;
        };
        let address = match entry.value {
            Value::String(text) => Address::try_from(text),
            _ => Address::try_from(String::new()),
        };
        match address {
            Ok(address) => drop(found.insert(kind, address.uri())),
            Err(problem) => {
                faults.push(Fault::of(&entry.key, entry.source, problem));
                found.insert(kind, Uri::default());
            }
        }
    }
    let absent = NAMES.into_iter().filter(|kind| !found.contains_key(kind));
    faults.extend(absent.map(|kind| Fault::of(kind.slug(), at(1), "this office has no address")));
    if faults.is_empty() { Ok(found) } else { Err(Faults(faults)) }
}

#[cfg(test)]
mod tests {
    //! What is wrong with a list is named at once.

    use super::*;

    fn read(text: &str) -> Result<BTreeMap<Kind, Uri>, Faults> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("offices.toml");
        std::fs::write(&path, text).unwrap();
        offices(&path)
    }

    #[test]
    fn each_office_has_its_address() {
        let lines = NAMES.map(|kind| format!("{} = 'http://127.0.0.1:1'\n", kind.slug())).concat();
        assert_eq!(read(&lines).unwrap().len(), 4);
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let said = read("om = 'http://127.0.0.1:1'\nrvkd = 'http://127.0.0.1:2'\nreclassering = 7\n").unwrap_err();
        let said = said.to_string();
        for part in [
            "line 2: rvkd: there is no such office; did you mean rvdk?",
            "line 3: reclassering: this is no address of an office",
            "line 1: rvdk: this office has no address",
            "line 1: veilig-thuis: this office has no address",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(said.lines().count(), 5, "{said}");
    }
}
