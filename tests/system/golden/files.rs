//! The golden files on disk: read, compared, and written once.

use super::Sample;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use zsm_clerk::golden::{fact, recorded};
use zsm_journal::{Fact, Personal, Recorded};

/// An event as the journal holds it, with its texts as the JSON that they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    pub(super) kind: String,
    pub(super) body: Value,
    pub(super) personal: Vec<Slot>,
}

/// A value about a person, beside the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    slot: u32,
    person: u32,
    pub(super) body: Value,
}

impl Stored {
    pub(super) fn of<E: Serialize>(event: &E) -> Self {
        let Fact { kind, body, personal } = fact(event).unwrap();
        let json = |text: &str| serde_json::from_str(text).unwrap();
        let personal = personal.iter().map(|one| Slot { slot: one.slot, person: one.person, body: json(&one.body) });
        Self { kind, body: json(&body), personal: personal.collect() }
    }

    /// The event again.
    pub(super) fn event<E: DeserializeOwned>(&self) -> Result<E, String> {
        let personal = self.personal.iter();
        let personal = personal.map(|one| Personal { slot: one.slot, person: one.person, body: one.body.to_string() });
        let (kind, body) = (self.kind.clone(), self.body.to_string());
        recorded(Recorded { version: 1, at: 0, kind, body, personal: personal.collect() })
            .map_err(|why| why.to_string())
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap()
    }
}

/// Where all golden files stand.
pub(super) fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// Where the events of an aggregate stand.
pub(super) fn folder(aggregate: &str) -> PathBuf {
    golden().join("events").join(aggregate)
}

/// Every golden event of an aggregate, by the name of its file.
pub(super) fn read(aggregate: &str) -> Vec<(String, Stored)> {
    let entries = std::fs::read_dir(folder(aggregate)).unwrap_or_else(|why| panic!("{aggregate}: {why}"));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let stored = files.into_iter().map(|file| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let stored: Stored = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{aggregate}/{name}: {why}"));
        assert_eq!(name.split('.').next(), Some(stored.kind.as_str()), "{aggregate}/{name} holds another kind");
        (name, stored)
    });
    stored.collect()
}

fn file<E: Serialize>(aggregate: &str, (form, event): &Sample<E>) -> PathBuf {
    let kind = Stored::of(event).kind;
    folder(aggregate).join(if form.is_empty() { format!("{kind}.json") } else { format!("{kind}.{form}.json") })
}

/// Whether missing files are to be written.
pub(super) fn blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Writes a file that is not there yet. One that is there stays as it is.
pub(super) fn write_once(path: &Path, content: &impl Serialize) {
    use std::io::Write;
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    match std::fs::File::create_new(path) {
        Ok(mut file) => writeln!(file, "{}", serde_json::to_string_pretty(content).unwrap()).unwrap(),
        Err(why) => assert_eq!(why.kind(), std::io::ErrorKind::AlreadyExists, "{}: {why}", path.display()),
    }
}

/// Writes the samples that have no file yet, when asked to.
pub(super) fn bless<E: Serialize>(aggregate: &str, samples: &[Sample<E>]) {
    if blessed() {
        // Once, so that no test reads what another still writes.
        static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _one = ONE.lock().unwrap();
        for sample in samples {
            write_once(&file(aggregate, sample), &Stored::of(&sample.1));
        }
    }
}

/// A sample without its file, or one that says something else than its file.
pub(super) fn agree<E: Serialize>(aggregate: &str, samples: &[Sample<E>]) -> Vec<String> {
    let mut faults = Vec::new();
    for sample in samples {
        let path = file(aggregate, sample);
        match std::fs::read_to_string(&path).map(|text| serde_json::from_str::<Stored>(&text)) {
            Ok(Ok(stored)) if stored == Stored::of(&sample.1) => {}
            Ok(_) => faults.push(format!("{} holds something else than its sample", path.display())),
            Err(_) => faults.push(format!("{} is not there: BLESS=1 writes it", path.display())),
        }
    }
    faults
}
