//! Golden files: every form in which an event was ever stored still replays, today and after every change.
//!
//! `tests/golden/events/<aggregate>/<Kind>.json` holds one event as the journal holds it; where a kind has several
//! forms, `<Kind>.<form>.json` holds each. `tests/golden/journals/<aggregate>.json` holds a whole stream, with how the
//! aggregate stands after every fact. A golden file is never edited and never removed: journals out there hold the same.
//! `BLESS=1 cargo test -p zsm-tests golden` writes the files that are missing, and only those.

mod assignment;
mod case;
mod desk;
mod enquiry;
mod files;
mod forms;
mod samples;
mod stories;

use files::{Stored, agree, folder, read};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zsm::assignment::Event as AtLead;
use zsm::case::Event as AtOm;
use zsm::enquiry::Event as AtSource;

/// An event and the name of its form; the usual form has none.
type Sample<E> = (&'static str, E);

/// Every golden event of an aggregate reads, and is written again as it stands there.
fn replay<E: Serialize + DeserializeOwned>(aggregate: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, stored) in read(aggregate) {
        match stored.event::<E>() {
            Ok(event) if Stored::of(&event) == stored => {}
            Ok(event) => faults.push(format!("{aggregate}/{name} is now stored as {}", Stored::of(&event).text())),
            Err(why) => faults.push(format!("{aggregate}/{name} no longer reads: {why}")),
        }
        let forgotten = Stored { personal: Vec::new(), ..stored };
        if let Err(why) = forgotten.event::<E>() {
            faults.push(format!("{aggregate}/{name} no longer reads once its persons are forgotten: {why}"));
        }
    }
    faults
}

#[test]
fn every_event_that_was_ever_stored_still_replays() {
    bless();
    let faults = [replay::<AtOm>("case"), replay::<AtLead>("assignment"), replay::<AtSource>("enquiry")].concat();
    assert!(faults.is_empty(), "a stored shape changed; give the new shape a new name:\n{}", faults.join("\n"));
}

#[test]
fn every_event_has_its_golden_file() {
    bless();
    let mut faults = Vec::new();
    let kinds = [("case", forms::at_om()), ("assignment", forms::at_lead()), ("enquiry", forms::at_source())];
    for (aggregate, kinds) in kinds {
        let missing = kinds.forms.iter().filter(|kind| !folder(aggregate).join(format!("{kind}.json")).exists());
        faults.extend(missing.map(|kind| format!("{aggregate}/{kind}.json is not there: a sample, then BLESS=1")));
    }
    faults.extend(agree("case", &case::samples()));
    faults.extend(agree("assignment", &assignment::samples()));
    faults.extend(agree("enquiry", &enquiry::samples()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_form_of_a_stored_value_stands_in_a_golden_file() {
    bless();
    let faults = forms::unseen(["case", "assignment", "enquiry"].into_iter().flat_map(read).map(|(_, stored)| stored));
    assert!(faults.is_empty(), "in no golden file: {faults:#?}");
}

#[test]
fn old_journals_replay_to_the_standing_they_had() {
    let stories = [
        stories::case(),
        stories::case_with_another_lead(),
        stories::assignment(),
        stories::assignment_over_two_regions(),
        stories::enquiry(),
    ];
    let faults = stories.concat();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Writes what is missing, when asked to.
fn bless() {
    files::bless("case", &case::samples());
    files::bless("assignment", &assignment::samples());
    files::bless("enquiry", &enquiry::samples());
}
